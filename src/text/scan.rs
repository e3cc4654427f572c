//! Searching a text for a few signs.

/// How many bytes are looked at together.
const BLOCK: usize = 32;

/// How many are looked at one by one before that: in a text with many marks the next is not far.
const NEAR: usize = 16;

/// Bytes to be searched for.
pub(super) struct Signs<const N: usize> {
    list: [u8; N],
    table: [bool; 256],
}

/// For so many signs each is looked for in a block; for more, whatever is like them.
const FEW: usize = 4;

impl<const N: usize> Signs<N> {
    pub(super) const fn new(list: [u8; N]) -> Self {
        let mut table = [false; 256];
        let mut at = 0;
        while at < N {
            assert!(N <= FEW || is_like_a_sign(list[at]), "no other is found");
            table[list[at] as usize] = true;
            at += 1;
        }
        Self { list, table }
    }

    /// The first place of one of them. Where none is near, blocks that have none are passed over
    /// as a whole, which the compiler does with vectors: most of a text is plain.
    pub(super) fn position(&self, bytes: &[u8]) -> Option<usize> {
        let near = match bytes.first_chunk::<NEAR>() {
            Some(near) if N <= FEW => {
                let place = self.place_in(near);
                if place < NEAR {
                    return Some(place);
                }
                NEAR
            }
            _ => {
                let near = &bytes[..bytes.len().min(NEAR)];
                let place = near.iter().position(|byte| self.table[usize::from(*byte)]);
                if place.is_some() {
                    return place;
                }
                near.len()
            }
        };
        let (blocks, _) = bytes[near..].as_chunks::<BLOCK>();
        let mut from = near;
        for block in blocks {
            if self.may_be_in(block) {
                let place = block.iter().position(|byte| self.table[usize::from(*byte)]);
                if let Some(place) = place {
                    return Some(from + place);
                }
            }
            from += BLOCK;
        }
        let mut rest = bytes[from..].iter();
        let place = rest.position(|byte| self.table[usize::from(*byte)])?;
        Some(from + place)
    }

    /// The first place of one of few signs, or how many bytes there are: all of them at once. A
    /// byte that is the sign becomes zero, and of zeros the lowest is found as such.
    fn place_in(&self, bytes: &[u8; NEAR]) -> usize {
        const ONES: u128 = u128::MAX / 255;
        let bits = u128::from_le_bytes(*bytes);
        let hits = self.list.iter().fold(0, |hits, sign| {
            let differs = bits ^ (ONES * u128::from(*sign));
            hits | (differs.wrapping_sub(ONES) & !differs & (ONES << 7))
        });
        hits.trailing_zeros() as usize / 8
    }

    fn may_be_in(&self, block: &[u8; BLOCK]) -> bool {
        let mut hits = [0_u8; BLOCK];
        if N > FEW {
            for (hit, byte) in hits.iter_mut().zip(block) {
                *hit = u8::from(is_like_a_sign(*byte));
            }
        } else {
            for sign in &self.list {
                for (hit, byte) in hits.iter_mut().zip(block) {
                    *hit |= u8::from(byte == sign);
                }
            }
        }
        hits.iter().fold(0, |any, hit| any | hit) != 0
    }
}

/// Punctuation of ASCII, and line breaks: no other sign is looked for.
const fn is_like_a_sign(byte: u8) -> bool {
    let first = (byte.wrapping_sub(b'!') < 15) | (byte.wrapping_sub(b':') < 7);
    let last = (byte.wrapping_sub(b'[') < 6) | (byte.wrapping_sub(b'{') < 4);
    first | last | (byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_is_found_wherever_it_stands() {
        let few = Signs::new(*b"<&");
        let many = Signs::new(*b"<&>!~\n");
        for length in 0..140 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(few.position(&bytes), None);
            assert_eq!(many.position(&bytes), None);
            bytes.fill(b','); // It is like one.
            for place in (0..length).rev() {
                bytes[place] = b'&';
                assert_eq!(few.position(&bytes), Some(place));
                assert_eq!(many.position(&bytes), Some(place));
            }
        }
    }

    /// Bytes that differ from a sign in one bit, or that stand behind one, are none.
    #[test]
    fn no_other_byte_is_taken_for_a_sign() {
        let few = Signs::new(*b"*_~");
        for byte in 0..=u8::MAX {
            for length in [1, NEAR, NEAR + BLOCK + 1] {
                let mut bytes = vec![byte; length];
                let is_sign = b"*_~".contains(&byte);
                assert_eq!(few.position(&bytes), is_sign.then_some(0), "{byte}");
                bytes[length - 1] = b'~';
                let place = if is_sign { 0 } else { length - 1 };
                assert_eq!(few.position(&bytes), Some(place), "{byte}");
            }
        }
    }

    /// Of many signs none may be unlike those that are looked for.
    #[test]
    fn what_is_like_a_sign_is_punctuation() {
        for byte in 0..=u8::MAX {
            let like = byte.is_ascii_punctuation() || byte == b'\n';
            assert_eq!(is_like_a_sign(byte), like, "{byte}");
        }
    }
}
