//! How packets travel over a connection.

/// The framing that a connection uses; the client chooses it with its first bytes.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Transport {
    /// The least overhead: one byte for a small packet.
    Abridged,
    /// Four bytes of length.
    #[default]
    Intermediate,
    /// Four bytes of length, and up to 15 random bytes after each packet.
    PaddedIntermediate,
    /// Length, sequence number and checksum. It knows no quick acks.
    Full,
    /// Any of the first three under a cipher that hides what they are from simple filters. It
    /// adds no security: the key stands in the first bytes.
    Obfuscated(Tag),
}

/// The framing under the obfuscation. Full framing has no tag, hence cannot be obfuscated.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Tag {
    /// As [`Transport::Abridged`].
    Abridged,
    /// As [`Transport::Intermediate`].
    Intermediate,
    /// As [`Transport::PaddedIntermediate`].
    PaddedIntermediate,
}
