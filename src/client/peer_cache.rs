//! Whom this account has met last, so that nobody waits for the store to name them.
use std::collections::HashMap;

use super::generations::Generations;
use super::hints::Hints;
use super::known::{BELIEVED, is_within, take_in};
use super::sight::Sight;
use crate::store::{Change, PeerKey, PeerQuery, PeerRecord};

/// What somebody can be looked up by, and can lose to somebody else.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name<'a> {
    /// A public name, in whatever case of letters.
    Username(&'a str),
    /// A phone number in digits.
    Phone(&'a str),
}

/// The same in a form of its own: names in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Called {
    Username(String),
    Phone(String),
}

impl Name<'_> {
    pub(super) fn owned(self) -> Called {
        match self {
            Self::Username(name) => Called::Username(name.to_ascii_lowercase()),
            Self::Phone(phone) => Called::Phone(phone.to_owned()),
        }
    }
}

impl Called {
    pub(super) fn query(&self) -> PeerQuery<'_> {
        match self {
            Self::Username(name) => PeerQuery::Name(name),
            Self::Phone(phone) => PeerQuery::Phone(phone),
        }
    }

    /// When the server has said last that the peer is called so.
    fn seen(&self, record: &PeerRecord) -> i64 {
        match self {
            Self::Username(_) => record.usernames_seen,
            Self::Phone(_) => record.phone_seen,
        }
    }
}

/// Something to be remembered of a peer that is not in the cache: the store's thread looks up what
/// is known of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lesson {
    Saw(PeerKey, Sight),
    /// This is the name of somebody, or of nobody: of no other in any case.
    Owner(Called, Option<PeerKey>),
}

impl Lesson {
    /// What has to be known of whom, to take it in.
    pub(super) fn query(&self) -> PeerQuery<'_> {
        match self {
            Self::Saw(id, _) => PeerQuery::Id(*id),
            Self::Owner(name, _) => name.query(),
        }
    }
}

/// What learning something leads to, in this order.
#[derive(Debug, Default)]
pub(super) struct Learned {
    pub(super) changes: Vec<Change>,
    pub(super) lessons: Vec<Lesson>,
}

/// What is in the cache.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cached<T> {
    /// It is known, here and in the store.
    Here(T),
    /// The store does not have it either.
    Nobody,
    /// The store may have it.
    Unknown,
}

/// The peers that were met or asked for last, and the names. What it says of a peer is all that is
/// known of it: what is learned of one that is not here goes to the store's thread, and until that
/// is done with it, the peer does not come here.
///
/// See <https://core.telegram.org/api/peers>.
pub(crate) struct PeerCache {
    peers: Generations<PeerKey, Option<PeerRecord>>,
    names: Generations<Called, Option<PeerKey>>,
    pub(super) hints: Hints,
    /// How many lessons of a peer are on their way.
    under_way: HashMap<PeerKey, usize>,
    /// Counts the accounts: what was asked for one is of no use to the next.
    account: u64,
    limit: usize,
}

