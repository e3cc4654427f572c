//! A channel or supergroup (<https://core.telegram.org/api/channel>).
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::tl::types::{ChatAdminRights, ChatBannedRights};

use super::admin_log::AdminLog;
use super::board::Board;
use super::looks::{Looks, Rules};
use super::mailbox::PostId;
use super::participant::{Participant, Role, no_bans};
use super::peer::Peer;
use super::topic::Topic;

/// A channel or supergroup, with its messages and everybody who is or was in it.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) about: String,
    /// As its owner writes it; it is found in any case of letters. Without one it is private.
    pub(crate) username: Option<String>,
    pub(crate) megagroup: bool,
    pub(crate) date: i64,
    pub(crate) board: Board,
    /// When something happened on the board last, in Unix seconds.
    pub(crate) changed: i64,
    pub(crate) participants: BTreeMap<i64, Participant>,
    /// What nobody but administrators may do.
    pub(crate) default_rights: ChatBannedRights,
    /// Seconds between two messages of one member; 0: none.
    pub(crate) slow_mode: i32,
    /// Whether posts bear the names of their authors.
    pub(crate) signatures: bool,
    /// Whether posts are their authors' and not the channel's.
    pub(crate) profiles: bool,
    /// Whether its messages must not be forwarded.
    pub(crate) noforwards: bool,
    /// Whether newcomers do not see what was written before.
    pub(crate) hidden_history: bool,
    pub(crate) looks: Looks,
    pub(crate) rules: Rules,
    /// Whether it has topics.
    pub(crate) forum: bool,
    /// Whether these are shown as tabs.
    pub(crate) forum_tabs: bool,
    /// Who sees its topics as one history.
    pub(crate) viewed_as_messages: BTreeSet<i64>,
    pub(crate) topics: BTreeMap<i32, Topic>,
    /// The topics at the head of the list, the first one first.
    pub(crate) pinned_topics: Vec<i32>,
    /// As whom members write, who have said so.
    pub(crate) send_as: BTreeMap<i64, Peer>,
    /// What was done there.
    pub(crate) admin_log: AdminLog,
    /// The basic group that it was made of, and the last message there.
    pub(crate) migrated_from: Option<(i64, i32)>,
    /// Of a channel the supergroup where its posts are commented on, and of that the channel.
    pub(crate) linked: Option<i64>,
    /// Of a channel the supergroup with its direct messages, and of that the channel.
    pub(crate) direct: Option<i64>,
    /// Whether everybody may write to the channel there.
    pub(crate) takes_direct: bool,
    /// Whether it is such a supergroup, and whose conversation each of its messages is of.
    pub(crate) monoforum: bool,
    pub(crate) talks: BTreeMap<i32, i64>,
}

impl Channel {
    /// A private channel without anybody.
    pub(crate) fn new(id: i64, title: String, megagroup: bool, date: i64) -> Self {
        Self {
            id,
            title,
            about: String::new(),
            username: None,
            megagroup,
            date,
            board: Board::new(id),
            changed: 0,
            participants: BTreeMap::new(),
            default_rights: no_bans(),
            slow_mode: 0,
            signatures: false,
            profiles: false,
            noforwards: false,
            hidden_history: false,
            looks: Looks::default(),
            rules: Rules::default(),
            forum: false,
            forum_tabs: false,
            viewed_as_messages: BTreeSet::new(),
            topics: BTreeMap::new(),
            pinned_topics: Vec::new(),
            send_as: BTreeMap::new(),
            admin_log: AdminLog::default(),
            migrated_from: None,
            linked: None,
            direct: None,
            takes_direct: false,
            monoforum: false,
            talks: BTreeMap::new(),
        }
    }

    /// Somebody who is in it now.
    pub(crate) fn member(&self, user: i64) -> Option<&Participant> {
        self.participants.get(&user).filter(|it| it.here)
    }

    /// Everybody who is in it now.
    pub(crate) fn members(&self) -> impl Iterator<Item = (i64, &Participant)> {
        let here = self.participants.iter().filter(|(_, it)| it.here);
        here.map(|(user, it)| (*user, it))
    }

    /// Whose it is.
    pub(crate) fn creator(&self) -> Option<i64> {
        let mut members = self.members();
        let creator = members.find(|(_, one)| matches!(one.role, Role::Creator(_)));
        creator.map(|(user, _)| user)
    }

    /// The rights of somebody who is an administrator.
    pub(crate) fn admin(&self, user: i64) -> Option<&ChatAdminRights> {
        self.member(user)?.admin_rights()
    }

    /// Whether somebody is an administrator who may do this.
    pub(crate) fn may(&self, user: i64, right: impl Fn(&ChatAdminRights) -> bool) -> bool {
        self.admin(user).is_some_and(right)
    }

    /// Whether somebody must not do this, as everybody or in particular. Administrators may.
    pub(crate) fn bans(
        &self,
        user: i64,
        now: i64,
        right: impl Fn(&ChatBannedRights) -> bool,
    ) -> bool {
        if self.admin(user).is_some() {
            return false;
        }
        let own = self.participants.get(&user);
        let own = own.and_then(|it| it.restrictions(now));
        right(&self.default_rights) || own.is_some_and(right)
    }

    /// Whether somebody was put out of it for good.
    pub(crate) fn is_banned(&self, user: i64, now: i64) -> bool {
        let rights = self.participants.get(&user);
        let rights = rights.and_then(|it| it.restrictions(now));
        rights.is_some_and(|rights| rights.view_messages)
    }

    /// Whether somebody sees what is written there: who is in it, and of a public one, and among
    /// direct messages, everybody who is not banned.
    pub(crate) fn is_open_to(&self, user: i64, now: i64) -> bool {
        let open = self.username.is_some() || self.monoforum;
        !self.is_banned(user, now) && (open || self.member(user).is_some())
    }

    /// The messages that somebody sees, oldest first.
    pub(crate) fn visible_to(&self, user: i64) -> Cow<'_, [i32]> {
        let ids = self.board.ids();
        let first = ids.partition_point(|id| *id < self.available_to(user));
        if self.monoforum {
            let ids = ids[first..].iter().copied();
            return ids.filter(|id| self.concerns(user, *id)).collect();
        }
        Cow::Borrowed(&ids[first..])
    }

    /// The newest message that somebody sees.
    pub(crate) fn newest(&self, user: i64) -> Option<(i32, PostId)> {
        let id = match self.monoforum {
            true => *self.visible_to(user).last()?,
            false => *self.board.ids().last()?,
        };
        (id >= self.available_to(user)).then_some((id, self.board.get(id)?.post))
    }

    /// Whether somebody sees a message that is there.
    pub(crate) fn shows(&self, user: i64, id: i32) -> bool {
        let concerned = id >= self.available_to(user) && self.concerns(user, id);
        concerned && self.board.get(id).is_some()
    }

    /// Whether a message is of a conversation that somebody sees: among direct messages it has to
    /// be their own, but for administrators.
    pub(crate) fn concerns(&self, user: i64, id: i32) -> bool {
        !self.monoforum || self.admin(user).is_some() || self.talks.get(&id) == Some(&user)
    }

    fn available_to(&self, user: i64) -> i32 {
        let known = self.participants.get(&user);
        known.map_or(0, |it| it.available_min_id)
    }

    /// The last message that anybody else has read.
    pub(crate) fn read_by_others(&self, user: i64) -> i32 {
        let others = self.participants.iter().filter(|(id, _)| **id != user);
        others.map(|(_, it)| it.read_inbox).max().unwrap_or(0)
    }
}
