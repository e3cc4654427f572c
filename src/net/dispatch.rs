//! Who gets what a link has to tell.
use std::collections::BTreeMap;

use crossbeam_channel::Sender;

use super::bounded::Bounded;
use super::command::{Incoming, LinkId, Notice};
use super::overflow::Overflow;
use super::promise::Promise;
use super::sleepers::Sleepers;
use super::tap::Taps;
use crate::mtproto::{Event, IdMap, RequestId, RpcError};

/// Takes what must be kept to whoever keeps it, without waiting.
pub(crate) type Notices = Box<dyn Fn(Notice) + Send>;

/// Brings answers to callers, updates to the updates queue, and what must be kept to the store.
pub(super) struct Dispatch {
    waiting: IdMap<RequestId, (LinkId, Promise)>,
    notices: Notices,
    updates: Updates,
    pub(super) sleepers: Sleepers,
    pub(super) taps: Taps,
}

impl Dispatch {
    pub(super) fn new(
        notices: Notices,
        incoming: Sender<Incoming>,
        capacity: usize,
        overflow: Overflow,
    ) -> Self {
        Self {
            waiting: IdMap::default(),
            notices,
            updates: Updates {
                queue: Bounded::new(incoming, capacity),
                told: BTreeMap::new(),
                overflow,
            },
            sleepers: Sleepers::default(),
            taps: Taps::default(),
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
                    self.sleepers.add(promise.keep(outcome));
                }
                return;
            }
            Event::Update(bytes) => {
                self.taps.see(&bytes);
                return self.updates.push(link, bytes);
            }
            Event::UpdatesLost => return self.updates.lost(link),
            Event::Retired => {
                self.taps.cut_off();
                // It happens once to a link, so there is room for it as for `Lost`.
                return self.updates.queue.put(0, Incoming::Retired { link });
            }
            Event::UpdatesRefused(error) => return self.updates.refused(link, error),
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
            Event::Connected => {
                // What happened before it is asked for.
                self.updates.lost(link);
                Notice::Connected { link }
            }
            Event::Disconnected(why) => Notice::Disconnected { link, why },
        };
        (self.notices)(notice);
    }
}

/// The queue of the updates, which a slow reader cannot make grow.
///
/// It holds the updates that there is room for, and one `Lost` for each link besides: so a `Lost`
/// always has room and is in the queue as soon as something was lost, and nobody has to wait for
/// the reader. A `Lost` that the reader has not taken yet stands for everything that is lost until
/// it does, as the reader asks the server only then.
struct Updates {
    queue: Bounded<Incoming>,
    /// For each link, the place of its last `Lost` in the queue, counted from the first thing that
    /// was ever put in.
    told: BTreeMap<LinkId, u64>,
    overflow: Overflow,
}

impl Updates {
    fn push(&mut self, link: LinkId, bytes: Vec<u8>) {
        if self.queue.has_room() {
            self.queue
                .put(bytes.len(), Incoming::Update { link, bytes });
        } else {
            // The number is there before the reader is told to look at it.
            self.overflow.note(&bytes);
            self.lost(link);
        }
    }

    /// Where there is no room, the next connection says it again.
    fn refused(&mut self, link: LinkId, error: RpcError) {
        if self.queue.has_room() {
            let len = error.message.len();
            let error = Box::new(error);
            self.queue.put(len, Incoming::Refused { link, error });
        }
    }

    fn lost(&mut self, link: LinkId) {
        let taken = self.queue.taken();
        if self.told.get(&link).is_some_and(|place| *place >= taken) {
            return;
        }
        self.told.insert(link, self.queue.sent());
        self.queue.put(0, Incoming::Lost { link });
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
        let overflow = Overflow::default();
        (
            Dispatch::new(Box::new(drop), incoming, capacity, overflow),
            queue,
        )
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
    fn nobody_reads() {
        let (mut dispatch, queue) = with_capacity(1);
        drop(queue);
        for _ in 0..3 {
            dispatch.event(A, Event::Update(vec![]));
            dispatch.event(A, Event::UpdatesLost);
        }
    }
}
