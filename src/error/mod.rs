//! The errors that a caller of the library sees: they gather those of the floors below.
mod account_error;
mod builder_error;
mod error;

pub use account_error::{AccountError, SignInStep};
pub use builder_error::BuilderError;
pub use error::{
    AccountTrouble, ButtonError, ButtonFault, Error, NotSeen, PeerError, Result, Tried,
};
