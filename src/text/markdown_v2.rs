//! `MarkdownV2` as the Bot API has it, read.
//!
//! See <https://core.telegram.org/bots/api#markdownv2-style>.
use super::builder::{Builder, DEPTH_MAX};
use super::error::{TextError, TextFault};
use super::formatted::FormattedText;
use super::link;
use super::scan::{Search, Signs};
use super::span::{Kind, Style};

impl FormattedText {
    /// Reads `MarkdownV2` as the Bot API has it: `*bold*`, `_italic_`, `__underline__`, `~strike~`,
    /// `||spoiler||`, `` `code` ``, blocks between ```` ``` ````, `[links](http://..)`, mentions
    /// (`[name](tg://user?id=..)`), `![emoji](tg://emoji?id=..)`, `![time](tg://time?unix=..)`,
    /// quotes of lines that begin with `>`, which fold if they end with `||`.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::markdown_v2("*1 \\> 0* and ||_why_||")?;
    /// assert_eq!(text.text, "1 > 0 and why");
    /// assert_eq!(text.entities.len(), 3);
    /// let error = FormattedText::markdown_v2("1 > 0").unwrap_err();
    /// assert_eq!(error.to_string(), "'>' is reserved: write a backslash before it, at byte 2");
    /// # Ok::<(), ferogram_sync::text::TextError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where one of ``_*[]()~`>#+-=|{}.!`` means nothing and has no backslash before it, and where
    /// what was begun has no end.
    ///
    /// See <https://core.telegram.org/bots/api#markdownv2-style>.
    pub fn markdown_v2(markdown: &str) -> Result<Self, TextError> {
        let mut parser = Parser::new(markdown);
        while let Some(byte) = parser.next_special() {
            parser.step(byte)?;
        }
        parser.finish()
    }
}

/// The bytes that mean something; in code only the first two do.
struct Special;

impl Signs for Special {
    const LIST: &'static [u8] = b"\\`_*[]()~>#+-=|{}.!\n";
}

/// What was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun<'m> {
    Style(Style),
    Code,
    Pre(&'m str),
    Link,
    /// `![`: a custom emoji or a time.
    Emoji,
    Quote,
}

impl Begun<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Style(Style::Bold) => "bold text",
            Self::Style(Style::Italic) => "italic text",
            Self::Style(Style::Underline) => "underlined text",
            Self::Style(Style::Strike) => "struck text",
            Self::Style(Style::Spoiler) => "spoiler",
            Self::Code => "code",
            Self::Pre(_) => "block of code",
            Self::Link => "link",
            Self::Emoji => "custom emoji",
            Self::Quote => "quote",
        }
    }
}

struct Open<'m> {
    begun: Begun<'m>,
    at: usize,
    unit: usize,
    byte: usize,
}

struct Parser<'m> {
    source: &'m str,
    signs: Search<'m, Special>,
    at: usize,
    out: Builder,
    open: Vec<Open<'m>>,
    in_quote: bool,
    /// Whether nothing of this line was written yet, so that a quote may begin.
    line_begins: bool,
}

impl<'m> Parser<'m> {
    fn new(source: &'m str) -> Self {
        Self {
            source,
            signs: Search::new(source),
            at: 0,
            out: Builder::with_capacity(source.len()),
            open: Vec::new(),
            in_quote: false,
            line_begins: true,
        }
    }

    fn is_in_code(&self) -> bool {
        let last = self.open.last().map(|open| open.begun);
        matches!(last, Some(Begun::Code | Begun::Pre(_)))
    }

    /// Takes over what means nothing, up to a byte that may.
    fn next_special(&mut self) -> Option<u8> {
        let bytes = self.source.as_bytes();
        let in_code = self.is_in_code();
        let mut sign = self.signs.next(self.at);
        while in_code && let Some(at) = sign.filter(|at| !matches!(bytes[*at], b'\\' | b'`')) {
            sign = self.signs.next(at + 1);
        }
        let run = &self.source[self.at..sign.unwrap_or(bytes.len())];
        self.plain(run);
        bytes.get(self.at).copied()
    }

