//! A connection as the rest of the server sees it.
use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use super::fate::Fates;
use super::item::{Item, Letter};
use super::writer::Writer;
use crate::clock::Clock;
use crate::faults::{Book, Direction, Flow, Later, Place, Stage};
use crate::wire::MsgIds;

/// How long one write may wait for a client that does not read. After it the connection is cut: the
/// updates of others must not wait for it.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a message that is to change places with the next one waits for it.
const REORDER_WITHIN: Duration = Duration::from_millis(100);

/// What all connections of a process share.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) ids: Arc<MsgIds>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) faults: Arc<Book>,
    pub(crate) later: Arc<Later>,
}

/// A connection's queue and its sending half. It is shared by the connection's own thread and by
/// whoever has updates for its client; each flushes what it has queued.
pub(crate) struct Line {
    /// Unlike that of any other connection of this process's data centres.
    pub(crate) id: u64,
    pub(crate) place: Place,
    faults: Arc<Book>,
    later: Arc<Later>,
    stream: TcpStream,
    queue: Mutex<Queue>,
    writer: Mutex<Writer>,
    /// Ordinary requests that have come over this connection and are not answered yet.
    unanswered: AtomicU32,
    ended: AtomicBool,
    /// Told when the connection's thread has handled all it has read.
    idle: Condvar,
    idle_lock: Mutex<()>,
}

#[derive(Default)]
struct Queue {
    items: Vec<Item>,
    bytes: usize,
    /// Messages that wait until another one has gone.
    held: Vec<Letter>,
}

impl Line {
    /// Takes over the sending half of a connection.
    ///
    /// # Errors
    ///
    /// When the socket is broken already.
    pub(crate) fn new(place: Place, stream: TcpStream, means: Means) -> io::Result<Self> {
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        let flow = Flow::new(Arc::clone(&means.faults), place, Direction::Out);
        let writer = Writer::new(stream.try_clone()?, flow, means.ids, means.clock);
        Ok(Self {
            id: place.connection,
            place,
            faults: means.faults,
            later: means.later,
            stream,
            queue: Mutex::new(Queue::default()),
            writer: Mutex::new(writer),
            unanswered: AtomicU32::new(0),
            ended: AtomicBool::new(false),
            idle: Condvar::new(),
            idle_lock: Mutex::new(()),
        })
    }

    /// Shows the sending half the first bytes that came, which tell the framing; true when it
    /// knows it.
    pub(crate) fn learn_framing(&self, first: &[u8]) -> bool {
        self.writer.lock().learn(first)
    }

    /// Appends to the queue. Nothing is sent before [`Line::flush`].
    pub(crate) fn queue(&self, item: Item) {
        if self.has_ended() {
            return;
        }
        let mut queue = self.queue.lock();
        queue.bytes += item.size();
        queue.items.push(item);
    }

    /// How many bytes wait.
    pub(crate) fn queued_bytes(&self) -> usize {
        self.queue.lock().bytes
    }

    /// Takes an answer back that has not been sent; true if it was there.
    pub(crate) fn withdraw(&self, msg_id: i64) -> bool {
        let mut queue = self.queue.lock();
        let is_it = |item: &Item| match item {
            Item::Letter(letter) => letter.message.msg_id == msg_id,
            _ => false,
        };
        match queue.items.iter().position(is_it) {
            Some(at) => {
                let item = queue.items.remove(at);
                queue.bytes -= item.size();
                true
            }
            None => false,
        }
    }

    /// Sends all that waits, in order, in one write. A connection that cannot take it is cut.
    pub(crate) fn flush(self: &Arc<Self>) {
        let mut writer = self.writer.lock();
        // Taken under the writer's lock: what was queued first is sent first.
        let queue = std::mem::take(&mut *self.queue.lock());
        let mut items = queue.items;
        if items.is_empty() && queue.held.is_empty() || self.has_ended() {
            return;
        }
        if self.faults.is_armed(Stage::Message) || !queue.held.is_empty() {
            items = self.meet_fates(items, queue.held);
        }
        if !items.is_empty() && writer.send(items).is_err() {
            drop(writer);
            self.cut();
        }
    }

