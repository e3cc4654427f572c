//! A Telegram data centre on loopback: for tests, examples and offline bot development.
//!
//! It misbehaves on demand: [`LocalDc::faults`] takes [`Rule`]s that cut and stall connections,
//! lose, delay, double and disorder messages, refuse calls, or run them and drop the answer. What
//! was really executed is counted: [`LocalDc::executed`], [`LocalDc::executed_request`].
mod api;
mod builder;
mod calls;
mod chance;
mod chats;
mod client_builder;
mod clock;
mod exchange;
mod faults;
mod line;
mod local_dc;
mod local_files;
mod local_people;
mod ready;
mod rsa;
mod server;
mod session;
mod wire;
mod world;

pub use builder::Builder;
pub use calls::Refusal;
pub use chats::ChannelSight;
pub use faults::{Direction, Effect, Faults, Rule, RuleError, RuleId};
pub use local_dc::LocalDc;
pub use local_files::picture;
pub use rsa::PUBLIC_KEY_PEM;
pub use server::Call;
pub use world::{CdnFault, CodeWay, InlineMode, NewBot, NewChannel, NewUser, Program, Standing};
