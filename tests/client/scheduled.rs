//! Messages that wait for their time.
use std::time::{Duration, SystemTime};

use ferogram_sync::{Client, InputMessage, Message, Update, Updates};
use localdc::LocalDc;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn next_received(updates: &mut Updates) -> Message {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            return message;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the server keeps real time")]
pub(super) fn in_seconds(seconds: i32) -> i32 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.expect("it is later").as_secs();
    i32::try_from(now).expect("it is not so late") + seconds
}

#[test]
fn what_waits_is_listed_changed_deleted_and_sent() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let mut updates = bob.updates();
    let later = |text: &str, seconds| InputMessage::text(text).schedule_date(in_seconds(seconds));
    let last = ann
        .send_message(name.as_str(), later("last", 9000))
        .expect("kept");
    let first = ann
        .send_message(name.as_str(), later("frist", 5000))
        .expect("kept");
    assert!(first.from_scheduled());
    // Case M4: the id is the one among those that wait, though the answer names no random_id.
    assert_ne!(first.id(), last.id());
    let texts = |client: &Client| {
        let all = client
            .scheduled_messages(name.as_str())
            .expect("it answers");
        all.iter()
            .map(|it| it.text().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&ann), ["frist", "last"]);
    let edited = ann.edit_message(name.as_str(), first.id(), later("first", 5000));
    assert_eq!(edited.expect("it waits").text(), "first");
    let found = ann.fetch_scheduled_messages(name.as_str(), &[777, first.id()]);
    let found = found.expect("it answers");
    assert!(found[0].is_none() && found[1].as_ref().is_some_and(|it| it.text() == "first"));
    let sent = ann
        .send_scheduled_now(name.as_str(), &[first.id()])
        .expect("it waits");
    let [Some(sent)] = &sent[..] else {
        panic!("it is shown")
    };
    assert_eq!((sent.text(), sent.from_scheduled()), ("first", false));
    assert_eq!(next_received(&mut updates).text(), "first");
    ann.delete_scheduled_messages(name.as_str(), &[last.id()])
        .expect("it waits");
    assert!(texts(&ann).is_empty());
    let error = ann.send_scheduled_now(name.as_str(), &[last.id()]);
    assert!(error.expect_err("it is gone").is("MESSAGE_ID_INVALID"));
}

#[test]
fn what_waits_is_sent_when_its_time_comes_and_again_if_it_repeats() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let mut updates = bob.updates();
    let daily = InputMessage::text("Good morning")
        .schedule_date(in_seconds(1000))
        .schedule_repeat_period(86_400);
    ann.send_message(name.as_str(), daily).expect("kept");
    dc.set_clock_shift(1100);
    // Whoever calls next finds it sent.
    let waiting = ann.scheduled_messages(name.as_str()).expect("it answers");
    assert_eq!(next_received(&mut updates).text(), "Good morning");
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].raw.schedule_repeat_period, Some(86_400));
}

#[test]
fn what_cannot_wait_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (dc.user(), dc.bot());
    let late = InputMessage::text("x").schedule_date(in_seconds(400 * 86_400));
    let error = ann.send_message("me", late).expect_err("it is too late");
    assert!(error.is("SCHEDULE_DATE_TOO_LATE"), "{error}");
    let online = InputMessage::text("x").schedule_once_online();
    let error = ann
        .send_message("me", online)
        .expect_err("not with oneself");
    assert!(error.is("SCHEDULE_STATUS_PRIVATE"), "{error}");
    let soon = InputMessage::text("x").schedule_date(in_seconds(100));
    let error = bot.send_message("me", soon).expect_err("bots may not");
    assert!(error.is("SCHEDULE_BOT_NOT_ALLOWED"), "{error}");
    let now = InputMessage::text("now").schedule_date(in_seconds(2));
    let sent = ann.send_message("me", now).expect("it is sent at once");
    assert!(!sent.from_scheduled());
}
