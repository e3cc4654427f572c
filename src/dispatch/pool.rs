//! The threads that run handlers.
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crossbeam_channel::{Sender, bounded};
use parking_lot::{Condvar, Mutex, MutexGuard};

use super::lanes::{Lanes, Turn};
use super::lent::{self, Lender, Return};
use crate::error::Result;
use crate::net::NetError;

/// So many threads may be lent out, each waiting in a conversation: beyond that, who waits keeps
/// its worker. A thread that sleeps costs some kilobytes.
const LENT_MAX: usize = 1000;

/// A job, with its lane and its number in it.
pub(super) type Job<J> = (Option<i64>, u64, J);

/// Threads that do jobs: at most so many at a time, one of a lane at a time.
pub(super) struct Pool<J: Send + 'static>(Arc<Shared<J>>);

struct Shared<J> {
    state: Mutex<State<J>>,
    /// There is a job to start, or it is over.
    work: Condvar,
    /// A job was started, or it is over.
    room: Condvar,
    /// A thread has ended.
    ended: Condvar,
    workers: usize,
    capacity: usize,
    act: Box<dyn Fn(J) + Send + Sync>,
}

struct State<J> {
    lanes: Lanes<J>,
    /// Threads that are there, those that wait for a job, and those whose job waits elsewhere.
    alive: usize,
    idle: usize,
    lent: usize,
    /// How many of those that waited are on their way to work, and how many that were just made.
    called: usize,
    made: usize,
    /// Those who want their turn back, by their numbers.
    returning: Vec<(u64, Sender<()>)>,
    threads: Vec<JoinHandle<()>>,
    stopped: bool,
}

impl<J: Send + 'static> Pool<J> {
    /// Threads are started as there is work for them.
    pub(super) fn new(
        workers: usize,
        capacity: usize,
        act: impl Fn(J) + Send + Sync + 'static,
    ) -> Self {
        let state = State {
            lanes: Lanes::default(),
            alive: 0,
            idle: 0,
            lent: 0,
            called: 0,
            made: 0,
            returning: Vec::new(),
            threads: Vec::new(),
            stopped: false,
        };
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            work: Condvar::new(),
            room: Condvar::new(),
            ended: Condvar::new(),
            workers: workers.max(1),
            capacity: capacity.max(1),
            act: Box::new(act),
        }))
    }

    /// Waits until there is room for one more job. For how many there is; for none when none will
    /// be done any more.
    pub(super) fn room(&self) -> usize {
        let mut state = self.0.state.lock();
        while !state.stopped && state.lanes.queued() >= self.0.capacity {
            self.0.room.wait(&mut state);
        }
        match state.stopped {
            true => 0,
            false => self.0.capacity - state.lanes.queued(),
        }
    }

    /// More jobs, each with its lane and its number in it, whether there is room or not. Does not
    /// wait.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`] when there is no thread at all to do them.
    pub(super) fn push(&self, jobs: impl IntoIterator<Item = Job<J>>) -> Result<()> {
        let mut state = self.0.state.lock();
        if state.stopped {
            return Ok(());
        }
        for (lane, number, job) in jobs {
            state.lanes.push(lane, number, job);
        }
        self.0.staff(&mut state)
    }

    /// What `look` makes of the first job that waits in a lane, behind the one of this number, and
    /// of which it makes something.
    pub(super) fn find<T>(
        &self,
        lane: i64,
        behind: Option<u64>,
        mut look: impl FnMut(&J) -> Option<T>,
    ) -> Option<(u64, T)> {
        let state = self.0.state.lock();
        let mut waiting = state.lanes.waiting(lane, behind);
        waiting.find_map(|(number, job)| Some((*number, look(job)?)))
    }

    /// Takes a job out of its lane, if it has not begun.
    pub(super) fn take(&self, lane: i64, number: u64) -> Option<J> {
        let job = self.0.state.lock().lanes.take(lane, number);
        self.0.room.notify_one();
        job
    }

    /// No more jobs are begun; those that wait are dropped. Does not wait.
    pub(super) fn stop(&self) {
        let mut state = self.0.state.lock();
        state.stopped = true;
        let left = state.lanes.clear();
        drop(state);
        drop(left);
        self.0.work.notify_all();
        self.0.room.notify_all();
    }

    /// Waits until the jobs that have begun are done and their threads gone. On one of these
    /// threads it waits for the others.
    pub(super) fn join(&self) {
        let own = thread::current().id();
        let mut state = self.0.state.lock();
        while state.alive > usize::from(state.threads.iter().any(|it| it.thread().id() == own)) {
            self.0.ended.wait(&mut state);
        }
        let threads = std::mem::take(&mut state.threads);
        drop(state);
        for thread in threads.into_iter().filter(|it| it.thread().id() != own) {
            thread.join().ok(); // Nothing that a job does unwinds so far.
        }
    }
}

