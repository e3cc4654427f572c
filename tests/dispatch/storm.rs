//! Many chats at once, with panics, cuts and waits: each message is handled, in order within its
//! chat, and nothing hangs.
//!
//! `STORM_CHATS` and `STORM_UPDATES` make it larger.
use std::collections::HashMap;
use std::env;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ferogram_sync::filters::text;
use ferogram_sync::middleware::Dedup;
use ferogram_sync::{ConversationError, Dispatcher, Message};
use localdc::{Effect, Rule};

use crate::scene::{PATIENCE, Scene, telling};

fn setting(name: &str, default: usize) -> usize {
    env::var(name)
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(default)
}

#[test]
fn each_message_is_handled_in_order_within_its_chat() {
    let chats = setting("STORM_CHATS", 12);
    let each = setting("STORM_UPDATES", 480) / chats;
    let scene = Scene::new();
    let people: Vec<_> = (0..chats).map(|_| scene.dc.user()).collect();
    let (tell, told) = telling();
    let errors = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&errors);
    let _running = Dispatcher::new()
        .workers(4)
        .middleware(Dedup::new())
        .on_message(text(), move |message: Message| {
            let number: usize = message.text().parse().expect("a number");
            let told = |message: &Message, number| tell.send((message.chat_id(), number)).unwrap();
            told(&message, number);
            match number % 10 {
                3 => panic!("a handler fails"),
                5 => return Err("a handler refuses".into()),
                7 => {
                    // The next one is an answer.
                    let mut talk = message.conversation()?.each(PATIENCE);
                    let next = talk.answer()?;
                    told(&next, next.text().parse().expect("a number"));
                }
                _ => {}
            }
            Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
        })
        .on_error(move |error, _| {
            let waited = error.downcast_ref::<ConversationError>();
            assert!(waited.is_none(), "{error}");
            counted.fetch_add(1, Ordering::Relaxed);
        })
        .start(&scene.bot)
        .unwrap();
    scene
        .dc
        .faults()
        .add(Rule::new(Effect::Lose).updates().every(9));
    thread::scope(|scope| {
        for person in &people {
            let name = &scene.name[..];
            scope.spawn(move || {
                for number in 0..each {
                    person.send_message(name, number.to_string()).expect("sent");
                }
            });
        }
        for _ in 0..3 {
            thread::sleep(std::time::Duration::from_millis(150));
            scene.dc.cut_connections();
        }
    });
    scene.dc.faults().clear();
    scene.dc.cut_connections();
    let mut seen: HashMap<i64, Vec<usize>> = HashMap::new();
    for (chat, number) in told.take(chats * each) {
        seen.entry(chat).or_default().push(number);
    }
    assert_eq!(seen.len(), chats);
    for numbers in seen.values() {
        assert_eq!(*numbers, (0..each).collect::<Vec<_>>());
    }
    assert!(errors.load(Ordering::Relaxed) >= chats * (each / 10));
}
