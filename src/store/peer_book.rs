//! Peers in memory, found by id, name or number.
use std::collections::HashMap;

use super::change::Change;
use super::peer::{PeerKey, PeerQuery, PeerRecord};

/// Peers in memory: for sessions that are kept nowhere else.
#[derive(Clone, Debug, Default)]
pub(super) struct PeerBook {
    peers: HashMap<PeerKey, PeerRecord>,
    names: HashMap<String, PeerKey>,
    phones: HashMap<String, PeerKey>,
}

impl PeerBook {
    /// Carries out what a change says of peers.
    pub(super) fn apply(&mut self, change: &Change) {
        match change {
            Change::Peer(record) => self.put(record),
            change if change.forgets_account() => *self = Self::default(),
            _ => {}
        }
    }

    pub(super) fn put(&mut self, record: &PeerRecord) {
        if record.id.number().is_none() {
            return;
        }
        for name in &record.usernames {
            self.names.insert(name.to_ascii_lowercase(), record.id);
        }
        if let Some(phone) = &record.phone {
            self.phones.insert(phone.clone(), record.id);
        }
        self.peers.insert(record.id, record.clone());
    }

    /// The peer, if it is there, without what is another's by now.
    pub(super) fn find(&self, query: &PeerQuery<'_>) -> Option<PeerRecord> {
        let key = match query {
            PeerQuery::Id(key) => *key,
            PeerQuery::Name(name) => *self.names.get(&name.to_ascii_lowercase())?,
            PeerQuery::Phone(phone) => *self.phones.get(*phone)?,
        };
        let mut record = self.peers.get(&key)?.clone();
        record.keep_own(
            |name| self.names.get(&name.to_ascii_lowercase()) == Some(&key),
            |phone| self.phones.get(phone) == Some(&key),
        );
        record.answers(query).then_some(record)
    }

    /// Everybody, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = PeerRecord> {
        let keys = self.peers.keys();
        keys.filter_map(|key| self.find(&PeerQuery::Id(*key)))
    }
}
