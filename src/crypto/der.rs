//! Numbers out of a key in DER: as little of ASN.1 as a public RSA key needs.
use std::fmt;

/// Why bytes are not a public RSA key in DER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DerError {
    /// The bytes end before the element does.
    Truncated {
        /// Where, in bytes from the start of the decoded key.
        at: usize,
    },
    /// Another kind of element stands where this one was expected.
    Type {
        /// Where, in bytes from the start of the decoded key.
        at: usize,
        /// The type that is there.
        found: u8,
        /// The type that a public RSA key has there.
        expected: u8,
    },
    /// A length is written in a way that DER forbids, or is larger than any key.
    Length {
        /// Where, in bytes from the start of the decoded key.
        at: usize,
    },
    /// A number is negative or empty.
    Number {
        /// Where, in bytes from the start of the decoded key.
        at: usize,
    },
    /// The wrapper names another algorithm than RSA.
    Algorithm,
    /// There is more than the key.
    Trailing {
        /// Where, in bytes from the start of the decoded key.
        at: usize,
    },
}

impl fmt::Display for DerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { at } => write!(f, "the key is cut off at byte {at}"),
            Self::Type {
                at,
                found,
                expected,
            } => write!(
                f,
                "the key has an element of type {found:#04x} at byte {at}, not {expected:#04x}"
            ),
            Self::Length { at } => write!(f, "the key has a bad length at byte {at}"),
            Self::Number { at } => {
                write!(f, "the key has a number that is not positive at byte {at}")
            }
            Self::Algorithm => f.write_str("the key is not an RSA key"),
            Self::Trailing { at } => {
                write!(f, "the key is followed by something else at byte {at}")
            }
        }
    }
}

impl std::error::Error for DerError {}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const NULL: u8 = 0x05;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// The object identifier 1.2.840.113549.1.1.1, rsaEncryption.
const RSA_ENCRYPTION: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// Modulus and exponent as big-endian numbers without leading zeros, from `RSAPublicKey` (PKCS#1,
/// RFC 8017, A.1.1).
pub(super) fn rsa_public_key(der: &[u8]) -> Result<(&[u8], &[u8]), DerError> {
    public_key(Elements { bytes: der, at: 0 })
}

/// The same from `SubjectPublicKeyInfo` (RFC 5280, 4.1), which names the algorithm first.
pub(super) fn wrapped_public_key(der: &[u8]) -> Result<(&[u8], &[u8]), DerError> {
    let mut outer = Elements { bytes: der, at: 0 };
    let mut info = outer.next(SEQUENCE)?;
    outer.end()?;
    let mut algorithm = info.next(SEQUENCE)?;
    if algorithm.next(OBJECT_ID)?.bytes != RSA_ENCRYPTION {
        return Err(DerError::Algorithm);
    }
    algorithm.next(NULL)?.end()?;
    algorithm.end()?;
    let mut bits = info.next(BIT_STRING)?;
    info.end()?;
    // The first byte counts the bits left over at the end: a key is whole bytes.
    if bits.byte()? != 0 {
        return Err(DerError::Length { at: bits.at - 1 });
    }
    public_key(bits)
}

fn public_key(mut outer: Elements<'_>) -> Result<(&[u8], &[u8]), DerError> {
    let mut key = outer.next(SEQUENCE)?;
    outer.end()?;
    let modulus = key.number()?;
    let exponent = key.number()?;
    key.end()?;
    Ok((modulus, exponent))
}

/// Elements one after the other.
struct Elements<'a> {
    /// What is still to be read.
    bytes: &'a [u8],
    /// Where that stands in the whole key.
    at: usize,
}

