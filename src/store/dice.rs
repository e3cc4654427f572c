//! Random records from a seed, for tests.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use super::change::Change;
use super::note::Note;
use super::peer::{PeerKey, PeerRecord};
use super::records::{
    Account, DcAddress, KeyKind, KeyPlace, KeyRecord, Records, SaltRecord, UpdateState,
};
use crate::dc::DcId;
use crate::secret::Secret;

/// A small generator with a seed (splitmix64), so that every run sees the same records.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 0
    }

    fn i32(&mut self) -> i32 {
        self.number() as i32
    }

    fn i64(&mut self) -> i64 {
        self.number() as i64
    }

    fn some<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn list<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        let letters = ['a', 'Z', '_', 'é', '漢', '🦀', '\0'];
        (0..self.below(9))
            .map(|_| letters[self.below(7) as usize])
            .collect()
    }

    fn address(&mut self) -> SocketAddr {
        let port = self.number() as u16;
        if self.yes() {
            SocketAddr::new(IpAddr::V4(Ipv4Addr::from(self.number() as u32)), port)
        } else {
            let ip = Ipv6Addr::from(u128::from(self.number()) << 64 | 7);
            SocketAddrV6::new(ip, port, self.number() as u32, self.number() as u32).into()
        }
    }

    fn place(&mut self) -> KeyPlace {
        KeyPlace {
            dc: DcId(self.below(3) as i32),
            media: self.yes(),
            kind: if self.yes() {
                KeyKind::Permanent
            } else {
                KeyKind::Temporary
            },
        }
    }

    fn dc(&mut self) -> DcAddress {
        DcAddress {
            dc: DcId(self.i32()),
            address: self.address(),
            media_only: self.yes(),
            cdn: self.yes(),
            this_port_only: self.yes(),
            static_: self.yes(),
            tcpo_only: self.yes(),
            secret: self.some(|d| d.list(|d| d.number() as u8)),
        }
    }

    fn key(&mut self) -> KeyRecord {
        let mut key = [0; 256];
        key.fill_with(|| self.number() as u8);
        KeyRecord {
            place: self.place(),
            key: Box::new(Secret::new(key)),
            created: self.i64(),
            expires_at: self.some(Self::i64),
            time_offset: self.i32(),
        }
    }

    fn salt(&mut self) -> SaltRecord {
        SaltRecord {
            place: self.place(),
            valid_since: self.i32(),
            valid_until: self.i32(),
            salt: self.i64(),
        }
    }

    pub(super) fn peer(&mut self) -> PeerRecord {
        let id = 1 + self.below(6) as i64;
        PeerRecord {
            id: [PeerKey::User(id), PeerKey::Chat(id), PeerKey::Channel(id)]
                [self.below(3) as usize],
            access_hash: self.some(Self::i64),
            min: self.yes(),
            usernames: self.list(Self::text),
            phone: self.some(Self::text),
            usernames_seen: self.i64(),
            phone_seen: self.i64(),
        }
    }

    fn note(&mut self) -> Note {
        Note {
            room: self.text(),
            key: self.list(|d| d.number() as u8),
            bytes: self.list(|d| d.number() as u8),
            expires: self.some(Self::i64),
        }
    }

    fn change(&mut self) -> Change {
        match self.below(13) {
            0 => Change::HomeDc(DcId(self.i32())),
            1 => Change::Account(self.records().account),
            2 => Change::Dcs(self.list(Self::dc)),
            3 => Change::Key(self.key()),
            4 => Change::Salts {
                place: self.place(),
                salts: self.list(Self::salt),
            },
            5 | 6 => Change::Peer(self.peer()),
            7 => Change::Updates(self.records().updates.unwrap_or_default()),
            8 => Change::Channel {
                id: self.i64(),
                pts: self.some(Self::i32),
            },
            9 => Change::Note(self.note()),
            10 => Change::NoNote {
                room: self.text(),
                key: self.list(|d| d.number() as u8),
            },
            11 => Change::Expire { now: self.i64() },
            _ if self.yes() => Change::SignedOut,
            _ => Change::Clear,
        }
    }

    pub(super) fn changes(&mut self) -> Vec<Change> {
        (0..self.below(9)).map(|_| self.change()).collect()
    }

    pub(super) fn records(&mut self) -> Records {
        Records {
            home_dc: self.some(|d| DcId(d.i32())),
            account: self.some(|d| Account {
                user_id: d.i64(),
                bot: d.yes(),
            }),
            dcs: self.list(Self::dc),
            keys: self.list(Self::key),
            salts: self.list(Self::salt),
            updates: self.some(|d| UpdateState {
                pts: d.i32(),
                qts: d.i32(),
                date: d.i32(),
                seq: d.i32(),
            }),
            channels: self.list(|d| (d.i64(), d.i32())).into_iter().collect(),
        }
    }
}
