//! What bots are asked for by others, what they offer, and what was sent of it
//! (<https://core.telegram.org/api/bots/inline>).
use std::collections::BTreeMap;
use std::sync::Arc;

use ferogram_sync::tl::{enums, types};

use super::mailbox::PostId;
use super::post::Text;

/// How a bot is asked from any conversation, as its owner has told BotFather.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineMode {
    /// What stands in the field before anything is typed.
    pub placeholder: String,
    /// Whether the bot is told where those are who ask it, if they say so.
    pub location: bool,
    /// Whether the bot is told which results are chosen.
    pub feedback: bool,
}

/// Bots can be asked here if nothing is said, and are told what is chosen.
impl Default for InlineMode {
    fn default() -> Self {
        Self {
            placeholder: String::new(),
            location: false,
            feedback: true,
        }
    }
}

/// Somebody asks a bot for something.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Who.
    pub(crate) user: i64,
    /// Which bot.
    pub(crate) bot: i64,
    /// For what.
    pub(crate) query: String,
    /// Where the results are to begin.
    pub(crate) offset: String,
    /// From what kind of conversation.
    pub(crate) kind: Option<enums::InlineQueryPeerType>,
    /// Where they are. Such an answer is kept for nobody.
    pub(crate) place: Option<enums::GeoPoint>,
}

impl Asked {
    /// Whether the answer to another query would do.
    fn is_like(&self, other: &Self) -> bool {
        let both = [self, other].map(|it| (it.bot, &it.query, &it.offset, &it.kind));
        both[0] == both[1] && self.place.is_none() && other.place.is_none()
    }
}

/// One of the results that a bot offers. Hashes and references in it are nobody's.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// What is shown of it, without files and what is sent.
    pub(crate) shown: types::BotInlineResult,
    /// The small picture on the web, and the file there.
    pub(crate) thumb: Option<types::WebDocument>,
    pub(crate) content: Option<types::WebDocument>,
    /// The file that the data centres have.
    pub(crate) file: Option<enums::MessageMedia>,
    /// How what is sent is shown.
    pub(crate) message: enums::BotInlineMessage,
    /// What is sent, but for a file on the web.
    pub(crate) text: Text,
}

/// What a bot has answered.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    /// All but the results, their query and their users.
    pub(crate) head: types::messages::BotResults,
    /// Whether it is for nobody but who has asked.
    pub(crate) personal: bool,
    /// Until when it may be given again, in Unix seconds.
    pub(crate) until: i64,
    pub(crate) offers: Vec<Offer>,
}

/// What a bot has answered to whom.
#[derive(Clone, Debug)]
pub(crate) struct Offered {
    pub(crate) asked: Asked,
    pub(crate) answered: Arc<Answered>,
}

/// A message that was sent of a result, and that the bot can change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SentThrough {
    pub(crate) bot: i64,
    pub(crate) post: PostId,
    pub(crate) dc: i32,
    pub(crate) access_hash: i64,
}

/// A message that a bot has prepared for somebody to share.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) bot: i64,
    pub(crate) user: i64,
    /// To what kinds of conversations.
    pub(crate) kinds: Vec<enums::InlineQueryPeerType>,
    pub(crate) answered: Arc<Answered>,
}

/// All of that, by the ids of queries and of messages.
#[derive(Debug, Default)]
pub(crate) struct InlineBook {
    pub(crate) asked: BTreeMap<i64, Asked>,
    pub(crate) offered: BTreeMap<i64, Offered>,
    pub(crate) sent: BTreeMap<i64, SentThrough>,
    pub(crate) prepared: BTreeMap<String, Prepared>,
}

impl InlineBook {
    /// An answer that may be given to a query without asking the bot.
    pub(crate) fn kept(&self, asked: &Asked, now: i64) -> Option<Arc<Answered>> {
        let found = self.offered.values().find(|it| {
            let is_theirs = !it.answered.personal || it.asked.user == asked.user;
            it.asked.is_like(asked) && is_theirs && it.answered.until > now
        });
        found.map(|it| Arc::clone(&it.answered))
    }
}
