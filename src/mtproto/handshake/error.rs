//! Why a key exchange is given up.
use std::fmt;

use crate::crypto::{DhError, KeyError};
use crate::tl::DecodeError;

/// A key exchange that cannot go on. Its nonces must not be used again.
///
/// Except where [`HandshakeError::is_configuration`] says otherwise, a new exchange with a new
/// nonce on a new connection may succeed; it should not be begun at once again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandshakeError {
    /// An answer is not what this step of the exchange expects.
    Answer(DecodeError),
    /// The client's nonce in an answer is another one.
    Nonce,
    /// The server's nonce in an answer is not the one that it gave first.
    ServerNonce,
    /// None of the server's RSA keys is known here: the keys in the configuration are outdated, or
    /// belong to other servers (production and test servers have different ones).
    UnknownKeys {
        /// The fingerprints that the server offers, the first few of them.
        offered: Vec<i64>,
    },
    /// The number to be factorised is not a product of two primes of the usual size.
    Factors,
    /// The configured RSA key cannot be used.
    Key(KeyError),
    /// The server refused the first step.
    Refused,
    /// The encrypted answer is not whole blocks.
    Blocks {
        /// Its length in bytes.
        length: usize,
    },
    /// The hash in the encrypted answer is wrong.
    Hash,
    /// There is more behind the object in the encrypted answer than padding to whole blocks.
    Padding {
        /// Its length in bytes.
        length: usize,
    },
    /// The server's numbers would make a key that others can guess.
    Group(DhError),
    /// The last answer does not prove that the server knows the secret nonce.
    NewNonceHash,
    /// The server could not finish.
    Failed,
    /// The server keeps asking for another key.
    Retries {
        /// How many.
        times: u32,
    },
    /// An answer came after the end.
    Over,
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(error) => {
                write!(f, "an answer of the key exchange cannot be read: {error}")
            }
            Self::Nonce => {
                f.write_str("an answer belongs to another key exchange (its nonce is not ours)")
            }
            Self::ServerNonce => f.write_str("the server changed its nonce within a key exchange"),
            Self::UnknownKeys { offered } => write!(
                f,
                "the server has none of the RSA keys that are configured here (it offers {})",
                fingerprints(offered)
            ),
            Self::Factors => {
                f.write_str("the server's proof-of-work number is not a product of two primes")
            }
            Self::Key(error) => write!(
                f,
                "the first step of the key exchange cannot be encrypted: {error}"
            ),
            Self::Refused => f.write_str("the server refuses the key exchange"),
            Self::Blocks { length } => write!(
                f,
                "an encrypted answer of {length} bytes is not whole blocks"
            ),
            Self::Hash => f.write_str("the hash in the encrypted answer is wrong"),
            Self::Padding { length } => write!(
                f,
                "the encrypted answer has {length} bytes of padding; 15 are the most"
            ),
            Self::Group(error) => write!(
                f,
                "the server's numbers for the key exchange are not safe: {error}"
            ),
            Self::NewNonceHash => f.write_str(
                "the server does not prove that it made the same key (its new nonce hash is wrong)",
            ),
            Self::Failed => f.write_str("the server gave the key exchange up"),
            Self::Retries { times } => write!(f, "the server refused {times} keys in a row"),
            Self::Over => f.write_str("the key exchange is over already"),
        }
    }
}

impl std::error::Error for HandshakeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Answer(error) => Some(error),
            Self::Key(error) => Some(error),
            Self::Group(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DecodeError> for HandshakeError {
    fn from(error: DecodeError) -> Self {
        Self::Answer(error)
    }
}

impl From<KeyError> for HandshakeError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<DhError> for HandshakeError {
    fn from(error: DhError) -> Self {
        Self::Group(error)
    }
}

impl HandshakeError {
    /// Whether the cause lies on this side, so that trying again changes nothing.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(self, Self::UnknownKeys { .. } | Self::Key(_))
    }
}

fn fingerprints(offered: &[i64]) -> String {
    if offered.is_empty() {
        return "none".to_owned();
    }
    let texts: Vec<String> = offered.iter().map(|f| format!("{f:016x}")).collect();
    texts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_the_keys_that_are_offered() {
        let error = HandshakeError::UnknownKeys {
            offered: vec![-1, 0x1234],
        };
        let text = error.to_string();
        assert!(
            text.contains("ffffffffffffffff, 0000000000001234"),
            "{text}"
        );
        assert!(error.is_configuration());
        assert!(!HandshakeError::Nonce.is_configuration());
    }
}
