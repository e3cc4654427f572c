//! One session, one account after the other: what was the first one's is not the second one's.
use std::path::PathBuf;
use std::time::Duration;

use ferogram_sync::store::{FileStore, MemoryStore, Store};
use ferogram_sync::tl::{enums, functions};
use ferogram_sync::{Client, Error, Update, User};
use localdc::{LocalDc, NewUser};
use tempfile::TempDir;

const ANN: &str = "+9996621111";
const BOB: &str = "+9996622222";
const CARL: &str = "+9996623333";
const PATIENCE: Duration = Duration::from_secs(30);

/// How the first account's login ends before the second signs in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    SignedOut,
    Revoked,
    /// It is still good: the second account just takes the session over.
    Not,
}

const ENDS: [End; 3] = [End::SignedOut, End::Revoked, End::Not];

struct Town {
    dc: LocalDc,
    folder: TempDir,
    carl: i64,
}

impl Town {
    fn new() -> Self {
        let dc = LocalDc::builder().dcs(2).start().expect("it listens");
        dc.add_user(NewUser::new(ANN, "Ann").username("annann"));
        dc.add_user(NewUser::new(BOB, "Bob").username("bobbob"));
        let carl = dc.add_user(NewUser::new(CARL, "Carl").username("carlcarl"));
        let folder = tempfile::tempdir().expect("a folder");
        Self { dc, folder, carl }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("a.session")
    }

    fn open(&self) -> Client {
        let builder = self.dc.client_builder().session(self.path());
        builder.connect().expect("it starts")
    }

    fn sign_in(&self, client: &Client, phone: &str) -> User {
        let token = client.request_login_code(phone).expect("it exists");
        let code = self.dc.login_code(phone).expect("a code was sent");
        client.sign_in(&token, &code).expect("the code is right")
    }

    /// Signs Ann in, lets `live` use the client, ends her login and signs Bob in.
    fn ann_then_bob(&self, end: End, live: impl FnOnce(&Client)) -> Client {
        let client = self.open();
        self.sign_in(&client, ANN);
        live(&client);
        match end {
            End::SignedOut => client.sign_out().expect("she was signed in"),
            End::Revoked => self.revoke_other_logins(),
            End::Not => {}
        }
        self.sign_in(&client, BOB);
        client
    }

    /// Ann ends her login from another device: that at her own data centre, where it is listed.
    fn revoke_other_logins(&self) {
        let device = self.dc.client_builder().connect().expect("it starts");
        self.sign_in(&device, ANN);
        let enums::account::Authorizations::Authorizations(all) = device
            .invoke(&functions::account::GetAuthorizations {})
            .expect("she may look");
        for authorization in all.authorizations {
            let enums::Authorization::Authorization(authorization) = authorization;
            let hash = authorization.hash;
            if !authorization.current {
                let reset = functions::account::ResetAuthorization { hash };
                device.invoke(&reset).expect("it is hers");
            }
        }
    }
}

fn own_name(client: &Client, dc: i32) -> String {
    let me = functions::users::GetUsers {
        id: vec![enums::InputUser::UserSelf],
    };
    match &client.invoke_on_dc(dc, &me).expect("it knows the login")[..] {
        [enums::User::User(user)] => user.first_name.clone().expect("everybody has one"),
        other => panic!("{other:?} is not oneself"),
    }
}

fn is_unseen(client: &Client, user: i64) {
    let error = client.send_message(user, "x").expect_err("never seen");
    assert!(matches!(error, Error::Peer(_)), "{error}");
}

#[test]
fn another_account_has_seen_nobody_over_restarts_too() {
    for end in ENDS {
        for restarts in [false, true] {
            let town = Town::new();
            let mut client = town.ann_then_bob(end, |ann| {
                ann.send_message("carlcarl", "Hello").expect("he exists");
            });
            if restarts {
                drop(client);
                client = town.open();
            }
            is_unseen(&client, town.carl);
            client.send_message("carlcarl", "Hi").expect("he exists");
            client.send_message(town.carl, "Hi").expect("now Bob has");
            assert_eq!(town.dc.executed("contacts.resolveUsername"), 2, "{end:?}");
        }
    }
}

