//! What a place must be able to do to keep a session.
use super::change::Change;
use super::error::StoreError;
use super::records::Records;

/// Keeps the records of one session.
///
/// The client calls it from a thread of its own, so an implementation may block on a disk or a
/// database for as long as it needs. It belongs to one client at a time: whoever implements it
/// refuses a second one, because two clients that use one key lose their login
/// (<https://core.telegram.org/api/errors#406-not-acceptable>).
pub trait Store: Send {
    /// Everything that was kept so far; [`Records::default`] for a session that is new.
    ///
    /// # Errors
    ///
    /// When the records are there but cannot be read. They are left as they are.
    fn load(&mut self) -> Result<Records, StoreError>;

    /// Keeps all of `changes`, in their order, or none of them.
    ///
    /// When it returns without an error the changes outlive the process and, as far as the
    /// medium can promise that, a loss of power. [`Change::apply`] says what each one means.
    ///
    /// # Errors
    ///
    /// When they could not be kept. What was kept before is still there, and the same changes may
    /// be given again.
    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError>;
}

impl<S: Store + ?Sized> Store for Box<S> {
    fn load(&mut self) -> Result<Records, StoreError> {
        (**self).load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        (**self).apply(changes)
    }
}
