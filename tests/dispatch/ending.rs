//! How a dispatcher ends, and what is finished by then.
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crossbeam_channel::RecvTimeoutError;
use ferogram_sync::filters::{all, text_is};
use ferogram_sync::{
    Client, ConversationError, Dispatcher, Ended, Error, MemoryStore, Message, NetError, NoUpdate,
    Running, Update,
};
use localdc::LocalDc;

use crate::scene::{PATIENCE, Scene, telling};

#[test]
fn it_ends_with_the_client_and_waits_for_its_handlers() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let bot = scene.bot.clone();
    let runs = thread::spawn(move || {
        Dispatcher::new()
            .on_message(all(), move |message: Message| {
                tell.send("begun").unwrap();
                thread::sleep(Duration::from_millis(200));
                let refused = message.reply("too late").is_err();
                tell.send(if refused { "refused" } else { "sent" }).unwrap();
            })
            .run(&bot)
    });
    ann.say("hello");
    assert_eq!(told.next(), "begun");
    scene.bot.close().unwrap();
    assert_eq!(runs.join().unwrap().unwrap(), Ended::Closed);
    assert_eq!(told.now(), "refused", "it was waited for");
}

/// A handler may close the client, or stop its dispatcher: neither waits for itself.
#[test]
fn a_handler_may_end_all() {
    let scene = Scene::new();
    let ann = scene.person();
    let ended = thread::scope(|scope| {
        let runs = scope.spawn(|| {
            Dispatcher::new()
                .on_message(all(), |client: Client| client.close())
                .run(&scene.bot)
        });
        ann.say("end");
        runs.join().unwrap()
    });
    assert_eq!(ended.unwrap(), Ended::Closed);

    let scene = Scene::new();
    let ann = scene.person();
    let stopper = Arc::new(Mutex::new(None));
    let own = Arc::clone(&stopper);
    let running = Dispatcher::new()
        .on_message(all(), move || {
            let running: Option<Running> = own.lock().unwrap().take();
            running.expect("it was put there").stop()
        })
        .start(&scene.bot)
        .unwrap();
    let token = running.stopper();
    *stopper.lock().unwrap() = Some(running);
    ann.say("end");
    let mut updates = scene.bot.updates();
    while stopper.lock().unwrap().is_some() {
        thread::yield_now();
    }
    token.stop();
    ann.say("more");
    loop {
        if let Update::NewMessage(message) = updates.next_timeout(PATIENCE).unwrap()
            && message.text() == "more"
        {
            break;
        }
    }
}

#[test]
fn a_handler_that_would_wait_for_its_own_end_is_told() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let own: Arc<Mutex<Option<Running>>> = Arc::default();
    let running = Dispatcher::new()
        .on_message(all(), {
            let own = Arc::clone(&own);
            move || {
                let running = own.lock().unwrap().take().expect("it was put there");
                tell.send(running.wait()).unwrap();
            }
        })
        .start(&scene.bot)
        .unwrap();
    let ended = running.ended().clone();
    *own.lock().unwrap() = Some(running);
    ann.say("wait");
    let waited = told.next();
    assert!(matches!(waited, Err(Error::Net(NetError::WouldDeadlock))));
    // It has stopped with its handle.
    let ended = ended.recv_timeout(PATIENCE);
    assert_eq!(ended, Err(RecvTimeoutError::Disconnected));
}

/// The last `Client` goes in a handler: all ends there, and nothing waits for itself.
#[test]
fn the_last_client_may_go_in_a_handler() {
    let dc = LocalDc::start().unwrap();
    let (bot, ann) = (dc.bot(), dc.user());
    let name = format!("@{}", bot.get_me().unwrap().username().unwrap());
    let last = Arc::new(Mutex::new(None));
    let own = Arc::clone(&last);
    let (tell, told) = channel();
    let running = Dispatcher::new()
        .on_message(all(), move |message: Message| {
            drop(own.lock().unwrap().take());
            tell.send(message.reply("anybody?").is_err()).unwrap();
        })
        .start(&bot)
        .unwrap();
    *last.lock().unwrap() = Some(bot);
    ann.send_message(&name[..], "end").unwrap();
    assert!(told.recv_timeout(PATIENCE).unwrap(), "the client is gone");
    assert_eq!(running.wait().unwrap(), Ended::Closed);
}

