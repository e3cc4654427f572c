//! What the server says of itself, and its limits.
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::call::Place;
use super::client::Client;
use super::core::Core;
use crate::error::Result;
use crate::net;
use crate::store::Change;
use crate::tl;

/// What the server says of itself, and its limits: [`Client::server_config`].
///
/// See <https://core.telegram.org/constructor/config>.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerConfig {
    /// Everything that the server told.
    pub raw: Arc<tl::types::Config>,
}

impl Client {
    /// What the server says of itself, and its limits. It is asked once, again when that expires,
    /// and when it has announced that something changed; of many threads that want to know, one
    /// asks.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// let config = client.server_config()?;
    /// assert_eq!(config.message_length_max(), 4096);
    /// assert_eq!(config.caption_length_max(), 1024);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout; not at all while what it
    /// said last holds.
    ///
    /// See <https://core.telegram.org/method/help.getConfig>.
    pub fn server_config(&self) -> Result<ServerConfig> {
        let deadline = self.begin()?;
        let core = &self.core;
        let raw = core.kept(
            |it| &it.server_config,
            deadline,
            |it| it.fetch_config(deadline),
        )?;
        Ok(ServerConfig { raw })
    }
}

impl ServerConfig {
    /// How long a message may be, in UTF-16 code units.
    #[must_use]
    pub fn message_length_max(&self) -> usize {
        count(self.raw.message_length_max)
    }

    /// How long the caption of a file may be, in UTF-16 code units. With Telegram Premium it may be
    /// longer: [`AppConfig::caption_length_max`](crate::AppConfig::caption_length_max).
    #[must_use]
    pub fn caption_length_max(&self) -> usize {
        count(self.raw.caption_length_max)
    }

    /// How many may be in a small group.
    #[must_use]
    pub fn group_size_max(&self) -> usize {
        count(self.raw.chat_size_max)
    }

    /// How many may be in a supergroup.
    #[must_use]
    pub fn supergroup_size_max(&self) -> usize {
        count(self.raw.megagroup_size_max)
    }

    /// How many messages may be forwarded at once.
    #[must_use]
    pub fn forwarded_count_max(&self) -> usize {
        count(self.raw.forwarded_count_max)
    }

    /// How long a message may be edited after it was sent.
    #[must_use]
    pub fn edit_time_limit(&self) -> Duration {
        seconds(self.raw.edit_time_limit)
    }

    /// How long one's own messages in a group may be deleted for everybody. `None`: for ever.
    #[must_use]
    pub fn revoke_time_limit(&self) -> Option<Duration> {
        limited(self.raw.revoke_time_limit)
    }

    /// How long messages of a private chat may be deleted for both sides. `None`: for ever.
    #[must_use]
    pub fn revoke_pm_time_limit(&self) -> Option<Duration> {
        limited(self.raw.revoke_pm_time_limit)
    }

    /// Where a data centre gives out files and nothing else, if it has addresses for that.
    /// Transfers go to the ordinary ones, which do both.
    #[must_use]
    pub fn media_addresses(&self, dc: i32) -> Vec<SocketAddr> {
        let told = self.raw.dc_options.iter().filter_map(super::servers::told);
        let media = told.filter(|it| it.dc.0 == dc && it.media_only);
        media.map(|it| it.address).collect()
    }

    /// What links to usernames begin with, as `https://t.me/`.
    #[must_use]
    pub fn me_url_prefix(&self) -> &str {
        &self.raw.me_url_prefix
    }
}

impl Core {
    /// Asks the server for its configuration, and keeps it; where its data centres are goes into
    /// the session.
    ///
    /// See <https://core.telegram.org/method/help.getConfig>.
    pub(crate) fn fetch_config(&self, deadline: Instant) -> Result<Arc<tl::types::Config>> {
        self.hear_announcements(); // What is announced from here on is newer.
        let login = self.imports.login();
        let asked = net::now().instant;
        let tl::enums::Config::Config(config) =
            self.invoke(Place::Home, &tl::functions::help::GetConfig {}, deadline)?;
        let config = Arc::new(*config);
        let addresses = config.dc_options.iter().filter_map(super::servers::told);
        self.keeper.apply(vec![Change::Dcs(addresses.collect())]);
        // Both times are the server's: this machine's clock may be wrong.
        let holds = seconds(config.expires.saturating_sub(config.date));
        let kept = Arc::clone(&config);
        self.server_config.tell(kept, login, asked, holds);
        Ok(config)
    }
}

fn count(number: i32) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn seconds(number: i32) -> Duration {
    Duration::from_secs(u64::try_from(number).unwrap_or(0))
}

/// The largest number says that there is no limit.
fn limited(number: i32) -> Option<Duration> {
    (number != i32::MAX).then(|| seconds(number))
}
