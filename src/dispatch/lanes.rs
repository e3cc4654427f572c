//! Whose turn it is: what waits, in the order of each lane, and which lanes have somebody at work.
use std::collections::{HashMap, VecDeque};

/// What waits to be done. Jobs of one lane are done one after the other, those of different lanes
/// at the same time; a lane gives one job and stands in line again, so that a long one delays
/// nobody.
///
/// It has no threads and no locks.
pub(super) struct Lanes<J> {
    lanes: HashMap<i64, Lane<J>>,
    /// Those that have a job and nobody at work.
    ready: VecDeque<Turn>,
    /// Jobs that need no order.
    loose: HashMap<u64, J>,
    queued: usize,
    next: u64,
}

/// Whose job it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Turn {
    /// The next one of a lane.
    Lane(i64),
    /// One that needs no order, by its number.
    Loose(u64),
}

struct Lane<J> {
    /// In the order of their numbers.
    jobs: VecDeque<(u64, J)>,
    busy: bool,
    /// Those who have given their turn away and want it back, the first one in front.
    returning: VecDeque<u64>,
}

impl<J> Default for Lane<J> {
    fn default() -> Self {
        Self {
            jobs: VecDeque::new(),
            busy: false,
            returning: VecDeque::new(),
        }
    }
}

impl<J> Default for Lanes<J> {
    fn default() -> Self {
        Self {
            lanes: HashMap::new(),
            ready: VecDeque::new(),
            loose: HashMap::new(),
            queued: 0,
            next: 0,
        }
    }
}

impl<J> Lanes<J> {
    /// One more job, in its lane behind those with lower numbers; `None` needs no order.
    pub(super) fn push(&mut self, lane: Option<i64>, number: u64, job: J) {
        self.queued += 1;
        let Some(key) = lane else {
            let number = self.next();
            self.loose.insert(number, job);
            self.ready.push_back(Turn::Loose(number));
            return;
        };
        let lane = self.lanes.entry(key).or_default();
        // Nearly always it is the last one.
        let before = lane.jobs.iter().rposition(|(it, _)| *it <= number);
        lane.jobs
            .insert(before.map_or(0, |at| at + 1), (number, job));
        if lane.jobs.len() == 1 && !lane.busy {
            self.ready.push_back(Turn::Lane(key));
        }
    }

    /// A job whose turn it is: until [`done`](Self::done), nothing else of its lane is given.
    pub(super) fn start(&mut self) -> Option<(Turn, J)> {
        loop {
            let turn = self.ready.pop_front()?;
            let job = match turn {
                Turn::Loose(number) => self.loose.remove(&number),
                Turn::Lane(key) => self.lanes.get_mut(&key).and_then(|lane| {
                    let (_, job) = (!lane.busy).then(|| lane.jobs.pop_front())??;
                    lane.busy = true;
                    Some(job)
                }),
            };
            // What was taken out or back meanwhile leaves its place in line.
            if let Some(job) = job {
                self.queued -= 1;
                return Some((turn, job));
            }
        }
    }

    /// The turn is over, or given away. Who wants it back goes before the next job: then the turn
    /// is that one's, and its number comes back.
    pub(super) fn done(&mut self, turn: Turn) -> Option<u64> {
        let Turn::Lane(key) = turn else {
            return None;
        };
        let lane = self.lanes.get_mut(&key)?;
        if let Some(number) = lane.returning.pop_front() {
            return Some(number);
        }
        lane.busy = false;
        match lane.jobs.is_empty() {
            true => drop(self.lanes.remove(&key)),
            false => self.ready.push_back(turn),
        }
        None
    }

    /// Takes a turn that was given away. `Some` says that somebody else has it: the number comes
    /// back from [`done`](Self::done) when it is free.
    pub(super) fn take_back(&mut self, turn: Turn) -> Option<u64> {
        let Turn::Lane(key) = turn else {
            return None;
        };
        let number = self.next();
        let lane = self.lanes.entry(key).or_default();
        if lane.busy {
            lane.returning.push_back(number);
            return Some(number);
        }
        lane.busy = true;
        None
    }

    /// Whoever was waiting under this number does so no longer. `false` says that the turn is
    /// theirs already.
    pub(super) fn renounce(&mut self, turn: Turn, number: u64) -> bool {
        let Turn::Lane(key) = turn else {
            return true;
        };
        let Some(lane) = self.lanes.get_mut(&key) else {
            return true;
        };
        let before = lane.returning.len();
        lane.returning.retain(|it| *it != number);
        lane.returning.len() < before
    }

