//! The callers' side of the reactor.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, at, never, select_biased};

use super::clock;
use super::command::{Command, Incoming, LinkId, Outgoing};
use super::dispatch::Notices;
use super::error::NetError;
use super::lapse::Lapse;
use super::machine::Machine;
use super::network::{Network, Place};
use super::own::is_own_thread;
use super::process::Process;
use super::promise::Promise;
use super::random::OsEntropy;
use super::reply::Reply;
use super::slot::Slot;
use super::tap::{Tap, TapId, Tapped};
use crate::mtproto::{Attention, Link, LinkConfig, Request, RequestId};
#[cfg(test)]
use crate::mtproto::{Cause, Delivery};
use crate::now::Now;

/// A client's side of the reactor. What it has there ends with the last clone, or at `shutdown`.
#[derive(Clone)]
pub(crate) struct Handle(Arc<Shared>);

struct Shared {
    network: Network,
    place: Place,
    /// Whether the thread is this client's alone, and ends with it.
    is_alone: bool,
    requests: AtomicU64,
    taps: AtomicU64,
}

impl Handle {
    /// Starts a thread for one client: see [`enter`](Self::enter).
    ///
    /// # Errors
    ///
    /// [`NetError::Start`] when the operating system has no thread or no file descriptor left.
    pub(crate) fn start(
        notices: Notices,
        incoming_capacity: usize,
    ) -> Result<(Self, Receiver<Incoming>), NetError> {
        Self::on(Network::start()?, true, notices, incoming_capacity)
    }

    /// Makes room for one more client on a thread that clients share.
    ///
    /// `notices` is called on the thread, and must not wait. The receiver that comes back
    /// holds at most `incoming_capacity` updates and, besides, one `Lost` for each link.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`] when the thread has ended; [`NetError::Forked`] in a child of the
    /// process that it runs in.
    pub(crate) fn enter(
        network: &Network,
        notices: Notices,
        incoming_capacity: usize,
    ) -> Result<(Self, Receiver<Incoming>), NetError> {
        Self::on(network.clone(), false, notices, incoming_capacity)
    }

    fn on(
        network: Network,
        is_alone: bool,
        notices: Notices,
        incoming_capacity: usize,
    ) -> Result<(Self, Receiver<Incoming>), NetError> {
        let (place, incoming) = network.enter(notices, incoming_capacity)?;
        let shared = Shared {
            network,
            place,
            is_alone,
            requests: AtomicU64::new(1),
            taps: AtomicU64::new(0),
        };
        Ok((Self(Arc::new(shared)), incoming))
    }

    /// Opens a link. It connects when there is something to send, or at once where its
    /// configuration says so.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`].
    pub(crate) fn open(&self, config: LinkConfig) -> Result<LinkId, NetError> {
        let entropy = Box::new(OsEntropy::new());
        self.open_machine(Box::new(Link::new(clock::now(), config, entropy)))
    }

    /// Gives a machine to the reactor.
    pub(super) fn open_machine(&self, machine: Box<dyn Machine>) -> Result<LinkId, NetError> {
        let link = self.0.network.next_link();
        self.0.send(Command::Open(link, machine))?;
        Ok(link)
    }

    /// Ends a link: its requests are answered with `Closed`, its connection is closed.
    pub(crate) fn close(&self, link: LinkId) {
        self.0.send(Command::Close(link)).ok(); // Too late is as good.
    }

    /// Hands a request over. `slot` gets its answer, or why there is none, by the deadline; with a
    /// link that is closed, at once.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`]; then `slot` gets nothing.
    pub(crate) fn submit(
        &self,
        link: LinkId,
        outgoing: Outgoing,
        slot: Slot,
    ) -> Result<RequestId, NetError> {
        let id = RequestId(self.0.requests.fetch_add(1, Ordering::Relaxed));
        let request = Request {
            id,
            body: outgoing.body,
            harmless: outgoing.harmless,
            deadline: outgoing.deadline,
            compress: outgoing.compress,
            no_prefix: outgoing.no_prefix,
            quick_ack: false, // Nobody listens for it yet.
        };
        self.0.send(Command::Submit(
            link,
            request,
            Promise::new(slot, self.0.place.lapse.clone()),
        ))?;
        Ok(id)
    }