    /// Draws what becomes of the messages of a batch; gives what is to be sent at once. `held` has
    /// waited for this batch: it goes behind it.
    fn meet_fates(self: &Arc<Self>, items: Vec<Item>, held: Vec<Letter>) -> Vec<Item> {
        let mut fates = Fates::draw(&self.faults, self.place, items);
        fates.now.extend(held.into_iter().map(Item::Letter));
        for (duration, letter) in fates.later {
            self.call_back(duration, move |line| line.queue(Item::Letter(letter)));
        }
        if !fates.held.is_empty() {
            self.queue.lock().held.extend(fates.held);
            // If nothing else has come by then, they go alone.
            self.call_back(REORDER_WITHIN, |_| ());
        }
        fates.now
    }

    /// Does something with the connection after a while, if it is still there, and flushes it.
    fn call_back(
        self: &Arc<Self>,
        duration: Duration,
        act: impl FnOnce(&Arc<Self>) + Send + 'static,
    ) {
        let line = Arc::downgrade(self);
        let job = move || {
            if let Some(line) = line.upgrade() {
                act(&line);
                line.flush();
            }
        };
        if self.later.after(duration, Box::new(job)).is_err() {
            // No thread, so nothing can be sent later: the next connection gets it.
            self.cut();
        }
    }

    /// Ends the connection: the socket is closed to both sides, whatever still waits is dropped.
    pub(crate) fn cut(&self) {
        self.ended.store(true, Ordering::SeqCst);
        // An error only says that the other side was faster.
        let _ = self.stream.shutdown(Shutdown::Both);
        *self.queue.lock() = Queue::default();
        self.tell_idle();
    }

    /// Whether the connection has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// Counts an ordinary request that has come and is to be answered.
    pub(crate) fn begin_request(&self) {
        self.unanswered.fetch_add(1, Ordering::SeqCst);
    }

    /// All that was read is handled, and its answers are queued.
    pub(crate) fn tell_idle(&self) {
        if self.unanswered.swap(0, Ordering::SeqCst) > 0 || self.has_ended() {
            drop(self.idle_lock.lock());
            self.idle.notify_all();
        }
    }

    /// Whether there are ordinary requests not answered yet.
    pub(crate) fn is_busy(&self) -> bool {
        self.unanswered.load(Ordering::SeqCst) > 0
    }

    /// Finds out whether the client still holds this connection open. What it has sent may hide
    /// that it has closed its side; then this waits until the connection's thread has read it, for
    /// `patience` at most. When in doubt the connection counts as closed.
    pub(crate) fn is_held_open(&self, patience: Duration) -> bool {
        for _ in 0..LOOKS {
            if self.has_ended() {
                return false;
            }
            match self.look() {
                Look::Closed => return false,
                Look::Silent => return true,
                Look::Unread => {
                    let mut guard = self.idle_lock.lock();
                    self.idle.wait_for(&mut guard, patience / LOOKS);
                }
            }
        }
        false
    }

    /// Looks at what the socket has, without taking it or waiting for it.
    fn look(&self) -> Look {
        // Writing has to wait meanwhile: the mode is the same for both directions.
        let writer = self.writer.lock();
        if self.stream.set_nonblocking(true).is_err() {
            return Look::Closed;
        }
        let seen = self.stream.peek(&mut [0]);
        let restored = self.stream.set_nonblocking(false);
        drop(writer);
        match (seen, restored) {
            (Ok(0), _) | (_, Err(_)) => Look::Closed,
            (Ok(_), _) => Look::Unread,
            (Err(error), _) if error.kind() == io::ErrorKind::WouldBlock => Look::Silent,
            (Err(_), _) => Look::Closed,
        }
    }

    /// Waits out a moment in which the socket does not block.
    pub(crate) fn wait_until_blocking(&self) {
        drop(self.writer.lock());
    }
}

/// How often [`Line::is_held_open`] looks.
const LOOKS: u32 = 10;

enum Look {
    /// The client has closed its side.
    Closed,
    /// There are bytes to read.
    Unread,
    /// There is nothing to read, and the client may still send.
    Silent,
}
