//! The thread that owns every socket and drives every link.
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::mem;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError};
use mio::{Events, Poll};

use super::buffer::ReadBuffer;
use super::carrier::{Carrier, Tools, whose};
use super::clock;
use super::command::{Command, LinkId};
use super::holds::Holds;
use super::park::step_aside;
use super::tenant::{Call, Tenant, TenantId};
use super::wake::{WAKE, Wake};
#[cfg(test)]
use crate::mtproto::{Attention, Cause, Delivery};
use crate::mtproto::{IdMap, Input};
use crate::now::Now;

/// How many sockets are heard of at a time; the others are heard of at the next.
const EVENTS_MAX: usize = 64;

/// How many commands are taken before the sockets have their turn again, shared by the clients that
/// have some. What is taken together is sent together, so it should not be few.
const COMMANDS_MAX: usize = 1024;

/// As many are taken of each client, however many others there are.
const COMMANDS_MIN: usize = 64;

pub(super) struct Reactor {
    poll: Poll,
    wake: Arc<Wake>,
    calls: Receiver<Call>,
    tenants: IdMap<TenantId, Box<Tenant>>,
    /// The clients that have commands, in the order of their turns.
    busy: VecDeque<TenantId>,
    /// The clients that end after this turn.
    leaving: Vec<TenantId>,
    carriers: BTreeMap<LinkId, Carrier>,
    /// When each link wants to be asked again. A set, so that idle links cost nothing.
    timers: BTreeSet<(Instant, LinkId)>,
    /// The links that have something to do in this turn.
    touched: Vec<LinkId>,
    /// The list before, to be filled next.
    spare: Vec<LinkId>,
    buffer: ReadBuffer,
    now: Now,
    /// Until when sessions may be used, where that is limited.
    holds: Holds,
}

impl Reactor {
    pub(super) fn new(poll: Poll, wake: Arc<Wake>, calls: Receiver<Call>) -> Self {
        Self {
            poll,
            wake,
            calls,
            tenants: IdMap::default(),
            busy: VecDeque::new(),
            leaving: Vec::new(),
            carriers: BTreeMap::new(),
            timers: BTreeSet::new(),
            touched: Vec::new(),
            spare: Vec::new(),
            buffer: ReadBuffer::new(),
            now: clock::now(),
            holds: Holds::default(),
        }
    }

    /// Runs until it is told to end, or the operating system fails it.
    ///
    /// Whichever it is, what it owns goes when it returns: sockets are closed, and whoever waits is
    /// answered.
    pub(super) fn run(mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(EVENTS_MAX);
        loop {
            self.sleep(&mut events)?;
            self.now = clock::now();
            for event in &events {
                if event.token() != WAKE {
                    let (id, lane) = whose(event.token());
                    if let Some(carrier) = self.carriers.get_mut(&id) {
                        carrier.note(lane, event);
                        self.touch(id);
                    }
                }
            }
            let go_on = self.take_calls();
            self.take_commands();
            self.end_lapsed();
            // Before the timers: an answer that is here counts, though its deadline passed while
            // the machine slept.
            self.serve_touched();
            self.fire_timers();
            for id in mem::take(&mut self.leaving) {
                self.leave(id);
            }
            if !go_on {
                let all: Vec<TenantId> = self.tenants.keys().copied().collect();
                for id in all {
                    self.leave(id);
                }
                return Ok(());
            }
        }
    }

    /// Waits until a socket is ready, somebody calls, or a link wants to be asked.
    fn sleep(&mut self, events: &mut Events) -> io::Result<()> {
        let mut timeout = if self.touched.is_empty() && self.busy.is_empty() {
            // Whoever this turn has woken may have the next thing to do at once, and then nobody
            // need be woken for it.
            step_aside();
            let now = clock::now().instant;
            let next = self.timers.first().map(|(at, _)| *at);
            let next = next.into_iter().chain(self.holds.next()).min();
            next.map(|at| at.saturating_duration_since(now))
        } else {
            Some(Duration::ZERO)
        };
        if !self.wake.lie_down(|| self.calls.is_empty()) {
            timeout = Some(Duration::ZERO);
        }
        let result = self.poll.poll(events, timeout);
        self.wake.get_up();
        match result {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            result => result,
        }
    }

