//! Holds what the client said of each call against what the server executed.
use std::fmt;
use std::time::Duration;

use ferogram_sync::{Delivery, Error, tl};
use localdc::LocalDc;

/// A request that was made, and can be known again.
pub(crate) enum Asked {
    /// Carries a `random_id`: it may run twice, but sends one message.
    Send(Box<tl::functions::messages::SendMessage>),
    /// Not to be run twice: each time founds another group.
    Found(tl::functions::messages::CreateChat),
    /// Reads only.
    Read(tl::functions::account::CheckUsername),
}

/// What the client said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Answered,
    /// The server refused, before it ran.
    Refused,
    /// The server had an inner error: nobody can tell whether it ran.
    Failed,
    NotSent,
    Unknown,
}

impl Said {
    /// Puts an outcome into its class.
    pub(crate) fn of<T>(outcome: &Result<T, Error>) -> Self {
        match outcome {
            Ok(_) => Self::Answered,
            Err(Error::Rpc(error)) if matches!(error.code, 500.. | ..0) => Self::Failed,
            Err(Error::Rpc(error)) if matches!(error.code, 303 | 420) => Self::Refused,
            Err(error) => match error.delivery() {
                Some(Delivery::NotSent) => Self::NotSent,
                Some(Delivery::Unknown) => Self::Unknown,
                None => panic!("an error that no fault explains: {error}"),
            },
        }
    }
}

/// One call.
pub(crate) struct Record {
    pub(crate) asked: Asked,
    pub(crate) said: Said,
}

/// Counts of many calls.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) calls: u64,
    pub(crate) answered: u64,
    refused: u64,
    failed: u64,
    not_sent: u64,
    unknown: u64,
    executed: u64,
    /// Of those that may not: it has to stay 0.
    twice: u64,
    pub(crate) fired: u64,
    pub(crate) longest: Duration,
}

impl Tally {
    /// Adds a call; gives what is wrong with it.
    pub(crate) fn judge(&mut self, dc: &LocalDc, record: &Record) -> Option<String> {
        let (ran, once) = match &record.asked {
            Asked::Send(request) => (dc.executed_request(&**request), false),
            Asked::Found(request) => (dc.executed_request(request), true),
            Asked::Read(request) => (dc.executed_request(request), false),
        };
        self.calls += 1;
        self.executed += ran;
        let count = match record.said {
            Said::Answered => &mut self.answered,
            Said::Refused => &mut self.refused,
            Said::Failed => &mut self.failed,
            Said::NotSent => &mut self.not_sent,
            Said::Unknown => &mut self.unknown,
        };
        *count += 1;
        if once && ran > 1 {
            self.twice += 1;
        }
        verdict(record.said, ran, once).map(|wrong| format!("{wrong}: {}", record.asked))
    }

    /// Adds the counts of another round.
    pub(crate) fn add(&mut self, other: &Self) {
        for (own, others) in [
            (&mut self.calls, other.calls),
            (&mut self.answered, other.answered),
            (&mut self.refused, other.refused),
            (&mut self.failed, other.failed),
            (&mut self.not_sent, other.not_sent),
            (&mut self.unknown, other.unknown),
            (&mut self.executed, other.executed),
            (&mut self.twice, other.twice),
            (&mut self.fired, other.fired),
        ] {
            *own += others;
        }
        self.longest = self.longest.max(other.longest);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} calls: {} answered, {} refused, {} failed inside, {} not sent, {} unknown; \
             {} executions, {} twice that may not; {} faults; the longest call took {:?}",
            self.calls,
            self.answered,
            self.refused,
            self.failed,
            self.not_sent,
            self.unknown,
            self.executed,
            self.twice,
            self.fired,
            self.longest
        )
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(request) => write!(f, "sendMessage {:?}", request.message),
            Self::Found(request) => write!(f, "createChat {:?}", request.title),
            Self::Read(request) => write!(f, "checkUsername {:?}", request.username),
        }
    }
}

/// The promises, for one call that ran so many times; `once` if it may not run twice.
fn verdict(said: Said, ran: u64, once: bool) -> Option<String> {
    let kept = match said {
        Said::Answered => ran >= 1,
        // A request that may be repeated may have run before its last attempt was refused.
        Said::Refused | Said::NotSent => ran == 0 || said == Said::Refused && !once,
        Said::Failed | Said::Unknown => true,
    };
    let single = !once || ran <= 1;
    (!kept || !single).then(|| format!("{said:?}, and it ran {ran} times"))
}

#[test]
fn broken_promises_are_seen() {
    for (said, ran, once) in [
        (Said::Answered, 0, true),
        (Said::Answered, 0, false),
        (Said::Answered, 2, true),
        (Said::Refused, 1, true),
        (Said::NotSent, 1, true),
        (Said::NotSent, 1, false),
        (Said::Failed, 2, true),
        (Said::Unknown, 2, true),
    ] {
        assert!(verdict(said, ran, once).is_some(), "{said:?} {ran} {once}");
    }
    for (said, ran, once) in [
        (Said::Answered, 1, true),
        (Said::Answered, 3, false),
        (Said::Refused, 0, true),
        (Said::NotSent, 0, false),
        (Said::Failed, 1, true),
        (Said::Unknown, 0, true),
        (Said::Unknown, 2, false),
    ] {
        assert_eq!(verdict(said, ran, once), None);
    }
}
