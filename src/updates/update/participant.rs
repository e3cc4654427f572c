//! What somebody is in a group or channel has changed.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::peers::User;
use crate::tl::enums;

payload! {
    /// What somebody is in a group or channel has changed: they have joined, left, were
    /// promoted, restricted or banned. Bots are told it, and of channels only as
    /// administrators.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChatParticipant {
    ///     chat_id: 3,
    ///     user_id: 7,
    ///     actor_id: 8,
    ///     new_participant: Some(types::ChatParticipant {
    ///         user_id: 7,
    ///         ..Default::default()
    ///     }
    ///     .into()),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Participant(change) = update else { panic!("it is one") };
    /// assert!(change.has_joined() && !change.has_left());
    /// assert_eq!((change.chat_id(), change.user_id(), change.actor_id()), (-3, 7, 8));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChatParticipant>,
    /// and <https://core.telegram.org/constructor/updateChannelParticipant>.
    ParticipantChange(enums::Update)
}

in_chat!(ParticipantChange, it => chat_of(it).unwrap_or_default());

impl ParticipantChange {
    /// The id of the user whom it is about.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => it.user_id,
            enums::Update::ChannelParticipant(it) => it.user_id,
            _ => 0,
        }
    }

    /// The user whom it is about, if they came with the update: without a call.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.source.peers.user(self.user_id())
    }

    /// The id of the user who has done it; the same, when they have done it themselves.
    #[must_use]
    pub fn actor_id(&self) -> i64 {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => it.actor_id,
            enums::Update::ChannelParticipant(it) => it.actor_id,
            _ => 0,
        }
    }

    /// The user who has done it, if they came with the update: without a call.
    #[must_use]
    pub fn actor(&self) -> Option<&User> {
        self.source.peers.user(self.actor_id())
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => it.date,
            enums::Update::ChannelParticipant(it) => it.date,
            _ => 0,
        }
    }

    /// The invite link by which they came.
    #[must_use]
    pub fn invite(&self) -> Option<&enums::ExportedChatInvite> {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => it.invite.as_ref(),
            enums::Update::ChannelParticipant(it) => it.invite.as_ref(),
            _ => None,
        }
    }

    /// Whether they came by the link of a folder.
    #[must_use]
    pub fn via_chatlist(&self) -> bool {
        matches!(&*self.raw, enums::Update::ChannelParticipant(it) if it.via_chatlist)
    }

    /// What they were; `None` when they were nothing.
    #[must_use]
    pub fn before(&self) -> Option<Participant<'_>> {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => {
                it.prev_participant.as_ref().map(Participant::OfGroup)
            }
            enums::Update::ChannelParticipant(it) => {
                it.prev_participant.as_ref().map(Participant::OfChannel)
            }
            _ => None,
        }
    }

    /// What they are now; `None` when they are nothing any more.
    #[must_use]
    pub fn after(&self) -> Option<Participant<'_>> {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => {
                it.new_participant.as_ref().map(Participant::OfGroup)
            }
            enums::Update::ChannelParticipant(it) => {
                it.new_participant.as_ref().map(Participant::OfChannel)
            }
            _ => None,
        }
    }

    /// Whether they are in it now and were not before.
    #[must_use]
    pub fn has_joined(&self) -> bool {
        !is_in(self.before()) && is_in(self.after())
    }

    /// Whether they were in it and are no longer: they have left, or were put out.
    #[must_use]
    pub fn has_left(&self) -> bool {
        is_in(self.before()) && !is_in(self.after())
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        match &*self.raw {
            enums::Update::ChatParticipant(it) => it.qts,
            enums::Update::ChannelParticipant(it) => it.qts,
            _ => 0,
        }
    }
}

/// What somebody is in a small group, or in a channel or supergroup, as the raw API has it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Participant<'a> {
    /// Of a small group.
    OfGroup(&'a enums::ChatParticipant),
    /// Of a channel or supergroup.
    OfChannel(&'a enums::ChannelParticipant),
}

/// Whether whoever is this is in the chat.
fn is_in(participant: Option<Participant<'_>>) -> bool {
    match participant {
        None => false,
        Some(Participant::OfGroup(_)) => true,
        Some(Participant::OfChannel(it)) => match it {
            enums::ChannelParticipant::Left(_) => false,
            enums::ChannelParticipant::Banned(it) => !it.left,
            _ => true,
        },
    }
}