#[test]
fn the_same_account_knows_whom_it_knew() {
    let town = Town::new();
    let client = town.open();
    town.sign_in(&client, ANN);
    client.send_message("carlcarl", "Hello").expect("he exists");
    assert_eq!(own_name(&client, 2), "Ann");
    let keys = town.dc.keys();
    town.revoke_other_logins();
    let keys = town.dc.keys() - keys;
    town.sign_in(&client, ANN);
    client
        .send_message(town.carl, "Hi")
        .expect("she has seen him");
    assert_eq!(own_name(&client, 2), "Ann");
    assert_eq!(keys, 1, "only that of the other device");
    assert_eq!(town.dc.executed("auth.importAuthorization"), 1);
}

#[test]
fn another_account_is_itself_at_every_data_centre_over_restarts_too() {
    for end in ENDS {
        for restarts in [false, true] {
            let town = Town::new();
            let mut client = town.ann_then_bob(end, |ann| assert_eq!(own_name(ann, 2), "Ann"));
            if restarts {
                drop(client);
                client = town.open();
            }
            assert_eq!(own_name(&client, 2), "Bob", "{end:?}");
            assert_eq!(own_name(&client, 1), "Bob", "{end:?}");
        }
    }
}

#[test]
fn updates_of_the_first_account_are_not_handed_to_the_second() {
    for end in ENDS {
        let town = Town::new();
        let carl = town.dc.client_builder().connect().expect("it starts");
        town.sign_in(&carl, CARL);
        let client = town.ann_then_bob(end, |ann| {
            ann.get_me().expect("signed in");
            for text in ["one", "two"] {
                carl.send_message("annann", text).expect("she exists");
            }
            let first = ann.updates().next_timeout(PATIENCE).expect("it comes");
            assert!(matches!(first, Update::NewMessage(_)), "{first:?}");
            // The second one is here too, as no answer overtakes it.
            ann.get_me().expect("signed in");
        });
        carl.send_message("bobbob", "three").expect("he exists");
        let mut updates = client.updates();
        let text = loop {
            match updates.next_timeout(PATIENCE).expect("an update comes") {
                Update::NewMessage(message) => break message.text().to_owned(),
                other => drop(other),
            }
        };
        assert_eq!(text, "three", "{end:?}");
    }
}

#[test]
fn an_answer_that_comes_late_is_the_first_accounts() {
    let town = Town::new();
    let client = town.open();
    town.sign_in(&client, ANN);
    let carl = functions::contacts::ResolveUsername {
        username: "carlcarl".to_owned(),
        ..Default::default()
    };
    let pending = client.submit(&carl);
    town.sign_in(&client, BOB);
    pending.wait().expect("it was Ann who asked");
    is_unseen(&client, town.carl);
}

#[test]
fn a_session_that_does_not_say_whose_it_is_knows_whom_it_has_seen() {
    let town = Town::new();
    let first = town.open();
    town.sign_in(&first, ANN);
    let mut session = first.export_session().expect("she is signed in");
    drop(first);
    session.account = None;
    let builder = town.dc.client_builder().session(session);
    let client = builder.connect().expect("it starts");
    client.send_message("carlcarl", "Hello").expect("he exists");
    client.get_me().expect("signed in");
    client.send_message(town.carl, "Hi").expect("he was seen");
    assert_eq!(town.dc.executed("contacts.resolveUsername"), 1);
}

#[test]
fn who_signs_in_to_a_session_of_somebody_unknown_has_seen_nobody() {
    let town = Town::new();
    let first = town.open();
    town.sign_in(&first, ANN);
    let mut session = first.export_session().expect("she is signed in");
    drop(first);
    session.account = None;
    let builder = town.dc.client_builder().session(session);
    let client = builder.connect().expect("it starts");
    client.resolve_peer("carlcarl").expect("he exists");
    town.sign_in(&client, BOB);
    is_unseen(&client, town.carl);
}

#[test]
fn a_session_that_is_somebody_elses_than_it_says_forgets_them() {
    let town = Town::new();
    let client = town.open();
    town.sign_in(&client, ANN);
    client.resolve_peer("carlcarl").expect("he exists");
    drop(client);
    let mut store = FileStore::open(town.path()).expect("the client has ended");
    let mut records = store.load().expect("it is whole");
    drop(store);
    let account = records.account.as_mut().expect("she is signed in");
    account.user_id += 1;
    let store = MemoryStore::from_records(records);
    let builder = town.dc.client_builder().session(store.clone());
    let client = builder.connect().expect("it starts");
    let me = client.get_me().expect("it is Ann's login");
    is_unseen(&client, town.carl);
    client.save_session().expect("memory takes all");
    let records = store.snapshot();
    assert_eq!(records.account.map(|it| it.user_id), Some(me.id()));
    assert!(store.peers().is_empty(), "{:?}", store.peers());
}
