//! The protocol machine's types, as agreed, until the machine itself is here.
#![expect(missing_docs, unreachable_pub, reason = "goes when the machine comes")]
use std::net::SocketAddr;
use std::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u64);

#[derive(Debug)]
pub struct Request {
    pub id: RequestId,
    pub body: Vec<u8>,
    pub harmless: bool,
    pub deadline: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    NotSent,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    Deadline,
    Cancelled,
    Closed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    pub delivery: Delivery,
    pub cause: Cause,
    pub waiting_for: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    Unanswered(Unanswered),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer(pub Vec<u8>);
pub type Outcome = Result<Answer, CallError>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    Permanent,
    Temporary,
}

#[derive(Clone, Debug)]
pub struct AuthKey;

#[derive(Clone, Copy, Debug)]
pub struct FutureSalt;

#[derive(Debug)]
pub enum Input<'a> {
    Connected,
    Received(&'a [u8]),
    Closed(String),
    Timeout,
    KeySaved,
    KeyNotSaved(String),
    NetworkRestored,
}

#[derive(Debug)]
pub struct Reason(pub String);

#[derive(Debug)]
pub enum Output {
    Connect(SocketAddr),
    Transmit(Vec<u8>),
    Disconnect(Reason),
    Event(Event),
    Timeout(Option<Instant>),
}

#[derive(Debug)]
pub enum Event {
    Answer(RequestId, Outcome),
    Update(Vec<u8>),
    UpdatesLost,
    NewKey {
        kind: KeyKind,
        key: AuthKey,
        time_offset: i32,
        expires_at: Option<i32>,
    },
    KeyLost(KeyKind),
    Salts(Vec<FutureSalt>),
    QuickAck(RequestId),
    Connected,
    Disconnected(String),
}
