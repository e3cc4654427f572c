//! What may mean something in Markdown as people write it, found in one pass.
use std::collections::HashMap;

use super::scan::{Search, Signs};

/// What a token may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A backslash before a punctuation mark.
    Escape,
    /// Exactly two of `*`, `_`, `~` or `|`: which of the four.
    Mark(u8),
    /// A run of backticks.
    Ticks,
    /// `[`
    Label,
    /// `]`
    LabelEnd,
    /// `!` before a `[`
    Bang,
    /// `(`
    Address,
    /// `)`
    AddressEnd,
}

/// A place in the source, of so many bytes, and the token that it belongs to, if there is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    at: u32,
    len: u32,
    partner: u32,
    pub(super) sign: Sign,
}

const NONE: u32 = u32::MAX;

impl Token {
    pub(super) fn at(&self) -> usize {
        self.at as usize
    }

    /// The byte behind it.
    pub(super) fn end(&self) -> usize {
        self.at() + self.len()
    }

    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// The index of the token that belongs to it.
    pub(super) fn partner(&self) -> Option<usize> {
        (self.partner != NONE).then_some(self.partner as usize)
    }

    pub(super) fn join(&mut self, partner: usize) {
        self.partner = u32::try_from(partner).unwrap_or(NONE);
    }
}

/// Room is made for a token in so many bytes: in most texts there are fewer.
const BYTES_A_TOKEN: usize = 8;

/// The tokens of a text, in order. The partner of an opening parenthesis is the closing one in the
/// same line; that of a run of backticks is the next run of the same length. All others have none.
///
/// A text that is too long for its places to be numbered has no tokens: it is just text.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        bytes: source.as_bytes(),
        tokens: Vec::with_capacity(source.len() / BYTES_A_TOKEN),
        addresses: Vec::new(),
        ticks: [None; SHORT],
        long_ticks: HashMap::new(),
    };
    if u32::try_from(source.len()).is_err() {
        return Vec::new();
    }
    let mut signs = Search::<Special>::new(source);
    let mut at = 0;
    while let Some(sign) = signs.next(at) {
        at = sign + lexer.take(sign);
    }
    lexer.tokens
}

struct Special;

impl Signs for Special {
    const LIST: &'static [u8] = b"\\*_~|`[]!()\n";
}

/// The bytes of which two are a mark: their places are what [`Sign::Mark`] has.
const MARKS: &[u8; 4] = b"*_~|";

struct Lexer<'s> {
    bytes: &'s [u8],
    tokens: Vec<Token>,
    /// The parentheses of this line that are open.
    addresses: Vec<usize>,
    /// For each length, the last run of backticks: one or three are what people write.
    ticks: [Option<usize>; SHORT],
    long_ticks: HashMap<usize, usize>,
}

/// Runs of backticks below this length are found without a map.
const SHORT: usize = 8;

impl Lexer<'_> {
    /// Takes what stands at a byte, and tells how many bytes that were.
    fn take(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        let index = self.tokens.len();
        let next = self.bytes.get(at + 1);
        match byte {
            b'\\' if next.is_some_and(u8::is_ascii_punctuation) => {
                self.push(at, 1, Sign::Escape);
                return 2;
            }
            b'`' => {
                let run = self.run(at);
                self.push(at, run, Sign::Ticks);
                let before = match self.ticks.get_mut(run) {
                    Some(last) => last.replace(index),
                    None => self.long_ticks.insert(run, index),
                };
                if let Some(before) = before {
                    self.tokens[before].join(index);
                }
                return run;
            }
            b'[' => self.push(at, 1, Sign::Label),
            b']' => self.push(at, 1, Sign::LabelEnd),
            b'!' if next == Some(&b'[') => self.push(at, 1, Sign::Bang),
            b'(' => {
                self.addresses.push(index);
                self.push(at, 1, Sign::Address);
            }
            b')' => {
                if let Some(open) = self.addresses.pop() {
                    self.tokens[open].join(index);
                }
                self.push(at, 1, Sign::AddressEnd);
            }
            b'\n' => self.addresses.clear(),
            _ => return self.mark(at),
        }
        1
    }

    /// More than two of a kind, or one alone, are text.
    fn mark(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        let run = self.run(at);
        let mark = MARKS.iter().position(|mark| *mark == byte);
        if let Some(mark) = mark.filter(|_| run == 2) {
            self.push(at, 2, Sign::Mark(mark as u8));
        }
        run
    }

    fn run(&self, at: usize) -> usize {
        let byte = self.bytes[at];
        let same = self.bytes[at..].iter().take_while(|other| **other == byte);
        same.count()
    }

    fn push(&mut self, at: usize, len: usize, sign: Sign) {
        self.tokens.push(Token {
            at: at as u32,
            len: len as u32,
            partner: NONE,
            sign,
        });
    }
}
