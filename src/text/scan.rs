//! Searching a text for a few signs.

/// How many bytes are looked at together.
const BLOCK: usize = 32;

/// Bytes to be searched for.
pub(super) struct Signs<const N: usize> {
    list: [u8; N],
    table: [bool; 256],
}

impl<const N: usize> Signs<N> {
    pub(super) const fn new(list: [u8; N]) -> Self {
        let mut table = [false; 256];
        let mut at = 0;
        while at < N {
            table[list[at] as usize] = true;
            at += 1;
        }
        Self { list, table }
    }

    /// The first place of one of them. Where none is near, blocks that have none are passed over
    /// as a whole, which the compiler does with vectors: most of a text is plain.
    pub(super) fn position(&self, bytes: &[u8]) -> Option<usize> {
        let near = &bytes[..bytes.len().min(BLOCK)];
        if let Some(place) = near.iter().position(|byte| self.table[usize::from(*byte)]) {
            return Some(place);
        }
        let (blocks, _) = bytes[near.len()..].as_chunks::<BLOCK>();
        let plain = blocks.iter().take_while(|block| !self.are_in(block));
        let from = near.len() + plain.count() * BLOCK;
        let rest = bytes[from..].iter();
        let place = (rest.enumerate()).find(|(_, byte)| self.table[usize::from(**byte)]);
        place.map(|(place, _)| from + place)
    }

    fn are_in(&self, block: &[u8; BLOCK]) -> bool {
        let mut hits = [0_u8; BLOCK];
        for sign in &self.list {
            for (hit, byte) in hits.iter_mut().zip(block) {
                *hit |= u8::from(byte == sign);
            }
        }
        hits.iter().fold(0, |any, hit| any | hit) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_is_found_wherever_it_stands() {
        let signs = Signs::new(*b"<&");
        for length in 0..140 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(signs.position(&bytes), None);
            for place in (0..length).rev() {
                bytes[place] = b'&';
                assert_eq!(signs.position(&bytes), Some(place));
            }
        }
    }
}
