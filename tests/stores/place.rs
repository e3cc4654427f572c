//! Places where a session can be, all used the same way.
use ferogram_sync::store::{FileStore, MemoryStore, Store, StoreError};
use tempfile::TempDir;

/// A place for one session, until it is dropped.
pub(crate) trait Place {
    /// So many random lives are played here.
    const SEEDS: u64 = 3;

    /// So many times something is changed in one life.
    const ROUNDS: usize = 100;

    /// Opens the session, or begins it.
    fn open(&self) -> Result<Box<dyn Store>, StoreError>;

    /// Closes the session and opens it again.
    fn reopen(&self, store: Box<dyn Store>) -> Box<dyn Store> {
        drop(store);
        self.open().expect("it is free again")
    }

    /// Whether a second client is kept away.
    fn is_exclusive(&self) -> bool {
        true
    }
}

/// In memory: whoever has a clone has the session.
#[derive(Default)]
pub(crate) struct InMemory(MemoryStore);

impl Place for InMemory {
    fn open(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(self.0.clone()))
    }

    fn is_exclusive(&self) -> bool {
        false
    }
}

/// In a file of its own.
pub(crate) struct InFile(TempDir);

impl Default for InFile {
    fn default() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }
}

impl Place for InFile {
    fn open(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(FileStore::open(self.0.path().join("a.session"))?))
    }
}

#[cfg(feature = "sqlite-session")]
pub(crate) use sqlite::{InSqlite, InSqliteMemory};

#[cfg(feature = "sqlite-session")]
mod sqlite {
    use ferogram_sync::SqliteStore;

    use super::*;

    /// In a database in a file.
    pub(crate) struct InSqlite(TempDir);

    impl Default for InSqlite {
        fn default() -> Self {
            Self(tempfile::tempdir().expect("a folder"))
        }
    }

    impl Place for InSqlite {
        fn open(&self) -> Result<Box<dyn Store>, StoreError> {
            Ok(Box::new(SqliteStore::open(self.0.path().join("a.db"))?))
        }
    }

    /// In a database that ends with its store, and so is never closed.
    #[derive(Default)]
    pub(crate) struct InSqliteMemory;

    impl Place for InSqliteMemory {
        fn open(&self) -> Result<Box<dyn Store>, StoreError> {
            Ok(Box::new(SqliteStore::in_memory()?))
        }

        fn reopen(&self, store: Box<dyn Store>) -> Box<dyn Store> {
            store
        }

        fn is_exclusive(&self) -> bool {
            false
        }
    }
}

#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
pub(crate) use server::OnServer;

#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
mod server {
    use ferogram_sync::LibSqlStore;

    use super::*;
    use crate::hrana::Hrana;

    /// On a server.
    pub(crate) struct OnServer(pub(crate) Hrana);

    impl Default for OnServer {
        fn default() -> Self {
            Self(Hrana::start())
        }
    }

    impl Place for OnServer {
        const SEEDS: u64 = 1;
        const ROUNDS: usize = 60;

        fn open(&self) -> Result<Box<dyn Store>, StoreError> {
            Ok(Box::new(LibSqlStore::connect(&self.0.url(), "sesame")?))
        }
    }
}
