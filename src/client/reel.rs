//! What has come of a list that is read page by page, and when more of it is wanted.
use std::collections::VecDeque;

/// The items of a list that have come and are not given yet. It knows nothing of the server: when
/// it says that a page is wanted, somebody puts one in.
#[derive(Debug)]
pub(crate) struct Reel<T> {
    items: VecDeque<T>,
    /// With no more than so many items left, the next page is wanted.
    half: usize,
    /// So many are still to be given; as many as there are, without a limit.
    left: usize,
    failed: bool,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next<T> {
    /// This.
    Item(T),
    /// What the next page has.
    Page,
    /// Nothing.
    End,
}

impl<T> Default for Reel<T> {
    fn default() -> Self {
        Self {
            items: VecDeque::new(),
            half: 0,
            left: usize::MAX,
            failed: false,
        }
    }
}

impl<T> Reel<T> {
    /// No more than so many from now on.
    pub(crate) fn limit(&mut self, limit: usize) {
        self.left = limit;
    }

    /// Takes the next item; `more` says whether there may be another page.
    pub(crate) fn next(&mut self, more: bool) -> Next<T> {
        if self.failed || self.left == 0 {
            return Next::End;
        }
        match self.items.pop_front() {
            Some(item) => {
                self.left -= 1;
                Next::Item(item)
            }
            None if more => Next::Page,
            None => Next::End,
        }
    }

    /// Puts the next page in.
    pub(crate) fn put(&mut self, items: Vec<T>) {
        self.items.extend(items);
        self.half = self.items.len() / 2;
    }

    /// How many items are wanted of the next page.
    pub(crate) fn wanted(&self) -> usize {
        self.left.saturating_sub(self.items.len())
    }

    /// Whether so much of this page is read that the next one should be on its way.
    pub(crate) fn is_half_read(&self) -> bool {
        !self.failed && self.items.len() <= self.half && self.wanted() > 0
    }

    /// Nothing comes any more.
    pub(crate) fn fail(&mut self) {
        self.failed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads at most `take` items of a list of `total`, by pages of ten. What was given, and how
    /// many pages were asked for.
    fn read(total: usize, limit: Option<usize>, take: usize) -> (Vec<usize>, usize) {
        let mut reel = Reel::default();
        if let Some(limit) = limit {
            reel.limit(limit);
        }
        let (mut given, mut come, mut asked, mut ahead) = (Vec::new(), 0, 0, None);
        while given.len() < take {
            match reel.next(come < total) {
                Next::Item(item) => {
                    given.push(item);
                    if ahead.is_none() && come < total && reel.is_half_read() {
                        ahead = Some(reel.wanted().min(10));
                        asked += 1;
                    }
                }
                Next::Page => {
                    let size = ahead.take().unwrap_or_else(|| {
                        asked += 1;
                        reel.wanted().min(10)
                    });
                    let end = (come + size).min(total);
                    reel.put((come..end).collect());
                    come = end;
                }
                Next::End => break,
            }
        }
        (given, asked)
    }

    #[test]
    fn no_page_is_asked_for_that_nobody_needs() {
        for (total, limit, take, pages) in [
            (100, None, 0, 0),
            (100, None, 1, 1),
            (100, None, 4, 1),
            (100, None, 5, 2), // Half of it is read.
            (100, None, 10, 2),
            (100, None, 100, 10),
            (100, None, 1000, 10),
            (100, Some(0), 1000, 0),
            (100, Some(10), 1000, 1),
            (100, Some(11), 1000, 2),
            (100, Some(15), 9, 2),
            (7, None, 1000, 1),
            (7, Some(7), 1000, 1),
            (0, None, 1000, 0),
        ] {
            let (given, asked) = read(total, limit, take);
            let wanted = total.min(take).min(limit.unwrap_or(total));
            assert_eq!(given, (0..wanted).collect::<Vec<_>>());
            assert_eq!(asked, pages, "{take} of {total}, limit {limit:?}");
        }
    }

    #[test]
    fn a_page_without_anything_is_no_end() {
        let mut reel = Reel::default();
        assert_eq!(reel.next(true), Next::Page::<u8>);
        reel.put(Vec::new());
        assert_eq!(reel.next(true), Next::Page);
        reel.put(vec![1]);
        assert_eq!(reel.next(true), Next::Item(1));
        assert_eq!(reel.next(false), Next::End);
    }

    #[test]
    fn nothing_comes_after_a_failure() {
        let mut reel = Reel::default();
        reel.put(vec![1, 2, 3]);
        assert_eq!(reel.next(true), Next::Item(1));
        reel.fail();
        assert_eq!(reel.next(true), Next::End);
        assert!(!reel.is_half_read());
    }
}
