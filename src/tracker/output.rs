//! What comes out of a tracker.
use std::sync::Arc;
use std::time::Instant;

use super::counter::{Counter, Mark};
use crate::store::{Change, PeerKey};
use crate::tl::enums;

/// What a tracker tells the outside. After each input the outputs are to be polled until
/// `Timeout`.
#[derive(Debug)]
#[must_use]
#[non_exhaustive]
pub enum Output {
    /// Events, in order.
    Updates(Batch),
    /// Some events will never come: this is certain.
    Lost(Lost),
    /// Ask `updates.getState`, and tell
    /// [`handle_state`](crate::tracker::Tracker::handle_state) or
    /// [`handle_difference_error`](crate::tracker::Tracker::handle_difference_error).
    GetState,
    /// Ask `updates.getDifference`, and tell
    /// [`handle_difference`](crate::tracker::Tracker::handle_difference) or
    /// [`handle_difference_error`](crate::tracker::Tracker::handle_difference_error).
    GetDifference(DifferenceRequest),
    /// Ask how far a channel is (`channels.getFullChannel` and `messages.getPeerDialogs` say so),
    /// and tell [`handle_channel_state`](crate::tracker::Tracker::handle_channel_state) or
    /// [`handle_channel_error`](crate::tracker::Tracker::handle_channel_error).
    GetChannelState {
        /// The channel, whose access hash has to be found.
        channel: i64,
    },
    /// Ask `updates.getChannelDifference`, and tell
    /// [`handle_channel_difference`](crate::tracker::Tracker::handle_channel_difference) or
    /// [`handle_channel_error`](crate::tracker::Tracker::handle_channel_error).
    GetChannelDifference {
        /// The channel, whose access hash has to be found.
        channel: i64,
        /// From where on.
        pts: i32,
        /// How many updates at once.
        limit: i32,
    },
    /// To be saved, once all events that were given before it are finished.
    State(Change),
    /// Nothing else for now. Poll again at this time at the latest, whether anything has come or
    /// not.
    Timeout(Option<Instant>),
}

/// What `updates.getDifference` is to be asked with.
///
/// See <https://core.telegram.org/method/updates.getDifference>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DifferenceRequest {
    /// How far the common updates are.
    pub pts: i32,
    /// How far back the server shall go at most.
    pub pts_total_limit: Option<i32>,
    /// The date of the last update.
    pub date: i32,
    /// How far the secret ones are.
    pub qts: i32,
}

/// Events that came together, in order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Batch {
    /// How they came.
    pub origin: Origin,
    /// Who came with them. All of the batch share them, and so may batches that follow: what waited
    /// for something else is given later than what came with it.
    pub company: Arc<Company>,
    /// The events. There may be none: then only the company is new.
    pub events: Vec<Event>,
}

/// One thing that has happened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event {
    /// What.
    pub update: enums::Update,
    /// How far its counter is after it; `None` when nothing counts it, or when it came in a
    /// difference, which says how far it is as a whole.
    pub mark: Option<Mark>,
}

/// The users and chats that came with updates.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Company {
    /// The users.
    pub users: Vec<enums::User>,
    /// The groups and channels.
    pub chats: Vec<enums::Chat>,
}

/// How updates came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The server sent them unasked.
    Push,
    /// They are, or were in, the answer to a request of this client: it was its own doing.
    Answer,
    /// They were missed, and asked for.
    Difference,
}

/// Events that will never come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// What would have counted them.
    pub counter: Counter,
    /// How far it was; 0 if that was not known.
    pub from: i32,
    /// Where it goes on; `None` if that is not known.
    pub to: Option<i32>,
    /// Why.
    pub why: Why,
}

impl Lost {
    /// Whose events they are; `None` for those that concern the whole account.
    #[must_use]
    pub fn peer(&self) -> Option<PeerKey> {
        self.counter.peer()
    }
}

/// Why events are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// The server has not kept that much.
    #[error("the server has not kept that much")]
    TooLong,
    /// The server has begun to count anew.
    #[error("the server has begun to count anew")]
    Reset,
    /// The account may not see the channel any more.
    #[error("the channel cannot be seen any more")]
    Forbidden,
    /// The channel's access hash is not known, so it cannot be asked about.
    #[error("the channel's access hash is not known")]
    NoAccessHash,
    /// It happened in a channel of which nothing was known yet, neither by an update nor by its
    /// dialog, so there is no place to ask from.
    #[error("nothing was known of the channel before")]
    Unknown,
    /// The server does not give what is missing.
    #[error("the server does not give what is missing")]
    Unfilled,
}
