//! The process that a client belongs to.
use std::process;

use super::error::NetError;

/// The process that a client was made in.
///
/// A child of `fork` has the memory of its parent and none of its threads: whoever hands them
/// something there waits for ever, and a lock that one of them held is never let go. So the child
/// is told apart before anything is touched. That costs a system call of about 0.1 µs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Process(u32);

impl Process {
    /// This one.
    pub(crate) fn current() -> Self {
        Self(process::id())
    }

    /// Whether the caller is in it, and not in a child of it.
    pub(super) fn is_current(self) -> bool {
        self == Self::current()
    }

    /// The same, for whoever would go on to touch something.
    ///
    /// # Errors
    ///
    /// [`NetError::Forked`].
    pub(crate) fn check(self) -> Result<(), NetError> {
        match self.is_current() {
            true => Ok(()),
            false => Err(NetError::Forked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_itself() {
        assert!(Process::current().is_current());
        assert!(Process::current().check().is_ok());
        let other = Process(process::id() ^ 1);
        assert!(!other.is_current());
        assert!(matches!(other.check(), Err(NetError::Forked)));
    }
}
