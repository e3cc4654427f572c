//! A long text in parts.
use unicode_segmentation::UnicodeSegmentation as _;

use super::formatted::FormattedText;
use super::place::{place, put};
use super::units::{Walk, utf16_len};
use crate::tl::enums::MessageEntity;

impl FormattedText {
    /// The text in parts of at most so many UTF-16 code units, of which each can be sent: 4096 for
    /// messages, 1024 for captions, or what the account's limit is.
    ///
    /// A part ends with a line if that leaves it at least half full, else with a word. No
    /// letter of several code points is cut, nor a link, a mention, a custom emoji or code, unless
    /// it is longer than a part; what is bold, a quote or a block goes on in the next part.
    /// Blanks at the ends of a part are left out, as the server does, and parts with nothing in
    /// them.
    ///
    /// A limit below 2 counts as 2, for a letter may need as much.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::html("<b>one two</b> three")?;
    /// let parts: Vec<_> = (text.split(8).iter()).map(|part| part.to_html().text).collect();
    /// assert_eq!(parts, ["<b>one two</b>", "three"]);
    /// # Ok::<(), ferogram_sync::text::TextError>(())
    /// ```
    #[must_use]
    pub fn split(&self, limit: usize) -> Vec<Self> {
        let limit = limit.max(2);
        let mut parts = Vec::new();
        let mut left = Left::new(&self.entities);
        let whole = wholes(&self.entities);
        let mut from = 0;
        let mut unit = 0;
        while from < self.text.len() {
            let rest = &self.text[from..];
            let bytes = cut(rest, unit, limit, &whole);
            let text = &rest[..bytes];
            let end = unit + utf16_len(text);
            let part = Self {
                text: text.to_owned(),
                entities: left.take(unit, end),
            }
            .trimmed();
            if !part.text.is_empty() {
                parts.push(part);
            }
            from += bytes;
            unit = end;
        }
        parts
    }
}

/// The entities that are still to be given to parts.
struct Left {
    /// Those that were not reached, the next one last.
    later: Vec<(usize, usize, MessageEntity)>,
    /// Those that go on from the part before.
    open: Vec<(usize, usize, MessageEntity)>,
}

impl Left {
    fn new(entities: &[MessageEntity]) -> Self {
        let placed = |entity: &MessageEntity| place(entity).map(|(s, e)| (s, e, entity.clone()));
        let mut later: Vec<_> = entities.iter().filter_map(placed).collect();
        later.sort_by_key(|(start, ..)| *start);
        later.reverse();
        let open = Vec::new();
        Self { later, open }
    }

    /// What of the entities lies in a part, which is behind those that were asked for before.
    fn take(&mut self, from: usize, to: usize) -> Vec<MessageEntity> {
        while let Some(next) = self.later.pop_if(|(start, ..)| *start < to) {
            self.open.push(next);
        }
        let inside = |(start, end, entity): &(usize, usize, MessageEntity)| {
            let mut entity = entity.clone();
            put(&mut entity, start.max(&from) - from, end.min(&to) - from);
            entity
        };
        let entities = self.open.iter().map(inside).collect();
        self.open.retain(|(_, end, _)| *end > to);
        entities
    }
}

/// The places that should not be cut, in order and apart.
fn wholes(entities: &[MessageEntity]) -> Vec<(usize, usize)> {
    use MessageEntity as E;
    let may_be_cut = |entity: &&MessageEntity| {
        matches!(
            entity,
            E::Bold(_) | E::Italic(_) | E::Underline(_) | E::Strike(_) | E::Spoiler(_)
        ) || matches!(entity, E::Blockquote(_) | E::Pre(_) | E::Unknown(_))
    };
    let whole = entities.iter().filter(|entity| !may_be_cut(entity));
    let mut places: Vec<_> = whole.filter_map(place).collect();
    places.sort_unstable();
    places.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        if overlaps {
            last.1 = last.1.max(next.1);
        }
        overlaps
    });
    places
}

/// After how many bytes of the rest of a text, which begins at a unit, a part ends.
fn cut(rest: &str, unit: usize, limit: usize, whole: &[(usize, usize)]) -> usize {
    let mut walk = Walk::new(rest);
    let window = walk.to(limit).len();
    let Some(next) = rest[window..].chars().next() else {
        return window;
    };
    // The letter behind the window tells whether its last one is complete.
    let seen = &rest[..window + next.len_utf8()];
    let mut best = Best::default();
    let mut at = unit;
    let mut next_whole = whole.partition_point(|(_, end)| *end <= unit);
    let mut before = "";
    for (byte, letter) in seen.grapheme_indices(true) {
        while whole.get(next_whole).is_some_and(|(_, end)| *end <= at) {
            next_whole += 1;
        }
        if byte > 0 && byte <= window {
            let is_inside = whole.get(next_whole).is_some_and(|(start, _)| *start < at);
            best.offer(byte, before, is_inside);
        }
        before = letter;
        at += utf16_len(letter);
    }
    best.choose(window)
}

