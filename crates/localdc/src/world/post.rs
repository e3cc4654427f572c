//! The content of a message, which the copies in several boxes share.
use std::collections::BTreeMap;

use ferogram_sync::tl::enums;

use super::mailbox::PostId;

/// A message that was sent, apart from the boxes it lies in.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    /// The account that wrote it.
    pub(crate) author: i64,
    /// When it was sent, in Unix seconds.
    pub(crate) date: i64,
    /// When it was last edited.
    pub(crate) edit_date: Option<i64>,
    /// What it says.
    pub(crate) content: Content,
    /// What it answers.
    pub(crate) reply: Option<ReplyTo>,
    /// Whether it came without a sound.
    pub(crate) silent: bool,
    /// Whether it must not be forwarded.
    pub(crate) noforwards: bool,
    /// How who has reacted to it.
    pub(crate) reactions: BTreeMap<i64, Vec<enums::Reaction>>,
    /// The boxes it lies in: account, and its id there.
    pub(crate) copies: Vec<(i64, i32)>,
}

/// What a message says.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Words.
    Text(Text),
    /// A group was founded.
    GroupCreated { title: String, users: Vec<i64> },
    /// Somebody was taken into a group.
    GroupJoined(Vec<i64>),
    /// Somebody left a group, or was put out of it.
    GroupLeft(i64),
}

/// Words and how they look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    /// The text itself.
    pub(crate) text: String,
    /// What parts of it look like or link to; offsets in UTF-16 units.
    pub(crate) entities: Vec<enums::MessageEntity>,
    /// The buttons of a bot's message.
    pub(crate) markup: Option<enums::ReplyMarkup>,
    /// The page that is shown with it.
    pub(crate) media: Option<enums::MessageMedia>,
    /// Whether that stands above the words.
    pub(crate) media_above: bool,
}

/// The message that another one answers.
#[derive(Clone, Debug)]
pub(crate) struct ReplyTo {
    /// Which.
    pub(crate) post: PostId,
    /// The part of it that is quoted.
    pub(crate) quote: Option<Quote>,
}

/// A quoted part of a message.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    /// Its words.
    pub(crate) text: String,
    /// How they look.
    pub(crate) entities: Option<Vec<enums::MessageEntity>>,
    /// Where in the message it begins, in UTF-16 units.
    pub(crate) offset: Option<i32>,
}

impl Post {
    /// The id of the message in the box of `user`.
    pub(crate) fn id_for(&self, user: i64) -> Option<i32> {
        self.copies
            .iter()
            .find(|(owner, _)| *owner == user)
            .map(|(_, id)| *id)
    }

    /// Its words, if it has any.
    pub(crate) fn text(&self) -> Option<&Text> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}
