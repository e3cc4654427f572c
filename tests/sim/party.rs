//! What the referee knows of a link and its server.
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::Duration;

use crate::listening::Listening;
use crate::numbering::Numbering;
use crate::referee::{Verdict, must};
use crate::told::Told;
use crate::tries::Tries;
use crate::word::Word;

/// A link, its sessions, and what is between it and its server.
#[derive(Default)]
pub(crate) struct Party {
    /// The connections that the link wants or has, and whether anything has come over each.
    pub(crate) conns: BTreeMap<u32, bool>,
    /// The one that carries what is encrypted, and since when.
    pub(crate) conn: Option<u32>,
    pub(crate) opened: Option<Duration>,
    pub(crate) session: Option<i64>,
    /// Since when something is sent in this session.
    pub(crate) session_since: Duration,
    pub(crate) sessions: HashMap<i64, Numbering>,
    /// Salts that the server has refused, when, and in which message last.
    pub(crate) refused_salts: HashMap<i64, (Duration, i64)>,
    /// The last message of the client's about which a salt was told.
    pub(crate) salt_about: i64,
    /// The last message of the client's in this session.
    pub(crate) latest: i64,
    /// Messages that wait for an acknowledgment, and since when.
    pub(crate) owed: BTreeMap<i64, Duration>,
    /// The acknowledgments that were sent last: in which message, in which container, of what.
    pub(crate) acked: VecDeque<(i64, i64, Vec<i64>)>,
    /// Containers that have come, with their members.
    pub(crate) containers: HashSet<(i64, i64)>,
    pub(crate) idle_wakes: u32,
    /// Before this message the server knows nothing, as it has just told.
    pub(crate) begins: Option<i64>,
    /// Requests that were sent and have not ended.
    pub(crate) out: BTreeSet<u64>,
    /// The server has lost the keys, and no other was made.
    pub(crate) keys_lost: bool,
    /// How many keys are being stored.
    pub(crate) unsaved: u32,
    /// The updates that were handed on.
    pub(crate) updates: HashSet<i64>,
    pub(crate) told: Told,
    pub(crate) listening: Listening,
    /// When something on the way was last lost beyond asking: the other side ended a connection,
    /// or the client did and then lost the session, or nobody had ever said anything there.
    pub(crate) cut: Option<Duration>,
    /// When the client has ended a connection last.
    pub(crate) left: Option<Duration>,
    pub(crate) closed: bool,
    pub(crate) tries: Tries,
}

impl Party {
    /// The link sends something encrypted over this connection.
    pub(crate) fn carries(&mut self, at: Duration, conn: u32) -> Verdict {
        must(self.conns.contains_key(&conn), || {
            "something is sent over a connection that is gone".to_owned()
        })?;
        must(self.conn.is_none_or(|other| other == conn), || {
            "one login over two connections at once: it is lost".to_owned()
        })?;
        if self.conn.replace(conn).is_none() {
            self.opened = Some(at);
        }
        Ok(())
    }

    /// A connection is gone.
    pub(crate) fn ends(&mut self, at: Duration, conn: u32, ours: bool, why: &str) {
        let heard = self.conns.remove(&conn) == Some(true);
        if self.conns.is_empty() {
            self.tries.ends(at, why);
        }
        if self.conns.is_empty() || self.conn == Some(conn) {
            self.listening.closed(at);
        }
        if self.conn != Some(conn) {
            return;
        }
        (self.conn, self.opened, self.begins) = (None, None, None);
        if ours {
            // What came just now may have been the reason, and not have been heeded.
            self.owed.retain(|_, since| *since < at);
            self.refused_salts.retain(|_, salt| salt.0 < at);
        }
        // What went to an address that says nothing may have gone nowhere.
        if ours && heard {
            self.left = Some(at);
        } else {
            self.cut = Some(at);
        }
        self.told.closed(at, ours);
    }

    /// What a link does about connections that say nothing.
    pub(crate) fn looks_around(&self, next: Option<Duration>) -> Verdict {
        if self.conns.len() == 1 && self.conns.values().all(|heard| !heard) {
            return self.tries.beside(next);
        }
        let answers = self.conn.is_some_and(|conn| self.conns[&conn]);
        must(self.conns.len() == 1 || !answers, || {
            "another address is tried beside one that answers".to_owned()
        })
    }

    /// What this message says of salts. `ended` tells of a request whether it has ended.
    pub(crate) fn hears_of_salts(
        &mut self,
        at: Duration,
        word: &Word,
        ended: impl Fn(u64) -> bool,
    ) {
        // What is said of a message from before the last word on salts is older than that.
        // Nothing can be said of one that was not made yet.
        let begins = word.begins.unwrap_or_default().min(self.latest);
        self.salt_about = self.salt_about.max(begins);
        if let Some((about, 48)) = word.refuses
            && about >= self.salt_about
            && self.told.heeds(word.id, about, ended)
        {
            self.salt_about = about;
            if let Some(salt) = word.wrong_salt {
                let refused = self.refused_salts.entry(salt);
                refused.or_insert((at, about)).1 = about;
            }
        }
        // One that was refused before its time, because the server's clock went back, holds later.
        // A list that was asked for before the refusal knows less than that.
        if let Some((asked_by, salts)) = &word.lists {
            self.refused_salts
                .retain(|salt, (_, about)| *about > *asked_by || !salts.contains(salt));
        }
    }
}
