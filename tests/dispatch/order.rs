//! In which order updates are handled, and by how many at a time.
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

use ferogram_sync::filters::{all, text_is};
use ferogram_sync::{Dispatcher, Message};

use crate::scene::{PATIENCE, Scene, telling};

/// F1: quick messages of one chat are handled one after the other, each after the last has ended.
#[test]
fn messages_of_one_chat_are_handled_one_after_the_other() {
    let scene = Scene::new();
    let people: Vec<_> = (0..3).map(|_| scene.person()).collect();
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .on_message(all(), move |message: Message| {
            tell.send((message.chat_id(), message.text().to_owned(), "begins"))
                .unwrap();
            std::thread::sleep(Duration::from_millis(2));
            tell.send((message.chat_id(), message.text().to_owned(), "ends"))
                .unwrap();
        })
        .start(&scene.bot)
        .unwrap();
    for number in 0..20 {
        for person in &people {
            person.say(&number.to_string());
        }
    }
    let all = told.take(3 * 20 * 2);
    for person in &people {
        let of_person = all.iter().filter(|(chat, ..)| *chat == person.id);
        let seen: Vec<_> = of_person
            .map(|(_, text, what)| format!("{text} {what}"))
            .collect();
        let expected: Vec<_> = (0..20)
            .flat_map(|number| [format!("{number} begins"), format!("{number} ends")])
            .collect();
        assert_eq!(seen, expected);
    }
}

#[test]
fn a_slow_chat_delays_no_other() {
    let scene = Scene::new();
    let (ann, bob) = (scene.person(), scene.person());
    let (tell, told) = telling();
    let (release, held) = channel::<()>();
    let held = Mutex::new(held);
    let _running = Dispatcher::new()
        .workers(2)
        .on_message(text_is("slow"), move || {
            held.lock().unwrap().recv_timeout(PATIENCE).ok();
        })
        .on_message(all(), move |message: Message| {
            tell.send(message.text().to_owned())
        })
        .start(&scene.bot)
        .unwrap();
    ann.say("slow");
    ann.say("behind");
    for number in 0..10 {
        bob.say(&number.to_string());
        assert_eq!(told.next(), number.to_string());
    }
    drop(release);
    assert_eq!(told.next(), "behind");
}

/// A bug in what says the order ends nothing.
#[test]
fn an_order_that_panics_is_none() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .order_by(|_| panic!("a bug"))
        .on_message(all(), move |message: Message| {
            tell.send(message.text().to_owned())
        })
        .start(&scene.bot)
        .unwrap();
    for text in ["one", "two"] {
        ann.say(text);
        assert_eq!(told.next(), text);
    }
}

/// With a key of the program's, what has the same one is in order, whichever chat it is from.
#[test]
fn a_program_says_what_is_in_order() {
    let scene = Scene::new();
    let (ann, bob) = (scene.person(), scene.person());
    let (tell, told) = telling();
    let (release, held) = channel::<()>();
    let held = Mutex::new(held);
    let _running = Dispatcher::new()
        .order_by(|_| Some(1))
        .on_message(text_is("slow"), move || {
            held.lock().unwrap().recv_timeout(PATIENCE).ok();
        })
        .on_message(all(), move |message: Message| {
            tell.send(message.text().to_owned())
        })
        .start(&scene.bot)
        .unwrap();
    ann.say("slow");
    bob.say("behind");
    assert!(told.nothing_for(Duration::from_millis(300)));
    drop(release);
    assert_eq!(told.next(), "behind");
}