    /// False when this was the end.
    fn take_calls(&mut self) -> bool {
        loop {
            match self.calls.try_recv() {
                Ok(Call::Enter(id, tenant)) => {
                    self.tenants.insert(id, tenant);
                }
                Ok(Call::Work(id)) => {
                    if let Some(tenant) = self.tenants.get_mut(&id) {
                        tenant.called.take_down();
                        if !mem::replace(&mut tenant.is_busy, true) {
                            self.busy.push_back(id);
                        }
                    }
                }
                Ok(Call::End) | Err(TryRecvError::Disconnected) => return false,
                Err(TryRecvError::Empty) => return true,
            }
        }
    }

    /// A part of what each client wants. Who wants more has a turn after the sockets'.
    fn take_commands(&mut self) {
        let turns = self.busy.len();
        let most = (COMMANDS_MAX / turns.max(1)).max(COMMANDS_MIN);
        for _ in 0..turns {
            let Some(id) = self.busy.pop_front() else {
                break;
            };
            if self.take_some(id, most) {
                self.busy.push_back(id);
            }
        }
    }

    /// Takes at most so many commands of a client. Whether there may be more.
    fn take_some(&mut self, id: TenantId, most: usize) -> bool {
        for _ in 0..most {
            let Some(tenant) = self.tenants.get_mut(&id) else {
                return false;
            };
            match tenant.commands.take() {
                Ok(Command::Shutdown) => {
                    self.leaving.push(id);
                    return false;
                }
                Ok(command) => self.take(id, command),
                Err(_) => {
                    tenant.is_busy = false;
                    return false;
                }
            }
        }
        true
    }

    fn take(&mut self, tenant: TenantId, command: Command) {
        let now = self.now;
        let Some(of) = self.tenants.get_mut(&tenant) else {
            return;
        };
        let id = match command {
            Command::Open(id, link) => {
                of.links.insert(id);
                self.carriers.insert(id, Carrier::new(id, tenant, link));
                id
            }
            Command::Submit(id, request, promise) => {
                // Where the link is gone the promise goes too, and says so.
                if let Some(carrier) = self.carriers.get_mut(&id) {
                    of.dispatch.expect(id, request.id, promise);
                    carrier.link.submit(now, request);
                }
                id
            }
            Command::Cancel(id, request) => {
                if let Some(carrier) = self.carriers.get_mut(&id) {
                    carrier.link.cancel(now, request);
                }
                id
            }
            Command::KeySaved(id, saved) => {
                let input = match saved {
                    Ok(()) => Input::KeySaved,
                    Err(why) => Input::KeyNotSaved(why),
                };
                return self.tell(id, input);
            }
            Command::Attention(id, attention) => return self.tell(id, Input::Attention(attention)),
            Command::OpenTap(tap) => return of.dispatch.taps.open(tap),
            Command::CloseTap(id) => return of.dispatch.taps.close(id),
            Command::NetworkRestored => {
                let links: Vec<LinkId> = of.links.iter().copied().collect();
                for id in links {
                    self.tell(id, Input::NetworkRestored);
                }
                return;
            }
            Command::HoldUntil(until) => return self.holds.hold(tenant, until),
            Command::Close(id) => {
                of.links.remove(&id);
                return self.close(id);
            }
            Command::Shutdown => return,
        };
        self.touch(id);
    }

    fn tell(&mut self, id: LinkId, input: Input<'_>) {
        if let Some(carrier) = self.carriers.get_mut(&id) {
            carrier.link.handle_input(self.now, input);
            self.touch(id);
        }
    }

    /// Those whose claims to their sessions have ended send nothing more, not even last words. It
    /// is looked at before anything is read or sent: a machine that slept may wake up when another
    /// has the session.
    fn end_lapsed(&mut self) {
        while let Some(id) = self.holds.ended(self.now) {
            self.holds.let_go(id);
            let Some(tenant) = self.tenants.get(&id) else {
                continue;
            };
            tenant.lapse.note();
            for link in &tenant.links {
                if let Some(carrier) = self.carriers.get_mut(link) {
                    carrier.cut(self.poll.registry());
                }
            }
            self.leave(id);
        }
    }

