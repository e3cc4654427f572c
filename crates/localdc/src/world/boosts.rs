//! Boosts that accounts have given to channels (<https://core.telegram.org/api/boost>).

/// One of an account's boosts, and what it was given to.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) user: i64,
    pub(crate) slot: i32,
    pub(crate) channel: Option<i64>,
    pub(crate) date: i64,
    pub(crate) expires: i64,
}
