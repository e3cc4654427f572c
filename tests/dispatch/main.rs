//! Programs that listen, on the local data centre: each test has one of its own.
mod conversations;
mod ending;
mod filtering;
mod handlers;
mod middlewares;
mod order;
mod scene;
#[cfg(feature = "fsm")]
mod states;
mod storm;
