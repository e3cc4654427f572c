//! The account's logins on all devices, and what one does to another.
use std::thread;
use std::time::Duration;

use ferogram_sync::store::StringSession;
use ferogram_sync::{AccountTrouble, Client, Ended, LoginState, NoUpdate, SessionSettings};
use localdc::{Effect, LocalDc, NewUser, Rule};

const PHONE: &str = "+49301234567";

struct Scene {
    dc: LocalDc,
    ann: i64,
}

impl Scene {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let ann = dc.add_user(NewUser::new(PHONE, "Ann"));
        Self { dc, ann }
    }

    /// A session of hers.
    fn open(&self) -> Client {
        let builder = self.dc.client_builder();
        let builder = builder.session(self.dc.session_of(self.ann));
        builder.connect().expect("it starts")
    }
}

#[test]
fn a_session_is_listed_and_ended_from_another() {
    let scene = Scene::new();
    let (mine, other, third) = (scene.open(), scene.open(), scene.open());
    other.get_me().expect("signed in");
    let listed = mine.sessions().expect("she may look");
    let (own, others): (Vec<_>, Vec<_>) = listed.iter().partition(|it| it.is_current());
    let ([own], [one, _]) = (&own[..], &others[..]) else {
        panic!("{listed:?}");
    };
    assert_eq!(own.hash(), 0);
    assert!(own.created() > 0 && own.last_used() >= own.created());
    assert_eq!(own.place(), ("127.0.0.1", "localhost"));
    assert!(!own.is_official() && !own.is_password_pending());
    mine.end_session(one.hash()).expect("it is hers");
    let error = mine.end_session(one.hash()).expect_err("it is gone");
    assert!(error.is("HASH_INVALID"), "{error}");
    let ended = [&other, &third].map(|it| it.get_me().err());
    let ended: Vec<_> = ended.into_iter().flatten().collect();
    let [error] = &ended[..] else {
        panic!("one was ended: {ended:?}");
    };
    assert_eq!(error.account_trouble(), Some(AccountTrouble::SignedOut));
    mine.end_other_sessions().expect("they are hers");
    assert!(third.get_me().is_err() && other.get_me().is_err());
    assert_eq!(mine.sessions().expect("she may look").len(), 1);
    mine.get_me().expect("this one stays");
}

#[test]
fn what_a_session_takes_is_set_by_itself_and_by_others() {
    let scene = Scene::new();
    let (mine, other) = (scene.open(), scene.open());
    other.get_me().expect("signed in");
    let theirs = |client: &Client| {
        let listed = client.sessions().expect("she may look");
        let other = listed.into_iter().find(|it| !it.is_current());
        other.expect("there are two")
    };
    let hash = theirs(&mine).hash();
    let change = |hash, settings| mine.change_session(hash, settings);
    change(hash, SessionSettings::new().secret_chats(false)).expect("hers");
    change(hash, SessionSettings::new().calls(false)).expect("hers");
    let session = theirs(&mine);
    assert!(!session.takes_calls() && !session.takes_secret_chats());
    change(hash, SessionSettings::new().calls(true)).expect("hers");
    let session = theirs(&mine);
    assert!(session.takes_calls() && !session.takes_secret_chats());
    let error = change(7, SessionSettings::new()).expect_err("nobody's");
    assert!(error.is("HASH_INVALID"), "{error}");
}

#[test]
fn a_new_session_is_confirmed_by_an_old_one() {
    let scene = Scene::new();
    let old = scene.open();
    old.get_me().expect("signed in");
    let new = scene.dc.client_builder().connect().expect("it starts");
    let token = new.request_login_code(PHONE).expect("it exists");
    let code = scene.dc.login_code(PHONE).expect("a code was sent");
    new.sign_in(&token, &code).expect("the code is right");
    let unconfirmed = || {
        let listed = old.sessions().expect("she may look").into_iter();
        listed.filter(|it| it.is_unconfirmed()).collect::<Vec<_>>()
    };
    let found = unconfirmed();
    let [session] = &found[..] else {
        panic!("{found:?}");
    };
    old.confirm_session(session.hash()).expect("it is hers");
    assert!(unconfirmed().is_empty());
}

#[test]
fn days_have_their_bounds() {
    let scene = Scene::new();
    let client = scene.open();
    assert_eq!(client.session_ttl().expect("she may look"), 183);
    assert_eq!(client.account_ttl().expect("she may look"), 548);
    client.set_session_ttl(7).expect("within bounds");
    client.set_account_ttl(30).expect("within bounds");
    assert_eq!(client.session_ttl().expect("she may look"), 7);
    assert_eq!(client.account_ttl().expect("she may look"), 30);
    let error = client.set_session_ttl(0).expect_err("never");
    assert!(error.is("TTL_DAYS_INVALID"), "{error}");
    let error = client.set_account_ttl(29).expect_err("too soon");
    assert!(error.is("TTL_DAYS_INVALID"), "{error}");
}

