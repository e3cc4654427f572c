//! Updates: whatever the line does, each comes once and in order, to every stream.
use std::thread;
use std::time::Duration;

use ferogram_sync::store::PeerKey;
use ferogram_sync::tl::functions::messages::SendMessage;
use ferogram_sync::{Client, Lost, NoUpdate, Subscription, Update, Updates, WhenFull, WhyLost};
use localdc::{Effect, LocalDc, NewChannel, Rule};

pub(super) const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Scene {
    pub(super) dc: LocalDc,
    /// Who sends.
    pub(super) ann: Client,
    pub(super) bot: Client,
    name: String,
}

impl Scene {
    pub(super) fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bot) = (dc.user(), dc.bot());
        let me = bot.get_me().expect("it is signed in");
        let name = format!("@{}", me.username().expect("bots have one"));
        Self { dc, ann, bot, name }
    }

    /// Sent by somebody whose line is not cut.
    fn happen(&self, numbers: impl IntoIterator<Item = u32>) {
        let (ann, bot) = (self.ann.my_id(), self.bot.my_id());
        let (ann, bot) = (ann.expect("signed in"), bot.expect("signed in"));
        for number in numbers {
            let request = SendMessage {
                peer: self.dc.user_peer(ann, bot),
                message: number.to_string(),
                random_id: i64::from(number) + 1,
                ..Default::default()
            };
            self.dc.call_as(ann, &request).expect("sent");
        }
    }

    pub(super) fn send(&self, numbers: impl IntoIterator<Item = u32>) {
        for number in numbers {
            let text = number.to_string();
            self.ann.send_message(&self.name[..], text).expect("sent");
        }
    }
}

/// The number that the next message is about.
pub(super) fn next(updates: &mut Updates) -> u32 {
    loop {
        match updates.next_timeout(PATIENCE).expect("an update comes") {
            Update::NewMessage(message) => return message.text().parse().expect("a number"),
            Update::Lost(lost) => panic!("{lost:?}"),
            _ => {}
        }
    }
}

pub(super) fn take(updates: &mut Updates, count: usize) -> Vec<u32> {
    (0..count).map(|_| next(updates)).collect()
}

pub(super) fn numbers(numbers: impl IntoIterator<Item = u32>) -> Vec<u32> {
    numbers.into_iter().collect()
}

#[test]
fn what_the_line_swallows_is_asked_for() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    let lose = Rule::new(Effect::Lose).updates().every(3);
    let lose = scene.dc.faults().add(lose);
    scene.send(1..30);
    assert!(scene.dc.faults().fired(lose) > 5);
    scene.dc.faults().clear();
    scene.send(30..31);
    assert_eq!(take(&mut updates, 30), numbers(1..31));
}

#[test]
fn what_comes_twice_or_out_of_order_comes_once_and_in_order() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    let delay = Effect::Delay(Duration::from_millis(30));
    for (seed, effect) in [Effect::Duplicate, Effect::Reorder, delay]
        .into_iter()
        .enumerate()
    {
        let rule = Rule::new(effect).updates().chance(0.4, seed as u64);
        scene.dc.faults().add(rule);
    }
    scene.send(0..60);
    scene.dc.faults().clear();
    scene.send(60..61);
    assert_eq!(take(&mut updates, 61), numbers(0..61));
    let more = updates.next_timeout(Duration::from_millis(200));
    assert!(!matches!(more, Ok(Update::NewMessage(_))), "{more:?}");
}

#[test]
fn what_happens_between_two_connections_is_asked_for() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    for round in 1..4 {
        // A server that has restarted sends nothing of what nobody listened to.
        scene.dc.forget_sessions();
        scene.dc.cut_connections();
        scene.send(round * 10..round * 10 + 5);
        assert_eq!(take(&mut updates, 5), numbers(round * 10..round * 10 + 5));
    }
}

/// A club that has been silent, and one of its members.
fn silent_club() -> (LocalDc, Client, i64, i64) {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let club = NewChannel::private("Club").megagroup().owner(ann);
    let club = dc.add_channel(club.members([bob_id]));
    (dc, bob, ann, club)
}

/// The server is away for a while, and knows nobody's session when it is back.
fn while_away(dc: &LocalDc, happen: impl FnOnce()) {
    let faults = dc.faults();
    let away = faults.add(Rule::new(Effect::Refuse));
    dc.cut_connections();
    dc.forget_sessions();
    while faults.fired(away) < 1 {
        thread::sleep(Duration::from_millis(10));
    }
    happen();
    // Whatever the old connection had still to say may have begun the session anew before that.
    dc.forget_sessions();
    faults.remove(away);
}

