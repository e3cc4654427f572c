//! Races the tracker against the message boxes of `grammers-session` in one process, on the same
//! updates.
//!
//! The two take turns within each round, so that whatever else the machine does falls on both. What
//! is timed is what happens between a container as it was read and the updates in their order;
//! reading it and dropping what came out are not. The rows are medians over the rounds.
use std::time::{Duration, Instant};

use ferogram_sync::Now;
use ferogram_sync::store::{Account, UpdateState};
use ferogram_sync::tl::{Deserialize as _, Serialize as _, enums, types};
use ferogram_sync::tracker::{Origin, Output, Tracker, TrackerConfig};
use grammers_session::types::{ChannelState, UpdatesState};
use grammers_session::updates::{MessageBoxes, UpdatesLike};
use grammers_tl_types::{Deserializable as _, enums as peer};

const ROUNDS: usize = 15;
const UPDATES: i32 = 20_000;
const FEW: i64 = 10;
const MANY: i64 = 10_000;

fn main() {
    println!("| {UPDATES} updates | ferogram-sync | grammers-session | ratio |");
    println!("|---|---|---|---|");
    race("a private message in a short form each", FEW, shorts());
    race(
        "a container with a message and its sender each",
        FEW,
        containers(1),
    );
    race("containers of ten, in disorder", FEW, containers(10));
    race("every second message before the first", FEW, swapped());
    race("posts of ten channels, in turns", FEW, posts(FEW));
    race("posts of 10,000 channels, in turns", MANY, posts(MANY));
    race(
        "a short message each, beside 10,000 channels",
        MANY,
        shorts(),
    );
}

fn race(what: &str, channels: i64, traffic: Vec<enums::Updates>) {
    let traffic: Vec<Vec<u8>> = traffic.iter().map(|one| one.to_bytes()).collect();
    let mut times = [(); 2].map(|()| Vec::new());
    for _ in 0..ROUNDS {
        times[0].push(mine(&traffic, channels));
        times[1].push(theirs(&traffic, channels));
    }
    let [mine, theirs] = times.map(|mut times| {
        times.sort();
        times[ROUNDS / 2].as_secs_f64()
    });
    let rate = |time: f64| f64::from(UPDATES) / time / 1e6;
    println!(
        "| {what} | {:.2} M/s | {:.2} M/s | {:.2} |",
        rate(mine),
        rate(theirs),
        mine / theirs
    );
}

fn mine(traffic: &[Vec<u8>], channels: i64) -> Duration {
    let read = |bytes: &Vec<u8>| enums::Updates::from_bytes(bytes).expect("it was written so");
    let traffic: Vec<_> = traffic.iter().map(read).collect();
    let mut config = TrackerConfig::new(Account {
        user_id: 1,
        bot: false,
    });
    config.state = Some(UpdateState {
        pts: 1,
        qts: 1,
        date: 1,
        seq: 1,
    });
    config.channels = (0..channels).map(|id| (id, 1)).collect();
    let unix = Duration::from_secs(1_800_000_000);
    let now = || Now {
        instant: Instant::now(),
        unix,
    };
    let mut tracker = Tracker::new(now(), config);
    let mut given = Vec::with_capacity(traffic.len() * 2);
    let begin = Instant::now();
    for updates in traffic {
        let now = now();
        tracker.handle_updates(now, updates, Origin::Push, &mut |_| true);
        loop {
            match tracker.poll_output(now) {
                Output::Timeout(_) => break,
                output => given.push(output),
            }
        }
    }
    let took = begin.elapsed();
    let events = given.iter().map(|output| match output {
        Output::Updates(batch) => batch.events.len(),
        _ => 0,
    });
    assert_eq!(events.sum::<usize>(), UPDATES as usize);
    took
}

fn theirs(traffic: &[Vec<u8>], channels: i64) -> Duration {
    let read = |bytes: &Vec<u8>| peer::Updates::from_bytes(bytes).expect("it is the same layer");
    let traffic: Vec<_> = traffic.iter().map(read).collect();
    let mut boxes = MessageBoxes::load(UpdatesState {
        pts: 1,
        qts: 1,
        date: 1,
        seq: 1,
        channels: (0..channels)
            .map(|id| ChannelState { id, pts: 1 })
            .collect(),
    });
    settle(&mut boxes);
    let mut given = Vec::with_capacity(traffic.len());
    let begin = Instant::now();
    for updates in traffic {
        given.push(boxes.process_updates(UpdatesLike::Updates(updates)));
        boxes.check_deadlines();
    }
    let took = begin.elapsed();
    let events = given.iter().flatten().map(|(updates, ..)| updates.len());
    assert_eq!(events.sum::<usize>(), UPDATES as usize);
    took
}

/// Boxes that were loaded want all their differences first.
fn settle(boxes: &mut MessageBoxes) {
    use grammers_tl_types::types::updates as answers;
    while boxes.get_difference().is_some() {
        boxes.apply_difference(answers::DifferenceEmpty { date: 1, seq: 1 }.into());
    }
    while boxes.get_channel_difference().is_some() {
        let empty = answers::ChannelDifferenceEmpty {
            r#final: true,
            pts: 1,
            timeout: None,
        };
        boxes.apply_channel_difference(empty.into());
    }
}

fn message(pts: i32) -> enums::Update {
    types::UpdateNewMessage {
        message: types::Message {
            id: pts,
            peer_id: types::PeerUser { user_id: 2 }.into(),
            from_id: Some(types::PeerUser { user_id: 2 }.into()),
            message: "A message of usual length, as people write them.".into(),
            ..Default::default()
        }
        .into(),
        pts,
        pts_count: 1,
    }
    .into()
}

fn container(updates: Vec<enums::Update>, seq: i32) -> enums::Updates {
    let user = types::User {
        id: 2,
        access_hash: Some(3),
        first_name: Some("Somebody".into()),
        ..Default::default()
    };
    types::Updates {
        updates,
        users: vec![user.into()],
        chats: Vec::new(),
        date: 1_800_000_000,
        seq,
    }
    .into()
}

fn shorts() -> Vec<enums::Updates> {
    let short = |pts| {
        types::UpdateShortMessage {
            id: pts,
            user_id: 2,
            message: "A message of usual length, as people write them.".into(),
            pts,
            pts_count: 1,
            date: 1_800_000_000,
            ..Default::default()
        }
        .into()
    };
    (2..UPDATES + 2).map(short).collect()
}

fn containers(size: i32) -> Vec<enums::Updates> {
    let one = |index: i32| {
        let first = 2 + index * size;
        let updates = (first..first + size).rev().map(message).collect();
        container(updates, index + 2)
    };
    (0..UPDATES / size).map(one).collect()
}

fn swapped() -> Vec<enums::Updates> {
    let one = |index: i32| container(vec![message(2 + (index ^ 1))], 0);
    (0..UPDATES).map(one).collect()
}

fn posts(channels: i64) -> Vec<enums::Updates> {
    let one = |index: i32| {
        let channel_id = i64::from(index) % channels;
        let pts = 2 + index / channels as i32;
        let post = types::UpdateNewChannelMessage {
            message: types::Message {
                id: pts,
                peer_id: types::PeerChannel { channel_id }.into(),
                message: "A message of usual length, as people write them.".into(),
                ..Default::default()
            }
            .into(),
            pts,
            pts_count: 1,
        };
        container(vec![post.into()], 0)
    };
    (0..UPDATES).map(one).collect()
}
