//! Whom this account has seen, and how to name them to the server.
use std::collections::{BTreeSet, HashMap};

use super::sight::{Sight, seen_in};
use crate::mtproto::Answer;
use crate::store::{Change, PeerKey, PeerRecord, Records};
use crate::tl::TypeRef;

/// How long a name is believed after the server has shown it, in seconds: an hour, as Telegram for
/// Android does. Within it a message may still go to whoever had the name before; with less, the
/// server's limit on look-ups, some hundred a day, is soon reached by a program that writes to a
/// few names over and over.
const BELIEVED: i64 = 3600;

/// A name that is seen again is dated anew when so many seconds have passed: to write the session
/// for every message that brings its sender along would be too much.
const DATED_ANEW: i64 = BELIEVED / 2;

/// What somebody can be looked up by, and can lose to somebody else.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name<'a> {
    /// A public name, in whatever case of letters.
    Username(&'a str),
    /// A phone number in digits.
    Phone(&'a str),
}

/// Peers by id, and ids by name and phone number.
///
/// See <https://core.telegram.org/api/peers>.
#[derive(Default)]
pub(crate) struct PeerCache {
    peers: HashMap<PeerKey, PeerRecord>,
    /// In small letters. Whom a name leads to has it in its record.
    usernames: HashMap<String, PeerKey>,
    phones: HashMap<String, PeerKey>,
}

impl PeerCache {
    pub(crate) fn load(records: &Records) -> Self {
        let mut cache = Self::default();
        let mut peers: Vec<&PeerRecord> = records.peers.values().collect();
        peers.sort_by_key(|peer| peer.usernames_seen);
        for peer in peers {
            for name in &peer.usernames {
                cache.usernames.insert(name.to_ascii_lowercase(), peer.id);
            }
            if let Some(phone) = &peer.phone {
                cache.phones.insert(phone.clone(), peer.id);
            }
            cache.peers.insert(peer.id, peer.clone());
        }
        cache
    }

    pub(crate) fn get(&self, id: PeerKey) -> Option<&PeerRecord> {
        self.peers.get(&id)
    }

    /// Whose name it is, if the server has said so not long before `now`.
    pub(crate) fn by_name(&self, name: Name<'_>, now: i64) -> Option<PeerKey> {
        let (id, seen) = self.owner(name)?;
        is_within(seen, now, BELIEVED).then_some(id)
    }

    /// Whether anybody was seen but `id`.
    pub(crate) fn knows_others(&self, id: PeerKey) -> bool {
        self.peers.len() > usize::from(self.peers.contains_key(&id))
    }

    /// Another account sees other access hashes.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in what an answer says of users and chats; gives what was new.
    pub(crate) fn learn_answer(&mut self, method: u32, answer: &Answer, now: i64) -> Vec<Change> {
        let ty = TypeRef::returned_by(method).unwrap_or(TypeRef::OBJECT);
        self.learn(seen_in(answer.as_ref(), ty), now)
    }

    /// Takes in what an update says of users and chats; gives what was new.
    pub(crate) fn learn_updates(&mut self, updates: &[u8], now: i64) -> Vec<Change> {
        self.learn(seen_in(updates, TypeRef::OBJECT), now)
    }

    /// Takes in whom the server has found under a name, after its answer was taken in: `None` says
    /// that nobody has it. Gives what was new.
    pub(crate) fn looked_up(
        &mut self,
        name: Name<'_>,
        found: Option<PeerKey>,
        now: i64,
    ) -> Vec<Change> {
        let mut touched = BTreeSet::new();
        if self.owner(name).map(|(id, _)| id) != found {
            self.forget(name, &mut touched);
        }
        // The number by which somebody was found need not be shown to everybody.
        if let (Name::Phone(phone), Some(id)) = (name, found) {
            self.phoned(id, Some(phone.to_owned()), now, &mut touched);
        }
        self.changes(&touched)
    }

    fn learn(&mut self, seen: Vec<Sight>, now: i64) -> Vec<Change> {
        let mut touched = BTreeSet::new();
        for sight in seen {
            match sight {
                Sight::Hash(id, hash, min) => self.met(id, hash, min, &mut touched),
                Sight::Usernames(id, names) => self.called(id, names, now, &mut touched),
                Sight::SomeUsernames(id, names) => self.not_others(id, &names, &mut touched),
                Sight::Phone(id, phone) => self.phoned(id, phone, now, &mut touched),
                Sight::Changed(id) => self.doubt(id, &mut touched),
            }
        }
        self.changes(&touched)
    }

    fn changes(&self, touched: &BTreeSet<PeerKey>) -> Vec<Change> {
        let records = touched.iter().filter_map(|id| self.peers.get(id));
        records.cloned().map(Change::Peer).collect()
    }

    /// A `min` constructor shows too little to replace what a full one showed.
    ///
    /// See <https://core.telegram.org/api/min>.
    fn met(&mut self, id: PeerKey, hash: Option<i64>, min: bool, touched: &mut BTreeSet<PeerKey>) {
        let known = self
            .peers
            .get(&id)
            .map(|known| (known.access_hash, known.min));
        match known {
            Some((_, false)) if min => return,
            Some(known) if known == (hash, min) => return,
            _ => {}
        }
        let record = self.peers.entry(id).or_insert_with(|| PeerRecord::new(id));
        (record.access_hash, record.min) = (hash, min);
        touched.insert(id);
    }

    /// Somebody has just these names.
    fn called(
        &mut self,
        id: PeerKey,
        names: Vec<String>,
        now: i64,
        touched: &mut BTreeSet<PeerKey>,
    ) {
        self.not_others(id, &names, touched);
        let Some(record) = self.peers.get_mut(&id) else {
            return;
        };
        let known = record.usernames == names && leads_to(&self.usernames, &names, id);
        if known && (names.is_empty() || is_within(record.usernames_seen, now, DATED_ANEW)) {
            return;
        }
        for old in &record.usernames {
            let old = old.to_ascii_lowercase();
            if self.usernames.get(&old) == Some(&id) {
                self.usernames.remove(&old);
            }
        }
        for name in &names {
            self.usernames.insert(name.to_ascii_lowercase(), id);
        }
        (record.usernames, record.usernames_seen) = (names, now);
        touched.insert(id);
    }

    /// Somebody has these names, so nobody else has.
    fn not_others(&mut self, id: PeerKey, names: &[String], touched: &mut BTreeSet<PeerKey>) {
        for name in names {
            let name = Name::Username(name);
            if self.owner(name).is_some_and(|(owner, _)| owner != id) {
                self.forget(name, touched);
            }
        }
    }

    /// Somebody has this phone number, or none any more.
    fn phoned(
        &mut self,
        id: PeerKey,
        phone: Option<String>,
        now: i64,
        touched: &mut BTreeSet<PeerKey>,
    ) {
        if let Some(phone) = &phone {
            let name = Name::Phone(phone);
            if self.owner(name).is_some_and(|(owner, _)| owner != id) {
                self.forget(name, touched);
            }
        }
        let Some(record) = self.peers.get_mut(&id) else {
            return;
        };
        let dated = phone.is_none() || is_within(record.phone_seen, now, DATED_ANEW);
        if record.phone == phone && dated {
            return;
        }
        if let Some(old) = &record.phone
            && self.phones.get(old) == Some(&id)
        {
            self.phones.remove(old);
        }
        if let Some(phone) = &phone {
            self.phones.insert(phone.clone(), id);
        }
        (record.phone, record.phone_seen) = (phone, now);
        touched.insert(id);
    }

    /// What somebody is called has to be asked again.
    fn doubt(&mut self, id: PeerKey, touched: &mut BTreeSet<PeerKey>) {
        if let Some(record) = self.peers.get_mut(&id)
            && (record.usernames_seen, record.phone_seen) != (0, 0)
        {
            (record.usernames_seen, record.phone_seen) = (0, 0);
            touched.insert(id);
        }
    }

    /// Whom a name leads to, and when it was seen last.
    fn owner(&self, name: Name<'_>) -> Option<(PeerKey, i64)> {
        match name {
            Name::Username(name) => {
                let id = self.usernames.get(&name.to_ascii_lowercase())?;
                Some((*id, self.peers.get(id)?.usernames_seen))
            }
            Name::Phone(phone) => {
                let id = self.phones.get(phone)?;
                Some((*id, self.peers.get(id)?.phone_seen))
            }
        }
    }

    fn forget(&mut self, name: Name<'_>, touched: &mut BTreeSet<PeerKey>) {
        let owner = match name {
            Name::Username(name) => self.usernames.remove(&name.to_ascii_lowercase()),
            Name::Phone(phone) => self.phones.remove(phone),
        };
        let Some(record) = owner.and_then(|id| self.peers.get_mut(&id)) else {
            return;
        };
        match name {
            Name::Username(name) => {
                record
                    .usernames
                    .retain(|kept| !kept.eq_ignore_ascii_case(name));
            }
            Name::Phone(_) => record.phone = None,
        }
        touched.insert(record.id);
    }
}

/// A time that is still to come is that of a clock which was wrong: nothing follows from it.
fn is_within(seen: i64, now: i64, seconds: i64) -> bool {
    (seen..seen.saturating_add(seconds)).contains(&now)
}

fn leads_to(usernames: &HashMap<String, PeerKey>, names: &[String], id: PeerKey) -> bool {
    let mut names = names.iter().map(|name| name.to_ascii_lowercase());
    names.all(|name| usernames.get(&name) == Some(&id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::{self, Identifiable, Serialize};

    const NOW: i64 = 1_700_000_000;

    /// Learns from an answer; says how many peers are different now.
    fn learn_at(cache: &mut PeerCache, user: tl::types::User, now: i64) -> usize {
        let method = tl::functions::users::GetUsers::CONSTRUCTOR_ID;
        let answer = Answer::new(vec![tl::enums::User::from(user)].to_bytes());
        cache.learn_answer(method, &answer, now).len()
    }

    fn learn(cache: &mut PeerCache, user: tl::types::User) -> usize {
        learn_at(cache, user, NOW)
    }

    fn update(cache: &mut PeerCache, update: impl Into<tl::enums::Update>) -> usize {
        let short = tl::types::UpdateShort {
            update: update.into(),
            date: 0,
        };
        let bytes = tl::enums::Updates::from(short).to_bytes();
        cache.learn_updates(&bytes, NOW).len()
    }

    fn named(cache: &PeerCache, name: &str) -> Option<PeerKey> {
        cache.by_name(Name::Username(name), NOW)
    }

    fn full() -> tl::types::User {
        tl::types::User {
            id: 7,
            access_hash: Some(70),
            username: Some("Durov".into()),
            ..Default::default()
        }
    }

    fn other(name: Option<&str>) -> tl::types::User {
        tl::types::User {
            id: 8,
            username: name.map(Into::into),
            ..full()
        }
    }

    fn usernames(names: &[(&str, bool)]) -> Vec<tl::enums::Username> {
        let name = |(name, active): &(&str, bool)| {
            tl::types::Username {
                active: *active,
                username: (*name).into(),
                ..Default::default()
            }
            .into()
        };
        names.iter().map(name).collect()
    }

    #[test]
    fn answers_teach_once() {
        let mut cache = PeerCache::default();
        assert_eq!(learn(&mut cache, full()), 1);
        assert_eq!(learn(&mut cache, full()), 0);
        assert_eq!(named(&cache, "DUROV"), Some(PeerKey::User(7)));
        let record = cache.get(PeerKey::User(7)).expect("it was seen");
        assert_eq!(record.access_hash, Some(70));
    }

    #[test]
    fn little_does_not_replace_much() {
        let mut cache = PeerCache::default();
        let min = || tl::types::User {
            min: true,
            access_hash: Some(71),
            username: None,
            ..full()
        };
        assert_eq!(learn(&mut cache, min()), 1);
        assert_eq!(learn(&mut cache, full()), 1);
        assert_eq!(learn(&mut cache, min()), 0);
        let record = cache.get(PeerKey::User(7)).expect("it was seen");
        assert_eq!((record.access_hash, record.min), (Some(70), false));
        let with_hash = tl::types::User {
            phone: Some(String::new()),
            ..min()
        };
        assert_eq!(learn(&mut cache, with_hash), 1);
        let record = cache.get(PeerKey::User(7)).expect("it was seen");
        assert_eq!((record.access_hash, record.min), (Some(71), false));
        assert_eq!(
            named(&cache, "durov"),
            Some(PeerKey::User(7)),
            "left out, no more"
        );
    }

    #[test]
    fn a_name_is_believed_for_a_while_and_never_from_the_future() {
        let mut cache = PeerCache::default();
        learn(&mut cache, full());
        let at = |cache: &PeerCache, now| cache.by_name(Name::Username("durov"), now).is_some();
        assert!(at(&cache, NOW) && at(&cache, NOW + BELIEVED - 1));
        assert!(!at(&cache, NOW + BELIEVED), "it may have moved");
        assert!(!at(&cache, NOW - 1), "a clock was set back");
        assert_eq!(learn_at(&mut cache, full(), NOW + DATED_ANEW - 1), 0);
        assert_eq!(learn_at(&mut cache, full(), NOW + DATED_ANEW), 1);
        assert!(at(&cache, NOW + BELIEVED));
        assert_eq!(
            learn_at(&mut cache, full(), NOW),
            1,
            "the clock was set back"
        );
        assert!(at(&cache, NOW));
    }

    #[test]
    fn a_name_that_was_given_up_is_forgotten() {
        let mut cache = PeerCache::default();
        learn(&mut cache, full());
        let renamed = tl::types::User {
            username: Some("other".into()),
            ..full()
        };
        learn(&mut cache, renamed);
        assert_eq!(named(&cache, "durov"), None);
        assert_eq!(named(&cache, "other"), Some(PeerKey::User(7)));
        let nameless = tl::types::User {
            username: None,
            ..full()
        };
        learn(&mut cache, nameless);
        assert_eq!(named(&cache, "other"), None);
        learn(&mut cache, full());
        assert_eq!(
            update(
                &mut cache,
                tl::types::UpdateUserName {
                    user_id: 7,
                    usernames: usernames(&[("third", true)]),
                    ..Default::default()
                }
            ),
            1
        );
        assert_eq!(named(&cache, "durov"), None);
        assert_eq!(named(&cache, "third"), Some(PeerKey::User(7)));
        assert_eq!(update(&mut cache, tl::types::UpdateUser { user_id: 7 }), 1);
        assert_eq!(named(&cache, "third"), None, "it may be any now");
    }

    #[test]
    fn a_name_that_somebody_else_has_is_taken_from_the_first() {
        let min = |name: Option<&str>| tl::types::User {
            min: true,
            ..other(name)
        };
        for (second, owner) in [(other(Some("dUROV")), Some(8)), (min(Some("durov")), None)] {
            let mut cache = PeerCache::default();
            learn(&mut cache, full());
            assert_eq!(learn(&mut cache, second), 2, "both are different now");
            assert_eq!(named(&cache, "durov"), owner.map(PeerKey::User));
            let first = cache.get(PeerKey::User(7)).expect("it was seen");
            assert!(first.usernames.is_empty());
        }
        let mut cache = PeerCache::default();
        learn(&mut cache, full());
        update(
            &mut cache,
            tl::types::UpdateUserName {
                user_id: 9, // Never seen.
                usernames: usernames(&[("durov", true)]),
                ..Default::default()
            },
        );
        assert_eq!(named(&cache, "durov"), None);
    }

    #[test]
    fn all_active_names_count() {
        let mut cache = PeerCache::default();
        let several = tl::types::User {
            username: None,
            usernames: Some(usernames(&[("one", true), ("two", true), ("off", false)])),
            ..full()
        };
        learn(&mut cache, several);
        assert_eq!(named(&cache, "one"), Some(PeerKey::User(7)));
        assert_eq!(named(&cache, "two"), Some(PeerKey::User(7)));
        assert_eq!(named(&cache, "off"), None);
        learn(&mut cache, other(Some("two")));
        assert_eq!(named(&cache, "one"), Some(PeerKey::User(7)));
        assert_eq!(named(&cache, "two"), Some(PeerKey::User(8)));
    }

    #[test]
    fn a_look_up_has_the_last_word() {
        let mut cache = PeerCache::default();
        learn(&mut cache, full());
        let name = Name::Username("durov");
        assert!(
            cache
                .looked_up(name, Some(PeerKey::User(7)), NOW)
                .is_empty()
        );
        assert_eq!(cache.looked_up(name, None, NOW).len(), 1);
        assert_eq!(named(&cache, "durov"), None);
        learn(&mut cache, full());
        learn(&mut cache, other(None));
        assert_eq!(cache.looked_up(name, Some(PeerKey::User(8)), NOW).len(), 1);
        assert_eq!(named(&cache, "durov"), None);
    }

    #[test]
    fn phone_numbers_move_too_and_need_not_be_shown() {
        let mut cache = PeerCache::default();
        let phone = |cache: &PeerCache, now| cache.by_name(Name::Phone("123"), now);
        learn(&mut cache, full());
        cache.looked_up(Name::Phone("123"), Some(PeerKey::User(7)), NOW);
        learn(&mut cache, full());
        assert_eq!(
            phone(&cache, NOW),
            Some(PeerKey::User(7)),
            "hidden, not lost"
        );
        assert_eq!(phone(&cache, NOW + BELIEVED), None);
        let shown = tl::types::User {
            phone: Some("+123".into()),
            ..other(None)
        };
        assert_eq!(learn(&mut cache, shown), 2);
        assert_eq!(phone(&cache, NOW), Some(PeerKey::User(8)));
        assert_eq!(
            update(
                &mut cache,
                tl::types::UpdateUserPhone {
                    user_id: 8,
                    phone: "456".into(),
                }
            ),
            1
        );
        assert_eq!(phone(&cache, NOW), None);
        let deleted = tl::types::User {
            deleted: true,
            ..other(None)
        };
        assert_eq!(learn(&mut cache, deleted), 1);
        assert_eq!(cache.by_name(Name::Phone("456"), NOW), None);
    }

    #[test]
    fn what_was_kept_without_a_time_is_not_believed() {
        let mut records = Records::default();
        for (id, seen) in [(7, 0), (8, NOW), (9, NOW - 1)] {
            let peer = PeerRecord {
                access_hash: Some(1),
                usernames: vec!["Durov".into()],
                usernames_seen: seen,
                ..PeerRecord::new(PeerKey::User(id))
            };
            records.peers.insert(peer.id, peer);
        }
        let cache = PeerCache::load(&records);
        assert_eq!(named(&cache, "durov"), Some(PeerKey::User(8)), "seen last");
        records.peers.remove(&PeerKey::User(8));
        records.peers.remove(&PeerKey::User(9));
        assert_eq!(named(&PeerCache::load(&records), "durov"), None);
    }
}
