//! Sessions on a libSQL server, each claimed by one client at a time.
use std::fmt;
use std::time::Duration;

use super::claim::Claim;
use super::server::Server;
use super::tables::Tables;
use crate::store::sql::TableStore;
use crate::store::{Change, Note, PeerQuery, PeerRecord, Records, Store, StoreError};

/// The session that is meant when none is named.
const DEFAULT_NAME: &str = "default";

/// Keeps sessions in a database on a libSQL server, such as Turso's or one's own `sqld`: as many as
/// one likes, each by its name. So a login can be opened from any machine, in one place at a time.
///
/// Whoever opens a session has it for a minute, and the client renews that as long as it runs. If
/// it cannot, because there is no network or the machine slept, it closes its connections before
/// the minute is over, and says so by `NetError::LeaseLost`; what it would write after that is
/// refused as a whole, by [`StoreError::LeaseLost`]. So two clients never use one key, which would
/// cost the login. After a crash the session can be opened when the rest of the minute has passed.
///
/// Everything is asked of the server: there is no replica on this machine. A look-up of somebody
/// who is not in the client's cache takes a round trip, and so does a change. The server, and
/// whoever has its token, can read the key, which *is* the login. No proxy is used.
///
/// It speaks version 3 or 2 of the protocol over HTTP; the tables are those of `SqliteStore`.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use ferogram_sync::{Client, LibSqlStore};
///
/// let token = std::env::var("TURSO_AUTH_TOKEN")?;
/// let store = LibSqlStore::connect("libsql://bots-me.turso.io", token)?;
/// let client = Client::builder()
///     .api_id(12345)
///     .api_hash("0123456789abcdef")
///     .session(store)
///     .connect()?;
/// # Ok(())
/// # }
/// ```
pub struct LibSqlStore {
    tables: TableStore<Tables>,
}

impl LibSqlStore {
    /// Opens the one session of a database, or begins it there.
    ///
    /// # Errors
    ///
    /// As [`connect_named`](Self::connect_named).
    ///
    /// # Blocking
    ///
    /// As [`connect_named`](Self::connect_named).
    pub fn connect(url: &str, token: impl Into<String>) -> Result<Self, StoreError> {
        Self::connect_named(url, token, DEFAULT_NAME)
    }

    /// Opens the session of this name, or begins it. The URL is that of the database, as in
    /// `libsql://bots-me.turso.io` or `http://127.0.0.1:8080`; an empty token is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Leased`] when another client has this session, which says until when;
    /// [`StoreError::NewerFormat`] for tables of a newer version; [`StoreError::Database`] when the
    /// server refuses the token, is not there, or refuses something else.
    ///
    /// # Blocking
    ///
    /// For some round trips to the server; where it does not answer, for some twenty seconds.
    pub fn connect_named(
        url: &str,
        token: impl Into<String>,
        name: &str,
    ) -> Result<Self, StoreError> {
        let server = Server::new(url, token.into())?;
        let mut tables = TableStore::open(Tables::new(server, name), name)?;
        let claim = Claim::new(tables.session(), owner());
        tables.database.take(claim)?;
        Ok(Self { tables })
    }
}

impl fmt::Debug for LibSqlStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LibSqlStore")
            .field("url", &self.tables.database.base())
            .finish_non_exhaustive()
    }
}

impl Store for LibSqlStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.tables.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        self.tables.apply(changes)
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

    fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        self.tables.database.renew().map(Some)
    }
}

impl Drop for LibSqlStore {
    fn drop(&mut self) {
        self.tables.database.release();
    }
}

/// A name that nobody else has.
#[expect(
    clippy::disallowed_methods,
    reason = "it is no secret and decides nothing: it must only be another one each time"
)]
fn owner() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
