//! A file that is uploaded while it is written.
use std::fmt;
use std::io::{self, Write};

use super::control::TransferHandle;
use super::part_body::PART;
use super::upload::{guess, uploaded};
use super::uploaded_file::UploadedFile;
use super::uploading::{Keeping, Uploading};
use crate::client::{Client, WeakClient};
use crate::error::FileError;
use crate::error::{Error, Result};

impl Client {
    /// Uploads a file while it is written: what comes out of an encoder or an archiver never is on
    /// a disk, or in memory as a whole.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use std::io::Write;
    ///
    /// let mut file = client.upload_writer("numbers.txt")?;
    /// for number in 0..1000 {
    ///     writeln!(file, "{number}")?;
    /// }
    /// let file = file.finish()?;
    /// assert_eq!((file.name(), file.size()), ("numbers.txt", 3890));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/files#streamed-uploads>.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Not. Writing does while as much is under way as the line carries.
    pub fn upload_writer(&self, name: impl Into<String>) -> Result<UploadWriter> {
        let control = TransferHandle::new();
        let terms = (control.clone(), None);
        let uploading = Uploading::new(self, None, Keeping::copies(), terms)?;
        Ok(UploadWriter {
            client: self.weak(),
            uploading,
            control,
            name: name.into(),
            part: Vec::with_capacity(PART),
            failed: None,
        })
    }
}

/// A file that is uploaded while it is written: see [`Client::upload_writer`].
///
/// Without [`finish`](Self::finish) nothing comes of it. It does not keep the client alive.
#[must_use = "without `finish` nothing comes of it"]
pub struct UploadWriter {
    client: WeakClient,
    uploading: Uploading,
    control: TransferHandle,
    name: String,
    part: Vec<u8>,
    failed: Option<Error>,
}

impl UploadWriter {
    /// The handle that looks at the transfer, pauses it and cancels it.
    #[must_use]
    pub fn handle(&self) -> TransferHandle {
        self.control.clone()
    }

    /// All is written: waits until it has arrived.
    ///
    /// # Errors
    ///
    /// As [`Client::upload`].
    ///
    /// # Blocking
    ///
    /// As [`Client::upload`].
    pub fn finish(mut self) -> Result<UploadedFile> {
        self.client.upgrade()?;
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if self.part.is_empty() {
            return Err(FileError::Empty.into());
        }
        self.uploading.push_last(&self.part)?;
        self.uploading.finish()?;
        let mime_type = guess(&self.name);
        Ok(uploaded(self.uploading, (self.name, mime_type), None))
    }

    fn send(&mut self) -> Result<()> {
        let client = self.client.upgrade()?;
        let size = self.uploading.bytes() + 2 * PART as u64;
        client.check_upload_size(size - 1)?;
        self.uploading.wait_for_room()?;
        self.uploading.push_bytes(&self.part)?;
        self.part.clear();
        Ok(())
    }
}

impl Write for UploadWriter {
    /// A full part is kept until there is more, as the last one has to say that it is.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_some() {
            return Err(io::Error::other("the upload has failed before"));
        }
        if self.part.len() == PART && !bytes.is_empty() {
            self.send().map_err(|error| {
                let told = io::Error::other(error.to_string());
                self.failed = Some(error);
                told
            })?;
        }
        let len = bytes.len().min(PART - self.part.len());
        self.part.extend_from_slice(&bytes[..len]);
        Ok(len)
    }

    /// Parts go when they are full: there is nothing to do.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for UploadWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadWriter")
            .field("name", &self.name)
            .field("progress", &self.control.progress())
            .finish_non_exhaustive()
    }
}
