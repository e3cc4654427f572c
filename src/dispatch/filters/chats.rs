//! Filters by where something happens.
use std::collections::HashSet;

use crate::dispatch::{Filter, Place};
use crate::messages::Message;
use crate::peers::ChannelKind;

/// Private chats, those with bots too.
pub fn private() -> Filter {
    by_place(|place| place == Place::User)
}

/// Groups of any size: [`small_group`] or [`supergroup`].
pub fn group() -> Filter {
    small_group() | supergroup()
}

/// Groups that are no supergroups.
pub fn small_group() -> Filter {
    by_place(|place| place == Place::Group)
}

/// Supergroups: to the server they are channels, so the update has to bring what it knows of them.
pub fn supergroup() -> Filter {
    by_place(|place| {
        matches!(
            place,
            Place::Channel(Some(ChannelKind::Megagroup | ChannelKind::Gigagroup))
        )
    })
}

/// Channels in which administrators write to many. One of which the update does not say what it is
/// counts as one.
pub fn channel() -> Filter {
    by_place(|place| matches!(place, Place::Channel(None | Some(ChannelKind::Broadcast))))
}

/// One chat, by its id as the Bot API writes it.
pub fn in_chat(id: i64) -> Filter {
    Filter::new(move |cx| cx.chat_id() == Some(id))
}

/// One of several chats, by their ids as the Bot API writes them.
pub fn in_any_chat(ids: impl IntoIterator<Item = i64>) -> Filter {
    let ids: HashSet<i64> = ids.into_iter().collect();
    Filter::new(move |cx| cx.chat_id().is_some_and(|id| ids.contains(&id)))
}

/// Messages in a topic of a forum, but for its topic "General".
///
/// See <https://core.telegram.org/api/forum>.
pub fn forum_topic() -> Filter {
    Filter::new(|cx| cx.message().and_then(Message::topic_id).is_some())
}

/// Messages in one topic of a forum.
pub fn in_topic(id: i32) -> Filter {
    Filter::new(move |cx| cx.message().and_then(Message::topic_id) == Some(id))
}

fn by_place(test: fn(Place) -> bool) -> Filter {
    Filter::new(move |cx| cx.place().is_some_and(test))
}
