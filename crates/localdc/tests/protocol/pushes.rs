//! Updates to the sessions of the people concerned, and the punishment of doubled logins.
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use ferogram_sync::tl::{Deserialize, Identifiable, Serialize, enums, functions, types};
use localdc::{LocalDc, NewUser};

use crate::client::{Client, MSGS_ACK, Message, NEW_SESSION, RPC_RESULT, Wire, dice, ids};

const UPDATES_TOO_LONG: u32 = 0xe317_af7e;

fn user(running: &LocalDc, phone: &str, username: &str) -> i64 {
    running.add_user(NewUser {
        phone: phone.to_owned(),
        first_name: username.to_owned(),
        username: Some(username.to_owned()),
        password: None,
        dc: 1,
    })
}

fn sign_in(running: &LocalDc, client: &mut Client, phone: &str) {
    let sent = client
        .call(
            &functions::auth::SendCode {
                phone_number: phone.to_owned(),
                api_id: 12_345,
                api_hash: "0123456789abcdef0123456789abcdef".to_owned(),
                ..Default::default()
            }
            .to_bytes(),
        )
        .unwrap();
    let enums::auth::SentCode::Code(sent) = enums::auth::SentCode::from_bytes(&sent).unwrap()
    else {
        panic!("no code was sent");
    };
    let signed_in = client.call(
        &functions::auth::SignIn {
            phone_number: phone.to_owned(),
            phone_code_hash: sent.phone_code_hash,
            phone_code: running.login_code(phone),
            ..Default::default()
        }
        .to_bytes(),
    );
    signed_in.unwrap();
}

fn logged_in(running: &LocalDc, phone: &str) -> Client {
    let mut client = Client::initialised(running.address(1));
    sign_in(running, &mut client, phone);
    client.all();
    client
}

fn peer(client: &mut Client, username: &str) -> enums::InputPeer {
    let found = client
        .call(
            &functions::contacts::ResolveUsername {
                username: username.to_owned(),
                ..Default::default()
            }
            .to_bytes(),
        )
        .unwrap();
    let enums::contacts::ResolvedPeer::Peer(found) =
        enums::contacts::ResolvedPeer::from_bytes(&found).unwrap();
    let Some(enums::User::User(user)) = found.users.first() else {
        panic!("no user was found");
    };
    enums::InputPeer::User(types::InputPeerUser {
        user_id: user.id,
        access_hash: user.access_hash.unwrap(),
    })
}

fn letter(peer: &enums::InputPeer, text: &str) -> Vec<u8> {
    functions::messages::SendMessage {
        peer: peer.clone(),
        message: text.to_owned(),
        random_id: i64::from_le_bytes(dice()),
        ..Default::default()
    }
    .to_bytes()
}

