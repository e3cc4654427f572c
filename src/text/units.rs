//! Counting in UTF-16 code units, as the offsets of entities do.
use super::scan::bits;

/// The length of a text in UTF-16 code units, in which offsets, lengths and limits are counted.
///
/// ```
/// use ferogram_sync::text::utf16_len;
///
/// assert_eq!(utf16_len("a\u{e9}\u{6f22}"), 3);
/// assert_eq!(utf16_len("\u{1f600}"), 2);
/// ```
///
/// See <https://core.telegram.org/api/entities#entity-length>.
#[must_use]
pub fn utf16_len(text: &str) -> usize {
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    let (steps, rest) = rest.as_chunks::<STEP>();
    let in_blocks: usize = blocks.iter().map(units_in).sum();
    let in_steps: usize = steps.iter().map(|step| last(sums(*step))).sum();
    in_blocks + in_steps + last(sums(step_of(rest)))
}

/// How many bytes are counted together: a sum of theirs fits a byte, so vectors can make it.
const BLOCK: usize = 64;

/// How many are counted together where the goal is near.
const STEP: usize = 8;

const ONES: u64 = 0x0101_0101_0101_0101;

/// A letter's first byte counts one, and one more if the letter has four.
fn units_in(block: &[u8; BLOCK]) -> usize {
    let units = |byte: &u8| u8::from(byte & 0xc0 != 0x80) + u8::from(*byte >= 0xf0);
    usize::from(block.iter().map(units).sum::<u8>())
}

/// The first bytes of a text; what it lacks is filled with bytes that count nothing.
fn step_of(bytes: &[u8]) -> [u8; STEP] {
    bytes.first_chunk().copied().unwrap_or_else(|| {
        let fill = u64::from_le_bytes([0x80; STEP]);
        let put = |bits: u64, byte: &u8| (bits << 8) | u64::from(*byte);
        bytes.iter().rev().fold(fill, put).to_le_bytes()
    })
}

/// For each of a few bytes the units of all up to it, from the lowest byte to the highest.
fn sums(step: [u8; STEP]) -> u64 {
    let bits = u64::from_le_bytes(step);
    let goes_on = (bits >> 7) & !(bits >> 6) & ONES;
    let is_long = (bits >> 7) & (bits >> 6) & (bits >> 5) & (bits >> 4) & ONES;
    (ONES - goes_on + is_long).wrapping_mul(ONES)
}

/// The highest of eight bytes.
fn last(sums: u64) -> usize {
    (sums >> 56) as usize
}

/// A walk through a text that finds the byte at which a unit begins. It goes forwards only.
pub(super) struct Walk<'t> {
    text: &'t str,
    byte: usize,
    unit: usize,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let (byte, unit) = (0, 0);
        Self { text, byte, unit }
    }

    /// What stands between here and a unit, which becomes the new here. Of a letter that the unit
    /// would cut, all is left for the next time.
    pub(super) fn to(&mut self, unit: usize) -> &'t str {
        let from = self.byte;
        let rest = &self.text.as_bytes()[from..];
        let mut bytes = 0;
        // Blocks first, where the goal is not nearer than any of them can reach.
        let is_far = unit.saturating_sub(self.unit) >= BLOCK / 3;
        let far = if is_far { rest } else { &[] };
        for block in far.as_chunks().0 {
            let units = units_in(block);
            if self.unit + units > unit {
                break;
            }
            bytes += BLOCK;
            self.unit += units;
        }
        loop {
            let rest = &rest[bytes..];
            let sums = sums(step_of(rest));
            // The bytes whose sum the goal has room for: those have the highest bit then.
            let room = unit.saturating_sub(self.unit).min(2 * STEP) as u64;
            let has_room = ((ONES * (0x80 + room)) - sums) >> 7 & ONES;
            let taken = last(has_room.wrapping_mul(ONES));
            if taken > 0 {
                self.unit += usize::from(sums.to_le_bytes()[taken - 1]);
            }
            bytes += taken.min(rest.len());
            if taken < STEP || rest.len() <= STEP {
                break;
            }
        }
        self.byte += bytes;
        &self.text[from..self.byte]
    }

    /// The byte that the walk has come to.
    pub(super) fn byte(&self) -> usize {
        self.byte
    }

    /// The unit that the walk has come to.
    pub(super) fn unit(&self) -> usize {
        self.unit
    }
}

