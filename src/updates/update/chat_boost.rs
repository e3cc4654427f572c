//! A group or channel was boosted, as bots are told that are administrators.
use super::payload::{in_chat, payload};
use crate::peers::User;
use crate::tl::{enums, types};

payload! {
    /// A group or channel was boosted, as bots are told that are administrators.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotChatBoost {
    ///     boost: types::Boost {
    ///         id: "b".into(),
    ///         user_id: Some(7),
    ///         ..Default::default()
    ///     }
    ///     .into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ChatBoost(it) = update else { panic!("it is one") };
    /// assert_eq!((it.user_id(), &*it.boost().id), (Some(7), "b"));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotChatBoost>,
    /// and <https://core.telegram.org/api/boost>.
    ChatBoost(types::UpdateBotChatBoost)
}

in_chat!(ChatBoost, it => it.peer.clone());

impl ChatBoost {
    /// The boost.
    #[must_use]
    pub fn boost(&self) -> &types::Boost {
        let enums::Boost::Boost(boost) = &self.raw.boost;
        boost
    }

    /// The id of the user who has given it, if it is told.
    #[must_use]
    pub fn user_id(&self) -> Option<i64> {
        self.boost().user_id
    }

    /// The user who has given it, if they came with the update: without a call.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.source.peers.user(self.user_id()?)
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
