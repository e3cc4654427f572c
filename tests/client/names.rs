//! Public names: whom they reach after they have moved, in one run and over restarts.
use std::path::Path;
use std::time::Duration;

use ferogram_sync::store::{Change, FileStore, PeerKey, PeerQuery, PeerRecord, Store};
use ferogram_sync::tl::{enums, functions, types};
use ferogram_sync::{ClearHistory, Client, Delivery, Error, Update};
use localdc::{Effect, LocalDc, NewUser, Rule};
use tempfile::TempDir;

const ANN: &str = "+9996621111";
const BOB: &str = "+9996622222";
const CARL: &str = "+9996623333";
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_UPS: &str = "contacts.resolveUsername";

/// Ann's client, and two shopkeepers: the name `@the_shop` is Bob's, and will be Carl's.
struct Town {
    dc: LocalDc,
    folder: TempDir,
    bob: i64,
    carl: i64,
}

impl Town {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        dc.add_user(NewUser::new(ANN, "Ann").username("annann"));
        let bob = dc.add_user(NewUser::new(BOB, "Bob").username("the_shop"));
        let carl = dc.add_user(NewUser::new(CARL, "Carl"));
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            dc,
            folder,
            bob,
            carl,
        }
    }

    fn open(&self, name: &str) -> Client {
        let builder = self
            .dc
            .client_builder()
            .session(self.folder.path().join(name));
        builder.connect().expect("it starts")
    }

    fn sign_in(&self, phone: &str) -> Client {
        let client = self.open(phone);
        let token = client.request_login_code(phone).expect("the number exists");
        let code = self.dc.login_code(phone).expect("a code was sent");
        client.sign_in(&token, &code).expect("the code is right");
        client
    }

    /// The name is Carl's from now on. Nobody is told.
    fn move_name(&self) {
        self.dc.set_username(self.bob, None);
        self.dc.set_username(self.carl, Some("the_shop"));
    }

    /// Ends Ann's client, and begins it again after so many seconds.
    fn restart(&self, ann: Client, seconds: i64) -> Client {
        drop(ann);
        let path = self.folder.path().join(ANN);
        let mut store = FileStore::open(&path).expect("the client has ended");
        let older = |mut peer: PeerRecord| {
            peer.usernames_seen -= seconds;
            peer.phone_seen -= seconds;
            Change::Peer(peer)
        };
        let ids = [self.bob, self.carl].map(PeerKey::User);
        let known = ids.map(|id| store.peer(&PeerQuery::Id(id)).expect("it is whole"));
        let older: Vec<_> = known.into_iter().flatten().map(older).collect();
        store.apply(&older).expect("it is writable");
        drop(store);
        self.open(ANN)
    }

    fn look_ups(&self) -> u64 {
        self.dc.executed(LOOK_UPS)
    }
}

/// Whom a message to the shop reaches.
fn reached(ann: &Client, name: &str) -> i64 {
    let sent = ann
        .send_message(name, "A loaf, please")
        .expect("somebody has the name");
    match sent.peer() {
        enums::Peer::User(user) => user.user_id,
        other => panic!("{other:?} is no user"),
    }
}

fn kept_names(path: &Path, user: i64) -> Vec<String> {
    let mut store = FileStore::open(path).expect("the client has ended");
    let user = PeerKey::User(user);
    let peer = store.peer(&PeerQuery::Id(user)).expect("it is whole");
    peer.expect("it was seen").usernames
}

#[test]
fn a_name_is_looked_up_once_an_hour_over_restarts_too() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    for name in ["@the_shop", "THE_SHOP", "https://t.me/The_Shop"] {
        assert_eq!(reached(&ann, name), town.bob, "{name}");
    }
    assert_eq!(town.look_ups(), 1);
    let ann = town.restart(ann, 1000);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    assert_eq!(town.look_ups(), 1);
    let ann = town.restart(ann, 3600);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    assert_eq!(town.look_ups(), 2);
    // The clock was set back: the time of what was kept is still to come.
    let ann = town.restart(ann, -10_000);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    assert_eq!(town.look_ups(), 3);
}

#[test]
fn an_hour_after_a_name_has_moved_it_reaches_its_new_owner() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    town.move_name();
    let ann = town.restart(ann, 3600);
    assert_eq!(reached(&ann, "https://t.me/the_shop"), town.carl);
    assert_eq!(town.look_ups(), 2);
    drop(ann);
    let path = town.folder.path().join(ANN);
    assert_eq!(kept_names(&path, town.bob), [""; 0]);
    assert_eq!(kept_names(&path, town.carl), ["the_shop"]);
}

#[test]
fn a_name_that_nobody_has_any_more_reaches_nobody() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    town.dc.set_username(town.bob, None);
    let ann = town.restart(ann, 3600);
    let error = ann
        .send_message("the_shop", "x")
        .expect_err("nobody has it");
    assert!(error.is("USERNAME_NOT_OCCUPIED"), "{error}");
    assert_eq!(town.dc.executed("messages.sendMessage"), 1);
    drop(ann);
    assert_eq!(kept_names(&town.folder.path().join(ANN), town.bob), [""; 0]);
}

