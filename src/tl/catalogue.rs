//! The catalogue of the server's errors.
use std::fmt;
use std::ops::Range;

use super::facts::{ANSWERED_BY, ANSWERING, ERRORS, ErrorRow, WORDS};
use super::remedy::{Number, Remedy};

/// An error of the server that is known by its name: what it means and what to do about it.
///
/// The server has more names than anybody has written down: one that is not known is no bug.
///
/// See <https://core.telegram.org/api/errors>.
///
/// ```
/// use ferogram_sync::tl::{ErrorKind, Remedy};
///
/// let kind = ErrorKind::of("FLOOD_WAIT_30").unwrap();
/// assert_eq!((kind.code(), kind.name()), (420, "FLOOD_WAIT_X"));
/// assert_eq!(kind.remedy(), Remedy::Wait);
/// assert!(kind.meaning().contains("X seconds"));
/// assert!(ErrorKind::of("NOBODY_KNOWS_THIS").is_none());
/// ```
#[derive(Clone, Copy)]
pub struct ErrorKind(&'static ErrorRow);

impl ErrorKind {
    /// The kind of an error whose name the server wrote as `message`.
    #[must_use]
    pub fn of(message: &str) -> Option<Self> {
        let numbered = number_in(message).and_then(|place| {
            let (before, after) = (&message[..place.start], &message[place.end..]);
            find([before, "X", after])
        });
        numbered
            .or_else(|| find([message, "", ""]))
            .or_else(|| find([without_details(message), "", ""]))
    }

    /// All that are known, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        ERRORS.iter().map(Self)
    }

    /// The code that it usually comes with.
    #[must_use]
    pub fn code(self) -> i32 {
        self.0.code.into()
    }

    /// The name, with an X for a number.
    #[must_use]
    pub fn name(self) -> &'static str {
        name(self.0)
    }

    /// What the server refuses, as a part of a sentence. X is the number of the name.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        let row = self.0;
        text(row.at + u32::from(row.name), row.meaning)
    }

    /// What to do about it, as a part of a sentence; empty where the meaning says it all.
    #[must_use]
    pub fn advice(self) -> &'static str {
        let row = self.0;
        let at = row.at + u32::from(row.name) + u32::from(row.meaning);
        text(at, row.advice)
    }

    /// What can be done, to be told apart by a program.
    #[must_use]
    pub fn remedy(self) -> Remedy {
        self.0.remedy
    }

    /// What the number in its name is, if there is one.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        self.0.number
    }

    /// The methods that are known to answer it. None means: any, or nobody has written it down.
    ///
    /// ```
    /// use ferogram_sync::tl::ErrorKind;
    ///
    /// let kind = ErrorKind::of("FORM_EXPIRED").unwrap();
    /// assert!(kind.methods().any(|method| method == "payments.sendStarsForm"));
    /// ```
    pub fn methods(self) -> impl Iterator<Item = &'static str> {
        let (from, to) = self.0.methods;
        let places = &ANSWERED_BY[usize::from(from)..usize::from(to)];
        places.iter().map(|place| ANSWERING[usize::from(*place)])
    }

    /// Whether the server has decided, under whatever code it comes: asking again at once is no
    /// use. Else it is an inner error that leaves open whether the request was carried out.
    #[must_use]
    pub fn is_definite(self) -> bool {
        self.0.remedy != Remedy::Again
    }
}

impl PartialEq for ErrorKind {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for ErrorKind {}

impl fmt::Debug for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrorKind({} {})", self.code(), self.name())
    }
}

/// Where the number of an error's name stands: a word of digits, which may have `MIN` behind it.
pub(crate) fn number_in(message: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for word in message.split('_') {
        let digits = word.strip_suffix("MIN").unwrap_or(word);
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if is_number && digits.parse::<i64>().is_ok() {
            return Some(start..start + digits.len());
        }
        start += word.len() + 1;
    }
    None
}

/// The name without what some servers append: `INPUT_METHOD_INVALID` of
/// `INPUT_METHOD_INVALID_472471681_289215`.
fn without_details(mut message: &str) -> &str {
    while let Some((name, word)) = message.rsplit_once('_') {
        let word = word.trim_start_matches('-');
        let hex = word.bytes().all(|b| b.is_ascii_hexdigit());
        if !hex || !(word.bytes().any(|b| b.is_ascii_digit()) || word.len() == 8) {
            break;
        }
        message = name;
    }
    message
}

/// The row whose name these parts make.
fn find(parts: [&str; 3]) -> Option<ErrorKind> {
    let wanted = parts.iter().flat_map(|part| part.bytes());
    let found = ERRORS.binary_search_by(|row| name(row).bytes().cmp(wanted.clone()));
    found.ok().map(|at| ErrorKind(&ERRORS[at]))
}

fn name(row: &ErrorRow) -> &'static str {
    text(row.at, row.name)
}

fn text(at: u32, length: u8) -> &'static str {
    let at = at as usize;
    &WORDS[at..at + usize::from(length)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_as_the_server_writes_it() {
        for kind in ErrorKind::all() {
            let number = if kind.number().is_some() { "12" } else { "X" };
            let written = kind.name().replace("_X", &format!("_{number}"));
            assert_eq!(ErrorKind::of(&written), Some(kind), "{written}");
            assert!(!kind.meaning().is_empty(), "{written}");
            assert!(kind.methods().all(|it| !it.is_empty()), "{written}");
        }
        assert!(ErrorKind::all().count() > 800);
    }

    #[test]
    fn texts_are_those_of_the_row() {
        let kind = ErrorKind::of("FILE_PART_0_MISSING").unwrap();
        assert_eq!(kind.name(), "FILE_PART_X_MISSING");
        assert_eq!(kind.meaning(), "part X of the file is not there");
        assert_eq!(kind.advice(), "upload that part again");
        assert_eq!((kind.code(), kind.methods().count()), (400, 0));
        assert_eq!(
            (kind.number(), kind.remedy()),
            (Some(Number::Part), Remedy::Renew)
        );
    }

    #[test]
    fn what_is_appended_to_a_name_does_not_hide_it() {
        for message in [
            "INPUT_METHOD_INVALID_472471681_289215",
            "INPUT_METHOD_INVALID_-5",
            "INPUT_METHOD_INVALID_DEADBEEF",
            "INPUT_METHOD_INVALID",
        ] {
            let kind = ErrorKind::of(message).map(ErrorKind::name);
            assert_eq!(kind, Some("INPUT_METHOD_INVALID"), "{message}");
        }
    }

    #[test]
    fn strange_names_are_unknown() {
        for message in [
            "",
            "_",
            "7",
            "X",
            "FLOOD",
            "FLOOD_WAIT",
            "FLOOD_WAIT_30_40",
            "Ä_5",
            "\0",
        ] {
            assert_eq!(ErrorKind::of(message), None, "{message}");
        }
    }
}
