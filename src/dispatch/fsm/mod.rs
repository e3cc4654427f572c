//! Dialogues that are in a state: what a chat is to be asked next, kept from one update to the
//! other, and from one start of the program to the other.
//!
//! A state is an enum of the program's. A handler is for one of its variants by
//! [`filters::state`](crate::filters::state), and enters, moves and leaves by [`StateContext`],
//! which is one of its parameters.
//!
//! ```
//! use ferogram_sync::filters::{command, state, text};
//! use ferogram_sync::fsm::{MemoryStorage, StateContext};
//! use ferogram_sync::{DispatchError, Dispatcher, FsmState, Message};
//!
//! #[derive(FsmState)]
//! enum Form {
//!     Name,
//!     Age { name: String },
//! }
//!
//! fn begin(message: Message, state: StateContext) -> Result<(), DispatchError> {
//!     state.enter(Form::Name)?;
//!     message.respond("What is your name?")?;
//!     Ok(())
//! }
//!
//! fn name(message: Message, state: StateContext) -> Result<(), DispatchError> {
//!     let name = message.text().to_owned();
//!     message.respond(format!("How old are you, {name}?"))?;
//!     state.transition(Form::Age { name })?;
//!     Ok(())
//! }
//!
//! fn age(message: Message, state: StateContext) -> Result<(), DispatchError> {
//!     if let Some(Form::Age { name }) = state.current()? {
//!         message.respond(format!("{name}, {}.", message.text()))?;
//!     }
//!     state.clear()?;
//!     Ok(())
//! }
//!
//! let _dispatcher = Dispatcher::new()
//!     .with_state_storage(MemoryStorage::new())
//!     .on_message(command("form"), begin)
//!     .on_message(state(Form::Name) & text(), name)
//!     .on_message(state(Form::Age { name: String::new() }) & text(), age);
//! ```
//!
//! With the feature `fsm`.
mod error;
mod fields;
mod fsm_state;
mod key;
mod memory;
mod noted;
mod record;
mod session_storage;
mod setup;
mod state_context;
mod storage;
mod store_storage;

/// Makes an enum a state; [`FsmState`](trait@FsmState) says how it is kept.
pub use derive::FsmState;
pub use error::StateError;
pub use fields::Fields;
pub use fsm_state::FsmState;
pub use key::{KeyStrategy, StateKey};
pub use memory::MemoryStorage;
pub use record::StateRecord;
pub use session_storage::SessionStorage;
pub(super) use setup::FsmSetup;
pub use state_context::StateContext;
pub use storage::{StateStorage, Swap, Versioned};
pub use store_storage::StoreStorage;
