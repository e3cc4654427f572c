//! Until when sessions may be used.
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use super::tenant::TenantId;
use crate::now::Now;

/// Until when the clients whose claims have an end may use their sessions, by either clock.
#[derive(Default)]
pub(super) struct Holds {
    of: HashMap<TenantId, Now>,
    by_instant: BTreeSet<(Instant, TenantId)>,
    by_unix: BTreeSet<(Duration, TenantId)>,
}

impl Holds {
    pub(super) fn hold(&mut self, tenant: TenantId, until: Now) {
        self.let_go(tenant);
        self.of.insert(tenant, until);
        self.by_instant.insert((until.instant, tenant));
        self.by_unix.insert((until.unix, tenant));
    }

    pub(super) fn let_go(&mut self, tenant: TenantId) {
        if let Some(until) = self.of.remove(&tenant) {
            self.by_instant.remove(&(until.instant, tenant));
            self.by_unix.remove(&(until.unix, tenant));
        }
    }

    /// When the first ends, as far as the clock that does not jump can say.
    pub(super) fn next(&self) -> Option<Instant> {
        self.by_instant.first().map(|(at, _)| *at)
    }

    /// Somebody whose claim has ended.
    pub(super) fn ended(&self, now: Now) -> Option<TenantId> {
        let by_instant = self
            .by_instant
            .first()
            .map(|(at, id)| (*at <= now.instant, *id));
        let by_unix = self.by_unix.first().map(|(at, id)| (*at <= now.unix, *id));
        let past = [by_instant, by_unix].into_iter().flatten();
        past.into_iter()
            .find_map(|(is_past, id)| is_past.then_some(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::clock;

    #[test]
    fn each_ends_by_whichever_clock_comes_first() {
        let (start, second) = (clock::now(), Duration::from_secs(1));
        let after = |instant: u32, unix: u32| Now {
            instant: start.instant + second * instant,
            unix: start.unix + second * unix,
        };
        let [a, b, c] = [0, 1, 2].map(TenantId);
        let mut holds = Holds::default();
        holds.hold(a, after(10, 10));
        holds.hold(b, after(20, 5));
        holds.hold(c, after(3, 3));
        holds.hold(c, after(30, 30));
        assert_eq!(holds.next(), Some(after(10, 0).instant));
        assert_eq!(holds.ended(after(4, 4)), None, "what was said last counts");
        assert_eq!(holds.ended(after(4, 5)), Some(b));
        holds.let_go(b);
        assert_eq!(holds.ended(after(4, 5)), None);
        assert_eq!(holds.ended(after(10, 5)), Some(a));
        holds.let_go(a);
        assert_eq!(holds.next(), Some(after(30, 0).instant));
    }
}