    /// Closes all that is a client's.
    fn leave(&mut self, id: TenantId) {
        self.holds.let_go(id);
        let links = self.tenants.get_mut(&id).map(|of| mem::take(&mut of.links));
        for link in links.into_iter().flatten() {
            self.close(link);
        }
        // Last, as with it goes the word that all is over.
        self.tenants.remove(&id);
    }

    fn touch(&mut self, id: LinkId) {
        if let Some(carrier) = self.carriers.get_mut(&id)
            && !mem::replace(&mut carrier.touched, true)
        {
            self.touched.push(id);
        }
    }

    fn serve_touched(&mut self) {
        let mut turn = mem::replace(&mut self.touched, mem::take(&mut self.spare));
        for id in turn.drain(..) {
            self.serve(id);
        }
        self.spare = turn;
    }

    fn serve(&mut self, id: LinkId) {
        let Some(carrier) = self.carriers.get_mut(&id) else {
            return; // Closed after it was touched.
        };
        carrier.touched = false;
        let Some(tenant) = self.tenants.get_mut(&carrier.tenant) else {
            return; // Its links go before it does.
        };
        let served = carrier.serve(&mut Tools {
            now: self.now,
            registry: self.poll.registry(),
            dispatch: &mut tenant.dispatch,
            buffer: &mut self.buffer,
        });
        if carrier.scheduled != served.wake_at {
            if let Some(at) = carrier.scheduled {
                self.timers.remove(&(at, id));
            }
            if let Some(at) = served.wake_at {
                self.timers.insert((at, id));
            }
            carrier.scheduled = served.wake_at;
        }
        if served.more {
            self.touch(id);
        }
    }

    /// Tells each link whose time has come, once. What it wants then is carried out in the next
    /// turn, which begins at once.
    fn fire_timers(&mut self) {
        while let Some(&(at, id)) = self.timers.first()
            && at <= self.now.instant
        {
            self.timers.pop_first();
            if let Some(carrier) = self.carriers.get_mut(&id) {
                carrier.scheduled = None;
                carrier.link.handle_input(self.now, Input::Timeout);
                self.touch(id);
            }
        }
    }

