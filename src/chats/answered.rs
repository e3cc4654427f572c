//! The groups and channels that an answer shows.
use crate::error::{Error, Result};
use crate::peers::Chat;
use crate::tl::enums::Updates;

/// The group or channel that was made or joined.
pub(super) fn chat_in(updates: Updates) -> Result<Chat> {
    chats_in(updates)
        .into_iter()
        .next()
        .ok_or(Error::Unexpected(
            "it was done, but the answer does not show the chat",
        ))
}

/// All that an answer shows.
pub(super) fn chats_in(updates: Updates) -> Vec<Chat> {
    let chats = match updates {
        Updates::Updates(all) => all.chats,
        Updates::Combined(all) => all.chats,
        _ => Vec::new(),
    };
    chats.into_iter().filter_map(Chat::from_raw).collect()
}
