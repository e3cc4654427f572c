//! What can be wrong with bytes that should be TL.
use std::fmt;

/// Bytes that are not the TL value they should be: what is wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// Where the value that could not be read begins, in bytes from the start of the input.
    pub offset: usize,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.kind, self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// The ways in which bytes fail to be TL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// A constructor id that the expected type does not have. Often the sign of another layer.
    UnknownConstructor {
        /// The id that was found.
        id: u32,
        /// The TL type that was expected.
        expected: &'static str,
    },
    /// The input ends inside of a value.
    Truncated,
    /// The value is complete, and bytes follow.
    Trailing {
        /// How many bytes follow.
        left: usize,
    },
    /// A vector claims more items than the rest of the input could hold.
    TooMany {
        /// The number of items it claims.
        count: u32,
    },
    /// Values nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownConstructor { id, expected } => {
                write!(f, "constructor {id:#010x} is not one of {expected}")
            }
            Self::Truncated => f.write_str("the input ends too early"),
            Self::Trailing { left } => write!(f, "{left} bytes are left over after the value"),
            Self::TooMany { count } => write!(
                f,
                "a vector claims {count} items, more than the input can hold"
            ),
            Self::TooDeep => f.write_str("values are nested too deep"),
        }
    }
}

impl std::error::Error for DecodeErrorKind {}
