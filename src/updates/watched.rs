//! Channels that are watched.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use parking_lot::Mutex;

use super::station::Station;
use crate::client::{Bell, Client, Core};
use crate::error::{Error, PeerError, Result};
use crate::net::Process;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::InputChannel;
use crate::tracker::WATCHED_MAX;

/// The channels that are watched, each with how often.
pub(super) struct Watched {
    ids: Mutex<BTreeMap<i64, usize>>,
    bell: Bell,
    process: Process,
}

impl Watched {
    pub(super) fn new(core: &Core) -> Self {
        Self {
            ids: Mutex::default(),
            bell: core.feed.bell(),
            process: core.handle.process(),
        }
    }

    pub(super) fn ids(&self) -> BTreeSet<i64> {
        self.ids.lock().keys().copied().collect()
    }

    fn begin(&self, id: i64) -> bool {
        let mut ids = self.ids.lock();
        if ids.len() >= WATCHED_MAX && !ids.contains_key(&id) {
            return false;
        }
        *ids.entry(id).or_default() += 1;
        drop(ids);
        self.bell.ring();
        true
    }

    fn end(&self, id: i64) {
        let mut ids = self.ids.lock();
        if let Some(times) = ids.get_mut(&id) {
            *times -= 1;
            if *times == 0 {
                ids.remove(&id);
            }
        }
        drop(ids);
        self.bell.ring();
    }
}

/// Watches a channel until it is dropped: see [`Client::watch_channel`]. It does not keep the
/// client alive.
#[must_use = "the channel is watched as long as this is kept"]
pub struct ChannelWatch {
    channel: i64,
    watched: Arc<Watched>,
}

impl ChannelWatch {
    /// The channel's id, as in the schema.
    #[must_use]
    pub fn channel_id(&self) -> i64 {
        self.channel
    }
}

impl Drop for ChannelWatch {
    /// In a child of `fork` nothing happens.
    fn drop(&mut self) {
        if self.watched.process.check().is_ok() {
            self.watched.end(self.channel);
        }
    }
}

impl std::fmt::Debug for ChannelWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChannelWatch")
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Asks for the updates of a channel or supergroup as often as the server wants it asked, for
    /// as long as the answer is kept and somebody reads updates.
    ///
    /// The server sends only a part of what happens in large channels by itself, and nothing of
    /// channels that were not joined: this is what official apps do with a channel that is open on
    /// the screen. No more than ten can be watched at once.
    ///
    /// See <https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups>.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer), and [`Error::Peer`] for who is no channel;
    /// [`Error::NotForBots`]; [`Error::TooManyWatched`].
    ///
    /// # Blocking
    ///
    /// As [`resolve_peer`](Self::resolve_peer).
    pub fn watch_channel(&self, peer: impl Into<PeerRef>) -> Result<ChannelWatch> {
        let deadline = self.begin()?;
        if self.core.account().is_some_and(|account| account.bot) {
            let method = "updates.getChannelDifference";
            return Err(Error::NotForBots { method });
        }
        let input = self.resolve_until(&peer.into(), deadline)?;
        let channel = match input_channel(&input)? {
            InputChannel::Channel(channel) => channel.channel_id,
            InputChannel::FromMessage(channel) => channel.channel_id,
            _ => return Err(PeerError::NoName.into()),
        };
        let watched = Arc::clone(&Station::of(self)?.watched);
        match watched.begin(channel) {
            true => Ok(ChannelWatch { channel, watched }),
            false => Err(Error::TooManyWatched { max: WATCHED_MAX }),
        }
    }
}
