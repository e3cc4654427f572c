//! Streams that are about some kinds and chats only.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ferogram_sync::tl::enums::SendMessageAction;
use ferogram_sync::tl::functions::messages::SetTyping;
use ferogram_sync::{Client, Subscription, Update, UpdateKind, Updates};
use localdc::LocalDc;

const PATIENCE: Duration = Duration::from_secs(60);

struct Scene {
    _dc: LocalDc,
    ann: Client,
    bob: Client,
    carl: Client,
    name: String,
}

impl Scene {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bob, carl) = (dc.user(), dc.user(), dc.user());
        let me = carl.get_me().expect("it is signed in");
        let name = format!("@{}", me.username().expect("he has one"));
        Self {
            _dc: dc,
            ann,
            bob,
            carl,
            name,
        }
    }

    fn write(&self, from: &Client, text: &str) {
        from.send_message(&self.name[..], text).expect("sent");
    }

    fn type_into(&self, from: &Client) {
        let peer = from.resolve_peer(&self.name[..]).expect("it is there");
        let action = SendMessageAction::SendMessageTypingAction;
        let typing = SetTyping {
            peer,
            action,
            ..Default::default()
        };
        from.invoke(&typing).expect("told");
    }
}

fn next(updates: &mut Updates) -> Update {
    updates.next_timeout(PATIENCE).expect("it comes")
}

fn text(update: &Update) -> &str {
    match update {
        Update::NewMessage(message) => message.text(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_wanted_kinds_come_and_only_they_reach_the_filter() {
    let scene = Scene::new();
    let seen = Arc::new(AtomicUsize::new(0));
    let count = {
        let seen = Arc::clone(&seen);
        move |update: &Update| {
            assert_eq!(update.kind(), UpdateKind::NewMessage);
            seen.fetch_add(1, Ordering::Relaxed);
            true
        }
    };
    let kinds = Subscription::new().kinds([UpdateKind::NewMessage]);
    let mut messages = scene.carl.subscribe(kinds.filter(count));
    let kinds = Subscription::new().kinds([UpdateKind::Typing]);
    let mut typing = scene.carl.subscribe(kinds);
    scene.write(&scene.ann, "one");
    scene.type_into(&scene.ann);
    scene.write(&scene.ann, "two");
    scene.type_into(&scene.bob);
    scene.write(&scene.bob, "three");
    for wanted in ["one", "two", "three"] {
        assert_eq!(text(&next(&mut messages)), wanted);
    }
    assert_eq!(seen.load(Ordering::Relaxed), 3);
    for wanted in [&scene.ann, &scene.bob] {
        let update = next(&mut typing);
        let Update::Typing(it) = &update else {
            panic!("{update:?}");
        };
        assert_eq!(Some(it.sender_id()), wanted.my_id());
        assert_eq!(it.chat_id(), it.sender_id());
    }
    assert!(typing.try_next().is_err());
}

#[test]
fn only_wanted_chats_come() {
    let scene = Scene::new();
    let id = |client: &Client| client.my_id().expect("signed in");
    let of = |client| Subscription::new().chats([id(client)]);
    let mut hers = scene.carl.subscribe(of(&scene.ann));
    let mut his = scene.carl.subscribe(of(&scene.bob));
    let both = of(&scene.ann).chats([id(&scene.bob)]);
    let both = both.kinds([UpdateKind::NewMessage]);
    let mut both = scene.carl.subscribe(both);
    for round in ["1", "2", "3"] {
        scene.write(&scene.ann, round);
        scene.write(&scene.bob, round);
    }
    let messages = |updates: &mut Updates, count: usize| -> Vec<(i64, String)> {
        let only = updates
            .iter()
            .filter(|it| it.kind() == UpdateKind::NewMessage);
        let told = only.map(|it| (it.chat_id().expect("of a chat"), text(&it).to_owned()));
        told.take(count).collect()
    };
    let of = |client, round: &str| (id(client), round.to_owned());
    let wanted = ["1", "2", "3"].map(|round| of(&scene.ann, round));
    assert_eq!(messages(&mut hers, 3), wanted);
    let wanted = ["1", "2", "3"].map(|round| of(&scene.bob, round));
    assert_eq!(messages(&mut his, 3), wanted);
    let wanted = ["1", "2", "3"].map(|round| [of(&scene.ann, round), of(&scene.bob, round)]);
    assert_eq!(messages(&mut both, 6), wanted.concat());
}

#[test]
fn what_nobody_wants_holds_nothing_up_and_is_finished() {
    let scene = Scene::new();
    let kinds = Subscription::new().kinds([UpdateKind::Typing]);
    let mut typing = scene.carl.subscribe(kinds.capacity(1));
    for number in 0..50 {
        scene.write(&scene.ann, &number.to_string());
    }
    scene.type_into(&scene.ann);
    assert_eq!(next(&mut typing).kind(), UpdateKind::Typing);
    // Who comes later is given what comes later.
    let mut all = scene
        .carl
        .subscribe(Subscription::new().kinds([UpdateKind::NewMessage]));
    scene.write(&scene.ann, "later");
    assert_eq!(text(&next(&mut all)), "later");
}
