//! What a message brings for the receiver to press.
use super::force_reply::{ForceReply, RemoveKeyboard};
use super::inline_keyboard::InlineKeyboard;
use super::reply_keyboard::ReplyKeyboard;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{InputUser, ReplyMarkup};

/// What a message brings for the receiver to press: any of the keyboards, made by itself where one
/// is wanted.
///
/// See <https://core.telegram.org/type/ReplyMarkup>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Markup {
    /// Buttons below the message.
    Inline(InlineKeyboard),
    /// What names nobody, as the raw API has it.
    Raw(ReplyMarkup),
}

impl Markup {
    /// As requests take it; `name` names the people that are in it.
    pub(crate) fn to_raw(
        &self,
        name: &mut dyn FnMut(&PeerRef) -> Result<InputUser>,
    ) -> Result<ReplyMarkup> {
        match self {
            Self::Inline(keyboard) => keyboard.to_raw(name),
            Self::Raw(raw) => Ok(raw.clone()),
        }
    }
}

impl From<InlineKeyboard> for Markup {
    fn from(keyboard: InlineKeyboard) -> Self {
        Self::Inline(keyboard)
    }
}

impl From<ReplyKeyboard> for Markup {
    fn from(keyboard: ReplyKeyboard) -> Self {
        Self::Raw(keyboard.into())
    }
}

impl From<RemoveKeyboard> for Markup {
    fn from(remove: RemoveKeyboard) -> Self {
        Self::Raw(remove.into())
    }
}

impl From<ForceReply> for Markup {
    fn from(reply: ForceReply) -> Self {
        Self::Raw(reply.into())
    }
}

impl From<ReplyMarkup> for Markup {
    fn from(raw: ReplyMarkup) -> Self {
        Self::Raw(raw)
    }
}
