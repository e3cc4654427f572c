//! `MarkdownV2` as the Bot API has it, written.
//!
//! See <https://core.telegram.org/bots/api#markdownv2-style>.
use super::formatted::FormattedText;
use super::layers::Layers;
use super::link;
use super::span::{Kind, Span, Style};
use super::units::{Walk, utf16_len};
use super::written::{Form, Written, layers, left_out, write};

impl FormattedText {
    /// The text as `MarkdownV2`, from which [`markdown_v2`](Self::markdown_v2) makes the same text
    /// with [the same marks](Self::normalized).
    ///
    /// Besides what [HTML](Self::to_html) has no words for, `MarkdownV2` cannot express quotes that
    /// begin within a line, or that do not end with a line break or with the text; links that share
    /// the last line break of a quote, and what of a style begins in a quote and lies over that
    /// line break; and languages of blocks with blanks or backticks in their names.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let html = "<i>a_b</i>\n<blockquote expandable>c\nd</blockquote>";
    /// let markdown = FormattedText::html(html)?.to_markdown_v2();
    /// assert_eq!(markdown.text, "_a\\_b_\n>c\n>d||");
    /// assert!(markdown.left_out.is_empty());
    /// # Ok::<(), ferogram_sync::text::TextError>(())
    /// ```
    pub fn to_markdown_v2(&self) -> Written {
        let (mut layers, foreign) = layers(&self.text, &self.entities);
        let units = utf16_len(&self.text);
        refuse(&mut layers, &self.text, units);
        let left_out = left_out(&mut layers, foreign);
        // Nothing can be ended behind a quote that ends with the text.
        if let Some(last) = layers.quotes.last().filter(|quote| quote.end == units) {
            let start = last.start;
            layers.cut_styles(start);
        }
        let mut spans = layers.into_spans();
        put_styles_outside(&mut spans, units);
        let mut markdown = MarkdownV2 {
            out: String::with_capacity(self.text.len() + self.text.len() / 8),
            open: Vec::new(),
            quote_starts: (spans.iter())
                .filter(|span| matches!(span.kind, Kind::Quote { .. }))
                .map(|span| span.start)
                .collect(),
            quote_ended: None,
            lone: None,
        };
        write(&self.text, &spans, &mut markdown);
        let text = markdown.out;
        Written { text, left_out }
    }
}

/// Refuses what cannot be written.
fn refuse(layers: &mut Layers<'_>, text: &str, units: usize) {
    if !layers.quotes.is_empty() {
        let lines = line_starts(text);
        let is_line = |unit: usize| unit == 0 || lines.binary_search(&unit).is_ok();
        layers.keep_quotes(|quote| {
            is_line(quote.start) && (quote.end == units || is_line(quote.end))
        });
    }
    let quotes: Vec<_> = (layers.quotes.iter())
        .filter(|quote| quote.end < units)
        .map(|quote| (quote.start, quote.end))
        .collect();
    let ends_quote = |solid: &Span<'_>| {
        quotes
            .binary_search_by_key(&solid.end, |quote| quote.1)
            .is_ok()
    };
    layers.keep_solids(|solid| {
        let can_be_written = match &solid.kind {
            Kind::Code => true,
            Kind::Pre(language) => is_language(language),
            other => link::address(other).is_some(),
        };
        can_be_written && !ends_quote(solid)
    });
    // The line break that ends a quote can only lie in a style that contains the quote.
    layers.refuse_styles(|_, places| {
        let mut next = 0;
        let mut holes = Vec::new();
        for &(start, end) in &quotes {
            while places.get(next).is_some_and(|place| place.1 < end) {
                next += 1;
            }
            if places
                .get(next)
                .is_some_and(|place| start < place.0 && place.0 < end)
            {
                holes.push((end - 1, end));
            }
        }
        holes
    });
}

/// The units behind line breaks.
fn line_starts(text: &str) -> Vec<usize> {
    let mut unit = 0;
    let mut starts = Vec::new();
    for line in text.split_inclusive('\n') {
        unit += utf16_len(line);
        if line.ends_with('\n') {
            starts.push(unit);
        }
    }
    starts
}

