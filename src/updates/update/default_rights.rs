//! What members of a group may do unless told otherwise has changed.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// What members of a group may do unless told otherwise has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChatDefaultBannedRights {
    ///     default_banned_rights: types::ChatBannedRights {
    ///         send_polls: true,
    ///         ..Default::default()
    ///     }
    ///     .into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::DefaultRights(change) = update else { panic!("it is one") };
    /// assert!(change.banned().send_polls);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChatDefaultBannedRights>,
    /// and <https://core.telegram.org/api/rights>.
    DefaultRightsChange(types::UpdateChatDefaultBannedRights)
}

in_chat!(DefaultRightsChange, it => it.peer.clone());

impl DefaultRightsChange {
    /// What they may not.
    #[must_use]
    pub fn banned(&self) -> &types::ChatBannedRights {
        let enums::ChatBannedRights::Rights(rights) = &self.raw.default_banned_rights;
        rights
    }

    /// How often it has changed.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.raw.version
    }
}
