//! Session files as earlier versions wrote them: all records in one piece, peers among them.
use super::encoding::{Item, Malformed, Reader, Writer};
use super::peer::PeerRecord;
use super::records::Records;

/// The records that `bytes` hold in an older format, from the first byte to the last.
pub(super) fn decode(bytes: &[u8], format: u32) -> Result<(Records, Vec<PeerRecord>), Malformed> {
    let mut reader = Reader::new(bytes, format);
    let mut records = Records {
        home_dc: Item::read(&mut reader)?,
        account: Item::read(&mut reader)?,
        dcs: Item::read(&mut reader)?,
        keys: Item::read(&mut reader)?,
        salts: Item::read(&mut reader)?,
        ..Records::default()
    };
    let peers: Vec<PeerRecord> = Item::read(&mut reader)?;
    in_order(peers.iter().map(|peer| peer.id))?;
    records.updates = Item::read(&mut reader)?;
    let channels: Vec<Channel> = Item::read(&mut reader)?;
    in_order(channels.iter().map(|channel| channel.id))?;
    records.channels = channels.into_iter().map(|it| (it.id, it.pts)).collect();
    match reader.is_empty() {
        true => Ok((records, peers)),
        false => Err(Malformed("bytes follow the last record")),
    }
}

/// They were written in one order, so that none stood there twice.
fn in_order<K: Ord>(keys: impl Iterator<Item = K>) -> Result<(), Malformed> {
    match keys.is_sorted_by(|one, next| one < next) {
        true => Ok(()),
        false => Err(Malformed("its records are out of order")),
    }
}

/// How far the updates of a channel are.
struct Channel {
    id: i64,
    pts: i32,
}

impl Item for Channel {
    const LEAST: usize = i64::LEAST + i32::LEAST;
    fn put(&self, writer: &mut Writer) {
        self.id.put(writer);
        self.pts.put(writer);
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            id: Item::read(reader)?,
            pts: Item::read(reader)?,
        })
    }
}

/// What an older version would have written, to be read again.
#[cfg(test)]
pub(super) fn encode(records: &Records, peers: &[PeerRecord]) -> Vec<u8> {
    let mut writer = Writer::default();
    records.home_dc.put(&mut writer);
    records.account.put(&mut writer);
    records.dcs.put(&mut writer);
    records.keys.put(&mut writer);
    records.salts.put(&mut writer);
    let mut peers = peers.to_vec();
    peers.sort_by_key(|peer| peer.id);
    peers.dedup_by_key(|peer| peer.id);
    peers.put(&mut writer);
    records.updates.put(&mut writer);
    let channels = records.channels.iter();
    let channels: Vec<_> = channels
        .map(|(id, pts)| Channel { id: *id, pts: *pts })
        .collect();
    channels.put(&mut writer);
    writer.as_slice().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::PeerKey;
    use crate::store::dice::Dice;

    fn random(dice: &mut Dice) -> (Vec<u8>, Records) {
        let records = dice.records();
        let peers: Vec<_> = (0..dice.below(4)).map(|_| dice.peer()).collect();
        (encode(&records, &peers), records)
    }

    /// The second format; `Debug` hides keys and salts, so they are compared by themselves.
    #[test]
    fn random_records_come_back() {
        let mut dice = Dice(1);
        for _ in 0..2000 {
            let (bytes, records) = random(&mut dice);
            let (back, peers) = decode(&bytes, 2).unwrap();
            assert_eq!(format!("{records:?}"), format!("{back:?}"));
            assert_eq!(records.salts, back.salts);
            for (one, other) in records.keys.iter().zip(&back.keys) {
                assert_eq!(one.key.expose(), other.key.expose());
            }
            assert_eq!(encode(&back, &peers), bytes);
        }
    }

    #[test]
    fn what_is_cut_short_or_goes_on_is_refused() {
        let mut dice = Dice(2);
        for _ in 0..30 {
            let (bytes, _) = random(&mut dice);
            for len in 0..bytes.len() {
                assert!(
                    decode(&bytes[..len], 2).is_err(),
                    "{len} of {}",
                    bytes.len()
                );
            }
            let longer = [&bytes[..], &[0]].concat();
            let error = Malformed("bytes follow the last record");
            assert_eq!(decode(&longer, 2).unwrap_err(), error);
        }
    }

    #[test]
    fn garbage_never_panics_and_reserves_nothing() {
        let mut dice = Dice(3);
        for _ in 0..200 {
            let (mut bytes, _) = random(&mut dice);
            for _ in 0..50 {
                let at = dice.below(bytes.len() as u64) as usize;
                bytes[at] = dice.number() as u8;
                if let Ok((records, peers)) = decode(&bytes, 2) {
                    let again = encode(&records, &peers);
                    assert_eq!(again, bytes, "accepted, so it means just this");
                }
            }
        }
        // Lists of four thousand million things in eleven bytes.
        let mut bytes = encode(&Records::default(), &[]);
        for at in 2..bytes.len() - 4 {
            bytes[at..at + 4].fill(0xff);
            decode(&bytes, 2).unwrap_err();
        }
    }

    #[test]
    fn a_record_that_stands_twice_is_refused() {
        let mut records = Records::default();
        records.channels.extend([(1, 5), (2, 6)]);
        let mut bytes = encode(&records, &[]);
        let second = bytes.len() - 12;
        bytes[second] = 1;
        let error = Malformed("its records are out of order");
        assert_eq!(decode(&bytes, 2).unwrap_err(), error);
    }

    /// What the first version wrote: a name, and nothing of when it was seen.
    #[test]
    fn names_of_the_first_format_have_no_time() {
        let mut bytes = encode(&Records::default(), &[]);
        let old = {
            let mut writer = Writer::default();
            PeerKey::User(7).put(&mut writer);
            Some(70_i64).put(&mut writer);
            false.put(&mut writer);
            Some("durov".to_owned()).put(&mut writer);
            Some("123".to_owned()).put(&mut writer);
            writer.as_slice().to_vec()
        };
        let peers = bytes.len() - 9;
        bytes[peers] = 1;
        bytes.splice(peers + 4..peers + 4, old.iter().copied());
        let (_, peers) = decode(&bytes, 1).unwrap();
        let peer = PeerRecord {
            access_hash: Some(70),
            usernames: vec!["durov".to_owned()],
            phone: Some("123".to_owned()),
            ..PeerRecord::new(PeerKey::User(7))
        };
        assert_eq!(peers, [peer]);
        decode(&bytes, 2).unwrap_err();
    }
}
