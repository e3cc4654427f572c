//! The way through a list of people that the server shows by offsets, and not to its end.
use std::collections::{BTreeSet, HashSet, VecDeque};

/// The most that the server gives at once.
///
/// See <https://core.telegram.org/method/channels.getParticipants>.
pub(super) const AT_ONCE: usize = 200;

/// Each page begins so far before the end of the one before: people leave, and the list moves up.
const OVERLAP: usize = 10;

/// So many letters a name is looked for by, at most.
const DEEP: usize = 4;

/// Letters that names begin with, besides those that have been seen.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// A way through a list of people.
///
/// Pages overlap, so that nobody is lost who stays while others leave: where nothing of a page is
/// known, the list has moved by more, and the way goes back. The server does not lead to the end
/// of a long list. Then names are looked for by their first letters, all that were seen and those
/// of the alphabet, and by more letters where that is not enough.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    seen: HashSet<i64>,
    /// The first letters of all names seen.
    letters: BTreeSet<char>,
    /// What is looked for now; nothing for all.
    query: String,
    offset: usize,
    /// How many the list has that is read now.
    count: usize,
    /// How many of it have come.
    come: HashSet<i64>,
    /// How many there are in all.
    total: Option<usize>,
    queue: VecDeque<String>,
    /// Whether names may be looked for where the list does not lead to its end.
    pub(super) may_search: bool,
    over: bool,
}

/// Somebody of a page: the id, and the names that can be looked for.
pub(super) struct Face {
    pub(super) id: i64,
    pub(super) names: Vec<String>,
}

impl Crowd {
    /// What is looked for, and from where on.
    pub(super) fn page(&self) -> (&str, usize) {
        (&self.query, self.offset)
    }

    /// How many there are, by the server's counting.
    pub(super) fn total(&self) -> Option<usize> {
        self.total
    }

    /// Whether as many have come as the server counts.
    pub(super) fn is_complete(&self) -> bool {
        self.total.is_some_and(|total| self.seen.len() >= total)
    }

    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Takes a page in: who is new, by their indices. `count` is how many the server counts.
    pub(super) fn admit(&mut self, page: &[Face], count: usize) -> Vec<usize> {
        self.total.get_or_insert(count);
        self.count = count;
        let knew_some = page.iter().any(|face| self.come.contains(&face.id));
        let before = self.come.len();
        let mut admitted = Vec::new();
        for (at, face) in page.iter().enumerate() {
            self.come.insert(face.id);
            if self.seen.insert(face.id) {
                admitted.push(at);
            }
            let firsts = face.names.iter().filter_map(|name| name.chars().next());
            self.letters.extend(firsts.flat_map(char::to_lowercase));
        }
        let is_new = self.come.len() > before;
        let at_end = self.offset + page.len() >= count;
        let is_whole = at_end && (self.offset == 0 || self.come.len() >= count);
        if is_whole {
            self.next_list();
        } else if !knew_some && self.offset > 0 && !page.is_empty() {
            self.offset = self.offset.saturating_sub(AT_ONCE / 2);
        } else if is_new && page.len() > OVERLAP {
            self.offset += page.len() - OVERLAP;
        } else {
            self.next_list();
        }
        admitted
    }

