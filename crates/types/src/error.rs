//! What can be wrong with bytes that should be TL.

/// Bytes that are not the TL value they should be: what is wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} (at byte {offset})")]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// Where the value that could not be read begins, in bytes from the start of the input.
    pub offset: usize,
}

/// The ways in which bytes fail to be TL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// A constructor id that the expected type does not have. Often the sign of another layer.
    #[error("constructor {id:#010x} is not one of {expected}")]
    UnknownConstructor {
        /// The id that was found.
        id: u32,
        /// The TL type that was expected.
        expected: &'static str,
    },
    /// The input ends inside of a value.
    #[error("the input ends too early")]
    Truncated,
    /// The value is complete, and bytes follow.
    #[error("{left} bytes are left over after the value")]
    Trailing {
        /// How many bytes follow.
        left: usize,
    },
    /// A vector claims more items than the rest of the input could hold.
    #[error("a vector claims {count} items, more than the input can hold")]
    TooMany {
        /// The number of items it claims.
        count: u32,
    },
    /// Values nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("values are nested too deep")]
    TooDeep,
}
