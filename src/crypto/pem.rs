//! Keys in their armour of text: the PEM form of RFC 7468.
use std::fmt;

/// How long the text of a key may be, in bytes. A key of 2048 bits takes 450.
const TEXT_LIMIT: usize = 16 * 1024;

/// Why a text is not a public RSA key in PEM form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PemError {
    /// No line begins a public key.
    NoBegin,
    /// The line that ends the key is missing.
    NoEnd,
    /// What stands between is not Base64.
    Base64 {
        /// Where, in bytes from the start of the text.
        at: usize,
    },
    /// The text is longer than any key.
    TooLong,
}

impl fmt::Display for PemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBegin => f.write_str(
                "the key has no line `-----BEGIN RSA PUBLIC KEY-----` or `-----BEGIN PUBLIC \
                 KEY-----`",
            ),
            Self::NoEnd => {
                f.write_str("the key has no line `-----END …-----` that fits its beginning")
            }
            Self::Base64 { at } => {
                write!(f, "the key is not valid Base64 at byte {at} of its text")
            }
            Self::TooLong => write!(f, "the text of the key is longer than {TEXT_LIMIT} bytes"),
        }
    }
}

impl std::error::Error for PemError {}

/// What a PEM text says it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// `RSA PUBLIC KEY`: the modulus and the exponent alone (PKCS#1).
    Rsa,
    /// `PUBLIC KEY`: the same, inside a wrapper that names the algorithm (SPKI).
    Wrapped,
}

const LABELS: [(Label, &str, &str); 2] = [
    (
        Label::Rsa,
        "-----BEGIN RSA PUBLIC KEY-----",
        "-----END RSA PUBLIC KEY-----",
    ),
    (
        Label::Wrapped,
        "-----BEGIN PUBLIC KEY-----",
        "-----END PUBLIC KEY-----",
    ),
];

/// Takes the armour off the first public key in `text`.
pub(super) fn decode(text: &str) -> Result<(Label, Vec<u8>), PemError> {
    if text.len() > TEXT_LIMIT {
        return Err(PemError::TooLong);
    }
    let (at, label, begin, end) = LABELS
        .iter()
        .filter_map(|&(label, begin, end)| Some((text.find(begin)?, label, begin, end)))
        .min_by_key(|&(at, ..)| at)
        .ok_or(PemError::NoBegin)?;
    let start = at + begin.len();
    let length = text[start..].find(end).ok_or(PemError::NoEnd)?;
    let bytes = base64(&text.as_bytes()[start..start + length], start)?;
    Ok((label, bytes))
}

/// Decodes Base64 with its padding; white space is skipped. `offset` is where `text` begins, for
/// the error.
fn base64(text: &[u8], offset: usize) -> Result<Vec<u8>, PemError> {
    let letters: Vec<(usize, u8)> = (offset..)
        .zip(text.iter().copied())
        .filter(|(_, letter)| !letter.is_ascii_whitespace())
        .collect();
    let padding = letters.iter().rev().take_while(|l| l.1 == b'=').count();
    if padding > 2 || !letters.len().is_multiple_of(4) {
        let at = offset + text.len();
        return Err(PemError::Base64 { at });
    }
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    for (index, group) in letters.chunks_exact(4).enumerate() {
        let last = index + 1 == letters.len() / 4;
        let filled = if last { 4 - padding } else { 4 };
        let mut bits = 0_u32;
        for &(at, letter) in &group[..filled] {
            let digit = sextet(letter).ok_or(PemError::Base64 { at })?;
            bits = bits << 6 | u32::from(digit);
        }
        let [_, decoded @ ..] = (bits << (6 * (4 - filled))).to_be_bytes();
        bytes.extend(&decoded[..filled - 1]);
    }
    Ok(bytes)
}

/// The value of one Base64 digit.
fn sextet(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_standard() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9v\r\n YmE=\n", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(base64(text.as_bytes(), 0), Ok(bytes.into()), "{text}");
        }
        assert_eq!(base64(b"+/+/", 0), Ok(vec![0xfb, 0xff, 0xbf]));
    }

    #[test]
    fn base64_that_is_none() {
        for (text, at) in [
            ("Z", 1),
            ("Zg=", 3),
            ("Z===", 4),
            ("====", 4),
            ("Zg==Zg==", 2),
            ("Zm9v!m9v", 4),
            ("Zm9vZ\u{e4}9", 5),
        ] {
            assert_eq!(
                base64(text.as_bytes(), 0),
                Err(PemError::Base64 { at }),
                "{text}"
            );
        }
    }

    #[test]
    fn the_first_key_counts() {
        let text = "some words\n-----BEGIN PUBLIC KEY-----\nZm9v\n-----END PUBLIC KEY-----\n\
                    -----BEGIN RSA PUBLIC KEY-----\nYmFy\n-----END RSA PUBLIC KEY-----";
        assert_eq!(decode(text), Ok((Label::Wrapped, b"foo".into())));
        let tail = &text[text.find("-----BEGIN RSA").unwrap()..];
        assert_eq!(decode(tail), Ok((Label::Rsa, b"bar".into())));
    }

    #[test]
    fn texts_that_are_no_keys() {
        assert_eq!(decode(""), Err(PemError::NoBegin));
        assert_eq!(
            decode("-----BEGIN PRIVATE KEY-----"),
            Err(PemError::NoBegin)
        );
        let cut = "-----BEGIN RSA PUBLIC KEY-----\nYmFy\n-----END PUBLIC KEY-----";
        assert_eq!(decode(cut), Err(PemError::NoEnd));
        assert_eq!(decode(&" ".repeat(TEXT_LIMIT + 1)), Err(PemError::TooLong));
        let wrong = "-----BEGIN PUBLIC KEY-----Zm9v?---END PUBLIC KEY-----END PUBLIC KEY-----";
        assert_eq!(decode(wrong), Err(PemError::Base64 { at: 30 }));
    }
}
