//! Sessions in an SQLite database, each with a lock of its own.
use std::fmt::{self, Write};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::connection::Sqlite;
use crate::store::file::{is_login, owner_only, real_path, refuse_names_beside};
use crate::store::lock::{self, Lock, beside};
use crate::store::sql::TableStore;
use crate::store::{Change, Note, PeerQuery, PeerRecord, Records, Store, StoreError};

/// The session that is meant when none is named.
const DEFAULT_NAME: &str = "default";

/// What SQLite puts beside a database, by adding this to its name.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What every SQLite database begins with.
///
/// See <https://sqlite.org/fileformat.html#magic_header_string>.
pub(in crate::store) const MAGIC: &[u8] = b"SQLite format 3\0";

/// Keeps sessions in an SQLite database: as many as one likes in one file, each by its name.
///
/// The file is readable by its owner only. A change waits for the disk, so that it outlives a loss
/// of power, and costs what it is, however many peers there are; none of them is in memory. While
/// it is open `<file>-wal` and `<file>-shm` stand beside it: a copy of the file alone may lack what
/// was written last, so copy it when it is closed, or by `VACUUM INTO`. Each session in use has a
/// lock file `<file>.<name>.lock`, which is never removed.
///
/// The tables' names begin with `ferogram_`, and a program may add its own beside them. A database
/// that something else has made is left as it is.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("bots.db");
/// use ferogram_sync::store::{SqliteStore, Store};
///
/// let mut first = SqliteStore::open_named(&path, "first")?;
/// let second = SqliteStore::open_named(&path, "second")?;
/// assert!(SqliteStore::open_named(&path, "first").is_err(), "it is in use");
/// assert!(first.load()?.keys.is_empty());
/// # Ok(())
/// # }
/// ```
pub struct SqliteStore {
    tables: TableStore<Sqlite>,
    path: PathBuf,
    lock: Option<Lock>,
}

impl SqliteStore {
    /// Opens the one session of a file, or begins it there.
    ///
    /// # Errors
    ///
    /// As [`open_named`](Self::open_named).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_named(path, DEFAULT_NAME)
    }

    /// Opens the session of this name, or begins it. A symbolic link is followed: the file that it
    /// names is the database.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] when another client has this session open, [`StoreError::NotAFile`]
    /// for a directory, [`StoreError::LoginText`] for a login as text, [`StoreError::Foreign`] for
    /// a file that is no database or another program's, [`StoreError::NewerFormat`] for one of a
    /// newer version (both are left as they are), [`StoreError::Database`] when SQLite refuses, and
    /// [`StoreError::Io`] when the operating system does.
    pub fn open_named(path: impl AsRef<Path>, name: &str) -> Result<Self, StoreError> {
        let path = path.as_ref();
        // A path is shown in errors, and a login must not be.
        if path.to_str().is_some_and(is_login) || is_login(name) {
            return Err(StoreError::LoginText);
        }
        let path = real_path(path)?;
        refuse_names_beside(&path)?;
        refuse_sqlites_names(&path)?;
        let lock = Lock::take(&beside(&path, &format!(".{}", file_name(name))))?;
        make_private(&path)?;
        let database = Sqlite::open(&path)?;
        Ok(Self {
            tables: TableStore::open(database, name)?,
            path,
            lock: Some(lock),
        })
    }

    /// A session in a database in memory, which ends with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when there is no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self {
            tables: TableStore::open(Sqlite::in_memory()?, DEFAULT_NAME)?,
            path: PathBuf::new(),
            lock: None,
        })
    }

    /// The file, with symbolic links resolved; an empty path for a database in memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &rusqlite::Connection {
        self.tables.database.connection()
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Store for SqliteStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.tables.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        if let Some(lock) = &mut self.lock {
            lock.keep()?;
        }
        self.tables.apply(changes)?;
        let forgets = |it: &Change| it.forgets_account() || matches!(it, Change::Key(_));
        if changes.iter().any(forgets) {
            self.tables.database.forgets_keys();
        }
        Ok(())
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.tables.peer(query)
    }

    fn peers(&mut self, queries: &[PeerQuery<'_>]) -> Result<Vec<Option<PeerRecord>>, StoreError> {
        self.tables.peers(queries)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.tables.notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.tables.note(room, key)
    }

    fn tidy(&mut self) -> Result<bool, StoreError> {
        self.tables.database.tidy()
    }

    fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        self.lock.as_mut().map_or(Ok(None), Lock::renew)
    }

    fn needs_own_thread(&self) -> bool {
        false
    }
}

/// A database `a` has `a-wal` beside itself, which SQLite overwrites and removes.
fn refuse_sqlites_names(path: &Path) -> Result<(), StoreError> {
    let name = path.as_os_str().as_encoded_bytes();
    if !BESIDE.iter().any(|end| name.ends_with(end.as_bytes())) {
        return Ok(());
    }
    Err(StoreError::Io {
        action: "keep a session in",
        path: path.into(),
        advice: "choose another name",
        source: io::Error::new(
            io::ErrorKind::InvalidInput,
            "names that end in -wal, -shm or -journal are for what SQLite puts beside a database",
        ),
    })
}

/// Makes the file, so that nobody but its owner can read it at any time: what SQLite puts beside
/// it gets the same mode. One that is there and is no database is left as it is.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Io {
        action: "open",
        path: path.into(),
        advice: "the session must be readable and writable by this user: put that right, or \
                 choose another path",
        source,
    };
    let mut options = File::options();
    options.write(true).create_new(true);
    lock::owner_only(&mut options);
    match options.open(path) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error)),
    }
    let mut start = Vec::with_capacity(MAGIC.len());
    File::open(path)
        .and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut start))
        .map_err(failed)?;
    // An empty file is a database without tables.
    if !start.is_empty() && start != MAGIC {
        return Err(StoreError::Foreign { path: path.into() });
    }
    for suffix in ["", BESIDE[0], BESIDE[1]] {
        let path = beside(path, suffix);
        if let Ok(data) = fs::metadata(&path) {
            owner_only(&path, &data);
        }
    }
    Ok(())
}

/// The name of a session as a part of a file's: two names never become one.
fn file_name(name: &str) -> String {
    let mut file = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => file.push(byte.into()),
            other => write!(file, "_{other:02x}").expect("a text takes everything"),
        }
    }
    file
}
