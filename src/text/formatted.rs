//! A text with its marks.
use super::layers::Layers;
use super::place::place;
use super::span::Span;
use super::units::{Walk, utf16_len};
use crate::tl::enums::{MessageEntity, TextWithEntities};
use crate::tl::types;

/// A text and what is marked in it: bold, a link and so on.
///
/// It is made of HTML or Markdown, and becomes such again; it can be sent like a plain text.
///
/// ```
/// use ferogram_sync::text::FormattedText;
///
/// let text = FormattedText::html("<b>Hello</b>, <i>World</i>")?;
/// assert_eq!(text.text, "Hello, World");
/// assert_eq!(text.entities.len(), 2);
/// assert_eq!(text.text_of(&text.entities[1]), "World");
/// assert_eq!(text.to_markdown().text, "**Hello**, __World__");
/// # Ok::<(), ferogram_sync::text::TextError>(())
/// ```
///
/// See <https://core.telegram.org/api/entities>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormattedText {
    /// The text itself.
    pub text: String,
    /// What is marked, with offsets and lengths in UTF-16 code units.
    pub entities: Vec<MessageEntity>,
}

impl FormattedText {
    /// A text in which nothing is marked.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            entities: Vec::new(),
        }
    }

    /// The length in UTF-16 code units: a message may have 4096, and the caption of a file 1024 or
    /// what `caption_length_limit_premium` of `help.getAppConfig` says.
    ///
    /// See <https://core.telegram.org/api/config>.
    #[must_use]
    pub fn utf16_len(&self) -> usize {
        utf16_len(&self.text)
    }

    /// The part of the text that an entity marks. Empty if its place is not in the text; of a
    /// letter that it would cut, it has all.
    #[must_use]
    pub fn text_of(&self, entity: &MessageEntity) -> &str {
        let Some((start, end)) = place(entity) else {
            return "";
        };
        let mut walk = Walk::new(&self.text);
        walk.to(start);
        let from = walk.byte();
        walk.to(end);
        let cut = usize::from(walk.unit() < end && end > start);
        walk.to(end + cut);
        &self.text[from..walk.byte()]
    }
}

/// Marks in order; those that may not stand are left out.
pub(super) fn ordered(spans: Vec<Span<'_>>) -> Vec<MessageEntity> {
    let spans = Layers::order(spans).into_iter();
    spans.map(Span::entity).collect()
}

impl From<&str> for FormattedText {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for FormattedText {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

/// As the schema has it where a text is not a message's own: in polls, folders and the like.
impl From<FormattedText> for TextWithEntities {
    fn from(text: FormattedText) -> Self {
        let FormattedText { text, entities } = text;
        types::TextWithEntities { text, entities }.into()
    }
}

impl From<TextWithEntities> for FormattedText {
    fn from(raw: TextWithEntities) -> Self {
        let TextWithEntities::Entities(raw) = raw;
        Self {
            text: raw.text,
            entities: raw.entities,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types::MessageEntityBold;

    #[test]
    fn an_entity_gives_its_text() {
        let of = |text: &str, offset, length| {
            let bold = MessageEntityBold { offset, length }.into();
            FormattedText::plain(text).text_of(&bold).to_owned()
        };
        assert_eq!(of("😀qwerty", 3, 5), "werty");
        assert_eq!(of("😀qwerty", 0, 1), "😀");
        assert_eq!(of("😀qwerty", 1, 2), "😀q");
        assert_eq!(of("😀qwerty", 7, 99), "y");
        assert_eq!(of("😀qwerty", 99, 1), "");
        assert_eq!(of("😀qwerty", -1, 3), "");
        assert_eq!(of("はじめまして ❤️🔴\n🔹\nhttp://h/", 15, 9), "http://h/");
    }
}