    /// Nobody waits for this request any more.
    pub(crate) fn cancel(&self, link: LinkId, request: RequestId) {
        self.0.send(Command::Cancel(link, request)).ok(); // Too late is as good.
    }

    /// The answer to [`Notice::NewKey`]: the key is kept, or why it could not be.
    pub(crate) fn key_saved(&self, link: LinkId, saved: Result<(), String>) {
        self.0.send(Command::KeySaved(link, saved)).ok(); // Too late is as good.
    }

    /// From now on updates mean this to a link.
    pub(crate) fn attend(&self, link: LinkId, attention: Attention) {
        self.0.send(Command::Attention(link, attention)).ok(); // Too late is as good.
    }

    /// Lets somebody have the single updates of these constructors, whichever link they come on,
    /// and takes them from nobody. At most `capacity` wait to be read. When the thread has ended,
    /// or in a child of `fork`, the queue that comes back ends at once.
    pub(crate) fn open_tap(&self, constructors: &[u32], capacity: usize) -> Tapped {
        let id = TapId(self.0.taps.fetch_add(1, Ordering::Relaxed));
        let (tap, tapped) = Tap::new(id, constructors, capacity);
        if self.process().is_current() {
            self.0.send(Command::OpenTap(tap)).ok(); // Its end tells.
        }
        tapped
    }

    /// Nobody reads there any more.
    pub(crate) fn close_tap(&self, id: TapId) {
        self.0.send(Command::CloseTap(id)).ok(); // Too late is as good.
    }

    /// The network is back, so links that wait before they try again need not wait longer.
    pub(crate) fn network_restored(&self) {
        self.0.send(Command::NetworkRestored).ok(); // Too late is as good.
    }

    /// The session may be used until then, by either clock: once this was said, everything is
    /// closed at that moment, unless it is said again before. A machine that slept has its wall
    /// clock ahead of the other one.
    pub(crate) fn hold_until(&self, until: Now) {
        self.0.send(Command::HoldUntil(until)).ok(); // Too late is as good.
    }

    /// How many updates there was no room for, since this was asked last, that no difference
    /// brings again.
    pub(crate) fn take_overflow(&self) -> u64 {
        self.0.place.overflow.take()
    }

    /// Whether it has come to that.
    pub(crate) fn lapse(&self) -> &Lapse {
        &self.0.place.lapse
    }

    /// Closes every link, answers everybody, and joins the thread if it is this client's alone.
    /// Later calls get [`NetError::Closed`]. Doing it twice, or from several threads, is fine.
    ///
    /// It waits until the thread has let go of everything, which takes no longer than the turn that
    /// it is in. On the reactor's own thread it does not wait: it only says that this should end.
    /// In a child of `fork` there is nothing to end.
    pub(crate) fn shutdown(&self) {
        self.0.shutdown();
    }

    /// The process that the thread runs in.
    pub(crate) fn process(&self) -> Process {
        self.0.network.process()
    }
}

/// Waits for the next thing in a queue that a reactor fills: the slots' queue, or the updates.
///
/// # Errors
///
/// [`NetError::WouldDeadlock`] on a thread of the library, where it might wait for ever;
/// [`NetError::TimedOut`] when `until` passes; [`NetError::Closed`] when nothing can come any more.
pub(crate) fn wait<T>(queue: &Receiver<T>, until: Option<Instant>) -> Result<T, NetError> {
    if let Ok(there) = queue.try_recv() {
        return Ok(there);
    }
    if is_own_thread() {
        return Err(NetError::WouldDeadlock);
    }
    match until {
        None => queue.recv().map_err(|_| NetError::Closed),
        Some(until) => queue.recv_deadline(until).map_err(|error| match error {
            RecvTimeoutError::Timeout => NetError::TimedOut,
            RecvTimeoutError::Disconnected => NetError::Closed,
        }),
    }
}

