//! Streams of updates among each other, and what is left of them.
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ferogram_sync::tl::enums::SendMessageAction;
use ferogram_sync::tl::functions::messages::{SendMessage, SetTyping};
use ferogram_sync::{Client, Error, Lost, Subscription, Update, WhenFull, WhyLost};

use localdc::{LocalDc, NewChannel};

use super::updates::{PATIENCE, Scene, next, numbers, take};

fn messages() -> Subscription {
    Subscription::new().filter(|update| matches!(update, Update::NewMessage(_)))
}

fn number(update: &Update) -> u32 {
    match update {
        Update::NewMessage(message) => message.text().parse().expect("a number"),
        other => panic!("{other:?}"),
    }
}

/// Whether something comes true before anybody loses patience.
fn soon(mut is_true: impl FnMut() -> bool) -> bool {
    (0..6_000).any(|_| {
        thread::sleep(Duration::from_millis(10));
        is_true()
    })
}

/// P3: what nothing counts and had to be dropped is told, and how many there were.
#[test]
fn what_nothing_counts_and_has_no_room_is_told() {
    const TYPED: u64 = 300;
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let bob_id = bob.my_id().expect("signed in");
    drop(bob);
    let builder = dc.client_builder().session(dc.session_of(bob_id));
    let bob = builder.update_queue(2).connect().expect("it starts");
    let what = |update: &Update| {
        matches!(
            update,
            Update::Typing(_) | Update::NewMessage(_) | Update::Lost(_)
        )
    };
    let mut updates = bob.subscribe(Subscription::new().filter(what).capacity(1));
    let name = bob.get_me().expect("it is connected");
    let name = format!("@{}", name.username().expect("he has one"));
    let peer = ann.resolve_peer(name.as_str()).expect("he is there");
    ann.send_message(name.as_str(), "from here on he is told")
        .expect("sent");
    for _ in 0..TYPED {
        let action = SendMessageAction::SendMessageTypingAction;
        let (peer, top_msg_id) = (peer.clone(), None);
        ann.invoke(&SetTyping {
            peer,
            top_msg_id,
            action,
        })
        .expect("she may");
    }
    // By now all of it has come, or had no room.
    bob.get_me().expect("it is connected");
    ann.send_message(name.as_str(), "the last").expect("sent");
    let (mut typed, mut lost) = (0, 0);
    loop {
        match updates.next_timeout(PATIENCE).expect("it comes") {
            Update::Typing(_) => typed += 1,
            Update::Lost(Lost { count, why, .. }) => {
                assert_eq!(why, WhyLost::NoRoom);
                lost += count.expect("it is counted");
            }
            Update::NewMessage(message) if message.text() == "the last" => break,
            _ => {}
        }
    }
    // What came with the last one may be told after it.
    while typed + lost < TYPED {
        match updates.next_timeout(PATIENCE).expect("it is told") {
            Update::Typing(_) => typed += 1,
            Update::Lost(Lost { count, .. }) => lost += count.expect("it is counted"),
            _ => {}
        }
    }
    assert!(lost > 0, "there was room for all");
    assert_eq!(typed + lost, TYPED);
}

/// What an answer counts that nobody looked at is made up for by a difference.
#[test]
fn answers_that_nobody_takes_leave_no_gap_for_ever() {
    let scene = Scene::new();
    let me = scene.ann.get_me().expect("she is signed in");
    let name = format!("@{}", me.username().expect("she has one"));
    let peer = scene.bot.resolve_peer(name.as_str()).expect("she is there");
    // The difference has the own messages too.
    let received = |it: &Update| matches!(it, Update::NewMessage(it) if !it.outgoing());
    let mut updates = scene.bot.subscribe(Subscription::new().filter(received));
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    let send = |random_id: i64| {
        scene.bot.submit(&SendMessage {
            peer: peer.clone(),
            message: "unseen".to_owned(),
            random_id,
            ..Default::default()
        })
    };
    send(1).detach();
    assert!(soon(|| scene.dc.executed("messages.sendMessage") >= 2));
    scene.send(1..3);
    assert_eq!(take(&mut updates, 2), [1, 2]);
    let pending = send(2);
    let queue = pending.receiver().expect("it is under way").clone();
    assert!(queue.recv_timeout(PATIENCE).is_ok(), "it is answered");
    drop(pending);
    scene.send(3..6);
    assert_eq!(take(&mut updates, 3), [3, 4, 5]);
}

