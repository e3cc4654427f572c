//! What a message answers.
use crate::error::Result;
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl::enums::{InputPeer, InputReplyTo, MessageEntity};
use crate::tl::types;

/// What a message answers: the id of a message of the same chat is one already.
///
/// ```
/// use ferogram_sync::{InputMessage, ReplyTo};
///
/// let same_chat = InputMessage::text("Yes.").reply_to(42);
/// let quoting = ReplyTo::message(42).quote("at noon").quote_at(17);
/// let elsewhere = ReplyTo::message(42).in_chat("@old_group");
/// assert_eq!(same_chat.reply_to, Some(ReplyTo::message(42)));
/// assert_ne!(quoting, elsewhere);
/// ```
///
/// See <https://core.telegram.org/type/InputReplyTo>.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyTo {
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Message {
        raw: types::InputReplyToMessage,
        chat: Option<PeerRef>,
    },
    Story {
        peer: PeerRef,
        id: i32,
    },
    Raw(InputReplyTo),
}

impl ReplyTo {
    /// A message of the same chat.
    #[must_use]
    pub fn message(id: i32) -> Self {
        let raw = types::InputReplyToMessage {
            reply_to_msg_id: id,
            ..Default::default()
        };
        let what = What::Message { raw, chat: None };
        Self { what }
    }

    /// A message that only its receiver sees, of the same chat.
    ///
    /// See <https://core.telegram.org/constructor/inputReplyToEphemeralMessage>.
    #[must_use]
    pub fn ephemeral(id: i32) -> Self {
        InputReplyTo::from(types::InputReplyToEphemeralMessage { id }).into()
    }

    /// A story.
    ///
    /// See <https://core.telegram.org/api/stories>.
    pub fn story(peer: impl Into<PeerRef>, id: i32) -> Self {
        let peer = peer.into();
        Self {
            what: What::Story { peer, id },
        }
    }

    /// Of a message: the chat that it is in, where that is another one.
    #[must_use]
    pub fn in_chat(mut self, peer: impl Into<PeerRef>) -> Self {
        if let What::Message { chat, .. } = &mut self.what {
            *chat = Some(peer.into());
        }
        self
    }

    /// Of a message: the part of its text that is quoted, with all that is marked in it.
    ///
    /// See <https://core.telegram.org/api/replies#quote-replies>.
    #[must_use]
    pub fn quote(self, quoted: impl Into<FormattedText>) -> Self {
        let FormattedText { text, entities } = quoted.into();
        self.with(|raw| {
            raw.quote_text = Some(text);
            raw.quote_entities = some(entities);
        })
    }

    /// Of a quote: where it begins, in UTF-16 code units. It says which is meant where the same
    /// words come more than once.
    #[must_use]
    pub fn quote_at(self, offset: i32) -> Self {
        self.with(|raw| raw.quote_offset = Some(offset))
    }

    /// Of a checklist: which task is answered.
    #[must_use]
    pub fn task(self, id: i32) -> Self {
        self.with(|raw| raw.todo_item_id = Some(id))
    }

    /// Of a poll: which answer is answered.
    #[must_use]
    pub fn poll_option(self, option: impl Into<Vec<u8>>) -> Self {
        self.with(|raw| raw.poll_option = Some(option.into()))
    }

    fn with(mut self, change: impl FnOnce(&mut types::InputReplyToMessage)) -> Self {
        if let What::Message { raw, .. } = &mut self.what {
            change(raw);
        }
        self
    }

    /// As requests take it; `name` names the peers that are in it.
    pub(crate) fn to_raw(
        &self,
        mut name: impl FnMut(&PeerRef) -> Result<InputPeer>,
    ) -> Result<InputReplyTo> {
        Ok(match &self.what {
            What::Message { raw, chat } => types::InputReplyToMessage {
                reply_to_peer_id: chat.as_ref().map(name).transpose()?,
                ..raw.clone()
            }
            .into(),
            What::Story { peer, id } => types::InputReplyToStory {
                peer: name(peer)?,
                story_id: *id,
            }
            .into(),
            What::Raw(raw) => raw.clone(),
        })
    }
}

/// The server takes a list without anything in it for none.
fn some(entities: Vec<MessageEntity>) -> Option<Vec<MessageEntity>> {
    Some(entities).filter(|entities| !entities.is_empty())
}

/// A message of the same chat.
impl From<i32> for ReplyTo {
    fn from(id: i32) -> Self {
        Self::message(id)
    }
}

impl From<InputReplyTo> for ReplyTo {
    fn from(raw: InputReplyTo) -> Self {
        let what = What::Raw(raw);
        Self { what }
    }
}
