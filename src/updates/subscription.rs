//! What a stream of updates is to be like.
use std::fmt;

use super::update::Update;

/// What a stream holds if nothing else is said.
const CAPACITY: usize = 256;

/// What a stream of updates is to be like: everything, and nothing lost, unless told otherwise.
///
/// ```
/// # let client = localdc::LocalDc::shared().bot();
/// use ferogram_sync::{Subscription, Update, WhenFull};
///
/// let messages = Subscription::new()
///     .filter(|update| matches!(update, Update::NewMessage(_)))
///     .capacity(1000)
///     .when_full(WhenFull::DropOldest);
/// let mut updates = client.subscribe(messages);
/// assert!(updates.try_next().is_err());
/// ```
#[must_use = "it is of use for `Client::subscribe`"]
pub struct Subscription {
    pub(super) filter: Option<Filter>,
    pub(super) capacity: usize,
    pub(super) when_full: WhenFull,
    pub(super) own: bool,
}

pub(super) type Filter = Box<dyn Fn(&Update) -> bool + Send>;

/// What is done with a stream that is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenFull {
    /// All streams wait for its reader. Nothing is lost: what the server sends meanwhile is asked
    /// for later.
    #[default]
    Wait,
    /// The oldest updates make room. How many is told as [`Update::Lost`].
    DropOldest,
}

impl Subscription {
    /// All updates, of which none is lost.
    pub fn new() -> Self {
        Self {
            filter: None,
            capacity: CAPACITY,
            when_full: WhenFull::Wait,
            own: false,
        }
    }

    /// Only what the function lets through, and [`Update::Lost`]. It is called on the thread that
    /// hands out updates, and all streams wait for it. One that panics lets the update through.
    pub fn filter(mut self, filter: impl Fn(&Update) -> bool + Send + 'static) -> Self {
        self.filter = Some(Box::new(filter));
        self
    }

    /// How many updates wait for the reader: at least one.
    pub fn capacity(mut self, updates: usize) -> Self {
        self.capacity = updates.max(1);
        self
    }

    /// What is done when so many wait.
    pub fn when_full(mut self, choice: WhenFull) -> Self {
        self.when_full = choice;
        self
    }

    /// Whether what this client itself does comes too, where the server's answer says it as
    /// updates. If not told, only what others and other devices do comes.
    pub fn own_doings(mut self, wanted: bool) -> Self {
        self.own = wanted;
        self
    }
}

impl Default for Subscription {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("capacity", &self.capacity)
            .field("when_full", &self.when_full)
            .finish_non_exhaustive()
    }
}
