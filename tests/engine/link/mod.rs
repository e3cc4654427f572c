//! Scenarios: a link and a server written from the server's side, byte by byte, without sockets.
mod beside;
mod bindings;
mod checks;
mod deadlines;
mod delivery;
mod exchange;
mod fuzz;
mod lifecycle;
mod listening;
mod nonsense;
mod peer;
mod rejections;
mod scene;
mod sending;
mod service;
mod storm;
mod tl;
