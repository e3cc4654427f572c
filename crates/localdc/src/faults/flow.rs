//! The bytes of one connection that go one way, and where they stop.
use std::sync::Arc;

use super::book::Book;
use super::direction::Direction;
use super::effect::{Effect, Stage};
use super::occasion::{Occasion, Place, Subject};

/// Counts the bytes of one direction, and says how many may pass.
pub(crate) struct Flow {
    book: Arc<Book>,
    occasion: Occasion<'static>,
    /// How many have passed.
    passed: u64,
    limit: Option<Limit>,
}

/// Where the bytes of a connection stop.
#[derive(Clone, Copy)]
struct Limit {
    at: u64,
    /// Whether the connection ends there; else it stays, and is silent.
    cuts: bool,
}

/// What becomes of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// So many of them pass, from the first on.
    pub(crate) count: usize,
    /// After that the connection ends.
    pub(crate) ends: bool,
}

impl Flow {
    /// The bytes of a new connection.
    pub(crate) fn new(book: Arc<Book>, place: Place, direction: Direction) -> Self {
        let occasion = Occasion {
            place,
            subject: Subject::Bytes(direction),
        };
        let drawn = book.draw(Stage::Open, &occasion);
        let limit = drawn.and_then(|fired| match fired.effect {
            Effect::Cut { after } => Some(Limit {
                at: after,
                cuts: true,
            }),
            Effect::Stall { after } => Some(Limit {
                at: after,
                cuts: false,
            }),
            _ => None,
        });
        Self {
            book,
            occasion,
            passed: 0,
            limit,
        }
    }

    /// Some bytes are to pass, perhaps not unharmed.
    pub(crate) fn pass(&mut self, bytes: &mut [u8]) -> Passage {
        let mut passage = Passage {
            count: bytes.len(),
            ends: false,
        };
        if self.limit.is_none() && !self.book.is_armed(Stage::Transfer) {
            return passage;
        }
        if let Some(fired) = self.book.draw(Stage::Transfer, &self.occasion) {
            match fired.effect {
                Effect::Tear { after } => {
                    let count = usize::try_from(after).unwrap_or(usize::MAX);
                    passage.count = count.min(bytes.len());
                    passage.ends = true;
                }
                _ => flip(bytes, fired.dice),
            }
        }
        if let Some(limit) = self.limit {
            let left = usize::try_from(limit.at - self.passed).unwrap_or(usize::MAX);
            if passage.count >= left {
                passage.count = left;
                passage.ends |= limit.cuts;
            }
            self.passed += passage.count as u64;
        }
        passage
    }
}

/// Turns one bit over.
fn flip(bytes: &mut [u8], dice: u64) {
    let bits = bytes.len() as u64 * 8;
    if bits > 0 {
        let at = dice % bits;
        let byte = usize::try_from(at / 8).expect("an index of the slice");
        bytes[byte] ^= 1 << (at % 8);
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::Rule;
    use super::*;

    fn flow(rule: Rule) -> Flow {
        let book = Arc::new(Book::default());
        book.add(rule);
        let place = Place {
            dc: 1,
            connection: 1,
        };
        Flow::new(book, place, Direction::Out)
    }

    fn passages(flow: &mut Flow, lengths: &[usize]) -> Vec<(usize, bool)> {
        let pass = |length: &usize| {
            let passage = flow.pass(&mut vec![0; *length]);
            (passage.count, passage.ends)
        };
        lengths.iter().map(pass).collect()
    }

    #[test]
    fn bytes_stop_where_they_shall() {
        let cut = &mut flow(Rule::new(Effect::Cut { after: 10 }));
        assert_eq!(
            passages(cut, &[4, 4, 4]),
            [(4, false), (4, false), (2, true)]
        );
        let cut = &mut flow(Rule::new(Effect::Cut { after: 8 }));
        assert_eq!(passages(cut, &[4, 4]), [(4, false), (4, true)]);
        let stall = &mut flow(Rule::new(Effect::Stall { after: 6 }));
        assert_eq!(
            passages(stall, &[4, 4, 4]),
            [(4, false), (2, false), (0, false)]
        );
        let tear = &mut flow(Rule::new(Effect::Tear { after: 3 }).after(1));
        assert_eq!(passages(tear, &[4, 4]), [(4, false), (3, true)]);
        let other = Rule::new(Effect::Cut { after: 0 }).direction(Direction::In);
        assert_eq!(passages(&mut flow(other), &[4]), [(4, false)]);
    }

    #[test]
    fn one_bit_is_turned_over() {
        let mut flow = flow(Rule::new(Effect::Corrupt));
        for length in [1, 2, 100] {
            let mut bytes = vec![0_u8; length];
            assert_eq!(flow.pass(&mut bytes).count, length);
            let ones: u32 = bytes.iter().map(|byte| byte.count_ones()).sum();
            assert_eq!(ones, 1);
        }
        flow.pass(&mut []);
    }
}
