//! Whether the claim to the session has ended.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::NetError;

/// Whether the reactor has ended because the claim to the session had: then that is why, and not
/// that somebody has closed the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lapse(Arc<AtomicBool>);

impl Lapse {
    pub(super) fn note(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn has_passed(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Why nothing can be asked of the reactor any more.
    pub(crate) fn why_closed(&self) -> NetError {
        match self.has_passed() {
            true => NetError::LeaseLost,
            false => NetError::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use super::*;
    use crate::mtproto::Cause;
    use crate::net::clock;
    use crate::net::handle::wait;
    use crate::net::testing::*;
    use crate::now::Now;

    const HOUR: Duration = Duration::from_secs(3600);

    /// After sleep only the wall clock has gone on. Where that was set back, the other one counts.
    #[test]
    fn by_whichever_clock_it_ends_nothing_more_is_sent() {
        for (instant, unix) in [(HOUR, Duration::ZERO), (Duration::ZERO, HOUR)] {
            let peer = Peer::echo();
            let bench = Bench::new();
            let link = TestLink::new(peer.address).0;
            let link = bench.handle.open_machine(link).unwrap();
            let submit = |body: &[u8], token| {
                let slot = bench.slot(token);
                bench.handle.submit(link, outgoing(body), slot)
            };
            submit(b"hello", 1).unwrap();
            assert_eq!(bench.next().1.unwrap().into_bytes(), b"hello");
            let now = clock::now();
            bench.handle.hold_until(Now {
                instant: now.instant + HOUR,
                unix: now.unix + HOUR,
            });
            submit(b"hello", 2).unwrap();
            assert_eq!(bench.next().1.unwrap().into_bytes(), b"hello");
            bench.handle.hold_until(Now {
                instant: now.instant + instant,
                unix: now.unix + unix,
            });
            match submit(b"late", 3) {
                Ok(_) => assert_eq!(unanswered(bench.next().1).cause, Cause::LeaseLost),
                Err(refused) => assert!(matches!(refused, NetError::LeaseLost), "{refused}"),
            }
            assert_eq!(peer.ended.recv_timeout(HOUR), Ok(2 * (12 + 5)));
            bench.connected(link);
            assert!(matches!(wait(&bench.incoming, None), Err(NetError::Closed)));
            assert!(bench.handle.lapse().has_passed());
            let refused = submit(b"later", 4);
            assert!(matches!(refused, Err(NetError::LeaseLost)), "{refused:?}");
        }
    }

    #[test]
    fn whoever_waits_then_learns_why() {
        let nowhere: SocketAddr = "127.0.0.1:1".parse().unwrap();
        let bench = Bench::new();
        let link = TestLink::patient(nowhere).0;
        let link = bench.handle.open_machine(link).unwrap();
        for token in 0..10 {
            let slot = bench.slot(token);
            bench.handle.submit(link, outgoing(b"x"), slot).unwrap();
        }
        let now = clock::now();
        bench.handle.hold_until(Now {
            instant: now.instant + Duration::from_millis(50),
            unix: now.unix + HOUR,
        });
        for _ in 0..10 {
            assert_eq!(unanswered(bench.next().1).cause, Cause::LeaseLost);
        }
    }
}
