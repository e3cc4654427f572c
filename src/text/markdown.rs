//! Markdown as people write it in Telegram's apps, read.
use super::builder::{Builder, DEPTH_MAX};
use super::formatted::FormattedText;
use super::link;
use super::markdown_tokens::{Sign, Token, tokens};
use super::span::{Kind, Style};

impl FormattedText {
    /// Reads Markdown as people write it in Telegram's apps. It is never wrong: what means nothing
    /// is text.
    ///
    /// - `**bold**`, `__italic__`, `~~strike~~`, `||spoiler||`: exactly two of a kind, and the
    ///   next two of the same kind end it. One alone is text, as in `snake_case`; so are more.
    /// - `` `code` ``, and with three backticks or more a block: what stands behind them in the
    ///   same line is its language, and the line break before the end is not part of it.
    /// - `[text](address)`; parentheses in the address come in pairs. `[name](tg://user?id=..)`
    ///   is a mention, `![text](tg://emoji?id=..)` a custom emoji, `![text](tg://time?unix=..)` a
    ///   time.
    /// - A backslash makes text of the punctuation mark behind it, everywhere, in code too.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::markdown("**Hello**, snake_case \\*\\* 2 * 2");
    /// assert_eq!(text.text, "Hello, snake_case ** 2 * 2");
    /// assert_eq!(text.text_of(&text.entities[0]), "Hello");
    /// ```
    #[must_use]
    pub fn markdown(markdown: &str) -> Self {
        let mut tokens = tokens(markdown);
        let links = resolve(markdown, &mut tokens);
        let mut writer = Writer {
            source: markdown,
            tokens: &tokens,
            links: links.into_iter(),
            // Each mark has two tokens at least.
            out: Builder::with_room(markdown.len(), tokens.len() / 2),
            at: 0,
            begun: [None; 4],
            label: 0,
        };
        let mut index = 0;
        while index < tokens.len() {
            index = writer.take(index);
        }
        writer.run_to(markdown.len());
        writer.out.finish()
    }
}

/// Finds out which tokens belong together, and what the links are, in order.
///
/// Marks and labels that mean something have a partner afterwards. What stands in code or in an
/// address is left alone.
fn resolve(source: &str, tokens: &mut [Token]) -> Vec<Kind<'static>> {
    let mut links = Vec::new();
    let mut labels: Vec<usize> = Vec::new();
    let mut marks: [Option<usize>; 4] = [None; 4];
    let mut index = 0;
    while index < tokens.len() {
        let token = tokens[index];
        match token.sign {
            Sign::Ticks => index = token.partner().unwrap_or(index),
            Sign::Mark(mark) => {
                let open = &mut marks[usize::from(mark)];
                match open.take() {
                    Some(begin) => {
                        tokens[begin].join(index);
                        tokens[index].join(begin);
                    }
                    None => *open = Some(index),
                }
            }
            Sign::Label if labels.len() < DEPTH_MAX => labels.push(index),
            Sign::LabelEnd => {
                let Some(label) = labels.pop() else {
                    index += 1;
                    continue;
                };
                if let Some((kind, end)) = link_at(source, tokens, label, index) {
                    tokens[label].join(index);
                    tokens[index].join(end);
                    if matches!(kind, Kind::Emoji(_) | Kind::Time(_)) {
                        tokens[label - 1].join(label);
                    }
                    links.push(kind);
                    // No link lies within another.
                    labels.clear();
                    index = end;
                }
            }
            _ => {}
        }
        index += 1;
    }
    links
}

/// What the link is whose label stands between two tokens, and the token at the end of its address.
fn link_at(
    source: &str,
    tokens: &[Token],
    label: usize,
    end: usize,
) -> Option<(Kind<'static>, usize)> {
    let (from, to) = (tokens[label].end(), tokens[end].at());
    let address = tokens.get(end + 1)?;
    let follows = address.sign == Sign::Address && address.at() == to + 1;
    if from == to || !follows {
        return None;
    }
    let close = address.partner()?;
    let url = unescaped(&source[address.end()..tokens[close].at()]);
    let bang = label.checked_sub(1).map(|before| tokens[before]);
    let has_bang = bang.is_some_and(|bang| bang.sign == Sign::Bang && bang.end() + 1 == from);
    let special = has_bang.then(|| link::emoji_or_time(&url)).flatten();
    Some((special.or_else(|| link::link_to(url))?, close))
}

/// An address without the backslashes before its punctuation marks.
fn unescaped(url: &str) -> String {
    if !url.contains('\\') {
        return url.to_owned();
    }
    let mut plain = String::with_capacity(url.len());
    let mut letters = url.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        plain.push(if escapes {
            letters.next().unwrap_or(letter)
        } else {
            letter
        });
    }
    plain
}

