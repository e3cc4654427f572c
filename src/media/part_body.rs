//! A part of a file as it is sent: the request is written once, and the file is read into it.
use crate::tl::functions::upload::{SaveBigFilePart, SaveFilePart};
use crate::tl::{Identifiable, Serialize};

/// The parts of a file are all of this length, but for the last.
///
/// See <https://core.telegram.org/api/files#uploading-files>.
pub(super) const PART: usize = 512 << 10;

/// From here on a file is a big one.
///
/// See <https://core.telegram.org/api/files#uploading-files>.
pub(super) const SMALL_MAX: u64 = 10 << 20;

/// A part of a file, in its request.
pub(super) struct PartBody {
    body: Vec<u8>,
    start: usize,
    len: usize,
    pub(super) method: u32,
}

/// To which file a part belongs, and to how many.
#[derive(Clone, Copy)]
pub(super) struct Belongs {
    pub(super) file_id: i64,
    /// Of a big file: how many parts there are, −1 while nobody knows.
    pub(super) total: Option<i32>,
}

impl PartBody {
    /// A part of so many bytes, into which `fill` reads them.
    pub(super) fn new<E>(
        belongs: Belongs,
        number: u32,
        len: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, E> {
        let (mut body, method) = Self::before(belongs, number, len);
        let start = body.len();
        body.resize(start + len, 0);
        fill(&mut body[start..])?;
        body.resize(body.len().next_multiple_of(4), 0);
        Ok(Self {
            body,
            start,
            len,
            method,
        })
    }

    /// The file's own bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.body[self.start..self.start + self.len]
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn into_request(self) -> (Vec<u8>, u32) {
        (self.body, self.method)
    }

    /// What stands before the bytes, their length among it.
    ///
    /// See <https://core.telegram.org/mtproto/serialize#base-types>.
    fn before(belongs: Belongs, number: u32, len: usize) -> (Vec<u8>, u32) {
        let file_part = i32::try_from(number).unwrap_or(i32::MAX);
        let Belongs { file_id, total } = belongs;
        let (mut body, method) = match total {
            None => {
                let request = SaveFilePart {
                    file_id,
                    file_part,
                    bytes: Vec::new(),
                };
                (request.to_bytes(), SaveFilePart::CONSTRUCTOR_ID)
            }
            Some(file_total_parts) => {
                let request = SaveBigFilePart {
                    file_id,
                    file_part,
                    file_total_parts,
                    bytes: Vec::new(),
                };
                (request.to_bytes(), SaveBigFilePart::CONSTRUCTOR_ID)
            }
        };
        body.truncate(body.len() - 4); // The length of no bytes.
        body.reserve_exact(len + 8);
        match u8::try_from(len) {
            Ok(short) if short < 254 => body.push(short),
            _ => {
                let [a, b, c, ..] = len.to_le_bytes();
                body.extend([254, a, b, c]);
            }
        }
        (body, method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_request_that_the_schema_writes() {
        for len in [0, 1, 2, 3, 253, 254, 255, 256, 1000, PART] {
            let bytes: Vec<u8> = (0..len).map(|it| (it % 251) as u8).collect();
            let part = |total| {
                let belongs = Belongs { file_id: 7, total };
                let fill = |out: &mut [u8]| -> Result<(), ()> {
                    out.copy_from_slice(&bytes);
                    Ok(())
                };
                PartBody::new(belongs, 5, len, fill).unwrap()
            };
            let small = SaveFilePart {
                file_id: 7,
                file_part: 5,
                bytes: bytes.clone(),
            };
            assert_eq!(part(None).bytes(), bytes);
            assert_eq!(part(None).into_request().0, small.to_bytes(), "{len}");
            let big = SaveBigFilePart {
                file_id: 7,
                file_part: 5,
                file_total_parts: 9,
                bytes: bytes.clone(),
            };
            assert_eq!(part(Some(9)).into_request().0, big.to_bytes(), "{len}");
        }
    }
}