#[test]
fn an_answer_that_shows_the_former_owner_without_the_name_is_enough() {
    for restarts in [false, true] {
        let town = Town::new();
        let mut ann = town.sign_in(ANN);
        let peer = ann.resolve_peer("the_shop").expect("it is Bob");
        town.move_name();
        let enums::InputPeer::User(bob) = peer else {
            panic!("{peer:?} is no user")
        };
        let bob = types::InputUser {
            user_id: bob.user_id,
            access_hash: bob.access_hash,
        };
        let id = vec![bob.into()];
        ann.invoke(&functions::users::GetUsers { id })
            .expect("Bob is there");
        if restarts {
            ann = town.restart(ann, 0);
        }
        assert_eq!(reached(&ann, "the_shop"), town.carl, "{restarts}");
    }
}

#[test]
fn an_answer_that_shows_the_name_at_somebody_else_is_enough() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    town.move_name();
    let found = functions::contacts::ImportContacts {
        contacts: vec![
            types::InputPhoneContact {
                client_id: 1,
                phone: CARL.to_owned(),
                first_name: "Carl".to_owned(),
                ..Default::default()
            }
            .into(),
        ],
    };
    ann.invoke(&found).expect("Carl is there");
    assert_eq!(reached(&ann, "the_shop"), town.carl);
    assert_eq!(town.look_ups(), 1, "the answer said it");
}

#[test]
fn an_update_that_takes_the_name_away_is_enough() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    let mut updates = ann.updates();
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    let bob = town.sign_in(BOB);
    let renamed = functions::account::UpdateUsername {
        username: "old_shop".to_owned(),
    };
    bob.invoke(&renamed).expect("the name is free");
    town.dc.set_username(town.carl, Some("the_shop"));
    loop {
        let update = updates.next_timeout(PATIENCE).expect("an update comes");
        if matches!(update, Update::UserName(_)) {
            break;
        }
    }
    assert_eq!(reached(&ann, "the_shop"), town.carl);
    assert_eq!(reached(&ann, "old_shop"), town.bob);
    assert_eq!(town.look_ups(), 2, "the update said where Bob is found");
}

#[test]
fn a_plus_and_digits_are_a_phone_number_never_an_id() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    assert_eq!(reached(&ann, "the_shop"), town.bob);
    // Somebody was seen whose id is just these digits.
    let number = format!("+{}", town.bob);
    for name in [number.clone(), format!("https://t.me/{number}")] {
        let error = ann.send_message(&name, "x").expect_err("nobody has it");
        assert!(error.is("PHONE_NOT_OCCUPIED"), "{error}");
    }
    town.dc.set_phone(town.carl, &number);
    for name in [&number, &format!("t.me/{number}"), " +5 (000) 000-002 "] {
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(
            digits,
            town.bob.to_string(),
            "as the local data centre counts"
        );
        assert_eq!(reached(&ann, name), town.carl, "{name}");
    }
    assert_eq!(town.dc.executed("contacts.resolvePhone"), 3);
    assert_eq!(reached(&ann, &number[1..]), town.bob, "that is the id");
}

#[test]
fn an_hour_after_a_phone_number_has_moved_it_reaches_its_new_owner() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    assert_eq!(reached(&ann, BOB), town.bob);
    town.dc.set_phone(town.bob, "+9996624444");
    town.dc.set_phone(town.carl, BOB);
    let ann = town.restart(ann, 1000);
    assert_eq!(reached(&ann, BOB), town.bob, "believed");
    let ann = town.restart(ann, 3600);
    assert_eq!(reached(&ann, BOB), town.carl);
    assert_eq!(town.dc.executed("contacts.resolvePhone"), 2);
}

#[test]
fn what_names_nobody_is_said_before_anything_is_asked() {
    let town = Town::new();
    let ann = town.sign_in(ANN);
    for name in [
        "t.me/+AbCdEf",
        "+AbCdEf",
        "https://t.me/joinchat/AbCdEf",
        "t.me/share/url?url=x",
        "https://example.com/the_shop",
        "",
    ] {
        let error = ann.send_message(name, "x").expect_err("no name");
        assert!(matches!(error, Error::Peer(_)), "{name}: {error}");
        assert!(!error.to_string().contains("AbCdEf"), "{error}");
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
    }
    let error = ann
        .send_message("t.me/c/1234567890/12", "x")
        .expect_err("never seen");
    assert!(error.to_string().contains("1234567890"), "{error}");
    assert_eq!(town.look_ups(), 0);
}

/// What had to be asked first says nothing of the request itself, whichever it is.
#[test]
fn what_waited_for_a_name_in_vain_was_not_sent() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    ann.get_me().expect("she is signed in");
    let unheard = Rule::new(Effect::DropAnswer).method("contacts.resolveUsername");
    dc.faults().add(unheard);
    let hasty = ann.with_timeout(Duration::from_secs(1));
    for failed in [
        hasty.kick("@the_club", "@bobbob").err(),
        hasty.clear_history("@bobbob", ClearHistory::new()).err(),
        hasty.create_group("Club", ["@bobbob"]).err(),
        hasty.archive("@bobbob", true).err(),
        hasty.send_message("@bobbob", "Hello").err(),
    ] {
        let error = failed.expect("nobody is found in time");
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
        let text = error.to_string();
        assert_eq!(
            text.matches("before the request itself").count(),
            1,
            "{text}"
        );
    }
}
