//! HTML as the Bot API has it, read.
//!
//! See <https://core.telegram.org/bots/api#html-style>.
use super::builder::DEPTH_MAX;
use super::error::{TextError, TextFault};
use super::formatted::FormattedText;
use super::html_marks::{Begun, Marks};
use super::html_reference as reference;
use super::html_tag::{Begins, Name, Tag, tag};
use super::scan::{Search, Signs};

impl FormattedText {
    /// Reads HTML as the Bot API has it: `b` `strong` `i` `em` `u` `ins` `s` `strike` `del`,
    /// `tg-spoiler` and `span class="tg-spoiler"`, `a href`, `code`, `pre` with
    /// `code class="language-.."`, `blockquote` and `blockquote expandable`, `tg-emoji emoji-id`,
    /// `tg-time unix format`; `&lt;` `&gt;` `&amp;` `&quot;` and numbers. A link to `tg://user?id=`
    /// is a mention, and a link without address leads to what its text says.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::html("<b>1 &lt; 2</b> <a href=\"http://a.example/\">why</a>")?;
    /// assert_eq!(text.text, "1 < 2 why");
    /// assert_eq!(text.text_of(&text.entities[1]), "why");
    /// let error = FormattedText::html("<b>1").unwrap_err();
    /// assert_eq!(error.to_string(), "the b that begins here has no end, at byte 0");
    /// # Ok::<(), ferogram_sync::text::TextError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where a `<` begins no tag of these, or tags do not end in the order in which they began.
    ///
    /// See <https://core.telegram.org/bots/api#html-style>.
    pub fn html(html: &str) -> Result<Self, TextError> {
        parse(html, &[], false)
    }

    /// Reads HTML like [`html`](Self::html), and takes as text what would be an error there: for
    /// what people have written by hand.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::html_lenient("1 < 2 </b> <b>3</b> <br>");
    /// assert_eq!(text.text, "1 < 2 </b> 3 <br>");
    /// assert_eq!(text.text_of(&text.entities[0]), "3");
    /// ```
    #[must_use]
    pub fn html_lenient(html: &str) -> Self {
        let literal = literal(html);
        parse(html, &literal, true).unwrap_or_else(|_| Self::plain(html))
    }
}

/// The bytes that mean something.
struct Special;

impl Signs for Special {
    const LIST: &'static [u8] = b"<&";
}

/// Those of them that begin tags.
struct Tags;

impl Signs for Tags {
    const LIST: &'static [u8] = b"<";
}

/// What a tag has begun.
struct Open {
    name: Name,
    begun: Begun,
    /// Where the tag stands.
    at: usize,
}

/// Reads HTML, in which some places are text whatever they look like.
fn parse(
    html: &str,
    literal: &[(usize, usize)],
    lenient: bool,
) -> Result<FormattedText, TextError> {
    let mut parser = Parser {
        marks: Marks::with_capacity(html.len()),
        open: Vec::new(),
    };
    let mut literal = literal.iter().peekable();
    let mut signs = Search::<Special>::new(html);
    let mut at = 0;
    while let Some(sign) = signs.next(at) {
        parser.marks.out.push(&html[at..sign]);
        at = sign;
        if html.as_bytes()[at] == b'&' {
            at += parser.refer(&html[at..], at, lenient)?;
        } else if let Some((_, end)) = literal.next_if(|(begin, _)| *begin == at) {
            parser.marks.out.push(&html[at..*end]);
            at = *end;
        } else {
            let (tag, end) = tag(html, at)?;
            match tag {
                Tag::Open(name, begins) => parser.begin(name, begins, at)?,
                Tag::Close(name) => parser.end(name, at)?,
            }
            at = end;
        }
    }
    parser.marks.out.push(&html[at..]);
    match parser.open.pop() {
        Some(last) => TextFault::Unclosed(last.name.text()).at(last.at),
        None => Ok(parser.marks.out.finish()),
    }
}

struct Parser {
    marks: Marks,
    open: Vec<Open>,
}

