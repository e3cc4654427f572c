//! A database that another library has made, or will open.
use std::ffi::OsString;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Params, Row, Transaction};

use crate::store::file::is_login;
use crate::store::lock::{beside, owner_only};
use crate::store::sqlite::{MAGIC, failed};
use crate::store::{StoreError, StringError};

/// How long another program may hold the database before reading it fails.
const BUSY: Duration = Duration::from_secs(5);

/// Where the header says how the database is written, and what stands there when a log beside it
/// takes what is new.
///
/// See <https://sqlite.org/fileformat.html#file_format_version_numbers>.
const WRITE_VERSION: usize = 18;
const WAL: u8 = 2;

/// The file was left in the middle of a change, which nobody who only reads can undo.
const NEEDS_ROLLBACK: i32 = 776;

/// A connection to such a database.
pub(super) struct Database {
    connection: Connection,
    pub(super) path: PathBuf,
}

impl Database {
    /// Opens a database to read it: it is not changed, and nothing is put beside it.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        refuse_login(path)?;
        let mut header = Vec::with_capacity(WRITE_VERSION + 1);
        let data = fs::metadata(path).map_err(|source| unreadable(path, source))?;
        if !data.is_file() {
            return Err(StoreError::NotAFile { path: path.into() });
        }
        File::open(path)
            .and_then(|file| file.take(header.capacity() as u64).read_to_end(&mut header))
            .map_err(|source| unreadable(path, source))?;
        if !header.starts_with(MAGIC) {
            return Err(StoreError::UnknownFile { path: path.into() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let has_log = header.get(WRITE_VERSION) == Some(&WAL);
        // Without its log nobody has it open. Read in the ordinary way it would get a new one.
        let connection = match has_log && !beside(path, "-wal").exists() {
            true => {
                let uri = still(path);
                Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
            }
            false => Connection::open_with_flags(path, flags),
        };
        let connection = connection.map_err(|error| failed(path, error))?;
        let database = Self {
            connection,
            path: path.into(),
        };
        database.run(|connection| {
            connection.busy_timeout(BUSY)?;
            // A table may hold expressions of whoever made it.
            connection.pragma_update(None, "trusted_schema", false)
        })?;
        Ok(database)
    }

    /// Makes a database that only its owner can read, and fills it; what is there is never written
    /// over.
    pub(super) fn create(
        path: &Path,
        fill: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<Self, StoreError> {
        refuse_login(path)?;
        let mut options = File::options();
        options.write(true).create_new(true);
        owner_only(&mut options);
        options.open(path).map_err(|source| StoreError::Io {
            action: "create",
            path: path.into(),
            advice: "its folder must be there and writable, and the name free: a file that is \
                     there is never written over",
            source,
        })?;
        let filled = Connection::open(path)
            .map_err(|error| failed(path, error))
            .and_then(|connection| {
                let mut database = Self {
                    connection,
                    path: path.into(),
                };
                database.write(fill)?;
                Ok(database)
            });
        if filled.is_err() {
            // It is of nobody's but ours, and half of it is of no use.
            fs::remove_file(path).ok();
        }
        filled
    }

    /// Carries out all of it or nothing.
    pub(super) fn write(
        &mut self,
        act: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let all = || {
            let transaction = self.connection.transaction()?;
            act(&transaction)?;
            transaction.commit()
        };
        all().map_err(|error| self.failed(error))
    }

    pub(super) fn has_table(&self, name: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1";
        self.run(|connection| connection.query_row(sql, [name], |row| row.get(0)))
    }

    /// What `read` makes of the rows that it wants.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        arguments: impl Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.each(sql, arguments, read, |item| {
            found.push(item);
            Ok(())
        })?;
        Ok(found)
    }

    /// Hands over one after the other: there may be a million.
    pub(super) fn each<T>(
        &self,
        sql: &str,
        arguments: impl Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
        mut take: impl FnMut(T) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.run(|connection| connection.prepare(sql))?;
        let mut rows = statement
            .query(arguments)
            .map_err(|error| self.failed(error))?;
        while let Some(row) = rows.next().map_err(|error| self.failed(error))? {
            if let Some(item) = read(row).map_err(|error| self.failed(error))? {
                take(item)?;
            }
        }
        Ok(())
    }

    fn run<'a, T>(
        &'a self,
        act: impl FnOnce(&'a Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        act(&self.connection).map_err(|error| self.failed(error))
    }

    pub(super) fn damaged(&self, detail: &'static str) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            detail,
        }
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        match (
            error.sqlite_extended_error_code(),
            error.sqlite_error_code(),
        ) {
            (Some(NEEDS_ROLLBACK), _) => StoreError::Io {
                action: "read",
                path: self.path.clone(),
                advice: "the program that it belongs to ended in the middle of a change: open it \
                         with that one, close it, and try again",
                source: io::Error::other(error),
            },
            // Another type, a number that is too great, a column that is not there.
            (None, _) | (_, Some(ErrorCode::Unknown)) => {
                self.damaged("its tables do not hold what belongs there")
            }
            _ => failed(&self.path, error),
        }
    }
}

/// What a login lacks that a file has to hold.
pub(super) fn incomplete(path: &Path, error: StringError) -> StoreError {
    match error {
        StringError::Missing { field, .. } => StoreError::Incomplete {
            path: path.into(),
            field,
        },
        other => StoreError::Other(other.into()),
    }
}

fn refuse_login(path: &Path) -> Result<(), StoreError> {
    match path.to_str().is_some_and(is_login) {
        true => Err(StoreError::LoginText),
        false => Ok(()),
    }
}

fn unreadable(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io {
        action: "read",
        path: path.into(),
        advice: "it must be there, and this user must be allowed to read it",
        source,
    }
}

/// The name under which a file is opened that nobody changes.
///
/// See <https://sqlite.org/uri.html>.
fn still(path: &Path) -> OsString {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            _ => write!(uri, "%{byte:02X}").expect("a string takes everything"),
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
}