/// The bot of a scene, in a session that can be opened again.
fn reopened(scene: &Scene) -> impl Fn() -> Client + '_ {
    let store = scene.dc.session_of(scene.bot.my_id().expect("signed in"));
    move || {
        let builder = scene.dc.client_builder().session(store.clone());
        builder.connect().expect("it starts")
    }
}

#[test]
fn what_is_taken_from_a_receiver_is_finished_and_nothing_else() {
    let scene = Scene::new();
    let open = reopened(&scene);
    let bot = open();
    bot.get_me().expect("from here on it is told");
    let receiver = bot.subscribe(messages()).receiver();
    let take_one = || number(&receiver.recv_timeout(PATIENCE).expect("it comes"));
    scene.send(0..6);
    assert_eq!([take_one(), take_one(), take_one()], [0, 1, 2]);
    drop(bot);
    assert!(receiver.recv().is_err(), "it ends with the client");
    let bot = open();
    let mut updates = bot.subscribe(messages());
    assert_eq!(take(&mut updates, 3), [3, 4, 5]);
}

#[test]
fn what_a_receiver_leaves_is_the_next_ones() {
    let scene = Scene::new();
    let receiver = scene.bot.subscribe(messages()).receiver();
    scene.send(0..4);
    let first = receiver.recv_timeout(PATIENCE).expect("it comes");
    assert_eq!(number(&first), 0);
    drop(receiver);
    let mut updates = scene.bot.subscribe(messages());
    scene.send(4..6);
    assert_eq!(take(&mut updates, 5), numbers(1..6));
}

#[test]
fn workers_are_told_what_was_dropped_by_what_comes_first() {
    let scene = Scene::new();
    let small = messages().capacity(3).when_full(WhenFull::DropOldest);
    let deliveries = scene.bot.subscribe(small).deliveries();
    let mut all = scene.bot.updates();
    scene.send(0..10);
    assert_eq!(take(&mut all, 10), numbers(0..10));
    let mut came = Vec::new();
    for _ in 0..4 {
        let delivery = deliveries.recv_timeout(PATIENCE).expect("it comes");
        match &*delivery {
            Update::Lost(Lost {
                count: Some(7),
                why: WhyLost::Slow,
                ..
            }) => came.push(100),
            other => came.push(number(other)),
        }
        delivery.ack();
    }
    assert_eq!(came, [100, 7, 8, 9]);
}

#[test]
fn others_wait_for_a_stream_no_longer_than_it_was_given() {
    let scene = Scene::new();
    let mut first = scene.bot.subscribe(messages());
    let brief = messages().capacity(2).name("brief");
    let brief = brief.longest_wait(Duration::from_millis(300));
    let mut brief = scene.bot.subscribe(brief);
    scene.send(0..3);
    assert_eq!(take(&mut first, 3), numbers(0..3));
    assert!(soon(|| scene
        .bot
        .lag()
        .is_some_and(|lag| lag.stream == "brief")));
    scene.send(3..9);
    assert_eq!(take(&mut first, 6), numbers(3..9));
    assert!(soon(|| scene.bot.lag().is_none()));
    match brief.next() {
        Some(Update::Lost(lost)) => assert_eq!(lost.count, Some(7)),
        other => panic!("{other:?}"),
    }
    assert_eq!(take(&mut brief, 2), [7, 8]);
}

/// More than a queue has room for, and more than there is memory for at once.
#[test]
fn a_stream_may_hold_whatever_number_is_said() {
    const MANY: u32 = 1100;
    let scene = Scene::new();
    let mut large = scene.bot.subscribe(messages().capacity(usize::MAX));
    let mut other = scene.bot.subscribe(messages().longest_wait(None));
    scene.send(0..MANY);
    assert_eq!(take(&mut other, MANY as usize), numbers(0..MANY));
    assert_eq!(take(&mut large, MANY as usize), numbers(0..MANY));
}