impl<'a> Elements<'a> {
    /// Steps over the next element, which must be of type `expected`, and gives what is in it.
    fn next(&mut self, expected: u8) -> Result<Elements<'a>, DerError> {
        let at = self.at;
        let found = self.byte()?;
        if found != expected {
            return Err(DerError::Type {
                at,
                found,
                expected,
            });
        }
        let length = self.length()?;
        let at = self.at;
        let (bytes, rest) = self
            .bytes
            .split_at_checked(length)
            .ok_or(DerError::Truncated { at })?;
        *self = Self {
            bytes: rest,
            at: at + length,
        };
        Ok(Elements { bytes, at })
    }

    /// Reads a length: one byte below 128, else one or two bytes after a count of them. Two reach
    /// beyond the longest text of a key.
    fn length(&mut self) -> Result<usize, DerError> {
        let at = self.at;
        let length = match self.byte()? {
            short @ 0..=0x7f => return Ok(usize::from(short)),
            0x81 => u16::from(self.byte()?),
            0x82 => u16::from_be_bytes([self.byte()?, self.byte()?]),
            _ => return Err(DerError::Length { at }),
        };
        let shortest = if self.at - at == 2 { 0x80 } else { 0x100 };
        if length < shortest {
            return Err(DerError::Length { at });
        }
        Ok(usize::from(length))
    }

    /// A positive whole number, without the zero that keeps it from being negative.
    fn number(&mut self) -> Result<&'a [u8], DerError> {
        let Elements { bytes, at } = self.next(INTEGER)?;
        match bytes {
            [0, rest @ ..] if rest.first().is_some_and(|&b| b >= 0x80) => Ok(rest),
            [1..=0x7f, ..] => Ok(bytes),
            _ => Err(DerError::Number { at }),
        }
    }

    fn byte(&mut self) -> Result<u8, DerError> {
        let (&byte, rest) = self
            .bytes
            .split_first()
            .ok_or(DerError::Truncated { at: self.at })?;
        *self = Self {
            bytes: rest,
            at: self.at + 1,
        };
        Ok(byte)
    }

    fn end(&self) -> Result<(), DerError> {
        if self.bytes.is_empty() {
            Ok(())
        } else {
            Err(DerError::Trailing { at: self.at })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::testing::{Seeded, hex};

    const PLAIN: &str = "3009 0202 00c5 0203 010001";
    const WRAPPED: &str =
        "301d 300d 0609 2a864886f70d010101 0500 030c 00 3009 0202 00c5 0203 010001";

    #[test]
    fn both_forms() {
        let expected = (&[0xc5][..], &[1, 0, 1][..]);
        assert_eq!(rsa_public_key(&hex(PLAIN)), Ok(expected));
        assert_eq!(wrapped_public_key(&hex(WRAPPED)), Ok(expected));
    }

    #[test]
    fn long_lengths() {
        for size in [127, 128, 255, 256, 1_000] {
            let number = vec![0x5a; size];
            let mut der = element(INTEGER, &number);
            der.extend(element(INTEGER, &[3]));
            let der = element(SEQUENCE, &der);
            assert_eq!(rsa_public_key(&der), Ok((&number[..], &[3][..])));
        }
    }

    fn element(kind: u8, content: &[u8]) -> Vec<u8> {
        let mut out = vec![kind];
        match content.len() {
            short @ 0..128 => out.push(short as u8),
            middle @ 128..256 => out.extend([0x81, middle as u8]),
            long => out.extend([0x82, (long >> 8) as u8, long as u8]),
        }
        out.extend(content);
        out
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (der, error) in [
            ("", DerError::Truncated { at: 0 }),
            ("30", DerError::Truncated { at: 1 }),
            ("3009 0202 00c5", DerError::Truncated { at: 2 }),
            (
                "3109 0202 00c5 0203 010001",
                DerError::Type {
                    at: 0,
                    found: 0x31,
                    expected: 0x30,
                },
            ),
            ("3080 0000", DerError::Length { at: 1 }),
            ("3081 09", DerError::Length { at: 1 }),
            ("3082 0009", DerError::Length { at: 1 }),
            ("3084 00000009", DerError::Length { at: 1 }),
            ("3008 0201 c5 0203 010001", DerError::Number { at: 4 }),
            ("3009 0202 0045 0203 010001", DerError::Number { at: 4 }),
            ("3007 0200 0203 010001", DerError::Number { at: 4 }),
            ("3008 0201 00 0203 010001", DerError::Number { at: 4 }),
            (
                "3009 0202 00c5 0203 010001 00",
                DerError::Trailing { at: 11 },
            ),
            (
                "300a 0202 00c5 0203 010001 00",
                DerError::Trailing { at: 11 },
            ),
        ] {
            assert_eq!(rsa_public_key(&hex(der)), Err(error), "{der}");
        }
        let other = WRAPPED.replace("f70d010101", "f70d01010a");
        assert_eq!(wrapped_public_key(&hex(&other)), Err(DerError::Algorithm));
        let bits = WRAPPED.replace("030c 00", "030c 01");
        let error = DerError::Length { at: 19 };
        assert_eq!(wrapped_public_key(&hex(&bits)), Err(error));
    }

    #[test]
    fn any_bytes_are_read_without_panic() {
        let mut chance = Seeded(1);
        for source in [hex(PLAIN), hex(WRAPPED)] {
            for cut in 0..source.len() {
                assert!(rsa_public_key(&source[..cut]).is_err());
                assert!(wrapped_public_key(&source[..cut]).is_err());
            }
            for _ in 0..20_000 {
                let mut der = source.clone();
                for _ in 0..=chance.next() % 3 {
                    let at = chance.next() as usize % der.len();
                    der[at] = chance.next() as u8;
                }
                let _ = rsa_public_key(&der);
                let _ = wrapped_public_key(&der);
            }
        }
    }
}