impl Parser {
    /// Adds what a reference stands for, and tells how many bytes that took.
    fn refer(&mut self, rest: &str, at: usize, lenient: bool) -> Result<usize, TextError> {
        match reference::letter(rest) {
            Ok(Some((letter, bytes))) => {
                self.marks.out.push_letter(letter);
                Ok(bytes)
            }
            Err(()) if !lenient => TextFault::Surrogate.at(at),
            Ok(None) | Err(()) => {
                self.marks.out.push_letter('&');
                Ok(1)
            }
        }
    }

    fn begin(&mut self, name: Name, begins: Begins, at: usize) -> Result<(), TextError> {
        if self.open.len() == DEPTH_MAX {
            return TextFault::TooDeep(DEPTH_MAX).at(at);
        }
        let begun = self.marks.begin(begins);
        self.open.push(Open { name, begun, at });
        Ok(())
    }

    fn end(&mut self, name: Name, at: usize) -> Result<(), TextError> {
        let matches = |last: &mut Open| name == last.name || name == Name::ANY;
        match self.open.pop_if(matches) {
            Some(open) => {
                self.marks.end(open.begun);
                Ok(())
            }
            None => TextFault::UnexpectedEnd.at(at),
        }
    }
}

/// The places of an HTML text that make it wrong, in order: what begins no tag, and the tags that
/// have no partner.
fn literal(html: &str) -> Vec<(usize, usize)> {
    let mut literal = Vec::new();
    let mut open: Vec<(Name, usize, usize)> = Vec::new();
    let mut count = [0_usize; Name::COUNT];
    let mut tags = Search::<Tags>::new(html);
    let mut at = 0;
    while let Some(begin) = tags.next(at) {
        let Ok((tag, end)) = tag(html, begin) else {
            literal.push((begin, begin + 1));
            at = begin + 1;
            continue;
        };
        at = end;
        match tag {
            Tag::Open(..) if open.len() == DEPTH_MAX => literal.push((begin, end)),
            Tag::Open(name, _) => {
                count[name.place()] += 1;
                open.push((name, begin, end));
            }
            Tag::Close(name) => {
                let is_open = count[name.place()] > 0 || name == Name::ANY;
                let mut partner = None;
                // What was begun later and has no end of its own cannot have one any more.
                while let Some((last, from, to)) = open.pop_if(|_| is_open && partner.is_none()) {
                    count[last.place()] -= 1;
                    match last == name || name == Name::ANY {
                        true => partner = Some(from),
                        false => literal.push((from, to)),
                    }
                }
                if partner.is_none() {
                    literal.push((begin, end));
                }
            }
        }
    }
    literal.extend(open.into_iter().map(|(_, from, to)| (from, to)));
    literal.sort_unstable();
    literal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{Dice, any_formatted, shown};

    fn html(source: &str) -> String {
        shown(&FormattedText::html(source).expect(source))
    }

    fn fault(source: &str) -> (usize, TextFault) {
        let error = FormattedText::html(source).expect_err(source);
        (error.offset, error.fault)
    }

    /// The examples of the official page.
    #[test]
    fn the_official_examples_are_read() {
        for (source, expected) in [
            (
                "<b>bold</b>, <strong>bold</strong>",
                "bold, bold|b0-4 b6-10",
            ),
            (
                "<i>italic</i>, <em>italic</em>",
                "italic, italic|i0-6 i8-14",
            ),
            (
                "<u>underline</u>, <ins>underline</ins>",
                "underline, underline|u0-9 u11-20",
            ),
            (
                "<s>s</s>, <strike>s</strike>, <del>s</del>",
                "s, s, s|s0-1 s3-4 s6-7",
            ),
            (
                "<span class=\"tg-spoiler\">spoiler</span>, <tg-spoiler>spoiler</tg-spoiler>",
                "spoiler, spoiler|spoiler0-7 spoiler9-16",
            ),
            (
                "<b>bold <i>italic bold <s>italic bold strikethrough <span class=\"tg-spoiler\">\
                 italic bold strikethrough spoiler</span></s> <u>underline italic bold</u></i> \
                 bold</b>",
                "bold italic bold italic bold strikethrough italic bold strikethrough spoiler \
                 underline italic bold bold|b0-103 i5-98 s17-76 spoiler43-76 u77-98",
            ),
            (
                "<a href=\"http://www.example.com/\">inline URL</a>",
                "inline URL|link(http://www.example.com/)0-10",
            ),
            (
                "<a href=\"tg://user?id=123456789\">inline mention of a user</a>",
                "inline mention of a user|user(123456789)0-24",
            ),
            (
                "<tg-emoji emoji-id=\"5368324170671202286\">👍</tg-emoji>",
                "👍|emoji(5368324170671202286)0-2",
            ),
            (
                "<tg-time unix=\"1647531900\" format=\"wDT\">22:45 tomorrow</tg-time>",
                "22:45 tomorrow|time(1647531900 wDT)0-14",
            ),
            (
                "<tg-time unix=\"1647531900\">22:45 tomorrow</tg-time>",
                "22:45 tomorrow|time(1647531900 )0-14",
            ),
            (
                "<code>inline fixed-width code</code>",
                "inline fixed-width code|code0-23",
            ),
            ("<pre>pre-formatted</pre>", "pre-formatted|pre()0-13"),
            (
                "<pre><code class=\"language-python\">pre-formatted</code></pre>",
                "pre-formatted|pre(python)0-13",
            ),
            ("<blockquote>a\nb</blockquote>", "a\nb|quote0-3"),
            ("<blockquote expandable>a\nb</blockquote>", "a\nb|fold0-3"),
        ] {
            assert_eq!(html(source), expected);
        }
    }

    #[test]
    fn small_print() {
        for (source, expected) in [
            // Empty, or empty but for what is empty.
            ("<b></b>x", "x|"),
            ("<code></code><i><b></b></i>", "|"),
            ("<a href=\"http://h/\"></a>", "|"),
            // The text is the address where there is none.
            ("<a>http://h/</a>", "http://h/|link(http://h/)0-9"),
            ("<a href=\"\">&lt;</a>", "<|link(<)0-1"),
            (
                "<a href='http://h/?a=1&amp;b=\"2\"'>x</a>",
                "x|link(http://h/?a=1&b=\"2\")0-1",
            ),
            // `</>` ends what was begun last, and blanks may stand before the end of a tag.
            ("<b><i>x</></b >", "x|b0-1 i0-1"),
            ("<B>x</b>", "x|b0-1"),
            // A language means something for the whole of a block only.
            ("<code class=\"language-x\">a</code>", "a|code0-1"),
            (
                "<pre>a<code class=\"language-x\">b</code></pre>",
                "ab|pre()0-2",
            ),
            (
                "<code class=\"language-x\"><pre>a</pre></code>",
                "a|pre(x)0-1",
            ),
            ("<pre><code>a</code></pre>", "a|pre()0-1"),
            (
                "<code class=\"language-x\">a</code><pre>b</pre>",
                "ab|code0-1 pre()1-2",
            ),
            ("1 > 0 &nbsp; & &amp;amp;", "1 > 0 &nbsp; & &amp;|"),
            ("😀<b>&#128512;a</b>", "😀😀a|b2-5"),
            ("<code>&lt;x&gt;</code>", "<x>|code0-3"),
            ("<b>a<b>b</b>c</b>", "abc|b0-3"),
            ("<a href=\"x\">a<a href=\"y\">b</a></a>", "ab|link(x)0-2"),
        ] {
            assert_eq!(html(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (source, offset, fault_) in [
            ("é<b>x", 2, TextFault::Unclosed("b")),
            ("<b>x</i>", 4, TextFault::UnexpectedEnd),
            ("<b>x</strong>", 4, TextFault::UnexpectedEnd),
            ("x</b>", 1, TextFault::UnexpectedEnd),
            ("x</>", 1, TextFault::UnexpectedEnd),
            ("<b><i>x</b></i>", 7, TextFault::UnexpectedEnd),
            ("1 < 2", 2, TextFault::Tag),
            ("a<br>b", 1, TextFault::UnknownTag("br".into())),
            ("<!-- x -->", 0, TextFault::Tag),
            ("x&#xD83D;", 1, TextFault::Surrogate),
        ] {
            assert_eq!(fault(source), (offset, fault_), "{source}");
        }
        let deep = "<b>".repeat(DEPTH_MAX + 1);
        assert_eq!(fault(&deep), (3 * DEPTH_MAX, TextFault::TooDeep(DEPTH_MAX)));
    }

    #[test]
    fn what_is_wrong_is_text_in_the_lenient_form() {
        for (source, expected) in [
            ("<b>x", "<b>x|"),
            ("<b>x</i></b>", "x</i>|b0-5"),
            ("<b><i>x</b></i>", "<i>x</i>|b0-4"),
            ("x</b></>", "x</b></>|"),
            ("1 < 2 <b>& 3</b> <br>", "1 < 2 & 3 <br>|b6-9"),
            ("<a href=\"<b>\">x", "<a href=\"<b>\">x|"),
            ("<a href=\"<b>x</b>", "<a href=\"x|b9-10"),
            ("&#xD83D;&lt;", "&#xD83D;<|"),
            ("<span>x</span>", "<span>x</span>|"),
        ] {
            assert_eq!(
                shown(&FormattedText::html_lenient(source)),
                expected,
                "{source}"
            );
        }
    }

    const PIECES: &[&str] = &[
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "</>",
        "<a href=\"",
        "<a href='",
        "\">",
        "'>",
        "\"",
        "'",
        "<",
        ">",
        "&",
        "&lt;",
        "&#x",
        ";",
        "D83D;",
        "<pre>",
        "</pre>",
        "<code class=language-x>",
        "</code>",
        "<blockquote expandable>",
        "</blockquote>",
        "<tg-time unix=1>",
        "</tg-time>",
        "<tg-emoji emoji-id=\"1\">",
        "</tg-emoji>",
        "<x>",
        " ",
        "=",
        "a",
        "é",
        "😀",
        "\n",
        "\0",
    ];

    /// Whatever is strictly right means the same leniently, and nothing panics.
    #[test]
    fn both_forms_agree_on_what_is_right() {
        let mut dice = Dice(4);
        let mut right = 0;
        for _ in 0..20_000 {
            let source = dice.text(PIECES, 9);
            let lenient = FormattedText::html_lenient(&source);
            assert_eq!(lenient.normalized(), lenient, "{source}");
            if let Ok(strict) = FormattedText::html(&source) {
                assert_eq!(strict, lenient, "{source}");
                right += 1;
            }
        }
        assert!(right > 1000, "only {right} texts were right");
    }

    /// What was written comes back, and what is not written is told.
    #[test]
    fn what_is_written_is_read_again() {
        let mut dice = Dice(5);
        for _ in 0..10_000 {
            let text = any_formatted(&mut dice);
            let written = text.to_html();
            let again = FormattedText::html(&written.text);
            crate::text::testing::assert_same(&text, &written, again);
        }
    }

    /// A mebibyte of each would take hours if any of it were looked at for each of its tags.
    #[test]
    fn long_texts_are_no_attack() {
        for piece in [
            "<b>",
            "</b>",
            "<",
            "&",
            "&#",
            "&#0",
            "<a href=\"",
            "<a x=\" y='",
            "<b ",
        ] {
            let source = piece.repeat((1 << 20) / piece.len());
            assert!(FormattedText::html_lenient(&source).entities.is_empty());
        }
        let pairs = "<b>".repeat(1 << 17) + &"</b>".repeat(1 << 17);
        assert!(FormattedText::html(&pairs).is_err());
        assert_eq!(
            FormattedText::html_lenient(&pairs).text.len(),
            7 * ((1 << 17) - DEPTH_MAX)
        );
        let row = "<b>a</b><i>b</i>".repeat(1 << 16);
        assert_eq!(
            FormattedText::html(&row).map(|text| text.entities.len()),
            Ok(1 << 17)
        );
    }
}
