//! What a client was told, held against what has happened.
use std::collections::{BTreeMap, HashMap};
use std::io::stdin;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::plan::{Deed, Label, PLACES, plan};
use super::{Result, plan, say};

/// For how long nothing may be told while something is missing. A client that is away for a while
/// tells nothing.
const QUIET: Duration = Duration::from_secs(45);

/// A message, as it is in the end or as a client knows it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    version: usize,
    deleted: bool,
}

/// Takes in one event after the other. What was sent and deleted while the client was away it need
/// not be told, and of edits it made up for, the last is enough: a difference has the messages as
/// they are (<https://core.telegram.org/api/updates>).
pub(crate) struct Ledger {
    wanted: BTreeMap<Label, Known>,
    seen: BTreeMap<Label, Known>,
    /// The number of the last new message of each chat.
    last: [Option<usize>; PLACES.len()],
    /// Messages by the channel that numbers them, if one does, and their number.
    ids: HashMap<(Option<i64>, i32), Label>,
    /// How many are not as they have to be in the end.
    open: usize,
    /// What was told, and what there was to tell.
    told: usize,
    steps: usize,
}

impl Ledger {
    pub(crate) fn new(count: usize) -> Self {
        let mut wanted: BTreeMap<Label, Known> = BTreeMap::new();
        for step in plan(count) {
            let known = wanted.entry(step.label).or_default();
            known.version = step.version;
            known.deleted = step.deed == Deed::Delete;
        }
        Self {
            open: wanted.values().filter(|it| !it.deleted).count(),
            wanted,
            seen: BTreeMap::new(),
            last: Default::default(),
            ids: HashMap::new(),
            told: 0,
            steps: count,
        }
    }

    /// Whether everything is as it has to be in the end.
    pub(crate) fn is_complete(&self) -> bool {
        self.open == 0
    }

    /// A new message. `channel` is whatever stands for the channel that numbers it.
    pub(crate) fn new_message(&mut self, channel: Option<i64>, id: i32, text: &str) -> Result<()> {
        let (label, version) = plan::read(text).ok_or_else(|| format!("{text:?} was not sent"))?;
        if self.seen.contains_key(&label) {
            return Err(format!("{text:?} comes twice").into());
        }
        let last = &mut self.last[label.place];
        if last.is_some_and(|last| last > label.number) {
            return Err(format!("{text:?} comes after number {last:?}").into());
        }
        *last = Some(label.number);
        self.ids.insert((channel, id), label);
        let known = Known {
            version,
            deleted: false,
        };
        self.note(label, known)
    }

    /// A message with another text.
    pub(crate) fn edited(&mut self, text: &str) -> Result<()> {
        let (label, version) = plan::read(text).ok_or_else(|| format!("{text:?} was not sent"))?;
        match self.seen.get(&label) {
            Some(known) if known.deleted => Err(format!("{text:?} was deleted").into()),
            Some(known) if known.version > version => {
                Err(format!("{text:?} comes after version {}", known.version).into())
            }
            Some(_) => self.note(
                label,
                Known {
                    version,
                    deleted: false,
                },
            ),
            // Its deletion was over before the client had it, and this is told all the same.
            None => Ok(()),
        }
    }

    /// Messages are gone.
    pub(crate) fn deleted(&mut self, channel: Option<i64>, ids: &[i32]) -> Result<()> {
        for id in ids {
            // One that came and went while the client was away.
            let Some(label) = self.ids.get(&(channel, *id)).copied() else {
                continue;
            };
            let version = self.seen.get(&label).map_or(0, |known| known.version);
            self.note(
                label,
                Known {
                    version,
                    deleted: true,
                },
            )?;
        }
        Ok(())
    }

    fn note(&mut self, label: Label, known: Known) -> Result<()> {
        let wanted = self.wanted.get(&label);
        let wanted = *wanted.ok_or_else(|| format!("{label:?} was not sent"))?;
        let settled = |known: Option<&Known>| match known {
            Some(known) => *known == wanted || wanted.deleted && known.deleted,
            None => wanted.deleted,
        };
        let before = settled(self.seen.get(&label));
        let after = settled(Some(&known));
        self.seen.insert(label, known);
        self.told += 1;
        self.open = self.open + usize::from(before) - usize::from(after);
        Ok(())
    }

    /// Whether every message that is there in the end was told, in whatever version.
    fn is_told(&self) -> bool {
        let mut there = self.wanted.iter().filter(|(_, it)| !it.deleted);
        there.all(|(label, _)| self.seen.contains_key(label))
    }

    /// How many of all events were told by themselves.
    pub(crate) fn summary(&self) -> String {
        format!("{} of {} events", self.told, self.steps)
    }

    /// What is missing, for an error.
    pub(crate) fn missing(&self) -> String {
        let open = self
            .wanted
            .iter()
            .filter(|(label, wanted)| match self.seen.get(label) {
                Some(known) => known != *wanted && !(wanted.deleted && known.deleted),
                None => !wanted.deleted,
            });
        let names = open.map(|(label, _)| format!("{} {}", PLACES[label.place], label.number));
        let names: Vec<String> = names.take(5).collect();
        let told = self.summary();
        format!(
            "{} are missing after {told}: {} …",
            self.open,
            names.join(", ")
        )
    }
}

/// Reads events from the input: `{"do": "new", "channel": …, "id": …, "text": …}`, `"edit"` with a
/// text, `"delete"` with a channel and `"ids"`.
pub(crate) fn check(count: usize) -> Result<()> {
    let mut ledger = Ledger::new(count);
    let (give, given) = mpsc::channel();
    thread::spawn(move || {
        stdin()
            .lines()
            .map_while(|line| line.ok())
            .all(|it| give.send(it).is_ok())
    });
    while let Ok(line) = given.recv_timeout(QUIET) {
        let event: Value = serde_json::from_str(&line)?;
        let channel = event["channel"].as_i64();
        let text = event["text"].as_str().unwrap_or_default();
        let was_complete = ledger.is_complete();
        match event["do"].as_str() {
            Some("new") => ledger.new_message(channel, number(&event["id"])?, text)?,
            Some("edit") => ledger.edited(text)?,
            Some("delete") => {
                let ids = event["ids"].as_array().ok_or("ids")?;
                let ids: Vec<i32> = ids.iter().map(number).collect::<Result<_>>()?;
                ledger.deleted(channel, &ids)?;
            }
            _ => return Err(format!("no event: {event}").into()),
        }
        if ledger.is_complete() && !was_complete {
            say("complete");
        }
    }
    match (ledger.is_complete(), ledger.is_told()) {
        (true, _) => say(&ledger.summary()),
        (false, true) => say(&format!("stale: {}", ledger.missing())),
        (false, false) => return Err(ledger.missing().into()),
    }
    Ok(())
}

fn number(value: &Value) -> Result<i32> {
    Ok(value.as_i64().ok_or("a number")?.try_into()?)
}