/// Waits for the one answer of a request.
///
/// # Errors
///
/// [`NetError::WouldDeadlock`] on a thread of the library; [`NetError::TimedOut`] when `until`
/// passes.
pub(crate) fn wait_for<T>(reply: &Reply<T>, until: Instant) -> Result<T, NetError> {
    if let Some(there) = reply.take() {
        return Ok(there);
    }
    if is_own_thread() {
        return Err(NetError::WouldDeadlock);
    }
    reply.wait(until).ok_or(NetError::TimedOut)
}

/// The same as [`wait`], but no longer than until `ended` ends: `None` says that it has.
pub(crate) fn wait_unless<T>(
    queue: &Receiver<T>,
    ended: &Receiver<()>,
    until: Option<Instant>,
) -> Result<Option<T>, NetError> {
    if let Ok(there) = queue.try_recv() {
        return Ok(Some(there));
    }
    if is_own_thread() {
        return Err(NetError::WouldDeadlock);
    }
    let late = until.map_or_else(never, at);
    select_biased! {
        recv(queue) -> there => there.map(Some).map_err(|_| NetError::Closed),
        recv(ended) -> _ => Ok(None),
        recv(late) -> _ => Err(NetError::TimedOut),
    }
}

impl Shared {
    fn send(&self, command: Command) -> Result<(), NetError> {
        if let Err(refused) = self.place.commands.put(command) {
            if let Command::Submit(_, _, promise) = refused {
                promise.withdraw(); // The caller learns it from the error.
            }
            return Err(self.place.lapse.why_closed());
        }
        if self.place.called.set() {
            self.network.call(self.place.tenant);
        }
        Ok(())
    }

