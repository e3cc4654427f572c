//! Random texts and marks from a seed, for tests.
use super::error::TextError;
use super::formatted::FormattedText;
use super::normal::read;
use super::span::{Kind, Span, Style};
use super::time_format;
use super::units::utf16_len;
use super::written::Written;
use crate::tl::enums::{InputUser, MessageEntity};
use crate::tl::types;

/// A small generator with a seed (splitmix64), so that every run sees the same texts.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % limit as u64).unwrap_or(0)
    }

    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A text of such pieces.
    pub(super) fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..self.below(most + 1))
            .map(|_| self.pick(pieces))
            .collect()
    }
}

/// Letters that mean something in one of the forms, and some that do not.
const LETTERS: &[&str] = &[
    "a",
    "b",
    "Z",
    "0",
    " ",
    "\n",
    "\r",
    "\t",
    "\\",
    "`",
    "*",
    "_",
    "~",
    "|",
    "[",
    "]",
    "(",
    ")",
    ">",
    "#",
    "+",
    "-",
    "=",
    "{",
    "}",
    ".",
    "!",
    "<",
    "&",
    "\"",
    "'",
    ";",
    "é",
    "漢",
    "😀",
    "\0",
    "&lt;",
    "http://h/",
    "👨\u{200d}👧",
    "\u{7f}",
    "\u{301}",
];

/// A text with marks anywhere, sensible or not.
pub(super) fn any_formatted(dice: &mut Dice) -> FormattedText {
    let plain = dice.below(3) == 0;
    let letters = if plain { &["a", "\n", "😀"] } else { LETTERS };
    let text = dice.text(letters, 12);
    let units = utf16_len(&text);
    let entities = (0..dice.below(7))
        .map(|_| {
            let offset = dice.below(units + 2) as i32;
            let length = dice.below(units + 3) as i32 - 1;
            entity(dice, offset, length)
        })
        .collect();
    FormattedText { text, entities }
}

fn entity(dice: &mut Dice, offset: i32, length: i32) -> MessageEntity {
    match dice.below(14) {
        0 => types::MessageEntityBold { offset, length }.into(),
        1 => types::MessageEntityItalic { offset, length }.into(),
        2 => types::MessageEntityUnderline { offset, length }.into(),
        3 => types::MessageEntityStrike { offset, length }.into(),
        4 => types::MessageEntitySpoiler { offset, length }.into(),
        5 => types::MessageEntityCode { offset, length }.into(),
        6 => types::MessageEntityPre {
            offset,
            length,
            language: dice
                .pick(&["", "rust", "c++", "a b", "\"<&", "`", "\\", "é"])
                .into(),
        }
        .into(),
        7 => types::MessageEntityTextUrl {
            offset,
            length,
            url: match dice.below(4) {
                0 => dice.text(LETTERS, 5),
                _ => dice
                    .pick(&["http://h/a_(b)?c&d", "tg://user?id=5", "", "x\ny"])
                    .into(),
            },
        }
        .into(),
        8 => types::MessageEntityMentionName {
            offset,
            length,
            user_id: dice.pick(&[1, 5_000_000_002, 0, -1]),
        }
        .into(),
        9 => types::MessageEntityCustomEmoji {
            offset,
            length,
            document_id: dice.pick(&[5_368_324_170_671_202_286, 1, -1, 0]),
        }
        .into(),
        10 | 11 => types::MessageEntityBlockquote {
            collapsed: dice.below(2) == 0,
            offset,
            length,
        }
        .into(),
        12 => types::MessageEntityFormattedDate {
            relative: dice.below(4) == 0,
            short_time: dice.below(3) == 0,
            long_date: dice.below(3) == 0,
            offset,
            length,
            date: dice.pick(&[0, 1_647_531_900, -5]),
            ..Default::default()
        }
        .into(),
        _ => rare(dice, offset, length),
    }
}