/// Makes the text of the tokens.
struct Writer<'s> {
    source: &'s str,
    tokens: &'s [Token],
    links: std::vec::IntoIter<Kind<'static>>,
    out: Builder,
    /// The first byte that is not written yet.
    at: usize,
    /// Where the marks have begun that are open.
    begun: [Option<usize>; 4],
    /// Where the label has begun that is open.
    label: usize,
}

impl Writer<'_> {
    /// Writes what stands before a byte.
    fn run_to(&mut self, end: usize) {
        self.out.push(&self.source[self.at..end]);
        self.at = end;
    }

    /// Writes what stands before a token, and leaves the token out.
    fn leave_out(&mut self, token: Token) {
        self.run_to(token.at());
        self.at = token.end();
    }

    /// Does what a token means, and tells which one is next.
    fn take(&mut self, index: usize) -> usize {
        let token = self.tokens[index];
        match (token.sign, token.partner()) {
            (Sign::Escape, _) => self.leave_out(token),
            (Sign::Ticks, Some(end)) => {
                self.code(index, end);
                return end + 1;
            }
            (Sign::Mark(mark), Some(_)) => {
                self.leave_out(token);
                let units = self.out.units();
                let begun = &mut self.begun[usize::from(mark)];
                match begun.take() {
                    Some(start) => self.out.mark(start, Kind::Style(style(mark))),
                    None => *begun = Some(units),
                }
            }
            (Sign::Bang, Some(_)) => self.leave_out(token),
            (Sign::Label, Some(_)) => {
                self.leave_out(token);
                self.label = self.out.units();
            }
            (Sign::LabelEnd, Some(end)) => {
                self.leave_out(token);
                if let Some(kind) = self.links.next() {
                    self.out.mark(self.label, kind);
                }
                self.at = self.tokens[end].end();
                return end + 1;
            }
            _ => {}
        }
        index + 1
    }

    /// Writes code, or a block of it.
    fn code(&mut self, begin: usize, end: usize) {
        let (open, close) = (self.tokens[begin], self.tokens[end]);
        self.leave_out(open);
        let start = self.out.units();
        let mut kind = Kind::Code;
        let mut last = close.at();
        if open.len() > 2 {
            let block = &self.source[open.end()..close.at()];
            let (language, before) = language(block);
            self.at += before;
            last -= usize::from(block.len() > before + 1 && block.ends_with('\n'));
            kind = Kind::Pre(language.to_owned().into());
        }
        for token in &self.tokens[begin + 1..end] {
            if token.sign == Sign::Escape && token.at() >= self.at {
                self.leave_out(*token);
            }
        }
        self.run_to(last);
        self.out.mark(start, kind);
        self.at = close.end();
    }
}

/// The language of a block, and how many bytes stand before its text.
fn language(block: &str) -> (&str, usize) {
    let Some((first, rest)) = block.split_once('\n') else {
        return ("", 0);
    };
    let is_language = !first.contains(|letter: char| letter.is_whitespace() || letter == '\\');
    match first.is_empty() || (is_language && !rest.is_empty() && rest != "\n") {
        true => (first, first.len() + 1),
        false => ("", 0),
    }
}

