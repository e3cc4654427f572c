//! What is going to happen: messages, edits and deletions in four chats, the same in every run.
use serde_json::json;

use super::{Result, say};

/// The chats: a private one, a basic group, a supergroup, a channel.
pub(crate) const PLACES: [&str; 4] = ["private", "group", "supergroup", "channel"];

/// What is done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Send,
    Edit,
    Delete,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) label: Label,
    pub(crate) deed: Deed,
    /// How often the message was edited by then.
    pub(crate) version: usize,
}

/// A message: the chat, by its place in [`PLACES`], and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Label {
    pub(crate) place: usize,
    pub(crate) number: usize,
}

impl Step {
    /// What stands in the message then: which it is, so that whoever reads it knows.
    pub(crate) fn text(&self) -> String {
        let Label { place, number } = self.label;
        format!("{} {number} v{}", PLACES[place], self.version)
    }
}

/// Reads what [`Step::text`] has written.
pub(crate) fn read(text: &str) -> Option<(Label, usize)> {
    let mut words = text.split(' ');
    let name = words.next()?;
    let place = PLACES.iter().position(|it| *it == name)?;
    let number = words.next()?.parse().ok()?;
    let version = words.next()?.strip_prefix('v')?.parse().ok()?;
    Some((Label { place, number }, version))
}

/// Of ten steps, seven send, two edit and one deletes, as chance will have it.
pub(crate) fn plan(count: usize) -> Vec<Step> {
    let mut dice = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = move |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    let mut sent = [0; PLACES.len()];
    // Those that are there, each with how often it was edited.
    let mut there: [Vec<(usize, usize)>; PLACES.len()] = Default::default();
    let mut steps = Vec::new();
    while steps.len() < count {
        let place = draw(PLACES.len());
        let (roll, here) = (draw(10), &mut there[place]);
        let (deed, number, version) = if roll < 7 || here.is_empty() {
            here.push((sent[place], 0));
            sent[place] += 1;
            (Deed::Send, sent[place] - 1, 0)
        } else if roll < 9 {
            let which = draw(here.len());
            let (number, version) = &mut here[which];
            *version += 1;
            (Deed::Edit, *number, *version)
        } else {
            let (number, version) = here.swap_remove(draw(here.len()));
            (Deed::Delete, number, version)
        };
        let label = Label { place, number };
        steps.push(Step {
            label,
            deed,
            version,
        });
    }
    steps
}

/// One array, for programs in other languages.
pub(crate) fn print(count: usize) -> Result<()> {
    let steps = plan(count);
    let steps = steps.iter().map(|step| {
        let what = match step.deed {
            Deed::Send => "send",
            Deed::Edit => "edit",
            Deed::Delete => "delete",
        };
        let Label { place, number } = step.label;
        json!({"do": what, "place": PLACES[place], "number": number, "text": step.text()})
    });
    say(&serde_json::Value::Array(steps.collect()).to_string());
    Ok(())
}
