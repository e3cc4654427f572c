//! Where the bytes come from that are uploaded, if they can be read more than once.
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::partial::failing;
use crate::error::FileError;
use crate::error::Result;

/// Why what has no length, and is read once, is not taken by its path.
const NO_FILE: &str = "it is no file but a pipe or a device: open it, and use `Upload::reader`";

/// Bytes that can be read again, in any order and from several threads.
#[derive(Clone)]
pub(super) enum UploadSource {
    Path(Arc<OnDisk>),
    Bytes(Arc<[u8]>),
}

/// A file as it was when it was opened.
pub(super) struct OnDisk {
    path: PathBuf,
    file: File,
    len: u64,
    modified: Option<SystemTime>,
}

impl UploadSource {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let failed = failing("opened", path);
        // Before it is opened: a pipe that nobody writes to would be waited for.
        let metadata = fs::metadata(path).map_err(&failed)?;
        if metadata.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()).into());
        }
        if !metadata.is_file() {
            return Err(failed(io::Error::other(NO_FILE)).into());
        }
        let file = File::open(path).map_err(&failed)?;
        let metadata = file.metadata().map_err(&failed)?;
        Ok(Self::Path(Arc::new(OnDisk {
            path: path.to_owned(),
            file,
            len: metadata.len(),
            modified: metadata.modified().ok(),
        })))
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Path(it) => it.len,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// Fills `out` with the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// [`FileError::Changed`] when there are not so many any more.
    pub(super) fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), FileError> {
        match self {
            Self::Path(it) => it.read(offset, out),
            Self::Bytes(bytes) => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX);
                let end = start.saturating_add(out.len());
                let (before, now) = (end as u64, bytes.len() as u64);
                let piece = bytes.get(start..end);
                out.copy_from_slice(piece.ok_or(FileError::Changed { before, now })?);
                Ok(())
            }
        }
    }

    /// Whether the file is still the one that was opened.
    pub(super) fn check_unchanged(&self) -> Result<(), FileError> {
        match self {
            Self::Path(it) => it.check_unchanged(),
            Self::Bytes(_) => Ok(()),
        }
    }
}

impl OnDisk {
    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), FileError> {
        match read_at(&self.file, offset, out) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(FileError::Changed {
                before: self.len,
                now: self.metadata().map_or(0, |it| it.len()),
            }),
            Err(error) => Err(failing("read", &self.path)(error)),
        }
    }

    fn metadata(&self) -> Result<Metadata, FileError> {
        self.file.metadata().map_err(failing("read", &self.path))
    }

    fn check_unchanged(&self) -> Result<(), FileError> {
        let metadata = self.metadata()?;
        let (before, now) = (self.len, metadata.len());
        match before == now && metadata.modified().ok() == self.modified {
            true => Ok(()),
            false => Err(FileError::Changed { before, now }),
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, offset: u64, out: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, out, offset)
}

#[cfg(windows)]
fn read_at(file: &File, offset: u64, out: &mut [u8]) -> io::Result<()> {
    let mut done = 0;
    while done < out.len() {
        let at = offset + done as u64;
        match std::os::windows::fs::FileExt::seek_read(file, &mut out[done..], at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => done += read,
        }
    }
    Ok(())
}
