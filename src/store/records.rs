//! What is kept of a session, as plain data.
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;

use crate::dc::DcId;
use crate::secret::Secret;

/// Everything that a session keeps, but for what is looked up one by one: peers and notes.
///
/// `Debug` shows neither keys nor salts.
///
/// # As text
///
/// With the feature `serde` records, and the [`Change`](super::Change)s that make them, can be
/// written in any format and read again: for a store of one's own, or to move a session.
///
/// **The keys are written too.** Unlike a `Config`, which leaves its secrets out, records are of no
/// use without them. Whoever has what was written has the login, so keep it as you would keep a
/// session file: readable by its owner only, and in no log.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # #[cfg(feature = "serde")] {
/// use ferogram_sync::DcId;
/// use ferogram_sync::store::{KeyPlace, KeyRecord, MemoryStore, Records};
///
/// let records = Records {
///     home_dc: Some(DcId(2)),
///     keys: vec![KeyRecord {
///         place: KeyPlace::permanent(DcId(2)),
///         key: Box::new(ferogram_sync::Secret::new([7; 256])),
///         created: 1_700_000_000,
///         expires_at: None,
///         time_offset: 0,
///     }],
///     ..Records::default()
/// };
/// let text = serde_json::to_string(&records)?;
/// assert!(text.contains("7,7,7,7"), "this is the key");
/// let store = MemoryStore::from_records(serde_json::from_str(&text)?);
/// assert_eq!(store.snapshot().keys[0].key.expose(), &[7; 256]);
/// # }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Records {
    /// The data centre that the account lives on; `None` before the first connection.
    pub home_dc: Option<DcId>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// Where the data centres are, as the server last told.
    pub dcs: Vec<DcAddress>,
    /// One key for each [`KeyPlace`].
    pub keys: Vec<KeyRecord>,
    /// The salts of the keys.
    pub salts: Vec<SaltRecord>,
    /// How far the common updates are; `None` before the first ones.
    pub updates: Option<UpdateState>,
    /// How far the updates of each channel are: the channel's id and its `pts`.
    pub channels: BTreeMap<i64, i32>,
}

/// Who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Account {
    /// The id of the user or bot.
    pub user_id: i64,
    /// Whether it is a bot.
    pub bot: bool,
}

/// One address of a data centre, as `dcOption` tells it.
///
/// See <https://core.telegram.org/constructor/dcOption>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DcAddress {
    /// The data centre.
    pub dc: DcId,
    /// Where it listens.
    pub address: SocketAddr,
    /// Only for uploading and downloading files.
    pub media_only: bool,
    /// A CDN data centre.
    pub cdn: bool,
    /// No other port than this one may be tried.
    pub this_port_only: bool,
    /// To be preferred when connecting through a proxy.
    #[cfg_attr(feature = "serde", serde(rename = "static"))]
    pub static_: bool,
    /// Only for obfuscated connections.
    pub tcpo_only: bool,
    /// The secret of the obfuscation, where the address needs one.
    pub secret: Option<Vec<u8>>,
}

/// Which of the two kinds of authorization key.
///
/// See <https://core.telegram.org/api/pfs>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum KeyKind {
    /// The lasting one, which the login belongs to.
    Permanent,
    /// One that expires, bound to the lasting one for forward secrecy.
    Temporary,
}

/// What a key is for. There is at most one key for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeyPlace {
    /// The data centre.
    pub dc: DcId,
    /// Whether it is for the centre's media-only addresses.
    pub media: bool,
    /// Lasting or temporary.
    pub kind: KeyKind,
}

impl KeyPlace {
    /// The lasting key of a data centre.
    #[must_use]
    pub fn permanent(dc: DcId) -> Self {
        Self {
            dc,
            media: false,
            kind: KeyKind::Permanent,
        }
    }
}

/// An authorization key.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeyRecord {
    /// What it is for.
    pub place: KeyPlace,
    /// The key, in a box of its own: a growing list moves the box and leaves no copy of the key
    /// behind in freed memory.
    #[cfg_attr(feature = "serde", serde(with = "super::key_bytes"))]
    pub key: Box<Secret<[u8; 256]>>,
    /// When it was made, in seconds since the Unix epoch.
    pub created: i64,
    /// When it ends, in seconds since the Unix epoch; `None` for a lasting key.
    pub expires_at: Option<i64>,
    /// How far the server's clock is ahead of this machine's, in seconds.
    pub time_offset: i32,
}

/// A salt and the time it holds for, both ends in seconds since the Unix epoch, by the server's
/// clock.
///
/// See <https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts>.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SaltRecord {
    /// The key that it goes with.
    pub place: KeyPlace,
    /// From when it holds.
    pub valid_since: i32,
    /// Until when it holds.
    pub valid_until: i32,
    /// The salt.
    pub salt: i64,
}

/// How far the common updates are.
///
/// See <https://core.telegram.org/api/updates#update-handling>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateState {
    /// Counts messages and what happens to them.
    pub pts: i32,
    /// Counts the updates of secret chats and of bots.
    pub qts: i32,
    /// The date of the last update, in seconds since the Unix epoch.
    pub date: i32,
    /// Counts the containers of updates.
    pub seq: i32,
}

impl fmt::Debug for SaltRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaltRecord")
            .field("place", &self.place)
            .field("valid_since", &self.valid_since)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use zeroize::Zeroize;

    use super::*;

    /// Counts how often it was wiped.
    #[derive(Clone)]
    struct Spy(Arc<AtomicU32>);

    impl Zeroize for Spy {
        fn zeroize(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// That a type says so of itself proves nothing: here somebody looks.
    #[test]
    fn what_holds_the_keys_is_wiped_when_it_goes_and_each_copy_of_it() {
        let wiped = Arc::new(AtomicU32::new(0));
        let secret = Box::new(Secret::new(Spy(Arc::clone(&wiped))));
        let copy = secret.clone();
        let mut list = vec![secret];
        list.reserve(100); // Moving is no end.
        assert_eq!(wiped.load(Ordering::Relaxed), 0);
        drop(copy);
        assert_eq!(wiped.load(Ordering::Relaxed), 1);
        list.clear();
        assert_eq!(wiped.load(Ordering::Relaxed), 2);
    }
}
