//! A place to swap in and out of, as the model has it.
use loom::sync::Mutex;

/// Each operation sees what the one before it left, and all that came before that: as with the
/// library's, whose operations acquire and release.
pub(super) struct Swap<T>(Mutex<Option<T>>);

impl<T> Swap<T> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(None))
    }

    pub(super) fn put(&self, it: T) {
        self.swap(Some(it));
    }

    pub(super) fn take(&self) -> Option<T> {
        self.swap(None)
    }

    fn swap(&self, it: Option<T>) -> Option<T> {
        std::mem::replace(&mut self.0.lock().expect("nobody panics"), it)
    }
}
