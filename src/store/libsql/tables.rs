//! The tables on a server, and the claim to one session in them.
use std::thread;
use std::time::Duration;

use super::claim::{Claim, HOLDS, Standing};
use super::json::{Done, Step, When};
use super::server::{Server, is_busy};
use crate::store::StoreError;
use crate::store::sql::{Database, Rows, Statement, Value};

/// How often a transaction is tried that another is in the way of.
const BUSY_ATTEMPTS: usize = 5;

/// How long is waited in between.
const BUSY_PAUSE: Duration = Duration::from_millis(200);

/// So many look-ups go into one request.
const READS_MAX: usize = 256;

/// The tables on a server. Once a session is claimed, all that is written is written under the
/// claim.
pub(super) struct Tables {
    server: Server,
    claim: Option<Claim>,
    /// The session and where it is, for errors.
    place: String,
    lost: bool,
}

/// Why a transaction was not carried out.
enum Failure {
    /// The fence held it up.
    Fenced(StoreError),
    Other(StoreError),
}

impl Tables {
    pub(super) fn new(server: Server, name: &str) -> Self {
        let place = format!("{name} in {}", server.base());
        Self {
            server,
            claim: None,
            place,
            lost: false,
        }
    }

    pub(super) fn base(&self) -> &str {
        self.server.base()
    }

    /// Takes the session.
    pub(super) fn take(&mut self, mut claim: Claim) -> Result<(), StoreError> {
        self.run(&claim.take())?;
        match claim.taken(self.row(&claim)?)? {
            Standing::Ours => self.claim = Some(claim),
            Standing::Theirs(ends_in) => {
                let place = self.place.clone();
                return Err(StoreError::Leased { place, ends_in });
            }
        }
        Ok(())
    }

    /// Renews the claim: for how long it holds.
    pub(super) fn renew(&mut self) -> Result<Duration, StoreError> {
        self.run(&[]).map(|()| HOLDS)
    }

    /// Gives the session back, if the server can be asked.
    pub(super) fn release(&mut self) {
        if let Some(claim) = self.claim.take().filter(|_| !self.lost) {
            self.run(&[claim.release()]).ok();
        }
    }

    fn row(&mut self, claim: &Claim) -> Result<Vec<Value>, StoreError> {
        let mut found = self.read(&[claim.look()])?.pop().unwrap_or_default();
        Ok(found.pop().unwrap_or_default())
    }

    /// Carries the statements out in one transaction; with a fence, the first of them is one.
    fn transaction(&mut self, all: &[&Statement], is_fenced: bool) -> Result<(), Failure> {
        let begin = Statement::new("BEGIN IMMEDIATE", []);
        let commit = Statement::new("COMMIT", []);
        let undo = Statement::new("ROLLBACK", []);
        let mut steps = vec![Step::new(When::Always, &begin, false)];
        for statement in all.iter().copied().chain([&commit]) {
            let when = When::Ok(steps.len() - 1);
            steps.push(Step::new(when, statement, false));
        }
        let last = steps.len() - 1;
        steps.push(Step::new(When::OkButNot(0, last), &undo, false));
        let mut tried = 1;
        loop {
            let done = self.server.batch(&steps).map_err(Failure::Other)?;
            let refused = done
                .iter()
                .take(last + 1)
                .enumerate()
                .find_map(|(at, done)| {
                    let Done::Failed(refusal) = done else {
                        return None;
                    };
                    Some((at, refusal))
                });
            let Some((at, refusal)) = refused else {
                return match done[last] {
                    Done::Rows(_) => Ok(()),
                    _ => Err(Failure::Other(StoreError::Other(
                        "the server left out what it was to do".into(),
                    ))),
                };
            };
            if is_busy(&refusal.code) && tried < BUSY_ATTEMPTS {
                tried += 1;
                thread::sleep(BUSY_PAUSE);
                continue;
            }
            let error = self.server.error(refusal);
            return Err(match at {
                1 if is_fenced => Failure::Fenced(error),
                _ => Failure::Other(error),
            });
        }
    }

    fn lost(&self) -> StoreError {
        let place = self.place.clone();
        StoreError::LeaseLost { place }
    }

    /// What the fence held up was done before, or the claim has ended.
    fn judge(&mut self, error: StoreError) -> Result<(), StoreError> {
        let Some(claim) = self.claim.take() else {
            return Err(error);
        };
        let row = self.row(&claim);
        let is_done = row.and_then(|row| claim.is_done(row));
        self.claim = Some(claim);
        match is_done? {
            true => Ok(()),
            false => {
                self.lost = true;
                Err(self.lost())
            }
        }
    }
}

impl Database for Tables {
    fn run(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
        if self.lost {
            return Err(self.lost());
        }
        let fence = self.claim.as_mut().map(Claim::fence);
        let is_fenced = fence.is_some();
        let all: Vec<_> = fence.iter().chain(statements).collect();
        match self.transaction(&all, is_fenced) {
            Ok(()) => Ok(()),
            Err(Failure::Fenced(error)) => self.judge(error),
            Err(Failure::Other(error)) => Err(error),
        }
    }

    fn read(&mut self, statements: &[Statement]) -> Result<Vec<Rows>, StoreError> {
        let mut found = Vec::with_capacity(statements.len());
        for some in statements.chunks(READS_MAX) {
            let steps = some.iter().map(|one| Step::new(When::Always, one, true));
            for done in self.server.batch(&steps.collect::<Vec<_>>())? {
                match done {
                    Done::Rows(rows) => found.push(rows),
                    Done::Failed(refusal) => return Err(self.server.error(&refusal)),
                    Done::LeftOut => found.push(Rows::new()),
                }
            }
        }
        Ok(found)
    }

    fn place(&self) -> String {
        self.server.base().to_owned()
    }
}
