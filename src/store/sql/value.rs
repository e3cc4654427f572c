//! What stands in a field of a table.
use zeroize::Zeroizing;

use crate::store::StoreError;

/// What stands in a field. Bytes may be a key, so they are wiped when they go.
#[derive(Clone, PartialEq)]
pub(in crate::store) enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Zeroizing<Vec<u8>>),
}

impl Value {
    pub(in crate::store) fn bytes(bytes: &[u8]) -> Self {
        Self::Bytes(Zeroizing::new(bytes.to_vec()))
    }

    pub(super) fn optional(value: Option<impl Into<Value>>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

/// The fields of one row, which are taken one after the other.
pub(in crate::store) struct Fields(std::vec::IntoIter<Value>);

/// A field is not what this library writes there.
pub(super) fn strange() -> StoreError {
    StoreError::Other("a table of the session holds something that was not written there".into())
}

impl Fields {
    pub(in crate::store) fn new(row: Vec<Value>) -> Self {
        Self(row.into_iter())
    }

    pub(in crate::store) fn take(&mut self) -> Result<Value, StoreError> {
        self.0.next().ok_or_else(strange)
    }

    pub(in crate::store) fn optional<T>(&mut self) -> Result<Option<T>, StoreError>
    where
        T: TryFrom<Value, Error = StoreError>,
    {
        match self.take()? {
            Value::Null => Ok(None),
            value => value.try_into().map(Some),
        }
    }

    pub(in crate::store) fn value<T>(&mut self) -> Result<T, StoreError>
    where
        T: TryFrom<Value, Error = StoreError>,
    {
        self.take()?.try_into()
    }
}

impl TryFrom<Value> for i64 {
    type Error = StoreError;
    fn try_from(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Integer(value) => Ok(value),
            _ => Err(strange()),
        }
    }
}

impl TryFrom<Value> for i32 {
    type Error = StoreError;
    fn try_from(value: Value) -> Result<Self, StoreError> {
        i64::try_from(value)?.try_into().map_err(|_| strange())
    }
}

impl TryFrom<Value> for bool {
    type Error = StoreError;
    fn try_from(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Integer(0) => Ok(false),
            Value::Integer(1) => Ok(true),
            _ => Err(strange()),
        }
    }
}

impl TryFrom<Value> for String {
    type Error = StoreError;
    fn try_from(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Text(value) => Ok(value),
            _ => Err(strange()),
        }
    }
}

impl TryFrom<Value> for Zeroizing<Vec<u8>> {
    type Error = StoreError;
    fn try_from(value: Value) -> Result<Self, StoreError> {
        match value {
            Value::Bytes(value) => Ok(value),
            _ => Err(strange()),
        }
    }
}
