//! Whether a difference is wanted, asked for, or has to wait.
use std::time::{Duration, Instant};

use super::limits::{PAUSE, PAUSE_MAX};

/// The fetching of one difference.
#[derive(Debug, Default)]
pub(super) struct Fetch {
    stage: Stage,
    /// Something has happened since it was asked for that its answer need not know.
    again: bool,
    failures: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// None is needed.
    #[default]
    Still,
    /// It shall be asked for.
    Wanted,
    /// It is asked for.
    Asked,
    /// It failed, and is asked for again then. `told`: the server has said when.
    Resting { until: Instant, told: bool },
    /// It cannot be asked for.
    Parked,
}

impl Fetch {
    pub(super) fn stage(&self) -> Stage {
        self.stage
    }

    /// While the answer is on its way, what is pushed has to wait: the answer may bring it as well.
    ///
    /// See <https://core.telegram.org/api/updates#recovering-gaps>.
    pub(super) fn is_asked(&self) -> bool {
        self.stage == Stage::Asked
    }

    pub(super) fn want(&mut self) {
        match self.stage {
            Stage::Still => self.stage = Stage::Wanted,
            Stage::Asked => self.again = true,
            Stage::Wanted | Stage::Resting { .. } | Stage::Parked => {}
        }
    }

    /// The same, and a pause that the server did not ask for is over.
    pub(super) fn want_now(&mut self) {
        match self.stage {
            Stage::Resting { told: false, .. } => self.stage = Stage::Wanted,
            _ => self.want(),
        }
    }

    pub(super) fn ask(&mut self) {
        self.stage = Stage::Asked;
        self.again = false;
    }

    /// The answer is here. `more`: it was only a part.
    pub(super) fn answered(&mut self, more: bool) {
        self.failures = 0;
        self.stage = if more || self.again {
            Stage::Wanted
        } else {
            Stage::Still
        };
    }

    /// The answer is here and said where to begin; the difference itself is asked for now.
    pub(super) fn go_on(&mut self) {
        self.stage = Stage::Wanted;
    }

    /// It failed: again after `wait`, or after a pause that doubles each time.
    pub(super) fn failed(&mut self, now: Instant, wait: Option<Duration>) {
        let doubled = PAUSE.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        self.stage = Stage::Resting {
            until: now + wait.unwrap_or(doubled.min(PAUSE_MAX)),
            told: wait.is_some(),
        };
    }

    /// It failed for a reason that can be removed at once, unless that was tried just now.
    pub(super) fn failed_once(&mut self, now: Instant) {
        if self.failures == 0 {
            self.failures = 1;
            self.stage = Stage::Wanted;
        } else {
            self.failed(now, None);
        }
    }

    pub(super) fn park(&mut self) {
        self.stage = Stage::Parked;
    }

    pub(super) fn unpark(&mut self) {
        if self.stage == Stage::Parked {
            self.stage = Stage::Wanted;
        }
    }

    /// Ends the pause when its time has come.
    pub(super) fn wake(&mut self, now: Instant) {
        if let Stage::Resting { until, .. } = self.stage
            && until <= now
        {
            self.stage = Stage::Wanted;
        }
    }

    /// When the pause ends.
    pub(super) fn due(&self) -> Option<Instant> {
        match self.stage {
            Stage::Resting { until, .. } => Some(until),
            _ => None,
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "any starting point will do")]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let now = Instant::now();
        let mut fetch = Fetch::default();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            fetch.ask();
            fetch.failed(now, None);
            pauses.extend(fetch.due().map(|due| (due - now).as_secs()));
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 64, 64]);
        fetch.ask();
        fetch.answered(false);
        fetch.failed(now, None);
        assert_eq!(fetch.due(), Some(now + PAUSE), "a success ends the row");
    }

    #[test]
    fn a_new_connection_ends_a_pause_but_for_one_that_the_server_asked_for() {
        let now = Instant::now();
        let mut fetch = Fetch::default();
        fetch.failed(now, None);
        fetch.want_now();
        assert_eq!(fetch.stage(), Stage::Wanted);
        fetch.failed(now, Some(Duration::from_secs(9)));
        fetch.want_now();
        assert_eq!(fetch.due(), Some(now + Duration::from_secs(9)));
    }

    #[test]
    fn what_is_wanted_while_it_is_asked_for_is_asked_for_again() {
        let mut fetch = Fetch::default();
        fetch.want();
        fetch.ask();
        fetch.want();
        fetch.answered(false);
        assert_eq!(fetch.stage(), Stage::Wanted);
        fetch.ask();
        fetch.answered(false);
        assert_eq!(fetch.stage(), Stage::Still);
    }
}
