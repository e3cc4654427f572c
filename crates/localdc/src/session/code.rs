//! The codes of `bad_msg_notification`.

/// Why a message is not accepted.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(crate) enum Code {
    /// The id is too low: the client's clock is behind.
    TooLow = 16,
    /// The id is too high: the client's clock is ahead.
    TooHigh = 17,
    /// The two low bits of the id are not those of a client.
    LowBits = 18,
    /// A container has the id of a message that came before.
    ContainerId = 19,
    /// It is so old that nobody knows whether it came before.
    TooOld = 20,
    /// The sequence number is lower than that of an older message.
    SeqTooLow = 32,
    /// The sequence number is higher than that of a newer message.
    SeqTooHigh = 33,
    /// The sequence number is odd, and the message needs no acknowledgment.
    SeqOdd = 34,
    /// The sequence number is even, and the message needs an acknowledgment.
    SeqEven = 35,
    /// The salt is wrong.
    Salt = 48,
    /// The container breaks the rules for containers.
    Container = 64,
}
