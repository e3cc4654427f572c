//! Whose state something is.
use crate::dispatch::Context;
use crate::messages::Message;
use crate::peers::User;

/// Whose state is kept: what is done in common, and what each does alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyStrategy {
    /// Each user has a state in each chat.
    #[default]
    PerUserPerChat,
    /// Each user has one state, in whatever chat. Updates of different chats are handled at the
    /// same time, unless [`order_by`](crate::Dispatcher::order_by) says otherwise.
    PerUser,
    /// Each chat has a state, whoever writes in it.
    PerChat,
    /// Each topic of a forum has a state, whoever writes in it; elsewhere, each chat.
    PerTopic,
    /// Each user has a state in each topic of a forum; elsewhere, in each chat.
    PerUserPerTopic,
}

/// Whose state something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateKey {
    /// The account that is signed in.
    pub account: i64,
    /// The user, or the chat that somebody speaks for, as the Bot API writes it.
    pub user_id: Option<i64>,
    /// The chat, as the Bot API writes it.
    pub chat_id: Option<i64>,
    /// The topic of a forum.
    pub topic_id: Option<i32>,
}

impl KeyStrategy {
    /// Whose state the update is about; `None` when it does not say.
    pub(super) fn key(self, cx: &Context) -> Option<StateKey> {
        let user_id = || cx.sender_id().map(Some);
        // Chosen results and inline queries are of no chat.
        let chat_id = || cx.chat_id().or(cx.sender_id()).map(Some);
        let topic_id = cx.message().and_then(Message::topic_id);
        let (user_id, chat_id, topic_id) = match self {
            Self::PerUserPerChat => (user_id()?, chat_id()?, None),
            Self::PerUser => (user_id()?, None, None),
            Self::PerChat => (None, chat_id()?, None),
            Self::PerTopic => (None, chat_id()?, topic_id),
            Self::PerUserPerTopic => (user_id()?, chat_id()?, topic_id),
        };
        Some(StateKey {
            account: cx.me().map_or(0, User::id),
            user_id,
            chat_id,
            topic_id,
        })
    }
}

impl StateKey {
    /// As a text that no other key has.
    #[must_use]
    pub fn encode(&self) -> String {
        let part = |id: Option<i64>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
        let (user, chat) = (part(self.user_id), part(self.chat_id));
        format!(
            "{} {user} {chat} {}",
            self.account,
            part(self.topic_id.map(i64::from))
        )
    }
}
