//! The way through the list of dialogs, which moves while it is read.
use std::collections::HashSet;

/// So often the head of the list is read again, whatever the server says.
const PASSES: usize = 10;

/// Stands for what is in the list and is nobody's dialog: the archive, a community.
pub(super) const NOBODY: i64 = 0;

/// A dialog of a page, as far as the way through the list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    /// Whose it is, by the id of the Bot API, or [`NOBODY`].
    pub(crate) peer: i64,
    /// Whether it stands above all others.
    pub(crate) pinned: bool,
    /// The date of its last message, and its id; `None` where that was not shown.
    pub(crate) last: Option<(i32, i32)>,
}

/// Where a dialog stands in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// When its last message was sent.
    pub(crate) date: i32,
    /// The id of that.
    pub(crate) id: i32,
    /// Whose dialog it is, by the id of the Bot API.
    pub(crate) peer: i64,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offset {
    /// Behind this dialog; at the head of the list, without one.
    pub(crate) after: Option<Spot>,
    /// Whether those that are pinned have come: they come with the first page.
    pub(crate) pinned_came: bool,
}

/// A way through the list of dialogs.
///
/// A dialog that gets a message jumps to the head of the list, past the place where the reading
/// is. So when the end is reached, the head is read again, as far down as the newest stood when
/// the reading began; and again, if that took several pages, between which others can have jumped.
///
/// Pages may be short, overlap, or come again: what counts is whether the way leads on.
///
/// See <https://core.telegram.org/api/offsets>.
#[derive(Debug, Default)]
pub(crate) struct DialogWalk {
    seen: HashSet<i64>,
    offset: Offset,
    /// Which stood at the head when the whole reading began.
    origin: Option<Spot>,
    /// Which stood there when this pass began.
    head: Option<Spot>,
    /// Where this pass ends: what has jumped since the one before is not older.
    floor: Option<i32>,
    passes: usize,
    /// How many pages of this pass have come.
    pages: usize,
    over: bool,
}

impl DialogWalk {
    /// Goes on where another reading has stopped, which had begun with `origin` at the head.
    pub(crate) fn from(offset: Offset, origin: Option<Spot>) -> Self {
        Self {
            offset,
            origin,
            head: origin,
            ..Self::default()
        }
    }

    /// Where the next page begins.
    pub(crate) fn offset(&self) -> Offset {
        self.offset
    }

    /// Which stood at the head when the reading began.
    pub(crate) fn origin(&self) -> Option<Spot> {
        self.origin
    }

    /// Whether the list is read down for the first time.
    pub(crate) fn is_first_pass(&self) -> bool {
        self.passes == 0
    }

    /// How many dialogs have come.
    pub(crate) fn seen(&self) -> usize {
        self.seen.len()
    }

    /// Whether no page can follow.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// Takes a page in: which of its dialogs are new, by their indices. `whole` says that nothing
    /// is outside of it.
    pub(crate) fn admit(&mut self, page: &[Stand], whole: bool) -> Vec<usize> {
        self.pages += 1;
        let floor = self.floor;
        let is_new = |index: &usize| {
            let Stand { peer, pinned, last } = page[*index];
            // What has not moved was given on the way down, if not now, then in the reading that
            // this one goes on from.
            let is_old = !pinned && last.is_some_and(|(date, _)| floor.is_some_and(|it| date < it));
            peer != NOBODY && !is_old && self.seen.insert(peer)
        };
        let admitted: Vec<usize> = (0..page.len()).filter(is_new).collect();
        let spots = || page.iter().filter(|it| !it.pinned).filter_map(spot);
        let (before, top) = (self.head, spots().next());
        let mut is_unmoved = false;
        if self.offset.after.is_none() {
            // Where all of the page is pinned, the head comes with the next one.
            is_unmoved = self.passes > 0 && top == before;
            self.head = top.or(before);
            self.origin = self.origin.or(top);
        }
        let is_deep = spots().any(|spot| floor.is_some_and(|floor| spot.date < floor));
        let leads_on = match spots().next_back() {
            Some(last) => self.go_on(last, !admitted.is_empty()),
            // All of them are pinned, or have no messages: the others follow.
            None => !std::mem::replace(&mut self.offset.pinned_came, true) && !page.is_empty(),
        };
        let is_all = whole && self.passes == 0 && self.pages == 1 && before.is_none();
        self.over = is_unmoved || is_all;
        if whole || is_deep || !leads_on {
            self.end_pass();
        }
        admitted
    }

