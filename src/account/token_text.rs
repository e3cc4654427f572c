//! Tokens of a login under way, as text.
use base64ct::{Base64UrlUnpadded, Encoding};
use zeroize::Zeroizing;

use crate::error::{AccountError, Result};
use crate::secret::Secret;
use crate::tl::{Deserialize, Serialize};

/// Stands in front, so that a later form is not taken for this one.
const VERSION: u8 = 1;

/// More than any token takes.
const TEXT_MAX: usize = 16 * 1024;

/// What a text is the token of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Code = b'c',
    Password = b'p',
}

/// Writes what the server has told, with a name in front.
pub(crate) fn write(kind: Kind, name: &str, told: &dyn Serialize) -> Secret<String> {
    let name = name.as_bytes();
    let length = u8::try_from(name.len()).unwrap_or(u8::MAX);
    let told = Zeroizing::new(told.to_bytes());
    let mut bytes = Zeroizing::new(Vec::with_capacity(told.len() + 3 + usize::from(u8::MAX)));
    bytes.extend([VERSION, kind as u8, length]);
    bytes.extend(name.iter().take(length.into()));
    bytes.extend_from_slice(&told);
    Secret::new(Base64UrlUnpadded::encode_string(&bytes))
}

/// Reads what [`write`] has written.
pub(crate) fn read<T: Deserialize>(kind: Kind, text: &str) -> Result<(String, T)> {
    parts(kind, text.trim()).ok_or_else(|| AccountError::NoToken.into())
}

fn parts<T: Deserialize>(kind: Kind, text: &str) -> Option<(String, T)> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let bytes = Base64UrlUnpadded::decode_vec(text)
        .ok()
        .map(Zeroizing::new)?;
    let ([version, what, length], rest) = bytes.split_first_chunk()?;
    if (*version, *what) != (VERSION, kind as u8) {
        return None;
    }
    let (name, told) = rest.split_at_checked(usize::from(*length))?;
    let name = std::str::from_utf8(name).ok()?.to_owned();
    Some((name, T::from_bytes(told).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::{enums, types};

    fn sent() -> enums::auth::SentCode {
        types::auth::SentCode {
            phone_code_hash: "hash".to_owned(),
            ..Default::default()
        }
        .into()
    }

    #[test]
    fn what_is_written_is_read() {
        let text = write(Kind::Code, "15550001", &sent());
        assert_eq!(format!("{text:?}"), "Secret(..)");
        let (phone, told): (_, enums::auth::SentCode) =
            read(Kind::Code, &format!(" {}\n", text.expose())).expect("it was written");
        assert_eq!((phone.as_str(), told), ("15550001", sent()));
    }

    #[test]
    fn nothing_else_is() {
        let text = write(Kind::Code, "15550001", &sent());
        let text = text.expose().as_str();
        let read = |kind, text: &str| read::<enums::auth::SentCode>(kind, text).is_ok();
        assert!(read(Kind::Code, text) && !read(Kind::Password, text));
        for at in 0..text.len() {
            assert!(!read(Kind::Code, &text[..at]), "{at}");
        }
        for other in ["", "====", "\u{e9}", "AWP_", &"A".repeat(TEXT_MAX + 1)] {
            assert!(!read(Kind::Code, other), "{other:?}");
        }
    }
}
