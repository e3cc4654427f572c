//! The network thread, which clients may share.
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};
use mio::Poll;

use super::command::{Command, Incoming, LinkId};
use super::dispatch::{Dispatch, Notices};
use super::ending::{Ended, Ending};
use super::error::NetError;
use super::inbox::{Inlet, inbox};
use super::lapse::Lapse;
use super::overflow::Overflow;
use super::own_thread::OwnThread;
use super::process::Process;
use super::reactor::Reactor;
use super::tenant::{Call, Called, Tenant, TenantId};
use super::wake::Wake;

/// The network thread. It ends with the last clone, when every client on it has ended.
#[derive(Clone)]
pub(crate) struct Network(Arc<Shared>);

struct Shared {
    calls: Sender<Call>,
    wake: Arc<Wake>,
    tenants: AtomicUsize,
    links: AtomicUsize,
    thread: OwnThread,
}

/// The place of a client on the thread, as the client has it.
pub(super) struct Place {
    pub(super) tenant: TenantId,
    pub(super) commands: Inlet<Command>,
    pub(super) called: Called,
    pub(super) lapse: Lapse,
    pub(super) overflow: Overflow,
    /// When the thread has let go of everything of this client.
    pub(super) ended: Ended,
}

impl Network {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`] when the operating system has no thread or no file descriptor left.
    pub(crate) fn start() -> Result<Self, NetError> {
        let poll = Poll::new().map_err(NetError::Start)?;
        let wake = Arc::new(Wake::new(&poll).map_err(NetError::Start)?);
        let (calls, called) = unbounded();
        let reactor = Reactor::new(poll, Arc::clone(&wake), called);
        let thread = OwnThread::start("net", || report(reactor.run()))?;
        Ok(Self(Arc::new(Shared {
            calls,
            wake,
            tenants: AtomicUsize::new(0),
            links: AtomicUsize::new(0),
            thread,
        })))
    }

    /// Makes room for a client.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`] when the thread has ended; [`NetError::Forked`] in a child of the
    /// process that it runs in.
    pub(super) fn enter(
        &self,
        notices: Notices,
        incoming_capacity: usize,
    ) -> Result<(Place, Receiver<Incoming>), NetError> {
        self.0.thread.process().check()?;
        let (commands, command_queue) = inbox();
        let (incoming, incoming_queue) = unbounded();
        let (ending, ended) = Ending::new();
        let place = Place {
            tenant: TenantId(self.0.tenants.fetch_add(1, Ordering::Relaxed)),
            commands,
            called: Called::default(),
            lapse: Lapse::default(),
            overflow: Overflow::default(),
            ended,
        };
        let tenant = Tenant {
            commands: command_queue,
            called: place.called.clone(),
            is_busy: false,
            dispatch: Dispatch::new(notices, incoming, incoming_capacity, place.overflow.clone()),
            lapse: place.lapse.clone(),
            links: BTreeSet::new(),
            _ending: ending,
        };
        let enters = Call::Enter(place.tenant, Box::new(tenant));
        self.0.calls.send(enters).map_err(|_| NetError::Closed)?;
        self.0.wake.call();
        Ok((place, incoming_queue))
    }

    /// A client has commands.
    pub(super) fn call(&self, tenant: TenantId) {
        self.0.calls.send(Call::Work(tenant)).ok(); // Its commands' queue has ended, too.
        self.0.wake.call();
    }

    pub(super) fn next_link(&self) -> LinkId {
        LinkId(self.0.links.fetch_add(1, Ordering::Relaxed))
    }

    /// The process that the thread runs in.
    pub(super) fn process(&self) -> Process {
        self.0.thread.process()
    }

    /// Whether this is the thread.
    pub(super) fn is_here(&self) -> bool {
        self.0.thread.is_here()
    }

    /// Ends the thread, whoever is on it, and joins it. On the thread itself it does not wait; in a
    /// child of `fork` there is nothing to end. Doing it twice is fine.
    pub(super) fn end(&self) {
        self.0.end();
    }
}

impl Shared {
    fn end(&self) {
        self.thread.end(|| {
            self.calls.send(Call::End).ok();
            self.wake.call();
        });
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.end();
    }
}

