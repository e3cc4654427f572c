//! Files up and down, byte for byte, whatever happens on the way.
mod cdn;
mod described;
mod down;
mod faults;
mod references;
mod remote;
mod scene;
mod sending;
mod up;
mod web;
