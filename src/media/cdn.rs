//! A copy of a file on a CDN, encrypted with a key that the CDN does not know.
use std::time::Instant;

use super::pieces::Piece;
use crate::client::Client;
use crate::crypto::Ctr;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::secret::Secret;
use crate::tl::functions::upload::{GetCdnFile, GetCdnFileHashes, ReuploadCdnFile};
use crate::tl::{Deserialize, Identifiable, Serialize, enums, types};

/// A copy of a file on a CDN: where it is, and how it is read.
///
/// See <https://core.telegram.org/cdn>.
pub(super) struct Cdn {
    pub(super) dc: DcId,
    /// The file's own data centre, which has sent us here.
    pub(super) centre: DcId,
    token: Vec<u8>,
    key: Secret<[u8; 32]>,
    iv: Secret<[u8; 16]>,
}

/// So often in a row the file's own data centre is asked to bring the copy there again.
pub(super) const REUPLOADS_MAX: u32 = 5;

/// What goes wrong with what a server says of a CDN.
fn odd() -> Error {
    Error::Unexpected("what the server says of a CDN makes no sense")
}

impl Cdn {
    /// Reads the answer of the file's own data centre, and the first hashes that come with it.
    pub(super) fn read(answer: &[u8], centre: DcId) -> Result<(Self, Vec<enums::FileHash>)> {
        let Ok(enums::upload::File::CdnRedirect(it)) = enums::upload::File::from_bytes(answer)
        else {
            return Err(odd());
        };
        let key: [u8; 32] = it.encryption_key[..].try_into().map_err(|_| odd())?;
        let iv: [u8; 16] = it.encryption_iv[..].try_into().map_err(|_| odd())?;
        let cdn = Self {
            dc: DcId(it.dc_id),
            centre,
            token: it.file_token,
            key: Secret::new(key),
            iv: Secret::new(iv),
        };
        Ok((cdn, it.file_hashes))
    }

    /// Asks for a piece, which has to be a plain one.
    pub(super) fn request(&self, piece: Piece) -> (Vec<u8>, u32) {
        let request = GetCdnFile {
            file_token: self.token.clone(),
            offset: i64::try_from(piece.offset).unwrap_or(i64::MAX),
            limit: i32::try_from(piece.limit).unwrap_or(i32::MAX),
        };
        (request.to_bytes(), GetCdnFile::CONSTRUCTOR_ID)
    }

    /// Decrypts what stands at a place in the file: the last four bytes of the initialisation
    /// vector count the blocks before it.
    ///
    /// See <https://core.telegram.org/cdn#decrypting-files>.
    pub(super) fn decrypt(&self, offset: u64, bytes: &mut [u8]) {
        let mut iv = *self.iv.expose();
        // Files have fewer blocks than that: those of 64 GiB.
        let blocks = u32::try_from(offset / 16).unwrap_or(u32::MAX);
        iv[12..].copy_from_slice(&blocks.to_be_bytes());
        Ctr::new(self.key.expose(), &iv).apply(bytes);
    }

    /// The hashes from a place in the file on, which the file's own data centre knows.
    pub(super) fn hashes(&self, client: &Client, from: u64) -> Result<Vec<enums::FileHash>> {
        let request = GetCdnFileHashes {
            file_token: self.token.clone(),
            offset: i64::try_from(from).unwrap_or(i64::MAX),
        };
        client.invoke_on_dc(self.centre.0, &request)
    }

    /// The CDN has dropped the copy: the file's own data centre brings it there again.
    pub(super) fn reupload(
        &self,
        client: &Client,
        answer: &[u8],
        deadline: Instant,
    ) -> Result<Vec<enums::FileHash>> {
        let Ok(enums::upload::CdnFile::ReuploadNeeded(it)) =
            enums::upload::CdnFile::from_bytes(answer)
        else {
            return Err(odd());
        };
        let types::upload::CdnFileReuploadNeeded { request_token } = it;
        let request = ReuploadCdnFile {
            file_token: self.token.clone(),
            request_token,
        };
        client.ask_on_dc(self.centre.0, &request, deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect() -> types::upload::FileCdnRedirect {
        types::upload::FileCdnRedirect {
            dc_id: 203,
            file_token: vec![1, 2, 3],
            encryption_key: (0..32).collect(),
            encryption_iv: vec![0xff; 16],
            file_hashes: Vec::new(),
        }
    }

    fn read(it: types::upload::FileCdnRedirect) -> Result<Cdn> {
        let answer = enums::upload::File::from(it).to_bytes();
        Cdn::read(&answer, DcId(2)).map(|(cdn, _)| cdn)
    }

    #[test]
    fn a_piece_is_decrypted_by_itself_as_within_the_whole() {
        let cdn = read(redirect()).expect("it makes sense");
        assert_eq!((cdn.dc, cdn.centre), (DcId(203), DcId(2)));
        let mut whole: Vec<u8> = vec![0; 64 << 10];
        // The first blocks, by the definition: the counter replaces the vector's last four bytes.
        let mut iv = [0xff; 16];
        iv[12..].fill(0);
        let key = std::array::from_fn(|at| at as u8);
        Ctr::new(&key, &iv).apply(&mut whole);
        for (from, len) in [(0, 4096), (4096, 4096), (32 << 10, 32 << 10)] {
            let mut piece = whole[from..from + len].to_vec();
            cdn.decrypt(from as u64, &mut piece);
            assert_eq!(piece, vec![0; len], "{from}");
        }
    }

    #[test]
    fn keys_of_another_length_are_refused() {
        for wrong in [
            types::upload::FileCdnRedirect {
                encryption_key: vec![1; 31],
                ..redirect()
            },
            types::upload::FileCdnRedirect {
                encryption_iv: vec![1; 32],
                ..redirect()
            },
        ] {
            assert!(matches!(read(wrong), Err(Error::Unexpected(_))));
        }
        assert!(Cdn::read(&[1, 2, 3, 4], DcId(2)).is_err());
    }
}
