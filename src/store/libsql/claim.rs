//! The claim to a session that is used from one place at a time.
use std::time::Duration;

use crate::store::StoreError;
use crate::store::sql::{Fields, Statement, Value};

/// For how long a claim holds, by the server's clock, in whole seconds.
pub(super) const SPAN: i64 = 60;

/// For how long it certainly holds, from the moment on at which it was asked for: the server may
/// have been at the end of a second.
pub(super) const HOLDS: Duration = Duration::from_secs(SPAN as u64 - 1);

/// A claim, which is a row that only its owner can change until it ends.
pub(super) struct Claim {
    session: i64,
    /// Nobody else has this name.
    owner: String,
    /// Counts what was written. Something that is carried out late, or for the second time, has a
    /// number that is not higher than the row's.
    turn: i64,
}

/// What the row says.
struct Row {
    owner: String,
    left: i64,
    turn: i64,
}

/// What became of a claim.
pub(super) enum Standing {
    Ours,
    /// It is another's for so long.
    Theirs(Duration),
}

impl Claim {
    pub(super) fn new(session: i64, owner: String) -> Self {
        Self {
            session,
            owner,
            turn: 0,
        }
    }

    /// Takes the session if it is free, or taken already by this very claim: then an answer was
    /// lost.
    pub(super) fn take(&self) -> [Statement; 2] {
        let there = "INSERT INTO ferogram_lease (session, owner, until, turn)
            VALUES (?1, '', 0, 0) ON CONFLICT (session) DO NOTHING";
        let take = "UPDATE ferogram_lease SET owner = ?2, until = unixepoch() + ?3
            WHERE session = ?1 AND (until <= unixepoch() OR owner = ?2)";
        [
            Statement::new(there, [self.session.into()]),
            Statement::new(
                take,
                [self.session.into(), self.owner.as_str().into(), SPAN.into()],
            ),
        ]
    }

    pub(super) fn look(&self) -> Statement {
        let sql = "SELECT owner, until - unixepoch(), turn FROM ferogram_lease WHERE session = ?1";
        Statement::new(sql, [self.session.into()])
    }

    /// Whose the session is after it was tried to take it.
    pub(super) fn taken(&mut self, row: Vec<Value>) -> Result<Standing, StoreError> {
        let row = Row::read(row)?;
        if row.owner != self.owner {
            let left = Duration::from_secs(row.left.max(0).unsigned_abs());
            return Ok(Standing::Theirs(left));
        }
        self.turn = row.turn;
        Ok(Standing::Ours)
    }

    /// Goes first in a transaction: where the session is another's, or nobody's any more, or this
    /// was carried out before, no number can be put into the row, and everything is undone. Else
    /// the claim is renewed by it.
    pub(super) fn fence(&mut self) -> Statement {
        self.turn += 1;
        let sql = "INSERT INTO ferogram_lease (session, owner, until, turn)
            VALUES (?1, '', 0, CASE WHEN EXISTS (SELECT 1 FROM ferogram_lease WHERE session = ?1
                AND owner = ?2 AND until > unixepoch() AND turn < ?4) THEN ?4 END)
            ON CONFLICT (session) DO UPDATE SET turn = excluded.turn, until = unixepoch() + ?3";
        Statement::new(
            sql,
            [
                self.session.into(),
                self.owner.as_str().into(),
                SPAN.into(),
                self.turn.into(),
            ],
        )
    }

    /// Whether what the fence held up had been carried out before, and only its answer was lost.
    pub(super) fn is_done(&self, row: Vec<Value>) -> Result<bool, StoreError> {
        if row.is_empty() {
            return Ok(false); // Somebody has wiped the table.
        }
        let row = Row::read(row)?;
        Ok(row.owner == self.owner && row.turn == self.turn)
    }

    /// Gives the session back.
    pub(super) fn release(&self) -> Statement {
        let sql = "UPDATE ferogram_lease SET until = 0 WHERE session = ?1 AND owner = ?2";
        Statement::new(sql, [self.session.into(), self.owner.as_str().into()])
    }
}

impl Row {
    fn read(row: Vec<Value>) -> Result<Self, StoreError> {
        let mut row = Fields::new(row);
        Ok(Self {
            owner: row.value()?,
            left: row.value()?,
            turn: row.value()?,
        })
    }
}
