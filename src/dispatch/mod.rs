//! Programs that listen: filters, dispatcher, middleware, states and conversations.
mod argument;
mod chain;
mod claims;
mod context;
mod conversation;
mod conversation_error;
mod dispatcher;
mod engine;
mod error;
mod extract;
mod filter;
pub mod filters;
mod flow;
#[cfg(feature = "fsm")]
pub mod fsm;
mod handler;
mod hub;
mod key;
mod lanes;
mod lent;
mod macros;
pub mod middleware;
mod pool;
mod route;
mod router;
mod running;
#[cfg(feature = "signals")]
mod signal;
mod table;
mod values;
#[cfg(feature = "fsm")]
mod wizard;

pub use argument::{ArgsError, Argument, Words};
pub use chain::{Middleware, Next};
pub use context::{Context, Place};
pub use conversation::Conversation;
pub use conversation_error::{ConversationError, Limit};
pub use dispatcher::Dispatcher;
use engine::caught;
pub use error::DispatchError;
use extract::behind_the_command;
pub use extract::{Args, FromContext, Need, With};
pub use filter::Filter;
#[cfg(feature = "fsm")]
use filter::StateName;
pub use flow::{DispatchResult, Flow, Outcome};
#[cfg(feature = "fsm")]
use fsm::{FsmState, StateContext, StateError};
pub use handler::Handler;
use key::{Key, command_word};
use lent::within;
pub use router::Router;
pub use running::{Handlers, Running, Stopper};
#[cfg(feature = "fsm")]
pub use wizard::{Scene, Wizard};
