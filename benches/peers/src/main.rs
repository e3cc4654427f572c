//! Races the TL code against `grammers-tl-types` in one process, on the same bytes.
//!
//! The two take turns within each round, so that whatever else the machine does falls on both. The
//! rows are medians over the rounds; the ratio is the median of the rounds' ratios.
use std::hint::black_box;
use std::time::{Duration, Instant};

use ferogram_sync::tl::{self, Deserialize as _, Serialize as _};
use grammers_tl_types::{self as peer, Deserializable as _, Serializable as _};

#[path = "../../src/page.rs"]
mod page;

const ROUNDS: usize = 15;
const TURN: Duration = Duration::from_millis(20);

fn main() {
    assert_eq!(tl::LAYER, peer::LAYER, "both must speak the same layer");
    println!("| what | ferogram-sync | grammers-tl-types | ratio |");
    println!("|---|---|---|---|");
    a_page();
    get_history();
    send_message();
}

fn a_page() {
    let mine = page::page();
    let bytes = mine.to_bytes();
    let theirs = peer::enums::messages::Messages::from_bytes(&bytes).expect("it is the same layer");
    assert_eq!(theirs.to_bytes(), bytes, "theirs reads and writes the same");
    let again = tl::enums::messages::Messages::from_bytes(&bytes).expect("it is the same layer");
    assert_eq!(again.to_bytes(), bytes, "ours reads and writes the same");

    let size = bytes.len();
    race(
        &format!("parse a page of 100 messages ({size} B)"),
        || tl::enums::messages::Messages::from_bytes(black_box(&bytes)).is_ok(),
        || peer::enums::messages::Messages::from_bytes(black_box(&bytes)).is_ok(),
    );
    race_writing("serialise the page", &mine, &theirs);
}

fn get_history() {
    let mine = tl::functions::messages::GetHistory {
        peer: tl::types::InputPeerUser {
            user_id: 7,
            access_hash: 9,
        }
        .into(),
        limit: 100,
        ..Default::default()
    };
    let theirs = peer::functions::messages::GetHistory {
        peer: peer::types::InputPeerUser {
            user_id: 7,
            access_hash: 9,
        }
        .into(),
        offset_id: 0,
        offset_date: 0,
        add_offset: 0,
        limit: 100,
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    race_writing("serialise `messages.getHistory`", &mine, &theirs);
}

fn send_message() {
    let mine = tl::functions::messages::SendMessage {
        peer: tl::types::InputPeerUser {
            user_id: 7,
            access_hash: 9,
        }
        .into(),
        message: "Hello, World!".into(),
        random_id: 7,
        ..Default::default()
    };
    let theirs = peer::functions::messages::SendMessage {
        no_webpage: false,
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer: peer::types::InputPeerUser {
            user_id: 7,
            access_hash: 9,
        }
        .into(),
        reply_to: None,
        message: "Hello, World!".into(),
        random_id: 7,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
        rich_message: None,
    };
    race_writing("serialise `messages.sendMessage`", &mine, &theirs);
}

/// Twice: into a buffer that is used again, and into a new one (which is what grammers' client
/// does for each request).
fn race_writing(name: &str, mine: &impl tl::Serialize, theirs: &impl peer::Serializable) {
    assert_eq!(mine.to_bytes(), theirs.to_bytes(), "both write the same");
    let mut ours = Vec::with_capacity(1 << 20);
    let mut others = Vec::with_capacity(1 << 20);
    race(
        &format!("{name}, buffer used again"),
        || {
            ours.clear();
            black_box(mine).serialize(&mut ours);
            black_box(ours.len())
        },
        || {
            others.clear();
            black_box(theirs).serialize(&mut others);
            black_box(others.len())
        },
    );
    race(
        &format!("{name}, new buffer"),
        || black_box(mine).to_bytes(),
        || black_box(theirs).to_bytes(),
    );
}

fn race<A, B>(name: &str, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) {
    let mut times = 1;
    while turn(times, &mut ours) < TURN {
        times *= 2;
    }
    turn(times, &mut theirs);

    let mut rounds = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        // Who begins changes, so that neither always runs in the other's wake.
        let (first, second);
        if round % 2 == 0 {
            first = turn(times, &mut ours);
            second = turn(times, &mut theirs);
            rounds.push((first, second));
        } else {
            first = turn(times, &mut theirs);
            second = turn(times, &mut ours);
            rounds.push((second, first));
        }
    }
    let each = |duration: Duration| duration.as_secs_f64() / f64::from(times);
    let our_time = median(rounds.iter().map(|round| each(round.0)));
    let their_time = median(rounds.iter().map(|round| each(round.1)));
    let ratio = median(rounds.iter().map(|round| each(round.0) / each(round.1)));
    println!(
        "| {name} | {} | {} | {ratio:.2} |",
        show(our_time),
        show(their_time)
    );
}

fn turn<T>(times: u32, work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        black_box(work());
    }
    start.elapsed()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn show(seconds: f64) -> String {
    if seconds < 1e-6 {
        format!("{:.1} ns", seconds * 1e9)
    } else {
        format!("{:.1} µs", seconds * 1e6)
    }
}
