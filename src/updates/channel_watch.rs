//! Watching a channel.
use std::fmt;
use std::sync::Arc;

use super::board::Board;
use super::station::Station;
use crate::client::Client;
use crate::error::{Error, PeerError, Result};
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::InputChannel;
use crate::tracker::WATCHED_MAX;

/// Watches a channel until it is dropped: see [`Client::watch_channel`]. It does not keep the
/// client alive.
#[must_use = "the channel is watched as long as this is kept"]
pub struct ChannelWatch {
    channel: i64,
    board: Arc<Board>,
}

impl ChannelWatch {
    /// The channel's id, as in the schema.
    #[must_use]
    pub fn channel_id(&self) -> i64 {
        self.channel
    }
}

impl Drop for ChannelWatch {
    fn drop(&mut self) {
        self.board.watched.end(self.channel);
    }
}

impl fmt::Debug for ChannelWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
        let board = Arc::clone(&Station::of(self)?.board);
        match board.watched.begin(channel) {
            true => Ok(ChannelWatch { channel, board }),
            false => Err(Error::TooManyWatched { max: WATCHED_MAX }),
        }
    }
}
