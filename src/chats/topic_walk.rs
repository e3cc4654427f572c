//! The way through the topics of a forum, whose order changes while they are read.
use std::collections::HashSet;

/// A topic of a page: where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) id: i32,
    pub(super) pinned: bool,
    /// When its last message was sent, or it was made, by what the server sorts by.
    pub(super) date: i32,
    pub(super) top_message: i32,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Offset {
    pub(super) date: i32,
    pub(super) message: i32,
    pub(super) topic: i32,
}

/// Which topics were read, and where the next page begins.
///
/// A topic in which somebody writes jumps to the head, also when it was not read yet. So when the
/// end is reached, the head is read again, down to what stood there when the way down began: all
/// that has jumped since is above that. When the first page alone reaches so far, nothing can have
/// slipped past it.
#[derive(Debug, Default)]
pub(super) struct TopicWalk {
    seen: HashSet<i32>,
    offset: Offset,
    /// What stood highest when this way down began.
    head: (i32, i32),
    /// What stood highest when the way down before began.
    mark: Option<(i32, i32)>,
    over: bool,
}

impl Stop {
    /// By what the server sorts topics.
    fn key(&self) -> (i32, i32) {
        (self.date, self.top_message)
    }
}

impl TopicWalk {
    /// Where the next page begins.
    pub(super) fn offset(&self) -> Offset {
        self.offset
    }

    /// Whether no page can follow.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Takes a page in, of a list of so many: which of its topics are new.
    pub(super) fn admit(&mut self, page: &[Stop], count: usize) -> Vec<usize> {
        let at_head = self.offset == Offset::default();
        if at_head {
            self.head = page.iter().map(Stop::key).max().unwrap_or_default();
        }
        let new = page.iter().enumerate();
        let new = new.filter(|(_, stop)| self.seen.insert(stop.id));
        let new: Vec<usize> = new.map(|(at, _)| at).collect();
        // Pinned ones stand at the head whatever their date, so a page begins at none of them.
        let last = page.iter().rev().find(|stop| !stop.pinned);
        let next = last.map(|stop| Offset {
            date: stop.date,
            message: stop.top_message,
            topic: stop.id,
        });
        let next = next.filter(|next| at_head || *next < self.offset);
        let known = |stop: &Stop| !stop.pinned && Some(stop.key()) <= self.mark;
        let is_down = match self.mark {
            Some(_) => page.iter().any(known),
            None => new.is_empty(),
        };
        match next {
            _ if at_head && page.len() >= count => self.over = true,
            Some(next) if !is_down => self.offset = next,
            _ if at_head && self.mark.is_some() => self.over = true,
            _ => {
                self.mark = Some(self.head);
                self.offset = Offset::default();
            }
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A forum as the server sorts it.
    struct Forum {
        topics: Vec<Stop>,
        clock: i32,
    }

    impl Forum {
        fn of(many: i32, pinned: i32) -> Self {
            let topics = (1..=many).map(|id| Stop {
                id,
                pinned: id <= pinned,
                date: id,
                top_message: id,
            });
            let topics = topics.collect();
            let clock = many;
            Self { topics, clock }
        }

        fn write(&mut self, topic: i32) {
            self.clock += 1;
            for it in self.topics.iter_mut().filter(|it| it.id == topic) {
                (it.date, it.top_message) = (self.clock, self.clock);
            }
        }

        fn page(&self, offset: Offset, limit: usize) -> Vec<Stop> {
            let mut all = self.topics.clone();
            all.sort_by_key(|it| (!it.pinned, std::cmp::Reverse(it.date)));
            if offset != Offset::default() {
                let after = (offset.date, offset.message, offset.topic);
                all.retain(|it| !it.pinned && (it.date, it.top_message, it.id) < after);
            }
            all.truncate(limit);
            all
        }
    }

    /// Reads a forum to its end, while something happens after each page; how many pages it took.
    fn read(forum: &mut Forum, mut after: impl FnMut(&mut Forum)) -> (Vec<i32>, usize) {
        let (mut walk, mut given, mut pages) = (TopicWalk::default(), Vec::new(), 0);
        while !walk.is_over() {
            pages += 1;
            assert!(pages < 1000, "it ends");
            let page = forum.page(walk.offset(), 10);
            let new = walk.admit(&page, forum.topics.len());
            given.extend(new.into_iter().map(|at| page[at].id));
            after(forum);
        }
        (given, pages)
    }

    #[test]
    fn a_forum_is_read_to_its_end() {
        for (many, pinned, pages) in [(0, 0, 1), (7, 2, 1), (10, 0, 1), (35, 3, 6)] {
            let (mut given, took) = read(&mut Forum::of(many, pinned), |_| {});
            assert_eq!(took, pages, "{many} with {pinned} pinned");
            given.sort_unstable();
            assert_eq!(given, (1..=many).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_jumps_to_the_head_is_lost_never_and_given_once() {
        let mut seed = 7_u32;
        // Sometimes more jump at once than a page holds.
        let mut random = move |below: i32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16).cast_signed() % below
        };
        for _ in 0..200 {
            let mut rounds = 0;
            let (mut given, _) = read(&mut Forum::of(60, 3), |forum| {
                rounds += 1;
                for _ in 0..random(30) {
                    if rounds < 40 {
                        forum.write(1 + random(60));
                    }
                }
            });
            given.sort_unstable();
            assert_eq!(given, (1..=60).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_server_that_repeats_itself_comes_to_an_end() {
        let mut walk = TopicWalk::default();
        let page = Forum::of(30, 0).page(Offset::default(), 10);
        let mut pages = 0;
        while !walk.is_over() {
            walk.admit(&page, 1000);
            pages += 1;
            assert!(pages < 10);
        }
    }
}
