//! What can be marked in a text, and where.
use std::borrow::Cow;
use std::cmp::Reverse;

use crate::tl::enums::{InputUser, MessageEntity};
use crate::tl::types;

/// The marks that lie over each other freely, and that may be cut.
///
/// See <https://core.telegram.org/bots/api#formatting-options>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
}

impl Style {
    pub(super) const ALL: [Self; 5] = [
        Self::Bold,
        Self::Italic,
        Self::Underline,
        Self::Strike,
        Self::Spoiler,
    ];
}

/// What is marked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'t> {
    Quote {
        collapsed: bool,
    },
    Pre(Cow<'t, str>),
    Code,
    Time(types::MessageEntityFormattedDate),
    Link(Cow<'t, str>),
    Mention(i64),
    /// It is rare, and would make all others larger.
    InputMention(Box<InputUser>),
    Style(Style),
    Emoji(i64),
}

/// What an entity is to the one who writes.
pub(super) enum Meaning<'t> {
    /// It marks something.
    Mark(Kind<'t>),
    /// The server finds it by itself.
    Found,
    /// Only the server makes it.
    Foreign,
}

impl<'t> Meaning<'t> {
    pub(super) fn of(entity: &'t MessageEntity) -> Self {
        use MessageEntity as E;
        Self::Mark(match entity {
            E::Bold(_) => Kind::Style(Style::Bold),
            E::Italic(_) => Kind::Style(Style::Italic),
            E::Underline(_) => Kind::Style(Style::Underline),
            E::Strike(_) => Kind::Style(Style::Strike),
            E::Spoiler(_) => Kind::Style(Style::Spoiler),
            E::Code(_) => Kind::Code,
            E::Pre(it) => Kind::Pre((&it.language).into()),
            E::TextUrl(it) => Kind::Link((&it.url).into()),
            E::MentionName(it) => Kind::Mention(it.user_id),
            E::InputMessageEntityMentionName(it) => Kind::InputMention(it.user_id.clone().into()),
            E::CustomEmoji(it) => Kind::Emoji(it.document_id),
            E::Blockquote(it) => Kind::Quote {
                collapsed: it.collapsed,
            },
            E::FormattedDate(it) => Kind::Time(types::MessageEntityFormattedDate {
                offset: 0,
                length: 0,
                ..it.clone()
            }),
            E::Mention(_) | E::Hashtag(_) | E::BotCommand(_) | E::Url(_) | E::Email(_) => {
                return Self::Found;
            }
            E::Phone(_) | E::Cashtag(_) | E::BankCard(_) | E::TonAddress(_) => {
                return Self::Found;
            }
            _ => return Self::Foreign,
        })
    }
}

impl Kind<'_> {
    /// What stands further outside when two have the same place.
    fn priority(&self) -> u8 {
        match self {
            Self::Quote { .. } => 0,
            Self::Pre(_) => 10,
            Self::Code => 20,
            Self::Time(_) => 30,
            Self::Link(_) | Self::Mention(_) | Self::InputMention(_) => 49,
            Self::Style(style) => 90 + *style as u8,
            Self::Emoji(_) => 99,
        }
    }

    /// Whether it can be written wherever it may stand.
    pub(super) fn is_free(&self) -> bool {
        matches!(self, Self::Style(_) | Self::Quote { .. })
    }

    /// Whether nothing can be marked inside it.
    pub(super) fn is_code(&self) -> bool {
        matches!(self, Self::Pre(_) | Self::Code)
    }
}

/// What is marked, and where: in UTF-16 code units, from the first to behind the last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind<'t>,
}

impl<'t> Span<'t> {
    /// The order in which spans are listed: what contains comes before what is contained.
    pub(super) fn order(&self) -> (usize, Reverse<usize>, u8) {
        (self.start, Reverse(self.end), self.kind.priority())
    }

    /// The entity.
    pub(super) fn entity(self) -> MessageEntity {
        let offset = i32::try_from(self.start).unwrap_or(i32::MAX);
        let length = i32::try_from(self.end - self.start).unwrap_or(i32::MAX);
        match self.kind {
            Kind::Quote { collapsed } => types::MessageEntityBlockquote {
                collapsed,
                offset,
                length,
            }
            .into(),
            Kind::Pre(language) => types::MessageEntityPre {
                offset,
                length,
                language: language.into_owned(),
            }
            .into(),
            Kind::Code => types::MessageEntityCode { offset, length }.into(),
            Kind::Time(time) => types::MessageEntityFormattedDate {
                offset,
                length,
                ..time
            }
            .into(),
            Kind::Link(url) => types::MessageEntityTextUrl {
                offset,
                length,
                url: url.into_owned(),
            }
            .into(),
            Kind::Mention(user_id) => types::MessageEntityMentionName {
                offset,
                length,
                user_id,
            }
            .into(),
            Kind::InputMention(user) => types::InputMessageEntityMentionName {
                offset,
                length,
                user_id: *user,
            }
            .into(),
            Kind::Style(style) => styled(style, offset, length),
            Kind::Emoji(document_id) => types::MessageEntityCustomEmoji {
                offset,
                length,
                document_id,
            }
            .into(),
        }
    }
}

fn styled(style: Style, offset: i32, length: i32) -> MessageEntity {
    match style {
        Style::Bold => types::MessageEntityBold { offset, length }.into(),
        Style::Italic => types::MessageEntityItalic { offset, length }.into(),
        Style::Underline => types::MessageEntityUnderline { offset, length }.into(),
        Style::Strike => types::MessageEntityStrike { offset, length }.into(),
        Style::Spoiler => types::MessageEntitySpoiler { offset, length }.into(),
    }
}
