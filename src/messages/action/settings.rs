//! What was changed of how a chat is.
use crate::tl::enums::WallPaper;

/// After how long messages delete themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TtlChange {
    /// After how many seconds; `None` when they stay.
    pub seconds: Option<i32>,
    /// If it is so because a user has it so in all chats: the id of the user.
    pub by_setting_of: Option<i64>,
}

/// What is behind the messages.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct WallpaperChange<'a> {
    /// The wallpaper.
    pub wallpaper: &'a WallPaper,
    /// Whether both sides see it.
    pub for_both: bool,
    /// Whether it is the one that the other side has set.
    pub is_same: bool,
}

/// Whether messages may be forwarded and saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForwardingChange {
    /// Whether it was forbidden before.
    pub was_forbidden: bool,
    /// Whether it is forbidden now, or would be.
    pub is_forbidden: bool,
    /// Of what is only asked for.
    pub is_request: bool,
    /// Whether it was asked for too long ago.
    pub is_expired: bool,
}

/// What messages to a channel or group cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaidMessages {
    /// How many stars; 0 when they cost nothing.
    pub stars: i64,
    /// Whether one can write to the channel itself.
    pub direct_messages_allowed: bool,
}
