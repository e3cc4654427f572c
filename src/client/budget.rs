//! How often the server has said "too many requests", method by method.
use std::collections::BTreeMap;
use std::time::Duration;

use parking_lot::Mutex;

use crate::store::Note;

/// Under this name they are kept, each under the method's name.
const ROOM: &str = "client.budgets";

/// So long after a wait was over it is remembered, in seconds: limits are of minutes, hours or, at
/// the longest, a day.
const KEPT: i64 = 7 * 24 * 3600;

/// So many methods are remembered: no program floods more, and the schema has not many more.
const METHODS_MAX: usize = 512;

/// A note's layout; the first byte says so.
const FORMAT: u8 = 1;

/// What the server has said of one method when it wanted fewer calls of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budget {
    /// The method's name in the schema, such as `messages.sendMessage`.
    pub method: String,
    /// How long the server wanted to be left alone, the last time.
    pub last_wait: Duration,
    /// How often it has said so, as far as that is remembered.
    pub times: u64,
    /// When the last wait is over, or was, in seconds since the Unix epoch.
    pub until: i64,
}

/// What is remembered of all methods.
#[derive(Default)]
pub(crate) struct Budgets(Mutex<BTreeMap<String, Budget>>);

impl Budgets {
    /// The room of the store that they are read from.
    pub(super) const ROOM: &str = ROOM;

    /// As the store has kept them. A note that is none of this version's is left out.
    pub(super) fn new(notes: &[Note]) -> Self {
        let mut all = BTreeMap::new();
        for budget in notes.iter().filter_map(Budget::read) {
            all.insert(budget.method.clone(), budget);
        }
        Self(Mutex::new(all))
    }

    /// The account that they belong to is gone.
    pub(super) fn forget(&self) {
        self.0.lock().clear();
    }

    /// Counts a refusal, and says what is to be kept of it.
    pub(super) fn flooded(&self, method: &str, wait: Duration, now: i64) -> Note {
        let mut all = self.0.lock();
        all.retain(|_, it| !it.is_past(now));
        let seconds = i64::try_from(wait.as_secs()).unwrap_or(KEPT);
        let times = all.get(method).map_or(0, |it| it.times);
        let budget = Budget {
            method: method.to_owned(),
            last_wait: wait,
            times: times.saturating_add(1),
            until: now.saturating_add(seconds),
        };
        let note = budget.note();
        all.insert(method.to_owned(), budget);
        if all.len() > METHODS_MAX
            && let Some(oldest) = all.values().min_by_key(|it| it.until)
        {
            let oldest = oldest.method.clone();
            all.remove(&oldest);
        }
        note
    }

    /// Those that are remembered at this time.
    pub(super) fn at(&self, now: i64) -> Vec<Budget> {
        let all = self.0.lock();
        all.values()
            .filter(|it| !it.is_past(now))
            .cloned()
            .collect()
    }
}

impl Budget {
    fn expires(&self) -> i64 {
        self.until.saturating_add(KEPT)
    }

    fn is_past(&self, now: i64) -> bool {
        self.expires() <= now
    }

    fn note(&self) -> Note {
        let mut bytes = vec![FORMAT];
        bytes.extend(self.last_wait.as_secs().to_le_bytes());
        bytes.extend(self.times.to_le_bytes());
        bytes.extend(self.until.to_le_bytes());
        Note {
            room: ROOM.to_owned(),
            key: self.method.clone().into_bytes(),
            bytes,
            expires: Some(self.expires()),
        }
    }

    fn read(note: &Note) -> Option<Self> {
        let method = String::from_utf8(note.key.clone()).ok()?;
        let (&FORMAT, fields) = note.bytes.split_first()? else {
            return None;
        };
        let (fields, []) = fields.as_chunks::<8>() else {
            return None;
        };
        let &[wait, times, until] = fields else {
            return None;
        };
        Some(Self {
            method,
            last_wait: Duration::from_secs(u64::from_le_bytes(wait)),
            times: u64::from_le_bytes(times),
            until: i64::from_le_bytes(until),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: Duration = Duration::from_secs(30);

    #[test]
    fn floods_are_counted_kept_and_forgotten_in_time() {
        let budgets = Budgets::default();
        budgets.flooded("a", WAIT, 1000);
        let a = budgets.flooded("a", 2 * WAIT, 2000);
        let b = budgets.flooded("b", WAIT, 5000);
        let again = Budgets::new(&[a.clone(), b]);
        for budgets in [&budgets, &again] {
            let all = budgets.at(5000);
            let names: Vec<&str> = all.iter().map(|it| &*it.method).collect();
            assert_eq!(names, ["a", "b"]);
            assert_eq!((all[0].times, all[0].until), (2, 2060));
            assert_eq!(all[0].last_wait, 2 * WAIT);
            assert_eq!(budgets.at(2060 + KEPT).len(), 1);
        }
        assert_eq!(a.expires, Some(2060 + KEPT));
        let later = again.flooded("a", WAIT, 2060 + KEPT);
        assert_eq!(Budget::read(&later).map(|it| it.times), Some(1), "anew");
        again.forget();
        assert!(again.at(5000).is_empty());
    }

    #[test]
    fn nonsense_is_left_out_and_there_is_a_limit() {
        let budgets = Budgets::default();
        let whole = budgets.flooded("a", Duration::MAX, 0);
        for len in 0..whole.bytes.len() {
            let mut cut = whole.clone();
            cut.bytes.truncate(len);
            assert_eq!(Budget::read(&cut), None);
        }
        let mut newer = whole.clone();
        newer.bytes[0] += 1;
        assert_eq!(Budget::read(&newer), None);
        assert!(Budget::read(&whole).is_some());
        for method in 0..=METHODS_MAX as i64 {
            budgets.flooded(&method.to_string(), WAIT, method);
        }
        let all = budgets.at(0);
        assert_eq!(all.len(), METHODS_MAX);
        assert!(!all.iter().any(|it| it.method == "0"), "the oldest went");
    }
}