fn rare(dice: &mut Dice, offset: i32, length: i32) -> MessageEntity {
    match dice.below(3) {
        0 => types::InputMessageEntityMentionName {
            offset,
            length,
            user_id: InputUser::UserSelf,
        }
        .into(),
        1 => types::MessageEntityUrl { offset, length }.into(),
        _ => types::MessageEntityUnknown { offset, length }.into(),
    }
}

/// A text and its marks in short, to be compared at a glance: `abc|b0-2 link(http://h/)1-3`.
pub(super) fn shown(text: &FormattedText) -> String {
    let marks: Vec<_> = read(&text.text, &text.entities)
        .0
        .iter()
        .map(mark)
        .collect();
    format!("{}|{}", text.text, marks.join(" "))
}

fn mark(span: &Span<'_>) -> String {
    let name = match &span.kind {
        Kind::Quote { collapsed: false } => "quote".to_owned(),
        Kind::Quote { collapsed: true } => "fold".to_owned(),
        Kind::Pre(language) => format!("pre({language})"),
        Kind::Code => "code".to_owned(),
        Kind::Time(time) => {
            format!(
                "time({} {})",
                time.date,
                time_format::format(time).unwrap_or_default()
            )
        }
        Kind::Link(url) => format!("link({url})"),
        Kind::Mention(id) => format!("user({id})"),
        Kind::InputMention(user) => format!("input({user:?})"),
        Kind::Style(Style::Bold) => "b".to_owned(),
        Kind::Style(Style::Italic) => "i".to_owned(),
        Kind::Style(Style::Underline) => "u".to_owned(),
        Kind::Style(Style::Strike) => "s".to_owned(),
        Kind::Style(Style::Spoiler) => "spoiler".to_owned(),
        Kind::Emoji(id) => format!("emoji({id})"),
    };
    format!("{name}{}-{}", span.start, span.end)
}

/// Demands that a text which was written and read again is the same, but for what was left out.
pub(super) fn assert_same(
    text: &FormattedText,
    written: &Written,
    again: Result<FormattedText, TextError>,
) {
    let normal = text.normalized();
    let again = match again {
        Ok(again) => again,
        Err(error) => panic!("{error}: {:?} of {}", written.text, shown(&normal)),
    };
    let context = || format!("{:?} of {}", written.text, shown(&normal));
    assert_eq!(again.text, text.text, "{}", context());
    if written.left_out.is_empty() {
        assert_eq!(shown(&again), shown(&normal), "{}", context());
        assert_eq!(again, normal, "{}", context());
        return;
    }
    // Nothing is lost silently, and nothing is made up.
    let (kept, _) = read(&again.text, &again.entities);
    let (left, _) = read(&text.text, &written.left_out);
    let (wanted, _) = read(&normal.text, &normal.entities);
    let has = |spans: &[Span<'_>], kind: &Kind<'_>, unit: usize| {
        spans
            .iter()
            .any(|span| span.kind == *kind && span.start <= unit && unit < span.end)
    };
    let in_code = |spans: &[Span<'_>], unit: usize| {
        spans
            .iter()
            .any(|span| span.kind.is_code() && span.start <= unit && unit < span.end)
    };
    for unit in 0..text.utf16_len() {
        for span in &wanted {
            let is_here = has(&wanted, &span.kind, unit);
            let is_told = has(&kept, &span.kind, unit) || has(&left, &span.kind, unit);
            assert!(!is_here || is_told, "{span:?} at {unit}: {}", context());
        }
        for span in &kept {
            // Where code was left out, the styles that it hid come to light, and of two that were
            // in each other's way the other may stand.
            let was_hidden = in_code(&left, unit) || in_code(&wanted, unit);
            let is_wanted = has(&wanted, &span.kind, unit) || was_hidden;
            assert!(
                is_wanted || !has(&kept, &span.kind, unit),
                "{span:?}: {}",
                context()
            );
        }
    }
}
