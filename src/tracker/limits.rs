//! How long the tracker waits and how much it keeps.
use std::time::Duration;

/// How long a gap may stay open: what is missing is often only late.
///
/// See <https://core.telegram.org/api/updates#recovering-gaps>.
pub const GAP: Duration = Duration::from_millis(500);

/// After so long without a word from the server, it is asked whether nothing has happened.
///
/// See <https://core.telegram.org/api/updates#recovering-gaps>.
pub const QUIET: Duration = Duration::from_secs(15 * 60);

/// So many channel differences are asked for at once; the others wait for their turn.
///
/// See <https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups>.
pub const CHANNEL_DIFFERENCES_MAX: usize = 10;

/// So many channels can be watched at once.
///
/// See <https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups>.
pub const WATCHED_MAX: usize = 10;

/// So many updates may wait for what comes before them, in all boxes together. What does not fit
/// is left out: a difference brings it.
pub const HELD_MAX: usize = 8192;

/// So many of them in one box: a busy chat shall not take the room of all others.
pub const HELD_MAX_BOX: usize = 1024;

/// So many containers may wait for those before them.
pub const CONTAINERS_MAX: usize = 64;

/// So many channels are counted, more than any account can join and than most bots ever meet. The
/// updates of others are handed out as they come.
pub const CHANNELS_MAX: usize = 1_000_000;

/// A counter that is so far below what is known has begun anew: nothing is that late.
pub(super) const RESET: i32 = 1_000_000;

/// How long the updates of a channel that cannot be asked about wait for its access hash.
pub(super) const HASH_WAIT: Duration = Duration::from_secs(30);

/// How long a watched channel is left alone when the server does not say.
pub(super) const WATCH_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause that a server can impose by a watched channel's timeout.
pub(super) const WATCH_PAUSE_MAX: i32 = 3600;

/// The pause after the first failure of a difference; each further one doubles it.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// The longest pause between attempts.
pub(super) const PAUSE_MAX: Duration = Duration::from_secs(64);

/// The longest flood wait that is believed.
pub(super) const FLOOD_MAX: Duration = Duration::from_secs(86_400);

/// After so many differences that did not fill a gap, it is told as a loss and passed over.
pub(super) const TRIES: u8 = 3;

/// How many updates of a channel a user asks for at once.
///
/// See <https://core.telegram.org/method/updates.getChannelDifference>.
pub(super) const USER_LIMIT: i32 = 100;

/// The same for a bot.
pub(super) const BOT_LIMIT: i32 = 100_000;