/// The units of a text that are second halves of surrogate pairs: a bit for each unit, up to the
/// last that is one.
pub(super) struct Halves(Vec<u64>);

impl Halves {
    pub(super) fn of(text: &str) -> Self {
        let mut halves = Self(Vec::new());
        let mut unit = 0;
        let (blocks, rest) = text.as_bytes().as_chunks();
        for block in blocks {
            unit = halves.note(unit, block);
        }
        let mut last = [0x80; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        halves.note(unit, &last);
        halves
    }

    /// Notes the halves of a block that begins with a unit, and gives the unit behind it.
    fn note(&mut self, unit: usize, block: &[u8; BLOCK]) -> usize {
        if block.iter().fold(0, |most: u8, byte| most.max(*byte)) < 0xf0 {
            return unit + units_in(block);
        }
        let begins = bits(&block.map(|byte| u8::from(byte & 0xc0 != 0x80)));
        let long = bits(&block.map(|byte| u8::from(byte >= 0xf0)));
        let units_of = |bytes: u64| {
            let units = (begins & bytes).count_ones() + (long & bytes).count_ones();
            units as usize
        };
        let mut left = long;
        while left != 0 {
            let before = (left & left.wrapping_neg()) - 1;
            self.put(unit + units_of(before) + 1);
            left &= left - 1;
        }
        unit + units_of(u64::MAX)
    }

    fn put(&mut self, unit: usize) {
        let word = unit / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (unit % 64);
    }

    /// Whether a unit is one of them.
    pub(super) fn has(&self, unit: usize) -> bool {
        (self.0.get(unit / 64)).is_some_and(|word| word >> (unit % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_utf16() {
        for text in [
            "",
            "abc",
            "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f467}",
        ] {
            assert_eq!(utf16_len(text), text.encode_utf16().count(), "{text:?}");
        }
        // The family, a thumb with its colour, a heart with its variant.
        assert_eq!(utf16_len("👨\u{200d}👩\u{200d}👧\u{200d}👧"), 11);
        assert_eq!(utf16_len("👍🏻"), 4);
        assert_eq!(utf16_len("❤\u{fe0f}"), 2);
    }

    /// Whatever the length, and wherever a letter of more than one byte ends.
    #[test]
    fn each_length_is_counted_to_its_end() {
        for letter in ["a", "\u{e9}", "\u{6f22}", "\u{1f600}"] {
            for before in 0..20 {
                for times in 0..20 {
                    let text = "a".repeat(before) + &letter.repeat(times) + "z";
                    assert_eq!(utf16_len(&text), text.encode_utf16().count(), "{text}");
                }
            }
        }
    }

    #[test]
    fn long_texts_are_counted_like_short_ones() {
        let text = "a\u{e9}\u{6f22}\u{1f600}".repeat(50);
        let (mut unit, mut halves) = (0, Vec::new());
        for (byte, letter) in text.char_indices() {
            let mut walk = Walk::new(&text);
            assert_eq!(walk.to(unit).len(), byte);
            assert_eq!(walk.unit(), unit);
            unit += letter.len_utf16();
            if letter.len_utf16() == 2 {
                halves.push(unit - 1);
                assert_eq!(Walk::new(&text).to(unit - 1).len(), byte);
            }
        }
        assert_eq!(utf16_len(&text), unit);
        let found = Halves::of(&text);
        let found: Vec<usize> = (0..unit + 99).filter(|unit| found.has(*unit)).collect();
        assert_eq!(found, halves);
    }

    #[test]
    fn a_walk_never_stops_inside_a_letter() {
        let mut walk = Walk::new("a\u{1f600}\u{e9}\u{6f22}b");
        assert_eq!(walk.to(2), "a");
        assert_eq!(walk.to(3), "\u{1f600}");
        assert_eq!(walk.to(5), "\u{e9}\u{6f22}");
        assert_eq!((walk.byte(), walk.unit()), (10, 5));
        assert_eq!(walk.to(99), "b");
    }
}
