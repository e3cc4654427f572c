//! A Telegram data centre on loopback: for tests, examples and offline bot development.
mod api;
mod world;

pub use world::{NewBot, NewUser};
