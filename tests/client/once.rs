//! Messages with a key of the program's own: sent once, whatever happens.
use std::time::Duration;

use ferogram_sync::store::{StringFormat, StringSession};
use ferogram_sync::tl::{enums, functions};
use ferogram_sync::{Client, Delivery, Error, InputMessage, MemoryStore, OnceError, OnceKey};
use localdc::{Effect, LocalDc, NewChannel, NewUser, Rule};

const SEND: &str = "messages.sendMessage";

/// A data centre, and the session of somebody who lives there.
fn town() -> (LocalDc, MemoryStore) {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new("+9996652222", "Ann"));
    let session = dc.session_of(ann);
    (dc, session)
}

fn client(dc: &LocalDc, session: &MemoryStore) -> Client {
    let builder = dc.client_builder().session(session.clone());
    builder.connect().expect("it starts")
}

fn bill(text: &str) -> InputMessage {
    InputMessage::text(text).once("order 1274")
}

/// How many messages are in the chat with oneself.
fn count(client: &Client) -> usize {
    let request = functions::messages::GetHistory {
        peer: enums::InputPeer::PeerSelf,
        limit: 100,
        ..Default::default()
    };
    match client.invoke(&request).expect("it answers") {
        enums::messages::Messages::Messages(all) => all.messages.len(),
        _ => panic!("they are few"),
    }
}

fn why(error: &Error) -> &OnceError {
    match error {
        Error::Once(why) => why,
        other => panic!("{other}"),
    }
}

/// Sends, and hears nothing.
fn send_unheard(dc: &LocalDc, client: &Client) {
    let dropped = Rule::new(Effect::DropAnswer).method(SEND).times(1);
    dc.faults().add(dropped);
    let hasty = client.with_timeout(Duration::from_secs(2));
    let error = hasty
        .send_message("me", bill("Your bill"))
        .expect_err("no answer");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
}

#[test]
fn the_same_key_gives_the_first_message_back_also_after_a_restart() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let first = ann.send_message("me", bill("Your bill")).expect("sent");
    let again = ann
        .send_message("me", bill("Another"))
        .expect("it is there");
    assert_eq!((again.id(), again.text()), (first.id(), "Your bill"));
    ann.close().expect("all is written");
    let ann = client(&dc, &session);
    let again = ann
        .send_message("me", bill("Your bill"))
        .expect("it is there");
    assert_eq!(again.id(), first.id());
    assert_eq!((dc.executed(SEND), count(&ann)), (1, 1));
    let other = InputMessage::text("Your bill").once("order 1275");
    assert_ne!(
        ann.send_message("me", other).expect("sent").id(),
        first.id()
    );
}

#[test]
fn a_login_that_names_nobody_has_keys_too() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let login = ann.export_session().expect("she is signed in");
    let login = login.encode(StringFormat::Telethon).expect("it has all");
    ann.close().expect("all is written");
    let login: StringSession = login.expose().parse().expect("it is one");
    assert_eq!(login.account, None);
    let ann = dc.client_builder().session(login).connect();
    let ann = ann.expect("it starts");
    let first = ann.send_message("me", bill("Your bill")).expect("sent");
    ann.get_me().expect("she is signed in");
    let again = ann.send_message("me", bill("Your bill"));
    assert_eq!(again.expect("it is there").id(), first.id());
    assert_eq!((dc.executed(SEND), count(&ann)), (1, 1));
}

#[test]
fn an_answer_that_was_lost_is_found_after_a_restart_though_the_server_forgets() {
    for forgets in [false, true] {
        let (dc, session) = town();
        let ann = client(&dc, &session);
        send_unheard(&dc, &ann);
        if forgets {
            dc.forget_random_ids();
        }
        ann.close().expect("all is written");
        let ann = client(&dc, &session);
        let again = ann.send_message("me", bill("Your bill"));
        assert_eq!((dc.executed(SEND), count(&ann)), (1, 1), "{forgets}");
        match again {
            Ok(found) => assert!(!forgets && found.text() == "Your bill"),
            // It is there, but whether it is this one the server tells no longer.
            Err(error) => {
                assert!(
                    forgets && matches!(why(&error), OnceError::Unclear { .. }),
                    "{error}"
                );
                assert_eq!(error.delivery(), Some(Delivery::Unknown));
            }
        }
    }
}

#[test]
fn in_a_channel_too() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new("+9996652223", "Ann"));
    dc.add_channel(NewChannel::new("Garden", "the_garden").owner(id));
    let session = dc.session_of(id);
    let ann = client(&dc, &session);
    ann.send_message("@the_garden", "before").expect("sent");
    let dropped = Rule::new(Effect::DropAnswer).method(SEND).times(1);
    dc.faults().add(dropped);
    let hasty = ann.with_timeout(Duration::from_secs(2));
    let error = hasty.send_message("@the_garden", bill("Your bill"));
    assert_eq!(
        error.expect_err("no answer").delivery(),
        Some(Delivery::Unknown)
    );
    ann.close().expect("all is written");
    let ann = client(&dc, &session);
    let found = ann.send_message("@the_garden", bill("Your bill"));
    let found = found.expect("it is there");
    assert_eq!((found.text(), dc.executed(SEND)), ("Your bill", 2));
    let again = ann.send_message("@the_garden", bill("Your bill"));
    assert_eq!(again.expect("it is there").id(), found.id());
}

