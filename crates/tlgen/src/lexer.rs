//! Cuts the text of a schema into tokens.
use std::fmt;

use crate::error::{ErrorKind, Position, SchemaError};

/// How deep types may be nested in each other: `Vector<Vector<int>>` is two. Real schemas stay at
/// two.
pub(crate) const MAX_NESTING: usize = 16;

/// The smallest pieces of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Letters, digits, `_` and `.`.
    Word(String),
    /// One of `# : ; = { } < > [ ] ! % ? * ,`.
    Mark(char),
    /// `---name---`.
    Section(String),
    /// The end of the text.
    End,
}

/// The tokens of a text, and what its comments say.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) tokens: Vec<(Token, Position)>,
    pub(crate) title: Option<String>,
    pub(crate) layer: Option<i32>,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "`{word}`"),
            Self::Mark(mark) => write!(f, "`{mark}`"),
            Self::Section(name) => write!(f, "`---{name}---`"),
            Self::End => write!(f, "the end of the schema"),
        }
    }
}

struct Cursor<'a> {
    rest: &'a str,
    position: Position,
}

impl<'a> Cursor<'a> {
    fn advance(&mut self, bytes: usize) -> &'a str {
        let (head, rest) = self.rest.split_at(bytes);
        for c in head.chars() {
            if c == '\n' {
                self.position.line += 1;
                self.position.column = 1;
            } else {
                self.position.column += 1;
            }
        }
        self.rest = rest;
        head
    }

    fn while_true(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        self.advance(self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len()))
    }
}

/// Cuts `text` into tokens, the last of which is [`Token::End`].
pub(crate) fn tokens(source: &str, text: &str) -> Result<Tokens, SchemaError> {
    let mut cursor = Cursor {
        rest: text,
        position: Position { line: 1, column: 1 },
    };
    let mut out = Tokens::default();
    // Some editors put a byte order mark before the text.
    if cursor.rest.starts_with('\u{feff}') {
        cursor.rest = &cursor.rest['\u{feff}'.len_utf8()..];
    }
    loop {
        cursor.while_true(char::is_whitespace);
        let position = cursor.position;
        let fail = |kind| Err(SchemaError::new(source, position, kind));
        let Some(first) = cursor.rest.chars().next() else {
            out.tokens.push((Token::End, position));
            return Ok(out);
        };
        let token = match first {
            '/' if cursor.rest.starts_with("//") => {
                let comment = cursor.while_true(|c| c != '\n');
                out.comment(comment.trim_start_matches('/').trim());
                continue;
            }
            '/' if cursor.rest.starts_with("/*") => {
                // Behind the opening: its own star closes nothing.
                let Some(length) = cursor.rest[2..].find("*/") else {
                    return fail(ErrorKind::UnclosedComment);
                };
                let comment = cursor.advance(2 + length + 2);
                comment[2..2 + length]
                    .lines()
                    .for_each(|line| out.comment(line.trim()));
                continue;
            }
            '-' => match section(cursor.rest) {
                Some(name) => {
                    cursor.advance(name.len() + 6);
                    Token::Section(name.to_owned())
                }
                None => return fail(ErrorKind::UnexpectedCharacter('-')),
            },
            '#' | ':' | ';' | '=' | '{' | '}' | '<' | '>' | '[' | ']' | '!' | '%' | '?' | '*'
            | ',' => {
                cursor.advance(1);
                Token::Mark(first)
            }
            c if is_word(c) => Token::Word(cursor.while_true(is_word).to_owned()),
            c => return fail(ErrorKind::UnexpectedCharacter(c)),
        };
        out.tokens.push((token, position));
    }
}

/// The name in a section mark, `---name---`.
fn section(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix("---")?.split_once("---")?;
    name.chars().all(is_word).then_some(name)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

impl Tokens {
    fn comment(&mut self, text: &str) {
        if let Some(layer) = text.strip_prefix("LAYER ") {
            self.layer = layer.trim().parse().ok().or(self.layer);
        } else if self.title.is_none() && self.tokens.is_empty() && !text.is_empty() {
            self.title = Some(text.to_owned());
        }
    }
}