/// The last places found at which a part could end.
#[derive(Default)]
struct Best {
    line: usize,
    word: usize,
    letter: usize,
    inside: usize,
}

impl Best {
    fn offer(&mut self, byte: usize, before: &str, is_inside: bool) {
        self.inside = byte;
        if is_inside {
            return;
        }
        self.letter = byte;
        if before.ends_with('\n') {
            self.line = byte;
        }
        if before.ends_with(char::is_whitespace) {
            self.word = byte;
        }
    }

    fn choose(&self, window: usize) -> usize {
        let is_enough = |byte: &usize| *byte >= window / 2 && *byte > 0;
        let last = [self.letter, self.inside, window];
        [self.line, self.word]
            .into_iter()
            .find(is_enough)
            .or_else(|| last.into_iter().find(|byte| *byte > 0))
            .unwrap_or(window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{Dice, any_formatted};
    use crate::tl::types;

    fn split(text: &str, limit: usize) -> Vec<String> {
        let parts = FormattedText::plain(text).split(limit);
        parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn a_part_ends_with_a_line_or_a_word() {
        assert_eq!(split("on\ntwo three", 9), ["on\ntwo", "three"]);
        assert_eq!(split("one two\nthree", 9), ["one two", "three"]);
        assert_eq!(split("a\nbcdefghij", 6), ["a\nbcde", "fghij"]);
        assert_eq!(split("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(split("abcd", 4), ["abcd"]);
        assert_eq!(split("", 4), [""; 0]);
        assert_eq!(split("   \n  ", 2), [""; 0]);
    }

    #[test]
    fn letters_are_not_cut() {
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👧";
        assert_eq!(split(&format!("abc{family}"), 13), ["abc", family]);
        assert_eq!(split("ae\u{301}e\u{301}", 4), ["ae\u{301}", "e\u{301}"]);
        assert_eq!(split("🇩🇪🇫🇷🇪🇸", 9), ["🇩🇪🇫🇷", "🇪🇸"]);
        // Longer than a part: then between code points, but never within one.
        assert_eq!(split("😀😀", 1), ["😀", "😀"]);
        assert_eq!(split(family, 4).concat(), family);
    }

    #[test]
    fn links_are_not_cut_and_styles_go_on() {
        let link = |offset, length| -> MessageEntity {
            let url = "http://h/".to_owned();
            types::MessageEntityTextUrl {
                offset,
                length,
                url,
            }
            .into()
        };
        let bold = |offset, length| types::MessageEntityBold { offset, length }.into();
        let text = FormattedText {
            text: "abcdefghij".into(),
            entities: vec![bold(0, 10), link(4, 4)],
        };
        let parts = text.split(6);
        assert_eq!(parts[0].text, "abcd");
        assert_eq!(parts[0].entities, [bold(0, 4)]);
        assert_eq!(parts[1].text, "efghij");
        assert_eq!(parts[1].entities, [bold(0, 6), link(0, 4)]);
        assert_eq!(parts.len(), 2);
        let long = FormattedText {
            text: "abcdefghij".into(),
            entities: vec![link(0, 10)],
        };
        let parts = long.split(4);
        assert_eq!(parts[1].text, "efgh");
        assert_eq!(parts[1].entities, [link(0, 4)]);
    }

    #[test]
    fn all_of_the_text_arrives_and_every_part_fits() {
        let mut dice = Dice(3);
        for _ in 0..2000 {
            let text = any_formatted(&mut dice);
            let limit = 2 + dice.below(12);
            let parts = text.split(limit);
            let all = |text: &str| text.replace([' ', '\n'], "");
            let joined: String = parts.iter().map(|part| all(&part.text)).collect();
            assert_eq!(joined, all(&text.text));
            for part in &parts {
                assert!(part.utf16_len() <= limit, "{part:?}");
                for entity in &part.entities {
                    let (_, end) = place(entity).expect("it was put there");
                    assert!(end <= part.utf16_len(), "{part:?}");
                }
            }
        }
    }

    /// What is looked at for one part does not depend on how much text there is.
    #[test]
    fn one_letter_without_an_end_is_no_attack() {
        let text = format!("e{}", "\u{301}".repeat(1 << 20));
        assert_eq!(split(&text, 2).len(), (1 << 19) + 1);
    }
}