#[test]
fn the_end_of_a_login_is_told_by_its_reason() {
    for (code, name, trouble) in [
        (401, "AUTH_KEY_UNREGISTERED", AccountTrouble::SignedOut),
        (401, "SESSION_REVOKED", AccountTrouble::Revoked),
        (401, "SESSION_EXPIRED", AccountTrouble::Expired),
        (406, "AUTH_KEY_DUPLICATED", AccountTrouble::Duplicated),
        (401, "USER_DEACTIVATED", AccountTrouble::Deleted),
        (401, "USER_DEACTIVATED_BAN", AccountTrouble::Banned),
    ] {
        let scene = Scene::new();
        let client = scene.open();
        client.get_me().expect("signed in");
        let rule = Rule::new(Effect::error(code, name)).method("users.getUsers");
        scene.dc.faults().add(rule);
        let error = client.get_me().expect_err("it is over");
        assert_eq!(error.account_trouble(), Some(trouble), "{error}");
        assert!(trouble.ends_login());
        let state = LoginState::SignedOut(Some(trouble));
        assert_eq!(client.login_state(), state);
        assert_eq!(client.my_id(), Some(scene.ann), "what is hers is kept");
    }
}

#[test]
fn a_stream_ends_with_the_login_and_the_next_login_has_another() {
    let scene = Scene::new();
    let (mine, other) = (scene.open(), scene.open());
    assert_eq!(other.login_state(), LoginState::SignedIn(scene.ann));
    let mut updates = other.updates();
    let reader = thread::spawn(move || {
        while updates.next().is_some() {}
        (updates.ended(), updates)
    });
    mine.end_other_sessions().expect("they are hers");
    let error = other.get_me().expect_err("it was ended");
    let why = error.account_trouble().expect("it says so");
    let (ended, mut updates) = reader.join().expect("no panic");
    assert_eq!(ended, Some(Ended::SignedOut(why)));
    let ended = other.updates().try_next();
    assert_eq!(ended.err(), Some(NoUpdate::Ended(Ended::SignedOut(why))));

    let token = other.request_login_code(PHONE).expect("it exists");
    let code = scene.dc.login_code(PHONE).expect("a code was sent");
    other.sign_in(&token, &code).expect("the code is right");
    assert_eq!(other.login_state(), LoginState::SignedIn(scene.ann));
    let none = other.updates().try_next().err();
    assert_ne!(none, Some(NoUpdate::Ended(Ended::SignedOut(why))));
    assert!(updates.next().is_none(), "the old one has ended");
    other.sign_out().expect("she was signed in");
    assert_eq!(other.login_state(), LoginState::SignedOut(None));
}

/// A login that was carried here as a text may not say whose it is.
#[test]
fn a_stream_ends_with_a_login_whose_account_nobody_knows() {
    let scene = Scene::new();
    let mine = scene.open();
    let other = scene.open().export_session().expect("she is signed in");
    let session = StringSession {
        account: None,
        ..other
    };
    let hash = mine.sessions().expect("they are hers");
    let hash = hash.iter().find(|it| !it.is_current()).expect("the other");
    mine.end_session(hash.hash()).expect("it is hers");
    let builder = scene.dc.client_builder().session(session);
    let client = builder.connect().expect("it starts");
    assert_eq!(client.login_state(), LoginState::Unknown);
    let mut updates = client.updates();
    let ended = loop {
        match updates.next_timeout(Duration::from_secs(60)) {
            Ok(_) => {}
            Err(ended) => break ended,
        }
    };
    let why = AccountTrouble::SignedOut;
    assert_eq!(ended, NoUpdate::Ended(Ended::SignedOut(why)));
    assert_eq!(client.login_state(), LoginState::SignedOut(Some(why)));
}

#[test]
fn who_only_reads_learns_of_it_with_the_next_connection() {
    let scene = Scene::new();
    let (mine, other) = (scene.open(), scene.open());
    let mut updates = other.updates();
    while scene.dc.executed("updates.getState") == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    mine.end_other_sessions().expect("they are hers");
    scene.dc.cut_connections();
    let ended = loop {
        match updates.next_timeout(Duration::from_secs(60)) {
            Ok(_) => {}
            Err(ended) => break ended,
        }
    };
    let why = AccountTrouble::SignedOut;
    assert_eq!(ended, NoUpdate::Ended(Ended::SignedOut(why)));
    assert_eq!(other.login_state(), LoginState::SignedOut(Some(why)));
}