/// P3: of a channel that was silent since the program began, nobody knows from where on to ask,
/// unless its dialog was listed.
#[test]
fn what_was_missed_in_a_silent_channel_whose_dialog_was_listed_comes() {
    let (dc, bob, ann, club) = silent_club();
    let mut updates = bob.updates();
    let listed: Vec<_> = bob.iter_dialogs().collect::<Result<_, _>>().expect("told");
    assert!(!listed.is_empty());
    while_away(&dc, || {
        dc.post(club, ann, "0");
        dc.post(club, ann, "1");
    });
    assert_eq!(take(&mut updates, 2), [0, 1]);
}

#[test]
fn what_was_missed_in_a_channel_that_had_been_silent_is_told() {
    let (dc, bob, ann_id, club) = silent_club();
    let mut updates = bob.updates();
    while_away(&dc, || {
        dc.post(club, ann_id, "while nobody listens");
    });
    let lost = loop {
        match updates.next_timeout(PATIENCE).expect("it is told") {
            Update::Lost(lost) => break lost,
            Update::NewMessage(message) => panic!("{message:?}"),
            _ => {}
        }
    };
    assert_eq!(lost.peer, Some(PeerKey::Channel(club)), "{lost:?}");
    dc.post(club, ann_id, "and now somebody does");
    let message = loop {
        if let Update::NewMessage(it) = updates.next_timeout(PATIENCE).expect("it comes") {
            break it;
        }
    };
    assert_eq!(message.text(), "and now somebody does");
}

/// The difference of a channel comes in parts, and something happens to the answer to one of them.
fn hears_all_parts_though(mishap: Rule, then: impl Fn(&LocalDc)) {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let club = NewChannel::private("Club").megagroup().owner(ann_id);
    let club = dc.add_channel(club.members([bob_id]));
    dc.set_slice(3);
    let mut updates = bob.updates();
    bob.get_me().expect("signed in");
    dc.post(club, ann_id, "0");
    assert_eq!(next(&mut updates), 0);
    let faults = dc.faults();
    let withheld = faults.add(Rule::new(Effect::Withhold).updates());
    for number in 1..12 {
        dc.post(club, ann_id, number.to_string());
    }
    faults.remove(withheld);
    let mishap = faults.add(mishap.method("updates.getChannelDifference").times(1));
    dc.post(club, ann_id, "12");
    while faults.fired(mishap) == 0 {
        thread::sleep(Duration::from_millis(1));
    }
    then(&dc);
    assert_eq!(take(&mut updates, 12), numbers(1..13));
    dc.post(club, ann_id, "13");
    assert_eq!(next(&mut updates), 13, "nothing comes twice");
}

#[test]
fn what_a_channel_tells_in_parts_is_whole_though_an_answer_is_lost() {
    for part in 0..3 {
        hears_all_parts_though(Rule::new(Effect::DropAnswer).after(part), |dc| {
            dc.forget_sessions();
            dc.cut_connections();
        });
        let broken = Rule::new(Effect::internal(500, true)).after(part);
        hears_all_parts_though(broken, |_| {});
    }
}

#[test]
fn what_was_missed_in_an_outage_comes_without_a_call() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    for round in 1..3 {
        let faults = scene.dc.faults();
        let away = faults.add(Rule::new(Effect::Refuse));
        scene.dc.cut_connections();
        scene.dc.forget_sessions();
        while faults.fired(away) < 3 {
            thread::sleep(Duration::from_millis(10));
        }
        scene.happen(round * 10..round * 10 + 5);
        faults.remove(away);
        assert_eq!(take(&mut updates, 5), numbers(round * 10..round * 10 + 5));
    }
}

#[test]
fn own_doings_are_counted_and_not_handed_out() {
    let scene = Scene::new();
    let me = scene.ann.get_me().expect("she is signed in");
    let name = format!("@{}", me.username().expect("she has one"));
    let answer = |number: u32| {
        let text = number.to_string();
        scene.bot.send_message(&name[..], text).expect("sent");
    };
    let mut updates = scene.ann.updates();
    scene.send(0..1);
    answer(100);
    assert_eq!(next(&mut updates), 100);
    let asked_for = || scene.dc.executed("updates.getDifference");
    // Time enough for a gap to be noticed.
    let quiet = updates.next_timeout(Duration::from_millis(1500));
    assert!(matches!(quiet, Err(NoUpdate::TimedOut)), "{quiet:?}");
    let asked = asked_for();
    for round in 1..6 {
        scene.send(round * 5..round * 5 + 5);
        answer(100 + round);
        assert_eq!(next(&mut updates), 100 + round);
    }
    assert_eq!(asked_for(), asked, "nothing was missing");
}