fn report(result: io::Result<()>) {
    if let Err(error) = result {
        tracing::error!(%error, "the network thread ended: it could not wait for its sockets");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::Cause;
    use crate::net::clock;
    use crate::net::testing::*;
    use crate::now::Now;
    use crossbeam_channel::bounded;
    use std::net::SocketAddr;
    use std::time::Duration;

    fn nowhere() -> SocketAddr {
        "127.0.0.1:1".parse().unwrap()
    }

    fn open(bench: &Bench, address: SocketAddr) -> LinkId {
        let link = TestLink::new(address).0;
        bench.handle.open_machine(link).unwrap()
    }

    fn ask(bench: &Bench, link: LinkId, body: &[u8]) {
        let slot = bench.slot(0);
        bench.handle.submit(link, outgoing(body), slot).unwrap();
    }

    fn answers(bench: &Bench, link: LinkId) -> bool {
        ask(bench, link, b"hello");
        bench.next().1.is_ok_and(|it| it.into_bytes() == b"hello")
    }

    #[test]
    fn each_client_ends_by_itself_and_the_thread_with_the_last() {
        let network = Network::start().unwrap();
        let (one, two) = (Peer::echo(), Peer::echo());
        let (first, second) = (Bench::on(&network), Bench::on(&network));
        let (a, b) = (open(&first, one.address), open(&second, two.address));
        assert_ne!(a, b, "links of one thread have names of their own");
        assert!(answers(&first, a) && answers(&second, b));
        first.handle.shutdown();
        one.ended.recv_timeout(Duration::from_secs(60)).unwrap();
        let late = first.handle.submit(a, outgoing(b"x"), first.slot(1));
        assert!(matches!(late, Err(NetError::Closed)), "{late:?}");
        assert!(answers(&second, b), "the other goes on");
        let ended = network.0.thread.ended();
        drop((first, network));
        assert!(answers(&second, b), "it holds the thread");
        drop(second);
        two.ended.recv_timeout(Duration::from_secs(60)).unwrap();
        ended.recv_timeout(Duration::from_secs(60)).unwrap_err();
        assert!(ended.try_recv().is_err_and(|it| it.is_disconnected()));
    }

    #[test]
    fn whose_claim_ends_leaves_the_others_theirs() {
        let network = Network::start().unwrap();
        let (one, two) = (Peer::echo(), Peer::echo());
        let (first, second) = (Bench::on(&network), Bench::on(&network));
        let (a, b) = (open(&first, one.address), open(&second, two.address));
        assert!(answers(&first, a) && answers(&second, b));
        let now = clock::now();
        let hour = Duration::from_secs(3600);
        let (soon, later) = (now.instant, now.instant + hour);
        let until = |instant| Now {
            instant,
            unix: now.unix + hour,
        };
        second.handle.hold_until(until(later));
        first.handle.hold_until(until(soon));
        one.ended.recv_timeout(hour).unwrap();
        let late = first.handle.submit(a, outgoing(b"x"), first.slot(1));
        match late {
            Ok(_) => assert_eq!(unanswered(first.next().1).cause, Cause::LeaseLost),
            Err(refused) => assert!(matches!(refused, NetError::LeaseLost), "{refused}"),
        }
        assert!(answers(&second, b));
        assert!(!second.handle.lapse().has_passed());
    }

    /// The queue of the one is far from empty when the other's only request is answered.
    #[test]
    fn who_asks_much_does_not_delay_who_asks_little() {
        const MANY: u64 = 100_000;
        let network = Network::start().unwrap();
        let (greedy, modest) = (Bench::on(&network), Bench::on(&network));
        let (a, b) = (open(&greedy, nowhere()), open(&modest, nowhere()));
        // The thread waits here, so that all is in the queues when it goes on.
        let (go, gone) = bounded::<()>(0);
        let (blocker, _) = TestLink::gated(nowhere(), gone);
        let blocker = modest.handle.open_machine(blocker).unwrap();
        ask(&modest, blocker, b"block");
        for token in 0..MANY {
            let slot = greedy.slot(token);
            greedy.handle.submit(a, outgoing(b"now"), slot).unwrap();
        }
        ask(&modest, b, b"now");
        drop(go);
        modest.next().1.unwrap();
        let served = greedy.replies.len();
        assert!(
            served < MANY as usize / 2,
            "{served} of the other's came first"
        );
    }

    #[test]
    fn a_thread_that_has_ended_takes_nobody() {
        let network = Network::start().unwrap();
        let bench = Bench::on(&network);
        network.end();
        assert!(matches!(
            bench.handle.open_machine(TestLink::new(nowhere()).0),
            Err(NetError::Closed)
        ));
        let refused = network.enter(Box::new(drop), 1).map(drop);
        assert!(matches!(refused, Err(NetError::Closed)), "{refused:?}");
    }
}
