//! Programs that listen, on the local data centre: each test has one of its own.
mod actions;
mod child;
mod conversations;
mod ending;
mod filtering;
mod groups;
mod handlers;
#[cfg(all(
    feature = "fsm",
    feature = "libsql-session",
    feature = "sqlite-session"
))]
#[path = "../stores/hrana.rs"]
#[expect(dead_code, reason = "other tests have the server misbehave")]
mod hrana;
mod killed;
mod middlewares;
mod order;
#[cfg(feature = "metrics")]
mod recorder;
mod scene;
#[cfg(all(unix, feature = "signals"))]
mod signals;
#[cfg(feature = "fsm")]
mod states;
mod storm;
mod talks;
