//! Random changes from a seed: few ids, names, numbers and rooms, so that they get into each
//! other's way.
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use ferogram_sync::store::{
    Account, Change, DcAddress, KeyKind, KeyPlace, KeyRecord, Note, PeerKey, PeerRecord,
    SaltRecord, UpdateState,
};
use ferogram_sync::{DcId, Secret};

/// The last is longer than what is read of a peer at once.
pub(crate) const NAMES: [&str; 9] = [
    "durov",
    "Durov",
    "the_shop",
    "THE_SHOP",
    "é",
    "É",
    "",
    "quo\"te'\\\0\n",
    "a_name_that_is_longer_than_names_are_a_name_that_is_longer_than_names_are_a_name_that_is_\
     longer_than_names_are_a_name_that_is_longer_than_names_are_a_name_that_is_longer_than_names_\
     are_a_name_that_is_longer_than_names_are_a_name_that_is_longer_than_names_are_漢🦀",
];
pub(crate) const PHONES: [&str; 4] = ["15550100", "4915550100", "", "0"];
pub(crate) const ROOMS: [&str; 4] = ["login", "Login", "", "漢"];
pub(crate) const KEYS: [&[u8]; 5] = [&[], &[0], &[0, 0], b"key", &[255; 40]];
/// The last two are nobody's.
pub(crate) const IDS: [i64; 8] = [0, 1, 2, 3, 4, (1 << 62) - 1, 1 << 62, -1];

/// A small generator with a seed (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.number() % limit as u64) as usize
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 0
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn some<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn list<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    /// A number, a small one, or one at the edge.
    fn i64(&mut self) -> i64 {
        let (any, small) = (self.number() as i64, self.below(100) as i64);
        self.one(&[any, small, small, 0, i64::MIN, i64::MAX])
    }

    fn i32(&mut self) -> i32 {
        let any = self.number() as i32;
        self.one(&[any, any, 0, i32::MIN, i32::MAX])
    }

    fn place(&mut self) -> KeyPlace {
        KeyPlace {
            dc: DcId(1 + self.below(3) as i32),
            media: self.below(3) == 0,
            kind: self.one(&[KeyKind::Permanent, KeyKind::Permanent, KeyKind::Temporary]),
        }
    }

    fn dc(&mut self) -> DcAddress {
        let port = self.number() as u16;
        let address: SocketAddr = match self.yes() {
            true => (Ipv4Addr::from(self.number() as u32), port).into(),
            false => {
                let ip = Ipv6Addr::from(u128::from(self.number()) << 64 | 7);
                SocketAddrV6::new(ip, port, 0, self.below(3) as u32).into()
            }
        };
        DcAddress {
            dc: DcId(self.i32()),
            address,
            media_only: self.yes(),
            cdn: self.yes(),
            this_port_only: self.yes(),
            static_: self.yes(),
            tcpo_only: self.yes(),
            secret: self.some(|d| d.list(|d| d.number() as u8)),
        }
    }

    /// Few different ones: a key that is told again keeps its salts.
    fn key(&mut self) -> KeyRecord {
        KeyRecord {
            place: self.place(),
            key: Box::new(Secret::new([self.below(2) as u8; 256])),
            created: self.i64(),
            expires_at: self.some(Self::i64),
            time_offset: self.i32(),
        }
    }

    fn salts(&mut self) -> Change {
        let place = self.place();
        let salts = self.list(|d| SaltRecord {
            // One of another place is not to be kept.
            place: if d.below(4) == 0 { d.place() } else { place },
            valid_since: d.i32(),
            valid_until: d.i32(),
            salt: d.i64(),
        });
        Change::Salts { place, salts }
    }

    fn peer(&mut self) -> PeerRecord {
        let id = self.one(&IDS);
        PeerRecord {
            id: self.one(&[PeerKey::User(id), PeerKey::Chat(id), PeerKey::Channel(id)]),
            access_hash: self.some(Self::i64),
            min: self.yes(),
            usernames: self.list(|d| d.one(&NAMES).to_owned()),
            phone: self.some(|d| d.one(&PHONES).to_owned()),
            usernames_seen: self.i64(),
            phone_seen: self.i64(),
        }
    }

    fn note(&mut self) -> Note {
        // Long ones make a file so long that it is written anew.
        let len = match self.below(2) {
            0 => 60_000,
            _ => self.below(20),
        };
        Note {
            room: self.one(&ROOMS).to_owned(),
            key: self.one(&KEYS).to_vec(),
            bytes: vec![self.number() as u8; len],
            expires: self.some(Self::i64),
        }
    }

    fn change(&mut self) -> Change {
        match self.below(60) {
            0..6 => Change::HomeDc(DcId(1 + self.below(3) as i32)),
            6..9 => Change::Account(self.some(|d| Account {
                user_id: d.i64(),
                bot: d.yes(),
            })),
            9..12 => Change::Dcs(self.list(Self::dc)),
            12..18 => Change::Key(self.key()),
            18..24 => self.salts(),
            24..36 => Change::Peer(self.peer()),
            36..39 => Change::Updates(UpdateState {
                pts: self.i32(),
                qts: self.i32(),
                date: self.i32(),
                seq: self.i32(),
            }),
            39..43 => Change::Channel {
                id: self.one(&[0, 7, -7, i64::MAX]),
                pts: self.some(Self::i32),
            },
            43..53 => Change::Note(self.note()),
            53..56 => Change::NoNote {
                room: self.one(&ROOMS).to_owned(),
                key: self.one(&KEYS).to_vec(),
            },
            56..58 => Change::Expire { now: self.i64() },
            58 => Change::SignedOut,
            _ => Change::Clear,
        }
    }

    pub(crate) fn changes(&mut self) -> Vec<Change> {
        (0..self.below(7)).map(|_| self.change()).collect()
    }
}
