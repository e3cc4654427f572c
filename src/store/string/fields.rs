//! The fields of a login, one after the other.
use super::error::StringError;
use super::format::StringFormat;

/// What is left of the bytes of a form.
pub(in crate::store) struct Fields<'a> {
    bytes: &'a [u8],
    format: StringFormat,
}

impl<'a> Fields<'a> {
    pub(in crate::store) fn new(bytes: &'a [u8], format: StringFormat) -> Self {
        Self { bytes, format }
    }

    /// What is wrong with them.
    pub(super) fn malformed(&self, detail: &'static str) -> StringError {
        StringError::Malformed {
            format: self.format,
            detail,
        }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], StringError> {
        let taken = self.bytes.split_at_checked(length);
        let (taken, rest) = taken.ok_or(self.malformed("it is too short"))?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(in crate::store) fn array<const N: usize>(&mut self) -> Result<[u8; N], StringError> {
        Ok(self.take(N)?.try_into().expect("as many were taken"))
    }

    pub(super) fn byte(&mut self) -> Result<u8, StringError> {
        self.array().map(|[byte]| byte)
    }

    pub(in crate::store) fn word(&mut self) -> Result<u32, StringError> {
        self.array().map(u32::from_le_bytes)
    }

    /// A string of TL, with its length before it and padding behind it.
    ///
    /// See <https://core.telegram.org/mtproto/serialize#base-types>.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], StringError> {
        let (header, length) = match self.byte()? {
            254 => {
                let [a, b, c] = self.array()?;
                (4, u32::from_le_bytes([a, b, c, 0]) as usize)
            }
            255 => return Err(self.malformed("one of its fields is too long")),
            length => (1, usize::from(length)),
        };
        let bytes = self.take(length)?;
        // At the very end the padding may be left out.
        let padding = (header + length).wrapping_neg() % 4;
        self.take(padding.min(self.bytes.len()))?;
        Ok(bytes)
    }

    /// The key where it lies: no copy of it stays on the stack.
    pub(super) fn key(&mut self) -> Result<&'a [u8; 256], StringError> {
        let key = self.take(256)?;
        Ok(key.try_into().expect("256 bytes were taken"))
    }
}
