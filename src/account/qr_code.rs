//! What a QR code for a login says.
use std::fmt;

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding};

use crate::error::{AccountError, Result};
use crate::secret::Secret;

/// What stands before the token in a link.
const LINK: &str = "tg://login?token=";

/// Longer than any token.
const TEXT_MAX: usize = 1024;

/// A QR code to be shown: who scans it with a device that is signed in lets this client in.
///
/// `Debug` does not show it: for half a minute, who reads it can make this client sign in to the
/// reader's account.
///
/// See <https://core.telegram.org/api/qr-login>.
pub struct QrCode {
    token: Secret<Vec<u8>>,
    expires: i64,
}

impl QrCode {
    pub(super) fn new(token: Vec<u8>, expires: i32) -> Self {
        Self {
            token: Secret::new(token),
            expires: expires.into(),
        }
    }

    /// The text of the code: a `tg://login` link.
    #[must_use]
    pub fn link(&self) -> String {
        let mut link = LINK.to_owned();
        link.push_str(&Base64UrlUnpadded::encode_string(self.token.expose()));
        link
    }

    /// Until when it is good, by the server's clock, in seconds since the Unix epoch. A new one
    /// follows in time.
    #[must_use]
    pub fn expires(&self) -> i64 {
        self.expires
    }
}

impl fmt::Debug for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QrCode")
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// The token in a link, or on its own.
pub(super) fn token_in(text: &str) -> Result<Vec<u8>> {
    let text = text.trim();
    let token = match text.get(..LINK.len()) {
        Some(start) if start.eq_ignore_ascii_case(LINK) => &text[LINK.len()..],
        _ => text,
    };
    let token = token.trim_end_matches('=');
    let decode = match token.contains(['-', '_']) {
        true => Base64UrlUnpadded::decode_vec,
        false => Base64Unpadded::decode_vec,
    };
    let bytes = match token.len() {
        1..=TEXT_MAX => decode(token).ok(),
        _ => None,
    };
    bytes.ok_or_else(|| AccountError::NoQrCode.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_was_written_and_as_others_write_it() {
        let token = vec![0xfb, 0xff, 0xfe, 7];
        let code = QrCode::new(token.clone(), 1_700_000_000);
        assert_eq!(code.link(), "tg://login?token=-__-Bw");
        assert!(!format!("{code:?}").contains("-__-"));
        for text in [
            " tg://login?token=-__-Bw\n",
            "TG://Login?Token=-__-Bw==",
            "-__-Bw",
            "+//+Bw==",
        ] {
            assert_eq!(token_in(text).expect(text), token);
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let long = "A".repeat(TEXT_MAX + 1);
        for text in [
            "",
            "tg://login?token=",
            "https://t.me/somebody",
            "tg://login",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
            &long,
        ] {
            let error = token_in(text).expect_err(text);
            assert!(error.to_string().contains("QR code"), "{error}");
        }
    }
}
