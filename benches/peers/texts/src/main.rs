//! Races the parsers of HTML and Markdown against those of `grammers-client` and `ferogram`, in one
//! process, on the same messages.
//!
//! All take turns within each round. A turn is short, and of many the shortest counts: that is the
//! one in which the machine has done nothing else. The ratio is to the better of both.
use std::hint::black_box;
use std::time::{Duration, Instant};

use ferogram_sync::text::FormattedText;
use grammers_client::parsers as grammers;

const ROUNDS: usize = 100;
const TURN: Duration = Duration::from_micros(1500);

/// As long as a message may be.
const UNITS: usize = 4096;

fn main() {
    println!("| message of 4096 units | ours | grammers | ferogram | ratio |");
    println!("|---|---|---|---|---|");
    let plain = "Сегодня вечером we meet at the usual place, \u{1f600} and nobody brings a cake. ";
    let sparse = fill(&[plain, plain, plain, plain, plain, "A **word** more. "]);
    let dense = fill(&[
        "**Жирный** text, `code` and [a link](http://a.example/?q=1). ",
        "\u{1f600} **Two words** of it, [linked](http://b.example/) `x = y + z`. ",
    ]);
    for (name, text) in [
        ("one mark in 400 letters", sparse),
        ("two marks a line", dense),
    ] {
        read(name, &text);
    }
}

/// So many of these pieces, in turn, as fit a message.
fn fill(pieces: &[&str]) -> FormattedText {
    let mut text = String::new();
    for piece in pieces.iter().cycle() {
        let longer = format!("{text}{piece}");
        if FormattedText::markdown(&longer).utf16_len() > UNITS {
            break;
        }
        text = longer;
    }
    FormattedText::markdown(text.trim())
}

/// Reads a message in both forms, and writes it.
fn read(name: &str, text: &FormattedText) {
    let html = text.to_html().text;
    let (theirs, marks) = grammers::parse_html_message(&html);
    assert_eq!(
        (&theirs, marks.len()),
        (&text.text, text.entities.len()),
        "grammers, HTML"
    );
    let (theirs, marks) = ferogram_parsers::parse_html(&html);
    assert_eq!(
        (&theirs, marks.len()),
        (&text.text, text.entities.len()),
        "ferogram, HTML"
    );
    race(
        &format!("read HTML, {name}"),
        || FormattedText::html(black_box(&html)).is_ok(),
        || grammers::parse_html_message(black_box(&html)).1.len(),
        || ferogram_parsers::parse_html(black_box(&html)).1.len(),
    );
    let markdown = text.to_markdown().text;
    let (theirs, marks) = grammers::parse_markdown_message(&markdown);
    assert_eq!(
        (&theirs, marks.len()),
        (&text.text, text.entities.len()),
        "grammers, Markdown"
    );
    let (theirs, marks) = ferogram_markdown(&markdown);
    assert_eq!(
        (&theirs, marks.len()),
        (&text.text, text.entities.len()),
        "ferogram, Markdown"
    );
    race(
        &format!("read Markdown, {name}"),
        || FormattedText::markdown(black_box(&markdown)).entities.len(),
        || {
            grammers::parse_markdown_message(black_box(&markdown))
                .1
                .len()
        },
        || ferogram_markdown(black_box(&markdown)).1.len(),
    );
    let v2 = text.to_markdown_v2().text;
    race(
        &format!("read MarkdownV2 (grammers: Markdown), {name}"),
        || FormattedText::markdown_v2(black_box(&v2)).is_ok(),
        || {
            grammers::parse_markdown_message(black_box(&markdown))
                .1
                .len()
        },
        || ferogram_parsers::parse_markdown_v2(black_box(&v2)).1.len(),
    );
    let (for_grammers, marks_of_grammers) = grammers::parse_html_message(&html);
    let (for_ferogram, marks_of_ferogram) = ferogram_parsers::parse_html(&html);
    race(
        &format!("write HTML, {name}"),
        || black_box(text).to_html().text.len(),
        || grammers::generate_html_message(black_box(&for_grammers), &marks_of_grammers).len(),
        || ferogram_parsers::generate_html(black_box(&for_ferogram), &marks_of_ferogram).len(),
    );
}

/// The dialect that has two of each mark.
#[expect(
    deprecated,
    reason = "it is the one that reads the same text as the others"
)]
fn ferogram_markdown(markdown: &str) -> (String, Vec<ferogram_tl_types::enums::MessageEntity>) {
    ferogram_parsers::parse_markdown_v1(markdown)
}

fn race<A, B, C>(
    name: &str,
    mut ours: impl FnMut() -> A,
    mut grammers: impl FnMut() -> B,
    mut ferogram: impl FnMut() -> C,
) {
    let mut times = 1;
    while turn(times, &mut ours) < TURN {
        times *= 2;
    }
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let each = |took: Duration| took.as_secs_f64() / f64::from(times);
        rounds.push([
            each(turn(times, &mut ours)),
            each(turn(times, &mut grammers)),
            each(turn(times, &mut ferogram)),
        ]);
    }
    let least = |place: usize| rounds.iter().map(|round| round[place]).fold(1.0, f64::min);
    let [ours, grammers, ferogram] = [0, 1, 2].map(least);
    let ratio = ours / grammers.min(ferogram);
    let [ours, grammers, ferogram] = [ours, grammers, ferogram].map(show);
    println!("| {name} | {ours} | {grammers} | {ferogram} | {ratio:.2} |");
}

fn turn<T>(times: u32, work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        black_box(work());
    }
    start.elapsed()
}

fn show(seconds: f64) -> String {
    format!("{:.1} µs", seconds * 1e6)
}
