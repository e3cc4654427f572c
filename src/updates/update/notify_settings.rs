//! What this account is to be alerted of has changed, on another device.
use super::payload::payload;
use crate::peers::{Chat, marked_id};
use crate::tl::{enums, types};

payload! {
    /// What this account is to be alerted of has changed, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdateNotifySettings {
    ///     peer: enums::NotifyPeer::NotifyUsers,
    ///     notify_settings: types::PeerNotifySettings {
    ///         silent: Some(true),
    ///         ..Default::default()
    ///     }
    ///     .into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::NotifySettings(change) = update else { panic!("it is one") };
    /// assert_eq!((change.chat_id(), change.settings().silent), (None, Some(true)));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateNotifySettings>.
    NotifyChange(types::UpdateNotifySettings)
}

impl NotifyChange {
    /// Whom or what it is about: a chat, a topic, or all of a kind.
    #[must_use]
    pub fn scope(&self) -> &enums::NotifyPeer {
        &self.raw.peer
    }

    /// The topic, if it is about one.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match &self.raw.peer {
            enums::NotifyPeer::NotifyForumTopic(it) => Some(it.top_msg_id),
            _ => None,
        }
    }

    /// The id of the chat, as the Bot API writes it, if it is about one.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.source.chat.as_ref().map(marked_id)
    }

    /// The chat, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.source.chat.as_ref()?)
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &types::PeerNotifySettings {
        let enums::PeerNotifySettings::Settings(settings) = &self.raw.notify_settings;
        settings
    }
}
