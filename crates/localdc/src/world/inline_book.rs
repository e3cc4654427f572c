//! What bots are asked for by others, what they offer, and what was sent of it
//! (<https://core.telegram.org/api/bots/inline>).
use std::collections::BTreeMap;

use super::mailbox::PostId;
use super::post::Text;

/// Somebody asks a bot for something.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Who.
    pub(crate) user: i64,
    /// Which bot.
    pub(crate) bot: i64,
    /// For what.
    pub(crate) query: String,
}

/// What a bot has answered.
#[derive(Clone, Debug)]
pub(crate) struct Offered {
    pub(crate) asked: Asked,
    /// What becomes of each result that is sent, by its id.
    pub(crate) results: BTreeMap<String, Text>,
}

/// A message that was sent of a result, and that the bot can change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SentThrough {
    pub(crate) bot: i64,
    pub(crate) post: PostId,
    pub(crate) dc: i32,
    pub(crate) access_hash: i64,
}

/// All of that, by the ids of queries and of messages.
#[derive(Debug, Default)]
pub(crate) struct InlineBook {
    pub(crate) asked: BTreeMap<i64, Asked>,
    pub(crate) offered: BTreeMap<i64, Offered>,
    pub(crate) sent: BTreeMap<i64, SentThrough>,
}
