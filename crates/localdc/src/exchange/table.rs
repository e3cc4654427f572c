//! The key exchanges that are under way in one data centre.
use std::collections::HashMap;
use std::time::Duration;

use ferogram_sync::crypto::sha256;
use ferogram_sync::tl::Reader;
use parking_lot::Mutex;

use super::steps::{Exchange, NewKey, Refusal, Surroundings};
use crate::wire::ids::{REQ_DH_PARAMS, REQ_PQ, REQ_PQ_MULTI, SET_CLIENT_DH_PARAMS};

/// How long an answer is kept for a client that asks again with the same query.
///
/// See <https://core.telegram.org/mtproto/auth_key#error-handling-lost-queries-and-responses>.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// How many exchanges are remembered; beyond it the oldest goes. Each takes about 3 KB.
const EXCHANGES_MAX: usize = 1024;

/// How many answers one exchange keeps: its steps, and some retries of the last.
const ANSWERS_MAX: usize = 16;

/// Exchanges by the client's nonce. They belong to no connection: a client may go on with one over
/// another connection.
#[derive(Default)]
pub(crate) struct Exchanges {
    entries: Mutex<HashMap<[u8; 16], Entry>>,
}

struct Entry {
    since: Duration,
    exchange: Exchange,
    /// Hashes of the queries, and what they were answered.
    answers: Vec<([u8; 32], Vec<u8>)>,
}

/// The answer to a query, and the key that came out of it.
pub(crate) struct Reply {
    pub(crate) body: Vec<u8>,
    pub(crate) key: Option<NewKey>,
}

impl Exchanges {
    /// Handles the body of a message that nothing encrypts.
    ///
    /// # Errors
    ///
    /// [`Refusal`] where a transport error has to be sent. Whatever exchange the query belonged to
    /// is forgotten then, so that nothing more is answered in it.
    pub(crate) fn handle(
        &self,
        body: &[u8],
        around: &mut Surroundings<'_>,
    ) -> Result<Reply, Refusal> {
        let mut reader = Reader::new(body);
        let (id, nonce) = (reader.u32(), reader.int128());
        if reader.failed() {
            return Err(Refusal::Invalid);
        }
        if id == REQ_PQ || id == REQ_PQ_MULTI {
            return Ok(self.begin(nonce, id, around));
        }
        // The entry is out of the table while the work is done: no lock is held during it, and
        // what goes wrong is forgotten.
        let mut entry = self.take(&nonce).ok_or(Refusal::Invalid)?;
        if reader.int128() != entry.exchange.server_nonce {
            return Err(Refusal::Invalid);
        }
        let query = Query::of(id, body)?;
        if let Some(answer) = entry.answered(&query) {
            self.put(nonce, entry);
            return Ok(answer);
        }
        let (body, key) = match id {
            REQ_DH_PARAMS => (entry.exchange.offer(&mut reader, around)?, None),
            _ => entry.exchange.finish(&mut reader, around)?,
        };
        entry.remember(query, &body)?;
        self.put(nonce, entry);
        Ok(Reply { body, key })
    }

    fn begin(&self, nonce: [u8; 16], id: u32, around: &mut Surroundings<'_>) -> Reply {
        let query = Query(sha256(&[&id.to_le_bytes(), &nonce]));
        let mut entries = self.entries.lock();
        entries.retain(|_, entry| around.now.saturating_sub(entry.since) < KEPT_FOR);
        if let Some(answer) = entries.get(&nonce).and_then(|entry| entry.answered(&query)) {
            return answer;
        }
        if entries.len() >= EXCHANGES_MAX {
            let oldest = entries.iter().min_by_key(|(_, entry)| entry.since);
            if let Some(oldest) = oldest.map(|(nonce, _)| *nonce) {
                entries.remove(&oldest);
            }
        }
        let exchange = Exchange::start(nonce, around.chance);
        let body = exchange.challenge(id == REQ_PQ_MULTI, around);
        let entry = Entry {
            since: around.now,
            exchange,
            answers: vec![(query.0, body.clone())],
        };
        entries.insert(nonce, entry);
        Reply { body, key: None }
    }

    fn take(&self, nonce: &[u8; 16]) -> Option<Entry> {
        self.entries.lock().remove(nonce)
    }

    fn put(&self, nonce: [u8; 16], entry: Entry) {
        self.entries.lock().insert(nonce, entry);
    }
}

impl Entry {
    fn answered(&self, query: &Query) -> Option<Reply> {
        let (_, body) = self.answers.iter().find(|(hash, _)| *hash == query.0)?;
        Some(Reply {
            body: body.clone(),
            key: None,
        })
    }

    fn remember(&mut self, query: Query, body: &[u8]) -> Result<(), Refusal> {
        if self.answers.len() == ANSWERS_MAX {
            return Err(Refusal::Invalid);
        }
        self.answers.push((query.0, body.to_vec()));
        Ok(())
    }
}

/// The hash of a query without what a client may append to it: the same query, sent again, may have
/// other random bytes at its end.
struct Query([u8; 32]);

impl Query {
    fn of(id: u32, body: &[u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(body);
        reader.raw(4 + 16 + 16);
        match id {
            REQ_DH_PARAMS => {
                reader.bytes();
                reader.bytes();
                reader.i64();
                reader.bytes();
            }
            SET_CLIENT_DH_PARAMS => {
                reader.bytes();
            }
            _ => return Err(Refusal::Invalid),
        }
        if reader.failed() {
            return Err(Refusal::Invalid);
        }
        Ok(Self(sha256(&[&body[..reader.offset()]])))
    }
}