impl<J: Send + 'static> Shared<J> {
    /// Sees to it that somebody does what can be started: one for each job that nobody is on the
    /// way to yet, as far as there may be so many.
    fn staff(self: &Arc<Self>, state: &mut State<J>) -> Result<()> {
        while !state.stopped && state.lanes.ready() > state.called + state.made {
            if self.call(state) {
                continue;
            }
            if state.alive - state.lent >= self.workers {
                break;
            }
            let shared = Arc::clone(self);
            let spawned = thread::Builder::new()
                .name("ferogram-handler".into())
                .spawn(move || shared.work());
            match spawned {
                Ok(thread) => {
                    state.alive += 1;
                    state.made += 1;
                    state.threads.retain(|it| !it.is_finished());
                    state.threads.push(thread);
                }
                Err(error) if state.alive > state.lent => {
                    tracing::warn!(%error, "there is no thread for one more worker");
                    break;
                }
                Err(error) => return Err(NetError::Start(error).into()),
            }
        }
        Ok(())
    }

    /// What each thread does.
    fn work(self: Arc<Self>) {
        let mut state = self.state.lock();
        state.made -= 1;
        while let Some((turn, job)) = self.next(&mut state) {
            drop(state);
            let lender: Weak<dyn Lender> = Arc::downgrade(&self) as Weak<dyn Lender>;
            lent::begin(lender, turn);
            let done = catch_unwind(AssertUnwindSafe(|| (self.act)(job)));
            if let Err(panic) = done {
                tracing::error!("{}", words(&*panic));
            }
            let has_turn = lent::end();
            state = self.state.lock();
            if has_turn {
                // With this thread there is one that starts what has become ready.
                self.pass_on(&mut state, turn);
            }
        }
        state.alive -= 1;
        self.ended.notify_all();
    }

    /// The next job, or `None` when there is nothing more for this thread.
    fn next(&self, state: &mut MutexGuard<'_, State<J>>) -> Option<(Turn, J)> {
        loop {
            // Those that were lent out come back to those that stood in for them.
            if state.stopped || state.alive - state.lent > self.workers {
                if state.lanes.ready() > 0 {
                    self.call(state);
                }
                return None;
            }
            if let Some(start) = state.lanes.start() {
                self.room.notify_one();
                return Some(start);
            }
            state.idle += 1;
            while state.called == 0 && !state.stopped {
                self.work.wait(state);
            }
            state.called = state.called.saturating_sub(1);
        }
    }

    /// Wakes one that waits for a job, if there is one.
    fn call(&self, state: &mut State<J>) -> bool {
        if state.idle == 0 {
            return false;
        }
        state.idle -= 1;
        state.called += 1;
        self.work.notify_one();
        true
    }

    /// One that was lent out is back; who stood in for it may go.
    fn is_back(&self, state: &mut State<J>) {
        state.lent -= 1;
        if state.alive - state.lent > self.workers {
            self.call(state);
        }
    }

    /// A turn is over, or given away.
    fn pass_on(&self, state: &mut State<J>, turn: Turn) {
        while let Some(number) = state.lanes.done(turn) {
            let at = state.returning.iter().position(|(it, _)| *it == number);
            let back = at.map(|at| state.returning.swap_remove(at).1);
            if back.is_some_and(|back| back.try_send(()).is_ok()) {
                return;
            }
        }
    }
}

impl<J> State<J> {
    /// Somebody wants a turn back no longer. Whether it is theirs already.
    fn withdraw(&mut self, turn: Turn, back: &Return) -> bool {
        let Some(number) = back.number else {
            return true;
        };
        self.returning.retain(|(it, _)| *it != number);
        !self.lanes.renounce(turn, number)
    }
}

