//! Something about a user, group or channel has changed.
use super::payload::payload;
use super::places::chat_of;
use crate::peers::{Chat, marked_id};
use crate::tl::{enums, types};

payload! {
    /// Something about a user, group or channel has changed: what, has to be looked at. If it
    /// came with the update, it is as it is now.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChannel { channel_id: 7 };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PeerChanged(change) = update else { panic!("it is one") };
    /// assert_eq!(change.chat_id(), -1_000_000_000_007);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateUser>,
    /// <https://core.telegram.org/constructor/updateChat>,
    /// and <https://core.telegram.org/constructor/updateChannel>.
    PeerChange(enums::Update)
}

impl PeerChange {
    /// Whom or what it is about.
    #[must_use]
    pub fn peer(&self) -> enums::Peer {
        match &*self.raw {
            enums::Update::User(it) => types::PeerUser {
                user_id: it.user_id,
            }
            .into(),
            raw => chat_of(raw).unwrap_or_default(),
        }
    }

    /// The id, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        marked_id(&self.peer())
    }

    /// What it is now, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(&self.peer())
    }
}
