//! Searching a text for a few signs.
use std::marker::PhantomData;

/// How many bytes are looked at together: a bit each fits a number.
const BLOCK: usize = 64;

/// Bytes to be searched for: punctuation of ASCII, and line breaks.
pub(super) trait Signs {
    const LIST: &'static [u8];
    const TABLE: [bool; 256] = table(Self::LIST);
}

const fn table(list: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < list.len() {
        assert!(is_like_a_sign(list[at]), "no other is found");
        table[list[at] as usize] = true;
        at += 1;
    }
    table
}

/// So many signs are looked for one by one; of more, whatever is like them, and then each is held
/// against the table.
const FEW: usize = 4;

/// A search through a text from the front to the back. All signs of a block are found at once,
/// which the compiler does with vectors, and then given one after another: where marks are many
/// and where they are few, each byte is looked at once.
pub(super) struct Search<'t, S> {
    bytes: &'t [u8],
    /// Where the block stands that was looked at last.
    from: usize,
    /// Which of its bytes may be signs.
    hits: u64,
    signs: PhantomData<S>,
}

impl<'t, S: Signs> Search<'t, S> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut search = Self {
            bytes: text.as_bytes(),
            from: 0,
            hits: 0,
            signs: PhantomData,
        };
        search.look();
        search
    }

    /// The place of the first sign from a byte on, which is not before that of the last call.
    #[inline]
    pub(super) fn next(&mut self, at: usize) -> Option<usize> {
        loop {
            let passed = at.saturating_sub(self.from);
            if passed < BLOCK {
                self.hits &= u64::MAX << passed;
                while self.hits != 0 {
                    let place = self.from + self.hits.trailing_zeros() as usize;
                    if S::LIST.len() <= FEW || S::TABLE[usize::from(self.bytes[place])] {
                        return Some(place);
                    }
                    self.hits &= self.hits - 1;
                }
            }
            if self.from >= self.bytes.len() {
                return None;
            }
            self.from = at.max(self.from + BLOCK);
            self.look();
        }
    }

    fn look(&mut self) {
        let rest = self.bytes.get(self.from..).unwrap_or_default();
        let hit = |byte: &u8| u64::from(S::TABLE[usize::from(*byte)]);
        self.hits = match rest.first_chunk() {
            Some(block) => bits(&Self::found(block)),
            None => rest
                .iter()
                .rev()
                .fold(0, |hits, byte| (hits << 1) | hit(byte)),
        };
    }

    fn found(block: &[u8; BLOCK]) -> [u8; BLOCK] {
        if S::LIST.len() > FEW {
            return block.map(|byte| u8::from(is_like_a_sign(byte)));
        }
        let mut found = [0; BLOCK];
        for sign in S::LIST {
            for (found, byte) in found.iter_mut().zip(block) {
                *found |= u8::from(byte == sign);
            }
        }
        found
    }
}

/// Punctuation of ASCII, digits, and line breaks.
const fn is_like_a_sign(byte: u8) -> bool {
    let low = byte.wrapping_sub(b'!') < 32;
    let high = (byte | 0x20).wrapping_sub(b'{') < 5;
    low | high | (byte == b'`') | (byte == b'\n')
}

/// A bit for each of the bytes, which are one or zero.
pub(super) fn bits(found: &[u8; BLOCK]) -> u64 {
    // The lowest bit of each of eight bytes comes into the highest byte, and no two meet.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut bits = 0;
    for (place, eight) in found.as_chunks().0.iter().enumerate() {
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
        bits |= gathered << (8 * place);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few;

    impl Signs for Few {
        const LIST: &'static [u8] = b"*_~";
    }

    struct Many;

    impl Signs for Many {
        const LIST: &'static [u8] = b"*_~\n`{";
    }

    /// The places of three signs, which both searches find.
    fn all(text: &str) -> Vec<usize> {
        let places = all_of::<Few>(text);
        assert_eq!(all_of::<Many>(text), places, "{text}");
        places
    }

    fn all_of<S: Signs>(text: &str) -> Vec<usize> {
        let mut search = Search::<S>::new(text);
        let mut places: Vec<usize> = Vec::new();
        while let Some(place) = search.next(places.last().map_or(0, |last| last + 1)) {
            places.push(place);
        }
        places
    }

    #[test]
    fn each_sign_is_found_wherever_it_stands() {
        for length in 0..3 * BLOCK {
            assert!(all(&"a".repeat(length)).is_empty());
            let signs: Vec<usize> = (0..length).collect();
            assert_eq!(all(&"~".repeat(length)), signs);
            for place in 0..length {
                let mut text = "a".repeat(length);
                text.replace_range(place..=place, "_");
                assert_eq!(all(&text), [place]);
            }
        }
    }

    /// Bytes that differ from a sign in one bit, or that stand behind one, are none.
    #[test]
    fn no_other_byte_is_taken_for_a_sign() {
        for byte in 0..=127_u8 {
            if Many::LIST[3..].contains(&byte) {
                continue;
            }
            let is_sign = Few::LIST.contains(&byte);
            let text = format!("{}~é~", char::from(byte));
            let places: &[usize] = if is_sign { &[0, 1, 4] } else { &[1, 4] };
            assert_eq!(all(&text), places, "{byte}");
        }
    }

    #[test]
    fn what_is_passed_over_is_not_given() {
        let text = "*".repeat(5 * BLOCK) + "aa";
        let mut search = Search::<Few>::new(&text);
        for at in [
            0,
            1,
            1,
            7,
            BLOCK,
            3 * BLOCK - 1,
            3 * BLOCK + 5,
            5 * BLOCK - 1,
        ] {
            assert_eq!(search.next(at), Some(at));
        }
        assert_eq!(search.next(5 * BLOCK), None);
        assert_eq!(search.next(9 * BLOCK), None);
        // A sign that lies ahead is given until it is passed.
        let text = "a".repeat(2 * BLOCK) + "*a";
        let mut search = Search::<Few>::new(&text);
        for at in [0, 3, 2 * BLOCK] {
            assert_eq!(search.next(at), Some(2 * BLOCK));
        }
        assert_eq!(search.next(2 * BLOCK + 1), None);
    }

    #[test]
    fn what_is_like_a_sign_is_punctuation() {
        for byte in 0..=u8::MAX {
            let punctuation = byte.is_ascii_punctuation() || byte == b'\n';
            assert!(is_like_a_sign(byte) || !punctuation, "{byte}");
            assert!(
                !is_like_a_sign(byte) || !byte.is_ascii_alphabetic(),
                "{byte}"
            );
        }
    }
}