    /// Turns to the next names, if the list has ended too early.
    fn next_list(&mut self) {
        let is_short = self.come.len() < self.count;
        let depth = self.query.chars().count();
        if self.may_search && is_short && depth < DEEP {
            let letters = self.letters.iter().copied().chain(LETTERS.chars());
            let letters: BTreeSet<char> = letters.filter(|it| it.is_alphanumeric()).collect();
            let longer = letters.into_iter().map(|letter| {
                let mut query = self.query.clone();
                query.push(letter);
                query
            });
            self.queue.extend(longer);
        }
        (self.offset, self.count) = (0, 0);
        self.come.clear();
        match self.queue.pop_front() {
            Some(query) if !self.is_complete() => self.query = query,
            _ => self.over = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group on a server: the newest member first, and nobody beyond `reach` of a list.
    struct Group {
        members: Vec<(i64, String)>,
        reach: usize,
    }

    impl Group {
        fn of(many: i64, reach: usize, name: impl Fn(i64) -> String) -> Self {
            let members = (1..=many).rev().map(|id| (id, name(id))).collect();
            Self { members, reach }
        }

        fn page(&self, query: &str, offset: usize, size: usize) -> (Vec<Face>, usize) {
            let fits = |(_, name): &&(i64, String)| name.starts_with(query);
            let found = self.members.iter().filter(fits);
            let count = found.clone().count();
            let page = found.take(self.reach).skip(offset).take(size);
            let face = |(id, name): &(i64, String)| Face {
                id: *id,
                names: vec![name.clone()],
            };
            (page.map(face).collect(), count)
        }
    }

    fn read(group: &mut Group, mut meanwhile: impl FnMut(&mut Group)) -> (Vec<i64>, usize, bool) {
        let mut crowd = Crowd {
            may_search: true,
            ..Crowd::default()
        };
        let (mut given, mut asked) = (Vec::new(), 0);
        while !crowd.is_over() {
            let (query, offset) = crowd.page();
            let (page, count) = group.page(query, offset, AT_ONCE);
            let admitted = crowd.admit(&page, count);
            given.extend(admitted.into_iter().map(|at| page[at].id));
            asked += 1;
            assert!(asked < 10_000, "it ends");
            meanwhile(group);
        }
        (given, asked, crowd.is_complete())
    }

    fn name(id: i64) -> String {
        const FIRST: [char; 5] = ['a', 'k', 'q', 'ж', '日'];
        let at = usize::try_from(id % 5).unwrap();
        format!("{}{id}", FIRST[at])
    }

    #[test]
    fn a_list_that_leads_to_its_end_is_read_to_its_end() {
        let mut group = Group::of(1000, 10_000, name);
        let (given, asked, complete) = read(&mut group, |_| {});
        assert_eq!(given, (1..=1000).rev().collect::<Vec<_>>());
        assert!((6..=7).contains(&asked) && complete, "{asked}");
        let mut few = Group::of(7, 10_000, name);
        assert_eq!(read(&mut few, |_| {}).1, 1);
        assert_eq!(read(&mut Group::of(0, 10, name), |_| {}), (vec![], 1, true));
    }

    #[test]
    fn what_a_list_does_not_reach_is_found_by_names() {
        let mut group = Group::of(12_000, 5_000, name);
        let (mut given, _, complete) = read(&mut group, |_| {});
        assert!(complete);
        given.sort_unstable();
        assert_eq!(given, (1..=12_000).collect::<Vec<_>>());
        // All have the same name, and nothing leads to the last ones.
        let mut twins = Group::of(12_000, 5_000, |_| "ann".into());
        let (given, _, complete) = read(&mut twins, |_| {});
        assert_eq!((given.len(), complete), (5_000, false));
    }

    #[test]
    fn whoever_stays_is_given_once_while_others_come_and_go() {
        let mut group = Group::of(3000, 10_000, name);
        let (mut next, mut round) = (3001, 0);
        let mut gone = HashSet::new();
        let (given, _, _) = read(&mut group, |group| {
            round += 1;
            if round > 40 {
                return;
            }
            // More leave at the head than pages overlap, and some come.
            for _ in 0..25 {
                gone.insert(group.members.remove(0).0);
            }
            for _ in 0..(round % 3) {
                group.members.insert(0, (next, name(next)));
                next += 1;
            }
        });
        let distinct: HashSet<i64> = given.iter().copied().collect();
        assert_eq!(distinct.len(), given.len(), "none twice");
        for id in (1..=3000).filter(|id| !gone.contains(id)) {
            assert!(distinct.contains(&id), "{id} is lost");
        }
    }
}