/// Whether a name can stand behind a fence, up to the line break; it may be empty.
fn is_language(language: &str) -> bool {
    let ends = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r' | b'\0' | b'`');
    !language.bytes().any(ends)
}

/// Puts styles outside of a quote of the same place: so its last line break lies in them.
fn put_styles_outside(spans: &mut [Span<'_>], units: usize) {
    for at in 1..spans.len() {
        let (quote, style) = (&spans[at - 1], &spans[at]);
        let same = (quote.start, quote.end) == (style.start, style.end) && quote.end < units;
        let is_quote = matches!(quote.kind, Kind::Quote { .. });
        if same && is_quote && matches!(style.kind, Kind::Style(_)) {
            spans.swap(at - 1, at);
        }
    }
}

struct MarkdownV2<'t> {
    out: String,
    open: Vec<Span<'t>>,
    /// The units at which quotes begin, in order.
    quote_starts: Vec<usize>,
    /// The unit at which a quote ended last.
    quote_ended: Option<usize>,
    /// The length of what was written, if it ends with a single `_` that means something.
    lone: Option<usize>,
}

impl MarkdownV2<'_> {
    fn mark(&mut self, style: Style) {
        let mark = match style {
            Style::Bold => "*",
            Style::Italic => "_",
            Style::Underline => "__",
            Style::Strike => "~",
            Style::Spoiler => "||",
        };
        // Two are read as one underline wherever they stand: bold text with nothing in it parts
        // them.
        if mark.starts_with('_') && self.lone == Some(self.out.len()) {
            self.out.push_str("**");
        }
        self.out.push_str(mark);
        if mark == "_" {
            self.lone = Some(self.out.len());
        }
    }

    fn begin_quote(&mut self, at: usize) {
        // Bold text with nothing in it parts it from the quote before.
        if self.quote_ended == Some(at) {
            self.out.push_str("**");
        }
        self.out.push('>');
    }

    fn code(&mut self, run: &str, end: usize) {
        let quote_follows = self.quote_starts.binary_search(&end).is_ok();
        let (run, line) = match run.strip_suffix('\n') {
            // Escaped, it begins a line for what stands behind the code.
            Some(run) if quote_follows => (run, "\\\n"),
            _ => (run, ""),
        };
        // Behind the line break of the fence it would be taken for a part of that.
        if run.starts_with('\r') && self.out.ends_with('\n') {
            self.out.push('\\');
        }
        escape(run, &mut self.out, |byte| matches!(byte, b'`' | b'\\'));
        self.out.push_str(line);
    }

    /// Text in a quote, each line with its mark.
    fn quoted(&mut self, run: &str, end: usize, quote_end: usize) {
        let (run, last) = match run.strip_suffix('\n') {
            Some(run) if end == quote_end => (run, true),
            _ => (run, false),
        };
        for (number, line) in run.split('\n').enumerate() {
            if number > 0 {
                self.out.push_str("\n>");
            }
            escape_text(line, &mut self.out);
        }
        match self.open.last().map(|span| &span.kind) {
            Some(Kind::Quote { collapsed }) if last => {
                let fold = if *collapsed { "||\n" } else { "\n" };
                self.out.push_str(fold);
                self.quote_ended = Some(end);
            }
            // The text ends, and with it the quote, but not before what is open in it.
            _ if last => self.out.push_str("\\\n"),
            _ => {}
        }
    }
}

impl<'t> Form<'t> for MarkdownV2<'t> {
    fn open(&mut self, span: &Span<'t>) {
        match &span.kind {
            Kind::Style(style) => self.mark(*style),
            Kind::Quote { .. } => self.begin_quote(span.start),
            Kind::Code => self.out.push('`'),
            Kind::Pre(language) => {
                self.out.push_str("```");
                self.out.push_str(language);
                self.out.push('\n');
            }
            Kind::Emoji(_) | Kind::Time(_) => self.out.push_str("!["),
            Kind::Link(_) | Kind::Mention(_) | Kind::InputMention(_) => self.out.push('['),
        }
        self.open.push(span.clone());
    }

    fn text(&mut self, run: &str, end: &Walk<'_>) {
        let end = end.unit();
        let is_quote = |span: &&Span<'_>| matches!(span.kind, Kind::Quote { .. });
        if self.open.last().is_some_and(|span| span.kind.is_code()) {
            self.code(run, end);
        } else if let Some(quote_end) = self.open.iter().find(is_quote).map(|quote| quote.end) {
            self.quoted(run, end, quote_end);
        } else {
            escape_text(run, &mut self.out);
        }
    }

    fn close(&mut self, span: &Span<'t>) {
        self.open.pop();
        match &span.kind {
            Kind::Style(style) => self.mark(*style),
            Kind::Quote { collapsed } => {
                if *collapsed && self.quote_ended != Some(span.end) {
                    self.out.push_str("||");
                }
            }
            Kind::Code => self.out.push('`'),
            Kind::Pre(_) => self.out.push_str("```"),
            other => {
                let (url, _) = link::address(other).unwrap_or_default();
                self.out.push_str("](");
                escape(&url, &mut self.out, |byte| matches!(byte, b')' | b'\\'));
                self.out.push(')');
            }
        }
    }
}

/// Adds a text with backslashes before what would mean something.
pub(super) fn escape_text(text: &str, out: &mut String) {
    let reserved = |byte| {
        matches!(
            byte,
            b'\\' | b'_' | b'*' | b'[' | b']' | b'(' | b')' | b'~' | b'`' | b'>' | b'#' | b'+'
        ) || matches!(byte, b'-' | b'=' | b'|' | b'{' | b'}' | b'.' | b'!')
    };
    escape(text, out, reserved);
}

fn escape(text: &str, out: &mut String, reserved: impl Fn(u8) -> bool) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if reserved(byte) {
            out.push_str(&text[from..at]);
            out.push('\\');
            from = at;
        }
    }
    out.push_str(&text[from..]);
}
