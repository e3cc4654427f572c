//! How a link goes about having a connection: what the referee asks of it while somebody waits.
use std::time::Duration;

use crate::referee::{Verdict, must};

/// The longest pause between two attempts, in the first minute of an outage.
const SOON: Duration = Duration::from_secs(1);

/// The same, later.
const LATER: Duration = Duration::from_secs(3);

/// How long an outage is a new one.
const NEW: Duration = Duration::from_secs(60);

/// The longest pause after the server has said that there are too many connections, or has refused
/// to agree upon a key.
const REFUSED: Duration = Duration::from_secs(30);

/// How long an address may say nothing before the next one is tried beside it, or the next but one:
/// the link has patience for two and a half seconds.
const BESIDE: Duration = Duration::from_secs(3);

/// As the link says it.
const REFUSALS: [&str; 2] = ["the key exchange failed", "the temporary key"];

/// The attempts of one link.
#[derive(Default)]
pub(crate) struct Tries {
    /// When a connection was asked for last.
    dialled: Duration,
    /// When the last connection ended, while there is none.
    down: Option<Duration>,
    /// When the first connection ended since the last answer.
    outage: Option<Duration>,
    /// The server is there and refuses: it may be left alone for a while.
    refused: bool,
    /// It was told that this is the wrong server: only a new request is a reason to ask again.
    pub(crate) hopeless: bool,
}

impl Tries {
    pub(crate) fn dials(&mut self, at: Duration) {
        self.dialled = at;
        (self.down, self.refused) = (None, false);
    }

    /// No connection is left.
    pub(crate) fn ends(&mut self, at: Duration, why: &str) {
        self.refused |= REFUSALS.iter().any(|refusal| why.contains(refusal));
        self.down = Some(at);
        self.outage.get_or_insert(at);
    }

    pub(crate) fn answered(&mut self) {
        self.outage = None;
    }

    /// <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>
    pub(crate) fn turned_away(&mut self, code: i32) {
        self.refused |= code == -429;
        self.hopeless |= code == -444;
    }

    /// There is one connection, over which nothing has come: `next` is when the link looks again.
    pub(crate) fn beside(&self, next: Option<Duration>) -> Verdict {
        let until = self.dialled + BESIDE;
        must(next.is_some_and(|next| next <= until), || {
            "an address says nothing, and no other is tried".to_owned()
        })
    }

    /// There is no connection, and somebody waits for one: `next` is when the link looks again.
    pub(crate) fn wanted(&self, next: Option<Duration>) -> Verdict {
        if self.hopeless {
            return Ok(());
        }
        let Some(down) = self.down else {
            return Err("a connection is wanted and nobody makes one".to_owned());
        };
        let outage = self.outage.unwrap_or(down);
        let pause = match down - outage {
            _ if self.refused => REFUSED,
            lasts if lasts < NEW => SOON,
            _ => LATER,
        };
        must(next.is_some_and(|next| next <= down + pause), || {
            format!(
                "somebody waits, and no attempt is made for {} seconds",
                pause.as_secs()
            )
        })
    }
}
