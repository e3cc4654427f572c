//! Message ids as the server gives them.
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Ids run ahead of the clock when many messages fall on one moment, and stay behind it by nothing.
/// Further ahead than this they only are after the clock was set back: then they start anew.
const AHEAD_MAX: i64 = 20 << 32;

/// What a message of the server is; it shows in the low bits of its id.
///
/// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The answer to a message of the client.
    Answer,
    /// Anything else.
    Notice,
}

/// Gives ids that rise and never repeat.
#[derive(Debug, Default)]
pub(crate) struct MsgIds {
    last: AtomicI64,
}

impl MsgIds {
    /// The next id at a time.
    pub(crate) fn next(&self, now: Duration, kind: Kind) -> i64 {
        let due = first_at(now);
        let after = |last: i64| {
            if due > last || last - due > AHEAD_MAX {
                due
            } else {
                last + 4
            }
        };
        let last = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(after(last))
            })
            .expect("the closure always gives a value");
        let low = match kind {
            Kind::Answer => 1,
            Kind::Notice => 3,
        };
        after(last) | low
    }
}

/// The smallest id of a moment: seconds above, their fraction below, the low two bits free.
fn first_at(now: Duration) -> i64 {
    let fraction = (u64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
    let id = (now.as_secs() << 32) | fraction;
    id.cast_signed() & !3
}

/// Whether a message of the server answers nothing: an update.
pub(crate) fn is_notice(msg_id: i64) -> bool {
    msg_id & 3 == 3
}

/// The moment that an id tells, in whole seconds since the Unix epoch.
pub(crate) fn time_of(msg_id: i64) -> i64 {
    msg_id >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_tell_their_kind_and_time() {
        let ids = MsgIds::default();
        let now = Duration::from_millis(1_700_000_000_500);
        let mut last = 0;
        for round in 0..1000 {
            let kind = if round % 3 == 0 {
                Kind::Notice
            } else {
                Kind::Answer
            };
            let id = ids.next(now, kind);
            assert!(id > last);
            assert_eq!(id & 3, if kind == Kind::Notice { 3 } else { 1 });
            assert_eq!(time_of(id), 1_700_000_000);
            last = id;
        }
        assert!(ids.next(now + Duration::from_nanos(10_000), Kind::Answer) > last);
    }

    #[test]
    fn a_clock_set_back_starts_anew() {
        let ids = MsgIds::default();
        ids.next(Duration::from_secs(1_000), Kind::Answer);
        assert_eq!(
            time_of(ids.next(Duration::from_secs(990), Kind::Answer)),
            1_000
        );
        assert_eq!(
            time_of(ids.next(Duration::from_secs(900), Kind::Answer)),
            900
        );
    }
}
