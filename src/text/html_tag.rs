//! The tags that messages have.
//!
//! See <https://core.telegram.org/bots/api#html-style>.
use super::error::{TextError, TextFault};
use super::html_reference::decoded;
use super::link;
use super::span::{Kind, Style};
use super::time_format;

/// The names of tags, each with the place by which a closing tag is compared.
const NAMES: [&str; 18] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-emoji",
    "tg-time",
    "",
];

/// A name's place in [`NAMES`]: the last has no letters, and ends whatever is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(u8);

impl Name {
    pub(super) const COUNT: usize = NAMES.len();
    pub(super) const ANY: Self = Self(17);

    pub(super) fn of(text: &str) -> Option<Self> {
        let place = NAMES
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text))?;
        u8::try_from(place).ok().map(Self)
    }

    pub(super) fn place(self) -> usize {
        self.0.into()
    }

    pub(super) fn text(self) -> &'static str {
        NAMES[self.place()]
    }
}

/// What a tag begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Begins {
    /// A mark.
    Mark(Kind<'static>),
    /// A link to the address, or to what the text of the link says.
    Link(String),
    /// Code, of a language if it is the whole of a block.
    Code(Option<String>),
}

/// A tag.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tag {
    Open(Name, Begins),
    Close(Name),
}

/// The tag with which a text begins at a byte that has a `<`, and the byte behind it.
///
/// A `<` outside of quotes ends the attempt. So however the quotes of a text lie, no byte is looked
/// at by more than three attempts: two of them can be within quotes, of both kinds.
pub(super) fn tag(source: &str, at: usize) -> Result<(Tag, usize), TextError> {
    let mut cursor = Cursor {
        source,
        at: at + 1,
        begin: at,
    };
    let closes = cursor.takes('/');
    let name = cursor.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'<'));
    let Some(known) = Name::of(name).filter(|known| closes || *known != Name::ANY) else {
        let is_name = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        let fault = match is_name && !closes {
            true => TextFault::UnknownTag(name.to_ascii_lowercase()),
            false => TextFault::Tag,
        };
        return fault.at(at);
    };
    if closes {
        cursor.blanks();
        if !cursor.takes('>') {
            return TextFault::Tag.at(at);
        }
        return Ok((Tag::Close(known), cursor.at));
    }
    let mut found = Attributes::default();
    while let Some((name, value)) = cursor.attribute()? {
        found.note(known, name, value);
    }
    Ok((Tag::Open(known, found.begins(known, at)?), cursor.at))
}

/// Reads a tag.
struct Cursor<'s> {
    source: &'s str,
    at: usize,
    begin: usize,
}

impl<'s> Cursor<'s> {
    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// Goes on to the first byte that ends something; the ends are all ASCII.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'s str {
        let rest = &self.source[self.at..];
        let bytes = rest.bytes().position(ends).unwrap_or(rest.len());
        self.at += bytes;
        &rest[..bytes]
    }

    fn blanks(&mut self) {
        self.until(|byte| !byte.is_ascii_whitespace());
    }

    fn takes(&mut self, letter: char) -> bool {
        let takes = self.source[self.at..].starts_with(letter);
        self.at += usize::from(takes);
        takes
    }

    fn fault<T>(&self) -> Result<T, TextError> {
        TextFault::Tag.at(self.begin)
    }

    /// The next attribute and its value; `None` at the end of the tag.
    fn attribute(&mut self) -> Result<Option<(&'s str, String)>, TextError> {
        self.blanks();
        if self.takes('>') {
            return Ok(None);
        }
        let name =
            self.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'<'));
        if name.is_empty() {
            return self.fault();
        }
        self.blanks();
        if !self.takes('=') {
            return Ok(Some((name, String::new())));
        }
        self.blanks();
        let value = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.until(|byte| byte == quote);
                if !self.takes(quote.into()) {
                    return self.fault();
                }
                decoded(value)
            }
            _ => {
                let ends = |byte: u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'-');
                self.until(ends).to_ascii_lowercase()
            }
        };
        match self.peek() {
            Some(byte) if byte == b'>' || byte.is_ascii_whitespace() => Ok(Some((name, value))),
            _ => self.fault(),
        }
    }
}

/// The attributes that mean something.
#[derive(Default)]
pub(super) struct Attributes {
    value: String,
    format: String,
    expandable: bool,
}

impl Attributes {
    pub(super) fn note(&mut self, tag: Name, name: &str, value: String) {
        let wanted = match tag.text() {
            "a" => "href",
            "code" | "span" => "class",
            "tg-emoji" => "emoji-id",
            "tg-time" => "unix",
            _ => "",
        };
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is(wanted) {
            self.value = value;
        } else if is("format") {
            self.format = value;
        } else if is("expandable") {
            self.expandable = true;
        }
    }