    fn plain(&mut self, run: &str) {
        self.line_begins &= run.bytes().all(|byte| byte == b'\r');
        self.out.push(run);
        self.at += run.len();
    }

    fn follows(&self, text: &str) -> bool {
        self.source[self.at..].starts_with(text)
    }

    fn step(&mut self, byte: u8) -> Result<(), TextError> {
        if byte == b'\\' {
            self.escaped();
            return Ok(());
        }
        if self.is_in_code() {
            return self.in_code();
        }
        let ends = |style| self.open.last().map(|open| open.begun) == Some(Begun::Style(style));
        let (style, mark) = match byte {
            b'*' => (Style::Bold, "*"),
            // It is an underline even where it could end one thing and begin another.
            b'_' if self.follows("__") => (Style::Underline, "__"),
            b'_' => (Style::Italic, "_"),
            b'~' => (Style::Strike, "~"),
            b'|' if self.follows("||") => (Style::Spoiler, "||"),
            b'[' => return self.begin(Begun::Link, 1),
            b'!' if self.follows("![") => return self.begin(Begun::Emoji, 2),
            b']' => return self.end_link(),
            b'`' => return self.begin_code(),
            b'\n' => return self.line(),
            b'>' if self.line_begins && self.in_quote => {
                self.at += 1;
                return Ok(());
            }
            b'>' if self.line_begins => {
                self.in_quote = true;
                return self.begin(Begun::Quote, 1);
            }
            _ => return TextFault::Reserved(byte.into()).at(self.at),
        };
        if ends(style) {
            self.at += mark.len();
            self.end();
            return Ok(());
        }
        self.begin(Begun::Style(style), mark.len())
    }

    /// A backslash makes a letter of what stands behind it.
    fn escaped(&mut self) {
        let behind = self.source.as_bytes().get(self.at + 1).copied();
        match behind {
            Some(byte @ 1..=126) => {
                self.out.push_letter(byte.into());
                self.at += 2;
                if byte != b'\r' {
                    self.line_begins = byte == b'\n';
                }
            }
            _ => self.plain("\\"),
        }
    }

    fn begin(&mut self, begun: Begun<'m>, bytes: usize) -> Result<(), TextError> {
        if self.open.len() == DEPTH_MAX {
            return TextFault::TooDeep(DEPTH_MAX).at(self.at);
        }
        self.open.push(Open {
            begun,
            at: self.at,
            unit: self.out.units(),
            byte: self.out.bytes(),
        });
        self.at += bytes;
        Ok(())
    }

    /// Ends what was begun last, and marks it.
    fn end(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let kind = match open.begun {
            Begun::Style(style) => Kind::Style(style),
            Begun::Code => Kind::Code,
            Begun::Pre(language) => Kind::Pre(language.to_owned().into()),
            Begun::Link | Begun::Emoji | Begun::Quote => return,
        };
        self.out.mark(open.unit, kind);
    }

