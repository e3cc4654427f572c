//! What a session is: lists, and the plainest way to change them. The stores are held against it.
use ferogram_sync::store::{
    Change, KeyKind, KeyPlace, NOTES_MAX, Note, PeerKey, PeerQuery, PeerRecord, Records, Store,
};

use super::dice::{IDS, KEYS, NAMES, PHONES, ROOMS};

/// A session in lists.
#[derive(Default)]
pub(crate) struct Model {
    records: Records,
    peers: Vec<PeerRecord>,
    /// In the order in which they were written.
    notes: Vec<Note>,
}

impl Model {
    pub(crate) fn apply(&mut self, changes: &[Change]) {
        changes.iter().for_each(|change| self.change(change));
    }

    fn change(&mut self, change: &Change) {
        let it = &mut self.records;
        match change.clone() {
            Change::HomeDc(dc) => it.home_dc = Some(dc),
            Change::Account(account) => it.account = account,
            Change::Dcs(dcs) => it.dcs = dcs,
            Change::Key(key) => {
                let is_known = it
                    .keys
                    .iter()
                    .any(|kept| kept.place == key.place && kept.key.expose() == key.key.expose());
                let was_there = it.keys.iter().any(|kept| kept.place == key.place);
                if was_there && !is_known {
                    it.salts.retain(|salt| salt.place != key.place);
                }
                it.keys.retain(|kept| kept.place != key.place);
                it.keys.push(key);
            }
            Change::Salts { place, salts } => {
                it.salts.retain(|salt| salt.place != place);
                let own = salts.into_iter().filter(|salt| salt.place == place);
                it.salts.extend(own);
            }
            Change::Peer(peer) => self.put_peer(peer),
            Change::Updates(state) => it.updates = Some(state),
            Change::Channel { id, pts: Some(pts) } => {
                it.channels.insert(id, pts);
            }
            Change::Channel { id, pts: None } => {
                it.channels.remove(&id);
            }
            Change::Note(note) => self.put_note(note),
            Change::NoNote { room, key } => {
                self.notes.retain(|it| it.room != room || it.key != key);
            }
            Change::Expire { now } => {
                let is_useful = |it: &Note| it.expires.is_none_or(|expires| expires > now);
                self.notes.retain(is_useful);
            }
            Change::SignedOut => {
                let home = it.home_dc.map(|dc| KeyPlace {
                    dc,
                    media: false,
                    kind: KeyKind::Permanent,
                });
                let old = std::mem::take(self);
                let it = &mut self.records;
                (it.home_dc, it.dcs) = (old.records.home_dc, old.records.dcs);
                let keys = old.records.keys.into_iter();
                it.keys = keys.filter(|key| Some(key.place) == home).collect();
                let salts = old.records.salts.into_iter();
                it.salts = salts.filter(|salt| Some(salt.place) == home).collect();
            }
            Change::Clear => *self = Self::default(),
            other => panic!("the model does not know {other:?}"),
        }
    }

    fn put_peer(&mut self, peer: PeerRecord) {
        let (PeerKey::User(id) | PeerKey::Chat(id) | PeerKey::Channel(id)) = peer.id;
        if !(0..1 << 62).contains(&id) {
            return;
        }
        self.peers.retain(|kept| kept.id != peer.id);
        for other in &mut self.peers {
            let is_taken = |name: &String| peer.answers(&PeerQuery::Name(name));
            other.usernames.retain(|name| !is_taken(name));
            if other.phone == peer.phone {
                other.phone = None;
            }
        }
        self.peers.push(peer);
    }

    fn put_note(&mut self, note: Note) {
        self.notes
            .retain(|it| it.room != note.room || it.key != note.key);
        let room = note.room.clone();
        self.notes.push(note);
        if self.notes.iter().filter(|it| it.room == room).count() > NOTES_MAX {
            let first = self.notes.iter().position(|it| it.room == room);
            self.notes.remove(first.expect("there are many"));
        }
    }

    fn find(&self, query: &PeerQuery<'_>) -> Option<PeerRecord> {
        self.peers.iter().find(|it| it.answers(query)).cloned()
    }

    fn notes(&self, room: &str) -> Vec<Note> {
        let notes = self.notes.iter();
        notes.filter(|it| it.room == room).cloned().collect()
    }

    /// Holds what a store has loaded against this.
    pub(crate) fn assert_has(&self, kept: &Records, when: &str) {
        assert_eq!(text(kept), text(&self.records), "{when}");
    }

    /// Asks a store for everything. `when` says what has happened to it.
    pub(crate) fn assert_is(&self, store: &mut dyn Store, when: &str) {
        self.assert_has(&store.load().expect("it is read"), when);
        let queries = queries();
        let found = store.peers(&queries).expect("they are read");
        assert_eq!(found.len(), queries.len());
        for (query, found) in queries.iter().zip(found) {
            assert_eq!(found, self.find(query), "{query:?}, {when}");
        }
        for one in [
            PeerQuery::Id(PeerKey::User(1)),
            PeerQuery::Name(NAMES[0]),
            PeerQuery::Phone(PHONES[0]),
        ] {
            let found = store.peer(&one).expect("it is read");
            assert_eq!(found, self.find(&one), "{one:?}, {when}");
        }
        for room in ROOMS {
            let notes = self.notes(room);
            let kept = store.notes(room).expect("they are read");
            assert!(kept == notes, "{room:?}, {when}: {kept:?}, not {notes:?}");
            // One at a time: a server takes a while for each.
            let key = KEYS[(notes.len() + when.len()) % KEYS.len()];
            let kept = store.note(room, key).expect("it is read");
            let wanted = notes.iter().find(|it| it.key == key);
            assert!(
                kept.as_ref() == wanted,
                "{room:?} {key:?}, {when}: {kept:?}"
            );
        }
    }
}

/// Everybody who may be there, and some who are not.
fn queries() -> Vec<PeerQuery<'static>> {
    let ids = IDS.into_iter();
    let ids = ids.flat_map(|id| [PeerKey::User(id), PeerKey::Chat(id), PeerKey::Channel(id)]);
    let names = NAMES.into_iter().chain(["DUROV", "durov ", "nobody"]);
    let phones = PHONES.into_iter().chain(["1555010"]);
    ids.map(PeerQuery::Id)
        .chain(names.map(PeerQuery::Name))
        .chain(phones.map(PeerQuery::Phone))
        .collect()
}

/// Records to be compared, with what `Debug` hides. Keys and salts of different places have no
/// order.
fn text(records: &Records) -> String {
    let mut it = records.clone();
    it.keys.sort_by_key(|key| key.place);
    it.salts.sort_by_key(|salt| salt.place);
    let keys: Vec<_> = it
        .keys
        .iter()
        .map(|key| key.key.expose()[..2].to_vec())
        .collect();
    let salts: Vec<_> = it.salts.iter().map(|salt| salt.salt).collect();
    format!("{it:?} {keys:?} {salts:?}")
}
