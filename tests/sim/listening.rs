//! What the referee knows of what updates mean to a link, and the laws on that.
use std::time::Duration;

use ferogram_sync::mtproto::Attention;

use crate::referee::{Verdict, must};
use crate::word::Word;

/// How long a link that talks may take to begin the updates: a new temporary key may have to be
/// bound first, and requests may be held back because one is about to expire.
const GREETS_WITHIN: Duration = Duration::from_secs(75);

/// How long a link that listens may be away in fair weather: the longest pause twice.
const BACK_WITHIN: Duration = Duration::from_secs(60);

/// So often a server may refuse the request that begins the updates before it is left alone.
const DENIALS_MAX: u32 = 3;

/// Whether somebody waits for the updates of a link, and whether they were begun.
#[derive(Default)]
pub(crate) struct Listening {
    attention: Attention,
    /// Since when it means that.
    since: Duration,
    greeting: Option<Greeting>,
    /// The server has lost the session in which they were begun, and the link has not said so yet.
    lost: bool,
    /// How often the server has refused to look at it on this connection.
    denied: u32,
    /// Since when the link has been talking on this connection without having greeted.
    talks: Option<Duration>,
    /// Since when there is no connection.
    away: Duration,
    /// The server has said that this address leads nowhere.
    hopeless: bool,
}

struct Greeting {
    id: i64,
    carrier: i64,
    answered: bool,
    /// The server has said again that it knows nothing of it, which may have been heeded or not.
    in_doubt: bool,
}

impl Listening {
    pub(crate) fn listens(&self) -> bool {
        self.attention == Attention::Listens
    }

    pub(crate) fn attends(&mut self, at: Duration, attention: Attention) {
        if attention == Attention::Listens && !self.listens() {
            self.hopeless = false;
        }
        if attention == Attention::Deaf {
            self.begin_anew(at);
        }
        (self.attention, self.since) = (attention, at);
    }

    pub(crate) fn dials(&mut self, somebody_waits: bool) -> Verdict {
        self.hopeless = false;
        must(self.listens() || somebody_waits, || {
            "a connection is made for nobody".to_owned()
        })
    }

    pub(crate) fn closed(&mut self, at: Duration) {
        self.begin_anew(at);
        (self.talks, self.away) = (None, at);
    }

    /// The server has said that this is the wrong place.
    pub(crate) fn despairs(&mut self) {
        self.hopeless = true;
    }

    pub(crate) fn session_changes(&mut self, at: Duration) {
        self.begin_anew(at);
    }

    /// The link sends something that is encrypted.
    pub(crate) fn talks(&mut self, at: Duration) {
        self.talks.get_or_insert(at);
    }

    /// It sends the request that begins the updates.
    pub(crate) fn greets(&mut self, id: i64, carrier: i64) -> Verdict {
        must(self.listens(), || {
            "updates are begun and nobody listens".to_owned()
        })?;
        let stands = self.greeting.as_ref().is_some_and(|it| !it.in_doubt);
        must(!stands, || "updates are begun twice".to_owned())?;
        self.greeting = Some(Greeting {
            id,
            carrier,
            answered: false,
            in_doubt: false,
        });
        Ok(())
    }

    /// A new message of the server has come in the session of the link.
    pub(crate) fn hears(&mut self, at: Duration, word: &Word) {
        if let Some(first) = word.begins {
            let here = |it: &Greeting| it.carrier >= first;
            self.lost |= !self.greeting.as_ref().is_some_and(here);
        }
        let Some(greeting) = &mut self.greeting else {
            return;
        };
        let here = |id: i64| id == greeting.id || id == greeting.carrier;
        let refused = word.refuses.is_some_and(|(id, _)| here(id)) && !greeting.answered;
        let forgotten = word.begins.is_some_and(|first| greeting.carrier < first);
        let answered = word.answers == Some(greeting.id);
        let denied = answered && word.denies;
        greeting.answered |= answered;
        if denied {
            self.denied += 1;
        }
        if refused || forgotten || denied {
            self.greeting = None;
            self.talks = self.talks.map(|_| at);
        }
    }

    /// A message of the server has come again, or too late to be sure that it counts.
    pub(crate) fn hears_again(&mut self, word: &Word) {
        if let Some(greeting) = &mut self.greeting {
            greeting.in_doubt |= word.begins.is_some_and(|first| greeting.carrier < first);
        }
    }

    /// An update is handed on, or word that some were lost.
    pub(crate) fn updated(&self) -> Verdict {
        must(self.attention != Attention::Deaf, || {
            "an update of a link for single requests is handed on".to_owned()
        })
    }

    /// Word that some were lost is handed on.
    pub(crate) fn told_of_losses(&mut self) -> Verdict {
        self.lost = false;
        self.updated()
    }

    pub(crate) fn polled(&mut self, at: Duration, fair: Option<Duration>, here: bool) -> Verdict {
        let lost = std::mem::take(&mut self.lost);
        must(!lost || self.attention == Attention::Deaf, || {
            "updates may be lost and nobody is told".to_owned()
        })?;
        if !self.listens() {
            return Ok(());
        }
        if let Some(talks) = self.talks
            && self.is_to_greet()
        {
            must(at <= talks.max(self.since) + GREETS_WITHIN, || {
                "a link listens and has not begun the updates".to_owned()
            })?;
        }
        let away = fair.filter(|_| !here && !self.hopeless);
        must(
            away.is_none_or(|fair| at <= fair.max(self.since).max(self.away) + BACK_WITHIN),
            || "a link that listens does not come back".to_owned(),
        )
    }

    /// The run is over, long after the weather became fair.
    pub(crate) fn finish(&self, here: bool) -> Verdict {
        let idle = !self.listens() || self.hopeless;
        must(idle || here && !self.is_to_greet(), || {
            "somebody listens in vain".to_owned()
        })
    }

    fn is_to_greet(&self) -> bool {
        self.greeting.is_none() && self.denied <= DENIALS_MAX
    }

    fn begin_anew(&mut self, at: Duration) {
        (self.greeting, self.lost) = (None, false);
        self.denied = 0;
        self.talks = self.talks.map(|_| at);
    }
}