#[test]
fn each_stream_is_given_all_that_it_wants() {
    let scene = Scene::new();
    let mut all = scene.bot.updates();
    let even = |update: &Update| match update {
        Update::NewMessage(it) => it.text().parse::<u32>().is_ok_and(|number| number % 2 == 0),
        _ => false,
    };
    let mut even = scene.bot.subscribe(Subscription::new().filter(even));
    let receiver = scene.bot.updates().receiver();
    scene.send(0..10);
    assert_eq!(take(&mut all, 10), numbers(0..10));
    assert_eq!(take(&mut even, 5), [0, 2, 4, 6, 8]);
    let mut received = 0;
    while received < 10 {
        let update = receiver.recv_timeout(PATIENCE).expect("it comes");
        received += u32::from(matches!(update, Update::NewMessage(_)));
    }
}

#[test]
fn a_stream_that_may_lose_the_oldest_tells_how_many() {
    let scene = Scene::new();
    let is_message = |update: &Update| matches!(update, Update::NewMessage(_));
    let small = Subscription::new().filter(is_message).capacity(3);
    let mut small = scene.bot.subscribe(small.when_full(WhenFull::DropOldest));
    let mut all = scene.bot.updates();
    scene.send(0..10);
    // Streams are given each update in the order in which they were begun.
    assert_eq!(take(&mut all, 10), numbers(0..10));
    match small.next() {
        Some(Update::Lost(Lost {
            count: Some(7),
            why: WhyLost::Slow,
            ..
        })) => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(take(&mut small, 3), [7, 8, 9]);
}

#[test]
fn a_full_stream_holds_the_others_up_and_loses_nothing() {
    let scene = Scene::new();
    let is_message = |update: &Update| matches!(update, Update::NewMessage(_));
    let mut small = scene
        .bot
        .subscribe(Subscription::new().filter(is_message).capacity(1));
    scene.send(0..20);
    assert_eq!(take(&mut small, 20), numbers(0..20));
    // Nobody waits for one that is gone, and the client ends though one is full.
    let mut all = scene.bot.updates();
    scene.send(20..30);
    drop(small);
    assert_eq!(take(&mut all, 10), numbers(20..30));
    let full = scene.bot.subscribe(Subscription::new().capacity(1));
    scene.send(30..35);
    drop(scene.bot);
    drop((full, all));
}

#[test]
fn what_a_stream_leaves_is_the_next_ones() {
    let scene = Scene::new();
    let mut first = scene.bot.updates();
    scene.send(0..6);
    assert_eq!(take(&mut first, 2), [0, 1]);
    drop(first);
    scene.send(6..8);
    let mut second = scene.bot.updates();
    assert_eq!(take(&mut second, 6), numbers(2..8));
}

#[test]
fn what_was_not_finished_comes_again_after_a_restart_and_nothing_else() {
    let scene = Scene::new();
    let id = scene.bot.my_id().expect("signed in");
    let store = scene.dc.session_of(id);
    let open = || {
        let builder = scene.dc.client_builder().session(store.clone());
        builder.connect().expect("it starts")
    };
    let bot = open();
    bot.get_me().expect("from here on it is told");
    let mut updates = bot.updates();
    scene.send(0..1);
    assert_eq!(next(&mut updates), 0);
    scene.send(1..5);
    assert_eq!(take(&mut updates, 3), numbers(1..4));
    // The last one that was given is not finished: a crash happens here.
    std::mem::forget(updates);
    drop(bot);
    scene.send(5..8);
    let bot = open();
    let mut updates = bot.updates();
    assert_eq!(take(&mut updates, 5), numbers(3..8));
}

#[test]
fn what_workers_do_not_acknowledge_comes_again() {
    let scene = Scene::new();
    let id = scene.bot.my_id().expect("signed in");
    let store = scene.dc.session_of(id);
    let open = || {
        let builder = scene.dc.client_builder().session(store.clone());
        builder.connect().expect("it starts")
    };
    let bot = open();
    bot.get_me().expect("from here on it is told");
    let is_message = |update: &Update| matches!(update, Update::NewMessage(_));
    let messages = || Subscription::new().filter(is_message);
    let deliveries = bot.subscribe(messages()).deliveries();
    let work = |failing: u32| {
        let delivery = deliveries.recv_timeout(PATIENCE).expect("it comes");
        let Update::NewMessage(message) = &*delivery else {
            panic!("{delivery:?}");
        };
        if message.text() != failing.to_string() {
            delivery.ack();
        }
    };
    scene.send(0..1);
    work(5);
    scene.send(1..8);
    (1..8).for_each(|_| work(5));
    drop(bot);
    assert!(deliveries.recv().is_err(), "it ends with the client");
    let bot = open();
    let mut updates = bot.subscribe(messages());
    // What others of the workers had finished after it does not.
    scene.send(8..9);
    assert_eq!(take(&mut updates, 2), [5, 8]);
}
