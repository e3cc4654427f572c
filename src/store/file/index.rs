//! Where in the file each peer stands, and whose a name or number is.
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::store::peer::ID_BITS;
use crate::store::{PeerKey, PeerQuery, PeerRecord};

/// Finds peers in a file that are not in memory: some hundred bytes less for each.
///
/// Names and phone numbers are kept as hashes. Two with one hash cost a look-up that finds
/// nothing, never a wrong peer: whoever reads the record compares.
#[derive(Debug, Default)]
pub(super) struct Index {
    places: HashMap<Packed, u64>,
    names: HashMap<u64, Packed>,
    phones: HashMap<u64, Packed>,
}

/// Kind and id of a peer in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Packed(u64);

impl Packed {
    /// `None` for what is no id of anybody.
    pub(super) fn of(key: PeerKey) -> Option<Self> {
        let kind: u64 = match key {
            PeerKey::User(_) => 0,
            PeerKey::Chat(_) => 1,
            PeerKey::Channel(_) => 2,
        };
        Some(Self(kind << ID_BITS | key.number()?))
    }
}

impl Index {
    /// The peer stands at `place` now, and what it is called is its own.
    pub(super) fn put(&mut self, id: Packed, record: &PeerRecord, place: u64) {
        self.places.insert(id, place);
        for name in &record.usernames {
            self.names.insert(hash(&name.to_ascii_lowercase()), id);
        }
        if let Some(phone) = &record.phone {
            self.phones.insert(hash(phone), id);
        }
    }

    /// Where the peer that is asked for stands, if it does.
    pub(super) fn find(&self, query: &PeerQuery<'_>) -> Option<u64> {
        let id = match query {
            PeerQuery::Id(key) => Packed::of(*key),
            PeerQuery::Name(name) => self.names.get(&hash(&name.to_ascii_lowercase())).copied(),
            PeerQuery::Phone(phone) => self.phones.get(&hash(phone)).copied(),
        };
        self.places.get(&id?).copied()
    }

    /// Whether the name is this peer's, and no other's since.
    pub(super) fn owns_name(&self, id: Packed, name: &str) -> bool {
        self.names.get(&hash(&name.to_ascii_lowercase())) == Some(&id)
    }

    /// The same for a phone number.
    pub(super) fn owns_phone(&self, id: Packed, phone: &str) -> bool {
        self.phones.get(&hash(phone)) == Some(&id)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// All places, in the order of the file.
    pub(super) fn places(&self) -> Vec<u64> {
        let mut places: Vec<u64> = self.places.values().copied().collect();
        places.sort_unstable();
        places
    }

    pub(super) fn place(&self, id: Packed) -> Option<u64> {
        self.places.get(&id).copied()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_of_the_api_has_a_number_of_its_own() {
        let max = (1 << ID_BITS) - 1;
        let ids = [1, max].map(|id| [PeerKey::User(id), PeerKey::Chat(id), PeerKey::Channel(id)]);
        let packed: Vec<_> = ids.into_iter().flatten().map(Packed::of).collect();
        for (at, one) in packed.iter().enumerate() {
            assert!(one.is_some() && !packed[..at].contains(one));
        }
        for id in [-1, max + 1, i64::MIN, i64::MAX] {
            assert_eq!(Packed::of(PeerKey::User(id)), None);
        }
    }
}
