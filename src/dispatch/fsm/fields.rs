//! Values by their names, as they are kept.
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::error::StateError;

/// Values by their names, as JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(pub(super) Map<String, Value>);

impl Fields {
    /// Keeps a value under a name.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when it cannot be written as JSON.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), StateError> {
        let value = serde_json::to_value(value).map_err(|it| wrong(name, it))?;
        self.0.insert(name.to_owned(), value);
        Ok(())
    }

    /// The value under a name, if there is one.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when it is something else.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StateError> {
        let value = self.0.get(name).cloned();
        let read = |value| serde_json::from_value(value).map_err(|it| wrong(name, it));
        value.map(read).transpose()
    }

    /// The value that has to be there, unless its type can be without one.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when it is not, or is something else.
    pub fn field<T: DeserializeOwned>(&self, name: &str) -> Result<T, StateError> {
        let value = self.0.get(name).cloned().unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|it| wrong(name, it))
    }

    /// All values, by their names.
    #[must_use]
    pub fn as_json(&self) -> &Map<String, Value> {
        &self.0
    }
}

fn wrong(name: &str, source: serde_json::Error) -> StateError {
    let name = name.to_owned();
    StateError::Value { name, source }
}
