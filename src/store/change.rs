//! The steps that records change by.
use subtle::ConstantTimeEq;

use super::error::StoreError;
use super::note::Note;
use super::peer::PeerRecord;
use super::records::{Account, DcAddress, KeyPlace, KeyRecord, Records, SaltRecord, UpdateState};
use crate::dc::DcId;

/// One step in the life of a session. Doing one twice is the same as doing it once.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Change {
    /// The account lives on this data centre.
    HomeDc(DcId),
    /// This account is signed in, or nobody.
    Account(Option<Account>),
    /// These are the addresses now; the old ones go.
    Dcs(Vec<DcAddress>),
    /// This key holds in its place. The salts of another key that was there go with it.
    Key(KeyRecord),
    /// These are the salts of the key in this place; the old ones go.
    Salts {
        /// The key.
        place: KeyPlace,
        /// Its salts; those that name another place are left out.
        salts: Vec<SaltRecord>,
    },
    /// This is what is known of a peer now. Its names and its number are no other peer's any more.
    /// What is said of an id that nobody can have, negative or of more than 62 bits, is left out.
    ///
    /// See <https://core.telegram.org/api/peers#peer-id>.
    Peer(PeerRecord),
    /// The common updates are this far.
    Updates(UpdateState),
    /// The updates of a channel are this far, or the channel is followed no more.
    Channel {
        /// The channel.
        id: i64,
        /// Its counter; `None` removes it.
        pts: Option<i32>,
    },
    /// This is to be remembered; what is there under the same key goes. A room that has
    /// [`NOTES_MAX`](super::NOTES_MAX) notes loses the one that was written first.
    Note(Note),
    /// This is not to be remembered any more.
    NoNote {
        /// Whose note it is.
        room: String,
        /// What it is about.
        key: Vec<u8>,
    },
    /// It is this time, in seconds since the Unix epoch: the notes that have expired go. The client
    /// gives it with others, from time to time, so a store needs no clock.
    Expire {
        /// The time.
        now: i64,
    },
    /// Nobody is signed in: what was known of the account goes, and the keys of all data centres
    /// but its own, for its login was carried to them. Its own key and the addresses stay.
    SignedOut,
    /// Nothing of the session stays.
    Clear,
}

impl Change {
    /// Carries the change out on records in memory. Stores that keep records whole use it; it
    /// defines what a change means to all others. What it says of peers and notes is no part of the
    /// records.
    pub fn apply(&self, records: &mut Records) {
        match self {
            Self::HomeDc(dc) => records.home_dc = Some(*dc),
            Self::Account(account) => records.account = *account,
            Self::Dcs(dcs) => records.dcs.clone_from(dcs),
            Self::Key(key) => put_key(records, key),
            Self::Salts { place, salts } => {
                records.salts.retain(|kept| kept.place != *place);
                let own = salts.iter().filter(|salt| salt.place == *place);
                records.salts.extend(own);
            }
            Self::Updates(state) => records.updates = Some(*state),
            Self::Channel { id, pts: Some(pts) } => {
                records.channels.insert(*id, *pts);
            }
            Self::Channel { id, pts: None } => {
                records.channels.remove(id);
            }
            Self::SignedOut => {
                let home = records.home_dc.map(KeyPlace::permanent);
                records.keys.retain(|key| Some(key.place) == home);
                records.salts.retain(|salt| Some(salt.place) == home);
                records.account = None;
                records.updates = None;
                records.channels.clear();
            }
            Self::Clear => *records = Records::default(),
            // They are no part of the records.
            Self::Peer(_) | Self::Note(_) | Self::NoNote { .. } | Self::Expire { .. } => {}
        }
    }

    /// Whether all peers and notes go with it.
    #[must_use]
    pub fn forgets_account(&self) -> bool {
        matches!(self, Self::SignedOut | Self::Clear)
    }

    /// Whether a store can keep it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Other`] for a note that is too long.
    pub fn check(&self) -> Result<(), StoreError> {
        match self {
            Self::Note(note) => note.check(),
            _ => Ok(()),
        }
    }
}

impl Records {
    /// The changes that make these records out of none.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        let mut places: Vec<KeyPlace> = self.salts.iter().map(|salt| salt.place).collect();
        places.sort_unstable();
        places.dedup();
        let salts = places.into_iter().map(|place| Change::Salts {
            place,
            salts: self
                .salts
                .iter()
                .filter(|salt| salt.place == place)
                .copied()
                .collect(),
        });
        let channels = self.channels.iter().map(|(id, pts)| Change::Channel {
            id: *id,
            pts: Some(*pts),
        });
        let dcs = (!self.dcs.is_empty()).then(|| Change::Dcs(self.dcs.clone()));
        let first = [
            self.home_dc.map(Change::HomeDc),
            self.account.map(|account| Change::Account(Some(account))),
            dcs,
            self.updates.map(Change::Updates),
        ];
        let first = first.into_iter().flatten();
        let keys = self.keys.iter().cloned().map(Change::Key);
        first.chain(keys).chain(salts).chain(channels)
    }
}

