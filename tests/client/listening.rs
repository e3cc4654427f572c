//! Programs that only read: whatever happens to the connection, what others send arrives, though
//! they call nothing themselves.
use std::thread;
use std::time::Duration;

use ferogram_sync::store::{StringFormat, StringSession};
use ferogram_sync::tl::{Identifiable, functions, types};
use ferogram_sync::{Client, Error, Message, NetError, NoUpdate, Update, Updates, Watch};
use localdc::{LocalDc, NewBot, NewUser};

const TOKEN: &str = "1000031:listening-test";
const OTHER: &str = "1000032:listening-test";
const ANN: &str = "+9996631111";
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who sends.
fn ann(dc: &LocalDc) -> Client {
    dc.add_user(NewUser::new(ANN, "Ann").username("annann"));
    let client = dc.client_builder().connect().expect("it starts");
    let token = client.request_login_code(ANN).expect("the number exists");
    let code = dc.login_code(ANN).expect("a code was sent");
    client.sign_in(&token, &code).expect("the code is right");
    client
}

/// A bot that reads, signed in just now.
fn bot(dc: &LocalDc) -> Client {
    dc.add_bot(NewBot::new(TOKEN, "reading_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client
}

fn next_message(updates: &mut Updates) -> Message {
    loop {
        match updates.next_timeout(PATIENCE).expect("an update comes") {
            Update::NewMessage(message) => return message,
            other => drop(other),
        }
    }
}

fn arrives(updates: &mut Updates, ann: &Client, text: &str) {
    ann.send_message("@reading_bot", text).expect("it is there");
    assert_eq!(next_message(updates).text(), text);
}

/// Whether something comes true before anybody loses patience.
fn soon(mut is_true: impl FnMut() -> bool) -> bool {
    (0..6_000).any(|_| {
        thread::sleep(Duration::from_millis(10));
        is_true()
    })
}

/// Whether a client that calls nothing itself has asked for updates. What is sent before that waits
/// for the session that was there before.
fn has_begun(dc: &LocalDc) -> bool {
    dc.executed("updates.getState") > 0
}

#[test]
fn who_signed_in_during_this_run_hears_again_after_each_lost_connection() {
    for pfs in [false, true] {
        hears_again(pfs);
    }
}

fn hears_again(pfs: bool) {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "reading_bot"));
    let ann = ann(&dc);
    let builder = dc.client_builder().pfs(pfs);
    let bot = builder.connect().expect("it starts");
    bot.bot_sign_in(TOKEN).expect("the token is right");
    let mut updates = bot.updates();
    arrives(&mut updates, &ann, "before");
    for number in 0..3 {
        dc.cut_connections();
        arrives(&mut updates, &ann, &format!("after {number}"));
    }
    // A server that has restarted knows of no session: it has to be asked for updates again. What
    // is sent before that reaches nobody.
    dc.forget_sessions();
    dc.cut_connections();
    assert!(soon(|| {
        ann.send_message("@reading_bot", "again").expect("sent");
        matches!(updates.try_next(), Ok(Update::NewMessage(_)))
    }));
}

#[test]
fn who_was_opened_from_a_text_that_names_nobody_hears_without_a_call() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (ann(&dc), bot(&dc));
    let session = bot.export_session().expect("it is signed in");
    drop(bot);
    let text = session.encode(StringFormat::Telethon).expect("it has all");
    let session: StringSession = text.expose().parse().expect("it is one");
    assert_eq!(session.account, None);
    let builder = dc.client_builder().session(session);
    let bot = builder.connect().expect("it starts");
    let mut updates = bot.updates();
    assert!(soon(|| has_begun(&dc)));
    arrives(&mut updates, &ann, "the first");
    dc.cut_connections();
    arrives(&mut updates, &ann, "the second");
    let asked = dc.executed("users.getUsers");
    assert_eq!(asked, 1, "whose login it is, and nothing else");
}

#[test]
fn a_stored_login_hears_without_a_call() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let ann = ann(&dc);
    dc.add_bot(NewBot::new(TOKEN, "reading_bot"));
    let open = || dc.client_builder().session(&path).connect();
    open()
        .expect("it starts")
        .bot_sign_in(TOKEN)
        .expect("the token is right");
    let bot = open().expect("it starts");
    let updates = bot.updates().receiver();
    assert!(soon(|| has_begun(&dc)));
    for text in ["the first", "the second"] {
        ann.send_message("@reading_bot", text).expect("it is there");
        let text_of = |update| match update {
            Update::NewMessage(message) => Some(message.text().to_owned()),
            _ => None,
        };
        let came = (0..9).find_map(|_| text_of(updates.recv_timeout(PATIENCE).expect("it comes")));
        assert_eq!(came.as_deref(), Some(text));
        dc.cut_connections();
    }
}

#[test]
fn a_stream_that_was_opened_first_hears_whoever_signs_in() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    let ann = ann(&dc);
    // Signing in moves home to where the bot lives.
    dc.add_bot(NewBot::new(TOKEN, "reading_bot").dc(2));
    dc.add_bot(NewBot::new(OTHER, "other_bot").dc(1));
    let client = dc.client_builder().connect().expect("it starts");
    let mut updates = client.updates();
    client.bot_sign_in(TOKEN).expect("the token is right");
    arrives(&mut updates, &ann, "to the first");
    dc.cut_connections();
    arrives(&mut updates, &ann, "after a cut");
    // What else is asked of the former home brings no updates from there.
    let request = functions::help::GetNearestDc {};
    client.invoke_on_dc(1, &request).expect("it answers");
    client.sign_out().expect("it is signed in");
    client.bot_sign_in(OTHER).expect("the token is right");
    for text in ["to the second", "after another cut"] {
        ann.send_message("@other_bot", text).expect("it is there");
        assert_eq!(next_message(&mut updates).text(), text);
        dc.cut_connections();
    }
}

