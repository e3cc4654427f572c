//! What stands behind a command, as values.
use std::any::type_name;

/// Something that can be read from what stands behind a command: numbers, `bool`, `char`, `String`,
/// and tuples, `Option`s and `Vec`s of them.
///
/// Words are told apart by blanks. A `String` is one word, but the last one takes all that is left.
/// An `Option` may be left out; a `Vec` takes all that there is.
///
/// ```
/// use ferogram_sync::Argument;
///
/// let (id, why) = <(i64, String)>::parse("7  because of that ")?;
/// assert_eq!((id, why.as_str()), (7, "because of that"));
/// let error = <(i64, String)>::parse("seven").unwrap_err();
/// assert_eq!(error.to_string(), "argument 1, `seven`, is no i64");
/// assert_eq!(<(u8, Option<u8>)>::parse("1")?, (1, None));
/// assert_eq!(Vec::<u8>::parse("1 2 3")?, [1, 2, 3]);
/// # Ok::<(), ferogram_sync::ArgsError>(())
/// ```
pub trait Argument: Sized {
    /// Takes what it needs from the front.
    ///
    /// # Errors
    ///
    /// [`ArgsError`] when it is not there, or is something else.
    fn take(words: &mut Words<'_>) -> Result<Self, ArgsError>;

    /// The same, for the last one, which may take all.
    ///
    /// # Errors
    ///
    /// [`ArgsError`] when it is not there, or is something else.
    fn take_last(words: &mut Words<'_>) -> Result<Self, ArgsError> {
        Self::take(words)
    }

    /// Reads all of a text.
    ///
    /// # Errors
    ///
    /// [`ArgsError`] when something is missing, is something else or is left.
    fn parse(text: &str) -> Result<Self, ArgsError> {
        let mut words = Words::new(text);
        let value = Self::take_last(&mut words)?;
        match words.next() {
            Some(_) => Err(ArgsError::TooMany {
                wanted: words.taken - 1,
            }),
            None => Ok(value),
        }
    }
}

/// The words that are left of a text.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    rest: &'t str,
    taken: usize,
}

/// What stands behind a command is not what is wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgsError {
    /// There is nothing in this place, counted from 1.
    #[error("argument {position} is missing")]
    Missing {
        /// Which one.
        position: usize,
    },
    /// There is something else in this place, counted from 1.
    #[error("argument {position}, `{word}`, is no {wanted}")]
    Other {
        /// Which one.
        position: usize,
        /// What is there.
        word: String,
        /// What should be.
        wanted: &'static str,
    },
    /// There is more than was wanted.
    #[error("there are more than {wanted} arguments")]
    TooMany {
        /// So many were.
        wanted: usize,
    },
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        let rest = text.trim();
        Self { rest, taken: 0 }
    }

    /// All that is left, which may be nothing.
    pub fn rest(&mut self) -> &'t str {
        if !self.rest.is_empty() {
            self.taken += 1;
        }
        std::mem::take(&mut self.rest)
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next word, or the error that says that there is none.
    ///
    /// # Errors
    ///
    /// [`ArgsError::Missing`].
    pub fn word(&mut self) -> Result<&'t str, ArgsError> {
        let position = self.taken + 1;
        self.next().ok_or(ArgsError::Missing { position })
    }

    /// The error that says that the word taken last is something else.
    #[must_use]
    pub fn other(&self, word: &str, wanted: &'static str) -> ArgsError {
        let (position, word) = (self.taken, word.to_owned());
        ArgsError::Other {
            position,
            word,
            wanted,
        }
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let (word, rest) = match self.rest.split_once(char::is_whitespace) {
            Some((word, rest)) => (word, rest.trim_start()),
            None => (self.rest, ""),
        };
        self.rest = rest;
        self.taken += 1;
        Some(word)
    }
}

macro_rules! read {
    ($($type:ty),*) => {$(
        impl Argument for $type {
            fn take(words: &mut Words<'_>) -> Result<Self, ArgsError> {
                let word = words.word()?;
                word.parse().map_err(|_| words.other(word, type_name::<Self>()))
            }
        }
    )*};
}

read!(
    bool, char, f32, f64, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

impl Argument for String {
    fn take(words: &mut Words<'_>) -> Result<Self, ArgsError> {
        words.word().map(str::to_owned)
    }

    fn take_last(words: &mut Words<'_>) -> Result<Self, ArgsError> {
        match words.is_empty() {
            true => words.word().map(str::to_owned),
            false => Ok(words.rest().to_owned()),
        }
    }
}

impl<T: Argument> Argument for Option<T> {
    fn take(words: &mut Words<'_>) -> Result<Self, ArgsError> {
        (!words.is_empty()).then(|| T::take(words)).transpose()
    }

    fn take_last(words: &mut Words<'_>) -> Result<Self, ArgsError> {
        (!words.is_empty()).then(|| T::take_last(words)).transpose()
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn take(words: &mut Words<'_>) -> Result<Self, ArgsError> {
        let mut all = Self::new();
        while !words.is_empty() {
            all.push(T::take(words)?);
        }
        Ok(all)
    }
}

impl Argument for () {
    fn take(_: &mut Words<'_>) -> Result<Self, ArgsError> {
        Ok(())
    }
}

macro_rules! tuple {
    ($($first:ident)* | $last:ident) => {
        impl<$($first: Argument,)* $last: Argument> Argument for ($($first,)* $last,) {
            fn take(words: &mut Words<'_>) -> Result<Self, ArgsError> {
                Ok(($($first::take(words)?,)* $last::take(words)?,))
            }

            fn take_last(words: &mut Words<'_>) -> Result<Self, ArgsError> {
                Ok(($($first::take(words)?,)* $last::take_last(words)?,))
            }
        }
    };
}

tuple!(| A);
tuple!(A | B);
tuple!(A B | C);
tuple!(A B C | D);
tuple!(A B C D | E);
tuple!(A B C D E | F);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let error = |text: &str| <(u8, u8)>::parse(text).unwrap_err().to_string();
        assert_eq!(error(""), "argument 1 is missing");
        assert_eq!(error("1"), "argument 2 is missing");
        assert_eq!(error("1 300"), "argument 2, `300`, is no u8");
        assert_eq!(error("1 2 3"), "there are more than 2 arguments");
        assert_eq!(
            <()>::parse("x").unwrap_err().to_string(),
            "there are more than 0 arguments"
        );
    }

    #[test]
    fn the_last_text_takes_all_that_is_left() {
        let parsed = <(String, String)>::parse("one two\nthree ").unwrap();
        assert_eq!(parsed, ("one".to_owned(), "two\nthree".to_owned()));
        assert_eq!(String::parse(" a b "), Ok("a b".to_owned()));
        assert_eq!(Option::<String>::parse("a b"), Ok(Some("a b".to_owned())));
        assert_eq!(Option::<String>::parse(""), Ok(None));
        assert_eq!(<(u8, Vec<u8>)>::parse("1"), Ok((1, Vec::new())));
    }
}
