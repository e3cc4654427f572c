//! Deadlines: many kept in order, and the earliest of a few.
use std::collections::BTreeSet;
use std::time::Instant;

/// A set of deadlines, each with the key of what is due then.
pub(crate) struct Deadlines<K> {
    set: BTreeSet<(Instant, K)>,
}

impl<K: Ord + Copy> Deadlines<K> {
    pub(crate) fn new() -> Self {
        Self {
            set: BTreeSet::new(),
        }
    }

    pub(crate) fn insert(&mut self, at: Instant, key: K) {
        self.set.insert((at, key));
    }

    pub(crate) fn remove(&mut self, at: Instant, key: K) {
        self.set.remove(&(at, key));
    }

    pub(crate) fn earliest(&self) -> Option<Instant> {
        self.set.first().map(|(at, _)| *at)
    }

    /// Takes out one key whose time has come.
    pub(crate) fn pop_due(&mut self, now: Instant) -> Option<K> {
        let (at, key) = *self.set.first()?;
        if at > now {
            return None;
        }
        self.set.pop_first();
        Some(key)
    }
}

/// The earlier of two deadlines; `None` never comes.
pub(crate) fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn the_due_come_out_in_order() {
        let start = Instant::now();
        let at = |s| start + Duration::from_secs(s);
        let mut deadlines = Deadlines::new();
        for (s, key) in [(3, 'c'), (1, 'a'), (2, 'b'), (2, 'x')] {
            deadlines.insert(at(s), key);
        }
        deadlines.remove(at(2), 'x');
        assert_eq!(deadlines.earliest(), Some(at(1)));
        assert_eq!(deadlines.pop_due(at(0)), None);
        assert_eq!(deadlines.pop_due(at(2)), Some('a'));
        assert_eq!(deadlines.pop_due(at(2)), Some('b'));
        assert_eq!(deadlines.pop_due(at(2)), None);
        assert_eq!(deadlines.earliest(), Some(at(3)));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn never_is_later_than_anything() {
        let a = Instant::now();
        let b = a + Duration::from_secs(1);
        assert_eq!(earlier(Some(a), Some(b)), Some(a));
        assert_eq!(earlier(None, Some(b)), Some(b));
        assert_eq!(earlier(Some(a), None), Some(a));
        assert_eq!(earlier(None, None), None);
    }
}