    fn close(&mut self, id: LinkId) {
        let Some(carrier) = self.carriers.remove(&id) else {
            return;
        };
        if let Some(at) = carrier.scheduled {
            self.timers.remove(&(at, id));
        }
        if let Some(tenant) = self.tenants.get_mut(&carrier.tenant) {
            carrier.close(&mut Tools {
                now: self.now,
                registry: self.poll.registry(),
                dispatch: &mut tenant.dispatch,
                buffer: &mut self.buffer,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::testing::*;
    use crate::net::{Incoming, Notice};
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    fn open(bench: &Bench, server: SocketAddr) -> (LinkId, Diary) {
        let (link, diary) = TestLink::new(server);
        (bench.handle.open_machine(link).unwrap(), diary)
    }

    fn submit(bench: &Bench, link: LinkId, body: &[u8], token: u64) {
        let slot = bench.slot(token);
        bench.handle.submit(link, outgoing(body), slot).unwrap();
    }

    /// Why a request over a link that lost its connection three times gets no answer in time.
    fn failure(bench: &Bench, link: LinkId) -> String {
        submit(bench, link, b"hello", 6);
        for _ in 0..3 {
            bench.until(|n| matches!(n, Notice::Disconnected { .. }));
        }
        let outgoing = outgoing_within(b"hello", Duration::from_millis(10));
        bench.handle.submit(link, outgoing, bench.slot(7)).unwrap();
        let (token, outcome) = bench.next();
        let unanswered = unanswered(outcome);
        assert_eq!((token, unanswered.cause), (7, Cause::Deadline));
        unanswered.waiting_for
    }

    #[test]
    fn a_thousand_answers_find_their_callers() {
        let peer = Peer::echo();
        let bench = Bench::new();
        let links: Vec<_> = (0..3).map(|_| open(&bench, peer.address).0).collect();
        for token in 0..1000u64 {
            submit(
                &bench,
                links[token as usize % 3],
                &token.to_le_bytes(),
                token,
            );
        }
        let mut seen = BTreeSet::new();
        for _ in 0..1000 {
            let (token, outcome) = bench.next();
            assert_eq!(outcome.unwrap().into_bytes(), token.to_le_bytes());
            assert!(seen.insert(token));
        }
    }

    #[test]
    fn addresses_of_the_sixth_version() {
        if TcpListener::bind("[::1]:0").is_err() {
            return; // This machine has none.
        }
        let peer = Peer::start_on("[::1]:0", echo);
        let bench = Bench::new();
        let (link, _) = open(&bench, peer.address);
        submit(&bench, link, b"hello", 1);
        assert_eq!(bench.next().1.unwrap().into_bytes(), b"hello");
    }

    #[test]
    fn much_more_than_a_socket_takes() {
        let (go, gone) = crossbeam_channel::bounded::<()>(0);
        let peer = Peer::start(move |stream| {
            gone.recv().ok(); // Nothing is read before all has been handed over.
            echo(stream)
        });
        let bench = Bench::new();
        let (link, _) = open(&bench, peer.address);
        bench.until(|n| matches!(n, Notice::Connected { .. }));
        let body = |token: u64| -> Vec<u8> {
            let len = if token.is_multiple_of(3) { 50 } else { 900_000 };
            (0..len).map(|i| (i * 7 + token) as u8).collect()
        };
        for token in 0..30 {
            submit(&bench, link, &body(token), token);
        }
        drop(go);
        for _ in 0..30 {
            let (token, outcome) = bench.next();
            assert!(outcome.unwrap().as_ref() == body(token), "request {token}");
        }
        bench.handle.shutdown();
        let sent: usize = (0..30).map(|token| 12 + body(token).len()).sum();
        assert_eq!(peer.ended.recv().unwrap(), sent, "nothing twice");
    }

    #[test]
    fn a_refused_connection_is_told_as_one() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let bench = Bench::new();
        let (link, _) = open(&bench, address);
        let text = failure(&bench, link);
        assert!(text.contains("connection refused (ECONNREFUSED)"), "{text}");
    }

    #[test]
    fn a_server_that_closes_after_some_bytes() {
        for count in [0, 1, 5, 17] {
            let peer = Peer::start(move |mut stream| {
                let mut bytes = vec![0; count];
                stream.read_exact(&mut bytes).ok();
                count
            });
            let bench = Bench::new();
            let (link, _) = open(&bench, peer.address);
            let text = failure(&bench, link);
            assert!(
                text.contains("by the server") || text.contains("the server closed"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_server_that_speaks_garbage_is_left_before_the_next_try() {
        let last = Mutex::new(None::<TcpStream>);
        let two_at_a_time = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&two_at_a_time);
        let peer = Peer::start(move |mut stream| {
            let copy = stream.try_clone().unwrap();
            if let Some(mut last) = last.lock().unwrap().replace(copy) {
                // The connection before is closed by the time that this one is begun: all that
                // came over it can be read, and then its end.
                last.set_nonblocking(true).unwrap();
                let end = io::copy(&mut last, &mut io::sink());
                if end.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock) {
                    seen.store(true, Ordering::SeqCst);
                }
            }
            stream.write_all(&[0xee; 4096]).ok();
            1
        });
        let bench = Bench::new();
        let (link, _) = open(&bench, peer.address);
        let text = failure(&bench, link);
        assert!(text.contains("garbage"), "{text}");
        assert!(!two_at_a_time.load(Ordering::SeqCst));
    }

    #[test]
    fn what_a_link_hangs_up_is_closed_at_once() {
        let peer = Peer::start(|mut stream| {
            stream.write_all(&[0xee; 4096]).ok();
            echo(stream)
        });
        let bench = Bench::new();
        let (link, _) = TestLink::patient(peer.address);
        bench.handle.open_machine(link).unwrap();
        let ended = peer.ended.recv_timeout(Duration::from_secs(60));
        assert_eq!(ended, Ok(0), "before any other connection");
        bench.handle.network_restored();
        bench.until(|n| matches!(n, Notice::Connected { .. }));
        bench.until(|n| matches!(n, Notice::Connected { .. }));
    }

    #[test]
    fn a_slow_reader_of_updates_is_told_what_it_missed() {
        let peer = Peer::start(|mut stream| {
            let updates: Vec<u8> = (0..100).flat_map(|n| frame(0, &[n])).collect();
            stream.write_all(&updates).unwrap();
            echo(stream)
        });
        let bench = Bench::new();
        let (link, _) = open(&bench, peer.address);
        submit(&bench, link, b"after them all", 1);
        bench.next().1.unwrap();
        let update = |n| Incoming::Update {
            link,
            bytes: vec![n],
        };
        let seen: Vec<_> = bench.incoming.try_iter().collect();
        // The word of the connection was not read yet: it stands for what had no room, too.
        let lost = Incoming::Lost { link };
        assert_eq!(seen, [lost, update(0), update(1), update(2)]);
    }

    #[test]
    fn taps_see_their_updates_and_take_none() {
        use crate::tl::types::{UpdateLoginToken, UpdateShort};
        use crate::tl::{Identifiable, Serialize, enums};
        let update = || {
            let update = UpdateLoginToken {}.into();
            enums::Updates::from(UpdateShort { update, date: 7 }).to_bytes()
        };
        let (updates, flow) = crossbeam_channel::unbounded::<()>();
        let peer = Peer::start(move |mut stream| {
            for ((), number) in flow.iter().zip(1..) {
                let next = [frame(0, &update()), frame(number, b"")].concat();
                stream.write_all(&next).unwrap();
            }
            echo(stream)
        });
        let bench = Bench::new();
        let login = &[UpdateLoginToken::CONSTRUCTOR_ID];
        let slow = bench.handle.open_tap(login, 1);
        let tapped = bench.handle.open_tap(login, 10);
        drop(bench.handle.open_tap(login, 10));
        let (link, _) = open(&bench, peer.address);
        let another = |token| {
            submit(&bench, link, b"answered after an update", token);
            updates.send(()).unwrap();
            assert_eq!(bench.next().0, token);
        };
        (1..=3).for_each(another);
        let ids = tapped.queue.try_iter().map(|raw| raw.constructor_id());
        assert_eq!(ids.collect::<Vec<_>>(), [login[0]; 3]);
        let missed = slow.missed.load(Ordering::SeqCst);
        assert_eq!((slow.queue.len(), missed), (1, 2));
        let whole = || Incoming::Update {
            link,
            bytes: update(),
        };
        bench.connected(link);
        let seen: Vec<_> = bench.incoming.try_iter().collect();
        assert_eq!(seen, [whole(), whole(), whole()]);
        bench.handle.close_tap(tapped.id);
        another(4);
        assert!(tapped.queue.recv().is_err(), "it is closed");
    }

    #[test]
    fn a_flood_on_one_link_leaves_the_others_their_turn() {
        let flood = Peer::start(|mut stream| {
            let chunk = frame(0, &[7; 900_000]);
            while stream.write_all(&chunk).is_ok() {}
            0
        });
        let peer = Peer::echo();
        let bench = Bench::new();
        // It reads more slowly than the server writes, so there is always more to read.
        let (flooded, _) = TestLink::slow(flood.address);
        let flooded = bench.handle.open_machine(flooded).unwrap();
        let (link, _) = open(&bench, peer.address);
        bench.until(|n| matches!(n, Notice::Connected { link } if *link == flooded));
        for token in 0..20 {
            submit(&bench, link, b"hello", token);
            assert_eq!(bench.next().0, token);
        }
    }

    #[test]
    fn a_link_is_closed_by_itself() {
        let peer = Peer::echo();
        let silent = Peer::start(|mut stream| stream.read_to_end(&mut Vec::new()).unwrap_or(0));
        let bench = Bench::new();
        let (link, _) = open(&bench, peer.address);
        let (other, _) = open(&bench, silent.address);
        submit(&bench, other, b"no answer", 1);
        bench.handle.close(other);
        let (token, outcome) = bench.next();
        assert_eq!((token, unanswered(outcome).cause), (1, Cause::Closed));
        submit(&bench, other, b"too late", 2);
        let (token, outcome) = bench.next();
        let unanswered = unanswered(outcome);
        assert_eq!((token, unanswered.cause), (2, Cause::Closed));
        assert_eq!(unanswered.delivery, Delivery::NotSent);
        submit(&bench, link, b"hello", 3);
        assert_eq!(bench.next().1.unwrap().into_bytes(), b"hello");
    }

    #[test]
    fn cancelled_requests_and_saved_keys_reach_their_link() {
        let silent = Peer::start(|mut stream| stream.read_to_end(&mut Vec::new()).unwrap_or(0));
        let bench = Bench::new();
        let (link, diary) = open(&bench, silent.address);
        let (other, others) = open(&bench, silent.address);
        let slot = bench.slot(1);
        let request = bench.handle.submit(link, outgoing(b"x"), slot).unwrap();
        bench.handle.key_saved(link, Ok(()));
        bench.handle.key_saved(other, Err("disk full".into()));
        bench.handle.cancel(other, request);
        bench.handle.cancel(link, request);
        assert_eq!(unanswered(bench.next().1).cause, Cause::Cancelled);
        assert!(diary.lock().contains(&"key saved".into()));
        assert!(others.lock().contains(&"key not saved: disk full".into()));
        bench.handle.attend(other, Attention::Listens);
        submit(&bench, other, b"now", 2);
        assert_eq!(bench.next().0, 2);
        assert!(others.lock().contains(&"Listens".into()));
        assert!(!diary.lock().contains(&"Listens".into()));
    }

    #[test]
    fn many_idle_links_keep_their_deadlines() {
        let silent = Peer::start(|mut stream| stream.read_to_end(&mut Vec::new()).unwrap_or(0));
        let bench = Bench::new();
        for token in 0..100 {
            let (link, _) = open(&bench, silent.address);
            let outgoing = outgoing_within(b"x", Duration::from_millis(token));
            bench
                .handle
                .submit(link, outgoing, bench.slot(token))
                .unwrap();
        }
        for _ in 0..100 {
            assert_eq!(unanswered(bench.next().1).cause, Cause::Deadline);
        }
    }

    #[test]
    fn an_answer_that_is_here_counts_though_its_time_is_over() {
        let (arriving, arrived) = crossbeam_channel::bounded::<()>(0);
        let (go, gone) = crossbeam_channel::bounded::<()>(0);
        let (answering, answered) = crossbeam_channel::bounded::<()>(0);
        let peer = Peer::start(move |mut stream| {
            let mut request = [0; 17];
            stream.read_exact(&mut request).unwrap();
            arriving.send(()).ok();
            gone.recv().ok();
            stream.write_all(&request).unwrap();
            answering.send(()).ok();
            17
        });
        let bench = Bench::new();
        let (link, _) = open(&bench, peer.address);
        let (open_gate, gate) = crossbeam_channel::bounded::<()>(0);
        let (blocker, _) = TestLink::gated("127.0.0.1:1".parse().unwrap(), gate);
        let blocker = bench.handle.open_machine(blocker).unwrap();
        let time = Duration::from_secs(2);
        let hello = outgoing_within(b"hello", time);
        bench.handle.submit(link, hello, bench.slot(1)).unwrap();
        arrived.recv_timeout(Duration::from_secs(60)).unwrap();
        submit(&bench, blocker, b"block", 2);
        open_gate.send(()).unwrap(); // Now the machine is asleep, so to speak …
        drop(go);
        answered.recv().unwrap();
        thread::sleep(time);
        drop(open_gate); // … and wakes again, when both the answer and the deadline are past.
        let (token, outcome) = bench.next();
        assert_eq!((token, outcome.unwrap().as_ref()), (1, &b"hello"[..]));
    }
}