fn put_key(records: &mut Records, key: &KeyRecord) {
    let Some(kept) = records.keys.iter_mut().find(|k| k.place == key.place) else {
        records.keys.push(key.clone());
        return;
    };
    let same: bool = kept.key.expose().ct_eq(key.key.expose()).into();
    *kept = key.clone();
    if !same {
        // Salts belong to the key that they were given for:
        // https://core.telegram.org/mtproto/description#server-salt
        records.salts.retain(|salt| salt.place != key.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use crate::store::KeyKind;

    const HOME: KeyPlace = KeyPlace {
        dc: DcId(2),
        media: false,
        kind: KeyKind::Permanent,
    };
    const MEDIA: KeyPlace = KeyPlace {
        media: true,
        ..HOME
    };

    fn key(place: KeyPlace, byte: u8) -> Change {
        Change::Key(KeyRecord {
            place,
            key: Box::new(Secret::new([byte; 256])),
            created: 7,
            expires_at: None,
            time_offset: 0,
        })
    }

    fn salt(place: KeyPlace, salt: i64) -> SaltRecord {
        SaltRecord {
            place,
            valid_since: 1,
            valid_until: 2,
            salt,
        }
    }

    fn after(changes: &[Change]) -> Records {
        let mut records = Records::default();
        for change in changes {
            change.apply(&mut records);
        }
        records
    }

    #[test]
    fn a_new_key_takes_the_old_ones_place_and_drops_its_salts() {
        let salts = |place, n| Change::Salts {
            place,
            salts: vec![salt(place, n)],
        };
        let start = [
            key(HOME, 1),
            key(MEDIA, 2),
            salts(HOME, 10),
            salts(MEDIA, 20),
        ];
        let mut records = after(&start);
        key(HOME, 1).apply(&mut records);
        assert_eq!(records.salts.len(), 2, "the same key keeps its salts");
        key(HOME, 3).apply(&mut records);
        assert_eq!(records.keys.len(), 2);
        assert_eq!(records.keys[0].key.expose()[0], 3);
        assert_eq!(records.salts, [salt(MEDIA, 20)]);
    }

    #[test]
    fn salts_are_those_of_their_own_place() {
        let salts = Change::Salts {
            place: HOME,
            salts: vec![salt(HOME, 10), salt(MEDIA, 11)],
        };
        let records = after(&[key(HOME, 1), key(MEDIA, 2), salts]);
        assert_eq!(records.salts, [salt(HOME, 10)], "only its own place");
    }

    #[test]
    fn of_who_is_signed_out_only_the_key_at_home_stays() {
        let away = KeyPlace {
            dc: DcId(4),
            ..HOME
        };
        let keys = [key(HOME, 1), key(MEDIA, 2), key(away, 3)];
        let salts = [HOME, away].map(|place| Change::Salts {
            place,
            salts: vec![salt(place, 1)],
        });
        let rest = [
            Change::HomeDc(HOME.dc),
            Change::Account(Some(Account {
                user_id: 5,
                bot: false,
            })),
            Change::Updates(UpdateState::default()),
            Change::Channel {
                id: 9,
                pts: Some(3),
            },
        ];
        let mut records = after(&[&keys[..], &salts, &rest].concat());
        assert_eq!((records.keys.len(), records.salts.len()), (3, 2));
        Change::SignedOut.apply(&mut records);
        let places: Vec<_> = records.keys.iter().map(|key| key.place).collect();
        assert_eq!(places, [HOME]);
        assert_eq!(records.salts, [salt(HOME, 1)]);
        assert_eq!(records.home_dc, Some(HOME.dc));
        assert!(records.account.is_none());
        assert!(records.updates.is_none() && records.channels.is_empty());
    }

    #[test]
    fn the_rest_is_replaced_whole() {
        let mut records = after(&[
            Change::HomeDc(DcId(1)),
            Change::HomeDc(DcId(4)),
            Change::Account(Some(Account {
                user_id: 5,
                bot: true,
            })),
            Change::Channel {
                id: 9,
                pts: Some(3),
            },
            Change::Channel {
                id: 9,
                pts: Some(4),
            },
            Change::Channel {
                id: 8,
                pts: Some(1),
            },
            Change::Channel { id: 8, pts: None },
            Change::Updates(UpdateState {
                pts: 1,
                ..UpdateState::default()
            }),
        ]);
        assert_eq!(records.home_dc, Some(DcId(4)));
        assert_eq!(records.account.map(|a| a.user_id), Some(5));
        assert_eq!(records.channels.iter().collect::<Vec<_>>(), [(&9, &4)]);
        assert_eq!(records.updates.map(|u| u.pts), Some(1));
        Change::Account(None).apply(&mut records);
        assert_eq!(records.account, None);
        Change::Clear.apply(&mut records);
        assert!(records.home_dc.is_none() && records.account.is_none());
        assert!(records.updates.is_none() && records.channels.is_empty());
    }
}