/// Whether an update carries a text.
fn tells(message: &Message, text: &str) -> bool {
    message
        .body
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

fn update(client: &mut Client, text: &str) -> Message {
    let message = client.wait(|message| message.id() != RPC_RESULT && tells(message, text));
    assert_eq!(message.msg_id & 3, 3, "it is no answer");
    assert_eq!(message.seq_no & 1, 1, "it is to be acknowledged");
    message
}

struct Two {
    running: LocalDc,
    alice: Client,
    bob: Client,
    to_bob: enums::InputPeer,
}

fn two() -> Two {
    two_of(LocalDc::start().unwrap())
}

fn two_of(running: LocalDc) -> Two {
    user(&running, "9996610001", "alice");
    user(&running, "9996610002", "robert");
    let mut alice = logged_in(&running, "9996610001");
    let bob = logged_in(&running, "9996610002");
    let to_bob = peer(&mut alice, "robert");
    Two {
        running,
        alice,
        bob,
        to_bob,
    }
}

#[test]
fn a_message_reaches_both_sides_other_sessions() {
    let mut two = two();
    let mut second = logged_in(&two.running, "9996610001");
    let mut stranger = Client::initialised(two.running.address(1));
    two.alice
        .call(&letter(&two.to_bob, "good morning"))
        .unwrap();
    update(&mut two.bob, "good morning");
    update(&mut second, "good morning");
    // The sender has its answer and nothing else.
    let told = |message: &Message| message.id() != RPC_RESULT && tells(message, "good morning");
    assert!(!two.alice.all().iter().any(told));
    assert!(!stranger.all().iter().any(told));
}

#[test]
fn updates_wait_for_who_is_away_until_it_asks_for_something() {
    let mut two = two();
    two.bob.wire.close();
    two.alice.call(&letter(&two.to_bob, "first")).unwrap();
    two.alice.call(&letter(&two.to_bob, "second")).unwrap();
    let address = two.running.address(1);
    two.bob.reconnect(address);
    two.bob.send(false, &ids(MSGS_ACK, &[]));
    let told = |message: &Message| message.msg_id & 3 == 3;
    assert!(!two.bob.all().iter().any(told), "nothing was asked for");
    let state = functions::updates::GetState::default().to_bytes();
    let mut quiet = 0xbf94_59b7_u32.to_le_bytes().to_vec();
    quiet.extend(&state);
    two.bob.call(&quiet).unwrap();
    two.alice.call(&letter(&two.to_bob, "third")).unwrap();
    assert!(!two.bob.all().iter().any(told), "no updates were asked for");
    two.bob.call(&state).unwrap();
    let first = update(&mut two.bob, "first");
    let second = update(&mut two.bob, "second");
    assert!(first.msg_id < second.msg_id);
    let third = update(&mut two.bob, "third");
    let acks = ids(MSGS_ACK, &[first.msg_id, second.msg_id, third.msg_id]);
    two.bob.send(false, &acks);
    two.bob.ping(1);
    two.bob.reconnect(address);
    two.bob.call(&state).unwrap();
    let again = two.bob.all();
    assert!(!again.iter().any(|message| message.msg_id == first.msg_id));
}

#[test]
fn too_many_waiting_updates_become_one() {
    let mut two = two();
    // All is acknowledged, so that only updates wait.
    let known: Vec<i64> = two.bob.all().iter().map(|message| message.msg_id).collect();
    two.bob.send(false, &ids(MSGS_ACK, &known));
    two.bob.wire.close();
    for number in 0..300 {
        let text = format!("letter {number}");
        two.alice.call(&letter(&two.to_bob, &text)).unwrap();
    }
    two.bob.reconnect(two.running.address(1));
    let state = functions::updates::GetState::default().to_bytes();
    two.bob.call(&state).unwrap();
    let came = two.bob.all();
    let updates = came.iter().filter(|message| message.msg_id & 3 == 3);
    assert_eq!(
        updates.map(Message::id).collect::<Vec<_>>(),
        [UPDATES_TOO_LONG]
    );
    // From now on they come again.
    two.alice.call(&letter(&two.to_bob, "the end")).unwrap();
    update(&mut two.bob, "the end");
}

#[test]
fn updates_go_to_the_session_that_asked_last_for_something_ordinary() {
    let mut two = two();
    let main = two.bob.session_id;
    let ask = |client: &mut Client, session_id: i64, quiet: bool, query: &[u8]| {
        client.session_id = session_id;
        client.contents += 100;
        let mut body = Vec::new();
        if quiet {
            body.extend(0xbf94_59b7_u32.to_le_bytes());
        }
        body.extend(query);
        let _ = client.call(&body);
    };
    let state = functions::updates::GetState::default().to_bytes();
    let file = functions::upload::GetFile::CONSTRUCTOR_ID.to_le_bytes();
    // Neither a quiet query nor one for a file makes a session the one.
    ask(&mut two.bob, main + 1, true, &state);
    ask(&mut two.bob, main + 2, false, &file);
    two.bob.session_id = main;
    two.alice
        .call(&letter(&two.to_bob, "to the first"))
        .unwrap();
    update(&mut two.bob, "to the first");
    ask(&mut two.bob, main + 3, false, &state);
    two.alice.call(&letter(&two.to_bob, "to the last")).unwrap();
    update(&mut two.bob, "to the last");
}

#[test]
fn a_forgotten_session_gets_updates_when_it_asks_again() {
    let mut two = two();
    two.running.forget_sessions();
    two.alice
        .call(&letter(&two.to_bob, "into the void"))
        .unwrap();
    let state = functions::updates::GetState::default().to_bytes();
    two.bob.call(&state).unwrap();
    two.bob.wait_for(NEW_SESSION);
    two.alice.call(&letter(&two.to_bob, "heard again")).unwrap();
    update(&mut two.bob, "heard again");
    assert!(
        !two.bob
            .waiting
            .iter()
            .any(|message| tells(message, "into the void"))
    );
}

/// A data centre whose `help.getNearestDc` ends only when it is told to.
struct Slow {
    two: Two,
    began: Receiver<()>,
    end: Sender<()>,
}

fn slow() -> Slow {
    let (tell, began) = channel();
    let (end, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let running = LocalDc::builder()
        .on_call(move |call| {
            if call.method == "help.getNearestDc" {
                tell.send(()).unwrap();
                let _ = wait.lock().unwrap().recv();
            }
        })
        .start()
        .unwrap();
    Slow {
        two: two_of(running),
        began,
        end,
    }
}

const SLOW: u32 = 0x1fb3_3026;

fn elsewhere(client: &Client, running: &LocalDc) -> Client {
    let wire = Wire::connect(running.address(1));
    Client::with_key(wire, client.auth.clone(), client.salt)
}

#[test]
fn a_login_used_over_two_connections_at_once_is_lost() {
    let Slow {
        mut two,
        began,
        end,
    } = slow();
    let slow = two.alice.query(&SLOW.to_le_bytes());
    began.recv().unwrap();
    let mut second = elsewhere(&two.alice, &two.running);
    let state = functions::updates::GetState::default().to_bytes();
    let refused = second.call(&state);
    assert_eq!(refused, Err((406, "AUTH_KEY_DUPLICATED".to_owned())));
    end.send(()).unwrap();
    two.alice.result_of(slow).unwrap();
    for client in [&mut two.alice, &mut second] {
        let (code, name) = client.call(&state).unwrap_err();
        assert_eq!((code, &name[..]), (401, "AUTH_KEY_UNREGISTERED"));
    }
    assert!(two.bob.call(&state).is_ok());
}

#[test]
fn what_is_no_doubled_use() {
    let Slow {
        mut two,
        began,
        end,
    } = slow();
    let state = functions::updates::GetState::default().to_bytes();
    // One connection after the other, both open.
    let mut second = elsewhere(&two.alice, &two.running);
    second.call(&state).unwrap();
    two.alice.call(&state).unwrap();
    // A file query beside an ordinary one.
    let slow = two.alice.query(&SLOW.to_le_bytes());
    began.recv().unwrap();
    let file = functions::upload::GetFile::CONSTRUCTOR_ID.to_le_bytes();
    let (code, name) = second.call(&file).unwrap_err();
    assert!(code != 406, "{name}");
    end.send(()).unwrap();
    two.alice.result_of(slow).unwrap();
    // The first connection was closed by its client while it waited.
    two.alice.query(&SLOW.to_le_bytes());
    began.recv().unwrap();
    two.alice.wire.close();
    second.call(&state).unwrap();
    end.send(()).unwrap();
    // The check can be switched off.
    let mut third = elsewhere(&two.alice, &two.running);
    let slow = second.query(&SLOW.to_le_bytes());
    began.recv().unwrap();
    two.running.set_duplicate_key_check(false);
    third.call(&state).unwrap();
    end.send(()).unwrap();
    second.result_of(slow).unwrap();
}
