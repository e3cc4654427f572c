//! Of what the account is told, sessions of web pages, and taking data out.
use std::time::Duration;

use ferogram_sync::tl::enums::NotificationSound;
use ferogram_sync::tl::types::MessageRange;
use ferogram_sync::{
    Client, ContactName, Error, MessageFilter, NewChat, NotifyScope, NotifySettings, PhoneContact,
    TakeoutOptions, Update, Upload,
};
use localdc::LocalDc;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

#[test]
fn muting_leaves_alone_what_else_is_set_and_other_devices_are_told() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.my_id().expect("signed in");
    let other = dc.client_builder().session(dc.session_of(me));
    let other = other.connect().expect("it starts");
    let mut updates = other.updates();
    other.get_me().expect("signed in");
    let chat = || NotifyScope::chat("me");
    let settings = NotifySettings::new()
        .previews(false)
        .sound(NotificationSound::None);
    ann.set_notify_settings(chat(), settings.silent(true))
        .expect("set");
    let told = loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NotifySettings(it) = update.expect("it comes") {
            break it;
        }
    };
    drop(told);
    ann.mute(chat()).expect("set");
    let now = ann.notify_settings(chat()).expect("told");
    assert_eq!(now.mute_until(), Some(i32::MAX));
    assert_eq!(
        (now.shows_previews(), now.is_silent()),
        (Some(false), Some(true))
    );
    assert_eq!(now.raw.other_sound, Some(NotificationSound::None));
    ann.mute_until(chat(), 2_000_000_000).expect("set");
    ann.mute_for(chat(), Duration::from_secs(60)).expect("set");
    let now = ann.notify_settings(chat()).expect("told");
    assert!(
        now.mute_until()
            .is_some_and(|it| it > 0 && it != 2_000_000_000)
    );
    let stories = NotifySettings::new()
        .stories_muted(true)
        .stories_hide_sender(true)
        .stories_sound(NotificationSound::None);
    ann.set_notify_settings(chat(), stories).expect("set");
    let now = ann.notify_settings(chat()).expect("told").raw;
    assert_eq!(
        (now.stories_muted, now.stories_hide_sender),
        (Some(true), Some(true))
    );
    assert_eq!(now.stories_other_sound, Some(NotificationSound::None));
    ann.unmute(chat()).expect("set");
    assert!(!ann.notify_settings(chat()).expect("told").is_muted(1));
}

#[test]
fn exceptions_are_of_a_kind_and_topics_are_of_their_forum() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let club = ann
        .create_channel(NewChat::supergroup("Club"))
        .expect("made");
    let news = ann.create_channel(NewChat::channel("News")).expect("made");
    let topic = ann.send_message(&club, "What is new?").expect("sent").id();
    ann.mute(NotifyScope::chat(name_of(&bob))).expect("set");
    ann.mute(NotifyScope::chat(&club)).expect("set");
    ann.mute(NotifyScope::chat(&news)).expect("set");
    ann.mute(NotifyScope::topic(&club, topic)).expect("set");
    ann.mute(NotifyScope::Users).expect("set");
    let count = |of| ann.notify_exceptions(of).expect("told").len();
    assert_eq!(count(None), 4, "the default of a kind is no exception");
    assert_eq!(count(Some(NotifyScope::Users)), 1);
    assert_eq!(count(Some(NotifyScope::Groups)), 1);
    assert_eq!(count(Some(NotifyScope::Channels)), 1);
    let of_forum = ann.notify_exceptions(Some(NotifyScope::chat(&club)));
    let of_forum = of_forum.expect("told");
    let [one] = &of_forum[..] else {
        panic!("{of_forum:?}")
    };
    assert!(matches!(&one.scope, NotifyScope::Topic(_, id) if *id == topic));
    assert_eq!(one.settings.mute_until(), Some(i32::MAX));
    let error = ann
        .mute(NotifyScope::topic(&club, 999))
        .expect_err("no topic");
    assert!(error.is("MSG_ID_INVALID"), "{error}");
    let dialogs = ann.iter_dialogs().map(|it| it.expect("it comes"));
    let muted = dialogs.filter(|it| NotifySettings::of(it.raw.notify_settings.clone()).is_muted(1));
    assert_eq!(muted.count(), 2, "dialogs show it");
    ann.reset_notify_settings().expect("reset");
    assert_eq!(count(None), 0);
    let sound = NotifySettings::new().sound(NotificationSound::None);
    ann.set_notify_settings(NotifyScope::chat(&club), sound)
        .expect("set");
    let stories = NotifySettings::new().stories_muted(true);
    ann.set_notify_settings(NotifyScope::chat(&news), stories)
        .expect("set");
    assert_eq!(count(None), 2, "sounds and stories are exceptions too");
}

