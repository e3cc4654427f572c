//! Counting in UTF-16 code units, as the offsets of entities do.

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
    let in_blocks: usize = blocks.iter().map(|block| units_in(block)).sum();
    let in_steps: usize = steps.iter().copied().map(units_in_step).sum();
    // What is left is the end of eight bytes, if there are so many.
    let in_rest = match text.as_bytes().last_chunk::<STEP>() {
        Some(last) if !rest.is_empty() => {
            let counted = STEP - rest.len();
            units_in_bits(u64::from_le_bytes(*last) >> (8 * counted)) - counted
        }
        _ => units_in(rest),
    };
    in_blocks + in_steps + in_rest
}

/// How many bytes are counted together: a sum of theirs fits a byte, so vectors can make it.
const BLOCK: usize = 64;

/// How many are counted together where the goal is near.
const STEP: usize = 8;

/// A letter's first byte counts one, and one more if the letter has four.
fn units_in(block: &[u8]) -> usize {
    let units = |byte: &u8| u8::from(byte & 0xc0 != 0x80) + u8::from(*byte >= 0xf0);
    usize::from(block.iter().map(units).sum::<u8>())
}

/// The same for a few bytes, all of them at once.
fn units_in_step(bytes: [u8; STEP]) -> usize {
    units_in_bits(u64::from_le_bytes(bytes))
}

fn units_in_bits(bits: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let goes_on = (bits >> 7) & !(bits >> 6) & ONES;
    let is_long = (bits >> 7) & (bits >> 6) & (bits >> 5) & (bits >> 4) & ONES;
    STEP + is_long.count_ones() as usize - goes_on.count_ones() as usize
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
        // Blocks first, where the goal is not nearer than any of them can reach; then the rest of
        // the letter in which the last of them ends.
        let is_far = unit.saturating_sub(self.unit) >= BLOCK / 3;
        let far = if is_far { rest } else { &[] };
        for block in far.chunks_exact(BLOCK) {
            let units = units_in(block);
            if self.unit + units > unit {
                break;
            }
            bytes += BLOCK;
            self.unit += units;
        }
        for step in rest[bytes..].as_chunks::<STEP>().0 {
            let units = units_in_step(*step);
            if self.unit + units > unit {
                if step.is_ascii() {
                    bytes += unit.saturating_sub(self.unit);
                    self.unit = self.unit.max(unit);
                }
                break;
            }
            bytes += STEP;
            self.unit += units;
        }
        while rest.get(bytes).is_some_and(|byte| byte & 0xc0 == 0x80) {
            bytes += 1;
        }
        while let Some(first) = rest.get(bytes) {
            let (len, units) = match first {
                0..=0x7f => (1, 1),
                0x80..=0xdf => (2, 1),
                0xe0..=0xef => (3, 1),
                0xf0.. => (4, 2),
            };
            if self.unit + units > unit {
                break;
            }
            bytes += len;
            self.unit += units;
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
        let mut unit = 0;
        let mut halves = Self(Vec::new());
        for block in text.as_bytes().chunks(BLOCK) {
            if block.iter().fold(0, |most: u8, byte| most.max(*byte)) < 0xf0 {
                unit += units_in(block);
                continue;
            }
            for step in block.chunks(STEP) {
                unit = halves.note(unit, step);
            }
        }
        halves
    }

    /// Notes the halves of some bytes that begin with a unit, and gives the unit behind them.
    fn note(&mut self, mut unit: usize, step: &[u8]) -> usize {
        if let Ok(whole) = step.try_into()
            && step.iter().fold(0, |most: u8, byte| most.max(*byte)) < 0xf0
        {
            return unit + units_in_step(whole);
        }
        for byte in step {
            unit += usize::from(*byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0);
            if *byte >= 0xf0 {
                self.put(unit - 1);
            }
        }
        unit
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
