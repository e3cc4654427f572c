//! HTML as web pages have it, read by the rules of its standard.
//!
//! See <https://html.spec.whatwg.org/multipage/parsing.html>.
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::builder::DEPTH_MAX;
use super::formatted::FormattedText;
use super::html_marks::{Begun, Marks};
use super::html_tag::{Attributes, Name};

impl FormattedText {
    /// Reads HTML as browsers do, with the feature `html5ever`: for pages and mails that others
    /// have written. It is never wrong. The tags are those of [`html`](Self::html); of others, of
    /// comments and of attributes that messages do not have, only the text between them stays,
    /// `<br>` is a line break, and scripts and styles are left out.
    ///
    /// What else differs from [`html`](Self::html) is the standard's: all its names of letters are
    /// known (`&nbsp;`), attributes need no quotes, what is not closed ends with the text, and what
    /// is closed in the wrong order goes on where a browser lets it. `\r\n` is one line break, the
    /// one right behind `<pre>` is left out, and so is U+0000.
    ///
    /// ```
    /// use ferogram_sync::text::FormattedText;
    ///
    /// let text = FormattedText::html5("<p>1 &lt; 2<br><b>caf&eacute; <i>noir</b> ole&#769;</p>");
    /// assert_eq!(text.text, "1 < 2\ncafé noir ole\u{301}");
    /// assert_eq!(text.to_html().text, "1 &lt; 2\n<b>café <i>noir</i></b><i> ole\u{301}</i>");
    /// ```
    ///
    /// The tokenizer compares each attribute of a tag with those before it: take
    /// [`html`](Self::html) for long texts of people who mean no good.
    ///
    /// See <https://html.spec.whatwg.org/multipage/parsing.html>.
    #[must_use]
    pub fn html5(html: &str) -> Self {
        if u32::try_from(html.len()).is_err() {
            // The tokenizer counts with 32 bits.
            return Self::plain(html);
        }
        let page = Page {
            marks: Marks::with_capacity(html.len()),
            open: Vec::new(),
            pre_begins: false,
            skipped: None,
        };
        let options = TokenizerOpts {
            discard_bom: false,
            ..TokenizerOpts::default()
        };
        let tokenizer = Tokenizer::new(Sink(RefCell::new(page)), options);
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(html));
        // It stops in between for scripts, of which there are none.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.into_inner().finish()
    }
}

/// The tokenizer hands tokens to what it shares.
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().take(token)
    }
}

/// An element that messages have and that is open.
struct Element {
    name: Name,
    begun: Begun,
}

/// What there is of a page so far.
struct Page {
    marks: Marks,
    open: Vec<Element>,
    /// Whether nothing has come since `<pre>`.
    pre_begins: bool,
    /// The element whose text is left out.
    skipped: Option<&'static str>,
}

