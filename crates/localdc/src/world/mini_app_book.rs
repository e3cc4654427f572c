//! The mini apps of bots, and those that are open
//! (<https://core.telegram.org/api/bots/webapps>).
use std::collections::BTreeMap;

use super::peer::Peer;
use super::post::ReplyTo;

/// A mini app that somebody has open in a conversation.
#[derive(Clone, Debug)]
pub(crate) struct OpenMiniApp {
    pub(crate) user: i64,
    pub(crate) bot: i64,
    /// Where the bot may send a message for the user, and how.
    pub(crate) peer: Peer,
    pub(crate) reply: Option<ReplyTo>,
    pub(crate) silent: bool,
    pub(crate) sender: Option<i64>,
    /// The name by which the bot ends it.
    pub(crate) name: String,
    /// It is over then, unless it is prolonged.
    pub(crate) until: i64,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct MiniAppBook {
    /// The addresses of those that bots have, by the bot and the short name; the main one of a bot
    /// has none.
    pub(crate) addresses: BTreeMap<(i64, Option<String>), String>,
    pub(crate) open: BTreeMap<i64, OpenMiniApp>,
}
