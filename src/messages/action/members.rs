//! Who has come and who has gone.
use crate::tl::enums::{MessageAction as Raw, Peer};
use crate::tl::types::MessageService;

/// Somebody has come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Joined {
    /// The ids of the users who are in the chat now.
    pub user_ids: Vec<i64>,
    /// How they came.
    pub how: JoinedHow,
}

/// How somebody came into a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JoinedHow {
    /// By themselves.
    Themselves,
    /// Somebody has added them: whoever the message is from.
    Added,
    /// By an invite link.
    Link {
        /// The id of the user who has made the link.
        inviter_id: i64,
    },
    /// They had asked to be let in.
    Request,
    /// By way of a community that the chat belongs to.
    Community {
        /// The id of the community.
        community_id: i64,
    },
}

/// Somebody has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Left {
    /// The id of the user.
    pub user_id: i64,
    /// Whether they were put out, by whoever the message is from.
    pub was_removed: bool,
}

impl Joined {
    pub(super) fn of(message: &MessageService) -> Option<Self> {
        let from = user(message.from_id.as_ref());
        let (user_ids, how) = match &message.action {
            Raw::ChatAddUser(it) if from.is_some() && it.users == from.as_slice() => {
                (it.users.clone(), JoinedHow::Themselves)
            }
            Raw::ChatAddUser(it) => (it.users.clone(), JoinedHow::Added),
            Raw::ChatJoinedByLink(it) => {
                let inviter_id = it.inviter_id;
                (Vec::from_iter(from), JoinedHow::Link { inviter_id })
            }
            Raw::ChatJoinedByRequest => (Vec::from_iter(from), JoinedHow::Request),
            Raw::ChatJoinedViaCommunity(it) => {
                let community_id = it.community_id;
                (Vec::from_iter(from), JoinedHow::Community { community_id })
            }
            _ => return None,
        };
        Some(Self { user_ids, how })
    }
}

impl Left {
    pub(super) fn of(message: &MessageService, user_id: i64) -> Self {
        Self {
            user_id,
            was_removed: user(message.from_id.as_ref()) != Some(user_id),
        }
    }
}

fn user(peer: Option<&Peer>) -> Option<i64> {
    match peer? {
        Peer::User(user) => Some(user.user_id),
        _ => None,
    }
}
