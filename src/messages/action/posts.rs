//! What has happened to suggested posts, lists and polls.
use crate::tl::enums::StarsAmount;

/// Something has happened to a post that was suggested to a channel.
///
/// See <https://core.telegram.org/api/suggested-posts>.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SuggestedPost<'a> {
    /// What.
    pub state: SuggestedPostState<'a>,
    /// What it costs.
    pub price: Option<&'a StarsAmount>,
}

/// What has happened to a suggested post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SuggestedPostState<'a> {
    /// It was accepted.
    Approved {
        /// When it will be posted, in seconds since the Unix epoch.
        date: Option<i32>,
    },
    /// It was turned down.
    Rejected {
        /// Why, in the words of who has.
        comment: Option<&'a str>,
    },
    /// It was accepted, but whoever pays has too little: it is not posted, and has to be accepted
    /// once more when they have enough.
    BalanceTooLow,
    /// It was posted long enough to be paid.
    Paid,
    /// What was paid was given back.
    Refunded {
        /// Whether whoever had paid has asked for it.
        by_payer: bool,
    },
}

/// Tasks of a list were done, or are to be done after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TodoMarks<'a> {
    /// The ids of the tasks that are done now.
    pub done: &'a [i32],
    /// The ids of those that are not any more.
    pub undone: &'a [i32],
}
