//! Markdown as people write it in Telegram's apps, written.
use super::formatted::FormattedText;
use super::layers::Layers;
use super::link;
use super::span::{Kind, Span, Style};
use super::units::{Walk, utf16_len};
use super::written::{Form, Written, layers, left_out, write};

impl FormattedText {
    /// The text as Markdown of the apps, from which [`markdown`](Self::markdown) makes the same
    /// text with [the same marks](Self::normalized).
    ///
    /// This form has no words for underlines and quotes. Besides what [HTML](Self::to_html) cannot
    /// express either, it leaves out code that begins where other code ends, addresses with line
    /// breaks, and languages of blocks with blanks, backticks or backslashes in their names.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let markdown = FormattedText::html("<b>2 * 2</b> <u>is **4**</u>")?.to_markdown();
    /// assert_eq!(markdown.text, "**2 * 2** is \\*\\*4\\*\\*");
    /// assert_eq!(markdown.left_out.len(), 1);
    /// # Ok::<(), ferogram_sync::text::TextError>(())
    /// ```
    pub fn to_markdown(&self) -> Written {
        let (mut layers, foreign) = layers(&self.text, &self.entities);
        refuse(&mut layers);
        let left_out = left_out(&mut layers, foreign);
        let mut markdown = Markdown {
            out: String::with_capacity(self.text.len() + self.text.len() / 8),
            units: utf16_len(&self.text),
            open: Vec::new(),
        };
        write(&self.text, &layers.into_spans(), &mut markdown);
        let text = markdown.out;
        Written { text, left_out }
    }
}

/// Refuses what cannot be written.
fn refuse(layers: &mut Layers<'_>) {
    layers.keep_quotes(|_| false);
    let mut code_end = None;
    layers.keep_solids(|solid| {
        let keeps = match &solid.kind {
            Kind::Code => code_end != Some(solid.start),
            Kind::Pre(language) => code_end != Some(solid.start) && is_language(language),
            other => link::address(other).is_some_and(|(url, _)| !url.contains('\n')),
        };
        if keeps && solid.kind.is_code() {
            code_end = Some(solid.end);
        }
        keeps
    });
    layers.refuse_styles(|style, places| match style {
        Style::Underline => places.to_vec(),
        _ => Vec::new(),
    });
}

/// Whether a name can stand behind a fence; it may be empty.
fn is_language(language: &str) -> bool {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '\\' | '`');
    !language.contains(ends)
}

struct Markdown<'t> {
    out: String,
    /// The length of the text that is written.
    units: usize,
    open: Vec<Kind<'t>>,
}

impl<'t> Form<'t> for Markdown<'t> {
    fn open(&mut self, span: &Span<'t>) {
        match &span.kind {
            Kind::Style(style) => self.out.push_str(mark(*style)),
            Kind::Code => self.out.push('`'),
            Kind::Pre(language) => {
                self.out.push_str("```");
                self.out.push_str(language);
                self.out.push('\n');
            }
            Kind::Emoji(_) | Kind::Time(_) => self.out.push_str("!["),
            _ => self.out.push('['),
        }
        self.open.push(span.kind.clone());
    }

    fn text(&mut self, run: &str, end: &Walk<'_>) {
        if self.open.last().is_some_and(Kind::is_code) {
            escape(run, &mut self.out, |at, byte| {
                let next = run.as_bytes().get(at + 1);
                byte == b'`' || byte == b'\\' && next.is_none_or(u8::is_ascii_punctuation)
            });
            return;
        }
        let in_label = self.open.iter().any(|kind| !matches!(kind, Kind::Style(_)));
        let is_first = self.out.is_empty();
        let is_last = end.unit() == self.units && self.open.is_empty();
        let bytes = run.as_bytes();
        escape(run, &mut self.out, |at, byte| {
            let before = at.checked_sub(1).map(|before| bytes[before]);
            let next = bytes.get(at + 1).copied();
            // What stands at the end of a run may have a mark beside it.
            let could_be = |beside: Option<u8>, is_free: bool| match beside {
                Some(beside) => beside == byte,
                None => !is_free,
            };
            match byte {
                b'`' | b'[' => true,
                b']' => in_label,
                b'\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
                b'!' => next.is_none() && !is_last,
                b'(' | b')' => false,
                _ => could_be(before, is_first) || could_be(next, is_last),
            }
        });
    }

    fn close(&mut self, span: &Span<'t>) {
        self.open.pop();
        match &span.kind {
            Kind::Style(style) => self.out.push_str(mark(*style)),
            Kind::Code => self.out.push('`'),
            Kind::Pre(_) => self.out.push_str("\n```"),
            other => {
                let (url, _) = link::address(other).unwrap_or_default();
                self.out.push_str("](");
                escape(&url, &mut self.out, |_, byte| {
                    matches!(byte, b'(' | b')' | b'\\')
                });
                self.out.push(')');
            }
        }
    }
}

fn mark(style: Style) -> &'static str {
    match style {
        Style::Bold => "**",
        Style::Italic => "__",
        Style::Strike => "~~",
        Style::Spoiler => "||",
        // It was refused.
        Style::Underline => "",
    }
}

/// Adds a text with backslashes before those of its signs that would mean something.
fn escape(text: &str, out: &mut String, means: impl Fn(usize, u8) -> bool) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let is_sign = matches!(
            byte,
            b'\\' | b'*' | b'_' | b'~' | b'|' | b'`' | b'[' | b']' | b'(' | b')' | b'!'
        );
        if is_sign && means(at, byte) {
            out.push_str(&text[from..at]);
            out.push('\\');
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

/// Adds a text with backslashes before all that could mean something, wherever it will stand.
pub(super) fn escape_all(text: &str, out: &mut String) {
    escape(text, out, |_, _| true);
}
