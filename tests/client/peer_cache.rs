//! The cache of peers, as big as a program wants it: what is in it never waits for the store, and
//! what is not in it any more is found there.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::tl::enums::InputPeer;
use ferogram_sync::{Client, Error, MemoryStore, Store, StoreError};
use localdc::{LocalDc, NewUser};

const ANN: &str = "+9996641111";
const FRIENDS: usize = 12;

/// What becomes of a store's look-ups.
#[derive(Default)]
struct LookUps {
    count: AtomicUsize,
    /// The store does not get on any more.
    stuck: AtomicBool,
}

/// A store in memory whose look-ups are counted, and can be held up for ever.
struct Watched {
    kept: MemoryStore,
    look_ups: Arc<LookUps>,
}

impl Store for Watched {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.kept.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        self.kept.apply(changes)
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.look_ups.count.fetch_add(1, Ordering::SeqCst);
        while self.look_ups.stuck.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.kept.peer(query)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.kept.notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.kept.note(room, key)
    }
}

/// Ann has written to all of her friends, one after the other.
struct Town {
    _dc: LocalDc,
    ann: Client,
    look_ups: Arc<LookUps>,
    friends: Vec<InputPeer>,
}

impl Town {
    fn new(cached: usize) -> Self {
        let dc = LocalDc::start().expect("it listens");
        dc.add_user(NewUser::new(ANN, "Ann"));
        let look_ups = Arc::<LookUps>::default();
        let store = Watched {
            kept: MemoryStore::default(),
            look_ups: Arc::clone(&look_ups),
        };
        let builder = dc.client_builder().session(store).peer_cache(cached);
        let ann = builder.connect().expect("it starts");
        let token = ann.request_login_code(ANN).expect("the number exists");
        let code = dc.login_code(ANN).expect("a code was sent");
        ann.sign_in(&token, &code).expect("the code is right");
        let friends = (0..FRIENDS).map(|at| {
            let name = format!("friend_{at}");
            let phone = format!("+99966420{at:02}");
            dc.add_user(NewUser::new(&phone, "Friend").username(&name));
            ann.send_message(&name[..], "hello").expect("there is one");
            ann.resolve_peer(&name[..]).expect("it was looked up")
        });
        let friends = friends.collect();
        Self {
            _dc: dc,
            ann,
            look_ups,
            friends,
        }
    }

    /// How often the store was asked for it.
    fn asked<T>(&self, act: impl FnOnce(&Client) -> T) -> (T, usize) {
        let before = self.look_ups.count.load(Ordering::SeqCst);
        let done = act(&self.ann);
        (done, self.look_ups.count.load(Ordering::SeqCst) - before)
    }
}

/// A client whose store is stuck would never end.
impl Drop for Town {
    fn drop(&mut self) {
        self.look_ups.stuck.store(false, Ordering::SeqCst);
    }
}

fn id(peer: &InputPeer) -> i64 {
    match peer {
        InputPeer::User(user) => user.user_id,
        other => panic!("{other:?} is no user"),
    }
}

#[test]
fn who_fell_out_of_a_small_cache_is_found_in_the_store_and_comes_back() {
    let town = Town::new(4);
    for friend in &town.friends {
        let (found, asked) = town.asked(|ann| ann.resolve_peer(id(friend)).expect("met"));
        assert_eq!(&found, friend, "with its own hash");
        assert!(asked <= 1, "{asked} look-ups for one");
        let (found, asked) = town.asked(|ann| ann.resolve_peer(id(friend)).expect("met"));
        assert_eq!((&found, asked), (friend, 0), "it is in the cache by now");
    }
    let all = || {
        let found = town.friends.iter();
        found.for_each(|friend| {
            town.ann.resolve_peer(id(friend)).expect("met");
        });
    };
    let ((), asked) = town.asked(|_| all());
    assert!(asked >= FRIENDS - 4, "{asked} look-ups, with room for four");
}

#[test]
fn what_is_in_the_cache_does_not_wait_for_the_store() {
    let town = Town::new(1000);
    town.look_ups.stuck.store(true, Ordering::SeqCst);
    let ann = town.ann.with_timeout(Duration::from_millis(200));
    let stranger = ann.resolve_peer(424_242).expect_err("the store is stuck");
    assert!(stranger.to_string().contains("session"), "{stranger}");
    for friend in &town.friends {
        let found = ann.resolve_peer(id(friend)).expect("it is in the cache");
        assert_eq!(&found, friend);
        ann.send_message(id(friend), "hello again").expect("sent");
    }
}

#[test]
fn a_miss_is_remembered() {
    let town = Town::new(1000);
    for wanted in [1, 0, 0] {
        let (refused, asked) = town.asked(|ann| ann.resolve_peer(424_242).expect_err("not met"));
        assert!(matches!(refused, Error::Peer(_)), "{refused}");
        assert_eq!(asked, wanted);
    }
}
