//! Sessions in an SQLite database.
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ToSql};

use super::change::Change;
use super::error::StoreError;
use super::lock::Lock;
use super::note::Note;
use super::peer::{PeerQuery, PeerRecord};
use super::records::Records;
use super::sql::{Database, Statement, TableStore, Value};
use super::store::Store;

/// How long another program may hold the database before a change fails: sessions of one file are
/// written by turns.
const BUSY: Duration = Duration::from_secs(10);

/// The session that is meant when none is named.
const DEFAULT_NAME: &str = "default";

/// Keeps sessions in an SQLite database: as many as one likes in one file, each by its name.
///
/// The file is readable by its owner only. It is written ahead (WAL), so `<file>-wal` and
/// `<file>-shm` stand beside it while it is open, and each session in use has a lock file
/// `<file>.<name>.lock`, which is never removed. A change waits for the disk, so that it outlives a
/// loss of power. The tables' names begin with `ferogram_`, so they may stand in a database that
/// holds other things.
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
    _lock: Option<Lock>,
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

    /// Opens the session of this name, or begins it.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] when another client has it open; [`StoreError::Sqlite`] when the file
    /// is no database, cannot be opened, or was written by a newer version.
    pub fn open_named(path: impl AsRef<Path>, name: &str) -> Result<Self, StoreError> {
        let path = super::file::real_path(path.as_ref())?;
        let mut beside = path.clone().into_os_string();
        beside.push(format!(".{}", file_name(name)));
        let lock = Lock::take(Path::new(&beside))?;
        super::file::make_private(&path)?;
        let connection = Connection::open(&path).map_err(|error| failed(&path, error))?;
        Self::prepare(connection, path, name, Some(lock))
    }

    /// A session in a database in memory, which ends with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] when there is no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory().map_err(|error| failed(&path, error))?;
        Self::prepare(connection, path, DEFAULT_NAME, None)
    }

    fn prepare(
        connection: Connection,
        path: PathBuf,
        name: &str,
        lock: Option<Lock>,
    ) -> Result<Self, StoreError> {
        let set = |pragma: &str, value: &dyn ToSql| {
            let set = connection.pragma_update(None, pragma, value);
            set.map_err(|error| failed(&path, error))
        };
        connection
            .busy_timeout(BUSY)
            .map_err(|error| failed(&path, error))?;
        set("journal_mode", &"WAL")?;
        set("synchronous", &"FULL")?;
        set("secure_delete", &true)?;
        let database = Sqlite {
            connection,
            path: path.clone(),
        };
        Ok(Self {
            tables: TableStore::open(database, name)?,
            path,
            _lock: lock,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
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
        self.tables.apply(changes)
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.tables.peer(query)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.tables.notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.tables.note(room, key)
    }
}

struct Sqlite {
    connection: Connection,
    path: PathBuf,
}

impl Database for Sqlite {
    fn run(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
        let path = &self.path;
        let mut all = || {
            // Dropped without a commit, it undoes what was done.
            let transaction = self.connection.transaction()?;
            for statement in statements {
                let mut prepared = transaction.prepare_cached(statement.sql)?;
                let arguments = statement.arguments.iter().map(|value| value as &dyn ToSql);
                prepared.execute(&*arguments.collect::<Vec<_>>())?;
            }
            transaction.commit()
        };
        all().map_err(|error| failed(path, error))
    }

    fn rows(&mut self, statement: &Statement) -> Result<Vec<Vec<Value>>, StoreError> {
        let all = || {
            let mut prepared = self.connection.prepare_cached(statement.sql)?;
            let columns = prepared.column_count();
            let arguments = statement.arguments.iter().map(|value| value as &dyn ToSql);
            let mut rows = prepared.query(&*arguments.collect::<Vec<_>>())?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                let fields = (0..columns).map(|at| row.get_ref(at).map(value));
                all.push(fields.collect::<Result<_, _>>()?);
            }
            Ok(all)
        };
        all().map_err(|error| failed(&self.path, error))
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }
        .into())
    }
}

fn value(field: ValueRef<'_>) -> Value {
    match field {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Integer(value),
        // Nothing here is written as one: whoever reads it says so.
        ValueRef::Real(_) => Value::Null,
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::bytes(bytes),
    }
}

fn failed(path: &Path, source: rusqlite::Error) -> StoreError {
    StoreError::Sqlite {
        path: path.into(),
        source: Box::new(source),
    }
}

/// The name of a session as a part of a file's: two names never become one.
fn file_name(name: &str) -> String {
    let mut file = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => file.push(byte.into()),
            other => file.push_str(&format!("_{other:02x}")),
        }
    }
    file
}
