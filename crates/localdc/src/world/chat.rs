//! A basic group (<https://core.telegram.org/api/channel#basic-groups>).
use std::collections::BTreeMap;

/// A basic group: its messages lie in the boxes of its members.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) creator: i64,
    pub(crate) date: i64,
    /// Rises with every change of the members.
    pub(crate) version: i32,
    /// Who is in it.
    pub(crate) members: BTreeMap<i64, Member>,
}

/// How somebody came into a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) inviter: i64,
    pub(crate) date: i64,
}
