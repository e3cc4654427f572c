//! Whom this account has seen, and how to name them to the server.
use std::collections::HashMap;

use crate::mtproto::Answer;
use crate::store::{Change, PeerKey, PeerRecord, Records};
use crate::tl::{self, Deserialize, Identifiable, Reader, TypeRef};

/// Peers by id, and ids by public name.
///
/// See <https://core.telegram.org/api/peers>.
#[derive(Default)]
pub(crate) struct PeerCache {
    peers: HashMap<PeerKey, PeerRecord>,
    names: HashMap<String, PeerKey>,
}

impl PeerCache {
    pub(crate) fn load(records: &Records) -> Self {
        let mut cache = Self::default();
        for record in records.peers.values() {
            cache.insert(record.clone());
        }
        cache
    }

    pub(crate) fn get(&self, id: PeerKey) -> Option<&PeerRecord> {
        self.peers.get(&id)
    }

    pub(crate) fn by_name(&self, username: &str) -> Option<PeerKey> {
        self.names.get(&username.to_lowercase()).copied()
    }

    /// Another account sees other access hashes.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in what an answer says of users and chats; gives what was new.
    pub(crate) fn learn_answer(&mut self, method: u32, answer: &Answer) -> Vec<Change> {
        let ty = TypeRef::returned_by(method).unwrap_or(TypeRef::OBJECT);
        self.learn(seen_in(answer.as_ref(), ty))
    }

    /// Takes in what an update says of users and chats; gives what was new.
    pub(crate) fn learn_updates(&mut self, updates: &[u8]) -> Vec<Change> {
        self.learn(seen_in(updates, TypeRef::OBJECT))
    }

    fn learn(&mut self, seen: Vec<PeerRecord>) -> Vec<Change> {
        let mut changes = Vec::new();
        for record in seen {
            if let Some(record) = self.merge(record) {
                self.insert(record.clone());
                changes.push(Change::Peer(record));
            }
        }
        changes
    }

    /// What is known of the peer after `seen`, if that is more than before.
    ///
    /// A `min` constructor shows too little to replace what a full one showed.
    ///
    /// See <https://core.telegram.org/api/min>.
    fn merge(&self, seen: PeerRecord) -> Option<PeerRecord> {
        match self.peers.get(&seen.id) {
            Some(known) if *known == seen || seen.min && !known.min => None,
            Some(_) | None => Some(seen),
        }
    }

    fn insert(&mut self, record: PeerRecord) {
        let old = self
            .peers
            .get(&record.id)
            .and_then(|old| old.username.clone());
        if let Some(old) = old.filter(|old| Some(old) != record.username.as_ref()) {
            self.names.remove(&old.to_lowercase());
        }
        if let Some(name) = &record.username {
            self.names.insert(name.to_lowercase(), record.id);
        }
        self.peers.insert(record.id, record);
    }
}

/// Everybody that the bytes tell of. What cannot be walked cannot be read either, and whoever reads
/// it says so.
fn seen_in(bytes: &[u8], ty: TypeRef) -> Vec<PeerRecord> {
    let mut seen = Vec::new();
    tl::walk(bytes, ty, &mut |id, fields| seen.extend(peer(id, fields))).ok();
    seen
}

fn peer(id: u32, fields: &[u8]) -> Option<PeerRecord> {
    let mut reader = Reader::new(fields);
    match id {
        tl::types::User::CONSTRUCTOR_ID => Some(user(&tl::types::User::deserialize(&mut reader))),
        tl::types::Chat::CONSTRUCTOR_ID => {
            let chat = tl::types::Chat::deserialize(&mut reader);
            Some(bare(PeerKey::Chat(chat.id), None))
        }
        tl::types::ChatForbidden::CONSTRUCTOR_ID => {
            let chat = tl::types::ChatForbidden::deserialize(&mut reader);
            Some(bare(PeerKey::Chat(chat.id), None))
        }
        tl::types::Channel::CONSTRUCTOR_ID => {
            let channel = tl::types::Channel::deserialize(&mut reader);
            Some(PeerRecord {
                min: channel.min,
                username: channel.username.or_else(|| active_name(channel.usernames)),
                ..bare(PeerKey::Channel(channel.id), channel.access_hash)
            })
        }
        tl::types::ChannelForbidden::CONSTRUCTOR_ID => {
            let channel = tl::types::ChannelForbidden::deserialize(&mut reader);
            Some(bare(
                PeerKey::Channel(channel.id),
                Some(channel.access_hash),
            ))
        }
        _ => None,
    }
}

/// A `min` user whose phone number is there but empty carries a full access hash.
///
/// See <https://core.telegram.org/constructor/user>.
fn user(user: &tl::types::User) -> PeerRecord {
    PeerRecord {
        min: user.min && user.phone.as_deref() != Some(""),
        username: user
            .username
            .clone()
            .or_else(|| active_name(user.usernames.clone())),
        phone: user.phone.clone().filter(|phone| !phone.is_empty()),
        ..bare(PeerKey::User(user.id), user.access_hash)
    }
}

fn active_name(names: Option<Vec<tl::enums::Username>>) -> Option<String> {
    names?.into_iter().find_map(|name| match name {
        tl::enums::Username::Username(name) if name.active => Some(name.username),
        _ => None,
    })
}

fn bare(id: PeerKey, access_hash: Option<i64>) -> PeerRecord {
    PeerRecord {
        id,
        access_hash,
        min: false,
        username: None,
        phone: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::Serialize;

    fn answer(user: tl::types::User) -> Vec<u8> {
        vec![tl::enums::User::from(user)].to_bytes()
    }

    fn learn(cache: &mut PeerCache, user: tl::types::User) -> usize {
        let method = tl::functions::users::GetUsers::CONSTRUCTOR_ID;
        cache.learn_answer(method, &Answer::new(answer(user))).len()
    }

    fn full() -> tl::types::User {
        tl::types::User {
            id: 7,
            access_hash: Some(70),
            username: Some("Durov".into()),
            ..Default::default()
        }
    }

    #[test]
    fn answers_teach_once() {
        let mut cache = PeerCache::default();
        assert_eq!(learn(&mut cache, full()), 1);
        assert_eq!(learn(&mut cache, full()), 0);
        assert_eq!(cache.by_name("DUROV"), Some(PeerKey::User(7)));
        let record = cache.get(PeerKey::User(7)).expect("it was seen");
        assert_eq!(record.access_hash, Some(70));
    }

    #[test]
    fn little_does_not_replace_much() {
        let mut cache = PeerCache::default();
        let min = || tl::types::User {
            min: true,
            access_hash: Some(71),
            ..full()
        };
        assert_eq!(learn(&mut cache, min()), 1);
        assert_eq!(learn(&mut cache, full()), 1);
        assert_eq!(learn(&mut cache, min()), 0);
        let record = cache.get(PeerKey::User(7)).expect("it was seen");
        assert_eq!((record.access_hash, record.min), (Some(70), false));
        let with_hash = tl::types::User {
            phone: Some(String::new()),
            ..min()
        };
        assert_eq!(learn(&mut cache, with_hash), 1);
        let record = cache.get(PeerKey::User(7)).expect("it was seen");
        assert_eq!((record.access_hash, record.min), (Some(71), false));
    }

    #[test]
    fn a_name_that_was_given_up_is_forgotten() {
        let mut cache = PeerCache::default();
        learn(&mut cache, full());
        learn(
            &mut cache,
            tl::types::User {
                username: Some("other".into()),
                ..full()
            },
        );
        assert_eq!(cache.by_name("durov"), None);
        assert_eq!(cache.by_name("other"), Some(PeerKey::User(7)));
    }
}