impl<J: Send + 'static> Lender for Shared<J> {
    fn lend(self: Arc<Self>, turn: Turn) -> bool {
        let mut state = self.state.lock();
        if state.lent >= LENT_MAX {
            return false;
        }
        state.lent += 1;
        self.pass_on(&mut state, turn);
        if let Err(error) = self.staff(&mut state) {
            tracing::warn!(%error, "what waits has to wait for a handler");
        }
        true
    }

    fn reclaim(self: Arc<Self>, turn: Turn) -> Return {
        let mut state = self.state.lock();
        let number = state.lanes.take_back(turn);
        let (back, granted) = bounded(1);
        if let Some(number) = number {
            state.returning.push((number, back));
        }
        Return { number, granted }
    }

    fn renounce(self: Arc<Self>, turn: Turn, back: &Return) {
        let mut state = self.state.lock();
        if state.withdraw(turn, back) {
            self.pass_on(&mut state, turn);
            if let Err(error) = self.staff(&mut state) {
                tracing::warn!(%error, "what is next has to wait for a handler");
            }
        }
    }

    fn settle(self: Arc<Self>, turn: Turn, back: Return, until: Instant) -> bool {
        let has_turn = back.number.is_none()
            || back.granted.recv_deadline(until).is_ok()
            || self.state.lock().withdraw(turn, &back);
        self.is_back(&mut self.state.lock());
        has_turn
    }
}

