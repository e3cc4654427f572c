//! Somebody in a group or channel.
use std::fmt;

use super::admin_rights::AdminRights;
use super::banned_rights::BannedRights;
use crate::peers::{Chat, PeerMap, PeerRef, User};
use crate::tl::enums::{self, ChannelParticipant, ChatAdminRights, ChatBannedRights, Peer};
use crate::tl::types;

/// What somebody is in a group or channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParticipantStatus {
    /// It is theirs.
    Creator,
    /// An administrator.
    Admin,
    /// One of many.
    Member,
    /// Somebody who may do less than others.
    Restricted,
    /// Somebody who was put out for good.
    Banned,
    /// Somebody who has left.
    Left,
}

/// Somebody in a group or channel, or put out of it.
///
/// See <https://core.telegram.org/type/ChannelParticipant>.
#[derive(Clone)]
pub struct Participant {
    /// Everything that the server told; of a small group in the same words.
    pub raw: ChannelParticipant,
    peers: PeerMap,
}

impl Participant {
    pub(super) fn new(raw: ChannelParticipant, peers: PeerMap) -> Self {
        Self { raw, peers }
    }

    /// Who it is. Banned can be channels too.
    #[must_use]
    pub fn peer(&self) -> Peer {
        let user = |user_id| types::PeerUser { user_id }.into();
        match &self.raw {
            ChannelParticipant::Participant(it) => user(it.user_id),
            ChannelParticipant::ParticipantSelf(it) => user(it.user_id),
            ChannelParticipant::Creator(it) => user(it.user_id),
            ChannelParticipant::Admin(it) => user(it.user_id),
            ChannelParticipant::Banned(it) => it.peer.clone(),
            ChannelParticipant::Left(it) => it.peer.clone(),
            _ => user(0),
        }
    }

    /// The user, if it is one.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        match self.chat()? {
            Chat::User(user) => Some(user),
            _ => None,
        }
    }

    /// The user or channel.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.peers.chat(&self.peer())
    }

    /// What they are there.
    #[must_use]
    pub fn status(&self) -> ParticipantStatus {
        match &self.raw {
            ChannelParticipant::Creator(_) => ParticipantStatus::Creator,
            ChannelParticipant::Admin(_) => ParticipantStatus::Admin,
            ChannelParticipant::Left(_) => ParticipantStatus::Left,
            ChannelParticipant::Banned(it) => {
                let ChatBannedRights::Rights(rights) = &it.banned_rights;
                match rights.view_messages {
                    true => ParticipantStatus::Banned,
                    false => ParticipantStatus::Restricted,
                }
            }
            _ => ParticipantStatus::Member,
        }
    }

    /// What an administrator may do.
    #[must_use]
    pub fn admin_rights(&self) -> Option<AdminRights> {
        let (rights, rank) = match &self.raw {
            ChannelParticipant::Creator(it) => (&it.admin_rights, &it.rank),
            ChannelParticipant::Admin(it) => (&it.admin_rights, &it.rank),
            _ => return None,
        };
        let ChatAdminRights::Rights(raw) = rights;
        let (raw, rank) = (raw.clone(), rank.clone());
        Some(AdminRights { raw, rank })
    }

    /// What somebody must not do who is restricted.
    #[must_use]
    pub fn banned_rights(&self) -> Option<BannedRights> {
        match &self.raw {
            ChannelParticipant::Banned(it) => {
                let ChatBannedRights::Rights(raw) = &it.banned_rights;
                Some(raw.clone().into())
            }
            _ => None,
        }
    }

    /// What stands beside the name.
    #[must_use]
    pub fn rank(&self) -> Option<&str> {
        match &self.raw {
            ChannelParticipant::Participant(it) => it.rank.as_deref(),
            ChannelParticipant::ParticipantSelf(it) => it.rank.as_deref(),
            ChannelParticipant::Creator(it) => it.rank.as_deref(),
            ChannelParticipant::Admin(it) => it.rank.as_deref(),
            ChannelParticipant::Banned(it) => it.rank.as_deref(),
            _ => None,
        }
    }

    /// Since when they are there, or restricted, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        match &self.raw {
            ChannelParticipant::Participant(it) => Some(it.date),
            ChannelParticipant::ParticipantSelf(it) => Some(it.date),
            ChannelParticipant::Admin(it) => Some(it.date),
            ChannelParticipant::Banned(it) => Some(it.date),
            _ => None,
        }
    }
}

impl From<&Participant> for PeerRef {
    fn from(participant: &Participant) -> Self {
        match participant.chat() {
            Some(chat) => chat.into(),
            None => Self::Peer(participant.peer()),
        }
    }
}

impl fmt::Debug for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Participant").field(&self.raw).finish()
    }
}

/// The members of a small group, in the words of a large one: whose it is may do everything, and
/// its administrators all but to name others.
///
/// See <https://core.telegram.org/api/rights>.
pub(super) fn of_group(participants: enums::ChatParticipants) -> Vec<ChannelParticipant> {
    let participants = match participants {
        enums::ChatParticipants::Participants(all) => all.participants,
        enums::ChatParticipants::Forbidden(it) => it.self_participant.into_iter().collect(),
        _ => Vec::new(),
    };
    let everything = AdminRights::all();
    let one = |one| match one {
        enums::ChatParticipant::Creator(it) => types::ChannelParticipantCreator {
            user_id: it.user_id,
            admin_rights: everything.raw.clone().into(),
            rank: it.rank,
        }
        .into(),
        enums::ChatParticipant::Admin(it) => types::ChannelParticipantAdmin {
            user_id: it.user_id,
            promoted_by: it.inviter_id,
            date: it.date,
            admin_rights: everything.clone().add_admins(false).raw.into(),
            rank: it.rank,
            ..Default::default()
        }
        .into(),
        enums::ChatParticipant::Participant(it) => types::ChannelParticipant {
            user_id: it.user_id,
            date: it.date,
            rank: it.rank,
            ..Default::default()
        }
        .into(),
        _ => types::ChannelParticipant::default().into(),
    };
    participants.into_iter().map(one).collect()
}