#[test]
fn web_sessions_end_one_by_one_or_all() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (dc.user(), dc.bot());
    let id = |client: &Client| client.my_id().expect("signed in");
    for domain in ["a.example", "b.example", "c.example"] {
        dc.add_web_session(id(&ann), id(&bot), domain);
    }
    let sessions = ann.web_sessions().expect("told");
    assert_eq!(sessions.len(), 3);
    assert_eq!(sessions[1].bot.as_ref().map(|it| it.id()), Some(id(&bot)));
    let (browser, place) = (sessions[1].browser(), sessions[1].place());
    assert_eq!((browser.0, place.0), ("Browser", "127.0.0.1"));
    assert!(sessions[1].created() > 0 && sessions[1].last_used() >= sessions[1].created());
    ann.end_web_session(sessions[1].hash()).expect("ended");
    let error = ann.end_web_session(sessions[1].hash()).expect_err("over");
    assert!(error.is("HASH_INVALID"), "{error}");
    let left = ann.web_sessions().expect("told");
    let left: Vec<&str> = left.iter().map(|it| it.domain()).collect();
    assert_eq!(left, ["a.example", "c.example"]);
    ann.end_web_sessions().expect("ended");
    assert!(ann.web_sessions().expect("told").is_empty());
}

#[test]
fn lists_and_downloads_of_an_export_belong_to_it_until_it_is_finished() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let me = ann.my_id().expect("signed in");
    ann.send_message(name_of(&bob), "Hello").expect("sent");
    for number in 0..150 {
        ann.send_message("me", format!("note {number}"))
            .expect("sent");
    }
    let bytes = Upload::bytes(b"Some bytes").name("a.txt");
    ann.send_file("me", bytes, "").expect("sent");
    ann.add_contact(name_of(&bob), ContactName::new("Bob"))
        .expect("added");
    let nobody = [PhoneContact::new("+4915599999", "Nobody")];
    ann.import_contacts(&nobody).expect("taken");
    let error = ann.saved_contacts().expect_err("outside");
    assert!(error.is("TAKEOUT_REQUIRED"), "{error}");

    dc.delay_takeout(me, 86_400);
    let error = ann
        .begin_takeout(TakeoutOptions::all(1 << 20))
        .expect_err("too early");
    assert_eq!(error.wait(), Some(Duration::from_secs(86_400)), "{error}");
    dc.delay_takeout(me, 0);
    let takeout = ann
        .begin_takeout(TakeoutOptions::all(1 << 20))
        .expect("begun");
    let out = takeout.client();
    assert_eq!(out.iter_dialogs().count(), 2);
    assert_eq!(out.iter_messages("me").count(), 151);
    assert_eq!(out.search("me", "note 7").count(), 11);
    assert_eq!(out.saved_contacts().expect("inside").len(), 2);
    let files = out.iter_messages("me").filter(MessageFilter::Documents);
    let file = files.into_iter().next().expect("one").expect("it comes");
    assert_eq!(
        out.download(&file).to_bytes().expect("it comes"),
        b"Some bytes"
    );
    let ranges = takeout.ranges().expect("told");
    let in_ranges = ranges.into_iter().map(|it| takeout.within(it));
    let in_ranges: usize = in_ranges.map(|it| it.iter_messages("me").count()).sum();
    assert_eq!(in_ranges, 151);
    let notes = out.iter_messages("me").reversed();
    let twentieth = notes.map(|it| it.expect("it comes").id()).nth(19);
    let some = MessageRange {
        min_id: 1,
        max_id: twentieth.expect("there are more"),
    };
    let some = takeout.within(some.into());
    assert_eq!(some.iter_messages("me").count(), 20);

    let again = ann.resume_takeout(takeout.id());
    let range = takeout.ranges().expect("told").remove(0);
    let part = again.within(range);
    assert_eq!(part.iter_messages("me").count(), 151);
    assert_eq!(again.client().iter_dialogs().count(), 2);
    let reader = out.clone();
    takeout.finish(true).expect("finished");
    assert_eq!(dc.taken_out(me), Some(true));
    file.reply("It goes on")
        .expect("what came of it still works");
    assert!(reader.get_me().is_ok());
    for over in [again.client(), &part] {
        let error = over.get_me().expect_err("it is over");
        assert!(error.is("TAKEOUT_INVALID"), "{error}");
    }
    ann.get_me().expect("the client itself was never in it");
}

