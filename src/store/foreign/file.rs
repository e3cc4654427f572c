//! A session file of another library.
use std::fmt;
use std::path::Path;

use super::database::Database;
use super::format::FileFormat;
use super::mtcute;
use super::telethon;
use crate::store::{Change, Store, StoreError, StringSession};

/// How many peers are kept in one go.
const BATCH: usize = 4096;

/// A session file of Telethon or mtcute: a login and those who were seen with it, to be taken into
/// a [`Store`] or brought to a program of that library.
///
/// The login, peers with their hashes, public names and phone numbers, and how far the updates are
/// go both ways. What only the other library has a use for does not: temporary keys, keys of other
/// data centres, salts, files that were sent before, and who was seen in which message. They are
/// made or asked for anew. mtcute is given no titles: it asks for them too.
///
/// A file that is opened is only read. Close the program that it belongs to first: a key that is
/// used from two places at once is taken from both
/// (<https://core.telegram.org/api/errors#406-not-acceptable>). One that is still open there is
/// read as its last finished change left it; while it is being written, reading waits for some
/// seconds and then says that the file is busy. What stands beside the file, such as `<file>-wal`,
/// belongs to it: who copies the one copies the other.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let folder = tempfile::tempdir()?;
/// # let (theirs, ours) = (folder.path().join("a.session"), folder.path().join("b.session"));
/// # let client = telegram.bot();
/// use ferogram_sync::store::{FileFormat, FileStore, ForeignFile};
///
/// // There:
/// let login = client.export_session()?;
/// drop(client); // The login is for one program at a time.
/// ForeignFile::create(&theirs, FileFormat::Telethon, &login)?;
///
/// // And back:
/// let mut store = FileStore::open(&ours)?;
/// ForeignFile::open(&theirs)?.copy_into(&mut store)?;
/// # let builder = telegram.client_builder();
/// let client = builder.session(store).connect()?;
/// assert!(client.get_me()?.is_bot());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ForeignFile {
    database: Database,
    tables: Tables,
}

/// Whose tables there are.
#[derive(Clone, Copy)]
enum Tables {
    Telethon { version: i64 },
    Mtcute,
}

