//! Why a difference could not be had, and what follows from it.
use std::time::Duration;

use super::limits::FLOOD_MAX;
use crate::tl::{self, ErrorKind, Number};

/// Why what the tracker asked for could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure<'a> {
    /// The server refused.
    Refused {
        /// The error's code.
        code: i32,
        /// Its name, such as `FLOOD_WAIT_30`.
        name: &'a str,
    },
    /// No answer came.
    Unanswered,
    /// It could not be asked, since the channel's access hash is not known.
    NoAccessHash,
}

/// What follows from a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequel {
    /// Ask again after a pause, which grows.
    Pause,
    /// Ask again after so long, and not before.
    Wait(Duration),
    /// How far the updates are is not what the server believes: ask for that first.
    Renew,
    /// The channel cannot be seen any more.
    Gone,
    /// Ask when the access hash has become known.
    Park,
}

/// See <https://core.telegram.org/method/updates.getChannelDifference>. The last two are not on
/// that page: servers answer them all the same.
const GONE: &[&str] = &[
    "CHANNEL_INVALID",
    "CHANNEL_PRIVATE",
    "CHANNEL_PUBLIC_GROUP_NA",
    "USER_BANNED_IN_CHANNEL",
    "FROZEN_PARTICIPANT_MISSING",
    "USER_NOT_PARTICIPANT",
];

/// See <https://core.telegram.org/method/updates.getDifference>.
const RENEW: &[&str] = &["PERSISTENT_TIMESTAMP_EMPTY", "PERSISTENT_TIMESTAMP_INVALID"];

impl Failure<'_> {
    /// Inner errors, `PERSISTENT_TIMESTAMP_OUTDATED` among them, and what nobody has heard of, are
    /// asked about again, with pauses.
    pub(super) fn sequel(self) -> Sequel {
        let name = match self {
            Self::Refused { name, .. } => name,
            Self::Unanswered => return Sequel::Pause,
            Self::NoAccessHash => return Sequel::Park,
        };
        if GONE.contains(&name) {
            return Sequel::Gone;
        }
        if RENEW.contains(&name) {
            return Sequel::Renew;
        }
        flood_wait(name).map_or(Sequel::Pause, Sequel::Wait)
    }
}

fn flood_wait(name: &str) -> Option<Duration> {
    let kind = ErrorKind::of(name)?;
    let seconds: u64 = match kind.number() {
        Some(Number::Seconds) => name[tl::number_in(name)?].parse().ok()?,
        _ => return None,
    };
    Some(Duration::from_secs(seconds).min(FLOOD_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_sequel() {
        let sequel = |name| Failure::Refused { code: 400, name }.sequel();
        assert_eq!(sequel("CHANNEL_PRIVATE"), Sequel::Gone);
        assert_eq!(sequel("FROZEN_PARTICIPANT_MISSING"), Sequel::Gone);
        assert_eq!(sequel("PERSISTENT_TIMESTAMP_INVALID"), Sequel::Renew);
        assert_eq!(sequel("PERSISTENT_TIMESTAMP_EMPTY"), Sequel::Renew);
        assert_eq!(sequel("PERSISTENT_TIMESTAMP_OUTDATED"), Sequel::Pause);
        assert_eq!(sequel("Timeout"), Sequel::Pause);
        assert_eq!(
            sequel("FLOOD_WAIT_30"),
            Sequel::Wait(Duration::from_secs(30))
        );
        assert_eq!(sequel("FLOOD_WAIT_99999999999"), Sequel::Wait(FLOOD_MAX));
        assert_eq!(Failure::Unanswered.sequel(), Sequel::Pause);
        assert_eq!(Failure::NoAccessHash.sequel(), Sequel::Park);
    }
}
