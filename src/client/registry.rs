//! What is known of peers: in the cache, and in the store behind it.
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crossbeam_channel::Sender;
use parking_lot::Mutex;

use super::known::take_in;
use super::ledger::Ledger;
use super::peer_cache::{Called, Lesson, PeerCache, lose};
use crate::store::{Change, PeerKey, PeerQuery, PeerRecord, StoreError};

/// What was learned of peers that are not in the cache.
pub(super) struct Lessons {
    pub(super) account: u64,
    pub(super) lessons: Vec<Lesson>,
    pub(super) now: i64,
}

/// A look-up of a peer.
pub(super) struct Find {
    pub(super) account: u64,
    pub(super) by: By,
    pub(super) reply: Sender<Result<Option<PeerRecord>, StoreError>>,
}

/// What a peer is looked up by.
pub(super) enum By {
    Id(PeerKey),
    Called(Called),
}

/// The store's side of what is known of peers: it looks up what the cache has not.
pub(super) struct Registry {
    pub(super) ledger: Ledger,
    pub(super) peers: Arc<Mutex<PeerCache>>,
}

impl Registry {
    /// Looks up what is known of the peers, takes in what is new, and hands both to the cache.
    pub(super) fn learn(&mut self, it: Lessons) {
        let mut pupils = Pupils::default();
        let queries: Vec<_> = it.lessons.iter().map(Lesson::query).collect();
        match self.ledger.find_all(&queries) {
            Ok(found) => {
                for (lesson, found) in it.lessons.iter().zip(found) {
                    pupils.take(lesson, found, it.now);
                }
            }
            Err(error) => tracing::warn!(%error, "what is known of peers cannot be read"),
        }
        let changed = pupils.changed.iter();
        let changed = changed.filter_map(|id| pupils.known.get(id)?.clone());
        self.ledger.write(changed.map(Change::Peer).collect());
        let mut cache = self.peers.lock();
        for lesson in &it.lessons {
            if let Lesson::Saw(id, _) = lesson {
                cache.taken_in(it.account, *id);
            }
        }
        for (name, id) in pupils.losers {
            cache.lost(it.account, id, &name);
        }
        for (id, known) in pupils.known {
            cache.known(it.account, id, known);
        }
    }

    pub(super) fn find(&mut self, it: Find) {
        let query = match &it.by {
            By::Id(id) => PeerQuery::Id(*id),
            By::Called(name) => name.query(),
        };
        let found = self.ledger.find(&query);
        if let Ok(found) = &found {
            let mut cache = self.peers.lock();
            match (found, it.by) {
                (Some(record), _) => cache.known(it.account, record.id, Some(record.clone())),
                (None, By::Id(id)) => cache.known(it.account, id, None),
                (None, By::Called(name)) => cache.nobody(it.account, name),
            }
        }
        it.reply.send(found).ok(); // Whoever asked may not wait any more.
    }
}

/// The peers that lessons are about, as they are known after those that were taken so far.
#[derive(Default)]
struct Pupils {
    known: HashMap<PeerKey, Option<PeerRecord>>,
    changed: BTreeSet<PeerKey>,
    /// Who has lost a name, which the cache may not know.
    losers: Vec<(Called, PeerKey)>,
}

