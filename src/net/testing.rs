//! A protocol of five lines and a server for it, to test the reactor with.
//!
//! A frame is a length (four bytes, at most a million), a number (eight bytes) and a body. The
//! server sends each frame back. One with the number 0 is an update.
use std::collections::{BTreeMap, VecDeque};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use parking_lot::Mutex;

use super::clock;
use super::command::{Incoming, LinkId, Notice, Outgoing};
use super::dispatch::Notices;
use super::handle::Handle;
use super::machine::Machine;
use super::network::Network;
use super::slot::Slot;
use crate::mtproto::{
    Answer, CallError, Cause, Delivery, Event, Input, Lane, Outcome, Output, Reason, Request,
    RequestId, Unanswered,
};
use crate::now::Now;

/// What a test link has seen, in words.
pub(super) type Diary = Arc<Mutex<Vec<String>>>;

pub(super) struct TestLink {
    server: SocketAddr,
    diary: Diary,
    connected: bool,
    closed: bool,
    slow: bool,
    gate: Option<Receiver<()>>,
    retry: Duration,
    retry_at: Option<Instant>,
    why: String,
    waiting: BTreeMap<RequestId, Request>,
    bytes: Vec<u8>,
    outputs: VecDeque<Output>,
}

pub(super) fn frame(number: u64, body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(body.len()).unwrap().to_le_bytes();
    [&len, &number.to_le_bytes()[..], body].concat()
}

impl TestLink {
    pub(super) fn new(server: SocketAddr) -> (Box<Self>, Diary) {
        let diary = Diary::default();
        let link = Self {
            server,
            diary: Arc::clone(&diary),
            connected: false,
            closed: false,
            slow: false,
            gate: None,
            retry: Duration::from_millis(5),
            retry_at: None,
            why: String::from("not tried yet"),
            waiting: BTreeMap::new(),
            bytes: Vec::new(),
            outputs: VecDeque::from([Output::Connect(Lane::One, server)]),
        };
        (Box::new(link), diary)
    }

    /// One that does not try again for an hour.
    pub(super) fn patient(server: SocketAddr) -> (Box<Self>, Diary) {
        let (mut link, diary) = Self::new(server);
        link.retry = Duration::from_secs(3600);
        (link, diary)
    }

    /// One that takes its time over what it reads.
    pub(super) fn slow(server: SocketAddr) -> (Box<Self>, Diary) {
        let (mut link, diary) = Self::new(server);
        link.slow = true;
        (link, diary)
    }

    /// One that stops the reactor's thread when it is asked to `block`, until `gate` ends.
    pub(super) fn gated(server: SocketAddr, gate: Receiver<()>) -> (Box<Self>, Diary) {
        let (mut link, diary) = Self::patient(server);
        link.gate = Some(gate);
        (link, diary)
    }

    /// Looks at the time, as a real link does whenever it is polled.
    fn tick(&mut self, now: Now) {
        let late = self.waiting.values().filter(|r| r.deadline <= now.instant);
        for id in late.map(|r| r.id).collect::<Vec<_>>() {
            self.fail(id, Cause::Deadline);
        }
        if self.retry_at.is_some_and(|at| at <= now.instant) {
            self.retry_at = None;
            self.outputs
                .push_back(Output::Connect(Lane::One, self.server));
        }
    }

    fn answer(&mut self, id: RequestId, outcome: Outcome) {
        self.outputs
            .push_back(Output::Event(Event::Answer(id, outcome)));
    }

    fn fail(&mut self, id: RequestId, cause: Cause) {
        let unanswered = Unanswered {
            delivery: Delivery::Unknown,
            cause,
            waiting_for: format!("{} ({})", self.server, self.why),
        };
        self.waiting.remove(&id);
        self.answer(id, Err(CallError::Unanswered(unanswered)));
    }

    fn transmit(&mut self, id: RequestId) {
        let bytes = frame(id.0, &self.waiting[&id].body);
        self.outputs.push_back(Output::Transmit(Lane::One, bytes));
    }

