//! One client per session file.
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use super::error::StoreError;

/// What is added to the name of a session for its lock.
pub(super) const LOCK: &str = ".lock";

/// Holds a session file for one client, until it is dropped or the process ends, however it ends.
///
/// The lock is on a file of its own, `<session>.lock`: the session file itself is replaced at each
/// write, and a lock stays with the file that was replaced. The lock file is never removed. If it
/// were, a second client could open it just before, lock it just after, and a third one would
/// create and lock a new file of the same name: two clients, both sure to be alone.
///
/// The lock belongs to the opened file, not to the process, so a second client in the same
/// process is refused too, and a program started from here does not inherit it. It is let go by
/// name, not only closed: while a program is being started, by whatever thread, the new process
/// has a copy of each opened file, and a lock that is only closed would last until it lets go.
#[derive(Debug)]
pub(super) struct Lock {
    /// What it is for.
    session: PathBuf,
    file: File,
    /// The process that took it. One that was forked from it has a copy of the same lock: if it let
    /// go of its copy, the session would be free while the first still uses it.
    owner: u32,
}

impl Lock {
    /// Takes the session at `path`, or says that somebody else has it.
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        let lock_path = beside(path, LOCK);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        owner_only(&mut options);
        let file = options.open(&lock_path).map_err(|source| StoreError::Io {
            action: "open the lock file",
            path: lock_path.clone(),
            advice: "the session's folder must exist and be writable, and the lock file's name \
                     free: choose another path, or put that right",
            source,
        })?;
        match file.try_lock() {
            Ok(()) => Ok(Self {
                session: path.into(),
                file,
                owner: process::id(),
            }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: path.into() }),
            Err(TryLockError::Error(source)) => Err(StoreError::Io {
                action: "lock",
                path: lock_path,
                advice: "some network file systems have no locks: keep the session on another one",
                source,
            }),
        }
    }

    /// Makes sure that it still keeps others away. Where somebody has removed the lock file, it is
    /// taken anew, unless another client was quicker.
    pub(super) fn keep(&mut self) -> Result<(), StoreError> {
        match fs::metadata(beside(&self.session, LOCK)) {
            Ok(there) if self.is_of(&there) => Ok(()),
            // Whoever cannot look must not guess: the lock would be in its own way.
            Err(error) if error.kind() != io::ErrorKind::NotFound => Ok(()),
            _ => {
                *self = Self::take(&self.session)?;
                Ok(())
            }
        }
    }

    /// What renewing the claim comes to for a session that is locked: it has no end. Where another
    /// client has the lock by now, the session is lost to it.
    pub(super) fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        match self.keep() {
            Ok(()) => Ok(None),
            Err(StoreError::InUse { path }) => Err(StoreError::LeaseLost {
                place: path.display().to_string(),
            }),
            Err(error) => Err(error),
        }
    }

    #[cfg(unix)]
    fn is_of(&self, there: &fs::Metadata) -> bool {
        use std::os::unix::fs::MetadataExt;
        let own = self.file.metadata();
        own.is_ok_and(|own| (own.dev(), own.ino()) == (there.dev(), there.ino()))
    }

    /// Elsewhere a file that is open does not lose its name to another.
    #[cfg(not(unix))]
    fn is_of(&self, _there: &fs::Metadata) -> bool {
        true
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.owner == process::id() {
            // If it fails, closing the file is all that is left.
            let _ = self.file.unlock();
        }
    }
}

/// `path` with something added to the name of the file.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Only the owner of the process may read and write the file, from the first moment on.
pub(super) fn owner_only(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = options;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it is for a moment whenever any thread of the program starts another program.
    #[test]
    fn a_copy_in_a_new_process_does_not_keep_the_session_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.session");
        let lock = Lock::take(&path).unwrap();
        let copy = lock.file.try_clone().unwrap();
        drop(lock);
        let again = Lock::take(&path).unwrap();
        drop(copy);
        let error = Lock::take(&path).unwrap_err();
        assert!(matches!(error, StoreError::InUse { .. }), "{error}");
        drop(again);
    }

    #[test]
    fn a_forked_process_does_not_let_go_of_what_is_not_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.session");
        let lock = Lock::take(&path).unwrap();
        let forked = Lock {
            session: path.clone(),
            file: lock.file.try_clone().unwrap(),
            owner: lock.owner ^ 1,
        };
        drop(forked);
        let error = Lock::take(&path).unwrap_err();
        assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    }
}
