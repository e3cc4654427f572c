//! Where a session is kept.
use std::fmt;
use std::path::{Path, PathBuf};

use crate::store::{FileStore, MemoryStore, Store, StoreError, StringSession};

/// Where a session is kept. Paths, [`StringSession`]s and [`Store`]s become one.
///
/// ```
/// use ferogram_sync::SessionPlace;
///
/// let place = SessionPlace::from("bot.session");
/// assert!(matches!(place, SessionPlace::File(path) if path.ends_with("bot.session")));
/// ```
///
/// `Debug` shows no login.
#[non_exhaustive]
pub enum SessionPlace {
    /// In a file, by a [`FileStore`].
    File(PathBuf),
    /// In memory only: it is gone with the client.
    Memory,
    /// In memory, beginning with this login.
    Login(StringSession),
    /// In a store that is open already, perhaps one of your own.
    Store(Box<dyn Store>),
}

impl SessionPlace {
    /// Whether it is a login of Telegram's test environment, if that is known before it is opened.
    pub(crate) fn test_servers(&self) -> Option<bool> {
        match self {
            Self::Login(login) => login.test,
            _ => None,
        }
    }

    /// Opens it.
    pub(crate) fn open(self) -> Result<Box<dyn Store>, StoreError> {
        Ok(match self {
            Self::File(path) => Box::new(FileStore::open(path)?),
            Self::Memory => Box::new(MemoryStore::default()),
            Self::Login(login) => {
                let mut store = MemoryStore::default();
                store.apply(&login.changes())?;
                Box::new(store)
            }
            Self::Store(store) => store,
        })
    }

    /// Whether it holds a login. A text may have been given for a path, by mistake: opening it says
    /// so, and until then it must not be shown.
    pub(super) fn is_login(&self) -> bool {
        match self {
            Self::File(path) => path
                .to_str()
                .is_some_and(|text| StringSession::parse(text).is_ok()),
            Self::Login(_) => true,
            Self::Memory | Self::Store(_) => false,
        }
    }
}

impl fmt::Debug for SessionPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(_) if self.is_login() => f.write_str("File(..)"),
            Self::File(path) => write!(f, "File({path:?})"),
            Self::Memory => f.write_str("Memory"),
            Self::Login(_) => f.write_str("Login(..)"),
            Self::Store(_) => f.write_str("Store(..)"),
        }
    }
}

impl<S: Store + 'static> From<S> for SessionPlace {
    fn from(store: S) -> Self {
        Self::Store(Box::new(store))
    }
}

/// It lives in memory from then on. Another store keeps it after [`StringSession::changes`].
impl From<StringSession> for SessionPlace {
    fn from(login: StringSession) -> Self {
        Self::Login(login)
    }
}

impl From<PathBuf> for SessionPlace {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl From<&PathBuf> for SessionPlace {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Path> for SessionPlace {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&str> for SessionPlace {
    fn from(path: &str) -> Self {
        Self::File(path.into())
    }
}

impl From<String> for SessionPlace {
    fn from(path: String) -> Self {
        Self::File(path.into())
    }
}

impl From<&String> for SessionPlace {
    fn from(path: &String) -> Self {
        Self::File(path.into())
    }
}
