//! Schemas as they are and as they should not be, and the command that reads them.
mod command;
mod faults;
mod official;
