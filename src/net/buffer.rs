//! Where a socket is read into.

/// Enough for small answers: a client that hears little, as most of many do, needs no more.
const FIRST: usize = 1024;

/// The most that is read by one call: so much stays in the second-level cache until it is
/// decrypted.
const MOST: usize = 64 * 1024;

/// A buffer that is as large as what comes: one that was filled is larger the next time.
pub(super) struct ReadBuffer {
    bytes: Vec<u8>,
}

impl ReadBuffer {
    pub(super) fn new() -> Self {
        Self {
            bytes: vec![0; FIRST],
        }
    }

    /// What a socket may fill.
    pub(super) fn room(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// What it has filled.
    pub(super) fn filled(&self, count: usize) -> &[u8] {
        &self.bytes[..count]
    }

    /// Makes room for more, if `count` bytes were all there was room for.
    pub(super) fn fit(&mut self, count: usize) {
        if count == self.bytes.len() && count < MOST {
            self.bytes.resize(count * 4, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_grows_when_it_was_filled_and_only_then() {
        let mut buffer = ReadBuffer::new();
        buffer.fit(FIRST - 1);
        assert_eq!(buffer.room().len(), FIRST);
        for _ in 0..8 {
            let all = buffer.room().len();
            buffer.fit(all);
        }
        assert_eq!(buffer.room().len(), MOST);
    }

    #[test]
    fn what_was_filled_is_given() {
        let mut buffer = ReadBuffer::new();
        buffer.room()[..3].copy_from_slice(b"abc");
        assert_eq!(buffer.filled(3), b"abc");
    }
}