#[test]
fn a_filter_goes_with_its_stream_and_with_it_the_client_that_it_holds() {
    let scene = Scene::new();
    let other = scene.dc.bot();
    other.get_me().expect("it is connected");
    drop(scene.bot);
    let held = other.clone();
    let filter = move |_: &Update| held.my_id().is_some();
    let mut updates = other.subscribe(Subscription::new().filter(filter));
    drop(other);
    assert!(updates.try_next().is_err());
    let before = scene.dc.connections();
    drop(updates);
    assert!(soon(|| scene.dc.connections() < before), "it has ended");
}

#[test]
fn what_a_reader_panicked_over_comes_again_though_others_go_on() {
    let scene = Scene::new();
    let open = reopened(&scene);
    let bot = open();
    bot.get_me().expect("from here on it is told");
    let mut calm = bot.subscribe(messages());
    let mut nervous = bot.subscribe(messages());
    scene.send(0..3);
    assert_eq!(next(&mut nervous), 0);
    let panicked = catch_unwind(AssertUnwindSafe(move || {
        assert_ne!(next(&mut nervous), 1, "that was too much");
    }));
    assert!(panicked.is_err());
    assert_eq!(take(&mut calm, 3), numbers(0..3));
    drop(calm);
    drop(bot);
    let bot = open();
    let mut updates = bot.subscribe(messages());
    assert_eq!(next(&mut updates), 1);
}

#[test]
fn an_own_message_comes_to_who_wants_it_however_short_the_answer_was() {
    let scene = Scene::new();
    let mut own = scene.ann.subscribe(messages().own_doings(true));
    let mut others = scene.ann.subscribe(messages());
    assert!(others.next_timeout(Duration::from_millis(700)).is_err());
    scene.send(7..8);
    let Ok(Update::NewMessage(message)) = own.next_timeout(PATIENCE) else {
        panic!("it comes");
    };
    let bot = scene.bot.get_me().expect("it is signed in");
    assert!(message.outgoing() && message.text() == "7");
    assert_eq!(
        *message.peer(),
        ferogram_sync::tl::types::PeerUser { user_id: bot.id() }.into()
    );
    assert!(others.try_next().is_err(), "these were not asked for");
}

/// P3: whoever has a stream is told what somebody else does next.
#[test]
fn what_happens_right_after_a_stream_is_begun_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user().my_id().expect("signed in");
    for n in 0..20 {
        // He has not connected yet.
        let bob = dc.user();
        let club = NewChannel::private("Club").megagroup().owner(ann);
        let club = dc.add_channel(club.members([bob.my_id().expect("signed in")]));
        let mut updates = bob.subscribe(messages());
        dc.post(club, ann, n.to_string());
        let update = updates.next_timeout(PATIENCE).expect("it comes");
        assert_eq!(number(&update), n);
    }
}

/// What a program does last counts too: started again, it is not told of it.
#[test]
fn what_is_done_right_before_the_end_does_not_come_again() {
    let scene = Scene::new();
    let open = reopened(&scene);
    let ann = scene.ann.my_id().expect("signed in");
    for round in 0..20 {
        let bot = open();
        let mut updates = bot.subscribe(messages());
        if round > 0 {
            assert_eq!(next(&mut updates), round - 1);
            assert!(updates.try_next().is_err(), "that is finished, and all");
            bot.send_message(ann, "the bot's own").expect("sent");
        }
        bot.close().expect("it is kept");
        drop(updates);
        scene.send(round..round + 1);
    }
}

