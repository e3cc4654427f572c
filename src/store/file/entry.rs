//! What a session file is made of after its header: entries, each with a number and a checksum.
use primitives::sha256;

/// Length of the payload, number, checksum.
pub(super) const HEAD_LEN: usize = 4 + 8 + SUM_LEN;

/// Half a SHA-256: a damaged key costs the login, and CRC-32 lets one of four thousand million
/// damages through.
const SUM_LEN: usize = 16;

/// So far ahead a number may be and still be of the same file.
const NUMBERS_AHEAD: u64 = 1 << 20;

/// What the checksums of a part of a file begin with, so that what an older file left on the disk
/// is not taken for an entry of this one.
pub(super) type Key = [u8; 32];

/// The key of a snapshot's entries: they are summed up in the header, which comes last.
pub(super) const SNAPSHOT_KEY: Key = [0; 32];

/// The first bytes of an entry.
pub(super) struct Head {
    pub(super) payload_len: usize,
    pub(super) number: u64,
    pub(super) sum: [u8; SUM_LEN],
}

impl Head {
    pub(super) fn parse(bytes: &[u8; HEAD_LEN]) -> Self {
        let (len, rest) = bytes.split_first_chunk().expect("the head has a length");
        let (number, sum) = rest.split_first_chunk().expect("and a number");
        Self {
            payload_len: u32::from_le_bytes(*len) as usize,
            number: u64::from_le_bytes(*number),
            sum: sum.try_into().expect("the checksum is the rest"),
        }
    }

    /// Whether `payload` is what this head was made for.
    pub(super) fn fits(&self, key: &Key, payload: &[u8]) -> bool {
        self.payload_len == payload.len() && self.sum == sum(key, self.number, payload)
    }
}

/// The head of an entry with this payload.
pub(super) fn head(key: &Key, number: u64, payload: &[u8]) -> [u8; HEAD_LEN] {
    let len = u32::try_from(payload.len()).expect("far below the limit of a file");
    let mut head = [0; HEAD_LEN];
    head[..4].copy_from_slice(&len.to_le_bytes());
    head[4..12].copy_from_slice(&number.to_le_bytes());
    head[12..].copy_from_slice(&sum(key, number, payload));
    head
}

/// Whether an entry of the same file, with a number from `from` on, stands anywhere in `bytes`.
///
/// An entry is only written when those before it are on the disk. So what follows one that cannot
/// be read tells a write that was cut short, after which nothing comes, from damage.
pub(super) fn any_follows(bytes: &[u8], key: &Key, from: u64) -> bool {
    let numbers = from..from.saturating_add(NUMBERS_AHEAD);
    bytes.windows(HEAD_LEN).enumerate().any(|(at, start)| {
        let head = Head::parse(start.try_into().expect("a window of that length"));
        // The number is looked at first: a checksum costs as much as the payload is long.
        numbers.contains(&head.number)
            && bytes[at + HEAD_LEN..]
                .get(..head.payload_len)
                .is_some_and(|payload| head.fits(key, payload))
    })
}

fn sum(key: &Key, number: u64, payload: &[u8]) -> [u8; SUM_LEN] {
    let len = (payload.len() as u64).to_le_bytes();
    let whole = sha256(&[key, &number.to_le_bytes(), &len, payload]);
    *whole.first_chunk().expect("a hash is longer")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [7; 32];

    #[test]
    fn a_head_fits_its_payload_key_and_number_only() {
        let bytes = head(&KEY, 5, b"payload");
        let parsed = Head::parse(&bytes);
        assert_eq!((parsed.number, parsed.payload_len), (5, 7));
        assert!(parsed.fits(&KEY, b"payload"));
        assert!(!parsed.fits(&SNAPSHOT_KEY, b"payload"));
        assert!(!parsed.fits(&KEY, b"paylord") && !parsed.fits(&KEY, b"payloa"));
        for at in 0..HEAD_LEN {
            let mut flipped = bytes;
            flipped[at] ^= 1;
            assert!(!Head::parse(&flipped).fits(&KEY, b"payload"), "byte {at}");
        }
    }

    #[test]
    fn an_entry_is_found_wherever_it_stands() {
        let mut bytes = b"rubbish of some length, longer than a head".to_vec();
        assert!(!any_follows(&bytes, &KEY, 1));
        bytes.extend(head(&KEY, 3, b"here"));
        assert!(!any_follows(&bytes, &KEY, 1), "its payload is cut off");
        bytes.extend(b"here and more");
        assert!(any_follows(&bytes, &KEY, 1));
        assert!(!any_follows(&bytes, &KEY, 4), "it is older");
        assert!(!any_follows(&bytes, &SNAPSHOT_KEY, 1), "another file's");
    }
}
