//! A member has come into a small group, has gone, or is something else in it, as users are
//! told.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::peers::User;
use crate::tl::enums;

payload! {
    /// A member has come into a small group, has gone, or is something else in it, as users are
    /// told.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChatParticipantAdmin {
    ///     chat_id: 3,
    ///     user_id: 7,
    ///     is_admin: true,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::GroupMember(change) = update else { panic!("it is one") };
    /// assert_eq!((change.chat_id(), change.user_id()), (-3, 7));
    /// assert_eq!((change.is_admin(), change.has_left()), (Some(true), false));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChatParticipantAdd>,
    /// <https://core.telegram.org/constructor/updateChatParticipantDelete>,
    /// <https://core.telegram.org/constructor/updateChatParticipantAdmin>,
    /// and <https://core.telegram.org/constructor/updateChatParticipantRank>.
    MemberChange(enums::Update)
}

in_chat!(MemberChange, it => chat_of(it).unwrap_or_default());

impl MemberChange {
    /// The id of the member.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        match &*self.raw {
            enums::Update::ChatParticipantAdd(it) => it.user_id,
            enums::Update::ChatParticipantDelete(it) => it.user_id,
            enums::Update::ChatParticipantAdmin(it) => it.user_id,
            enums::Update::ChatParticipantRank(it) => it.user_id,
            _ => 0,
        }
    }

    /// The member, if they came with the update: without a call.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.source.peers.user(self.user_id())
    }

    /// How often the members have changed: what is older than what is known is old news.
    #[must_use]
    pub fn version(&self) -> i32 {
        match &*self.raw {
            enums::Update::ChatParticipantAdd(it) => it.version,
            enums::Update::ChatParticipantDelete(it) => it.version,
            enums::Update::ChatParticipantAdmin(it) => it.version,
            enums::Update::ChatParticipantRank(it) => it.version,
            _ => 0,
        }
    }

    /// If they have come: the id of who has let them in.
    #[must_use]
    pub fn inviter_id(&self) -> Option<i64> {
        match &*self.raw {
            enums::Update::ChatParticipantAdd(it) => Some(it.inviter_id),
            _ => None,
        }
    }

    /// If they have come: when, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ChatParticipantAdd(it) => Some(it.date),
            _ => None,
        }
    }

    /// Whether they have gone.
    #[must_use]
    pub fn has_left(&self) -> bool {
        matches!(*self.raw, enums::Update::ChatParticipantDelete(_))
    }

    /// If that has changed: whether they are an administrator now.
    #[must_use]
    pub fn is_admin(&self) -> Option<bool> {
        match &*self.raw {
            enums::Update::ChatParticipantAdmin(it) => Some(it.is_admin),
            _ => None,
        }
    }

    /// If that has changed: what they are called beside their name.
    #[must_use]
    pub fn rank(&self) -> Option<&str> {
        match &*self.raw {
            enums::Update::ChatParticipantRank(it) => Some(&it.rank),
            _ => None,
        }
    }
}
