//! What generated code is written with: short names, and one function for all that would otherwise
//! be the same code for every type.
//!
//! Each of these is small or not generic on purpose. The generated code is the largest part of the
//! library, and what it calls decides how long the library takes to build.
pub(super) use std::fmt::{Debug, Formatter, Result};

pub(super) use super::codec::{Deserialize, Identifiable, RemoteCall, Serialize};
pub(super) use super::generated::{enums, types};
pub(super) use super::primitives::{bare_vec, put_bare_vec, put_bytes};
pub(super) use super::reader::Reader;
pub(super) use super::show::{show_bare, show_boxed};

/// Appends a constructor id, or flags.
#[inline]
pub(super) fn put_id(out: &mut Vec<u8>, id: u32) {
    out.extend_from_slice(&id.to_le_bytes());
}

/// Appends an `int`.
#[inline]
pub(super) fn put_int(out: &mut Vec<u8>, value: i32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Appends a `long`.
#[inline]
pub(super) fn put_long(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Appends a field of any other type.
#[inline]
pub(super) fn ser<T: Serialize>(field: &T, out: &mut Vec<u8>) {
    field.serialize(out);
}

/// Takes a `string`.
#[inline]
pub(super) fn text(reader: &mut Reader<'_>) -> String {
    String::deserialize(reader)
}

/// Appends a constructor id and the fields that belong to it.
#[inline]
pub(super) fn put<T: Serialize>(out: &mut Vec<u8>, id: u32, fields: &T) {
    put_id(out, id);
    fields.serialize(out);
}

/// Appends a field whose own flag says whether it is there.
#[inline]
pub(super) fn put_option<T: Serialize>(field: &Option<T>, out: &mut Vec<u8>) {
    if let Some(value) = field {
        value.serialize(out);
    }
}

/// Appends a field whose flag is shared with others. If one of them is there, all have to be, or
/// the server would take what follows for the missing one: so a missing one is written as its
/// default.
#[inline]
pub(super) fn put_or_default<T: Serialize + Deserialize>(
    field: &Option<T>,
    flags: u32,
    bit: u32,
    out: &mut Vec<u8>,
) {
    match field {
        Some(value) => value.serialize(out),
        None if flags >> bit & 1 != 0 => default::<T>().serialize(out),
        None => {}
    }
}

/// Takes a field.
#[inline]
pub(super) fn de<T: Deserialize>(reader: &mut Reader<'_>) -> T {
    T::deserialize(reader)
}

/// Takes a field that is there if a flag is set.
#[inline]
pub(super) fn option<T: Deserialize>(reader: &mut Reader<'_>, flag: u32) -> Option<T> {
    if flag == 0 {
        None
    } else {
        Some(T::deserialize(reader))
    }
}

/// The default of a type of the schema: what a reader gives that has nothing to read.
#[inline]
pub(super) fn default<T: Deserialize>() -> T {
    T::deserialize(&mut Reader::poisoned())
}

/// The default of a field of a function.
#[inline]
pub(super) fn d<T: Default>() -> T {
    T::default()
}

/// Whether two values are the same on the wire.
pub(super) fn same(a: &dyn Serialize, b: &dyn Serialize) -> bool {
    a.to_bytes() == b.to_bytes()
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
