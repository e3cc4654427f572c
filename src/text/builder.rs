//! A text that a parser puts together.
use super::formatted::{FormattedText, ordered};
use super::normal::read;
use super::span::{Kind, Span};
use super::units::utf16_len;
use crate::tl::enums::MessageEntity;

/// How many marks may be open within each other: far more than any text needs, and few enough
/// that what is open costs little beside the text.
pub(super) const DEPTH_MAX: usize = 256;

/// Room is made for a mark in so many bytes: in most texts there are fewer.
const BYTES_A_MARK: usize = 64;

/// A text that grows, with what was marked so far.
pub(super) struct Builder {
    text: String,
    /// How many bytes are counted, and the units that they are: many pieces are counted at once.
    counted: usize,
    units: usize,
    entities: Vec<MessageEntity>,
    /// Where the last of them ends.
    end: usize,
    /// Whether each begins behind the end of the one before: then all is in order.
    is_in_a_row: bool,
}

impl Builder {
    /// Room for what a marked-up text of so many bytes becomes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self::with_room(bytes, bytes / BYTES_A_MARK)
    }

    /// Room for so many bytes and marks.
    pub(super) fn with_room(bytes: usize, marks: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            counted: 0,
            units: 0,
            entities: Vec::with_capacity(marks),
            end: 0,
            is_in_a_row: true,
        }
    }

    pub(super) fn push(&mut self, run: &str) {
        self.text.push_str(run);
    }

    pub(super) fn push_letter(&mut self, letter: char) {
        self.text.push(letter);
    }

    /// The units that the text has so far.
    pub(super) fn units(&mut self) -> usize {
        self.units += utf16_len(&self.text[self.counted..]);
        self.counted = self.text.len();
        self.units
    }

    /// The bytes that the text has so far.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The text from a byte on.
    pub(super) fn since(&self, byte: usize) -> &str {
        &self.text[byte..]
    }

    /// Marks the text from a unit on, if there is any.
    pub(super) fn mark(&mut self, start: usize, kind: Kind<'static>) {
        let end = self.units();
        if start < end {
            self.is_in_a_row &= self.entities.is_empty() || self.end < start;
            self.end = end;
            self.entities.push(Span { start, end, kind }.entity());
        }
    }

    /// What was marked last.
    pub(super) fn last(&mut self) -> Option<&mut MessageEntity> {
        self.entities.last_mut()
    }

    pub(super) fn finish(self) -> FormattedText {
        let Self { text, entities, .. } = self;
        if self.is_in_a_row {
            return FormattedText { text, entities };
        }
        let entities = ordered(read(&text, &entities).0);
        FormattedText { text, entities }
    }
}
