//! The content of a message, which the copies in several boxes share.
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::tl::{enums, types};

use super::checkout::Sale;
use super::mailbox::PostId;
use super::paid::Paid;
use super::peer::Peer;
use super::talk::Talk;

/// A message that was sent, apart from the boxes it lies in.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    /// The account that wrote it.
    pub(crate) author: i64,
    /// The channel in whose name it was written, if in one's: the author is not shown.
    pub(crate) sender: Option<i64>,
    /// The name that the author has put under it.
    pub(crate) signature: Option<String>,
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
    pub(crate) reactions: BTreeMap<i64, Reacted>,
    /// What who has paid for reactions to it.
    pub(crate) paid: BTreeMap<i64, Paid>,
    /// The boxes it lies in: account, and its id there.
    pub(crate) copies: Vec<(i64, i32)>,
    /// The channel it stands in, and its id there.
    pub(crate) board: Option<(i64, i32)>,
    /// Where it was forwarded from.
    pub(crate) forward: Option<types::MessageFwdHeader>,
    /// Who has seen it, of those that are counted.
    pub(crate) viewers: BTreeSet<i64>,
    /// How often it was seen; of posts in channels only.
    pub(crate) views: Option<i32>,
    /// How often it was forwarded.
    pub(crate) forwards: i32,
    /// The bot through which it was sent.
    pub(crate) via: Option<i64>,
    /// What fact-checkers have written below it.
    pub(crate) fact: Option<types::FactCheck>,
    /// The group where it is commented on, and its copy there.
    pub(crate) comments: Option<(i64, i32)>,
    /// How many answer it, or an answer to it; of messages in supergroups only.
    pub(crate) replies: i32,
    /// The conversation that it is of, among the direct messages to a channel.
    pub(crate) talk: Option<Talk>,
    /// Whether somebody has paid for it as a post.
    pub(crate) bought: bool,
}

/// How one account has reacted to a message.
#[derive(Clone, Debug)]
pub(crate) struct Reacted {
    /// When, in Unix seconds.
    pub(crate) date: i64,
    /// Its reactions, in the order in which it chose them.
    pub(crate) list: Vec<enums::Reaction>,
    /// Whether they were shown large.
    pub(crate) big: bool,
}

/// What a message says.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Words.
    Text(Text),
    /// Something that was done.
    Service(Service),
}

/// Something that was done to a conversation.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// What.
    pub(crate) action: enums::MessageAction,
    /// Whom it names.
    pub(crate) names: Vec<i64>,
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
    /// What is shown in the place of the words.
    pub(crate) rich: Option<enums::RichMessage>,
    /// The album that it is of.
    pub(crate) album: Option<i64>,
    /// What is sold by it.
    pub(crate) sale: Option<Box<Sale>>,
}

/// The message that another one answers.
#[derive(Clone, Debug)]
pub(crate) struct ReplyTo {
    /// Which.
    pub(crate) post: PostId,
    /// The part of it that is quoted.
    pub(crate) quote: Option<Quote>,
    /// Where it stands, if in another conversation.
    pub(crate) away: Option<Away>,
}

/// Where an answered message of another conversation stands.
#[derive(Clone, Debug)]
pub(crate) struct Away {
    /// The conversation, and the id there, as the one who answers has them.
    pub(crate) place: (Peer, i32),
    /// Who wrote it.
    pub(crate) origin: types::MessageFwdHeader,
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
    /// A message that was just written and lies nowhere yet.
    pub(super) fn new(author: i64, date: i64, letter: Letter) -> Self {
        Self {
            author,
            sender: letter.sender,
            signature: letter.signature,
            date,
            edit_date: None,
            content: letter.content,
            reply: letter.reply,
            silent: letter.silent,
            noforwards: letter.noforwards,
            reactions: BTreeMap::new(),
            paid: BTreeMap::new(),
            copies: Vec::new(),
            board: None,
            forward: letter.forward,
            viewers: BTreeSet::new(),
            views: letter.views,
            forwards: 0,
            via: letter.via,
            fact: None,
            comments: None,
            replies: 0,
            talk: letter.talk,
            bought: letter.bought,
        }
    }

    /// The id of the message in a conversation of `user`.
    pub(crate) fn id_in(&self, user: i64, peer: Peer) -> Option<i32> {
        match (peer, self.board) {
            (Peer::Channel(channel), Some((there, id))) => (there == channel).then_some(id),
            (Peer::Channel(_), None) | (_, Some(_)) => None,
            _ => self.id_for(user),
        }
    }

    /// The id of the message in the box of `user`.
    pub(crate) fn id_for(&self, user: i64) -> Option<i32> {
        self.copies
            .iter()
            .find(|(owner, _)| *owner == user)
            .map(|(_, id)| *id)
    }

    /// What is offered for it as a post of a channel.
    pub(crate) fn offer(&self) -> Option<enums::SuggestedPost> {
        Some(self.talk.as_ref()?.offer.clone()?.into())
    }

    /// What was done, if it says that.
    pub(crate) fn action(&self) -> Option<&enums::MessageAction> {
        match &self.content {
            Content::Service(service) => Some(&service.action),
            Content::Text(_) => None,
        }
    }

    /// Its words, if it has any.
    pub(crate) fn text(&self) -> Option<&Text> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Service(_) => None,
        }
    }
}

/// A message that is about to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) content: Content,
    pub(crate) reply: Option<ReplyTo>,
    pub(crate) silent: bool,
    pub(crate) noforwards: bool,
    /// The channel in whose name it is written.
    pub(crate) sender: Option<i64>,
    pub(crate) signature: Option<String>,
    pub(crate) forward: Option<types::MessageFwdHeader>,
    /// How often what is forwarded has been seen.
    pub(crate) views: Option<i32>,
    /// The bot through which it is sent.
    pub(crate) via: Option<i64>,
    /// The conversation that it is of, among the direct messages to a channel.
    pub(crate) talk: Option<Talk>,
    /// Whether somebody has paid for it as a post.
    pub(crate) bought: bool,
}

impl Letter {
    /// A plain message.
    pub(crate) fn new(content: Content) -> Self {
        Self {
            content,
            reply: None,
            silent: false,
            noforwards: false,
            sender: None,
            signature: None,
            forward: None,
            views: None,
            via: None,
            talk: None,
            bought: false,
        }
    }

    /// A message that says and answers the same, to the same.
    pub(super) fn like(post: &Post) -> Self {
        Self {
            reply: post.reply.clone(),
            talk: post.talk.clone(),
            ..Self::new(post.content.clone())
        }
    }

    /// The message itself, to be sent.
    pub(super) fn again(post: Post) -> Self {
        Self {
            content: post.content,
            reply: post.reply,
            silent: post.silent,
            noforwards: post.noforwards,
            sender: post.sender,
            signature: post.signature,
            forward: post.forward,
            views: post.views,
            via: post.via,
            talk: post.talk,
            bought: post.bought,
        }
    }

    /// Whether the service writes it.
    pub(crate) fn is_service(&self) -> bool {
        matches!(self.content, Content::Service(_))
    }

    /// A message that the service writes in somebody's name: what was done, and to whom.
    pub(crate) fn service(action: impl Into<enums::MessageAction>, names: &[i64]) -> Self {
        Self::new(Content::Service(Service {
            action: action.into(),
            names: names.to_vec(),
        }))
    }
}
