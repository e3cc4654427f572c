//! Filters by whose doing something is.
use std::collections::HashSet;

use crate::dispatch::Filter;
use crate::messages::Message;
use crate::peers::User;

/// What this user does, by id.
pub fn from_user(id: i64) -> Filter {
    Filter::new(move |cx| cx.sender_id() == Some(id))
}

/// What one of these users does, by their ids.
pub fn from_users(ids: impl IntoIterator<Item = i64>) -> Filter {
    let ids: HashSet<i64> = ids.into_iter().collect();
    Filter::new(move |cx| cx.sender_id().is_some_and(|id| ids.contains(&id)))
}

/// What this account does, here or on another device.
pub fn me() -> Filter {
    Filter::new(|cx| {
        let me = cx.me().map(User::id);
        cx.message().is_some_and(Message::outgoing) || me.is_some() && cx.sender_id() == me
    })
}

/// Messages that this account sent, here or on another device.
pub fn outgoing() -> Filter {
    Filter::new(|cx| cx.message().is_some_and(Message::outgoing))
}

/// Messages that others sent.
pub fn incoming() -> Filter {
    Filter::new(|cx| cx.message().is_some_and(|message| !message.outgoing()))
}

/// What a bot does, as far as the update says who it is.
pub fn from_bot() -> Filter {
    by_user(User::is_bot)
}

/// What somebody with Telegram Premium does, as far as the update says who it is.
pub fn from_premium() -> Filter {
    by_user(User::is_premium)
}

/// Messages that were sent as a group or a channel.
pub fn sent_as_chat() -> Filter {
    Filter::new(|cx| cx.message().is_some_and(|it| it.sender_chat_id().is_some()))
}

/// Messages of anonymous administrators, who write as the group itself.
pub fn anonymous() -> Filter {
    Filter::new(|cx| {
        cx.message().is_some_and(|message| {
            !message.post() && message.sender_chat_id() == Some(message.chat_id())
        })
    })
}

fn by_user(test: fn(&User) -> bool) -> Filter {
    Filter::new(move |cx| cx.sender_user().is_some_and(test))
}
