//! What the rooms above the engine keep with the client.
use std::any::Any;
use std::sync::Arc;

use parking_lot::Mutex;

/// A place for what begins with its first use and ends with the client: one of each type. The engine
/// does not know what it is, as it knows no room above it.
#[derive(Default)]
pub(crate) struct Annex(Mutex<Vec<Arc<dyn Any + Send + Sync>>>);

impl Annex {
    /// What is kept here, made now if need be. `make` must not block.
    ///
    /// # Errors
    ///
    /// As `make`; then nothing is kept.
    pub(crate) fn open<T: Any + Send + Sync, E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let mut kept = self.0.lock();
        if let Some(there) = of(&kept) {
            return Ok(there);
        }
        let new = Arc::new(make()?);
        kept.push(Arc::clone(&new) as Arc<dyn Any + Send + Sync>);
        Ok(new)
    }

    /// What is kept here, if it was made.
    pub(crate) fn kept<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        of(&self.0.lock())
    }
}

fn of<T: Any + Send + Sync>(kept: &[Arc<dyn Any + Send + Sync>]) -> Option<Arc<T>> {
    let there = kept.iter().find(|it| (***it).is::<T>());
    Arc::downcast(Arc::clone(there?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_unless_that_fails() {
        let annex = Annex::default();
        assert!(annex.kept::<u8>().is_none());
        assert_eq!(annex.open::<u8, _>(|| Err("not now")), Err("not now"));
        let first = annex.open::<u8, ()>(|| Ok(1)).unwrap();
        let again = annex.open::<u8, ()>(|| Ok(2)).unwrap();
        assert!(Arc::ptr_eq(&first, &again) && *again == 1);
        assert_eq!(*annex.open::<u16, ()>(|| Ok(3)).unwrap(), 3);
        assert_eq!(*annex.open::<u8, ()>(|| Ok(4)).unwrap(), 1, "one of each");
    }
}
