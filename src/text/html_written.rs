//! HTML as the Bot API has it, written.
//!
//! See <https://core.telegram.org/bots/api#html-style>.
use super::formatted::FormattedText;
use super::link;
use super::scan::{Search, Signs};
use super::span::{Kind, Span, Style};
use super::time_format;
use super::units::Walk;
use super::written::{Form, Written, spans, write};

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
        let (spans, left_out) = spans(&self.text, &self.entities, |kind| {
            kind.is_code() || link::has_address(kind)
        });
        let mut html = Html {
            out: String::with_capacity(self.text.len() + self.entities.len() * 24),
            signs: Search::new(&self.text),
        };
        write(&self.text, &spans, &mut html);
        let text = html.out;
        Written { text, left_out }
    }
}

struct Html<'t> {
    out: String,
    signs: Search<'t, Special>,
}

impl<'t> Form<'t> for Html<'t> {
    fn open(&mut self, span: &Span<'t>) {
        let out = &mut self.out;
        match &span.kind {
            Kind::Link(url) => {
                out.push_str("<a href=\"");
                escape(url, out);
                out.push_str("\">");
            }
            Kind::Mention(id) => *out += &format!("<a href=\"tg://user?id={id}\">"),
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
            other => out.push_str(tags(other).0),
        }
    }

    fn text(&mut self, run: &str, end: &Walk<'_>) {
        escape_found(run, end.byte() - run.len(), &mut self.signs, &mut self.out);
    }

    fn close(&mut self, span: &Span<'t>) {
        if matches!(&span.kind, Kind::Pre(language) if !language.is_empty()) {
            self.out.push_str("</code>");
        }
        self.out.push_str(tags(&span.kind).1);
    }
}

/// The tags of a mark without attributes; of others only the second is written.
fn tags(kind: &Kind<'_>) -> (&'static str, &'static str) {
    match kind {
        Kind::Quote { .. } => ("<blockquote>", "</blockquote>"),
        Kind::Pre(_) => ("<pre>", "</pre>"),
        Kind::Code => ("<code>", "</code>"),
        Kind::Time(_) => ("<tg-time>", "</tg-time>"),
        Kind::Link(_) | Kind::Mention(_) | Kind::InputMention(_) => ("<a>", "</a>"),
        Kind::Style(Style::Bold) => ("<b>", "</b>"),
        Kind::Style(Style::Italic) => ("<i>", "</i>"),
        Kind::Style(Style::Underline) => ("<u>", "</u>"),
        Kind::Style(Style::Strike) => ("<s>", "</s>"),
        Kind::Style(Style::Spoiler) => ("<tg-spoiler>", "</tg-spoiler>"),
        Kind::Emoji(_) => ("<tg-emoji>", "</tg-emoji>"),
    }
}

struct Special;

impl Signs for Special {
    const LIST: &'static [u8] = b"<>&\"";
}

/// Adds a text with references for what would be read as something else, in attributes too.
pub(super) fn escape(text: &str, out: &mut String) {
    escape_found(text, 0, &mut Search::new(text), out);
}

/// The same for a part of a text, from a byte on, through all of which a search goes.
fn escape_found(run: &str, from: usize, signs: &mut Search<'_, Special>, out: &mut String) {
    let mut at = 0;
    while let Some(sign) = signs
        .next(from + at)
        .filter(|sign| *sign < from + run.len())
    {
        let sign = sign - from;
        out.push_str(&run[at..sign]);
        out.push_str(match run.as_bytes()[sign] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            _ => "&quot;",
        });
        at = sign + 1;
    }
    out.push_str(&run[at..]);
}
