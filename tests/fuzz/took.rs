//! What a target says about its input.

/// Whether an input was accepted, and how many bytes of it reached the code: what it may allocate is
/// held against these.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    /// Nothing in it was refused.
    pub(crate) accepted: bool,
    /// How many bytes the code was given.
    pub(crate) bytes: usize,
}

impl Took {
    /// Accepted or not.
    pub(crate) fn of(accepted: bool, bytes: usize) -> Self {
        Self { accepted, bytes }
    }

    /// All was well.
    pub(crate) fn accepted(bytes: usize) -> Self {
        Self::of(true, bytes)
    }

    /// Something was refused.
    pub(crate) fn refused(bytes: usize) -> Self {
        Self::of(false, bytes)
    }

    /// It was too short to be tried.
    pub(crate) fn nothing() -> Self {
        Self::refused(0)
    }
}