    /// What waits in a lane, behind the job of this number if there is one.
    pub(super) fn waiting(&self, key: i64, behind: Option<u64>) -> impl Iterator<Item = &(u64, J)> {
        let jobs = self.lanes.get(&key).map(|lane| &lane.jobs);
        let from = move |jobs: &VecDeque<(u64, J)>| {
            jobs.partition_point(|(it, _)| behind.is_some_and(|behind| *it <= behind))
        };
        jobs.into_iter().flat_map(move |it| it.range(from(it)..))
    }

    /// Takes a job out, wherever it stands in its lane.
    pub(super) fn take(&mut self, key: i64, number: u64) -> Option<J> {
        let lane = self.lanes.get_mut(&key)?;
        let at = lane.jobs.iter().position(|(it, _)| *it == number)?;
        let (_, job) = lane.jobs.remove(at)?;
        self.queued -= 1;
        if lane.jobs.is_empty() && !lane.busy {
            self.lanes.remove(&key);
        }
        Some(job)
    }

    /// How many jobs may be started, at most.
    pub(super) fn ready(&self) -> usize {
        self.ready.len()
    }

    /// How many jobs wait.
    pub(super) fn queued(&self) -> usize {
        self.queued
    }

    /// Gives all that waits back. Turns that somebody has go on.
    pub(super) fn clear(&mut self) -> Vec<J> {
        self.ready.clear();
        self.queued = 0;
        let mut left: Vec<J> = self.loose.drain().map(|(_, job)| job).collect();
        for lane in self.lanes.values_mut() {
            left.extend(lane.jobs.drain(..).map(|(_, job)| job));
        }
        self.lanes.retain(|_, lane| lane.busy);
        left
    }

