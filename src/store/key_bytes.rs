//! How `serde` reads and writes a key: as bytes, in every format.
use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};
use zeroize::Zeroizing;

use crate::secret::Secret;

type Key = Box<Secret<[u8; 256]>>;

/// Whoever writes records wants the key in them.
pub(super) fn serialize<S: Serializer>(key: &Key, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(key.expose())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Key, D::Error> {
    from.deserialize_bytes(Bytes)
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the 256 bytes of a key")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Key, E> {
        let key = bytes.try_into().map(|key: &[u8; 256]| Secret::new(*key));
        key.map(Box::new)
            .map_err(|_| E::invalid_length(bytes.len(), &self))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Key, E> {
        self.visit_bytes(&Zeroizing::new(bytes))
    }

    /// As formats without bytes have it: a list of numbers.
    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Key, A::Error> {
        let mut key = Zeroizing::new([0; 256]);
        for (at, byte) in key.iter_mut().enumerate() {
            let next = numbers.next_element()?;
            *byte = next.ok_or_else(|| A::Error::invalid_length(at, &self))?;
        }
        match numbers.next_element::<u8>()? {
            None => Ok(Box::new(Secret::new(*key))),
            Some(_) => Err(A::Error::invalid_length(257, &self)),
        }
    }
}
