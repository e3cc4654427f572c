//! Somebody in a channel, and what they may do there (<https://core.telegram.org/api/rights>).
use ferogram_sync::tl::types::{ChatAdminRights, ChatBannedRights};

/// What somebody is in a channel.
#[derive(Clone, Debug)]
pub(crate) enum Role {
    /// It is theirs. Of their rights only `anonymous` can be missing.
    Creator(ChatAdminRights),
    /// An administrator, with these rights, made one by that account.
    Admin {
        rights: ChatAdminRights,
        promoted_by: i64,
    },
    /// One of many.
    Member,
    /// Somebody who may do less than others, or nothing, because that account said so.
    Restricted { rights: ChatBannedRights, by: i64 },
}

/// Somebody who is in a channel, or was.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    pub(crate) role: Role,
    /// Whether they are in it now.
    pub(crate) here: bool,
    pub(crate) inviter: i64,
    pub(crate) date: i64,
    /// What stands beside their name.
    pub(crate) rank: Option<String>,
    /// The last message that they have read.
    pub(crate) read_inbox: i32,
    /// Older messages than this they do not see.
    pub(crate) available_min_id: i32,
    /// When they wrote last, in Unix seconds: slow mode counts from there.
    pub(crate) wrote: i64,
}

impl Participant {
    /// Somebody who comes in.
    pub(crate) fn new(inviter: i64, date: i64) -> Self {
        Self {
            role: Role::Member,
            here: true,
            inviter,
            date,
            rank: None,
            read_inbox: 0,
            available_min_id: 0,
            wrote: 0,
        }
    }

    /// The rights of an administrator.
    pub(crate) fn admin_rights(&self) -> Option<&ChatAdminRights> {
        match &self.role {
            Role::Creator(rights) | Role::Admin { rights, .. } => Some(rights),
            Role::Member | Role::Restricted { .. } => None,
        }
    }

    /// What they in particular must not do, now.
    pub(crate) fn restrictions(&self, now: i64) -> Option<&ChatBannedRights> {
        match &self.role {
            Role::Restricted { rights, .. } if lasts(rights, now) => Some(rights),
            _ => None,
        }
    }
}

/// Whether a restriction still holds. Without a time it holds for ever
/// (<https://core.telegram.org/constructor/chatBannedRights>).
fn lasts(rights: &ChatBannedRights, now: i64) -> bool {
    rights.until_date <= 0 || i64::from(rights.until_date) > now
}

/// All that a creator may do.
pub(crate) fn all_rights() -> ChatAdminRights {
    ChatAdminRights {
        change_info: true,
        post_messages: true,
        edit_messages: true,
        delete_messages: true,
        ban_users: true,
        invite_users: true,
        pin_messages: true,
        add_admins: true,
        manage_call: true,
        other: true,
        manage_topics: true,
        post_stories: true,
        edit_stories: true,
        delete_stories: true,
        manage_direct_messages: true,
        manage_ranks: true,
        ..Default::default()
    }
}

/// What an administrator of a basic group may do: all but to name others
/// (<https://core.telegram.org/api/rights>).
pub(crate) fn chat_admin_rights() -> ChatAdminRights {
    ChatAdminRights {
        post_messages: false,
        edit_messages: false,
        add_admins: false,
        ..all_rights()
    }
}

/// What members may not do in a new group: nothing.
pub(crate) fn no_bans() -> ChatBannedRights {
    ChatBannedRights {
        until_date: i32::MAX,
        ..Default::default()
    }
}
