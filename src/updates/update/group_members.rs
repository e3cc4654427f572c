//! Who is in a small group, as the server tells it anew.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// Who is in a small group, as the server tells it anew.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChatParticipants {
    ///     participants: types::ChatParticipants {
    ///         chat_id: 3,
    ///         version: 2,
    ///         ..Default::default()
    ///     }
    ///     .into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::GroupMembers(members) = update else { panic!("it is one") };
    /// assert_eq!((members.chat_id(), members.version()), (-3, Some(2)));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChatParticipants>.
    GroupMembers(types::UpdateChatParticipants)
}

in_chat!(GroupMembers, it => members_of(&it.participants));

impl GroupMembers {
    /// The members; none when this account may not see them.
    #[must_use]
    pub fn members(&self) -> &[enums::ChatParticipant] {
        match &self.raw.participants {
            enums::ChatParticipants::Participants(it) => &it.participants,
            _ => &[],
        }
    }

    /// Whether this account may not see them.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        matches!(self.raw.participants, enums::ChatParticipants::Forbidden(_))
    }

    /// How often they have changed.
    #[must_use]
    pub fn version(&self) -> Option<i32> {
        match &self.raw.participants {
            enums::ChatParticipants::Participants(it) => Some(it.version),
            _ => None,
        }
    }
}

fn members_of(participants: &enums::ChatParticipants) -> enums::Peer {
    let chat_id = match participants {
        enums::ChatParticipants::Participants(it) => it.chat_id,
        enums::ChatParticipants::Forbidden(it) => it.chat_id,
        _ => 0,
    };
    types::PeerChat { chat_id }.into()
}
