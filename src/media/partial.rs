//! A file that is not all there yet, and whose name says so.
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf, is_separator};

use crate::error::FileError;
use crate::error::{Error, Result};

/// The most bytes that a name may have nearly everywhere.
const NAME_MAX: usize = 255;

/// A file that is being written beside its place, and gets its name when all of it is there.
pub(super) struct Partial {
    file: File,
    /// Where it is now.
    beside: PathBuf,
    path: PathBuf,
    len: u64,
    /// Another run may go on with it.
    can_be_resumed: bool,
}

impl Partial {
    /// Begins it, or takes up what an earlier download of the file of this id has left. Without an
    /// id nobody can know what is in it, so it begins anew.
    pub(super) fn open(path: &Path, id: Option<i64>, is_checked: bool) -> Result<Self> {
        check_place(path)?;
        let beside = beside(path, id, is_checked);
        let failed = failing("opened for writing", &beside);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&beside).map_err(failed)?;
        match file.try_lock() {
            // Where files cannot be locked, one has to believe that nobody else writes.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => return Err(FileError::Busy(beside).into()),
        }
        let failed = failing("written", &beside);
        let len = match id {
            Some(_) => file.seek(SeekFrom::End(0)),
            None => file.set_len(0).map(|()| 0),
        };
        let len = len.map_err(failed)?;
        Ok(Self {
            file,
            beside,
            path: path.to_owned(),
            len,
            can_be_resumed: id.is_some(),
        })
    }

    /// How much of it is there.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let wrote = self.file.write_all(bytes);
        wrote.map_err(failing("written", &self.beside))?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// All of it is there: once it is on the disk, it gets its name. Gives its length.
    pub(super) fn finish(self) -> Result<u64> {
        let synced = self.file.sync_all();
        synced.map_err(failing("written", &self.beside))?;
        let renamed = fs::rename(&self.beside, &self.path);
        renamed.map_err(failing("written", &self.path))?;
        sync_folder(&self.path);
        Ok(self.len)
    }

    /// It has failed. What is right is left for the next time; what is of no use goes.
    pub(super) fn leave(self, error: &Error) {
        let is_wrong = matches!(
            error,
            Error::File(
                FileError::Length { .. } | FileError::Hash { .. } | FileError::Range { .. }
            )
        );
        if is_wrong || !self.can_be_resumed || self.len == 0 {
            fs::remove_file(&self.beside).ok(); // Its name says what it is.
        }
    }
}

/// Whether what stands at a path can be replaced by a file: before anything is fetched, as nothing
/// can be done with it afterwards.
fn check_place(path: &Path) -> Result<(), FileError> {
    let failed = failing("written", path);
    let bytes = path.as_os_str().as_encoded_bytes();
    if bytes.is_empty() {
        return Err(failed(io::Error::other("the path is empty")));
    }
    let ends_as_folder = bytes
        .last()
        .is_some_and(|last| is_separator((*last).into()));
    let there = fs::metadata(path).ok();
    let is_folder = there.as_ref().is_some_and(fs::Metadata::is_dir);
    if is_folder || ends_as_folder || path.file_name().is_none() {
        let text = "it is a folder: say how the file is to be called in it";
        return Err(failed(io::Error::other(text)));
    }
    match there.is_none_or(|it| it.is_file()) {
        true => Ok(()),
        false => {
            let text = "it is no file but a pipe or a device: open it, and use `to_writer`";
            Err(failed(io::Error::other(text)))
        }
    }
}

/// How the file is called until all of it is there.
fn beside(path: &Path, id: Option<i64>, is_checked: bool) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    let mut end = match id {
        Some(id) => format!(".{:x}", id.cast_unsigned()),
        None => String::new(),
    };
    // What was not held against its hashes is not taken up where they count.
    end += if is_checked { ".checked.part" } else { ".part" };
    if name.len() + end.len() > NAME_MAX {
        // Two that begin alike are still called differently.
        let sum = crc32fast::hash(name.as_encoded_bytes());
        end.insert_str(0, &format!(".{sum:08x}"));
        let begin = name.to_string_lossy().into_owned();
        let begin = &begin[..begin.floor_char_boundary(NAME_MAX - end.len())];
        name = begin.into();
    }
    name.push(end);
    path.with_file_name(name)
}

/// The name is on the disk too, where folders can be synced.
fn sync_folder(path: &Path) {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
        folder.sync_all().ok();
    }
}

pub(super) fn failing(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> FileError {
    move |source| FileError::Path {
        doing,
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gets_its_name_in_the_end_and_is_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        let mut partial = Partial::open(&path, Some(255), false).unwrap();
        partial.write(b"Hel").unwrap();
        assert!(!path.exists() && folder.path().join("a.bin.ff.part").exists());
        let busy = Partial::open(&path, Some(255), false).err().unwrap();
        assert!(matches!(busy, Error::File(FileError::Busy(_))), "{busy}");
        partial.leave(&FileError::Cancelled.into());
        let mut partial = Partial::open(&path, Some(255), false).unwrap();
        assert_eq!(partial.len(), 3);
        partial.write(b"lo").unwrap();
        assert_eq!(partial.finish().unwrap(), 5);
        assert_eq!(fs::read(&path).unwrap(), b"Hello");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_longest_names_have_room_for_their_ends() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["x".repeat(255), "\u{1f600}".repeat(63)] {
            let path = folder.path().join(&name);
            let other = folder.path().join(format!("{}yy", &name[..name.len() - 4]));
            let mut partial = Partial::open(&path, Some(-1), true).unwrap();
            let like_it = Partial::open(&other, Some(-1), true).unwrap();
            partial.write(b"Hello").unwrap();
            assert_eq!(partial.finish().unwrap(), 5);
            assert_eq!(fs::read(&path).unwrap(), b"Hello");
            like_it.leave(&FileError::Cancelled.into());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_wrong_or_unknown_does_not_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        let wrong = || Error::from(FileError::Hash { offset: 0 });
        for (id, error) in [
            (Some(1), wrong()),
            (None, wrong()),
            (None, FileError::Cancelled.into()),
        ] {
            let mut partial = Partial::open(&path, id, false).unwrap();
            assert_eq!(partial.len(), 0);
            partial.write(b"Hel").unwrap();
            partial.leave(&error);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
