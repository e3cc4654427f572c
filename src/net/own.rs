//! Which threads are the library's own: nothing may wait for them on themselves.
use std::cell::Cell;

thread_local! {
    static IS_OWN: Cell<bool> = const { Cell::new(false) };
}

/// From now on this thread is one that calls wait for: the reactor's, or the store's.
pub(crate) fn mark_own_thread() {
    IS_OWN.set(true);
}

/// Whether this thread is one of the library's, of whichever client, where nothing may wait for an
/// answer.
pub(crate) fn is_own_thread() -> bool {
    IS_OWN.get()
}
