//! One data centre.
use std::sync::Arc;

use ferogram_sync::Entropy;
use ferogram_sync::crypto::AuthKey;

use super::hub::Hub;
use crate::chance::Chance;
use crate::clock::seconds;
use crate::exchange::Exchanges;
use crate::session::{Key, Keys, Salt};

/// A number, keys, exchanges under way; the rest is shared by all.
pub(crate) struct Centre {
    pub(crate) dc: i32,
    pub(crate) hub: Arc<Hub>,
    pub(crate) keys: Keys,
    pub(crate) exchanges: Exchanges,
}

impl Centre {
    /// A data centre without keys.
    pub(crate) fn new(dc: i32, hub: Arc<Hub>) -> Self {
        Self {
            dc,
            hub,
            keys: Keys::default(),
            exchanges: Exchanges::default(),
        }
    }

    /// Makes a key that is logged in to an account, as if both sides had agreed upon it before.
    /// Gives it as bytes, with its first salt; nothing if there are too many keys.
    pub(crate) fn admit(&self, user: i64, api_id: i32) -> Option<([u8; 256], Salt)> {
        let mut chance = Chance::new();
        let (mut bytes, mut seed) = ([0; 256], [0; 32]);
        chance.fill(&mut bytes);
        chance.fill(&mut seed);
        let auth = AuthKey::new(bytes);
        let (id, now) = (auth.id(), self.hub.clock.now());
        let salt = chance.number().cast_signed();
        if !(self.keys).add(Key::new(auth, salt, None, now, seed), now) {
            return None;
        }
        let key = self.keys.find(id)?;
        let mut world = self.hub.world();
        world.set_now(i64::from(seconds(now)));
        world.sign_in(id, user, self.dc, api_id);
        drop(world);
        self.hub.logins.sign_in(&key, user, true);
        let first = key.lock().future_salts(1, now).pop()?;
        Some((bytes, first))
    }
}
