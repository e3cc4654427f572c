//! Somebody writes, or does something else that others are shown for six seconds.
use super::payload::{by_peer, in_chat, payload};
use super::places::{chat_of, sender_of};
use crate::tl::enums;
use crate::tl::enums::SendMessageAction;

payload! {
    /// Somebody writes, or does something else that others are shown for six seconds.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChannelUserTyping {
    ///     channel_id: 7,
    ///     top_msg_id: Some(3),
    ///     from_id: types::PeerChannel { channel_id: 7 }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Typing(typing) = update else { panic!("it is one") };
    /// assert_eq!(typing.topic_id(), Some(3));
    /// assert_eq!(typing.sender_id(), typing.chat_id(), "an anonymous administrator");
    /// assert!(!typing.is_cancelled());
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateUserTyping>,
    /// <https://core.telegram.org/constructor/updateChatUserTyping>,
    /// and <https://core.telegram.org/constructor/updateChannelUserTyping>.
    Typing(enums::Update)
}

in_chat!(Typing, it => chat_of(it).unwrap_or_default());
by_peer!(Typing, it => sender_of(it).unwrap_or_default());

impl Typing {
    /// The topic that it is for.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::UserTyping(it) => it.top_msg_id,
            enums::Update::ChannelUserTyping(it) => it.top_msg_id,
            _ => None,
        }
    }

    /// What they do.
    #[must_use]
    pub fn action(&self) -> &SendMessageAction {
        match &*self.raw {
            enums::Update::UserTyping(it) => &it.action,
            enums::Update::ChatUserTyping(it) => &it.action,
            enums::Update::ChannelUserTyping(it) => &it.action,
            _ => &SendMessageAction::SendMessageCancelAction,
        }
    }

    /// Whether they have stopped.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.action(), SendMessageAction::SendMessageCancelAction)
    }
}
