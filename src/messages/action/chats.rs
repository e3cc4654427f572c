//! How chats begin, move, and change hands.
use crate::tl::enums::Peer;

/// A chat was made.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Created<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The ids of the users who are in it from the beginning, of a small group.
    pub user_ids: &'a [i64],
    /// Whether it is a channel or a supergroup.
    pub is_channel: bool,
}

/// A supergroup was made of a small group.
///
/// See <https://core.telegram.org/api/channel#migration>.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MigratedFrom<'a> {
    /// What the small group was called.
    pub title: &'a str,
    /// Its id.
    pub chat_id: i64,
}

/// A chat has another owner, or will have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnerChange {
    /// The id of the user whose it is then.
    pub new_owner_id: i64,
    /// Whether that is still to come.
    pub is_pending: bool,
}

/// Somebody who shares where they are has come close to somebody who wanted to be told.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Proximity<'a> {
    /// Who has come close.
    pub from: &'a Peer,
    /// To whom.
    pub to: &'a Peer,
    /// How close, in metres.
    pub distance: i32,
}