    fn received(&mut self, now: Now, bytes: &[u8]) {
        if self.slow {
            let sum = bytes
                .iter()
                .fold(0u64, |sum, byte| sum.rotate_left(5) ^ u64::from(*byte));
            std::hint::black_box(sum);
        }
        self.bytes.extend_from_slice(bytes);
        let mut all = std::mem::take(&mut self.bytes);
        let mut rest = &all[..];
        while let Some((head, tail)) = rest.split_at_checked(12) {
            let len = u32::from_le_bytes(head[..4].try_into().unwrap()) as usize;
            let number = u64::from_le_bytes(head[4..].try_into().unwrap());
            if len > 1_000_000 {
                return self.lost(now, "garbage");
            }
            let Some((body, tail)) = tail.split_at_checked(len) else {
                break;
            };
            if number == 0 {
                let update = Event::Update(body.to_vec());
                self.outputs.push_back(Output::Event(update));
            } else if self.waiting.remove(&RequestId(number)).is_some() {
                self.answer(RequestId(number), Ok(Answer::new(body.to_vec())));
            }
            rest = tail;
        }
        let done = all.len() - rest.len();
        all.drain(..done);
        self.bytes = all;
    }

    fn lost(&mut self, now: Now, why: &str) {
        self.diary.lock().push(format!("lost: {why}"));
        self.why = why.to_owned();
        self.connected = false;
        self.bytes.clear();
        self.retry_at = Some(now.instant + self.retry);
        let disconnect = Output::Disconnect(Lane::One, Reason::Closed);
        self.outputs.push_back(disconnect);
        let event = Event::Disconnected(why.to_owned());
        self.outputs.push_back(Output::Event(event));
    }
}

impl Machine for TestLink {
    fn submit(&mut self, _now: Now, request: Request) {
        let id = request.id;
        match &request.body[..] {
            b"panic" => panic!("asked to"),
            b"block" => return self.gate.as_ref().unwrap().iter().for_each(drop),
            b"now" => return self.answer(id, Ok(Answer::new(Vec::new()))),
            b"where" => {
                // The thread that runs this, as the kernel names it.
                let thread = std::fs::read_link("/proc/thread-self").unwrap();
                let name = thread.to_string_lossy().into_owned().into_bytes();
                return self.answer(id, Ok(Answer::new(name)));
            }
            b"wait" => {
                let (_sender, queue) = bounded::<()>(1);
                let result = super::handle::wait(&queue, None).map_err(|e| e.to_string());
                let text = format!("{} {result:?}", super::own::is_own_thread());
                return self.answer(id, Ok(Answer::new(text.into_bytes())));
            }
            _ => {}
        }
        self.waiting.insert(id, request);
        if self.connected {
            self.transmit(id);
        }
    }

    fn cancel(&mut self, _now: Now, id: RequestId) {
        if self.waiting.contains_key(&id) {
            self.fail(id, Cause::Cancelled);
        }
    }

    fn handle_input(&mut self, now: Now, input: Input<'_>) {
        match input {
            Input::Connected(_) => {
                self.diary.lock().push("connected".into());
                self.connected = true;
                self.outputs.push_back(Output::Event(Event::Connected));
                for id in self.waiting.keys().copied().collect::<Vec<_>>() {
                    self.transmit(id);
                }
            }
            Input::Received(_, bytes) => self.received(now, bytes),
            Input::Closed(_, why) => self.lost(now, &why),
            Input::Timeout => {}
            Input::NetworkRestored => {
                if self.retry_at.take().is_some() {
                    self.outputs
                        .push_back(Output::Connect(Lane::One, self.server));
                }
            }
            Input::Attention(attention) => self.diary.lock().push(format!("{attention:?}")),
            Input::KeySaved => self.diary.lock().push("key saved".into()),
            Input::KeyNotSaved(why) => self.diary.lock().push(format!("key not saved: {why}")),
        }
    }

    fn poll_output(&mut self, now: Now) -> Output {
        self.tick(now);
        self.outputs.pop_front().unwrap_or_else(|| {
            let deadlines = self.waiting.values().map(|r| r.deadline);
            let retry = self.retry_at.filter(|_| !self.closed);
            Output::Timeout(deadlines.chain(retry).min())
        })
    }

