//! Messages that wait for their time.
use std::time::{Duration, SystemTime};

use ferogram_sync::{Client, Error, InputMessage, Message, Update, Updates};
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
    let (ann, (bot, visitor)) = (dc.user(), dc.visited_bot());
    let late = InputMessage::text("x").schedule_date(in_seconds(400 * 86_400));
    let error = ann.send_message("me", late).expect_err("it is too late");
    assert!(error.is("SCHEDULE_DATE_TOO_LATE"), "{error}");
    let online = InputMessage::text("x").schedule_once_online();
    let error = ann
        .send_message("me", online)
        .expect_err("not with oneself");
    assert!(error.is("SCHEDULE_STATUS_PRIVATE"), "{error}");
    let soon = InputMessage::text("x").schedule_date(in_seconds(100));
    let error = bot.send_message(visitor, soon).expect_err("bots may not");
    assert!(error.is("SCHEDULE_BOT_NOT_ALLOWED"), "{error}");
    let now = InputMessage::text("now").schedule_date(in_seconds(2));
    let sent = ann.send_message("me", now).expect("it is sent at once");
    assert!(!sent.from_scheduled());
}

/// Messages that wait are numbered by themselves: what is done with one is not done with the
/// message of the chat that has the same number.
#[test]
fn what_is_done_with_one_that_waits_befalls_no_other() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let sent: Vec<Message> = (0..3)
        .map(|number| ann.send_message("me", format!("note {number}")))
        .collect::<Result<_, _>>()
        .expect("they are sent");
    let later = |text: &str| InputMessage::text(text).schedule_date(in_seconds(5000));
    let kept = ann.send_message("me", later("kept")).expect("kept");
    let found = ann.fetch_scheduled_messages("me", &[kept.id()]);
    let found = found.expect("it answers").remove(0).expect("it waits");
    let listed = ann.scheduled_messages("me").expect("it answers").remove(0);
    for waiting in [&kept, &found, &listed] {
        assert!(
            sent.iter().any(|it| it.id() == waiting.id()),
            "a number of both"
        );
        let refused = [
            waiting.reply("x").map(drop),
            waiting.pin(),
            waiting.react("👍"),
            waiting.mark_read(),
            waiting.forward_to(name.as_str()).map(drop),
            waiting.copy_to(name.as_str()).map(drop),
        ];
        for refused in refused {
            let error = refused.expect_err("it is not in the chat");
            assert!(matches!(error, Error::Argument(_)), "{error}");
        }
        assert!(waiting.link().is_none());
        let again = waiting.fetch_again().expect("it answers");
        assert_eq!(again.expect("it waits").text(), listed.text());
    }
    assert_eq!(ann.iter_messages(name.as_str()).count(), 0);
    let edited = kept.edit("changed").expect("it waits");
    assert_eq!((edited.text(), edited.date()), ("changed", kept.date()));
    edited.delete().expect("it waits");
    assert!(ann.scheduled_messages("me").expect("it answers").is_empty());
    assert!(kept.fetch_again().expect("it answers").is_none());
    let texts: Vec<String> = ann
        .iter_messages("me")
        .reversed()
        .map(|it| it.map(|it| it.text().to_owned()))
        .collect::<Result<_, _>>()
        .expect("it answers");
    assert_eq!(texts, ["note 0", "note 1", "note 2"], "nothing befell them");
}

#[test]
fn what_another_device_schedules_is_known_to_wait() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let id = ann.my_id().expect("signed in");
    let other = dc.client_builder().session(dc.session_of(id)).connect();
    let other = other.expect("it connects");
    let mut updates = other.updates();
    let note = ann.send_message("me", "a note").expect("it is sent");
    let later = InputMessage::text("later").schedule_date(in_seconds(5000));
    ann.send_message("me", later).expect("kept");
    let waiting = loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::ScheduledMessage(message) = update.expect("it comes") {
            break message;
        }
    };
    assert_eq!(waiting.id(), note.id(), "a number of both");
    waiting.delete().expect("it waits");
    assert!(note.fetch_again().expect("it answers").is_some());
    assert!(ann.scheduled_messages("me").expect("it answers").is_empty());
}
