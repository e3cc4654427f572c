//! The traits of everything that has a TL form.

use super::error::DecodeError;
use super::reader::Reader;

/// A constructor or function of the schema: it has an id.
pub trait Identifiable {
    /// The number that stands for this constructor on the wire.
    const CONSTRUCTOR_ID: u32;
}

/// A value that can be written as TL.
///
/// Enums (TL types) and functions write their constructor id first; structs (single constructors)
/// are *bare*: they write their fields only.
pub trait Serialize {
    /// Appends the TL form of `self` to `out`. It allocates only what `out` needs to grow.
    fn serialize(&self, out: &mut Vec<u8>);

    /// The TL form of `self` as a new buffer.
    #[inline]
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.serialize(&mut out);
        out
    }
}

/// A value that can be read from TL.
pub trait Deserialize: Sized {
    /// Takes a value from `reader`.
    ///
    /// This always returns a value: once something is wrong, the reader keeps the error and gives
    /// zeros and empty values from then on. Ask [`Reader::finish`] before you use what you have
    /// read.
    fn deserialize(reader: &mut Reader<'_>) -> Self;

    /// Reads a value that takes up the whole of `bytes`.
    ///
    /// # Errors
    /// When `bytes` is not such a value, ends too early, or goes on after it.
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        let value = Self::deserialize(&mut reader);
        reader.finish()?;
        Ok(value)
    }
}

/// A function of the schema: a request that the server answers.
pub trait RemoteCall: Serialize + Identifiable {
    /// The type of the answer.
    type Return: Deserialize;
}

impl<T: Identifiable> Identifiable for &T {
    const CONSTRUCTOR_ID: u32 = T::CONSTRUCTOR_ID;
}

impl<T: Serialize + ?Sized> Serialize for &T {
    #[inline]
    fn serialize(&self, out: &mut Vec<u8>) {
        (**self).serialize(out);
    }
}

impl<T: RemoteCall> RemoteCall for &T {
    type Return = T::Return;
}
