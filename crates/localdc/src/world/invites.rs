//! Links by which people come into groups and channels, and who asks to be let in
//! (<https://core.telegram.org/api/invites>).
use std::collections::BTreeMap;

use ferogram_sync::tl::types;

use super::peer::Peer;

/// A link into a group or channel.
#[derive(Clone, Debug)]
pub(crate) struct Invite {
    pub(crate) hash: String,
    pub(crate) place: Peer,
    /// Whose it is.
    pub(crate) admin: i64,
    pub(crate) date: i64,
    /// When it was changed last: its time begins there.
    pub(crate) start: Option<i64>,
    pub(crate) expires: Option<i64>,
    pub(crate) limit: Option<i32>,
    pub(crate) title: Option<String>,
    /// Whether it is the one that each administrator has.
    pub(crate) permanent: bool,
    pub(crate) revoked: bool,
    pub(crate) request_needed: bool,
    pub(crate) pricing: Option<types::StarsSubscriptionPricing>,
    /// Who has come by it, in that order.
    pub(crate) users: Vec<Entrant>,
}

/// Somebody who has come by a link.
#[derive(Clone, Debug)]
pub(crate) struct Entrant {
    pub(crate) user: i64,
    pub(crate) date: i64,
    pub(crate) approved_by: Option<i64>,
}

/// Somebody who asks to be let in.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) date: i64,
    /// By which link; by none, where a public chat lets nobody in by itself.
    pub(crate) hash: Option<String>,
}

/// All links, and all who ask.
#[derive(Debug, Default)]
pub(crate) struct Invites {
    links: BTreeMap<String, Invite>,
    asking: BTreeMap<(Peer, i64), Asking>,
}

impl Invite {
    /// A link for any number, for ever.
    pub(crate) fn new(place: Peer, admin: i64, date: i64, hash: String) -> Self {
        Self {
            hash,
            place,
            admin,
            date,
            start: None,
            expires: None,
            limit: None,
            title: None,
            permanent: false,
            revoked: false,
            request_needed: false,
            pricing: None,
            users: Vec::new(),
        }
    }

    /// Whether it leads anywhere now.
    pub(crate) fn is_good(&self, now: i64) -> bool {
        let used_up = self
            .limit
            .is_some_and(|limit| self.users.len() >= usize::try_from(limit).unwrap_or(0));
        !self.revoked && !used_up && self.expires.is_none_or(|at| at > now)
    }

    /// The link as it is written.
    pub(crate) fn link(&self) -> String {
        format!("https://t.me/+{}", self.hash)
    }
}

impl Invites {
    /// A link by what it ends with.
    pub(crate) fn get(&self, hash: &str) -> Option<&Invite> {
        self.links.get(hash)
    }

    /// The same, to change it.
    pub(crate) fn get_mut(&mut self, hash: &str) -> Option<&mut Invite> {
        self.links.get_mut(hash)
    }

    /// The links into a chat, the newest first.
    pub(crate) fn of(&self, place: Peer) -> Vec<&Invite> {
        let links = self.links.values().filter(|it| it.place == place);
        let mut links: Vec<&Invite> = links.collect();
        links.sort_by(|a, b| (b.date, &b.hash).cmp(&(a.date, &a.hash)));
        links
    }

    /// Puts a link in.
    pub(crate) fn add(&mut self, invite: Invite) {
        self.links.insert(invite.hash.clone(), invite);
    }

    /// Forgets a link.
    pub(crate) fn remove(&mut self, hash: &str) -> Option<Invite> {
        self.links.remove(hash)
    }

    /// Notes that somebody asks to be let in.
    pub(crate) fn ask(&mut self, place: Peer, user: i64, asking: Asking) {
        self.asking.insert((place, user), asking);
    }

    /// Who asks to be let in, the newest first.
    pub(crate) fn asking(&self, place: Peer) -> Vec<(i64, &Asking)> {
        let all = self.asking.iter().filter(|((at, _), _)| *at == place);
        let mut all: Vec<(i64, &Asking)> = all.map(|((_, user), it)| (*user, it)).collect();
        all.sort_by_key(|(user, it)| std::cmp::Reverse((it.date, *user)));
        all
    }

    /// Somebody asks no longer: what was asked.
    pub(crate) fn settle(&mut self, place: Peer, user: i64) -> Option<Asking> {
        self.asking.remove(&(place, user))
    }
}
