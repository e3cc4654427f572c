//! Why a key exchange is given up.

use crate::crypto::{DhError, KeyError};
use crate::tl::DecodeError;

/// A key exchange that cannot go on. Its nonces must not be used again.
///
/// Except where [`HandshakeError::is_configuration`] says otherwise, a new exchange with a new
/// nonce on a new connection may succeed; it should not be begun at once again and again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HandshakeError {
    /// An answer is not what this step of the exchange expects.
    #[error("an answer of the key exchange cannot be read: {0}")]
    Answer(#[from] DecodeError),
    /// The client's nonce in an answer is another one.
    #[error("an answer belongs to another key exchange (its nonce is not ours)")]
    Nonce,
    /// The server's nonce in an answer is not the one that it gave first.
    #[error("the server changed its nonce within a key exchange")]
    ServerNonce,
    /// None of the server's RSA keys is known here: the keys in the configuration are outdated, or
    /// belong to other servers (production and test servers have different ones).
    #[error(
        "the server has none of the RSA keys that are configured here (it offers {})",
        fingerprints(.offered)
    )]
    UnknownKeys {
        /// The fingerprints that the server offers, the first few of them.
        offered: Vec<i64>,
    },
    /// The number to be factorised is not a product of two primes of the usual size.
    #[error("the server's proof-of-work number is not a product of two primes")]
    Factors,
    /// The configured RSA key cannot be used.
    #[error("the first step of the key exchange cannot be encrypted: {0}")]
    Key(#[from] KeyError),
    /// The server refused the first step.
    #[error("the server refuses the key exchange")]
    Refused,
    /// The encrypted answer is not whole blocks.
    #[error("an encrypted answer of {length} bytes is not whole blocks")]
    Blocks {
        /// Its length in bytes.
        length: usize,
    },
    /// The hash in the encrypted answer is wrong.
    #[error("the hash in the encrypted answer is wrong")]
    Hash,
    /// There is more behind the object in the encrypted answer than padding to whole blocks.
    #[error("the encrypted answer has {length} bytes of padding; 15 are the most")]
    Padding {
        /// Its length in bytes.
        length: usize,
    },
    /// The server's numbers would make a key that others can guess.
    #[error("the server's numbers for the key exchange are not safe: {0}")]
    Group(#[from] DhError),
    /// The last answer does not prove that the server knows the secret nonce.
    #[error("the server does not prove that it made the same key (its new nonce hash is wrong)")]
    NewNonceHash,
    /// The server could not finish.
    #[error("the server gave the key exchange up")]
    Failed,
    /// The server keeps asking for another key.
    #[error("the server refused {times} keys in a row")]
    Retries {
        /// How many.
        times: u32,
    },
    /// An answer came after the end.
    #[error("the key exchange is over already")]
    Over,
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
