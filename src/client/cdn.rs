//! Getting to know the servers of strangers that hold copies of files.
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::call::Place;
use super::core::Core;
use crate::crypto::RsaPublicKey;
use crate::dc::DcId;
use crate::error::{BuilderError, Error, Result};
use crate::net;
use crate::tl::{enums, functions, types};

/// So long the keys hold: the server says nothing of that.
const HOLDS: Duration = Duration::from_secs(3600);

impl Core {
    /// Makes a CDN's data centre known, so that parts can be asked for there: its keys, and where
    /// it is.
    ///
    /// # Errors
    ///
    /// When home does not know of it, or where it is.
    pub(crate) fn meet_cdn(&self, dc: DcId, deadline: Instant) -> Result<()> {
        let config = self.kept(
            |it| &it.cdns.config,
            deadline,
            |it| it.fetch_cdn_config(deadline),
        )?;
        let keys = config.public_keys.iter();
        let keys = keys.map(|enums::CdnPublicKey::Key(key)| key);
        let keys = keys.filter(|key| key.dc_id == dc.0);
        // One that cannot be read is of no use, and another may be.
        let keys = keys.filter_map(|key| RsaPublicKey::from_pem(&key.public_key).ok());
        let keys: Arc<[RsaPublicKey]> = keys.collect();
        if keys.is_empty() || dc == self.home() {
            return Err(Error::Unexpected(
                "the server names a CDN of which it tells no keys",
            ));
        }
        self.cdns.keys.lock().insert(dc, keys);
        if self.endpoints(dc).is_empty() && !self.config.fixed_addresses {
            self.fetch_config(deadline)?;
        }
        match self.endpoints(dc).is_empty() {
            true => Err(BuilderError::NoAddress { dc }.into()),
            false => Ok(()),
        }
    }

    /// A CDN has forgotten the key, as they may at any time. No login hangs on it.
    ///
    /// See <https://core.telegram.org/cdn>.
    pub(crate) fn forget_cdn_key(&self, dc: DcId) {
        if self.cdns.has(dc) {
            self.cdns.forgetful.lock().insert(dc);
        }
    }

    /// A CDN could not be used: its keys may be others now.
    pub(crate) fn doubt_cdns(&self) {
        self.cdns.config.doubt(net::now().instant);
    }

    /// See <https://core.telegram.org/method/help.getCdnConfig>.
    fn fetch_cdn_config(&self, deadline: Instant) -> Result<Arc<types::CdnConfig>> {
        let login = self.imports.login();
        let asked = net::now().instant;
        let request = functions::help::GetCdnConfig {};
        let enums::CdnConfig::Config(config) = self.invoke(Place::Home, &request, deadline)?;
        let config = Arc::new(config);
        let kept = Arc::clone(&config);
        self.cdns.config.tell(kept, login, asked, HOLDS);
        Ok(config)
    }
}