#[test]
fn what_did_not_arrive_is_sent_again_and_no_more_than_once() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let inner = Effect::internal(500, false);
    dc.faults().add(Rule::new(inner).method(SEND).times(1000));
    let hasty = ann.with_timeout(Duration::from_secs(2));
    let error = hasty
        .send_message("me", bill("Your bill"))
        .expect_err("it fails");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
    dc.faults().clear();
    ann.send_message("me", "in between").expect("sent");
    dc.forget_random_ids();
    ann.close().expect("all is written");
    let ann = client(&dc, &session);
    let sent = ann
        .send_message("me", bill("Your bill"))
        .expect("now it goes");
    let again = ann
        .send_message("me", bill("Your bill"))
        .expect("it is there");
    assert_eq!((sent.id(), count(&ann)), (again.id(), 2));
}

#[test]
fn a_duplicate_was_sent_before() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let duplicate = Effect::Error {
        code: 500,
        name: "RANDOM_ID_DUPLICATE".to_owned(),
        executed: true,
    };
    dc.faults().add(Rule::new(duplicate).method(SEND).times(1));
    let sent = ann
        .send_message("me", bill("Your bill"))
        .expect("it is found");
    let again = ann
        .send_message("me", bill("Your bill"))
        .expect("it is there");
    assert_eq!((sent.id(), count(&ann)), (again.id(), 1));
    let unheard = Effect::error(500, "RANDOM_ID_DUPLICATE");
    dc.faults().add(Rule::new(unheard).method(SEND).times(1));
    let lost = InputMessage::text("x").once("another");
    let error = ann.send_message("me", lost).expect_err("nobody has it");
    assert_eq!(why(&error), &OnceError::SentBefore);
}

#[test]
fn what_was_refused_leaves_the_key_free() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let error = ann.send_message("me", bill(" "));
    let error = error.expect_err("it is empty");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let long = bill(&"x".repeat(5000));
    let error = ann.send_message("me", long).expect_err("it is too long");
    assert!(error.is("MESSAGE_TOO_LONG"), "{error}");
    ann.send_message("me", bill("Your bill")).expect("sent");
    assert_eq!(count(&ann), 1);
}

#[test]
fn what_cannot_be_once_is_told_before_anything_is_sent() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let first = ann.send_message("me", bill("Your bill")).expect("sent");
    let bob = dc.user().get_me().expect("signed in");
    let bob = format!("@{}", bob.username().expect("everybody has one"));
    let error = ann
        .send_message(bob.as_str(), bill("x"))
        .expect_err("elsewhere");
    assert!(matches!(why(&error), OnceError::OtherChat(_)), "{error}");
    for (message, name) in [
        (InputMessage::text("x").once(""), OnceError::Key(0)),
        (bill("x").schedule_once_online(), OnceError::Later),
        (
            InputMessage::text("x").once(OnceKey::new("old").made_at(1_000_000_000)),
            OnceError::TooOld,
        ),
    ] {
        let error = ann.send_message("me", message).expect_err("it cannot be");
        assert_eq!(why(&error), &name);
        assert_eq!(error.delivery(), Some(Delivery::NotSent));
    }
    first.delete().expect("it is hers");
    let error = ann.send_message("me", bill("x")).expect_err("it is gone");
    assert_eq!(why(&error), &OnceError::Gone(first.id()));
    ann.forget_once("order 1274").expect("written");
    ann.send_message("me", bill("x")).expect("sent anew");
    assert_eq!(dc.executed(SEND), 2);
}

#[test]
fn one_thread_at_a_time_sends_under_a_key() {
    let (dc, session) = town();
    let ann = client(&dc, &session);
    let slow = Effect::Delay(Duration::from_secs(1));
    dc.faults().add(Rule::new(slow).method(SEND).times(1));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let ann = ann.clone();
            std::thread::spawn(move || ann.send_message("me", bill("Your bill")))
        })
        .collect();
    let mut ids = Vec::new();
    for thread in threads {
        match thread.join().expect("it ends") {
            Ok(sent) => ids.push(sent.id()),
            Err(error) => assert_eq!(why(&error), &OnceError::UnderWay),
        }
    }
    ids.dedup();
    assert_eq!((ids.len(), dc.executed(SEND), count(&ann)), (1, 1, 1));
}

/// Much has happened since the state was known from which on one looks.
#[test]
fn an_answer_that_was_lost_is_found_in_a_later_part_of_what_happened() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new("+9996652224", "Ann"));
    dc.add_channel(NewChannel::new("Garden", "the_garden").owner(id));
    dc.set_slice(3);
    let session = dc.session_of(id);
    for place in ["me", "@the_garden"] {
        let ann = client(&dc, &session);
        let first = InputMessage::text("First").once(format!("first {place}"));
        ann.send_message(place, first).expect("sent");
        for number in 0..10 {
            let text = format!("Between, {number}");
            ann.send_message(place, text).expect("sent");
        }
        let wanted = || InputMessage::text("Your bill").once(format!("bill {place}"));
        let dropped = Rule::new(Effect::DropAnswer).method(SEND).times(1);
        dc.faults().add(dropped);
        let hasty = ann.with_timeout(Duration::from_secs(2));
        let error = hasty.send_message(place, wanted()).expect_err("no answer");
        assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
        ann.close().expect("all is written");
        let ann = client(&dc, &session);
        let sent = dc.executed(SEND);
        let found = ann.send_message(place, wanted()).expect("it is there");
        assert_eq!((found.text(), dc.executed(SEND)), ("Your bill", sent));
        let mut last = ann.iter_messages(place);
        let last = last.next().expect("there are some").expect("it answers");
        assert_eq!(last.id(), found.id());
    }
}
