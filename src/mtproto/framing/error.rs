//! What can be wrong with a stream of packets, and the errors that a server sends as packets.

use super::extent::MAX_PACKET;

/// The stream cannot be read further: the connection has to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FramingError {
    /// A packet is longer than [`MAX_PACKET`].
    #[error("{}", too_long(*.length))]
    TooLong {
        /// As the header told it.
        length: u64,
    },
    /// A length that this framing cannot have.
    #[error("a packet's length of {length} bytes is not possible in this framing")]
    Length {
        /// As the header told it.
        length: i64,
    },
    /// Abridged framing: the long form of the length for a short packet.
    #[error("a packet of {length} bytes has its length in the long form")]
    Overlong {
        /// As the header told it.
        length: u64,
    },
    /// Full framing: packets are missing, repeated or swapped.
    #[error("packet number {expected} was due, and number {received} came")]
    Sequence {
        /// The number that had to come.
        expected: u32,
        /// The number that came.
        received: u32,
    },
    /// Full framing: the checksum does not fit the bytes.
    #[error("a packet's checksum is wrong: it was damaged on its way")]
    Checksum,
    /// A packet that is too short for a message and is none of the known signals either.
    #[error("a packet of {length} bytes is too short for a message and no known signal")]
    Short {
        /// The packet's length in bytes.
        length: usize,
    },
    /// Servers only: the client speaks HTTP.
    #[error("the client speaks HTTP, which is not served here")]
    Http,
    /// Servers only: the client speaks TLS.
    #[error("the client speaks TLS, which is not served here")]
    Tls,
    /// Servers only: an obfuscated connection whose framing is unknown.
    #[error("the obfuscated header names no known framing (or was made with another secret)")]
    Tag,
}

/// Taken as a length, the first bytes of a web server's answer.
const HTTP: u64 = u32::from_le_bytes(*b"HTTP") as u64;

fn too_long(length: u64) -> String {
    if length == HTTP {
        return "the answer is HTTP, not MTProto: there is a proxy or a login page of the network \
                on the way, or the address is a web server's"
            .to_owned();
    }
    format!("a packet of {length} bytes was announced; the limit is {MAX_PACKET}")
}

/// An error that the server sent in place of a message: a negative code.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("transport error {code}: {}", self.meaning(), code = .0)]
pub struct TransportError(pub i32);

impl TransportError {
    /// The server does not know the authorization key, or a query of the key exchange was invalid
    /// or late.
    pub const NOT_FOUND: Self = Self(-404);
    /// Too many connections from this address to this data centre, or too many messages.
    pub const FLOOD: Self = Self(-429);
    /// The number of the data centre is wrong.
    pub const WRONG_DC: Self = Self(-444);

    fn meaning(self) -> &'static str {
        match self {
            Self::NOT_FOUND => {
                "the server does not know the authorization key, or refused a step of the key \
                 exchange"
            }
            Self::FLOOD => "too many connections from this address, or too many messages: wait",
            Self::WRONG_DC => "the server is not the data centre that was asked for",
            _ => "the server refuses the connection",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_the_code_and_says_what_it_means() {
        for (error, word) in [
            (TransportError::NOT_FOUND, "-404"),
            (TransportError::NOT_FOUND, "authorization key"),
            (TransportError::FLOOD, "too many"),
            (TransportError::WRONG_DC, "data centre"),
            (TransportError(-403), "-403"),
        ] {
            assert!(error.to_string().contains(word), "{error}");
        }
    }
}
