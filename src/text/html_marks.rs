//! What the tags of an HTML text mark, when they end.
use super::builder::Builder;
use super::html_tag::Begins;
use super::link;
use super::place::place;
use super::span::Kind;
use crate::tl::enums::MessageEntity;

/// What a tag has begun, and where.
pub(super) struct Begun {
    begins: Begins,
    unit: usize,
    byte: usize,
}

/// A text that is read of HTML, with what was marked so far.
pub(super) struct Marks {
    pub(super) out: Builder,
    /// The place of code that named its language last: a block of the same place is of it.
    language: Option<(usize, usize, String)>,
}

impl Marks {
    /// Room for what HTML of so many bytes becomes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            out: Builder::with_capacity(bytes),
            language: None,
        }
    }

    pub(super) fn begin(&mut self, begins: Begins) -> Begun {
        Begun {
            begins,
            unit: self.out.units(),
            byte: self.out.bytes(),
        }
    }

    /// Marks what has come since something began.
    pub(super) fn end(&mut self, begun: Begun) {
        match begun.begins {
            Begins::Mark(Kind::Pre(_)) => self.end_block(begun.unit),
            Begins::Mark(kind) => self.out.mark(begun.unit, kind),
            Begins::Link(url) => {
                let url = match url.is_empty() {
                    true => self.out.since(begun.byte).to_owned(),
                    false => url,
                };
                if let Some(kind) = link::link_to(url) {
                    self.out.mark(begun.unit, kind);
                }
            }
            Begins::Code(language) => self.end_code(begun.unit, language),
        }
    }

    fn end_block(&mut self, unit: usize) {
        let place = (unit, self.out.units());
        match self.language.take() {
            Some((start, end, language)) if (start, end) == place => {
                self.out.mark(unit, Kind::Pre(language.into()));
            }
            _ => self.out.mark(unit, Kind::Pre("".into())),
        }
    }

    /// A language means nothing but in a block of the same place, around the code or within it.
    fn end_code(&mut self, unit: usize, language: Option<String>) {
        let units = self.out.units();
        let Some(language) = language else {
            self.out.mark(unit, Kind::Code);
            return;
        };
        if let Some(last) = self.out.last()
            && place(last) == Some((unit, units))
            && let MessageEntity::Pre(block) = last
        {
            block.language = language;
            return;
        }
        self.out.mark(unit, Kind::Code);
        self.language = Some((unit, units, language));
    }
}
