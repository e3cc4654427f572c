//! The order of updates, as a pure machine: what the server sends comes in, events come out, each
//! once and in order, and what has to be asked for.
//!
//! The server counts what happens to an account, so that a client sees when something is missing:
//! messages of private chats and small groups by `pts`, those of secret chats and what bots are
//! told by `qts`, containers of everything else by `seq`, and each channel by a `pts` of its own.
//!
//! See <https://core.telegram.org/api/updates>.
//!
//! ```
//! use std::time::{Duration, Instant};
//!
//! use ferogram_sync::Now;
//! use ferogram_sync::store::{Account, UpdateState};
//! use ferogram_sync::tl::{enums, types};
//! use ferogram_sync::tracker::{Counter, Mark, Origin, Output, Tracker, TrackerConfig};
//!
//! # #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
//! let mut now = Now { instant: Instant::now(), unix: Duration::from_secs(1_800_000_000) };
//! let mut config = TrackerConfig::new(Account { user_id: 7, bot: false });
//! config.state = Some(UpdateState { pts: 10, qts: 1, date: 1_800_000_000, seq: 3 });
//! let mut tracker = Tracker::new(now, config);
//!
//! let deleted = |pts| enums::Updates::from(types::UpdateShort {
//!     update: types::UpdateDeleteMessages { messages: vec![1], pts, pts_count: 1 }.into(),
//!     date: 1_800_000_000,
//! });
//! let mut knows = |_| true;
//!
//! // The one before it is missing, so it waits, and what is to be done is asked again in time.
//! tracker.handle_updates(now, deleted(12), Origin::Push, &mut knows);
//! assert!(matches!(tracker.poll_output(now), Output::Timeout(Some(_))));
//!
//! // Here it comes: both are given, in order.
//! tracker.handle_updates(now, deleted(11), Origin::Push, &mut knows);
//! let mut marks = Vec::new();
//! while let Output::Updates(batch) = tracker.poll_output(now) {
//!     marks.extend(batch.events.iter().map(|event| event.mark));
//! }
//! let counter = Counter::Common;
//! assert_eq!(marks, [11, 12].map(|value| Some(Mark { counter, value })));
//!
//! // This one waits in vain for the one before it: the server is asked for what is missing.
//! tracker.handle_updates(now, deleted(14), Origin::Push, &mut knows);
//! now.instant += Duration::from_millis(500);
//! assert!(matches!(tracker.poll_output(now), Output::GetDifference(ask) if ask.pts == 12));
//! ```
mod affected;
mod channel;
mod channel_difference;
mod channels;
mod config;
mod counter;
mod difference;
mod failure;
mod fetch;
mod limits;
mod outbox;
mod output;
mod sequence;
mod series;
mod short;
mod tracker;

pub use affected::Affected;
pub use config::TrackerConfig;
pub(crate) use counter::uncounted_in;
pub use counter::{Counter, Mark};
pub use failure::Failure;
pub use limits::{
    CHANNEL_DIFFERENCES_MAX, CHANNELS_MAX, CONTAINERS_MAX, GAP, HELD_MAX, HELD_MAX_BOX, QUIET,
    WATCHED_MAX,
};
pub use output::{Batch, Company, DifferenceRequest, Event, Lost, Origin, Output, Why};
pub use tracker::Tracker;
