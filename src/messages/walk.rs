//! The way through a history: where each page begins, and what of it counts.

/// So many stand around the message that one looks for, if no other number is wanted.
pub(super) const AROUND: usize = 100;

/// Where the reading begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Start {
    /// At the end of the history that comes first.
    #[default]
    End,
    /// Next to this id.
    Id(i32),
    /// At this time.
    Date(i32),
    /// In the middle of what is around this id.
    Around(i32),
}

/// A way through a history, whose ids say what is older and what is newer.
///
/// Each page begins where the one before has ended, by the id: so whatever comes and goes
/// meanwhile, no message is passed over and none comes twice.
///
/// See <https://core.telegram.org/api/offsets>.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    /// Whether the oldest comes first.
    pub(super) upwards: bool,
    pub(super) start: Start,
    /// The reading ends before this id is reached.
    pub(super) up_to_id: Option<i32>,
    /// The reading ends before this time is reached.
    pub(super) up_to_date: Option<i32>,
    last: Option<i32>,
    over: bool,
}

/// What a request says of the page that it wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) offset_id: i32,
    pub(super) offset_date: i32,
    pub(super) add_offset: i32,
    pub(super) limit: i32,
}

/// The id of a message, and when it was sent.
pub(super) type Place = (i32, i32);

impl Walk {
    /// The next page, with `limit` messages.
    pub(super) fn window(&self, limit: i32) -> Window {
        let window = Window {
            offset_id: 0,
            offset_date: 0,
            // Upwards, the page lies above the place that the offsets name.
            add_offset: if self.upwards { -limit } else { 0 },
            limit,
        };
        match (self.last, self.start) {
            (Some(last), _) | (None, Start::Id(last)) => Window {
                offset_id: last.saturating_add(self.upwards.into()),
                ..window
            },
            // Nothing is older than the first id.
            (None, Start::End) => Window {
                offset_id: self.upwards.into(),
                ..window
            },
            (None, Start::Date(offset_date)) => Window {
                offset_date,
                ..window
            },
            (None, Start::Around(offset_id)) => Window {
                offset_id,
                add_offset: -(limit / 2),
                ..window
            },
        }
    }

    /// Whether no page can follow.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// The id of the last message that it has passed.
    pub(super) fn last(&self) -> Option<i32> {
        self.last
    }

    /// Takes a page in, in whatever order it comes: which of its messages count, in the order of
    /// the way, by their indices. `whole` says that nothing is outside of it.
    ///
    /// A page with less than was asked for is no end: what was deleted leaves holes. The end is a
    /// page without anything new.
    pub(super) fn admit(&mut self, page: &[Place], whole: bool) -> Vec<usize> {
        let mut order: Vec<usize> = (0..page.len()).collect();
        order.sort_by_key(|index| (page[*index].0, *index));
        if !self.upwards {
            order.reverse();
        }
        let before = self.last;
        let mut admitted = Vec::with_capacity(page.len());
        for index in order {
            let place = page[index];
            if !self.is_ahead(place) {
                continue;
            }
            if self.is_beyond(place) {
                self.over = true;
                break;
            }
            self.last = Some(place.0);
            admitted.push(index);
        }
        let is_first = !self.upwards && self.last.is_some_and(|last| last <= 1);
        self.over |= whole || is_first || self.last == before;
        admitted
    }

    /// Whether a message comes after the place that was reached.
    fn is_ahead(&self, (id, date): Place) -> bool {
        let (upwards, up_to) = (self.upwards, self.last);
        match (up_to, self.start) {
            (Some(last), _) | (None, Start::Id(last)) if upwards => id > last,
            (Some(last), _) | (None, Start::Id(last)) => id < last,
            (None, Start::Date(since)) if upwards => date >= since,
            (None, Start::Date(until)) => date < until,
            (None, Start::End | Start::Around(_)) => true,
        }
    }

