//! What the rooms above the engine keep with the client.
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

/// A place for things that begin with their first use and end with the client, one of each type.
/// The engine does not know what they are, as it knows no room above it.
#[derive(Default)]
pub(crate) struct Annex(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Annex {
    /// What is kept here of a type, made now if need be. `make` must not block.
    ///
    /// # Errors
    ///
    /// As `make`; then nothing is kept.
    pub(crate) fn open<T: Any + Send + Sync, E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let mut kept = self.0.lock();
        let there = kept.get(&TypeId::of::<T>()).map(Arc::clone);
        if let Some(Ok(there)) = there.map(Arc::downcast::<T>) {
            return Ok(there);
        }
        let new = Arc::new(make()?);
        let shared = Arc::clone(&new) as Arc<dyn Any + Send + Sync>;
        kept.insert(TypeId::of::<T>(), shared);
        Ok(new)
    }

    /// What is kept here of a type, if something is.
    pub(crate) fn kept<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let kept = self.0.lock().get(&TypeId::of::<T>()).map(Arc::clone)?;
        kept.downcast().ok()
    }

    /// What is kept here of a type, made now if need be.
    pub(crate) fn of<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        match self.open(|| Ok::<_, std::convert::Infallible>(T::default())) {
            Ok(kept) => kept,
            Err(never) => match never {},
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_unless_that_fails() {
        let annex = Annex::default();
        assert_eq!(annex.open::<u8, _>(|| Err("not now")), Err("not now"));
        let first = annex.open::<u8, ()>(|| Ok(1)).unwrap();
        let other = annex.open::<u16, ()>(|| Ok(2)).unwrap();
        let again = annex.open::<u8, ()>(|| Ok(3)).unwrap();
        assert!(Arc::ptr_eq(&first, &again) && *again == 1 && *other == 2);
        assert_eq!(*annex.of::<u8>(), 1);
        assert_eq!(*annex.of::<u32>(), 0);
        assert_eq!(annex.kept::<u16>(), Some(other));
        assert_eq!(annex.kept::<i8>(), None);
    }
}