    /// Moves the offset, unless the server leads in a circle.
    fn go_on(&mut self, last: Spot, brought_new: bool) -> bool {
        let is_down = self.offset.after.is_none_or(|after| match brought_new {
            true => last != after,
            // Within one second, nobody knows in which order they stand.
            false => last.date < after.date || (last.date == after.date && last.id < after.id),
        });
        if is_down {
            self.offset = Offset {
                after: Some(last),
                pinned_came: true,
            };
        }
        is_down
    }

    fn end_pass(&mut self) {
        self.over |= self.passes > 0 && self.pages == 1 || self.passes == PASSES;
        self.floor = self.head.map(|head| head.date);
        self.offset = Offset::default();
        self.passes += 1;
        self.pages = 0;
    }
}

fn spot(stand: &Stand) -> Option<Spot> {
    let (date, id) = stand.last?;
    let peer = stand.peer;
    Some(Spot { date, id, peer })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn stand(peer: i64, date: i32, id: i32) -> Stand {
        Stand {
            peer,
            pinned: false,
            last: Some((date, id)),
        }
    }

    fn pinned(peer: i64) -> Stand {
        Stand {
            pinned: true,
            ..stand(peer, 1, 1)
        }
    }

    /// The dialogs of an account: for each its messages, by their dates and ids.
    #[derive(Default)]
    struct Account {
        dialogs: BTreeMap<i64, Vec<(i32, i32)>>,
        pinned: HashSet<i64>,
        now: i32,
        last_id: i32,
    }

    impl Account {
        fn message(&mut self, peer: i64) {
            self.last_id += 1;
            let message = (self.now, self.last_id);
            self.dialogs.entry(peer).or_default().push(message);
        }

        fn page(&self, offset: Offset, size: usize) -> (Vec<Stand>, bool) {
            let stands = self.dialogs.iter().map(|(peer, messages)| Stand {
                pinned: self.pinned.contains(peer),
                last: messages.last().copied(),
                peer: *peer,
            });
            let (pinned, mut others): (Vec<Stand>, Vec<Stand>) = stands.partition(|it| it.pinned);
            let all = pinned.len() + others.len();
            others.sort_by_key(|it| std::cmp::Reverse((it.last, it.peer)));
            others.retain(|it| {
                let after = offset.after.map(|it| (Some((it.date, it.id)), it.peer));
                after.is_none_or(|after| (it.last, it.peer) < after)
            });
            let mut page = match offset.pinned_came {
                true => others,
                false => [pinned, others].concat(),
            };
            page.truncate(size);
            let whole = page.len() == all;
            (page, whole)
        }
    }

    /// Reads to the end; `meanwhile` happens after each page.
    fn read(
        account: &mut Account,
        size: usize,
        mut meanwhile: impl FnMut(&mut Account),
    ) -> (Vec<i64>, usize) {
        let (mut walk, mut given, mut asked) = (DialogWalk::default(), Vec::new(), 0);
        while !walk.is_over() {
            let (page, whole) = account.page(walk.offset(), size);
            let admitted = walk.admit(&page, whole);
            given.extend(admitted.into_iter().map(|at| page[at].peer));
            asked += 1;
            assert!(asked < 1000, "it ends");
            meanwhile(account);
        }
        (given, asked)
    }

    #[test]
    fn a_list_at_rest_costs_its_pages_and_a_look_at_the_head() {
        let mut account = Account::default();
        for peer in 1..=10 {
            account.now += 1;
            account.message(peer);
        }
        account.pinned.insert(3);
        let (given, asked) = read(&mut account, 4, |_| {});
        assert_eq!(given, [3, 10, 9, 8, 7, 6, 5, 4, 2, 1]);
        assert_eq!(asked, 3 + 1 + 1, "three pages, an empty one, and the head");
        assert_eq!(read(&mut account, 10, |_| {}).1, 1);
        assert_eq!(read(&mut Account::default(), 10, |_| {}), (vec![], 1));
    }

    #[test]
    fn what_jumps_to_the_head_is_read_there() {
        let mut account = Account::default();
        for peer in 1..=9 {
            account.now += 1;
            account.message(peer);
        }
        let mut pages = 0;
        let (given, _) = read(&mut account, 3, |account| {
            pages += 1;
            if pages == 1 {
                account.now += 1;
                account.message(1);
                account.message(8);
            }
        });
        assert_eq!(given, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    }

    /// The last one comes again and again, pinned ones too, and no page is ever empty.
    #[test]
    fn a_server_that_repeats_itself_is_read_to_its_end() {
        let (a, b, c) = (stand(1, 30, 3), stand(2, 20, 2), stand(3, 10, 1));
        let pages = [
            vec![pinned(9), a, b],
            vec![pinned(9), b, c],
            vec![c],
            vec![c],
        ];
        let (mut walk, mut given) = (DialogWalk::default(), Vec::new());
        for page in &pages[..3] {
            assert!(!walk.is_over());
            let admitted = walk.admit(page, false);
            given.extend(admitted.into_iter().map(|at| page[at].peer));
        }
        assert_eq!(given, [9, 1, 2, 3]);
        assert_eq!(walk.offset(), Offset::default(), "now the head once more");
        assert!(walk.admit(&pages[0], false).is_empty());
        assert!(walk.is_over());
    }

    #[test]
    fn the_next_page_begins_after_the_last_dialog_not_after_the_oldest_message() {
        // A monoforum stands high with an old message, and ids repeat from channel to channel.
        let page = [stand(1, 100, 17), stand(2, 5, 3), stand(3, 90, 17)];
        let mut walk = DialogWalk::default();
        walk.admit(&page, false);
        let after = walk.offset().after.expect("it leads on");
        assert_eq!((after.peer, after.date, after.id), (3, 90, 17));
    }

    #[test]
    fn what_is_pinned_or_has_no_message_is_no_place_to_go_on_from() {
        let empty = Stand {
            last: None,
            ..stand(4, 0, 0)
        };
        let mut walk = DialogWalk::default();
        walk.admit(&[stand(1, 50, 10), pinned(2), empty], false);
        assert_eq!(walk.offset().after.map(|it| it.peer), Some(1));
        let mut walk = DialogWalk::default();
        walk.admit(&[pinned(2), pinned(3)], false);
        let rest = Offset {
            after: None,
            pinned_came: true,
        };
        assert_eq!((walk.offset(), walk.is_over()), (rest, false));
    }

    #[test]
    fn who_goes_on_later_finds_what_has_jumped_since() {
        let mut account = Account::default();
        for peer in 1..=6 {
            account.now += 1;
            account.message(peer);
        }
        let mut walk = DialogWalk::default();
        let (page, whole) = account.page(walk.offset(), 3);
        assert_eq!(walk.admit(&page, whole).len(), 3);
        account.now += 1;
        account.message(2);
        let mut walk = DialogWalk::from(walk.offset(), walk.origin());
        let mut given = Vec::new();
        while !walk.is_over() {
            let (page, whole) = account.page(walk.offset(), 3);
            let admitted = walk.admit(&page, whole);
            given.extend(admitted.into_iter().map(|at| page[at].peer));
        }
        assert_eq!(
            given,
            [3, 1, 2, 6],
            "the newest has not moved, but nobody knows"
        );
    }

    /// Small chance, the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: i64) -> i64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            i64::try_from(self.0 % limit.cast_unsigned()).unwrap()
        }
    }

    /// Dialogs get messages or lose some, are pinned or unpinned, and come new while the list is
    /// read: each that was there is given once, and none twice. What is not promised: one that
    /// jumps up and falls back meanwhile, as its new message is deleted or it is unpinned again.
    #[test]
    fn while_the_list_moves_nothing_is_lost_or_doubled() {
        for seed in 1..3000 {
            let mut dice = Dice(seed);
            let mut account = Account::default();
            let many = dice.below(40);
            for peer in 1..=many {
                account.now += i32::try_from(dice.below(2)).unwrap();
                account.message(peer);
                account.message(1 + dice.below(peer));
                if dice.below(8) == 0 && account.pinned.len() < 5 {
                    account.pinned.insert(peer);
                }
            }
            let (at_first, mut jumped) = (account.pinned.clone(), HashSet::new());
            let size = usize::try_from(6 + dice.below(6)).unwrap();
            let mut events = 60;
            let (given, _) = read(&mut account, size, |account| {
                account.now += i32::try_from(dice.below(2)).unwrap();
                for _ in 0..dice.below(4).min(events) {
                    events -= 1;
                    let peer = 1 + dice.below(many + 3);
                    match dice.below(8) {
                        0 if account.pinned.len() < 6 => drop(account.pinned.insert(peer)),
                        1 if at_first.contains(&peer) => drop(account.pinned.remove(&peer)),
                        2 if !jumped.contains(&peer) => {
                            let messages = account.dialogs.get_mut(&peer);
                            messages.filter(|all| all.len() > 1).and_then(Vec::pop);
                        }
                        _ => {
                            jumped.insert(peer);
                            account.message(peer);
                        }
                    }
                }
            });
            let mut sorted = given.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), given.len(), "twice, seed {seed}");
            for peer in 1..=many {
                assert!(given.contains(&peer), "{peer} is lost, seed {seed}");
            }
        }
    }
}
