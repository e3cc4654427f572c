//! The errors that a caller of the library sees: they gather those of the floors below.
mod account_error;
mod builder_error;
mod dispatcher_error;
mod error;
mod file_error;
mod once_error;

pub use account_error::{AccountError, SignInStep};
pub use builder_error::BuilderError;
pub use dispatcher_error::DispatcherError;
pub use error::{
    AccountTrouble, ButtonError, ButtonFault, Error, NotSeen, PeerError, Result, Tried,
};
pub use file_error::FileError;
pub use once_error::OnceError;