    fn shutdown(&self) {
        if self.network.process().is_current() {
            self.send(Command::Shutdown).ok();
            if !self.network.is_here() {
                self.place.ended.wait();
            }
        }
        if self.is_alone {
            self.network.end();
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.shutdown();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Notice;
    use crate::net::testing::*;
    use crossbeam_channel::{Sender, bounded};
    use std::collections::BTreeSet;
    use std::net::SocketAddr;
    use std::thread;
    use std::time::Duration;

    /// Nobody listens here, and a test link does not mind.
    fn nowhere() -> SocketAddr {
        "127.0.0.1:1".parse().unwrap()
    }

    #[cfg(target_os = "linux")]
    fn io_thread(bench: &Bench, link: LinkId) -> std::path::PathBuf {
        bench
            .handle
            .submit(link, outgoing(b"where"), bench.slot(0))
            .unwrap();
        let name = bench.next().1.unwrap().into_bytes();
        std::path::Path::new("/proc").join(String::from_utf8(name).unwrap())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_last_handle_takes_everything_along() {
        let peer = Peer::echo();
        let bench = Bench::new();
        let link = bench
            .handle
            .open_machine(TestLink::new(peer.address).0)
            .unwrap();
        let thread = io_thread(&bench, link);
        assert!(thread.exists());
        bench
            .handle
            .submit(link, outgoing(b"hello"), bench.slot(1))
            .unwrap();
        assert_eq!(bench.next().1.unwrap().into_bytes(), b"hello");
        let second = bench.handle.clone();
        drop(bench.handle);
        assert!(thread.exists(), "there is still a handle");
        drop(second);
        let read = peer.ended.recv_timeout(Duration::from_secs(60)).unwrap();
        assert_eq!(read, 12 + 5, "the connection is closed");
        assert_eq!(
            wait(&bench.incoming, None).ok(),
            Some(Incoming::Lost { link })
        );
        let end = Err(NetError::Closed.to_string());
        let text = |r: Result<_, NetError>| r.map_err(|e| e.to_string());
        assert_eq!(text(wait(&bench.incoming, None)), end);
        // The kernel goes on listing a joined thread for a moment.
        for _ in 0..60_000 {
            if !thread.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
        panic!("the thread has not ended");
    }

    #[test]
    fn the_last_handle_waits_for_the_thread() {
        let bench = Bench::new();
        let (gate, held) = bounded(0);
        let (link, diary) = TestLink::gated(nowhere(), held);
        let link = bench.handle.open_machine(link).unwrap();
        bench
            .handle
            .submit(link, outgoing(b"block"), bench.slot(1))
            .unwrap();
        let (done, returned) = bounded(1);
        let handle = bench.handle;
        let dropping = thread::spawn(move || {
            drop(handle);
            done.send(Arc::strong_count(&diary)).unwrap();
        });
        let early = returned.recv_timeout(Duration::from_millis(200));
        assert_eq!(early, Err(RecvTimeoutError::Timeout), "it is not joined");
        drop::<Sender<()>>(gate);
        dropping.join().unwrap();
        assert_eq!(returned.recv(), Ok(1), "the thread has let go of its links");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_is_left_open() {
        // Each reactor has one of these; that its sockets close is seen from their other end.
        let polls = || {
            let all = std::fs::read_dir("/proc/self/fd").unwrap();
            let names = all.filter_map(|fd| std::fs::read_link(fd.ok()?.path()).ok());
            names
                .filter(|name| name.as_os_str() == "anon_inode:[eventpoll]")
                .count()
        };
        let peer = Peer::echo();
        let before = polls();
        for _ in 0..100 {
            let bench = Bench::new();
            let link = bench
                .handle
                .open_machine(TestLink::new(peer.address).0)
                .unwrap();
            bench
                .handle
                .submit(link, outgoing(b"x"), bench.slot(1))
                .unwrap();
            bench.next().1.unwrap();
        }
        // Other tests run beside this one; a hundred would show all the same.
        let after = polls();
        assert!(after < before + 80, "{before} before, {after} after");
    }

    #[test]
    fn shutdown_answers_everybody_and_refuses_what_comes_later() {
        let bench = Bench::new();
        let (link, _) = TestLink::new(nowhere());
        let link = bench.handle.open_machine(link).unwrap();
        for token in 0..10 {
            bench
                .handle
                .submit(link, outgoing(b"hello"), bench.slot(token))
                .unwrap();
        }
        let others: Vec<_> = (0..4)
            .map(|_| bench.handle.clone())
            .map(|handle| thread::spawn(move || handle.shutdown()))
            .collect();
        bench.handle.shutdown();
        let mut answered = BTreeSet::new();
        while let Ok((token, outcome)) = bench.replies.try_recv() {
            assert_eq!(unanswered(outcome).cause, Cause::Closed);
            assert!(answered.insert(token), "once each");
        }
        assert_eq!(answered.len(), 10, "all of them before shutdown returns");
        for other in others {
            other.join().unwrap();
        }
        bench.handle.shutdown();
        let refused = bench.handle.submit(link, outgoing(b"late"), bench.slot(99));
        assert!(matches!(refused, Err(NetError::Closed)));
        assert!(
            bench.replies.is_empty(),
            "a refused request gets no answer besides"
        );
        assert!(matches!(
            bench.handle.open_machine(TestLink::new(nowhere()).0),
            Err(NetError::Closed)
        ));
        bench.handle.close(link);
        bench.handle.attend(link, Attention::Hears);
        let tapped = bench.handle.open_tap(&[1], 1);
        assert!(tapped.queue.recv().is_err(), "nothing will ever come");
        bench.handle.close_tap(tapped.id);
        bench.handle.network_restored();
    }

    #[test]
    fn a_panic_leaves_nobody_waiting() {
        let bench = Bench::new();
        let (link, _) = TestLink::patient(nowhere());
        let link = bench.handle.open_machine(link).unwrap();
        let submit = |body: &[u8], token| {
            let slot = bench.slot(token);
            bench.handle.submit(link, outgoing(body), slot)
        };
        submit(b"first", 1).unwrap();
        submit(b"panic", 2).unwrap();
        let mut tokens = BTreeSet::new();
        for _ in 0..2 {
            let (token, outcome) = bench.next();
            let closed = unanswered(outcome);
            assert_eq!(closed.cause, Cause::Closed);
            assert_eq!(closed.delivery, Delivery::Unknown);
            assert!(closed.waiting_for.contains("network thread"));
            tokens.insert(token);
        }
        assert_eq!(tokens, BTreeSet::from([1, 2]));
        assert!(matches!(wait(&bench.incoming, None), Err(NetError::Closed)));
        // The queue closes a moment after the answers; what is caught in between is answered too.
        while submit(b"later", 3).is_ok() {
            assert_eq!(unanswered(bench.next().1).cause, Cause::Closed);
        }
        bench.handle.shutdown();
    }

    #[test]
    fn nothing_waits_on_the_io_thread() {
        let bench = Bench::new();
        let link = bench
            .handle
            .open_machine(TestLink::new(nowhere()).0)
            .unwrap();
        bench
            .handle
            .submit(link, outgoing(b"wait"), bench.slot(1))
            .unwrap();
        let text = String::from_utf8(bench.next().1.unwrap().into_bytes()).unwrap();
        assert!(text.starts_with("true Err"), "{text}");
        assert!(text.contains("make it on another thread"), "{text}");
        assert!(!is_own_thread());
        let past = crate::net::now().instant;
        assert!(matches!(
            wait(&bench.replies, Some(past)),
            Err(NetError::TimedOut)
        ));
    }

    /// Calls that come at every moment of the reactor's falling asleep: a thread that waits in
    /// its sleep is too slow to meet it there, so these look again and again, and then
    /// dawdle a little longer each time.
    #[test]
    fn no_call_sleeps_through_its_answer() {
        let bench = Bench::new();
        // Without timers: whoever is not woken sleeps for ever.
        let link = bench
            .handle
            .open_machine(TestLink::patient(nowhere()).0)
            .unwrap();
        bench.until(|notice| matches!(notice, Notice::Disconnected { .. }));
        for (threads, calls) in [(1, 20_000), (2, 5_000), (8, 2_000)] {
            thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| {
                        let (reply, replies) = bounded(1);
                        for token in 0..calls {
                            let reply = reply.clone();
                            let slot = Slot::Shared {
                                queue: reply,
                                token,
                            };
                            let late = outgoing_within(b"now", Duration::from_secs(86_400));
                            bench.handle.submit(link, late, slot).unwrap();
                            let looking = (0..20_000).find_map(|_| replies.try_recv().ok());
                            let answer = looking
                                .or_else(|| replies.recv_timeout(Duration::from_secs(20)).ok());
                            assert_eq!(answer.expect("woken").0, token);
                            (0..token % 400).for_each(|_| std::hint::spin_loop());
                        }
                    });
                }
            });
        }
    }

    #[test]
    fn whoever_submits_while_it_ends_is_answered_or_refused() {
        for _ in 0..200 {
            let bench = Bench::new();
            let (link, _) = TestLink::new(nowhere());
            let link = bench.handle.open_machine(link).unwrap();
            let (go, gone) = bounded::<()>(0);
            thread::scope(|scope| {
                for _ in 0..2 {
                    let gone = gone.clone();
                    let bench = &bench;
                    scope.spawn(move || {
                        // The test keeps senders too, so only an answer ends the waiting.
                        let (reply, replies) = crossbeam_channel::unbounded();
                        let mut open = BTreeSet::new();
                        for token in 0.. {
                            if token == 5 {
                                gone.recv().ok();
                            }
                            let reply = reply.clone();
                            let slot = Slot::Shared {
                                queue: reply,
                                token,
                            };
                            match bench.handle.submit(link, outgoing(b"x"), slot) {
                                Ok(_) => assert!(open.insert(token)),
                                Err(_) => break,
                            }
                        }
                        while !open.is_empty() {
                            let answer = replies.recv_timeout(Duration::from_secs(20));
                            assert!(open.remove(&answer.expect("answered").0));
                        }
                        assert!(replies.is_empty(), "once each");
                    });
                }
                drop(go);
                bench.handle.shutdown();
            });
        }
    }
}
