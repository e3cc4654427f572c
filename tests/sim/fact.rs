//! What happens in a run, as the referee and the reader of a trace see it.
use std::fmt;
use std::time::Duration;

use ferogram_sync::mtproto::Attention;

use crate::wire::Said;
use crate::word::Word;

/// How a request ended for the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// A result, and to which request it belongs.
    Answer(Option<u64>),
    /// The server's own error.
    Error(String),
    NotSent {
        cause: String,
        deadline: bool,
    },
    Unknown {
        cause: String,
        deadline: bool,
    },
}

/// One event. Times are counted from the start of the run.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    Asked {
        tag: u64,
        harmless: bool,
        deadline: Duration,
    },
    /// The one who asks wants to know when the request has arrived.
    WantsHaste {
        tag: u64,
    },
    /// The server's word that it has the packet with these requests has come.
    Hastens {
        tags: Vec<u64>,
    },
    /// The link says that the request has arrived.
    Hastened {
        tag: u64,
    },
    Cancelled {
        tag: u64,
    },
    Ended {
        tag: u64,
        end: End,
    },
    /// From now on updates mean this to the link.
    Attends(Attention),
    /// The server refuses all that comes, with this transport error.
    TurnsAway {
        code: i32,
    },
    /// The link asks for a connection.
    Dials {
        conn: u32,
    },
    /// The connection is there.
    Opened {
        conn: u32,
    },
    /// The link says that requests can be sent over it: what has happened before can be asked for.
    Ready,
    /// The first bytes of the server have come over it.
    Heard {
        conn: u32,
    },
    /// It is gone; `ours`: the link itself has closed it.
    Closed {
        conn: u32,
        ours: bool,
        why: String,
    },
    /// A message of the client, in the order in which they were made; containers after members.
    Sent(Sent),
    /// The server carries a request out.
    Executed {
        tag: u64,
    },
    /// The server writes a request's result down.
    Answers {
        tag: u64,
    },
    /// The server writes an error down for a request that it does not carry out.
    Errs {
        tag: u64,
    },
    /// The server loses its memory of all sessions.
    Forgot,
    /// It has seen one login on two connections at once, and ends it.
    Killed,
    /// The link hands an update on.
    Updated {
        id: i64,
    },
    /// The link says that updates were lost.
    UpdatesLost,
    /// The server has lost the keys, and nobody knows that yet.
    KeysLost,
    /// A key was agreed upon, and is not stored yet.
    KeyMade,
    /// It is stored.
    KeySaved,
    /// It could not be.
    KeyNotSaved,
    /// The link goes on with a key exchange after its first step, which it also takes to find out
    /// whether anybody answers: it has given up the key that it had, or has none.
    AsksForKey,
    /// The one who asks closes the link for good.
    Closes,
    /// A whole message of the server has reached the client.
    Delivered(Word),
    /// All outputs were taken; when the link wants to be woken.
    Polled {
        next: Option<Duration>,
        outputs: usize,
    },
    /// From now on the network and the server are kind.
    Fair,
    Note(String),
}

/// A message of the client.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) conn: u32,
    pub(crate) session: i64,
    pub(crate) salt: i64,
    pub(crate) id: i64,
    pub(crate) seq_no: i32,
    pub(crate) inside: bool,
    /// The message that travels by itself: this one, or the container around it.
    pub(crate) carrier: i64,
    /// The length of the packet.
    pub(crate) len: usize,
    pub(crate) said: Said,
}

/// A fact, when it happened and to which link.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) at: Duration,
    pub(crate) link: usize,
    pub(crate) fact: Fact,
}

impl Record {
    /// Whether a reader of the end of a trace wants to see it.
    pub(crate) fn matters(&self) -> bool {
        !matches!(self.fact, Fact::Polled { .. })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10.3} link {} ", self.at.as_secs_f64(), self.link)?;
        match &self.fact {
            Fact::Sent(sent) => {
                let inside = if sent.inside { " (in a container)" } else { "" };
                write!(
                    f,
                    "--> {:x} #{} {}{inside} session {:x} salt {:x}",
                    sent.id,
                    sent.seq_no,
                    sent.said.name(),
                    sent.session,
                    sent.salt
                )
            }
            Fact::Delivered(word) => write!(f, "<-- {word}"),
            Fact::Note(text) => write!(f, "    {text}"),
            Fact::Opened { conn } => write!(f, "    connection {conn} is open"),
            Fact::Closed { conn, ours, why } => {
                let who = if *ours { "the link" } else { "the other side" };
                write!(f, "    connection {conn} is closed by {who}: {why}")
            }
            other => write!(f, "    {other:?}"),
        }
    }
}
