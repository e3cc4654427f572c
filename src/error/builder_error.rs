//! Why a client cannot be set up as it was described.
use std::fmt;

use crate::crypto::KeyError;
use crate::dc::DcId;
use crate::store::StringError;

/// Why a client cannot be set up as it was described; the text says what to do about it.
///
/// It becomes an [`Error::Config`](crate::Error::Config) where more can go wrong, as when
/// connecting.
///
/// ```
/// use ferogram_sync::{BuilderError, Client};
///
/// let error = Client::builder().api_hash("0123456789abcdef").build().expect_err("no api id");
/// assert!(matches!(error, BuilderError::MissingApiId));
/// assert!(error.to_string().contains("https://my.telegram.org"));
/// ```
///
/// `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuilderError {
    /// There is no api id, or it is a number that no application has.
    #[error(
        "the api id is missing: register the program at https://my.telegram.org, once, and give \
         its number with `api_id`"
    )]
    MissingApiId,
    /// There is no api hash.
    #[error(
        "the api hash is missing: it stands beside the api id at https://my.telegram.org; give it \
         with `api_hash`"
    )]
    MissingApiHash,
    /// Something that the server wants to be told of the program is empty.
    #[error("`{setting}` is empty, which the server refuses: leave it as it was, or say something")]
    Empty {
        /// The setting, such as `device_model`.
        setting: &'static str,
    },
    /// What was given as a login is none.
    #[error(transparent)]
    SessionString(#[from] StringError),
    /// The session is a login on the test servers and the client was sent to the ordinary ones, or
    /// the other way round.
    #[error(
        "the session is a login on {} servers: call `test_servers({test})`",
        if *.test { "the test" } else { "the ordinary" }
    )]
    OtherServers {
        /// Whether the login is one on the test servers.
        test: bool,
    },
    /// What was given as a server's key is none.
    #[error("the server key cannot be used: {0}")]
    ServerKey(#[from] KeyError),
    /// Nobody has said where a data centre is.
    #[error("no address of {dc} is known: check the number, or give one with `dc_addr`")]
    NoAddress {
        /// The data centre that was to be asked.
        dc: DcId,
    },
}

impl fmt::Debug for BuilderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
