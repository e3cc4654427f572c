//! Values by their types.
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

/// Values by their types: one of each.
#[derive(Clone, Default)]
pub(super) struct Values(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Values {
    /// Keeps a value, instead of one of the same type.
    pub(super) fn put<T: Any + Send + Sync>(&mut self, value: T) {
        self.put_shared(Arc::new(value));
    }

    pub(super) fn put_shared<T: Any + Send + Sync>(&mut self, value: Arc<T>) {
        self.0.insert(TypeId::of::<T>(), value);
    }

    pub(super) fn of<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let value = self.0.get(&TypeId::of::<T>())?;
        Arc::clone(value).downcast().ok()
    }

    pub(super) fn has(&self, id: TypeId) -> bool {
        self.0.contains_key(&id)
    }
}