    fn close(&mut self, _now: Now) {
        self.closed = true;
        for id in self.waiting.keys().copied().collect::<Vec<_>>() {
            self.fail(id, Cause::Closed);
        }
        let disconnect = Output::Disconnect(Lane::One, Reason::Closed);
        self.outputs.push_back(disconnect);
    }

    fn recycle(&mut self, _buffer: Vec<u8>) {}
}

/// A listener and what it does with each connection, each on a thread of its own.
pub(super) struct Peer {
    pub(super) address: SocketAddr,
    /// Each connection's number of bytes read, when it has ended.
    pub(super) ended: Receiver<usize>,
    stop: Arc<AtomicBool>,
    accept: Option<JoinHandle<()>>,
}

impl Peer {
    pub(super) fn start(serve: impl Fn(TcpStream) -> usize + Send + Sync + 'static) -> Self {
        Self::start_on("127.0.0.1:0", serve)
    }

    pub(super) fn start_on(
        address: &str,
        serve: impl Fn(TcpStream) -> usize + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, ended) = unbounded();
        let serve = Arc::new(serve);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let accept = thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (serve, sender) = (Arc::clone(&serve), sender.clone());
                thread::spawn(move || sender.send(serve(stream)).ok());
            }
        });
        Self {
            address,
            ended,
            stop,
            accept: Some(accept),
        }
    }

    pub(super) fn echo() -> Self {
        Self::start(echo)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        TcpStream::connect(self.address).ok(); // So that it looks.
        self.accept.take().map(JoinHandle::join);
    }
}

/// Sends everything back.
pub(super) fn echo(mut stream: TcpStream) -> usize {
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        total += count;
        if stream.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    total
}

/// A reactor with what belongs to it.
pub(super) struct Bench {
    pub(super) handle: Handle,
    pub(super) incoming: Receiver<Incoming>,
    pub(super) notices: Receiver<Notice>,
    pub(super) replies: Receiver<(u64, Outcome)>,
    pub(super) reply: Sender<(u64, Outcome)>,
}

fn notices() -> (Notices, Receiver<Notice>) {
    let (sender, notices) = unbounded();
    let take = move |notice| sender.send(notice).unwrap_or_default();
    (Box::new(take), notices)
}

impl Bench {
    pub(super) fn new() -> Self {
        let (take, notices) = notices();
        Self::of(Handle::start(take, 4).unwrap(), notices)
    }

    /// On a thread that others are on too.
    pub(super) fn on(network: &Network) -> Self {
        let (take, notices) = notices();
        Self::of(Handle::enter(network, take, 4).unwrap(), notices)
    }

    fn of((handle, incoming): (Handle, Receiver<Incoming>), notices: Receiver<Notice>) -> Self {
        let (reply, replies) = unbounded();
        Self {
            handle,
            incoming,
            notices,
            replies,
            reply,
        }
    }

    pub(super) fn slot(&self, token: u64) -> Slot {
        Slot::Shared {
            queue: self.reply.clone(),
            token,
        }
    }

    /// The next answer. A test that would hang fails instead.
    pub(super) fn next(&self) -> (u64, Outcome) {
        self.replies.recv_timeout(Duration::from_secs(60)).unwrap()
    }

    /// The first word of a connection: what happened before it may be missing.
    pub(super) fn connected(&self, link: LinkId) {
        assert_eq!(self.incoming.try_recv(), Ok(Incoming::Lost { link }));
    }

    /// Waits until a notice says `what`.
    pub(super) fn until(&self, what: impl Fn(&Notice) -> bool) {
        while !what(&self.notices.recv_timeout(Duration::from_secs(60)).unwrap()) {}
    }
}

/// A request with a minute of time.
pub(super) fn outgoing(body: &[u8]) -> Outgoing {
    outgoing_within(body, Duration::from_secs(60))
}

pub(super) fn outgoing_within(body: &[u8], time: Duration) -> Outgoing {
    Outgoing {
        body: body.to_vec(),
        harmless: false,
        deadline: clock::now().instant + time,
        compress: false,
        no_prefix: false,
    }
}

/// Why there was no answer.
pub(super) fn unanswered(outcome: Outcome) -> Unanswered {
    match outcome {
        Err(CallError::Unanswered(unanswered)) => unanswered,
        other => panic!("answered: {other:?}"),
    }
}