    /// Whether a message is behind the place where the reading ends.
    fn is_beyond(&self, (id, date): Place) -> bool {
        let (by_id, by_date) = (self.up_to_id, self.up_to_date);
        match self.upwards {
            true => by_id.is_some_and(|end| id >= end) || by_date.is_some_and(|end| date >= end),
            false => by_id.is_some_and(|end| id <= end) || by_date.is_some_and(|end| date <= end),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A history on a server: its messages by their ids, with their dates.
    struct History {
        messages: BTreeMap<i32, i32>,
        next: i32,
    }

    impl History {
        fn of(ids: impl IntoIterator<Item = i32>) -> Self {
            let messages: BTreeMap<i32, i32> = ids.into_iter().map(|id| (id, id * 10)).collect();
            let next = messages.keys().next_back().map_or(1, |id| id + 1);
            Self { messages, next }
        }

        fn send(&mut self) {
            self.messages.insert(self.next, self.next * 10);
            self.next += 1;
        }

        /// A page as <https://core.telegram.org/api/offsets> describes it: the newest first, of
        /// `limit` from where the offset points.
        fn page(&self, window: Window) -> (Vec<Place>, bool) {
            let newest: Vec<Place> = self.messages.iter().rev().map(|(a, b)| (*a, *b)).collect();
            let is_older = |place: &Place| match (window.offset_id, window.offset_date) {
                (0, 0) => true,
                (0, date) => place.1 < date,
                (id, _) => place.0 < id,
            };
            let at = newest.iter().position(is_older).unwrap_or(newest.len());
            let at = i32::try_from(at).unwrap() + window.add_offset;
            let clamp = |at: i32| usize::try_from(at.max(0)).unwrap().min(newest.len());
            let page = newest[clamp(at)..clamp(at + window.limit)].to_vec();
            let plain = window.offset_id == 0 && window.offset_date == 0 && window.add_offset == 0;
            let whole = plain && page.len() == newest.len();
            (page, whole)
        }
    }

    /// Walks to the end; `meanwhile` happens after each page. What was given, and by how many
    /// requests.
    fn walk(
        mut walk: Walk,
        history: &mut History,
        limit: i32,
        mut meanwhile: impl FnMut(&mut History),
    ) -> (Vec<i32>, usize) {
        let (mut given, mut asked) = (Vec::new(), 0);
        while !walk.is_over() {
            let (page, whole) = history.page(walk.window(limit));
            given.extend(walk.admit(&page, whole).into_iter().map(|at| page[at].0));
            asked += 1;
            assert!(asked < 1000, "it ends");
            meanwhile(history);
        }
        (given, asked)
    }

    fn from(start: Start, upwards: bool) -> Walk {
        Walk {
            start,
            upwards,
            ..Walk::default()
        }
    }

    fn read(way: Walk, ids: impl IntoIterator<Item = i32>, limit: i32) -> (Vec<i32>, usize) {
        walk(way, &mut History::of(ids), limit, |_| {})
    }

    #[test]
    fn a_history_is_read_in_both_directions() {
        let down: Vec<i32> = (1..=10).rev().collect();
        let up: Vec<i32> = (1..=10).collect();
        assert_eq!(read(Walk::default(), 1..=10, 3), (down.clone(), 4));
        assert_eq!(read(from(Start::End, true), 1..=10, 3), (up, 5));
        assert_eq!(read(Walk::default(), 1..=10, 10), (down, 1));
        assert_eq!(read(Walk::default(), [], 3), (vec![], 1));
        assert_eq!(read(from(Start::End, true), [], 3), (vec![], 1));
    }

    #[test]
    fn it_begins_where_it_is_told_to() {
        let ids = |start, upwards| read(from(start, upwards), 1..=6, 2).0;
        assert_eq!(ids(Start::Id(4), false), [3, 2, 1]);
        assert_eq!(ids(Start::Id(4), true), [5, 6]);
        assert!(ids(Start::Id(1), false).is_empty());
        assert!(ids(Start::Id(6), true).is_empty());
        assert!(ids(Start::Id(i32::MAX), true).is_empty());
        assert_eq!(ids(Start::Date(40), false), [3, 2, 1]);
        assert_eq!(ids(Start::Date(40), true), [4, 5, 6]);
        assert_eq!(ids(Start::Date(35), true), [4, 5, 6]);
        assert_eq!(ids(Start::Date(1), true), [1, 2, 3, 4, 5, 6]);
        assert!(ids(Start::Date(1), false).is_empty());
        assert!(ids(Start::Date(1000), true).is_empty());
        let around = |limit| {
            let mut way = from(Start::Around(5), false);
            let (page, whole) = History::of(1..=9).page(way.window(limit));
            let admitted = way.admit(&page, whole);
            admitted
                .into_iter()
                .map(|at| page[at].0)
                .collect::<Vec<_>>()
        };
        assert_eq!(around(4), [6, 5, 4, 3]);
        assert_eq!(around(100), [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn it_ends_where_it_is_told_to() {
        let up_to = |upwards, id, date| Walk {
            upwards,
            up_to_id: id,
            up_to_date: date,
            ..Walk::default()
        };
        assert_eq!(read(up_to(false, Some(4), None), 1..=6, 2), (vec![6, 5], 2));
        assert_eq!(read(up_to(true, Some(3), None), 1..=6, 2), (vec![1, 2], 2));
        assert_eq!(read(up_to(false, None, Some(40)), 1..=6, 2).0, [6, 5]);
        assert_eq!(read(up_to(true, None, Some(30)), 1..=6, 2).0, [1, 2]);
        assert_eq!(read(up_to(false, Some(9), None), 1..=6, 2), (vec![], 1));
    }

    /// What was deleted leaves a page short, or with nothing but empty messages.
    #[test]
    fn a_short_page_is_no_end() {
        let mut way = Walk::default();
        assert_eq!(way.admit(&[(9, 90), (8, 80)], false), [0, 1]);
        assert_eq!(way.admit(&[(5, 50)], false), [0]);
        assert!(!way.is_over());
        assert!(way.admit(&[(5, 50)], false).is_empty(), "nothing new");
        assert!(way.is_over());
    }

    /// A server that fills the page up with what stands on the other side of the offset.
    #[test]
    fn what_was_passed_does_not_come_again() {
        let mut way = from(Start::Id(5), true);
        assert_eq!(way.admit(&[(6, 60), (5, 50), (4, 40)], false), [0]);
        assert_eq!(way.admit(&[(7, 70), (6, 60), (7, 70)], false), [0]);
        assert!(way.admit(&[(7, 70), (6, 60)], false).is_empty());
        assert!(way.is_over());
    }

    /// Small chance, the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
        }
    }

    /// Messages come and go at any place while the history is read: whatever stands there all the
    /// time is given once, and nothing twice.
    #[test]
    fn while_the_history_changes_nothing_is_lost_or_doubled() {
        for seed in 1..2000 {
            let mut dice = Dice(seed);
            let mut history = History::of([]);
            for _ in 0..dice.below(60) {
                history.send();
                history.next += i32::try_from(dice.below(3)).unwrap();
            }
            let upwards = dice.below(2) == 1;
            let limit = i32::try_from(1 + dice.below(7)).unwrap();
            let at_first: Vec<i32> = history.messages.keys().copied().collect();
            let mut gone = Vec::new();
            let mut pages = 0;
            let way = from(Start::End, upwards);
            let (given, _) = walk(way, &mut history, limit, |history| {
                pages += 1;
                for _ in 0..dice.below(4) {
                    let id = history.messages.keys().nth(dice.below(60)).copied();
                    if let Some(id) = id.filter(|_| dice.below(2) == 0) {
                        history.messages.remove(&id);
                        gone.push(id);
                    } else if pages < 40 {
                        history.send();
                    }
                }
            });
            let mut sorted = given.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), given.len(), "twice, seed {seed}");
            match upwards {
                true => assert!(given.is_sorted()),
                false => assert!(given.iter().rev().is_sorted()),
            }
            for id in at_first.iter().filter(|id| !gone.contains(id)) {
                assert!(given.contains(id), "{id} is lost, seed {seed}");
            }
        }
    }
}