#[test]
fn channels_that_were_left_are_known_to_an_export() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let club = ann
        .create_channel(NewChat::supergroup("Club"))
        .expect("made");
    ann.set_chat_username(&club, "the_club").expect("free");
    bob.join_chat("@the_club").expect("joined");
    bob.leave_chat("@the_club").expect("left");
    let takeout = bob.begin_takeout(TakeoutOptions::new().supergroups());
    let takeout = takeout.expect("begun");
    let left = takeout.left_channels().expect("told");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].marked_id(), club.marked_id());
    takeout.finish(false).expect("finished");
    assert_eq!(dc.taken_out(bob.my_id().expect("he")), Some(false));
    let bot = dc.bot();
    let error = bot
        .begin_takeout(TakeoutOptions::new())
        .expect_err("no bots");
    assert!(matches!(error, Error::NotForBots { .. }), "{error}");
}

#[test]
fn saved_messages_are_read_by_whom_they_are_from() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let his = ann
        .send_message(name_of(&bob), "From the chat")
        .expect("sent");
    let bobs = bob.my_id().expect("signed in");
    for number in 0..120 {
        ann.send_message("me", format!("note {number}"))
            .expect("sent");
    }
    ann.forward_messages("me", &[his.id()], name_of(&bob), Default::default())
        .expect("saved");
    let topics: Vec<_> = ann.saved_topics().collect::<Result<_, _>>().expect("told");
    assert_eq!(topics.len(), 2);
    let from = |peer| ann.iter_messages("me").saved_from(peer);
    assert_eq!(from(&topics[1].peer).count(), 120, "in two pages");
    let of_bob: Vec<_> = from(&topics[0].peer)
        .collect::<Result<_, _>>()
        .expect("told");
    assert_eq!(of_bob.len(), 1);
    assert_eq!(of_bob[0].text(), "From the chat");
    ann.pin_saved_topic(bobs, true).expect("pinned");
    ann.pin_saved_topic("me", true).expect("pinned");
    let pinned = ann.pinned_saved_topics().expect("told");
    assert_eq!(pinned.len(), 2);
    assert_eq!(pinned[0].peer, ann.resolve("me").expect("it is she"));
    ann.reorder_pinned_saved_topics(&[bobs.into()], true)
        .expect("set");
    let pinned = ann.pinned_saved_topics().expect("told");
    assert_eq!(pinned.len(), 1);
    assert_eq!(
        pinned[0].top_message.as_ref().map(|it| it.text()),
        Some("From the chat")
    );
}
