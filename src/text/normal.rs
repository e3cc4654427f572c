//! Marks as the server would have them.
use super::formatted::{FormattedText, ordered};
use super::place::place;
use super::span::{Meaning, Span};
use super::units::{Halves, utf16_len};
use crate::tl::enums::MessageEntity;

impl FormattedText {
    /// The same marks as the server would have them: in order, what touches and is alike made one,
    /// and styles cut where they would cross something or lie over code.
    ///
    /// Left out is what is empty, what the server finds by itself (`@mentions`, `#tags`, addresses)
    /// or makes by itself, and what may not stand where it does: a quote in a quote, a link in a
    /// link, all of two that cross but the first. A mark that would cut a letter gets all of it,
    /// and what reaches beyond the text ends with it.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    /// use ferogram_sync::tl::types::MessageEntityBold;
    ///
    /// let bold = |offset, length| MessageEntityBold { offset, length }.into();
    /// let text = FormattedText {
    ///     text: "Hello".into(),
    ///     entities: vec![bold(2, 3), bold(0, 2), bold(5, 0)],
    /// };
    /// assert_eq!(text.normalized().entities, [bold(0, 5)]);
    /// ```
    ///
    /// See <https://core.telegram.org/bots/api#formatting-options>.
    #[must_use]
    pub fn normalized(&self) -> Self {
        let (spans, _) = read(&self.text, &self.entities);
        Self {
            text: self.text.clone(),
            entities: ordered(spans),
        }
    }
}

/// What entities mark in a text, nothing of it empty or cutting a letter; and those that only the
/// server makes.
pub(super) fn read<'t>(
    text: &str,
    entities: &'t [MessageEntity],
) -> (Vec<Span<'t>>, Vec<MessageEntity>) {
    let units = utf16_len(text);
    let halves = Halves::of(text);
    let mut spans = Vec::with_capacity(entities.len());
    let mut foreign = Vec::new();
    for entity in entities {
        let kind = match Meaning::of(entity) {
            Meaning::Mark(kind) => kind,
            Meaning::Found => continue,
            Meaning::Foreign => {
                foreign.push(entity.clone());
                continue;
            }
        };
        let Some((start, end)) = place(entity) else {
            foreign.push(entity.clone());
            continue;
        };
        let (start, end) = (start.min(units), end.min(units));
        if start < end {
            let start = start - usize::from(halves.has(start));
            let end = end + usize::from(halves.has(end));
            spans.push(Span { start, end, kind });
        }
    }
    (spans, foreign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{Dice, any_formatted};
    use crate::tl::types;

    fn bold(offset: i32, length: i32) -> MessageEntity {
        types::MessageEntityBold { offset, length }.into()
    }

    fn italic(offset: i32, length: i32) -> MessageEntity {
        types::MessageEntityItalic { offset, length }.into()
    }

    fn link(offset: i32, length: i32) -> MessageEntity {
        types::MessageEntityTextUrl {
            offset,
            length,
            url: "http://h/".into(),
        }
        .into()
    }

    fn normal(text: &str, entities: Vec<MessageEntity>) -> Vec<MessageEntity> {
        let text = text.to_owned();
        FormattedText { text, entities }.normalized().entities
    }

    #[test]
    fn marks_are_sorted_merged_and_cut() {
        assert_eq!(normal("abcdef", vec![bold(3, 2), bold(0, 3)]), [bold(0, 5)]);
        assert_eq!(normal("abcdef", vec![bold(1, 4), bold(2, 2)]), [bold(1, 4)]);
        let crossing = vec![italic(2, 3), bold(0, 3)];
        assert_eq!(
            normal("abcdef", crossing),
            [bold(0, 3), italic(2, 1), italic(3, 2)]
        );
        let half = vec![bold(0, 2), link(1, 3)];
        assert_eq!(normal("abcd", half), [bold(0, 1), link(1, 3), bold(1, 1)]);
    }

    #[test]
    fn what_is_empty_found_or_outside_is_left_out() {
        let (offset, length) = (0, 2);
        let found = vec![
            bold(1, 0),
            bold(7, 2),
            bold(-1, 3),
            bold(0, i32::MAX),
            types::MessageEntityHashtag { offset, length }.into(),
            types::MessageEntityUnknown { offset, length }.into(),
        ];
        assert_eq!(normal("abc", found), [bold(0, 3)]);
    }

    #[test]
    fn no_letter_is_cut() {
        assert_eq!(normal("a😀b", vec![bold(2, 2)]), [bold(1, 3)]);
        assert_eq!(normal("a😀b", vec![bold(0, 2)]), [bold(0, 3)]);
    }

    #[test]
    fn what_is_normal_stays() {
        let mut dice = Dice(1);
        for _ in 0..3000 {
            let once = any_formatted(&mut dice).normalized();
            assert_eq!(once.normalized(), once);
            let spans = read(&once.text, &once.entities).0;
            for (index, one) in spans.iter().enumerate() {
                for other in &spans[index + 1..] {
                    let apart = one.end <= other.start;
                    assert!(apart || other.end <= one.end, "{one:?} crosses {other:?}");
                }
            }
        }
    }

    /// Each letter has the same styles before and after, but for code, which has none.
    #[test]
    fn every_letter_keeps_its_styles() {
        let mut dice = Dice(2);
        for _ in 0..2000 {
            let text = any_formatted(&mut dice);
            let normal = text.normalized();
            let before = read(&text.text, &text.entities).0;
            let after = read(&normal.text, &normal.entities).0;
            for unit in 0..text.utf16_len() {
                let at = |spans: &[Span<'_>], kind: &crate::text::span::Kind<'_>| {
                    spans
                        .iter()
                        .any(|span| span.kind == *kind && span.start <= unit && unit < span.end)
                };
                let code = (after.iter())
                    .any(|span| span.kind.is_code() && span.start <= unit && unit < span.end);
                for style in crate::text::span::Style::ALL {
                    let kind = crate::text::span::Kind::Style(style);
                    assert_eq!(at(&after, &kind), at(&before, &kind) && !code, "{text:?}");
                }
            }
        }
    }
}