impl Pupils {
    /// Takes a lesson. `found` is what the store has found for it.
    fn take(&mut self, lesson: &Lesson, found: Option<PeerRecord>, now: i64) {
        match lesson {
            Lesson::Saw(id, sight) => {
                let known = self.known.entry(*id).or_insert(found);
                if take_in(known, *id, sight, now) {
                    self.changed.insert(*id);
                }
            }
            Lesson::Owner(name, owner) => {
                let Some(record) = found.filter(|record| Some(record.id) != *owner) else {
                    return;
                };
                let id = record.id;
                let known = self.known.entry(id).or_insert(Some(record));
                if known.as_mut().is_some_and(|record| lose(record, name)) {
                    self.changed.insert(id);
                    self.losers.push((name.clone(), id));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;
    use crate::client::known::{BELIEVED, DATED_ANEW};
    use crate::client::peer_cache::{Cached, Learned, Name};
    use crate::client::sight::seen_in;
    use crate::store::MemoryStore;
    use crate::tl::{self, Identifiable, Serialize, TypeRef};

    const NOW: i64 = 1_700_000_000;

    /// A cache and a store, and the queue between them.
    struct School {
        registry: Registry,
        store: MemoryStore,
    }

    impl School {
        /// With a cache that holds so many peers.
        fn of(limit: usize) -> Self {
            let store = MemoryStore::new();
            let registry = Registry {
                ledger: Ledger::new(Box::new(store.clone())),
                peers: Arc::new(Mutex::new(PeerCache::new(limit))),
            };
            Self { registry, store }
        }

        /// Takes in what was learned; says how many peers are different now.
        fn settle(&mut self, learned: Learned, now: i64) -> usize {
            let before = self.everybody();
            self.registry.ledger.write(learned.changes);
            let account = self.registry.peers.lock().account();
            self.registry.learn(Lessons {
                account,
                lessons: learned.lessons,
                now,
            });
            let after = self.everybody();
            let differs = |(id, record): &(&PeerKey, &PeerRecord)| before.get(id) != Some(record);
            after.iter().filter(differs).count()
        }

        fn everybody(&self) -> HashMap<PeerKey, PeerRecord> {
            let all = self.store.peers();
            all.into_iter().map(|record| (record.id, record)).collect()
        }

        fn learn_bytes(&mut self, bytes: &[u8], ty: TypeRef, now: i64) -> usize {
            let learned = self.registry.peers.lock().learn(seen_in(bytes, ty), now);
            self.settle(learned, now)
        }

        fn looked_up(&mut self, name: Name<'_>, found: Option<PeerKey>, now: i64) -> usize {
            let learned = self.registry.peers.lock().looked_up(name, found, now);
            self.settle(learned, now)
        }

        fn ask(&mut self, by: By) {
            let (reply, answer) = bounded(1);
            let account = self.registry.peers.lock().account();
            self.registry.find(Find { account, by, reply });
            answer.try_recv().unwrap().unwrap();
        }

        fn get(&mut self, id: PeerKey) -> Option<PeerRecord> {
            self.ask(By::Id(id));
            match self.registry.peers.lock().get(id) {
                Cached::Here(record) => Some(record),
                Cached::Nobody => None,
                Cached::Unknown => panic!("it was looked up"),
            }
        }

        fn by_name(&mut self, name: Name<'_>, now: i64) -> Option<PeerKey> {
            if self.registry.peers.lock().by_name(name, now) == Cached::Unknown {
                self.ask(By::Called(name.owned()));
            }
            match self.registry.peers.lock().by_name(name, now) {
                Cached::Here(id) => Some(id),
                Cached::Nobody => None,
                Cached::Unknown => panic!("it was looked up"),
            }
        }
    }

    /// Plays a scene with all peers in the cache, and with hardly any.
    fn play(scene: impl Fn(&mut School)) {
        for limit in [1000, 2] {
            scene(&mut School::of(limit));
        }
    }

    fn learn_at(school: &mut School, user: tl::types::User, now: i64) -> usize {
        let bytes = vec![tl::enums::User::from(user)].to_bytes();
        let method = tl::functions::users::GetUsers::CONSTRUCTOR_ID;
        school.learn_bytes(&bytes, TypeRef::returned_by(method).unwrap(), now)
    }

    fn learn(school: &mut School, user: tl::types::User) -> usize {
        learn_at(school, user, NOW)
    }

    fn update(school: &mut School, update: impl Into<tl::enums::Update>) -> usize {
        let short = tl::types::UpdateShort {
            update: update.into(),
            date: 0,
        };
        let bytes = tl::enums::Updates::from(short).to_bytes();
        school.learn_bytes(&bytes, TypeRef::OBJECT, NOW)
    }

    fn named(school: &mut School, name: &str) -> Option<PeerKey> {
        school.by_name(Name::Username(name), NOW)
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
        play(|school| {
            assert_eq!(learn(school, full()), 1);
            assert_eq!(learn(school, full()), 0);
            assert_eq!(named(school, "DUROV"), Some(PeerKey::User(7)));
            let record = school.get(PeerKey::User(7)).expect("it was seen");
            assert_eq!(record.access_hash, Some(70));
        });
    }

    #[test]
    fn little_does_not_replace_much() {
        play(|school| {
            let min = || tl::types::User {
                min: true,
                access_hash: Some(71),
                username: None,
                ..full()
            };
            assert_eq!(learn(school, min()), 1);
            assert_eq!(learn(school, full()), 1);
            assert_eq!(learn(school, min()), 0);
            let record = school.get(PeerKey::User(7)).expect("it was seen");
            assert_eq!((record.access_hash, record.min), (Some(70), false));
            let with_hash = tl::types::User {
                phone: Some(String::new()),
                ..min()
            };
            assert_eq!(learn(school, with_hash), 1);
            let record = school.get(PeerKey::User(7)).expect("it was seen");
            assert_eq!((record.access_hash, record.min), (Some(71), false));
            assert_eq!(
                named(school, "durov"),
                Some(PeerKey::User(7)),
                "left out, no more"
            );
        });
    }

    #[test]
    fn a_name_is_believed_for_a_while_and_never_from_the_future() {
        play(|school| {
            learn(school, full());
            let at =
                |school: &mut School, now| school.by_name(Name::Username("durov"), now).is_some();
            assert!(at(school, NOW) && at(school, NOW + BELIEVED - 1));
            assert!(!at(school, NOW + BELIEVED), "it may have moved");
            assert!(!at(school, NOW - 1), "a clock was set back");
            assert_eq!(learn_at(school, full(), NOW + DATED_ANEW - 1), 0);
            assert_eq!(learn_at(school, full(), NOW + DATED_ANEW), 1);
            assert!(at(school, NOW + BELIEVED));
            assert_eq!(learn_at(school, full(), NOW), 1, "the clock was set back");
            assert!(at(school, NOW));
        });
    }

    #[test]
    fn a_name_that_was_given_up_is_forgotten() {
        play(|school| {
            learn(school, full());
            let renamed = tl::types::User {
                username: Some("other".into()),
                ..full()
            };
            learn(school, renamed);
            assert_eq!(named(school, "durov"), None);
            assert_eq!(named(school, "other"), Some(PeerKey::User(7)));
            let nameless = tl::types::User {
                username: None,
                ..full()
            };
            learn(school, nameless);
            assert_eq!(named(school, "other"), None);
            learn(school, full());
            assert_eq!(
                update(
                    school,
                    tl::types::UpdateUserName {
                        user_id: 7,
                        usernames: usernames(&[("third", true)]),
                        ..Default::default()
                    }
                ),
                1
            );
            assert_eq!(named(school, "durov"), None);
            assert_eq!(named(school, "third"), Some(PeerKey::User(7)));
            assert_eq!(update(school, tl::types::UpdateUser { user_id: 7 }), 1);
            assert_eq!(named(school, "third"), None, "it may be any now");
        });
    }

    #[test]
    fn a_name_that_somebody_else_has_is_taken_from_the_first() {
        for limit in [1000, 2] {
            let min = |name: Option<&str>| tl::types::User {
                min: true,
                ..other(name)
            };
            for (second, owner) in [(other(Some("dUROV")), Some(8)), (min(Some("durov")), None)] {
                let school = &mut School::of(limit);
                learn(school, full());
                assert_eq!(learn(school, second), 2, "both are different now");
                assert_eq!(named(school, "durov"), owner.map(PeerKey::User));
                let first = school.get(PeerKey::User(7)).expect("it was seen");
                assert!(first.usernames.is_empty());
            }
            let school = &mut School::of(limit);
            learn(school, full());
            update(
                school,
                tl::types::UpdateUserName {
                    user_id: 9, // Never seen.
                    usernames: usernames(&[("durov", true)]),
                    ..Default::default()
                },
            );
            assert_eq!(named(school, "durov"), None);
        }
    }

    #[test]
    fn all_active_names_count() {
        play(|school| {
            let several = tl::types::User {
                username: None,
                usernames: Some(usernames(&[("one", true), ("two", true), ("off", false)])),
                ..full()
            };
            learn(school, several);
            assert_eq!(named(school, "one"), Some(PeerKey::User(7)));
            assert_eq!(named(school, "two"), Some(PeerKey::User(7)));
            assert_eq!(named(school, "off"), None);
            learn(school, other(Some("two")));
            assert_eq!(named(school, "one"), Some(PeerKey::User(7)));
            assert_eq!(named(school, "two"), Some(PeerKey::User(8)));
        });
    }

    #[test]
    fn a_look_up_has_the_last_word() {
        play(|school| {
            learn(school, full());
            let name = Name::Username("durov");
            assert_eq!(school.looked_up(name, Some(PeerKey::User(7)), NOW), 0);
            assert_eq!(school.looked_up(name, None, NOW), 1);
            assert_eq!(named(school, "durov"), None);
            learn(school, full());
            learn(school, other(None));
            assert_eq!(school.looked_up(name, Some(PeerKey::User(8)), NOW), 1);
            assert_eq!(named(school, "durov"), None);
        });
    }

    #[test]
    fn phone_numbers_move_too_and_need_not_be_shown() {
        play(|school| {
            let phone = |school: &mut School, now| school.by_name(Name::Phone("123"), now);
            learn(school, full());
            school.looked_up(Name::Phone("123"), Some(PeerKey::User(7)), NOW);
            learn(school, full());
            assert_eq!(
                phone(school, NOW),
                Some(PeerKey::User(7)),
                "hidden, not lost"
            );
            assert_eq!(phone(school, NOW + BELIEVED), None);
            let shown = tl::types::User {
                phone: Some("+123".into()),
                ..other(None)
            };
            assert_eq!(learn(school, shown), 2);
            assert_eq!(phone(school, NOW), Some(PeerKey::User(8)));
            assert_eq!(
                update(
                    school,
                    tl::types::UpdateUserPhone {
                        user_id: 8,
                        phone: "456".into(),
                    }
                ),
                1
            );
            assert_eq!(phone(school, NOW), None);
            let deleted = tl::types::User {
                deleted: true,
                ..other(None)
            };
            assert_eq!(learn(school, deleted), 1);
            assert_eq!(school.by_name(Name::Phone("456"), NOW), None);
        });
    }

    /// What the store said before it was told something else does not come into the cache after it.
    #[test]
    fn a_look_up_that_is_overtaken_is_not_believed() {
        let mut school = School::of(2);
        learn(&mut school, full());
        for id in 100..110 {
            let stranger = tl::types::User { id, ..other(None) };
            learn(&mut school, stranger);
        }
        let id = PeerKey::User(7);
        let cached = |school: &School| school.registry.peers.lock().get(id);
        assert_eq!(
            cached(&school),
            Cached::Unknown,
            "the others took its place"
        );
        let nameless = tl::types::User {
            username: None,
            ..full()
        };
        let bytes = vec![tl::enums::User::from(nameless)].to_bytes();
        let method = tl::functions::users::GetUsers::CONSTRUCTOR_ID;
        let seen = seen_in(&bytes, TypeRef::returned_by(method).unwrap());
        let learned = school.registry.peers.lock().learn(seen, NOW);
        school.ask(By::Id(id)); // Asked before that, and answered after it.
        assert_eq!(cached(&school), Cached::Unknown);
        school.settle(learned, NOW);
        let Cached::Here(record) = cached(&school) else {
            panic!("it was looked up");
        };
        assert!(record.usernames.is_empty(), "{record:?}");
    }
}