impl Page {
    fn take(&mut self, token: Token) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.begin(&tag),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        let begins = std::mem::take(&mut self.pre_begins);
        let text = text.strip_prefix('\n').filter(|_| begins).unwrap_or(text);
        self.marks.out.push(text);
    }

    fn begin(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        self.pre_begins = false;
        match &*tag.name {
            "br" => self.marks.out.push_letter('\n'),
            "script" => {
                self.skipped = Some("script");
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "style" => {
                self.skipped = Some("style");
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            name => {
                if let Some(name) = Name::of(name) {
                    self.open(name, tag);
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn open(&mut self, name: Name, tag: &Tag) {
        if name.text() == "a" {
            // No link lies within another.
            self.close(name);
        }
        let mut attributes = Attributes::default();
        for attribute in &tag.attrs {
            attributes.note(name, &attribute.name.local, attribute.value.to_string());
        }
        self.pre_begins = name.text() == "pre";
        if self.open.len() < DEPTH_MAX
            && let Ok(begins) = attributes.begins(name, 0)
        {
            let begun = self.marks.begin(begins);
            self.open.push(Element { name, begun });
        }
    }

    fn end(&mut self, name: &str) {
        self.pre_begins = false;
        if self.skipped.is_some_and(|skipped| skipped == name) {
            self.skipped = None;
        }
        if name == "br" {
            self.marks.out.push_letter('\n');
        } else if let Some(name) = Name::of(name) {
            self.close(name);
        }
    }

    /// Ends an element. What was begun within it ends too, or goes on behind it if it only
    /// formats.
    ///
    /// See <https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm>.
    fn close(&mut self, name: Name) {
        let Some(place) = self.open.iter().rposition(|element| element.name == name) else {
            return;
        };
        let above = &self.open[place + 1..];
        let last_block = above.iter().rposition(|element| is_block(element.name));
        let ends_above = match (last_block, formats(name)) {
            // What lies in a block is the block's, and formatting reaches into it.
            (Some(_), true) => false,
            (Some(_), false) if !is_block(name) => return,
            _ => true,
        };
        let above = self.open.split_off(place + 1);
        let ended = self.open.pop();
        for element in above {
            match ends_above && !formats(element.name) {
                true => self.marks.end(element.begun),
                false => self.open.push(element),
            }
        }
        if let Some(ended) = ended {
            self.marks.end(ended.begun);
        }
    }

    fn finish(mut self) -> FormattedText {
        while let Some(element) = self.open.pop() {
            self.marks.end(element.begun);
        }
        self.marks.out.finish()
    }
}

/// Whether an element is one of those that the standard calls formatting.
fn formats(name: Name) -> bool {
    let names = ["a", "b", "code", "em", "i", "s", "strike", "strong", "u"];
    names.contains(&name.text())
}

/// Whether an element is one of those that the standard calls special.
fn is_block(name: Name) -> bool {
    matches!(name.text(), "blockquote" | "pre")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{Dice, any_formatted, shown};

    fn read(source: &str) -> String {
        shown(&FormattedText::html5(source))
    }

    #[test]
    fn pages_are_read_as_browsers_do() {
        for (source, expected) in [
            ("<!doctype html><p>a</p><!-- b -->c", "ac|"),
            ("a<BR>b<br/>c</br>d", "a\nb\nc\nd|"),
            ("&nbsp;&copy;&eacute;&notit;&amp", "\u{a0}©é¬it;&|"),
            (
                "<a href=http://h/?x&y=1>a</a>",
                "a|link(http://h/?x&y=1)0-1",
            ),
            ("1 < 2 <3 </ b> <b", "1 < 2 <3  |"),
            ("<script>a<b>b</b></script>c<style>d</style>", "c|"),
            ("<title>a<b>&lt;</title>b", "a<b><b|"),
            ("<pre>\na\n</pre>", "a\n|pre()0-2"),
            (
                "<pre><code class=language-c>\na</code></pre>",
                "\na|pre(c)0-2",
            ),
            ("<b>a", "a|b0-1"),
            ("<b/>a", "a|b0-1"),
            ("a\r\nb\0c", "a\nbc|"),
            ("<tg-emoji>a</tg-emoji><span>b</span>", "ab|"),
            ("\u{feff}a", "\u{feff}a|"),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_closed_in_the_wrong_order_goes_on_where_a_browser_lets_it() {
        for (source, expected) in [
            ("<b>a<i>b</b>c</i>d", "abcd|b0-2 i1-2 i2-3"),
            (
                "<tg-spoiler>a<b>b</tg-spoiler>c</b>",
                "abc|spoiler0-2 b1-2 b2-3",
            ),
            ("<b>a<tg-spoiler>b</b>c</tg-spoiler>", "abc|b0-2 spoiler1-2"),
            (
                "<b>a<blockquote>b</b>c</blockquote>d",
                "abcd|b0-1 quote1-3 b1-2",
            ),
            (
                "<ins>a<blockquote>b</ins>c</blockquote>d",
                "abcd|u0-4 quote1-3",
            ),
            (
                "<a href=x>a<a href=y>b</a>c</a>",
                "abc|link(x)0-1 link(y)1-2",
            ),
            ("<strong>a</b>b</strong></i>c", "abc|b0-2"),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    /// What our own parser takes is read alike, but for what the standard wants otherwise.
    #[test]
    fn both_parsers_agree_on_what_both_take() {
        let mut dice = Dice(12);
        let mut same = 0;
        for _ in 0..20_000 {
            let html = any_formatted(&mut dice).to_html().text;
            if html.contains(['\r', '\0']) || html.contains("<pre>\n") {
                continue;
            }
            let ours = FormattedText::html(&html);
            assert_eq!(Ok(FormattedText::html5(&html)), ours, "{html}");
            same += 1;
        }
        assert!(same > 5000, "only {same} texts were compared");
    }

    #[test]
    fn long_texts_are_no_attack() {
        for piece in [
            "<b>",
            "</b>",
            "<b><i></b>",
            "<a href=x>",
            "<blockquote>",
            "&",
            "&lt",
            "<",
            "<b x",
            "<!--",
            "<script>",
            "<pre>\n",
        ] {
            let source = piece.repeat((1 << 20) / piece.len());
            assert!(FormattedText::html5(&source).entities.len() <= 1 << 19);
        }
    }
}
