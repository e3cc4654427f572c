//! Changes as bytes: each by itself, with its length and a checksum before it.
use super::change::Change;
use super::encoding::{Item, Malformed, Reader, Writer};

/// The format of the session files that are made of these, and of the records in them.
pub(super) const FORMAT: u32 = 3;

/// Which change it is, the length of what follows, and its CRC-32.
pub(super) const STEP_HEAD_LEN: usize = 1 + 4 + 4;

/// Adds a change to `writer`.
pub(super) fn put_step(change: &Change, writer: &mut Writer) {
    let start = writer.len();
    writer.bytes(&[0; STEP_HEAD_LEN]);
    let tag = put_body(change, writer);
    let body = &writer.as_slice()[start + STEP_HEAD_LEN..];
    let len = u32::try_from(body.len()).expect("a session's lists fit into memory many times");
    let sum = crc32fast::hash(body);
    writer.patch(start, &[tag]);
    writer.patch(start + 1, &len.to_le_bytes());
    writer.patch(start + 5, &sum.to_le_bytes());
}

/// Takes the changes out of `bytes`, each with where it begins.
pub(super) fn each_step(
    bytes: &[u8],
    mut take: impl FnMut(usize, Change) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let (change, len) = read_step(rest)?;
        take(at, change)?;
        rest = &rest[len..];
    }
    Ok(())
}

/// The change that `bytes` begin with, and how long it is there.
pub(super) fn read_step(bytes: &[u8]) -> Result<(Change, usize), Malformed> {
    let mut reader = Reader::new(bytes, FORMAT);
    let tag = u8::read(&mut reader)?;
    let len = u32::read(&mut reader)? as usize;
    let sum = u32::read(&mut reader)?;
    let body = reader.bytes(len)?;
    if crc32fast::hash(body) != sum {
        return Err(Malformed("the checksum of a record does not fit"));
    }
    let mut reader = Reader::new(body, FORMAT);
    let change = read_body(tag, &mut reader)?;
    match reader.is_empty() {
        true => Ok((change, STEP_HEAD_LEN + len)),
        false => Err(Malformed("bytes follow a record")),
    }
}

/// How long the change is that `bytes` begin with, as far as they say.
pub(super) fn step_len(bytes: &[u8]) -> Option<usize> {
    let len: [u8; 4] = bytes.get(1..5)?.try_into().ok()?;
    (u32::from_le_bytes(len) as usize).checked_add(STEP_HEAD_LEN)
}

fn put_body(change: &Change, body: &mut Writer) -> u8 {
    match change {
        Change::HomeDc(dc) => put(1, dc, body),
        Change::Account(account) => put(2, account, body),
        Change::Dcs(dcs) => put(3, dcs, body),
        Change::Key(key) => put(4, key, body),
        Change::Salts { place, salts } => {
            place.put(body);
            put(5, salts, body)
        }
        Change::Peer(peer) => put(6, peer, body),
        Change::Updates(state) => put(7, state, body),
        Change::Channel { id, pts } => {
            id.put(body);
            put(8, pts, body)
        }
        Change::SignedOut => 9,
        Change::Clear => 10,
        Change::Note(note) => put(11, note, body),
        Change::NoNote { room, key } => {
            room.put(body);
            put(12, key, body)
        }
        Change::Expire { now } => put(13, now, body),
    }
}

fn put(tag: u8, item: &impl Item, body: &mut Writer) -> u8 {
    item.put(body);
    tag
}

fn read_body(tag: u8, body: &mut Reader<'_>) -> Result<Change, Malformed> {
    Ok(match tag {
        1 => Change::HomeDc(Item::read(body)?),
        2 => Change::Account(Item::read(body)?),
        3 => Change::Dcs(Item::read(body)?),
        4 => Change::Key(Item::read(body)?),
        5 => Change::Salts {
            place: Item::read(body)?,
            salts: Item::read(body)?,
        },
        6 => Change::Peer(Item::read(body)?),
        7 => Change::Updates(Item::read(body)?),
        8 => Change::Channel {
            id: Item::read(body)?,
            pts: Item::read(body)?,
        },
        9 => Change::SignedOut,
        10 => Change::Clear,
        11 => Change::Note(Item::read(body)?),
        12 => Change::NoNote {
            room: Item::read(body)?,
            key: Item::read(body)?,
        },
        13 => Change::Expire {
            now: Item::read(body)?,
        },
        _ => return Err(Malformed("a record is of no known kind")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::dice::Dice;

    fn bytes_of(changes: &[Change]) -> Vec<u8> {
        let mut writer = Writer::default();
        for change in changes {
            put_step(change, &mut writer);
        }
        writer.as_slice().to_vec()
    }

    fn read_back(bytes: &[u8]) -> Result<Vec<(usize, Change)>, Malformed> {
        let mut changes = Vec::new();
        each_step(bytes, |at, change| {
            changes.push((at, change));
            Ok(())
        })?;
        Ok(changes)
    }

    #[test]
    fn random_changes_come_back_one_by_one_and_from_where_they_stand() {
        let mut dice = Dice(11);
        for _ in 0..500 {
            let changes = dice.changes();
            let bytes = bytes_of(&changes);
            let back = read_back(&bytes).unwrap();
            assert_eq!(back.len(), changes.len());
            for ((at, back), change) in back.iter().zip(&changes) {
                // `Debug` hides what is secret, so the bytes are compared.
                let own = bytes_of(std::slice::from_ref(change));
                assert_eq!(bytes_of(std::slice::from_ref(back)), own);
                assert_eq!(step_len(&bytes[*at..]), Some(own.len()));
                assert_eq!(read_step(&bytes[*at..]).unwrap().1, own.len());
            }
        }
    }

    #[test]
    fn garbage_never_panics_and_a_flipped_byte_is_seen() {
        let mut dice = Dice(12);
        for _ in 0..100 {
            let bytes = bytes_of(&dice.changes());
            for len in 0..bytes.len() {
                read_back(&bytes[..len]).ok();
            }
            for at in STEP_HEAD_LEN..bytes.len() {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1;
                let same = read_back(&flipped).is_ok_and(|back| {
                    let back: Vec<_> = back.into_iter().map(|(_, change)| change).collect();
                    bytes_of(&back) == bytes
                });
                assert!(!same, "byte {at}");
            }
        }
    }
}