impl PeerCache {
    /// A cache of at most so many peers, and as many names.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            peers: Generations::new(limit),
            names: Generations::new(limit),
            hints: Hints::new(limit),
            under_way: HashMap::new(),
            account: 0,
            limit,
        }
    }

    pub(crate) fn get(&mut self, id: PeerKey) -> Cached<PeerRecord> {
        match self.peers.get(&id) {
            Some(Some(record)) => Cached::Here(record.clone()),
            Some(None) => Cached::Nobody,
            None => Cached::Unknown,
        }
    }

    /// Whose name it is, if the server has said so not long before `now`.
    pub(crate) fn by_name(&mut self, name: Name<'_>, now: i64) -> Cached<PeerKey> {
        let name = name.owned();
        let owner = match self.names.get(&name) {
            Some(Some(owner)) => *owner,
            Some(None) => return Cached::Nobody,
            None => return Cached::Unknown,
        };
        match self.peers.get(&owner) {
            Some(Some(record)) if record.answers(&name.query()) => {
                match is_within(name.seen(record), now, BELIEVED) {
                    true => Cached::Here(owner),
                    false => Cached::Nobody,
                }
            }
            Some(_) => Cached::Nobody,
            None => Cached::Unknown,
        }
    }

    /// Whether somebody else than this peer was met.
    pub(crate) fn knows_others(&self, than: PeerKey) -> bool {
        let is_other = |id: &PeerKey, known: &Option<_>| *id != than && known.is_some();
        self.under_way.keys().any(|id| *id != than) || self.peers.any(is_other)
    }

    /// Another account sees other access hashes.
    pub(crate) fn clear(&mut self) {
        let account = self.account + 1;
        *self = Self::new(self.limit);
        self.account = account;
    }

    /// Which account it is that is asked for.
    pub(super) fn account(&self) -> u64 {
        self.account
    }

    /// Takes in what was seen.
    pub(super) fn learn(&mut self, seen: Vec<Sight>, now: i64) -> Learned {
        let mut learned = Learned::default();
        for sight in seen {
            match sight {
                Sight::Usernames(id, ref names) => {
                    for name in names {
                        self.owned_by(Name::Username(name).owned(), Some(id), &mut learned);
                    }
                    self.saw(id, sight, now, &mut learned);
                }
                Sight::SomeUsernames(id, names) => {
                    for name in names {
                        self.owned_by(Name::Username(&name).owned(), Some(id), &mut learned);
                    }
                }
                Sight::Phone(id, ref phone) => {
                    if let Some(phone) = phone {
                        self.owned_by(Name::Phone(phone).owned(), Some(id), &mut learned);
                    }
                    self.saw(id, sight, now, &mut learned);
                }
                Sight::Hash(id, ..) | Sight::Changed(id) => self.saw(id, sight, now, &mut learned),
                Sight::InMessage(id, sighting) => self.hints.saw(id, sighting),
            }
        }
        learned
    }

    /// Takes in whom the server has found under a name, after its answer was taken in: `None` says
    /// that nobody has it.
    pub(super) fn looked_up(
        &mut self,
        name: Name<'_>,
        found: Option<PeerKey>,
        now: i64,
    ) -> Learned {
        let mut learned = Learned::default();
        self.owned_by(name.owned(), found, &mut learned);
        // The number by which somebody was found need not be shown to everybody.
        if let (Name::Phone(phone), Some(id)) = (name, found) {
            let sight = Sight::Phone(id, Some(phone.to_owned()));
            self.saw(id, sight, now, &mut learned);
        }
        learned
    }

    fn saw(&mut self, id: PeerKey, sight: Sight, now: i64, learned: &mut Learned) {
        match self.peers.get(&id) {
            Some(known) => {
                if take_in(known, id, &sight, now)
                    && let Some(record) = known
                {
                    let mut record = record.clone();
                    // What is another's by now is not taken back from it.
                    let others = names(&record).filter(|name| {
                        let owner = self.names.get(name);
                        owner.is_some_and(|owner| *owner != Some(id))
                    });
                    for name in others.collect::<Vec<_>>() {
                        lose(&mut record, &name);
                    }
                    learned.changes.push(Change::Peer(record));
                }
            }
            None => {
                *self.under_way.entry(id).or_default() += 1;
                learned.lessons.push(Lesson::Saw(id, sight));
            }
        }
    }

    /// Takes a name from whoever else had it.
    fn owned_by(&mut self, name: Called, owner: Option<PeerKey>, learned: &mut Learned) {
        let before = self.names.get(&name).copied();
        if before == Some(owner) {
            return;
        }
        self.names.insert(name.clone(), owner);
        let first = match before {
            Some(Some(first)) => first,
            Some(None) => return,
            None => return learned.lessons.push(Lesson::Owner(name, owner)),
        };
        match self.peers.get(&first) {
            Some(Some(record)) => {
                if lose(record, &name) {
                    learned.changes.push(Change::Peer(record.clone()));
                }
            }
            Some(None) => {}
            None => learned.lessons.push(Lesson::Owner(name, owner)),
        }
    }

    /// Takes in what the store knows of a peer: what was asked for `account` before `lessons` of
    /// the peer were done with.
    pub(super) fn known(&mut self, account: u64, id: PeerKey, known: Option<PeerRecord>) {
        if account != self.account || self.under_way.contains_key(&id) {
            return;
        }
        for name in known.iter().flat_map(names) {
            if self.names.get(&name).is_none() {
                self.names.insert(name, Some(id));
            }
        }
        self.peers.insert(id, known);
    }

    /// Takes in that the store knows nobody of this name.
    pub(super) fn nobody(&mut self, account: u64, name: Called) {
        if account == self.account && self.names.get(&name).is_none() {
            self.names.insert(name, None);
        }
    }

    /// Somebody has lost a name in the store, which is another's.
    pub(super) fn lost(&mut self, account: u64, id: PeerKey, name: &Called) {
        if account == self.account
            && let Some(Some(record)) = self.peers.get(&id)
        {
            lose(record, name);
        }
    }

    /// A lesson of a peer has been taken in by the store.
    pub(super) fn taken_in(&mut self, account: u64, id: PeerKey) {
        if account != self.account {
            return;
        }
        if let Some(left) = self.under_way.get_mut(&id) {
            *left -= 1;
            if *left == 0 {
                self.under_way.remove(&id);
            }
        }
    }
}

/// Somebody else has this name. Whether it was the peer's.
pub(super) fn lose(record: &mut PeerRecord, name: &Called) -> bool {
    if !record.answers(&name.query()) {
        return false;
    }
    match name {
        Called::Username(name) => record
            .usernames
            .retain(|kept| !kept.eq_ignore_ascii_case(name)),
        Called::Phone(_) => record.phone = None,
    }
    true
}

/// Everything that the peer is called.
fn names(record: &PeerRecord) -> impl Iterator<Item = Called> {
    let usernames = record.usernames.iter();
    let usernames = usernames.map(|name| Name::Username(name).owned());
    let phone = record.phone.iter().map(|phone| Name::Phone(phone).owned());
    usernames.chain(phone)
}
