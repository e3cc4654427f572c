//! Files up and down, byte for byte, whatever happens on the way.
mod down;
mod faults;
mod remote;
mod scene;
mod sending;
mod up;
