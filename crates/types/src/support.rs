//! What generated code is written with: short names, and one function for all that would otherwise
//! be the same code for every type.
//!
//! Each of these is small or not generic on purpose. The generated code is the largest part of the
//! library, and what it calls decides how long the library takes to build.
pub(super) use std::fmt::{Debug, Formatter, Result};

use super::codec::bare_vec;
pub(super) use super::codec::{Deserialize, Identifiable, RemoteCall, Serialize, boxed, de};
pub(super) use super::generated::{enums, types};
pub(super) use super::primitives::{put_bare_vec, put_bytes};
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
/// default, `bytes`.
#[inline]
pub(super) fn put_or_default<T: Serialize>(
    field: &Option<T>,
    flag: u32,
    bytes: &[u8],
    out: &mut Vec<u8>,
) {
    match field {
        Some(value) => value.serialize(out),
        None if flag != 0 => out.extend_from_slice(bytes),
        None => {}
    }
}

// What follows reads. `extern "C"` is for the reason that `codec.rs` gives.

/// Takes a field that is there if a flag is set.
#[inline]
#[expect(improper_ctypes_definitions, reason = "for the ABI, not for C")]
pub(super) extern "C" fn option<T: Deserialize>(r: &mut Reader<'_>, flag: u32) -> Option<T> {
    if flag == 0 { None } else { Some(de(r)) }
}

/// Takes a `string`.
#[expect(improper_ctypes_definitions, reason = "for the ABI, not for C")]
pub(super) extern "C" fn text(r: &mut Reader<'_>) -> String {
    String::deserialize(r)
}

macro_rules! takes {
    ($($name:ident, $option:ident: $type:ty = $method:ident;)*) => {$(
        #[doc = concat!("Takes `", stringify!($type), "`.")]
        #[inline]
        pub(super) extern "C" fn $name(r: &mut Reader<'_>) -> $type {
            r.$method()
        }

        #[doc = concat!("Takes `", stringify!($type), "` if a flag is set.")]
        #[inline]
        #[expect(improper_ctypes_definitions, reason = "for the ABI, not for C")]
        pub(super) extern "C" fn $option(r: &mut Reader<'_>, flag: u32) -> Option<$type> {
            if flag == 0 { None } else { Some(r.$method()) }
        }
    )*};
}

takes! {
    int, option_int: i32 = i32;
    long, option_long: i64 = i64;
    double, option_double: f64 = f64;
}

/// Takes a constructor id, or flags.
#[inline]
pub(super) extern "C" fn id(r: &mut Reader<'_>) -> u32 {
    r.u32()
}

/// Takes a bare vector.
#[inline]
#[expect(improper_ctypes_definitions, reason = "for the ABI, not for C")]
pub(super) extern "C" fn bare<T: Deserialize>(r: &mut Reader<'_>) -> Vec<T> {
    bare_vec(r)
}

/// Records that `id` is of no constructor of the type `expected`.
#[cold]
pub(super) fn unknown(r: &mut Reader<'_>, id: u32, expected: &'static str) {
    r.unknown(id, expected);
}

/// Ends a value of a type that can contain itself.
#[inline]
pub(super) extern "C" fn leave(r: &mut Reader<'_>) {
    r.leave();
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