fn style(mark: u8) -> Style {
    match mark {
        0 => Style::Bold,
        1 => Style::Italic,
        2 => Style::Strike,
        _ => Style::Spoiler,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{Dice, any_formatted, assert_same, shown};

    fn read(source: &str) -> String {
        shown(&FormattedText::markdown(source))
    }

    #[test]
    fn marks_are_pairs_of_exactly_two() {
        for (source, expected) in [
            (
                "**b** __i__ ~~s~~ ||x||",
                "b i s x|b0-1 i2-3 s4-5 spoiler6-7",
            ),
            (
                "snake_case_name *x* 2 * 3 a|b ~5",
                "snake_case_name *x* 2 * 3 a|b ~5|",
            ),
            ("**a", "**a|"),
            ("**a** **b", "a **b|b0-1"),
            ("***a*** ****", "***a*** ****|"),
            ("**a __b** c__", "a b c|b0-3 i2-3 i3-5"),
            ("a__b__c", "abc|i1-2"),
            ("** **x", " x|b0-1"),
            ("**😀a**b", "😀ab|b0-3"),
            ("\\**a** \\a \\\\ \\é", "**a** \\a \\ \\é|"),
            ("\\*\\*a\\*\\*", "**a**|"),
            ("_lal_ http://h/here_url", "_lal_ http://h/here_url|"),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    #[test]
    fn code_is_what_stands_between_runs_of_one_length() {
        for (source, expected) in [
            ("`a**b**`", "a**b**|code0-6"),
            ("``a`b``", "a`b|code0-3"),
            ("`a", "`a|"),
            ("``a`", "``a`|"),
            ("`a\\`b\\c`", "a`b\\c|code0-5"),
            ("\\`a`b`", "`ab|code2-3"),
            ("```py\nx\n```", "x|pre(py)0-1"),
            ("```\nx\n\n```y", "x\ny|pre()0-2"),
            ("```x y\nz```", "x y\nz|pre()0-5"),
            ("```x```", "x|pre()0-1"),
            ("```x\n```", "x|pre()0-1"),
            ("````a```b````", "a```b|pre()0-5"),
            ("```py\nx\n``` ```c\ny\n```", "x y|pre(py)0-1 pre(c)2-3"),
            ("**a `b** c`", "**a b** c|code4-9"),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    #[test]
    fn links_have_a_text_and_an_address() {
        for (source, expected) in [
            ("[a](http://h/)", "a|link(http://h/)0-1"),
            ("[a](http://h/x_(y)_z)!", "a!|link(http://h/x_(y)_z)0-1"),
            ("[a](http://h/\\)\\(\\x)", "a|link(http://h/)(\\x)0-1"),
            ("[**a**](u) [b] (u) [c]", "a [b] (u) [c]|link(u)0-1 b0-1"),
            ("[a [b] c](u)", "a [b] c|link(u)0-7"),
            ("[a [b](v) c](u)", "[a b c](u)|link(v)3-4"),
            ("[a](u", "[a](u|"),
            ("[a](u\n)", "[a](u\n)|"),
            ("[](u) [a]()", "[](u) [a]()|"),
            ("[a\\]b](u)", "a]b|link(u)0-3"),
            ("[n](tg://user?id=5000000002)", "n|user(5000000002)0-1"),
            ("![👍](tg://emoji?id=7)", "👍|emoji(7)0-2"),
            ("![t](tg://time?unix=7&format=r)", "t|time(7 r)0-1"),
            (
                "![a](http://h/) \\![👍](tg://emoji?id=7)",
                "!a !👍|link(http://h/)1-2 link(tg://emoji?id=7)4-6",
            ),
            ("**a [b** c](u)", "a b c|b0-2 link(u)2-5 b2-3"),
            ("[a](b**c) **d**", "a d|link(b**c)0-1 b2-3"),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    const PIECES: &[&str] = &[
        "**",
        "__",
        "~~",
        "||",
        "*",
        "_",
        "`",
        "``",
        "```",
        "[",
        "](",
        "]",
        "(",
        ")",
        "![",
        "](tg://emoji?id=1)",
        "\\",
        "\n",
        "```py\n",
        "a",
        "é",
        "😀",
        " ",
        "!",
        "\0",
        "](u)",
    ];

    /// Nothing panics, all is in order, and what comes out can be written down and read again.
    #[test]
    fn any_text_is_read() {
        let mut dice = Dice(8);
        for _ in 0..50_000 {
            let source = dice.text(PIECES, 10);
            let text = FormattedText::markdown(&source);
            assert_eq!(text.normalized(), text, "{source}");
            let written = text.to_markdown();
            assert_same(&text, &written, Ok(FormattedText::markdown(&written.text)));
        }
    }

    /// What was written comes back, and what is not written is told.
    #[test]
    fn what_is_written_is_read_again() {
        let mut dice = Dice(9);
        let mut whole = 0;
        for _ in 0..20_000 {
            let text = any_formatted(&mut dice);
            let written = text.to_markdown();
            whole += usize::from(written.left_out.is_empty() && !text.entities.is_empty());
            assert_same(&text, &written, Ok(FormattedText::markdown(&written.text)));
        }
        assert!(whole > 2000, "only {whole} texts could be written in whole");
    }

    /// A mebibyte of each would take hours if the rest were looked at for each of its signs.
    #[test]
    fn long_texts_are_no_attack() {
        for piece in [
            "*", "**", "**a", "[", "[]", "[](", "[a](", "](", "`", "`a", "``a`", "(", "[a](u)",
            "\\", "![", "||a__",
        ] {
            let source = piece.repeat((1 << 20) / piece.len());
            let text = FormattedText::markdown(&source);
            assert!(text.entities.len() <= 1 << 19);
        }
        // Runs of all lengths, none of which has a partner.
        let runs: String = (1..1400).map(|length| "`".repeat(length) + "a").collect();
        assert_eq!(FormattedText::markdown(&runs).text, runs);
    }
}
