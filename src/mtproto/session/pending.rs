//! Requests that have no answer yet: those that wait their turn, and those that are out.
use std::collections::VecDeque;
use std::time::Instant;

use super::ids::MsgId;
use crate::mtproto::timers::Deadlines;
use crate::mtproto::{Cause, IdMap, Request, RequestId};

/// How many requests may be out at once; official clients send no more in one session.
const IN_FLIGHT_MAX: usize = 1024;

/// How many bytes of requests may be out at once. More than a fast line holds, and little enough
/// that a slow one does not keep small requests waiting for minutes.
const IN_FLIGHT_BYTES_MAX: usize = 8 << 20;

/// How many requests a link keeps in all: who submits faster than the server answers hears of it
/// before the memory is gone.
const WAITING_MAX: usize = 1 << 17;

/// How many bytes of requests a link keeps in all.
const WAITING_BYTES_MAX: usize = 256 << 20;

/// Under how many earlier ids an answer to a request is still recognised. A request that has been
/// sent oftener has a network that loses everything.
const OLDER_MAX: usize = 16;

/// A request on its way.
pub(super) struct Entry {
    pub(super) request: Request,
    /// How many were submitted up to this one.
    order: u64,
    pub(super) stage: Stage,
    /// The id under which it was sent last.
    pub(super) current: MsgId,
    /// The ids under which it was sent before: answers to those count as well.
    pub(super) older: Vec<MsgId>,
    /// The id of the message that travelled by itself: the request, or the container around it.
    pub(super) carrier: MsgId,
    pub(super) seq_no: i32,
    /// Whether the server may have carried it out, or may still.
    pub(super) perhaps_done: bool,
    /// Whether it may have been carried out under an earlier id.
    doubtful: bool,
    /// Whether it was sent again under the same id, because the server asked for that.
    pub(super) repeated: bool,
    /// On which connection it was sent with the prefix last; 0 for none.
    pub(super) prefixed: u32,
    /// How often it was refused for want of the prefix.
    pub(super) refused: u8,
    /// When to ask the server what has become of it.
    pub(super) check_at: Instant,
    /// How often that has been asked.
    pub(super) checks: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Waits to be sent, perhaps again.
    Queued,
    /// Waits for its answer.
    Sent,
    /// Was sent in the session before this one, and nobody has said what became of it.
    Stranded,
}

/// Room for so many requests is not kept while there are none.
const FEW: usize = 3;

/// The requests of a session.
pub(super) struct Pending {
    entries: IdMap<RequestId, Entry>,
    /// Sorted by the order of submission. May name requests that have ended meanwhile.
    queue: VecDeque<(u64, RequestId)>,
    submitted: u64,
    deadlines: Deadlines<RequestId>,
    bytes: usize,
    in_flight: usize,
    in_flight_bytes: usize,
}

impl Pending {
    pub(super) fn new() -> Self {
        Self {
            entries: IdMap::default(),
            queue: VecDeque::new(),
            submitted: 0,
            deadlines: Deadlines::new(),
            bytes: 0,
            in_flight: 0,
            in_flight_bytes: 0,
        }
    }

    /// Takes a request in, at the end of the queue.
    pub(super) fn insert(&mut self, now: Instant, request: Request) -> Result<(), Cause> {
        let full = self.entries.len() >= WAITING_MAX
            || self.bytes.saturating_add(request.body.len()) > WAITING_BYTES_MAX;
        if full {
            return Err(Cause::QueueFull { limit: WAITING_MAX });
        }
        let id = request.id;
        assert!(
            !self.entries.contains_key(&id),
            "a request's id is unlike those of all others that wait"
        );
        self.bytes += request.body.len();
        self.deadlines.insert(request.deadline, id);
        self.submitted += 1;
        self.queue.push_back((self.submitted, id));
        self.entries.insert(
            id,
            Entry {
                request,
                order: self.submitted,
                stage: Stage::Queued,
                current: MsgId::NONE,
                older: Vec::new(),
                carrier: MsgId::NONE,
                seq_no: 0,
                perhaps_done: false,
                doubtful: false,
                repeated: false,
                prefixed: 0,
                refused: 0,
                check_at: now,
                checks: 0,
            },
        );
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// How long the requests are that are out.
    pub(super) fn in_flight_bytes(&self) -> usize {
        self.in_flight_bytes
    }

    pub(super) fn get(&self, id: RequestId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: RequestId) -> Option<&mut Entry> {
        self.entries.get_mut(&id)
    }

    /// The earliest deadline of all.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadlines.earliest()
    }

