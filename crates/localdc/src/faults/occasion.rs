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
pub(crate) enum Subject<'a> {
    /// A connection or a packet as such.
    Any,
    /// Bytes on their way.
    Bytes(Direction),
    /// A call of the method of this constructor id, or its answer.
    Method(u32),
    /// What the client did not ask for in any way: the object, serialised.
    Update(&'a [u8]),
    /// Another message that answers no call.
    Other,
}

/// A moment at which a rule may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occasion<'a> {
    pub(crate) place: Place,
    pub(crate) subject: Subject<'a>,
}
