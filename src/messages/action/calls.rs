//! Calls.
use crate::tl::enums::{InputGroupCall, Peer, PhoneCallDiscardReason};

/// Somebody has called.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PhoneCall<'a> {
    /// The id of the call.
    pub call_id: i64,
    /// Whether it was with video.
    pub is_video: bool,
    /// Why it is over.
    pub reason: Option<&'a PhoneCallDiscardReason>,
    /// How long it was, in seconds; `None` when nobody has answered.
    pub duration: Option<i32>,
}

/// A call of a group or channel.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GroupCall<'a> {
    /// The call.
    pub call: &'a InputGroupCall,
    /// What has happened to it.
    pub state: GroupCallState<'a>,
}

/// What has happened to a call of a group or channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupCallState<'a> {
    /// It has begun.
    Started,
    /// It is over.
    Ended {
        /// How long it was, in seconds.
        duration: i32,
    },
    /// It will begin.
    Scheduled {
        /// When, in seconds since the Unix epoch.
        date: i32,
    },
    /// Users were invited to it.
    Invited {
        /// Their ids.
        user_ids: &'a [i64],
    },
}

/// A call that others can be invited to.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ConferenceCall<'a> {
    /// The id of the call.
    pub call_id: i64,
    /// Whether it goes on.
    pub is_active: bool,
    /// Whether this account has not answered.
    pub is_missed: bool,
    /// Whether it is with video.
    pub is_video: bool,
    /// How long it was, in seconds.
    pub duration: Option<i32>,
    /// Who else takes part.
    pub others: &'a [Peer],
}