#[test]
fn what_was_not_handled_comes_again() {
    let dc = LocalDc::start().unwrap();
    let ann = dc.user();
    let bot = dc.bot();
    let id = bot.my_id().unwrap();
    let name = format!("@{}", bot.get_me().unwrap().username().unwrap());
    let store: MemoryStore = dc.session_of(id);
    drop(bot);
    let connect = |store| dc.client_builder().session(store).connect().unwrap();
    let (tell, told) = telling();
    let (release, held) = channel::<()>();
    let held = Mutex::new(held);
    let bot = connect(store.clone());
    let running = Dispatcher::new()
        .workers(1)
        .on_message(text_is("2"), move |message: Message| {
            tell.send(message.text().to_owned()).unwrap();
            held.lock().unwrap().recv_timeout(PATIENCE).ok();
            Err::<(), _>("closed meanwhile")
        })
        .start(&bot)
        .unwrap();
    for number in 1..=3 {
        ann.send_message(&name[..], number.to_string()).unwrap();
    }
    assert_eq!(told.next(), "2");
    bot.close().unwrap();
    drop(release);
    assert_eq!(running.wait().unwrap(), Ended::Closed);
    drop(bot);
    // The first was handled: whether that was kept, or it comes again, is as it was. The others
    // come in any case.
    let bot = connect(store);
    let mut updates = bot.updates();
    let mut seen = Vec::new();
    while seen.last().is_none_or(|text| text != "3") {
        match updates.next_timeout(PATIENCE) {
            Ok(Update::NewMessage(message)) => seen.push(message.text().to_owned()),
            Ok(_) => {}
            Err(NoUpdate::TimedOut) => panic!("they do not come again: {seen:?}"),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(seen[seen.len() - 2..], ["2", "3"]);
}

/// Whether its handler failed, or a conversation took it: it is finished, and what is said of that
/// may fail too.
#[test]
fn what_was_handled_does_not_come_again() {
    let dc = LocalDc::start().unwrap();
    let (ann, bot) = (dc.user(), dc.bot());
    let id = bot.my_id().unwrap();
    let name = format!("@{}", bot.get_me().unwrap().username().unwrap());
    let store: MemoryStore = dc.session_of(id);
    drop(bot);
    let connect = || {
        dc.client_builder()
            .session(store.clone())
            .connect()
            .unwrap()
    };
    let (tell, told) = telling();
    let bot = connect();
    let running = Dispatcher::new()
        .on_message(text_is("ask"), move |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            let answer = talk.answer()?.text().to_owned();
            drop(talk);
            tell.send(answer).unwrap();
            Ok::<_, ConversationError>(())
        })
        .on_message(text_is("fail"), || Err::<(), _>("it fails"))
        .on_message(text_is("panic"), || -> () { panic!("it panics") })
        .on_error(|_, _| panic!("and so does this"))
        .start(&bot)
        .unwrap();
    for text in ["fail", "panic", "ask", "answer"] {
        ann.send_message(&name[..], text).unwrap();
    }
    assert_eq!(told.next(), "answer");
    running.stop().unwrap();
    bot.close().unwrap();
    ann.send_message(&name[..], "new").unwrap();
    let bot = connect();
    let mut updates = bot.updates();
    loop {
        if let Update::NewMessage(message) = updates.next_timeout(PATIENCE).unwrap() {
            assert_eq!(message.text(), "new");
            break;
        }
    }
}

/// Who waits in a handler is told that it is over, and is waited for.
#[test]
fn handlers_that_wait_are_told_of_the_end() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let (tell, told) = telling();
    let running = Dispatcher::new()
        .workers(1)
        .on_message(all(), move |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            let ended = talk.ask("and?").map(drop);
            tell.send(matches!(
                ended,
                Err(ConversationError::Ended(Ended::Stopped))
            ))
            .unwrap();
            Ok::<_, ConversationError>(())
        })
        .start(&scene.bot)
        .unwrap();
    ann.say("hello");
    assert_eq!(ann.hear(), "and?");
    assert_eq!(running.stop().unwrap(), Ended::Stopped);
    assert!(told.now(), "it was told before `stop` came back");
}
