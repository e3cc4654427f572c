//! Parts that the server has lost after they had arrived.
use super::control::TransferHandle;
use super::uploaded_file::UploadedFile;
use super::uploading::Uploading;
use crate::client::Client;
use crate::error::FileError;
use crate::error::Result;

impl Client {
    /// Sends one part of a file again.
    ///
    /// See <https://core.telegram.org/api/files#uploading-files>.
    pub(crate) fn send_part_again(&self, file: &UploadedFile, part: u32) -> Result<()> {
        let source = file.source.clone().ok_or(FileError::PartLost(part))?;
        source.check_unchanged()?;
        let mut again = Uploading::anew(self, &file.raw, source, TransferHandle::new())?;
        again.repeat(part);
        again.finish()
    }
}
