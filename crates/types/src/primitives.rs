//! The TL forms of numbers, strings, bytes, truth values and vectors.

use super::codec::{Deserialize, Serialize};
use super::reader::{Reader, VECTOR_ID};

pub(super) const BOOL_TRUE: u32 = 0x9972_75b5;
pub(super) const BOOL_FALSE: u32 = 0xbc79_9737;

/// Appends `data` in the TL form of `bytes` and `string`: length, data, padding to a multiple of
/// four.
#[inline]
pub fn put_bytes(out: &mut Vec<u8>, data: &[u8]) {
    let length = data.len();
    let header = if length < 254 {
        out.push(length as u8); // it is below 254
        1
    } else {
        put_long_header(out, length)
    };
    out.extend_from_slice(data);
    let padding = (header + length).wrapping_neg() % 4;
    out.extend_from_slice(&[0; 3][..padding]);
}

/// Writes the header of a long string: `fe` and three bytes, or (from 16 MiB on) `ff` and seven.
fn put_long_header(out: &mut Vec<u8>, length: usize) -> usize {
    let bytes = (length as u64).to_le_bytes();
    if length < 1 << 24 {
        out.extend_from_slice(&[254, bytes[0], bytes[1], bytes[2]]);
        4
    } else {
        out.push(255);
        out.extend_from_slice(&bytes[..7]);
        8
    }
}

/// Appends a *bare* vector: its count and its items, without an id.
#[inline]
pub fn put_bare_vec<T: Serialize>(out: &mut Vec<u8>, items: &[T]) {
    // A vector of more than two thousand million items does not fit into memory as a message.
    (items.len() as i32).serialize(out);
    for item in items {
        item.serialize(out);
    }
}

macro_rules! number {
    ($type:ty, $read:ident) => {
        impl Serialize for $type {
            #[inline]
            fn serialize(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        }

        impl Deserialize for $type {
            #[inline]
            fn deserialize(reader: &mut Reader<'_>) -> Self {
                reader.$read()
            }
        }
    };
}

number!(i32, i32);
number!(i64, i64);
number!(f64, f64);

macro_rules! raw {
    ($length:literal, $read:ident) => {
        impl Serialize for [u8; $length] {
            #[inline]
            fn serialize(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(self);
            }
        }

        impl Deserialize for [u8; $length] {
            #[inline]
            fn deserialize(reader: &mut Reader<'_>) -> Self {
                reader.$read()
            }
        }
    };
}

raw!(16, int128);
raw!(32, int256);

impl Serialize for bool {
    #[inline]
    fn serialize(&self, out: &mut Vec<u8>) {
        let id = if *self { BOOL_TRUE } else { BOOL_FALSE };
        out.extend_from_slice(&id.to_le_bytes());
    }
}

impl Deserialize for bool {
    #[inline]
    fn deserialize(reader: &mut Reader<'_>) -> Self {
        let id = reader.u32();
        if id != BOOL_TRUE && id != BOOL_FALSE {
            reader.unknown(id, "Bool");
        }
        id == BOOL_TRUE
    }
}

impl Serialize for String {
    #[inline]
    fn serialize(&self, out: &mut Vec<u8>) {
        put_bytes(out, self.as_bytes());
    }
}

impl Deserialize for String {
    /// A string that is not UTF-8 is still a string: what cannot be read becomes `U+FFFD`, and the
    /// rest of the message is not lost with it.
    #[inline]
    fn deserialize(reader: &mut Reader<'_>) -> Self {
        let bytes = reader.bytes();
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

impl Serialize for Vec<u8> {
    #[inline]
    fn serialize(&self, out: &mut Vec<u8>) {
        put_bytes(out, self);
    }
}

impl Deserialize for Vec<u8> {
    #[inline]
    fn deserialize(reader: &mut Reader<'_>) -> Self {
        reader.bytes().to_vec()
    }
}

impl<T: Serialize> Serialize for Vec<T> {
    #[inline]
    fn serialize(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&VECTOR_ID.to_le_bytes());
        put_bare_vec(out, self);
    }
}
