//! Who a conversation is with.

/// The other side of a conversation, as one account has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Peer {
    /// A private conversation; with the account's own id: its saved messages.
    User(i64),
    /// A basic group.
    Chat(i64),
    /// A channel or supergroup: its messages lie in no account's box.
    Channel(i64),
}
