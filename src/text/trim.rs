//! Blanks at both ends.
use super::formatted::FormattedText;
use super::place::{place, put};
use super::units::utf16_len;

impl FormattedText {
    /// The text without spaces and line breaks at both ends, as the server keeps it; the entities
    /// are moved and cut, and those of which nothing is left are left out.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::html("  <b>  </b><i>x </i>\n")?.trimmed();
    /// assert_eq!(text.text, "x");
    /// assert_eq!(text.to_html().text, "<i>x</i>");
    /// # Ok::<(), ferogram_sync::text::TextError>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/entities>.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        let blanks = [' ', '\n'];
        let behind = self.text.trim_end_matches(blanks).len();
        self.text.truncate(behind);
        let kept = self.text.trim_start_matches(blanks).len();
        let before = self.text.len() - kept;
        self.text.drain(..before);
        // A blank has one byte and one unit.
        let units = utf16_len(&self.text);
        self.entities.retain_mut(|entity| {
            let Some((start, end)) = place(entity) else {
                return false;
            };
            let start = start.saturating_sub(before).min(units);
            let end = end.saturating_sub(before).min(units);
            put(entity, start, end);
            start < end
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types::MessageEntityBold;

    fn trimmed(text: &str, places: &[(i32, i32)]) -> (String, Vec<(usize, usize)>) {
        let bold = |&(offset, length): &(i32, i32)| MessageEntityBold { offset, length }.into();
        let text = FormattedText {
            text: text.into(),
            entities: places.iter().map(bold).collect(),
        }
        .trimmed();
        let places = text.entities.iter().filter_map(place).collect();
        (text.text, places)
    }

    #[test]
    fn entities_move_with_the_text() {
        let (text, places) = trimmed(" \n😀 x \n", &[(0, 8), (0, 2), (5, 1), (6, 2), (2, 2)]);
        assert_eq!(text, "😀 x");
        assert_eq!(places, [(0, 4), (3, 4), (0, 2)]);
    }

    #[test]
    fn a_blank_text_becomes_empty() {
        assert_eq!(trimmed(" \n ", &[(0, 3)]), (String::new(), Vec::new()));
        assert_eq!(trimmed("\tx", &[]), ("\tx".to_owned(), Vec::new()));
    }
}
