//! A session in the tables of a database.
use super::database::{self, Database, Rows};
use super::rows;
use super::schema;
use super::statements::{self, Statement, peer_values};
use super::value::{Value, strange};
use crate::store::{Change, Note, PeerQuery, PeerRecord, Records, StoreError};

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
    #[cfg(feature = "libsql-session")]
    pub(in crate::store) fn session(&self) -> i64 {
        self.session
    }

    pub(in crate::store) fn load(&mut self) -> Result<Records, StoreError> {
        let all = [
            rows::SESSION,
            rows::DCS,
            rows::KEYS,
            rows::SALTS,
            rows::CHANNELS,
        ];
        let all: Vec<_> = all.map(|sql| self.about(sql, &[])).into();
        let found: [Rows; 5] = self
            .database
            .read(&all)?
            .try_into()
            .map_err(|_| strange())?;
        let [mut session, dcs, keys, salts, channels] = found;
        let mut records = rows::session(session.pop().unwrap_or_default())?;
        records.dcs = each(dcs, rows::dc)?;
        records.keys = each(keys, rows::key)?;
        records.salts = each(salts, rows::salt)?;
        records.channels = channels
            .into_iter()
            .map(rows::channel)
            .collect::<Result<_, _>>()?;
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
        let statement = self.about_peer(query);
        rows::peer(database::rows(&mut self.database, statement)?)
    }

    pub(in crate::store) fn peers(
        &mut self,
        queries: &[PeerQuery<'_>],
    ) -> Result<Vec<Option<PeerRecord>>, StoreError> {
        let all = queries.iter().map(|query| self.about_peer(query));
        let all = all.collect::<Vec<_>>();
        each(self.database.read(&all)?, rows::peer)
    }

    fn about_peer(&self, query: &PeerQuery<'_>) -> Statement {
        match query {
            PeerQuery::Id(key) => self.about(rows::PEER, &peer_values(*key)),
            PeerQuery::Name(name) => {
                let name = Value::Text(name.to_ascii_lowercase());
                self.about(rows::PEER_BY_NAME, &[name])
            }
            PeerQuery::Phone(phone) => self.about(rows::PEER_BY_PHONE, &[(*phone).into()]),
        }
    }

    pub(in crate::store) fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        let statement = self.about(rows::NOTES, &[room.into()]);
        each(database::rows(&mut self.database, statement)?, rows::note)
    }

    pub(in crate::store) fn note(
        &mut self,
        room: &str,
        key: &[u8],
    ) -> Result<Option<Note>, StoreError> {
        let statement = self.about(rows::NOTE, &[room.into(), Value::bytes(key)]);
        let mut found = database::rows(&mut self.database, statement)?;
        found.pop().map(rows::note).transpose()
    }

    /// A statement whose first argument is the session.
    fn about(&self, sql: &'static str, arguments: &[Value]) -> Statement {
        let session = [Value::Integer(self.session)];
        let arguments = [&session, arguments].concat();
        Statement { sql, arguments }
    }
}

fn each<T, R>(
    rows: Vec<R>,
    read: impl Fn(R) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(read).collect()
}
