//! Why a message with a key is not sent now.

/// Why a message with a [key](crate::InputMessage::once) is not sent now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OnceError {
    /// So many bytes are no key.
    #[error("a key has 1 to 256 bytes, and this one has {0}")]
    Key(usize),
    /// What is scheduled or kept as a quick reply has an id of another kind.
    #[error("what is scheduled or kept as a quick reply cannot be sent once by a key")]
    Later,
    /// The messages of an album have an id each.
    #[error("an album cannot be sent once by a key: send each of it by itself, under its own key")]
    Album,
    /// Another thread is sending under this key.
    #[error("another thread is sending under this key: try again when it has ended")]
    UnderWay,
    /// The key is older than what is kept of keys: whether it was used nobody knows.
    #[error(
        "this key is older than what is kept of keys, so nobody knows whether it was used: look in \
         the chat, and take a new one"
    )]
    TooOld,
    /// The key was used for the chat of this id, as the Bot API writes it.
    #[error("under this key a message was sent to the chat {0}: take another key")]
    OtherChat(i64),
    /// The message was sent under this id, and is not there any more.
    #[error("under this key the message {0} was sent, which is not there any more")]
    Gone(i32),
    /// The server says that it was sent before, and does not show it.
    #[error("the message was sent before, and the server does not show under which id")]
    SentBefore,
    /// It may have been sent, and can no longer be found out.
    #[error(
        "a message may have been sent under this key (in seconds since 1970: {since}), and the \
         server tells no longer: look in the chat, then take a new key or have this one forgotten"
    )]
    Unclear {
        /// When the first attempt was made, in seconds since the Unix epoch.
        since: i64,
    },
}
