//! HTML as the Bot API has it, written.
//!
//! See <https://core.telegram.org/bots/api#html-style>.
use super::formatted::FormattedText;
use super::link;
use super::span::{Kind, Span, Style};
use super::time_format;
use super::written::{Form, Written, layers, left_out, write};

impl FormattedText {
    /// The text as HTML, from which [`html`](Self::html) makes the same text with
    /// [the same marks](Self::normalized).
    ///
    /// HTML cannot express what links to `tg://user?id=` without being a mention, mentions with an
    /// access hash, and ids that cannot be.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    /// use ferogram_sync::tl::types::{MessageEntityBold, MessageEntityItalic};
    ///
    /// let text = FormattedText {
    ///     text: "a < b".into(),
    ///     entities: vec![
    ///         MessageEntityBold { offset: 0, length: 3 }.into(),
    ///         MessageEntityItalic { offset: 2, length: 3 }.into(),
    ///     ],
    /// };
    /// let html = text.to_html();
    /// assert_eq!(html.text, "<b>a <i>&lt;</i></b><i> b</i>");
    /// assert!(html.left_out.is_empty());
    /// ```
    pub fn to_html(&self) -> Written {
        let (mut layers, foreign) = layers(&self.text, &self.entities);
        layers.keep_solids(|solid| solid.kind.is_code() || link::address(&solid.kind).is_some());
        let left_out = left_out(&mut layers, foreign);
        let mut html = Html {
            out: String::with_capacity(self.text.len() + self.entities.len() * 8),
        };
        write(&self.text, &layers.into_spans(), &mut html);
        let text = html.out;
        Written { text, left_out }
    }
}

struct Html {
    out: String,
}

impl Form for Html {
    fn open(&mut self, span: &Span) {
        let out = &mut self.out;
        match &span.kind {
            Kind::Link(_) | Kind::Mention(_) => {
                let (url, _) = link::address(&span.kind).unwrap_or_default();
                out.push_str("<a href=\"");
                escape(&url, out);
                out.push_str("\">");
            }
            Kind::Emoji(id) => *out += &format!("<tg-emoji emoji-id=\"{id}\">"),
            Kind::Time(time) => {
                *out += &format!("<tg-time unix=\"{}\"", time.date);
                match time_format::format(time) {
                    Some(format) if !format.is_empty() => *out += &format!(" format=\"{format}\">"),
                    _ => out.push('>'),
                }
            }
            Kind::Quote { collapsed: true } => out.push_str("<blockquote expandable>"),
            Kind::Pre(language) if !language.is_empty() => {
                out.push_str("<pre><code class=\"language-");
                escape(language, out);
                out.push_str("\">");
            }
            other => {
                out.push('<');
                out.push_str(name(other));
                out.push('>');
            }
        }
    }

    fn text(&mut self, run: &str, _end: usize) {
        escape(run, &mut self.out);
    }

    fn close(&mut self, span: &Span) {
        if matches!(&span.kind, Kind::Pre(language) if !language.is_empty()) {
            self.out.push_str("</code>");
        }
        self.out.push_str("</");
        self.out.push_str(name(&span.kind));
        self.out.push('>');
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Quote { .. } => "blockquote",
        Kind::Pre(_) => "pre",
        Kind::Code => "code",
        Kind::Time(_) => "tg-time",
        Kind::Link(_) | Kind::Mention(_) | Kind::InputMention(_) => "a",
        Kind::Style(Style::Bold) => "b",
        Kind::Style(Style::Italic) => "i",
        Kind::Style(Style::Underline) => "u",
        Kind::Style(Style::Strike) => "s",
        Kind::Style(Style::Spoiler) => "tg-spoiler",
        Kind::Emoji(_) => "tg-emoji",
    }
}

/// Adds a text with references for what would be read as something else, in attributes too.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(reference);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
