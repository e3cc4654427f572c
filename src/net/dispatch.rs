//! Who gets what a link has to tell.
use std::collections::{BTreeMap, HashMap, VecDeque};

use crossbeam_channel::Sender;

use super::command::{Incoming, LinkId, Notice};
use super::promise::Promise;
use crate::mtproto::{Event, RequestId};

/// So many bytes of updates wait for their reader, however few updates they are: a small packet can
/// unpack into one of many megabytes. A queue full of ordinary ones takes a twentieth of it.
const UPDATES_BYTES_MAX: usize = 64 << 20;

/// Brings answers to callers, updates to the updates queue, and what must be kept to the store.
pub(super) struct Dispatch {
    waiting: HashMap<RequestId, (LinkId, Promise)>,
    notices: Sender<Notice>,
    updates: Updates,
}

impl Dispatch {
    pub(super) fn new(
        notices: Sender<Notice>,
        incoming: Sender<Incoming>,
        capacity: usize,
    ) -> Self {
        Self {
            waiting: HashMap::new(),
            notices,
            updates: Updates {
                queue: incoming,
                capacity,
                bytes_max: UPDATES_BYTES_MAX,
                sizes: VecDeque::new(),
                bytes: 0,
                sent: 0,
                told: BTreeMap::new(),
            },
        }
    }

    /// Remembers who waits for the answer.
    pub(super) fn expect(&mut self, link: LinkId, request: RequestId, mut promise: Promise) {
        promise.handed_over();
        self.waiting.insert(request, (link, promise));
    }

    /// Nothing comes from this link any more: who still waits for it learns that now.
    pub(super) fn forget(&mut self, link: LinkId) {
        self.waiting.retain(|_, (of, _)| *of != link);
        self.updates.told.remove(&link);
    }

    pub(super) fn event(&mut self, link: LinkId, event: Event) {
        let notice = match event {
            Event::Answer(request, outcome) => {
                if let Some((_, promise)) = self.waiting.remove(&request) {
                    promise.keep(outcome);
                }
                return;
            }
            Event::Update(bytes) => return self.updates.push(link, bytes),
            Event::UpdatesLost => return self.updates.lost(link),
            // Nobody has asked for it yet: quick acks serve progress displays.
            Event::QuickAck(_) => return,
            Event::NewKey {
                kind,
                key,
                time_offset,
                expires_at: _, // Temporary keys are not kept, and the link itself renews them.
            } => Notice::NewKey {
                link,
                kind,
                key,
                time_offset,
            },
            Event::KeyLost(kind) => Notice::KeyLost { link, kind },
            Event::Salts(salts) => Notice::Salts { link, salts },
            Event::Connected => Notice::Connected { link },
            Event::Disconnected(why) => Notice::Disconnected { link, why },
        };
        // When the store's thread is gone the client is closing.
        self.notices.send(notice).ok();
    }
}

/// The queue of the updates, which a slow reader cannot make grow.
///
/// It holds at most `capacity` updates, none more once they have `bytes_max` bytes, and one `Lost`
/// for each link besides: so a `Lost` always has room and is in the queue as soon as something was
/// lost, and nobody has to wait for the reader. A `Lost` that the reader has not taken yet stands
/// for everything that is lost until it does, as the reader asks the server only then.
struct Updates {
    queue: Sender<Incoming>,
    capacity: usize,
    bytes_max: usize,
    /// How many bytes each thing in the queue has; longer than the queue by what was taken since.
    sizes: VecDeque<usize>,
    /// The sum of these.
    bytes: usize,
    /// How many things were ever put into the queue.
    sent: u64,
    /// For each link, the place of its last `Lost` in the queue, counted as `sent` is.
    told: BTreeMap<LinkId, u64>,
}

impl Updates {
    fn push(&mut self, link: LinkId, bytes: Vec<u8>) {
        self.look_what_was_taken();
        // Only this thread puts things in, so the queue can only be shorter by now.
        if self.queue.len() < self.capacity && self.bytes < self.bytes_max {
            self.send(bytes.len(), Incoming::Update { link, bytes });
        } else {
            self.lost(link);
        }
    }

    fn look_what_was_taken(&mut self) {
        while self.sizes.len() > self.queue.len() {
            self.bytes -= self.sizes.pop_front().unwrap_or_default();
        }
    }

