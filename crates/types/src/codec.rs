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
        whole(bytes)
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

impl<T: Serialize + ?Sized> Serialize for Box<T> {
    #[inline]
    fn serialize(&self, out: &mut Vec<u8>) {
        (**self).serialize(out);
    }
}

impl<T: Deserialize> Deserialize for Box<T> {
    #[inline]
    fn deserialize(reader: &mut Reader<'_>) -> Self {
        Box::new(T::deserialize(reader))
    }
}

impl<T: Deserialize> Deserialize for Vec<T> {
    #[inline]
    fn deserialize(reader: &mut Reader<'_>) -> Self {
        reader.vector_id();
        bare_vec(reader)
    }
}

// What follows is all the code in which values are made that can be large, and dropped when
// something is wrong with them. It stands in one file because the compiler copies the code that
// drops a value into each part of the program that can: half of a program's code was such copies.
//
// Half-read values are never taken apart: `extern "C"` stands for an ABI that nothing unwinds
// through, so that no code for that is generated in any of some thousand places. Nothing here
// panics; if there were a mistake that does, it would abort the program.

/// Takes a value that takes up the whole of `bytes`.
fn whole<T: Deserialize>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = T::deserialize(&mut reader);
    reader.finish()?;
    Ok(value)
}

/// Takes a field. This is the one place where the code that reads a type is generated: it is not
/// inlined, so there is one copy.
#[inline(never)]
pub(super) extern "C" fn de<T: Deserialize>(r: &mut Reader<'_>) -> T {
    T::deserialize(r)
}

/// Takes the fields of a boxed variant.
#[inline(never)]
pub(super) extern "C" fn boxed<T: Deserialize>(r: &mut Reader<'_>) -> Box<T> {
    Box::new(T::deserialize(r))
}

/// Takes a *bare* vector: its count and its items, without an id.
pub fn bare_vec<T: Deserialize>(reader: &mut Reader<'_>) -> Vec<T> {
    let count = reader.vector_count();
    // A claim alone allocates no more than the bytes that came with it; the rest grows with the
    // items.
    let affordable = reader.len() / size_of::<T>().max(1);
    let mut items = Vec::with_capacity(count.min(affordable));
    for _ in 0..count {
        let item = T::deserialize(reader);
        if reader.failed() {
            break;
        }
        items.push(item);
    }
    items
}