#[test]
fn who_does_not_read_any_more_does_not_come_back() {
    let dc = LocalDc::start().expect("it listens");
    let bot = bot(&dc);
    let streams = [bot.updates(), bot.updates()];
    dc.cut_connections();
    assert!(soon(|| dc.connections() == 1), "there is still somebody");
    drop(streams);
    dc.cut_connections();
    // Others come back meanwhile, from the same loss.
    let ann = ann(&dc);
    let mut updates = ann.updates();
    dc.cut_connections();
    ann.send_message("me", "hello").expect("it is there");
    assert!(soon(|| dc.connections() == 1));
    thread::sleep(Duration::from_millis(300));
    assert_eq!(dc.connections(), 1);
    // What is asked for is answered all the same, and reading can begin again.
    bot.get_me().expect("it is signed in");
    drop(std::mem::replace(&mut updates, bot.updates()));
    arrives(&mut updates, &ann, "there again");
}

#[test]
fn who_signed_out_does_not_come_back() {
    let dc = LocalDc::start().expect("it listens");
    let bot = bot(&dc);
    let mut updates = bot.updates();
    bot.sign_out().expect("it is signed in");
    dc.cut_connections();
    let came = updates.next_timeout(Duration::from_millis(500));
    assert!(!matches!(came, Ok(Update::NewMessage(_))), "{came:?}");
    assert_eq!(dc.connections(), 0);
}

#[test]
fn a_server_that_sends_updates_everywhere_is_heard_once() {
    let dc = LocalDc::builder()
        .dcs(3)
        .updates_everywhere(true)
        .start()
        .expect("it listens");
    let (ann, bot) = (ann(&dc), bot(&dc));
    let me = functions::users::GetUsers {
        id: vec![types::InputUserSelf {}.into()],
    };
    for number in 2..=3 {
        bot.invoke_on_dc(number, &me).expect("the login is carried");
    }
    let mut updates = bot.updates();
    for number in 0..5 {
        arrives(&mut updates, &ann, &number.to_string());
    }
    // Over the other connections they came as well, before these answers.
    for number in 2..=3 {
        bot.invoke_on_dc(number, &me).expect("it is known there");
    }
    match updates.try_next() {
        Err(NoUpdate::TimedOut) => {}
        more => panic!("{more:?}"),
    }
}

/// What a watch for new messages gets next, in whichever form.
fn watched(watch: &Watch) -> String {
    let update = watch.next_timeout(PATIENCE).expect("it comes");
    if let Some(short) = update.read::<types::UpdateShortMessage>().expect("known") {
        return short.message;
    }
    let long = update.read::<types::UpdateNewMessage>().expect("known");
    match long.expect("nothing else is watched").message {
        ferogram_sync::tl::enums::Message::Message(message) => message.message,
        other => panic!("{other:?}"),
    }
}

fn watch_messages(client: &Client) -> Watch {
    client.watch(&[
        types::UpdateNewMessage::CONSTRUCTOR_ID,
        types::UpdateShortMessage::CONSTRUCTOR_ID,
    ])
}

#[test]
fn a_watch_sees_updates_with_and_without_a_stream_and_takes_none() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (ann(&dc), bot(&dc));
    let watch = watch_messages(&bot);
    ann.send_message("@reading_bot", "alone")
        .expect("it is there");
    assert_eq!(watched(&watch), "alone");
    dc.cut_connections();
    ann.send_message("@reading_bot", "again")
        .expect("it is there");
    assert_eq!(watched(&watch), "again");
    let mut updates = bot.updates();
    // What was watched is there for the stream too.
    for text in ["alone", "again"] {
        assert_eq!(next_message(&mut updates).text(), text);
    }
    arrives(&mut updates, &ann, "beside");
    assert_eq!(watched(&watch), "beside");
    assert_eq!(watch.missed(), 0);
    let none = watch.try_next().expect_err("nothing else came");
    assert!(matches!(none, Error::Net(NetError::TimedOut)), "{none}");
    drop(bot);
    let end = watch.next().expect_err("the client is gone");
    assert!(matches!(end, Error::Net(NetError::Closed)), "{end}");
}

#[test]
fn who_watches_slowly_learns_how_many_were_missed_and_harms_nobody() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (ann(&dc), bot(&dc));
    let watch = watch_messages(&bot);
    drop(watch_messages(&bot));
    let mut updates = bot.updates();
    for number in 0..300 {
        arrives(&mut updates, &ann, &number.to_string());
    }
    let texts: Vec<_> = (0..256).map(|_| watched(&watch)).collect();
    let first: Vec<_> = (0..256).map(|number| number.to_string()).collect();
    assert_eq!(texts, first);
    assert_eq!(watch.missed(), 44);
    assert!(watch.try_next().is_err());
}

#[test]
fn a_watch_sees_what_comes_before_anybody_signs_in() {
    let dc = LocalDc::start().expect("it listens");
    let client = dc.client_builder().connect().expect("it starts");
    let watch = client.watch(&[types::UpdateConfig::CONSTRUCTOR_ID]);
    let hears = || {
        soon(|| {
            dc.announce_config();
            watch.try_next().is_ok()
        })
    };
    assert!(hears(), "nothing was called");
    dc.cut_connections();
    assert!(hears(), "it came back");
    drop(watch);
    dc.cut_connections();
    thread::sleep(Duration::from_millis(300));
    assert_eq!(dc.connections(), 0, "nobody needs it");
}
