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
    // A letter's first byte counts one, and one more if the letter has four.
    text.bytes()
        .map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0))
        .sum()
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

/// The units of a text that are second halves of surrogate pairs, in order.
pub(super) fn second_halves(text: &str) -> Vec<usize> {
    if !text.bytes().any(|byte| byte >= 0xf0) {
        return Vec::new();
    }
    let mut unit = 0;
    let mut halves = Vec::new();
    for letter in text.chars() {
        unit += letter.len_utf16();
        if letter.len_utf16() == 2 {
            halves.push(unit - 1);
        }
    }
    halves
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

    #[test]
    fn a_walk_never_stops_inside_a_letter() {
        let mut walk = Walk::new("a\u{1f600}\u{e9}\u{6f22}b");
        assert_eq!(walk.to(2), "a");
        assert_eq!(walk.to(3), "\u{1f600}");
        assert_eq!(walk.to(5), "\u{e9}\u{6f22}");
        assert_eq!((walk.byte(), walk.unit()), (10, 5));
        assert_eq!(walk.to(99), "b");
        assert_eq!(second_halves("a\u{1f600}\u{1f600}"), [2, 4]);
    }
}
