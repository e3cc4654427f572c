//! A connection to an SQLite database.
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, TransactionBehavior};

use crate::store::sql::{Database, Rows, Statement, Value};
use crate::store::{DatabaseFault, StoreError};

/// How long another program may hold the database before a change fails: sessions of one file are
/// written by turns.
const BUSY: Duration = Duration::from_secs(10);

/// A connection to an SQLite database.
pub(super) struct Sqlite {
    connection: Connection,
    path: PathBuf,
    /// A key that holds no more may stand in the log of what is to be written.
    has_old_keys: bool,
}

impl Sqlite {
    /// Opens the database in an existing file.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path);
        let sqlite = Self::new(connection, path)?;
        sqlite.refuse_others()?;
        sqlite.try_with(|connection| {
            // Readers do not wait for writers then: https://sqlite.org/wal.html
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            // Where a disk keeps what it was told to write to itself for a while.
            connection.pragma_update(None, "fullfsync", true)?;
            connection.pragma_update(None, "checkpoint_fullfsync", true)
        })?;
        Ok(sqlite)
    }

    pub(super) fn in_memory() -> Result<Self, StoreError> {
        Self::new(Connection::open_in_memory(), Path::new(""))
    }

    fn new(connection: rusqlite::Result<Connection>, path: &Path) -> Result<Self, StoreError> {
        let connection = connection.map_err(|error| failed(path, error))?;
        let sqlite = Self {
            connection,
            path: path.into(),
            has_old_keys: false,
        };
        sqlite.try_with(|connection| {
            connection.busy_timeout(BUSY)?;
            // What is deleted is overwritten: there may be a key in it.
            connection.pragma_update(None, "secure_delete", true)
        })?;
        Ok(sqlite)
    }

    /// Whether another program has made this database: then it is one that was meant for something
    /// else, a session of another library perhaps.
    fn refuse_others(&self) -> Result<(), StoreError> {
        let sql = "SELECT count(*), coalesce(sum(name GLOB 'ferogram_*'), 0) FROM sqlite_master
            WHERE type = 'table' AND name NOT GLOB 'sqlite_*'";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let (all, ours): (i64, i64) =
            self.try_with(|connection| connection.query_row(sql, [], read))?;
        match all > 0 && ours == 0 {
            true => Err(StoreError::Foreign {
                path: self.path.clone(),
            }),
            false => Ok(()),
        }
    }

    fn try_with<T>(
        &self,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        act(&self.connection).map_err(|error| failed(&self.path, error))
    }

    /// A key that was there holds no more.
    pub(super) fn forgets_keys(&mut self) {
        self.has_old_keys = !self.path.as_os_str().is_empty();
    }

    /// Empties the log if a key that holds no more may stand there: of the database itself, what
    /// is deleted is overwritten. Somebody who reads at this moment keeps it from happening, and it
    /// is tried again after the next change.
    pub(super) fn tidy(&mut self) -> Result<bool, StoreError> {
        if self.has_old_keys {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let read = |row: &rusqlite::Row<'_>| row.get(0);
            let is_busy: bool = self.try_with(|connection| connection.query_row(sql, [], read))?;
            self.has_old_keys = is_busy;
        }
        Ok(false)
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Database for Sqlite {
    fn run(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
        let mut all = || {
            // It takes the turn to write at once: one that begins by reading cannot wait for it.
            // Dropped without a commit, it undoes what was done.
            let immediate = TransactionBehavior::Immediate;
            let transaction = self.connection.transaction_with_behavior(immediate)?;
            for statement in statements {
                let mut prepared = transaction.prepare_cached(statement.sql)?;
                prepared.execute(rusqlite::params_from_iter(&statement.arguments))?;
            }
            transaction.commit()
        };
        all().map_err(|error| failed(&self.path, error))
    }

    fn read(&mut self, statements: &[Statement]) -> Result<Vec<Rows>, StoreError> {
        let read = |statement| self.try_with(|connection| rows(connection, statement));
        statements.iter().map(read).collect()
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}

fn rows(connection: &Connection, statement: &Statement) -> rusqlite::Result<Rows> {
    let mut prepared = connection.prepare_cached(statement.sql)?;
    let columns = prepared.column_count();
    let mut found = prepared.query(rusqlite::params_from_iter(&statement.arguments))?;
    let mut rows = Rows::new();
    while let Some(row) = found.next()? {
        let fields = (0..columns).map(|at| row.get_ref(at).map(value));
        rows.push(fields.collect::<Result<_, _>>()?);
    }
    Ok(rows)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(field: ValueRef<'_>) -> Value {
    match field {
        // Nothing is written as a real: whoever reads it says so.
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(value) => Value::Integer(value),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::bytes(bytes),
    }
}

pub(in crate::store) fn failed(path: &Path, error: rusqlite::Error) -> StoreError {
    let fault = match error.sqlite_error_code() {
        // SQLite opens what is empty or begins right, and sees the rest when it reads it.
        Some(ErrorCode::NotADatabase) => return StoreError::Foreign { path: path.into() },
        Some(ErrorCode::DiskFull) => DatabaseFault::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            DatabaseFault::ReadOnly
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DatabaseFault::Busy,
        Some(ErrorCode::DatabaseCorrupt) => DatabaseFault::Damaged,
        _ => DatabaseFault::Other,
    };
    StoreError::Database {
        place: path.display().to_string(),
        fault,
        source: Box::new(error),
    }
}
