//! Limits and settings for applications.
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::client::Client;
use crate::error::{Error, Result};
use crate::net;
use crate::tl::enums::{self, JsonobjectValue, Jsonvalue};
use crate::tl::{functions, types};

/// So long it holds: the server says nothing of that, and a question for what is known already
/// costs next to nothing.
const HOLDS: Duration = Duration::from_secs(3600);

/// Limits and settings for applications, by their names: [`Client::app_config`].
///
/// See <https://core.telegram.org/api/config#client-configuration>.
#[derive(Clone, Debug, PartialEq)]
pub struct AppConfig {
    /// Everything that the server told.
    pub raw: Arc<types::help::AppConfig>,
}

impl Client {
    /// Limits and settings for applications, for users only. The server is asked once, again after
    /// an hour, and when it has announced that something changed; of many threads that want to
    /// know, one asks.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let config = client.app_config()?;
    /// assert_eq!(config.caption_length_max(false), Some(1024));
    /// assert_eq!(config.number("upload_max_fileparts_premium"), Some(8000.0));
    /// assert_eq!(config.number("no such setting"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout; not at all while what it
    /// said last holds.
    ///
    /// See <https://core.telegram.org/method/help.getAppConfig>.
    pub fn app_config(&self) -> Result<AppConfig> {
        let deadline = self.begin_for::<functions::help::GetAppConfig>()?;
        let core = &self.core;
        let raw = core.kept(
            |it| &it.app_config,
            deadline,
            |_| self.fetch_app_config(deadline),
        )?;
        Ok(AppConfig { raw })
    }

    fn fetch_app_config(&self, deadline: Instant) -> Result<Arc<types::help::AppConfig>> {
        let core = &self.core;
        let login = core.imports.login();
        let known = core.app_config.last(login);
        let hash = known.as_ref().map_or(0, |known| known.hash);
        let asked = net::now().instant;
        let request = functions::help::GetAppConfig { hash };
        let told = match (self.ask_until(&request, deadline)?, known) {
            (enums::help::AppConfig::Config(config), _) => Arc::new(config),
            (enums::help::AppConfig::NotModified, Some(known)) => known,
            _ => {
                return Err(Error::Unexpected(
                    "the server says that nothing has changed, and has told nothing before",
                ));
            }
        };
        core.app_config.tell(Arc::clone(&told), login, asked, HOLDS);
        Ok(told)
    }
}

impl AppConfig {
    /// What stands under a name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Jsonvalue> {
        let Jsonvalue::JsonObject(object) = &self.raw.config else {
            return None;
        };
        let mut values = object.value.iter().map(|it| {
            let JsonobjectValue::JsonObjectValue(it) = it;
            &**it
        });
        values.find(|it| it.key == name).map(|it| &it.value)
    }

    /// The number that stands under a name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Jsonvalue::JsonNumber(number) => Some(number.value),
            _ => None,
        }
    }

    /// The yes or no that stands under a name.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Jsonvalue::JsonBool(flag) => Some(flag.value),
            _ => None,
        }
    }

    /// The text that stands under a name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Jsonvalue::JsonString(text) => Some(&text.value),
            _ => None,
        }
    }

    /// How long the caption of a file may be, in UTF-16 code units, without Telegram Premium or
    /// with it.
    #[must_use]
    pub fn caption_length_max(&self, premium: bool) -> Option<usize> {
        self.count(match premium {
            true => "caption_length_limit_premium",
            false => "caption_length_limit_default",
        })
    }

    /// How many parts of 512 KiB a file may have, without Telegram Premium or with it.
    #[must_use]
    pub fn file_parts_max(&self, premium: bool) -> Option<usize> {
        self.count(match premium {
            true => "upload_max_fileparts_premium",
            false => "upload_max_fileparts_default",
        })
    }

    fn count(&self, name: &str) -> Option<usize> {
        // What is no count becomes the nearest one.
        self.number(name).map(|number| number as usize)
    }
}
