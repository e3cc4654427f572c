//! One data centre.
use std::sync::Arc;

use ferogram_sync::Entropy;
use ferogram_sync::crypto::AuthKey;

use super::hub::Hub;
use crate::chance::Chance;
use crate::clock::seconds;
use crate::exchange::Exchanges;
use crate::rsa::PrivateKey;
use crate::session::{Key, Keys, Salt};
use crate::world::Program;

/// A number, keys, exchanges under way; the rest is shared by all.
pub(crate) struct Centre {
    pub(crate) dc: i32,
    is_cdn: bool,
    pub(crate) hub: Arc<Hub>,
    pub(crate) keys: Keys,
    pub(crate) exchanges: Exchanges,
}

impl Centre {
    /// A data centre without keys.
    pub(crate) fn new(dc: i32, hub: Arc<Hub>) -> Self {
        Self {
            dc,
            is_cdn: false,
            hub,
            keys: Keys::default(),
            exchanges: Exchanges::default(),
        }
    }

    /// A CDN's data centre, which has a key pair of its own.
    pub(crate) fn of_cdn(dc: i32, hub: Arc<Hub>) -> Self {
        Self {
            is_cdn: true,
            ..Self::new(dc, hub)
        }
    }

    /// Whether it is a CDN's.
    pub(crate) fn is_cdn(&self) -> bool {
        self.is_cdn
    }

    /// The key pair that keys are agreed upon with here.
    pub(crate) fn rsa(&self) -> &PrivateKey {
        match self.is_cdn {
            true => &self.hub.cdn_rsa,
            false => &self.hub.rsa,
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
        let program = Program {
            api_id,
            ..Program::default()
        };
        world.sign_in(id, user, self.dc, Arc::new(program));
        drop(world);
        self.hub.logins.sign_in(&key, user, true);
        let first = key.lock().future_salts(1, now).pop()?;
        Some((bytes, first))
    }
}
