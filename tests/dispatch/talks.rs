//! What a conversation takes, what it leaves, and in which order.
use std::thread;
use std::time::Duration;

use ferogram_sync::filters::{all, command};
use ferogram_sync::tl::functions::messages::ReadHistory;
use ferogram_sync::{
    Client, ConversationError, Dispatcher, Limit, Message, SignInError, Update, Updates,
};
use localdc::LocalDc;

use crate::groups::{found, name_of};
use crate::scene::{PATIENCE, Scene, telling};

/// The next message of others.
fn next(updates: &mut Updates) -> Message {
    loop {
        match updates.next_timeout(PATIENCE).expect("it comes") {
            Update::NewMessage(message) if !message.outgoing() => return message,
            _ => {}
        }
    }
}

/// What could not be asked takes nothing: it goes to the handlers, in its place.
#[test]
fn a_question_that_is_not_sent_takes_no_answer() {
    let scene = Scene::new();
    let mut ann = scene.person();
    for text in ["/start", "one", "two", "three"] {
        ann.say(text);
    }
    let _running = Dispatcher::new()
        .on_message(command("start"), |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            let refused = talk.ask("").expect_err("there is nothing to send");
            assert!(matches!(refused, ConversationError::Call(_)), "{refused}");
            Ok::<_, ConversationError>(())
        })
        .on_message(all(), |message: Message| message.respond(message.text()))
        .start(&scene.bot)
        .unwrap();
    for text in ["one", "two", "three"] {
        assert_eq!(ann.hear(), text);
    }
}

/// Of several that wait in one chat, who has waited longest has the next answer.
#[test]
fn who_waits_longest_comes_first() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let _running = Dispatcher::new()
        .on_message(all(), |message: Message| message.respond("handled"))
        .start(&scene.bot)
        .unwrap();
    ann.say("hello");
    assert_eq!(ann.hear(), "handled");
    let asks = |question: &'static str| {
        let mut talk = scene.bot.conversation(ann.id).unwrap().each(PATIENCE);
        move || talk.ask(question).map(|answer| answer.text().to_owned())
    };
    let (first, second, third) = (asks("one?"), asks("two?"), asks("three?"));
    let first = thread::spawn(first);
    assert_eq!(ann.hear(), "one?");
    let second = thread::spawn(second);
    assert_eq!(ann.hear(), "two?");
    let third = thread::spawn(third);
    assert_eq!(ann.hear(), "three?");
    for (asker, text) in [(first, "a"), (second, "b"), (third, "c")] {
        ann.say(text);
        assert_eq!(asker.join().unwrap().unwrap(), text);
    }
}

/// What picks an update may panic: then it does not want it, and nothing ends.
#[test]
fn who_panics_when_asked_wants_nothing() {
    let scene = Scene::new();
    let mut ann = scene.person();
    for text in ["/start", "one", "two"] {
        ann.say(text);
    }
    let _running = Dispatcher::new()
        .on_message(command("start"), |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            let picked = talk.wait_for(|update| match update {
                Update::NewMessage(it) => match it.text() {
                    "two" => true,
                    text => panic!("a bug at {text}"),
                },
                _ => false,
            })?;
            talk.send(format!("{:?}", picked.kind()))?;
            Ok::<_, ConversationError>(())
        })
        .on_message(all(), |message: Message| message.respond(message.text()))
        .start(&scene.bot)
        .unwrap();
    assert_eq!(ann.hear(), "NewMessage");
    assert_eq!(ann.hear(), "one");
}

/// When the dispatcher has ended, a conversation has a stream of its own again.
#[test]
fn after_a_dispatcher_conversations_go_on_by_themselves() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let (tell, told) = telling();
    let running = Dispatcher::new()
        .on_message(all(), move || tell.send(()))
        .start(&scene.bot)
        .unwrap();
    ann.say("hello");
    told.next();
    running.stop().unwrap();
    let mut talk = scene.bot.conversation(ann.id).unwrap().each(PATIENCE);
    let asker = thread::spawn(move || talk.ask("still there?").map(|it| it.text().to_owned()));
    assert_eq!(ann.hear(), "still there?");
    ann.say("yes");
    assert_eq!(asker.join().unwrap().unwrap(), "yes");
}

/// A reply is one to the question that was asked last, not to any.
#[test]
fn a_reply_quotes_what_was_sent_last() {
    let dc = LocalDc::start().unwrap();
    let (ann, bob) = (dc.user(), dc.user());
    let mut heard = bob.updates();
    let mut talk = ann.conversation(name_of(&bob)).unwrap().each(PATIENCE);
    talk.send("one?").unwrap();
    let first = next(&mut heard);
    talk.send("two?").unwrap();
    let second = next(&mut heard);
    first.reply("to the first").unwrap();
    second.reply("to the second").unwrap();
    assert_eq!(talk.reply().unwrap().text(), "to the second");
}

/// It is read when the message that was sent last is.
#[test]
fn what_was_read_before_does_not_count() {
    let dc = LocalDc::start().unwrap();
    let (ann, bob) = (dc.user(), dc.user());
    let (mut heard, mut seen) = (bob.updates(), ann.updates());
    let talk = ann.conversation(name_of(&bob)).unwrap();
    let mut talk = talk.each(Duration::ZERO);
    talk.send("one").unwrap();
    let first = next(&mut heard);
    talk.send("two").unwrap();
    let second = next(&mut heard);
    let peer = bob.resolve_peer(ann.my_id().unwrap()).unwrap();
    let read = |max_id| {
        let peer = peer.clone();
        bob.invoke(&ReadHistory { peer, max_id }).unwrap();
        bob.send_message(ann.my_id().unwrap(), "read").unwrap();
    };
    read(first.id());
    // What comes behind it is here, so it is.
    assert_eq!(next(&mut seen).text(), "read");
    let late = talk.read().unwrap_err();
    let is_late = matches!(late, ConversationError::TimedOut { limit, .. } if limit == Limit::Each);
    assert!(is_late, "{late}");
    read(second.id());
    talk.each(PATIENCE).read().unwrap();
}

/// What this account sends from another device is no answer, even where anybody's is.
#[test]
fn what_one_sends_from_another_device_is_no_answer() {
    fn another_device(dc: &LocalDc, phone: &str) -> Result<Client, SignInError> {
        let device = dc.client_builder().connect()?;
        let token = device.request_login_code(phone)?;
        let code = dc.login_code(phone).expect("it was sent");
        device.sign_in(&token, &code)?;
        Ok(device)
    }
    let dc = LocalDc::start().unwrap();
    let (ann, bob) = (dc.user(), dc.user());
    let phone = ann.get_me().unwrap().phone().unwrap().to_owned();
    let group = found(&ann, &[&bob]);
    let tablet = another_device(&dc, &phone).unwrap();
    let mut talk = ann.conversation(group).unwrap().each(PATIENCE);
    let mut seen = ann.updates();
    let mine = tablet.send_message(group, "mine").unwrap();
    while !matches!(
        seen.next_timeout(PATIENCE).unwrap(),
        Update::NewMessage(it) if it.text() == "mine"
    ) {}
    let of_bob = bob.send_message(group, "of Bob").unwrap();
    assert_eq!(talk.answer().unwrap().text(), "of Bob");
    mine.edit("mine, changed").unwrap();
    while !matches!(
        seen.next_timeout(PATIENCE).unwrap(),
        Update::MessageEdited(_)
    ) {}
    of_bob.edit("of Bob, changed").unwrap();
    assert_eq!(talk.edit().unwrap().text(), "of Bob, changed");
}
