//! One client per session file.
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

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
/// process is refused too, and a program started from here does not inherit it.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

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
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: path.into() }),
            Err(TryLockError::Error(source)) => Err(StoreError::Io {
                action: "lock",
                path: lock_path,
                advice: "some network file systems have no locks: keep the session on another one",
                source,
            }),
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
