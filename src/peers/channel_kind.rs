//! What kinds of channels there are.

/// What kind of channel a [`Channel`](crate::Channel) is.
///
/// See <https://core.telegram.org/api/channel>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChannelKind {
    /// Administrators write to many.
    Broadcast,
    /// A supergroup: all members write.
    Megagroup,
    /// A supergroup without a limit of members, in which administrators write.
    Gigagroup,
    /// The messages that people write to a channel.
    Monoforum,
}