impl<J: Send + 'static> Drop for Pool<J> {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What a panic says.
pub(super) fn words(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(words), _) => words,
        (_, Some(words)) => words,
        _ => "a panic without words",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use crossbeam_channel::unbounded;

    use crate::net;

    const PATIENCE: Duration = Duration::from_secs(60);

    type Task = Box<dyn FnOnce() + Send>;

    fn pool(workers: usize, capacity: usize) -> Pool<Task> {
        Pool::new(workers, capacity, |task: Task| task())
    }

    fn push(pool: &Pool<Task>, lane: Option<i64>, task: impl FnOnce() + Send + 'static) {
        pool.push([(lane, 0, Box::new(task) as Task)]).unwrap();
    }

    #[test]
    fn a_slow_lane_delays_no_other() {
        let pool = pool(2, 100);
        let (release, held) = bounded::<()>(0);
        let (tell, told) = unbounded();
        let slow = tell.clone();
        let job = move || {
            held.recv().ok();
            slow.send("slow").unwrap();
        };
        push(&pool, Some(1), job);
        for _ in 0..20 {
            let (one, many) = (tell.clone(), tell.clone());
            push(&pool, Some(1), move || one.send("behind").unwrap());
            push(&pool, Some(2), move || many.send("quick").unwrap());
        }
        for _ in 0..20 {
            assert_eq!(told.recv_timeout(PATIENCE), Ok("quick"));
        }
        assert!(told.is_empty());
        drop(release);
        assert_eq!(told.recv_timeout(PATIENCE), Ok("slow"));
        for _ in 0..20 {
            assert_eq!(told.recv_timeout(PATIENCE), Ok("behind"));
        }
    }

    /// As many are at work as may be, however quickly the jobs came.
    #[test]
    fn there_are_as_many_at_work_as_may_be() {
        for round in 0..50 {
            let pool = pool(4, 100);
            let (tell, told) = unbounded();
            let (release, held) = bounded::<()>(0);
            if round % 2 == 1 {
                // Some wait for work already.
                let tell = tell.clone();
                push(&pool, None, move || tell.send(()).unwrap());
                told.recv_timeout(PATIENCE).unwrap();
            }
            for lane in 0..8 {
                let (tell, held) = (tell.clone(), held.clone());
                let job = move || {
                    tell.send(()).unwrap();
                    held.recv().ok();
                };
                push(&pool, Some(lane), job);
            }
            for _ in 0..4 {
                told.recv_timeout(PATIENCE).expect("four are at work");
            }
            assert_eq!(pool.0.state.lock().alive, 4, "and no more");
            drop(release);
            for _ in 0..4 {
                told.recv_timeout(PATIENCE).expect("the others follow");
            }
            pool.stop();
            pool.join();
        }
    }

    /// Whoever is on the way to a lane does for all that comes into it meanwhile.
    #[test]
    fn one_lane_keeps_one_thread_busy() {
        let pool = pool(4, 1000);
        let (tell, told) = unbounded();
        for _ in 0..20 {
            for _ in 0..20 {
                let tell = tell.clone();
                push(&pool, Some(1), move || tell.send(()).unwrap());
            }
            for _ in 0..20 {
                told.recv_timeout(PATIENCE).unwrap();
            }
        }
        assert_eq!(pool.0.state.lock().alive, 1);
    }

    #[test]
    fn a_panic_ends_nothing() {
        let pool = pool(1, 10);
        let (tell, told) = unbounded();
        push(&pool, Some(1), || panic!("a job fails"));
        push(&pool, Some(1), move || tell.send(()).unwrap());
        assert!(told.recv_timeout(PATIENCE).is_ok());
    }

    #[test]
    fn who_gives_more_than_there_is_room_for_waits() {
        let pool = pool(1, 2);
        let (release, held) = bounded::<()>(0);
        let begun = Arc::new(AtomicUsize::new(0));
        let (count, (tell, told)) = (Arc::clone(&begun), unbounded());
        let giver = thread::spawn(move || {
            for _ in 0..10 {
                assert!(pool.room() > 0);
                let (count, held) = (Arc::clone(&count), held.clone());
                let job = move || {
                    count.fetch_add(1, Ordering::SeqCst);
                    held.recv().ok();
                };
                push(&pool, Some(1), job);
                tell.send(()).unwrap();
            }
            pool
        });
        // One at work, and two that wait.
        for _ in 0..3 {
            told.recv_timeout(PATIENCE).unwrap();
        }
        assert!(told.recv_timeout(Duration::from_millis(100)).is_err());
        drop(release);
        let pool = giver.join().unwrap();
        while begun.load(Ordering::SeqCst) < 10 {
            thread::yield_now();
        }
        pool.stop();
        pool.join();
    }

    #[test]
    fn who_waits_lends_the_turn_and_the_worker_and_has_them_back() {
        let pool = pool(1, 10);
        let (answer, answered) = bounded::<()>(1);
        let (tell, told) = unbounded();
        let waits = tell.clone();
        let job = move || {
            let until = net::after(PATIENCE);
            let got = lent::lend_while(until, || (answered.recv_timeout(PATIENCE), None));
            got.unwrap();
            waits.send("has waited").unwrap();
        };
        push(&pool, Some(1), job);
        // The same lane, and the only worker.
        push(&pool, Some(1), move || tell.send("meanwhile").unwrap());
        assert_eq!(told.recv_timeout(PATIENCE), Ok("meanwhile"));
        answer.send(()).unwrap();
        assert_eq!(told.recv_timeout(PATIENCE), Ok("has waited"));
        pool.stop();
        pool.join();
    }

    /// Many lanes, of whose jobs some wait for a later job of the same lane.
    #[test]
    fn under_stress_each_lane_keeps_its_order_and_nothing_is_left() {
        const LANES: usize = 20;
        const JOBS: usize = 100;
        let at_work: Arc<Vec<AtomicUsize>> =
            Arc::new((0..LANES).map(|_| AtomicUsize::new(0)).collect());
        let crowded = Arc::new(AtomicUsize::new(0));
        let pool = pool(3, 50);
        let (tell, told) = unbounded();
        for number in 0..JOBS {
            for lane in 0..LANES {
                let (tell, at_work) = (tell.clone(), Arc::clone(&at_work));
                let crowded = Arc::clone(&crowded);
                let job = move || {
                    let own = &at_work[lane];
                    // A panic in here would be caught.
                    let enter = || {
                        let others = own.fetch_add(1, Ordering::SeqCst);
                        crowded.fetch_add(others, Ordering::SeqCst);
                    };
                    enter();
                    tell.send((lane, number)).unwrap();
                    if (number + lane) % 17 == 0 {
                        own.fetch_sub(1, Ordering::SeqCst);
                        let pause = || (thread::sleep(Duration::from_millis(1)), None);
                        lent::lend_while(net::after(PATIENCE), pause);
                        enter();
                    }
                    if (number + lane) % 23 == 0 {
                        own.fetch_sub(1, Ordering::SeqCst);
                        panic!("a job fails");
                    }
                    own.fetch_sub(1, Ordering::SeqCst);
                };
                assert!(pool.room() > 0);
                push(&pool, Some(lane as i64), job);
            }
        }
        let mut seen = vec![Vec::new(); LANES];
        for _ in 0..LANES * JOBS {
            let (lane, number) = told.recv_timeout(PATIENCE).expect("all are done");
            seen[lane].push(number);
        }
        for lane in seen {
            assert_eq!(lane, (0..JOBS).collect::<Vec<_>>());
        }
        pool.stop();
        pool.join();
        assert_eq!(crowded.load(Ordering::SeqCst), 0, "two of a lane");
        let state = pool.0.state.lock();
        assert_eq!((state.alive, state.lent), (0, 0));
    }
}