    /// A request whose deadline has passed. It is out of the deadlines then, and must be removed.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<RequestId> {
        self.deadlines.pop_due(now)
    }

    /// The request whose turn it is, if one more may go out.
    pub(super) fn next(&mut self) -> Option<RequestId> {
        let id = loop {
            let (_, id) = *self.queue.front()?;
            let waits = self.entries.get(&id);
            if waits.is_some_and(|e| e.stage == Stage::Queued) {
                break id;
            }
            self.queue.pop_front();
        };
        let entry = self.entries.get(&id)?;
        let bytes = self.in_flight_bytes + entry.request.body.len();
        let room = self.in_flight < IN_FLIGHT_MAX && bytes <= IN_FLIGHT_BYTES_MAX;
        (room || self.in_flight == 0).then_some(id)
    }

    /// The request at the front of the queue goes out under this id. Gives an id that is forgotten
    /// in return, if there are too many.
    pub(super) fn send_next(&mut self, id: MsgId, seq_no: i32, check_at: Instant) -> Option<MsgId> {
        let entry = self
            .queue
            .pop_front()
            .and_then(|(_, request)| self.entries.get_mut(&request))
            .expect("`next` has just shown it");
        let forgotten = if entry.current == MsgId::NONE {
            None
        } else {
            entry.older.push(entry.current);
            (entry.older.len() > OLDER_MAX).then(|| entry.older.remove(0))
        };
        entry.stage = Stage::Sent;
        entry.current = id;
        entry.carrier = id;
        entry.seq_no = seq_no;
        entry.perhaps_done = true;
        entry.repeated = false;
        entry.check_at = check_at;
        entry.checks = 0;
        self.in_flight += 1;
        self.in_flight_bytes += entry.request.body.len();
        forgotten
    }

    /// Puts a request that is out back into the queue, where it had been. `certain`: the server
    /// has not carried it out under its current id, and will not.
    pub(super) fn requeue(&mut self, id: RequestId, certain: bool) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        if entry.stage != Stage::Queued {
            entry.stage = Stage::Queued;
            entry.doubtful |= !certain;
            entry.perhaps_done = entry.doubtful;
            self.in_flight -= 1;
            self.in_flight_bytes -= entry.request.body.len();
            let place = self
                .queue
                .partition_point(|(order, _)| *order < entry.order);
            self.queue.insert(place, (entry.order, id));
        }
    }

    /// A new session: no answer will come under any of the old ids, but for what is stranded.
    pub(super) fn forget_ids(&mut self) {
        for entry in self.entries.values_mut() {
            entry.older.clear();
            if entry.stage != Stage::Stranded {
                entry.current = MsgId::NONE;
            }
        }
    }

    /// What is out and must not be done twice belongs to a session that is given up, whose last
    /// words will tell what became of it. They cannot tell it of what was sent twice there.
    pub(super) fn strand(&mut self) {
        for entry in self.entries.values_mut() {
            if entry.stage == Stage::Sent && !entry.request.harmless && !entry.repeated {
                entry.stage = Stage::Stranded;
                entry.prefixed = 0; // That says nothing about another session.
            }
        }
    }

    /// Takes a request out, whatever state it is in.
    pub(super) fn remove(&mut self, id: RequestId) -> Option<Entry> {
        let entry = self.entries.remove(&id)?;
        self.bytes -= entry.request.body.len();
        self.deadlines.remove(entry.request.deadline, id);
        match entry.stage {
            Stage::Sent | Stage::Stranded => {
                self.in_flight -= 1;
                self.in_flight_bytes -= entry.request.body.len();
            }
            Stage::Queued => self.tidy_queue(),
        }
        // Room for a few is soon made again, and idle links may be many.
        if self.entries.is_empty() && self.entries.capacity() <= FEW {
            self.entries = IdMap::default();
        }
        Some(entry)
    }

    /// Drops the names of ended requests when they are most of the queue.
    fn tidy_queue(&mut self) {
        const SLACK: usize = 64;
        let queued = self.entries.len() - self.in_flight;
        if self.queue.len() > 2 * queued + SLACK {
            let entries = &self.entries;
            self.queue.retain(|(_, id)| {
                let waits = entries.get(id);
                waits.is_some_and(|e| e.stage == Stage::Queued)
            });
        }
    }

    /// Those that are out, in the order in which they were sent.
    pub(super) fn sent(&self) -> Vec<RequestId> {
        self.at(Stage::Sent)
    }

    /// Those that were out when another session began, in the same order.
    pub(super) fn stranded(&self) -> Vec<RequestId> {
        self.at(Stage::Stranded)
    }

    fn at(&self, stage: Stage) -> Vec<RequestId> {
        let mut sent: Vec<(MsgId, RequestId)> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.stage == stage)
            .map(|(id, entry)| (entry.current, *id))
            .collect();
        sent.sort_unstable();
        sent.into_iter().map(|(_, id)| id).collect()
    }

    /// All, in no order.
    pub(super) fn ids(&self) -> Vec<RequestId> {
        self.entries.keys().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn now() -> Instant {
        Instant::now()
    }

    fn request(now: Instant, id: u64, size: usize) -> Request {
        Request::new(RequestId(id), vec![0; size], now + Duration::from_secs(id))
    }

    fn send(pending: &mut Pending, now: Instant, msg_id: i64) -> Option<u64> {
        let id = pending.next()?;
        pending.send_next(MsgId(msg_id), 1, now);
        Some(id.0)
    }

    #[test]
    fn goes_out_in_order_and_again_before_the_others() {
        let now = now();
        let mut pending = Pending::new();
        for id in [3, 1, 2] {
            pending.insert(now, request(now, id, 8)).unwrap();
        }
        assert_eq!(pending.deadline(), Some(now + Duration::from_secs(1)));
        assert_eq!(send(&mut pending, now, 4), Some(3));
        pending.requeue(RequestId(3), true);
        assert!(!pending.get(RequestId(3)).unwrap().perhaps_done);
        assert_eq!(send(&mut pending, now, 8), Some(3));
        assert_eq!(pending.get(RequestId(3)).unwrap().older, [MsgId(4)]);
        assert_eq!(send(&mut pending, now, 12), Some(1));
        pending.requeue(RequestId(3), true);
        pending.requeue(RequestId(1), true);
        assert_eq!(send(&mut pending, now, 16), Some(3), "the order stays");
        assert_eq!(send(&mut pending, now, 20), Some(1));
        assert_eq!(pending.sent(), [RequestId(3), RequestId(1)]);
        assert_eq!(pending.in_flight(), 2);
        pending.remove(RequestId(2));
        assert_eq!(send(&mut pending, now, 24), None);
    }

    #[test]
    fn doubt_about_an_earlier_id_stays() {
        let now = now();
        let mut pending = Pending::new();
        pending.insert(now, request(now, 1, 8)).unwrap();
        send(&mut pending, now, 4);
        pending.requeue(RequestId(1), false);
        send(&mut pending, now, 8);
        pending.requeue(RequestId(1), true);
        assert!(pending.get(RequestId(1)).unwrap().perhaps_done);
    }

    #[test]
    fn so_many_and_so_much_may_be_out_and_one_always() {
        let now = now();
        let mut pending = Pending::new();
        for id in 0..IN_FLIGHT_MAX as u64 + 1 {
            pending.insert(now, request(now, id, 4)).unwrap();
        }
        let sent = (1..).map_while(|i| send(&mut pending, now, i)).count();
        assert_eq!(sent, IN_FLIGHT_MAX);
        let mut pending = Pending::new();
        pending
            .insert(now, request(now, 0, IN_FLIGHT_BYTES_MAX + 4))
            .unwrap();
        pending.insert(now, request(now, 1, 4)).unwrap();
        assert_eq!(send(&mut pending, now, 4), Some(0));
        assert_eq!(send(&mut pending, now, 8), None);
        pending.remove(RequestId(0));
        assert_eq!(send(&mut pending, now, 8), Some(1));
    }

    #[test]
    fn the_queue_is_bounded_by_number_and_bytes() {
        let now = now();
        let mut pending = Pending::new();
        for id in 0..WAITING_MAX as u64 {
            pending.insert(now, request(now, id, 0)).unwrap();
        }
        let full = pending.insert(now, request(now, u64::MAX >> 40, 0));
        assert_eq!(full, Err(Cause::QueueFull { limit: WAITING_MAX }));
        let mut pending = Pending::new();
        pending
            .insert(now, request(now, 1, WAITING_BYTES_MAX))
            .unwrap();
        assert!(pending.insert(now, request(now, 2, 1)).is_err());
        pending.remove(RequestId(1));
        assert!(pending.insert(now, request(now, 2, 1)).is_ok());
    }

    #[test]
    fn ended_requests_leave_nothing_behind() {
        let now = now();
        let mut pending = Pending::new();
        for id in 0..100_000 {
            pending.insert(now, request(now, id, 4)).unwrap();
            pending.remove(RequestId(id)).unwrap();
        }
        assert!(pending.queue.len() < 200, "{}", pending.queue.len());
        assert_eq!(pending.deadline(), None);
        assert_eq!((pending.bytes, pending.in_flight), (0, 0));
    }

    #[test]
    fn old_ids_are_kept_up_to_a_limit() {
        let now = now();
        let mut pending = Pending::new();
        pending.insert(now, request(now, 1, 4)).unwrap();
        let mut forgotten = Vec::new();
        for msg_id in 0..OLDER_MAX as i64 + 3 {
            pending.next().unwrap();
            forgotten.extend(pending.send_next(MsgId(msg_id), 1, now));
            pending.requeue(RequestId(1), false);
        }
        assert_eq!(forgotten, [MsgId(0), MsgId(1)]);
    }
}