#[test]
fn a_difference_is_asked_for_once_when_a_stream_is_begun() {
    let scene = Scene::new();
    let open = reopened(&scene);
    let asked = || scene.dc.executed("updates.getDifference");
    let begin = |number: u32, is_connected| {
        let before = asked();
        let bot = open();
        if is_connected {
            bot.get_me().expect("it is connected");
        }
        let mut updates = bot.subscribe(messages());
        scene.send(number..number + 1);
        assert_eq!(next(&mut updates), number);
        let quiet = updates.next_timeout(Duration::from_millis(700));
        assert!(quiet.is_err(), "{quiet:?}");
        asked() - before
    };
    begin(0, true);
    assert_eq!(begin(1, true), 1);
    assert_eq!(begin(2, false), 1);
}

#[test]
fn what_was_handled_in_the_midst_of_a_difference_does_not_come_again() {
    let scene = Scene::new();
    let open = reopened(&scene);
    let bot = open();
    bot.get_me().expect("from here on it is told");
    let mut updates = bot.subscribe(messages());
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    drop((updates, bot));
    scene.send(1..40);
    for handled in [10, 11, 25] {
        let bot = open();
        let mut updates = bot.subscribe(messages());
        let first = next(&mut updates);
        let done = take(&mut updates, handled - first as usize);
        assert_eq!(done.last(), Some(&(handled as u32)));
        // The last one is not finished: a crash happens here.
        std::mem::forget(updates);
        drop(bot);
        let bot = open();
        let mut updates = bot.subscribe(messages());
        assert_eq!(next(&mut updates), handled as u32);
        std::mem::forget(updates);
    }
    let bot = open();
    let mut updates = bot.subscribe(messages());
    assert_eq!(take(&mut updates, 15), numbers(25..40));
}

#[test]
fn who_does_not_catch_up_begins_now() {
    let scene = Scene::new();
    let store = scene.dc.session_of(scene.bot.my_id().expect("signed in"));
    let open = |catch_up| {
        let builder = scene.dc.client_builder().session(store.clone());
        builder.catch_up(catch_up).connect().expect("it starts")
    };
    let begin = |catch_up| {
        let bot = open(catch_up);
        let updates = bot.subscribe(messages());
        (bot, updates)
    };
    let (bot, mut updates) = begin(true);
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    drop((updates, bot));
    scene.send(1..4);
    let (bot, mut updates) = begin(false);
    scene.send(4..5);
    assert_eq!(next(&mut updates), 4);
    drop((updates, bot));
    scene.send(5..6);
    let (_bot, mut updates) = begin(true);
    assert_eq!(next(&mut updates), 5);
}

#[test]
fn at_most_once_gives_nothing_again() {
    let scene = Scene::new();
    let store = scene.dc.session_of(scene.bot.my_id().expect("signed in"));
    let open = || {
        let builder = scene.dc.client_builder().session(store.clone());
        builder.at_most_once(true).connect().expect("it starts")
    };
    let bot = open();
    bot.get_me().expect("from here on it is told");
    let mut updates = bot.subscribe(messages());
    scene.send(0..3);
    assert_eq!(take(&mut updates, 2), [0, 1]);
    // Nothing is finished, and all the same nothing comes again.
    std::mem::forget(updates);
    drop(bot);
    scene.send(3..4);
    let bot = open();
    let mut updates = bot.subscribe(messages());
    let first = next(&mut updates);
    assert!(first == 2 || first == 3, "{first}");
}

#[test]
fn bots_watch_nothing_and_users_are_no_channels() {
    let scene = Scene::new();
    let refused = scene.bot.watch_channel("me");
    assert!(
        matches!(refused, Err(Error::NotForBots { .. })),
        "{refused:?}"
    );
    let refused = scene.ann.watch_channel("me");
    assert!(matches!(refused, Err(Error::Peer(_))), "{refused:?}");
}

#[test]
fn a_filter_that_panics_lets_through() {
    let scene = Scene::new();
    static ONCE: AtomicBool = AtomicBool::new(true);
    let filter = |_: &Update| match ONCE.swap(false, Ordering::Relaxed) {
        true => panic!("a bug of the program's"),
        false => true,
    };
    let mut updates = scene.bot.subscribe(Subscription::new().filter(filter));
    scene.send(0..2);
    assert_eq!(take(&mut updates, 2), [0, 1]);
}