    /// What a tag with these attributes begins, which stands at a byte.
    pub(super) fn begins(self, tag: Name, at: usize) -> Result<Begins, TextError> {
        let style = |style| Ok(Begins::Mark(Kind::Style(style)));
        match tag.text() {
            "b" | "strong" => style(Style::Bold),
            "i" | "em" => style(Style::Italic),
            "u" | "ins" => style(Style::Underline),
            "s" | "strike" | "del" => style(Style::Strike),
            "tg-spoiler" => style(Style::Spoiler),
            "span" if self.value == "tg-spoiler" => style(Style::Spoiler),
            "span" => TextFault::Span.at(at),
            "a" => Ok(Begins::Link(self.value)),
            "code" => Ok(Begins::Code(
                (self.value.strip_prefix("language-"))
                    .filter(|language| !language.is_empty())
                    .map(str::to_owned),
            )),
            "pre" => Ok(Begins::Mark(Kind::Pre("".into()))),
            "blockquote" => Ok(Begins::Mark(Kind::Quote {
                collapsed: self.expandable,
            })),
            "tg-emoji" => match link::emoji(&self.value) {
                Some(emoji) => Ok(Begins::Mark(emoji)),
                None => TextFault::EmojiId.at(at),
            },
            _ => {
                let Ok(date) = self.value.parse() else {
                    return TextFault::Unix.at(at);
                };
                match time_format::parse(date, &self.format) {
                    Some(time) => Ok(Begins::Mark(Kind::Time(time))),
                    None => TextFault::TimeFormat.at(at),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Result<Begins, TextFault> {
        match tag(text, 0) {
            Ok((Tag::Open(_, begins), end)) => {
                assert_eq!(end, text.len(), "{text}");
                Ok(begins)
            }
            Ok((close, _)) => panic!("{text}: {close:?}"),
            Err(error) => Err(error.fault),
        }
    }

    #[test]
    fn tags_are_read_however_they_are_written() {
        for text in [
            "<b>",
            "<B>",
            "<b >",
            "<b x>",
            "<b x=y>",
            "<b\nx = 'y' z=\"<>\" >",
        ] {
            assert_eq!(
                open(text),
                Ok(Begins::Mark(Kind::Style(Style::Bold))),
                "{text}"
            );
        }
        let link = Ok(Begins::Link("http://h/?a=1&b=\"2\"".into()));
        assert_eq!(open("<a href='http://h/?a=1&amp;b=\"2\"'>"), link);
        assert_eq!(open("<a HREF=\"http://h/?a=1&amp;b=&quot;2&quot;\">"), link);
        assert_eq!(open("<a href=x.Y-z>"), Ok(Begins::Link("x.y-z".into())));
        let quote = Ok(Begins::Mark(Kind::Quote { collapsed: true }));
        assert_eq!(open("<blockquote expandable>"), quote);
        assert_eq!(open("<blockquote expandable=\"\">"), quote);
        let code = Ok(Begins::Code(Some("c++".into())));
        assert_eq!(open("<code class=\"language-c++\">"), code);
        assert_eq!(open("<code class=\"x\">"), Ok(Begins::Code(None)));
        assert_eq!(tag("</ >", 0), Ok((Tag::Close(Name::ANY), 4)));
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for (text, fault) in [
            ("<", TextFault::Tag),
            ("<>", TextFault::Tag),
            ("< b>", TextFault::Tag),
            ("<b", TextFault::Tag),
            ("<b <i>", TextFault::Tag),
            ("<b =x>", TextFault::Tag),
            ("<a href=\"x>", TextFault::Tag),
            ("<a href=http://h/>", TextFault::Tag),
            ("<a href=\"x\"y>", TextFault::Tag),
            ("</b", TextFault::Tag),
            ("</x>", TextFault::Tag),
            ("<br>", TextFault::UnknownTag("br".into())),
            ("<B/>", TextFault::UnknownTag("b/".into())),
            ("<span>", TextFault::Span),
            ("<span class=tg>", TextFault::Span),
            ("<tg-emoji>", TextFault::EmojiId),
            ("<tg-emoji emoji-id=\"0\">", TextFault::EmojiId),
            ("<tg-emoji emoji-id=\"1x\">", TextFault::EmojiId),
            ("<tg-time format=t>", TextFault::Unix),
            ("<tg-time unix=1 format=x>", TextFault::TimeFormat),
        ] {
            assert_eq!(open(text), Err(fault), "{text}");
        }
    }
}
