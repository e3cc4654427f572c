//! A basic group (<https://core.telegram.org/api/channel#basic-groups>).
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::tl::types::ChatBannedRights;

use super::looks::{Looks, Rules};

/// A basic group: its messages lie in the boxes of its members.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) looks: Looks,
    pub(crate) rules: Rules,
    pub(crate) creator: i64,
    pub(crate) date: i64,
    /// Rises with every change of the members.
    pub(crate) version: i32,
    /// Who is in it.
    pub(crate) members: BTreeMap<i64, Member>,
    /// Who, besides the founder, is an administrator.
    pub(crate) admins: BTreeSet<i64>,
    /// What nobody but administrators may do.
    pub(crate) default_rights: ChatBannedRights,
    /// The supergroup that was made of it: nobody writes here any more.
    pub(crate) migrated_to: Option<i64>,
}

impl Chat {
    /// Whether somebody founded it or is an administrator: either may do all.
    pub(crate) fn is_admin(&self, user: i64) -> bool {
        self.creator == user || self.admins.contains(&user)
    }

    /// Whether somebody must not do this.
    pub(crate) fn bans(&self, user: i64, right: impl Fn(&ChatBannedRights) -> bool) -> bool {
        !self.is_admin(user) && right(&self.default_rights)
    }
}

/// How somebody came into a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) inviter: i64,
    pub(crate) date: i64,
}