impl ForeignFile {
    /// Opens a file of one of the known formats, to read it.
    ///
    /// # Errors
    ///
    /// [`StoreError::UnknownFile`] when it is of none of them, [`StoreError::NewerFormat`] when it
    /// is of a version that is not known, [`StoreError::Damaged`] when its tables are not as they
    /// should be, [`StoreError::Database`] when SQLite cannot read it, as when it is busy,
    /// [`StoreError::NotAFile`], [`StoreError::LoginText`] and [`StoreError::Io`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let database = Database::open(path.as_ref())?;
        let tables = if mtcute::is_there(&database)? {
            Tables::Mtcute
        } else if let Some(version) = telethon::version(&database)? {
            Tables::Telethon { version }
        } else {
            let path = path.as_ref().into();
            return Err(StoreError::UnknownFile { path });
        };
        Ok(Self { database, tables })
    }

    /// Makes a file with this login, readable by its owner only. Telethon wants a path that ends in
    /// `.session`.
    ///
    /// Close the client that the login is of before the file is used.
    ///
    /// # Errors
    ///
    /// [`StoreError::Incomplete`] when the login does not say what the format holds,
    /// [`StoreError::Io`] when the file cannot be made or there is one of that name,
    /// [`StoreError::LoginText`] and [`StoreError::Database`]. No file is left behind then.
    pub fn create(
        path: impl AsRef<Path>,
        format: FileFormat,
        login: &StringSession,
    ) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let (database, tables) = match format {
            FileFormat::Telethon => {
                let version = telethon::VERSION;
                (telethon::create(path, login)?, Tables::Telethon { version })
            }
            FileFormat::Mtcute => (mtcute::create(path, login)?, Tables::Mtcute),
        };
        Ok(Self { database, tables })
    }

    /// Adds to a file that was [created](Self::create) what it has a place for: peers, and how far
    /// the updates are. All of it, or nothing. Other changes are left out, and peers without a
    /// hash.
    ///
    /// ```
    /// # use ferogram_sync::store::{Change, FileFormat, ForeignFile, MemoryStore, PeerKey};
    /// # use ferogram_sync::store::{PeerQuery, PeerRecord, Store, StringSession};
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("a.session");
    /// # let login = StringSession {
    /// #     dc: ferogram_sync::DcId(2), key: Box::new(ferogram_sync::Secret::new([7; 256])),
    /// #     address: Some(([127, 0, 0, 1], 443).into()), test: None, account: None, api_id: None,
    /// # };
    /// # let durov = PeerRecord { access_hash: Some(5), ..PeerRecord::new(PeerKey::User(1)) };
    /// # let mut store = MemoryStore::new();
    /// # store.apply(&[Change::Peer(durov)])?;
    /// let mut file = ForeignFile::create(&path, FileFormat::Telethon, &login)?;
    /// file.add(&store.load()?.changes().collect::<Vec<_>>())?;
    /// file.add(&store.peers().into_iter().map(Change::Peer).collect::<Vec<_>>())?;
    ///
    /// let mut other = MemoryStore::new();
    /// file.copy_into(&mut other)?;
    /// assert!(other.peer(&PeerQuery::Id(PeerKey::User(1)))?.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when it cannot be written, as when it was opened to be read.
    pub fn add(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let add = match self.tables {
            Tables::Telethon { .. } => telethon::add,
            Tables::Mtcute => mtcute::add,
        };
        self.database.write(|transaction| {
            let mut changes = changes.iter();
            changes.try_for_each(|change| add(transaction, change))
        })
    }

    /// Whose file it is.
    #[must_use]
    pub fn format(&self) -> FileFormat {
        match self.tables {
            Tables::Telethon { .. } => FileFormat::Telethon,
            Tables::Mtcute => FileFormat::Mtcute,
        }
    }

    /// The login alone.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoLogin`] when there is none; [`StoreError::Damaged`] and
    /// [`StoreError::Database`].
    pub fn login(&self) -> Result<StringSession, StoreError> {
        match self.tables {
            Tables::Telethon { .. } => telethon::login(&self.database),
            Tables::Mtcute => mtcute::login(&self.database),
        }
    }

    /// Puts all that the file holds into a store. What was there goes; and the login comes last, so
    /// that a store in which there is one has everything.
    ///
    /// A store does not say whether the login is one of the test servers: where
    /// [`login`](Self::login) knows it, tell the builder
    /// ([`test_servers`](crate::ClientBuilder::test_servers)).
    ///
    /// # Errors
    ///
    /// As [`login`](Self::login), and then the store is as it was; and those of the store.
    pub fn copy_into(&self, store: &mut dyn Store) -> Result<(), StoreError> {
        let login = self.login()?;
        let state = match self.tables {
            Tables::Telethon { version } => telethon::state(&self.database, version)?,
            Tables::Mtcute => mtcute::state(&self.database)?,
        };
        store.apply(&[Change::Clear])?;
        let mut batch = Vec::new();
        let take = |peer| {
            batch.push(Change::Peer(peer));
            if batch.len() == BATCH {
                store.apply(&batch)?;
                batch.clear();
            }
            Ok(())
        };
        match self.tables {
            Tables::Telethon { version } => telethon::peers(&self.database, version, take)?,
            Tables::Mtcute => mtcute::peers(&self.database, take)?,
        }
        // Forgetting is done: it would take the peers along.
        let login = login.changes().into_iter();
        batch.extend(login.filter(|change| !change.forgets_account()));
        batch.extend(state);
        store.apply(&batch)
    }
}

/// Shows no login.
impl fmt::Debug for ForeignFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForeignFile")
            .field("format", &self.format())
            .field("path", &self.database.path)
            .finish_non_exhaustive()
    }
}
