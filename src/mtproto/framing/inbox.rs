//! Bytes that were received and not yet taken.
use std::ops::{Range, RangeInclusive};

use crate::crypto::Ctr;

/// How large a buffer is that is kept while it is empty.
///
/// A smaller one is soon made anew, and of idle connections there may be thousands. One that grew
/// larger did so for one large packet: parts of files (at most 1 MiB) do not.
const CAPACITY_KEPT: RangeInclusive<usize> = 64 << 10..=4 << 20;

/// Received bytes in order. Their memory is bounded by one packet and one `receive`, because the
/// owner takes whole packets out after each.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    bytes: Vec<u8>,
    start: usize,
}

impl Inbox {
    /// Appends what came from the socket, and decrypts just that.
    pub(super) fn receive(&mut self, bytes: &[u8], cipher: Option<&mut Ctr>) {
        self.make_room();
        let before = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        if let Some(cipher) = cipher {
            cipher.apply(&mut self.bytes[before..]);
        }
    }

    /// Moves the live bytes to the front when that costs no more than what was taken since the
    /// last move: so each byte is moved once on average, however small the pieces that come.
    fn make_room(&mut self) {
        let live = self.bytes.len() - self.start;
        if live == 0 {
            self.rest();
        } else if self.start >= live {
            self.bytes.copy_within(self.start.., 0);
            self.bytes.truncate(live);
            self.start = 0;
        }
    }

    /// Nothing can be taken before more comes: what nobody needs until then is given back.
    pub(super) fn rest(&mut self) {
        if self.live().is_empty() {
            self.bytes.clear();
            self.start = 0;
            if !CAPACITY_KEPT.contains(&self.bytes.capacity()) {
                self.bytes = Vec::new();
            }
        }
    }

    pub(super) fn live(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    pub(super) fn live_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[self.start..]
    }

    /// Takes `len` bytes off the front. Of these, `part` stays readable by the range returned
    /// until bytes are received again.
    pub(super) fn take(&mut self, len: usize, part: Range<usize>) -> Range<usize> {
        let taken = self.start + part.start..self.start + part.end;
        self.start += len;
        taken
    }

    /// What [`Inbox::take`] took.
    pub(super) fn taken(&mut self, range: Range<usize>) -> &mut [u8] {
        &mut self.bytes[range]
    }

    /// Drops everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_small_pieces_move_each_byte_about_once() {
        let mut inbox = Inbox::default();
        let mut next = 0_u8;
        for round in 0..200_000_u32 {
            inbox.receive(&[round as u8, (round >> 8) as u8, 3], None);
            // One frame of three bytes is always left behind, so the buffer is never empty.
            if inbox.live().len() >= 6 {
                assert_eq!(inbox.live()[0], next);
                next = next.wrapping_add(1);
                inbox.take(3, 0..3);
            }
        }
        assert!(inbox.bytes.capacity() < 64, "{}", inbox.bytes.capacity());
    }

    #[test]
    fn a_large_buffer_is_given_back_and_a_small_one_too() {
        let mut inbox = Inbox::default();
        for (len, is_kept) in [(9 << 20, false), (1 << 20, true), (1000, true)] {
            inbox.receive(&vec![1; len], None);
            inbox.take(len - 1, 0..0);
            inbox.rest();
            assert_eq!(inbox.live(), [1], "this is still to be read");
            inbox.take(1, 0..1);
            inbox.rest();
            assert_eq!(inbox.bytes.capacity() > 0, is_kept, "{len}");
        }
        let mut idle = Inbox::default();
        idle.receive(&[1; 1000], None);
        idle.take(1000, 0..0);
        idle.rest();
        assert_eq!(idle.bytes.capacity(), 0);
    }
}