    fn next(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_lane_gives_one_job_at_a_time_and_stands_in_line_again() {
        let mut lanes = Lanes::default();
        for (number, job) in (0..).zip(["a1", "a2", "a3"]) {
            lanes.push(Some(1), number, job);
        }
        lanes.push(Some(2), 3, "b1");
        lanes.push(None, 4, "c");
        let (a, job) = lanes.start().unwrap();
        assert_eq!(job, "a1");
        assert_eq!(lanes.start().unwrap().1, "b1", "the first lane is at work");
        assert_eq!(lanes.start().unwrap().1, "c");
        assert!(lanes.start().is_none() && lanes.queued() == 2);
        assert_eq!(lanes.done(a), None);
        assert_eq!(lanes.start().unwrap().1, "a2");
    }

    #[test]
    fn who_wants_a_turn_back_goes_before_the_next_job() {
        let mut lanes = Lanes::default();
        for job in 0..3 {
            lanes.push(Some(1), job, job);
        }
        let (turn, _) = lanes.start().unwrap();
        lanes.done(turn); // Given away.
        let (same, job) = lanes.start().unwrap();
        assert_eq!((same, job), (turn, 1));
        let number = lanes.take_back(turn).expect("somebody is at work");
        assert_eq!(lanes.done(turn), Some(number));
        assert!(lanes.start().is_none(), "the turn was given on");
        assert_eq!(lanes.done(turn), None);
        assert_eq!(lanes.start().unwrap().1, 2);
        lanes.done(turn);
        assert_eq!(lanes.take_back(turn), None, "nobody is at work");
        lanes.push(Some(1), 3, 3);
        assert!(lanes.start().is_none());
        lanes.done(turn);
        assert_eq!(lanes.start().unwrap().1, 3);
    }

    #[test]
    fn who_gives_up_is_not_waited_for() {
        let mut lanes = Lanes::default();
        lanes.push(Some(1), 0, 0);
        lanes.push(Some(1), 1, 1);
        let (turn, _) = lanes.start().unwrap();
        let number = lanes.take_back(turn).unwrap();
        assert!(lanes.renounce(turn, number));
        assert_eq!(lanes.done(turn), None);
        assert_eq!(lanes.start().unwrap().1, 1);
        let number = lanes.take_back(turn).unwrap();
        assert_eq!(lanes.done(turn), Some(number));
        assert!(!lanes.renounce(turn, number), "it is theirs already");
    }

    #[test]
    fn what_is_taken_leaves_the_others_in_order_and_comes_back_to_its_place() {
        let mut lanes = Lanes::default();
        for job in 0..5 {
            lanes.push(Some(1), job, job);
        }
        let waiting = |lanes: &Lanes<u64>, behind| -> Vec<u64> {
            let waiting = lanes.waiting(1, behind);
            waiting.map(|(_, job)| *job).collect()
        };
        assert_eq!(waiting(&lanes, Some(2)), [3, 4]);
        assert_eq!((lanes.take(1, 2), lanes.take(1, 0)), (Some(2), Some(0)));
        assert_eq!((lanes.take(1, 2), lanes.take(2, 1)), (None, None));
        assert_eq!(waiting(&lanes, None), [1, 3, 4]);
        assert_eq!(waiting(&lanes, Some(1)), [3, 4]);
        lanes.push(Some(1), 0, 0);
        let mut seen = Vec::new();
        while let Some((turn, job)) = lanes.start() {
            seen.push(job);
            lanes.done(turn);
        }
        assert_eq!(seen, [0, 1, 3, 4]);
        lanes.push(Some(1), 9, 9);
        assert_eq!(lanes.take(1, 9), Some(9));
        assert!(lanes.start().is_none() && lanes.lanes.is_empty());
    }

    /// A random life.
    #[derive(Default)]
    struct Life {
        lanes: Lanes<(i64, u64)>,
        counts: BTreeMap<i64, u64>,
        seen: BTreeMap<i64, Vec<u64>>,
        at_work: Vec<Turn>,
        away: Vec<Turn>,
        waiting: Vec<(Turn, u64)>,
    }

    impl Life {
        fn begin(&mut self, turn: Turn) {
            assert!(!self.at_work.contains(&turn), "two at work in one lane");
            self.at_work.push(turn);
        }

        fn step(&mut self, doing: u64, dice: &mut impl FnMut(usize) -> usize) {
            match doing {
                0 => self.start(),
                1 | 2 if !self.at_work.is_empty() => {
                    let turn = self.at_work.swap_remove(dice(self.at_work.len()));
                    if let Some(number) = self.lanes.done(turn) {
                        self.waiting.retain(|it| *it != (turn, number));
                        self.at_work.push(turn);
                    }
                    if doing == 2 {
                        self.away.push(turn);
                    }
                }
                3 if !self.away.is_empty() => {
                    let turn = self.away.swap_remove(dice(self.away.len()));
                    match self.lanes.take_back(turn) {
                        Some(number) => self.waiting.push((turn, number)),
                        None => self.begin(turn),
                    }
                }
                4 if !self.waiting.is_empty() => {
                    let (turn, number) = self.waiting.swap_remove(dice(self.waiting.len()));
                    assert!(self.lanes.renounce(turn, number));
                }
                5 if dice(8) == 0 => {
                    let key = dice(4) as i64;
                    let first = self.lanes.waiting(key, None).next().map(|it| it.0);
                    if let Some(job) = first.and_then(|first| self.lanes.take(key, first)) {
                        self.see(job);
                    }
                }
                6 => {
                    let key = dice(4) as i64;
                    let count = self.counts.entry(key).or_default();
                    self.lanes.push(Some(key), *count, (key, *count));
                    *count += 1;
                }
                _ => {}
            }
        }

        fn start(&mut self) {
            if let Some((turn, job)) = self.lanes.start() {
                self.begin(turn);
                self.see(job);
            }
        }

        fn see(&mut self, (key, job): (i64, u64)) {
            self.seen.entry(key).or_default().push(job);
        }

        /// All that is left is done.
        fn finish(&mut self) {
            while !self.at_work.is_empty() || self.lanes.queued() > 0 {
                for turn in std::mem::take(&mut self.at_work) {
                    if self.lanes.done(turn).is_some() {
                        self.at_work.push(turn);
                    }
                }
                self.start();
            }
        }
    }

    /// Random lives, held against what is promised: each job once, in the order of its lane, one of
    /// a lane at a time, and nothing is left behind.
    #[test]
    fn whatever_happens_each_job_is_given_once_and_in_order() {
        let mut seed = 1_u64;
        let mut dice = move |sides: usize| {
            let next = seed.wrapping_mul(6_364_136_223_846_793_005);
            seed = next.wrapping_add(1);
            (seed >> 33) as usize % sides
        };
        for _ in 0..300 {
            let mut life = Life::default();
            for step in 0..400 {
                let doing = dice(if step < 250 { 7 } else { 6 }) as u64;
                life.step(doing, &mut dice);
            }
            life.finish();
            for (key, count) in life.counts {
                let seen = life.seen.remove(&key).unwrap_or_default();
                assert_eq!(seen, (0..count).collect::<Vec<_>>());
            }
            assert!(life.lanes.start().is_none() && life.lanes.lanes.is_empty());
        }
    }
}
