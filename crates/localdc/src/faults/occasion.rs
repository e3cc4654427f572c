//! What a rule is held against.
use super::direction::Direction;

/// Where something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The number of the data centre.
    pub(crate) dc: i32,
    /// The number of the connection.
    pub(crate) connection: u64,
}

/// What it happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A connection or a packet as such.
    Any,
    /// Bytes on their way.
    Bytes(Direction),
    /// A call of the method of this constructor id, or its answer.
    Method(u32),
    /// A message that answers no call; `update` if the client did not ask for it in any way.
    Other { update: bool },
}

/// A moment at which a rule may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occasion {
    pub(crate) place: Place,
    pub(crate) subject: Subject,
}
