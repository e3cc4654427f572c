//! What own doings count, where their answers bring no updates.
use super::counter::{Counter, Step};
use crate::tl::types::messages;

/// How far the answer to an own request takes a counter: reading, deleting, unpinning.
///
/// See <https://core.telegram.org/api/updates#message-related-event-sequences>.
///
/// ```
/// use ferogram_sync::tl::types::messages::AffectedHistory;
/// use ferogram_sync::tracker::Affected;
///
/// let answer = AffectedHistory { pts: 120, pts_count: 100, offset: 1 };
/// let affected = Affected::from(answer).in_channel(5);
/// assert!(affected.goes_on(), "the request has to be made again for the rest");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Affected {
    channel: Option<i64>,
    pts: i32,
    count: i32,
    offset: i32,
}

impl Affected {
    fn new(pts: i32, count: i32, offset: i32) -> Self {
        Self {
            channel: None,
            pts,
            count,
            offset,
        }
    }

    /// It was done in this channel or supergroup, and is counted by its `pts`.
    pub fn in_channel(mut self, id: i64) -> Self {
        self.channel = Some(id);
        self
    }

    /// Whether only a part is done: the request has to be made again, until this is false. Each
    /// answer is to be handed to the tracker.
    ///
    /// See <https://core.telegram.org/constructor/messages.affectedHistory>.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.offset > 0
    }

    pub(super) fn counter(&self) -> Counter {
        self.channel.map_or(Counter::Common, Counter::Channel)
    }

    pub(super) fn step(&self) -> Option<Step> {
        Step::new(self.pts, self.count)
    }
}

impl From<messages::AffectedMessages> for Affected {
    fn from(answer: messages::AffectedMessages) -> Self {
        Self::new(answer.pts, answer.pts_count, 0)
    }
}

impl From<messages::AffectedHistory> for Affected {
    fn from(answer: messages::AffectedHistory) -> Self {
        Self::new(answer.pts, answer.pts_count, answer.offset)
    }
}

impl From<messages::AffectedFoundMessages> for Affected {
    fn from(answer: messages::AffectedFoundMessages) -> Self {
        Self::new(answer.pts, answer.pts_count, answer.offset)
    }
}
