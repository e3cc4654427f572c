//! Updates that will never come.
use crate::store::PeerKey;
use crate::tracker;

/// Updates that will never come: this is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// How many, where that is known.
    pub count: Option<u64>,
    /// Whose they are; `None` for those that concern the whole account.
    pub peer: Option<PeerKey>,
    /// Why.
    pub why: WhyLost,
}

/// Why updates will never come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WhyLost {
    /// They could not be had from the server any more.
    #[error("{0}")]
    Server(tracker::Why),
    /// The stream was full, and the oldest were to make room.
    #[error("the stream was not read in time")]
    Slow,
    /// Nothing was read in time, and no counter misses them: whoever types, calls or presses a
    /// button is told of at once or never.
    #[error("there was no room for what nothing counts")]
    NoRoom,
}

impl Lost {
    /// So many have made room for others.
    pub(super) fn slow(count: u64) -> Self {
        Self {
            count: Some(count),
            peer: None,
            why: WhyLost::Slow,
        }
    }

    /// So many came when there was no room, and will not come again.
    pub(super) fn no_room(count: u64) -> Self {
        Self {
            count: Some(count),
            peer: None,
            why: WhyLost::NoRoom,
        }
    }
}

impl From<tracker::Lost> for Lost {
    fn from(lost: tracker::Lost) -> Self {
        let passed = |to: i32| u64::try_from(i64::from(to) - i64::from(lost.from)).ok();
        Self {
            // One that has begun anew says nothing of how many there were.
            count: match lost.why {
                tracker::Why::Reset => None,
                _ => lost.to.filter(|_| lost.from > 0).and_then(passed),
            },
            peer: lost.peer(),
            why: WhyLost::Server(lost.why),
        }
    }
}
