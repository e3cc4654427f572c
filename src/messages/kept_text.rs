//! The text of a message as the server keeps it, as far as that can be known.
use crate::text::{place, utf16_len};
use crate::tl::enums::MessageEntity;

/// What the server keeps of a text that was sent: it leaves out spaces and line breaks at both
/// ends. `None` where that cannot be told without asking it: where the text has something at its
/// ends or in it that official clients take out themselves before they send, such as other blanks
/// and control characters, or where `entities`, which the server has moved, do not fit.
///
/// See <https://core.telegram.org/api/entities>.
pub(super) fn kept_text<'t>(sent: &'t str, entities: &[MessageEntity]) -> Option<&'t str> {
    let text = sent.trim_matches([' ', '\n']);
    let ends = [text.chars().next(), text.chars().next_back()];
    let is_clear = !text.chars().any(may_be_replaced) && !ends.into_iter().flatten().any(is_blank);
    (is_clear && fits(text, entities)).then_some(text)
}

/// Control characters, marks of direction and of paragraphs, and marks that draw lines.
fn may_be_replaced(letter: char) -> bool {
    letter.is_control() && letter != '\n'
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(letter, '\u{30a}' | '\u{333}' | '\u{33f}')
}

/// Whether a letter shows nothing, and so may be left out at an end.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'
        )
        || matches!(letter, '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{fffc}')
}

/// Whether each entity lies within the text, which is counted in UTF-16 units.
fn fits(text: &str, entities: &[MessageEntity]) -> bool {
    let length = utf16_len(text);
    (entities.iter()).all(|entity| place(entity).is_some_and(|(_, end)| end <= length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    #[test]
    fn spaces_and_line_breaks_at_the_ends_go() {
        for (sent, kept) in [
            ("Hello", "Hello"),
            (" \n Hello,\n\n  you \n", "Hello,\n\n  you"),
            (
                "\u{1f468}\u{200d}\u{1f469} \u{2764}\u{fe0f}",
                "\u{1f468}\u{200d}\u{1f469} \u{2764}\u{fe0f}",
            ),
            ("a\u{a0}b\u{3000}c", "a\u{a0}b\u{3000}c"),
            ("caf\u{e9} e\u{301}", "caf\u{e9} e\u{301}"),
        ] {
            assert_eq!(kept_text(sent, &[]), Some(kept), "{sent:?}");
        }
    }

    #[test]
    fn what_only_the_server_knows_is_not_guessed() {
        for sent in [
            "\u{3000}Hello",
            "Hello\u{a0}",
            " \u{200b} Hello",
            "Hello\u{feff}\n",
            "\tHello",
            "a\tb",
            "a\r\nb",
            "a\u{0}b",
            "a\u{2028}b",
            "a\u{202e}b",
            "\u{200f}a",
            "a\u{30a}",
        ] {
            assert_eq!(kept_text(sent, &[]), None, "{sent:?}");
        }
    }

    #[test]
    fn entities_have_to_fit_what_is_left() {
        let bold = |offset, length| types::MessageEntityBold { offset, length }.into();
        let quote = |offset, length| {
            types::MessageEntityBlockquote {
                collapsed: true,
                offset,
                length,
            }
            .into()
        };
        let sent = "  \u{1f600}b ";
        for fitting in [bold(0, 3), bold(2, 1), quote(0, 3), bold(3, 0)] {
            assert_eq!(kept_text(sent, &[fitting]), Some("\u{1f600}b"));
        }
        for other in [
            bold(2, 2),
            quote(1, 3),
            bold(-1, 1),
            bold(0, -1),
            bold(i32::MAX, 1),
        ] {
            assert_eq!(kept_text(sent, &[other]), None);
        }
    }
}
