//! A session in the tables of a database.
use super::database::Database;
use super::rows;
use super::schema;
use super::statements::{self, Statement, peer_values};
use super::value::{Fields, Value};
use crate::store::{Change, Note, PeerKey, PeerQuery, PeerRecord, Records, StoreError};

/// One session in the tables of a database, which may hold others beside it.
pub(in crate::store) struct TableStore<D> {
    pub(in crate::store) database: D,
    session: i64,
}

impl<D: Database> TableStore<D> {
    /// Opens the session of this name, or adds it.
    pub(in crate::store) fn open(mut database: D, name: &str) -> Result<Self, StoreError> {
        let session = schema::prepare(&mut database, name)?;
        Ok(Self { database, session })
    }

    /// The number of the session in the tables.
    pub(in crate::store) fn session(&self) -> i64 {
        self.session
    }

    pub(in crate::store) fn load(&mut self) -> Result<Records, StoreError> {
        let session = self.rows(rows::SESSION, &[])?.pop().unwrap_or_default();
        let mut records = rows::session(session)?;
        records.dcs = self.all(rows::DCS, rows::dc)?;
        records.keys = self.all(rows::KEYS, rows::key)?;
        records.salts = self.all(rows::SALTS, rows::salt)?;
        records.channels = self.all(rows::CHANNELS, rows::channel)?.into_iter().collect();
        Ok(records)
    }

    pub(in crate::store) fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let mut all = Vec::new();
        for change in changes {
            change.check()?;
            statements::add(change, self.session, &mut all);
        }
        match all.is_empty() {
            true => Ok(()),
            false => self.database.run(&all),
        }
    }

    pub(in crate::store) fn peer(
        &mut self,
        query: &PeerQuery<'_>,
    ) -> Result<Option<PeerRecord>, StoreError> {
        let mut found = match query {
            PeerQuery::Id(key) => self.rows(rows::PEER, &peer_values(*key))?,
            PeerQuery::Name(name) => {
                let name = Value::Text(name.to_ascii_lowercase());
                self.rows(rows::PEER_BY_NAME, &[name])?
            }
            PeerQuery::Phone(phone) => self.rows(rows::PEER_BY_PHONE, &[(*phone).into()])?,
        };
        let Some(row) = found.pop() else {
            return Ok(None);
        };
        let mut peer = rows::peer(row)?;
        peer.usernames = self.names(peer.id)?;
        Ok(Some(peer))
    }

    fn names(&mut self, key: PeerKey) -> Result<Vec<String>, StoreError> {
        let rows = self.rows(rows::NAMES, &peer_values(key))?;
        let names = rows.into_iter().map(|row| Fields::new(row).value());
        names.collect()
    }

    pub(in crate::store) fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        let rows = self.rows(rows::NOTES, &[room.into()])?;
        rows.into_iter().map(rows::note).collect()
    }

    pub(in crate::store) fn note(
        &mut self,
        room: &str,
        key: &[u8],
    ) -> Result<Option<Note>, StoreError> {
        let mut rows = self.rows(rows::NOTE, &[room.into(), Value::bytes(key)])?;
        rows.pop().map(rows::note).transpose()
    }

    fn all<T>(
        &mut self,
        sql: &'static str,
        read: impl Fn(Vec<Value>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.rows(sql, &[])?.into_iter().map(read).collect()
    }

    fn rows(
        &mut self,
        sql: &'static str,
        arguments: &[Value],
    ) -> Result<Vec<Vec<Value>>, StoreError> {
        let session = [Value::Integer(self.session)];
        let arguments = [&session, arguments].concat();
        self.database.rows(&Statement { sql, arguments })
    }
}