    fn begin_code(&mut self) -> Result<(), TextError> {
        if !self.follows("```") {
            return self.begin(Begun::Code, 1);
        }
        let behind = &self.source[self.at + 3..];
        let ends = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r' | b'\0' | b'`');
        let bytes = behind.bytes().position(ends);
        // It names a language only if something else stands behind it.
        let language = match bytes {
            Some(bytes) if behind.as_bytes()[bytes] != b'`' => &behind[..bytes],
            _ => "",
        };
        let behind = &behind[language.len()..];
        let line = match behind.as_bytes() {
            [b'\n', b'\r', ..] | [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        self.begin(Begun::Pre(language), 3 + language.len() + line)
    }

    /// In code only a backtick means something: its end.
    fn in_code(&mut self) -> Result<(), TextError> {
        let is_pre = !matches!(self.open.last(), Some(open) if open.begun == Begun::Code);
        if is_pre && !self.follows("```") {
            // Fewer are allowed, but for what the page says: they have to be escaped.
            return TextFault::Reserved('`').at(self.at);
        }
        self.at += if is_pre { 3 } else { 1 };
        self.end();
        Ok(())
    }

    fn end_link(&mut self) -> Result<(), TextError> {
        let is_link = |open: &mut Open<'_>| matches!(open.begun, Begun::Link | Begun::Emoji);
        let Some(open) = self.open.pop_if(is_link) else {
            return TextFault::Reserved(']').at(self.at);
        };
        self.at += 1;
        let has_address = self.follows("(");
        let kind = if open.begun == Begun::Emoji {
            let at = self.at;
            let address = has_address.then(|| self.address()).transpose()?;
            match address.and_then(|url| link::emoji_or_time(&url)) {
                Some(kind) => Some(kind),
                None => return TextFault::NotEmojiOrTime.at(at),
            }
        } else if has_address {
            link::link_to(self.address()?)
        } else {
            // A link without an address leads to what its text says.
            link::link_to(self.out.since(open.byte).to_owned())
        };
        if let Some(kind) = kind {
            self.out.mark(open.unit, kind);
        }
        Ok(())
    }

    /// The address between parentheses, in which only the closing one and backslashes mean
    /// something.
    fn address(&mut self) -> Result<String, TextError> {
        let begin = self.at + 1;
        let mut at = begin;
        let mut url = String::new();
        let bytes = self.source.as_bytes();
        loop {
            let run = bytes[at..]
                .iter()
                .position(|byte| matches!(byte, b')' | b'\\'));
            let Some(run) = run else {
                return TextFault::UnclosedUrl.at(begin);
            };
            url.push_str(&self.source[at..at + run]);
            at += run;
            if bytes[at] == b')' {
                self.at = at + 1;
                return Ok(url);
            }
            match bytes.get(at + 1) {
                Some(byte @ 1..=126) => {
                    url.push(char::from(*byte));
                    at += 2;
                }
                _ => {
                    url.push('\\');
                    at += 1;
                }
            }
        }
    }

    /// A line ends, and with it the quote whose next line has no `>`.
    fn line(&mut self) -> Result<(), TextError> {
        let goes_on = self.source.as_bytes().get(self.at + 1) == Some(&b'>');
        let quote = match self.in_quote && !goes_on {
            true => Some(self.end_of_quote(self.at)?),
            false => None,
        };
        self.out.push_letter('\n');
        self.at += 1;
        self.line_begins = true;
        if let Some((unit, collapsed)) = quote {
            self.in_quote = false;
            self.out.mark(unit, Kind::Quote { collapsed });
        }
        Ok(())
    }

    /// Ends the quote before a byte: where it began, and whether a spoiler that was just begun
    /// makes it fold.
    fn end_of_quote(&mut self, end: usize) -> Result<(usize, bool), TextError> {
        let bytes = self.source.as_bytes();
        let end = match bytes[..end].last() {
            Some(b'\r') => end - 1,
            _ => end,
        };
        let spoiler = Begun::Style(Style::Spoiler);
        let fold = |open: &mut Open<'_>| open.begun == spoiler && open.at + 2 == end;
        let collapsed = self.open.pop_if(fold).is_some();
        match self.open.pop_if(|open| open.begun == Begun::Quote) {
            Some(quote) => Ok((quote.unit, collapsed)),
            None => self.unclosed(),
        }
    }

    fn unclosed<T>(&self) -> Result<T, TextError> {
        let (name, at) =
            (self.open.last()).map_or(("quote", 0), |open| (open.begun.name(), open.at));
        TextFault::Unclosed(name).at(at)
    }

    fn finish(mut self) -> Result<FormattedText, TextError> {
        if self.in_quote {
            let (unit, collapsed) = self.end_of_quote(self.source.len())?;
            self.out.mark(unit, Kind::Quote { collapsed });
        }
        match self.open.is_empty() {
            true => Ok(self.out.finish()),
            false => self.unclosed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{Dice, any_formatted, assert_same, shown};

    fn v2(source: &str) -> String {
        shown(&FormattedText::markdown_v2(source).expect(source))
    }

    /// The examples of the official page.
    #[test]
    fn the_official_examples_are_read() {
        for (source, expected) in [
            ("*bold \\*text*", "bold *text|b0-10"),
            ("_italic \\*text_", "italic *text|i0-12"),
            ("__underline__", "underline|u0-9"),
            ("~strikethrough~", "strikethrough|s0-13"),
            ("||spoiler||", "spoiler|spoiler0-7"),
            (
                "*bold _italic bold ~italic bold strikethrough ||italic bold strikethrough \
                 spoiler||~ __underline italic bold___ bold*",
                "bold italic bold italic bold strikethrough italic bold strikethrough spoiler \
                 underline italic bold bold|b0-103 i5-98 s17-76 spoiler43-76 u77-98",
            ),
            (
                "[inline URL](http://www.example.com/)",
                "inline URL|link(http://www.example.com/)0-10",
            ),
            (
                "[a user](tg://user?id=123456789)",
                "a user|user(123456789)0-6",
            ),
            (
                "![👍](tg://emoji?id=5368324170671202286)",
                "👍|emoji(5368324170671202286)0-2",
            ),
            (
                "![22:45 tomorrow](tg://time?unix=1647531900&format=wDT)",
                "22:45 tomorrow|time(1647531900 wDT)0-14",
            ),
            (
                "![22:45 tomorrow](tg://time?unix=1647531900)",
                "22:45 tomorrow|time(1647531900 )0-14",
            ),
            (
                "`inline fixed-width code`",
                "inline fixed-width code|code0-23",
            ),
            ("```\nblock\n```", "block\n|pre()0-6"),
            ("```python\nblock\n```", "block\n|pre(python)0-6"),
            (
                ">Block quotation started\n>Block quotation continued\n>The last line\n**>The \
                 expandable\n>Hidden\n>The last line||",
                "Block quotation started\nBlock quotation continued\nThe last line\nThe \
                 expandable\nHidden\nThe last line|quote0-64 fold64-99",
            ),
            ("___italic underline_**__", "italic underline|i0-16 u0-16"),
        ] {
            assert_eq!(v2(source), expected);
        }
    }

    #[test]
    fn small_print() {
        for (source, expected) in [
            ("", "|"),
            ("**x", "x|"),
            ("* *x", " x|b0-1"),
            ("__a_b_**__c", "abc|u0-2 i1-2"),
            ("\\a\\\\\\\n\\é", "a\\\n\\é|"),
            ("[http://h/]", "http://h/|link(http://h/)0-9"),
            ("[x](http://h/a\\)b\\\\c(d)", "x|link(http://h/a)b\\c(d)0-1"),
            (
                "[Joey \\[\\*NO\\*\\] S](tg://user?id=1)",
                "Joey [*NO*] S|user(1)0-13",
            ),
            ("[](http://h/)[x]()", "x|"),
            ("`a\\`*_\\\\`", "a`*_\\|code0-5"),
            ("``````x", "x|"),
            ("```a```", "a|pre()0-1"),
            ("```py x```", " x|pre(py)0-2"),
            ("```\r\n\na```", "\na|pre()0-2"),
            // A quote ends with the line break behind it.
            (">a\nb", "a\nb|quote0-2"),
            ("a\n>b", "a\nb|quote2-3"),
            (">a\n\n>b", "a\n\nb|quote0-2 quote3-4"),
            (">a\n**>b\n>c", "a\nb\nc|quote0-2 quote2-5"),
            ("*>a\n>b\nc*", "a\nb\nc|b0-5 quote0-4"),
            (">*a\n>b*\n", "a\nb\n|quote0-4 b0-3"),
            (">a||\nb", "a\nb|fold0-2"),
            (">||a||||\r\n", "a\r\n|fold0-3 spoiler0-1"),
            (">", "|"),
            (">`a\n>b`\nc", "a\n>b\nc|quote0-5 code0-4"),
            ("\\\n>a", "\na|quote1-2"),
            ("_lal_ http://h/here\\_url", "lal http://h/here_url|i0-3"),
        ] {
            assert_eq!(v2(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (source, offset, fault) in [
            ("é_x", 2, TextFault::Unclosed("italic text")),
            ("*a _b*", 5, TextFault::Unclosed("bold text")),
            ("*a _b* c_ d", 8, TextFault::Unclosed("italic text")),
            ("___a___", 6, TextFault::Unclosed("italic text")),
            ("a.b", 1, TextFault::Reserved('.')),
            ("a|b", 1, TextFault::Reserved('|')),
            ("a > b", 2, TextFault::Reserved('>')),
            ("a]", 1, TextFault::Reserved(']')),
            ("*a]*", 2, TextFault::Reserved(']')),
            ("a!", 1, TextFault::Reserved('!')),
            ("```a`b```", 4, TextFault::Reserved('`')),
            ("`a", 0, TextFault::Unclosed("code")),
            ("```a", 0, TextFault::Unclosed("block of code")),
            ("[a", 0, TextFault::Unclosed("link")),
            ("[a](b", 4, TextFault::UnclosedUrl),
            ("![a]", 4, TextFault::NotEmojiOrTime),
            ("![a](http://h/)", 4, TextFault::NotEmojiOrTime),
            ("![a](tg://emoji?id=0)", 4, TextFault::NotEmojiOrTime),
            (
                "![a](tg://time?unix=1&format=x)",
                4,
                TextFault::NotEmojiOrTime,
            ),
            (">*a\nb*", 1, TextFault::Unclosed("bold text")),
            (">*a", 1, TextFault::Unclosed("bold text")),
            (">*a||\n", 1, TextFault::Unclosed("bold text")),
            (
                "_lal_ http://h/here_url",
                19,
                TextFault::Unclosed("italic text"),
            ),
        ] {
            let error = FormattedText::markdown_v2(source).expect_err(source);
            assert_eq!((error.offset, error.fault), (offset, fault), "{source}");
        }
        let deep = "*_".repeat(DEPTH_MAX);
        let error = FormattedText::markdown_v2(&deep).expect_err("it is too deep");
        assert_eq!(error.fault, TextFault::TooDeep(DEPTH_MAX));
    }

    const PIECES: &[&str] = &[
        "*",
        "_",
        "__",
        "~",
        "||",
        "|",
        "`",
        "```",
        "[",
        "](",
        "]",
        ")",
        "![",
        "](tg://emoji?id=1)",
        "](tg://time?unix=1)",
        ">",
        "\n>",
        "\n",
        "\r",
        "\\",
        "**",
        "a",
        "é",
        "😀",
        " ",
        ".",
        "\0",
    ];

    /// Nothing panics, and what is right is in order.
    #[test]
    fn any_text_is_read_or_refused() {
        let mut dice = Dice(6);
        let mut right = 0;
        for _ in 0..50_000 {
            let source = dice.text(PIECES, 10);
            match FormattedText::markdown_v2(&source) {
                Ok(text) => {
                    assert_eq!(text.normalized(), text, "{source}");
                    right += 1;
                }
                Err(error) => assert!(source.is_char_boundary(error.offset), "{source}"),
            }
        }
        assert!(right > 5000, "only {right} texts were right");
    }

    /// What was written comes back, and what is not written is told.
    #[test]
    fn what_is_written_is_read_again() {
        let mut dice = Dice(7);
        let mut whole = 0;
        for _ in 0..20_000 {
            let text = any_formatted(&mut dice);
            let written = text.to_markdown_v2();
            whole += usize::from(written.left_out.is_empty() && !text.entities.is_empty());
            let again = FormattedText::markdown_v2(&written.text);
            assert_same(&text, &written, again);
        }
        assert!(whole > 2000, "only {whole} texts could be written in whole");
    }

    /// A mebibyte of each would take hours if the rest were looked at for each of its signs.
    #[test]
    fn long_texts_are_no_attack() {
        for piece in [
            "*", "**", "[", "`", "``", ">", "\n>", "[a](", "[a]", "||", "_", "\\", "![a](",
        ] {
            let source = piece.repeat((1 << 20) / piece.len());
            if let Ok(text) = FormattedText::markdown_v2(&source) {
                assert!(text.entities.len() <= 1 << 20);
            }
        }
        let row = "*a*_b_[c](d)`e`\n>f\n".repeat(1 << 15);
        let text = FormattedText::markdown_v2(&row).expect("it is right");
        assert_eq!(text.entities.len(), 5 << 15);
    }
}