    fn lost(&mut self, link: LinkId) {
        self.look_what_was_taken();
        let taken = self.sent - self.queue.len() as u64;
        if self.told.get(&link).is_some_and(|place| *place >= taken) {
            return;
        }
        self.told.insert(link, self.sent);
        self.send(0, Incoming::Lost { link });
    }

    fn send(&mut self, size: usize, incoming: Incoming) {
        // Without a reader there is nothing to count: the queue stays empty.
        if self.queue.send(incoming).is_ok() {
            self.sent += 1;
            self.sizes.push_back(size);
            self.bytes += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::{Receiver, unbounded};

    const A: LinkId = LinkId(0);
    const B: LinkId = LinkId(1);

    fn with_capacity(capacity: usize) -> (Dispatch, Receiver<Incoming>) {
        let (incoming, queue) = unbounded();
        (Dispatch::new(unbounded().0, incoming, capacity), queue)
    }

    fn update(link: LinkId, n: u8) -> Incoming {
        Incoming::Update {
            link,
            bytes: vec![n],
        }
    }

    fn lost(link: LinkId) -> Incoming {
        Incoming::Lost { link }
    }

    #[test]
    fn a_full_queue_tells_each_link_once() {
        let (mut dispatch, queue) = with_capacity(2);
        for n in 0..100 {
            dispatch.event(A, Event::Update(vec![n]));
        }
        for n in 0..100 {
            dispatch.event(B, Event::Update(vec![n]));
        }
        let all = [update(A, 0), update(A, 1), lost(A), lost(B)];
        assert_eq!(queue.try_iter().collect::<Vec<_>>(), all);
    }

    #[test]
    fn what_is_lost_after_the_reader_was_told_is_told_again() {
        let (mut dispatch, queue) = with_capacity(1);
        dispatch.event(A, Event::Update(vec![0]));
        dispatch.event(A, Event::Update(vec![1]));
        assert_eq!(queue.try_recv(), Ok(update(A, 0)));
        // The reader has not been told yet: one word is enough.
        dispatch.event(A, Event::UpdatesLost);
        assert_eq!(queue.len(), 1);
        assert_eq!(queue.try_recv(), Ok(lost(A)));
        // Another link takes the room, and now the next one is lost after the word.
        dispatch.event(B, Event::Update(vec![2]));
        dispatch.event(A, Event::Update(vec![3]));
        assert_eq!(
            queue.try_iter().collect::<Vec<_>>(),
            [update(B, 2), lost(A)]
        );
        dispatch.event(A, Event::UpdatesLost);
        dispatch.event(A, Event::Update(vec![4]));
        assert_eq!(queue.try_recv(), Ok(lost(A)));
        assert_eq!(
            queue.try_recv().ok(),
            None,
            "the word itself takes the one place"
        );
    }

    #[test]
    fn few_large_updates_fill_the_queue_too() {
        let (mut dispatch, queue) = with_capacity(100);
        dispatch.updates.bytes_max = 1000;
        let large = || Event::Update(vec![7; 400]);
        for _ in 0..10 {
            dispatch.event(A, large());
        }
        let came = |queue: &Receiver<Incoming>| {
            let all = queue.try_iter().map(|incoming| match incoming {
                Incoming::Update { bytes, .. } => bytes.len(),
                Incoming::Lost { .. } => 0,
            });
            all.collect::<Vec<_>>()
        };
        assert_eq!(queue.len(), 4);
        assert_eq!(came(&queue), [400, 400, 400, 0]);
        // What was taken makes room, and is not counted for ever.
        for _ in 0..5 {
            dispatch.event(A, large());
            dispatch.event(A, large());
            assert_eq!(came(&queue), [400, 400]);
        }
        for _ in 0..5 {
            dispatch.event(A, Event::UpdatesLost);
            assert_eq!(came(&queue), [0]);
        }
        assert!(dispatch.updates.sizes.len() <= 2);
    }

    #[test]
    fn nobody_reads() {
        let (mut dispatch, queue) = with_capacity(1);
        drop(queue);
        for _ in 0..3 {
            dispatch.event(A, Event::Update(vec![]));
            dispatch.event(A, Event::UpdatesLost);
        }
    }
}
