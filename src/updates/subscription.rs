//! What a stream of updates is to be like.
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::interest::Interest;
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
    pub(super) name: Option<String>,
    pub(super) filter: Option<Arc<Filter>>,
    pub(super) capacity: usize,
    pub(super) when_full: WhenFull,
    pub(super) longest_wait: Option<Option<Duration>>,
    pub(super) own: bool,
    pub(super) interest: Interest,
}

pub(super) type Filter = dyn Fn(&Update) -> bool + Send + Sync;

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
            name: None,
            filter: None,
            capacity: CAPACITY,
            when_full: WhenFull::Wait,
            longest_wait: None,
            own: false,
            interest: Interest::default(),
        }
    }

    /// What the stream is called where it is said that it holds the others up: `stream 2` and the
    /// like unless said otherwise. See [`Client::lag`](crate::Client::lag).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Only what the function lets through, and [`Update::Lost`]. It is called on the thread that
    /// hands out updates, and all streams wait for it. One that panics lets the update through.
    ///
    /// It goes with the stream, or with the receiver that the stream has become: until then, a
    /// [`Client`](crate::Client) that it holds is one that the program holds.
    pub fn filter(mut self, filter: impl Fn(&Update) -> bool + Send + Sync + 'static) -> Self {
        self.filter = Some(Arc::new(filter));
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

    /// How long all streams wait for this one at a time. Then its oldest updates make room, as with
    /// [`WhenFull::DropOldest`], until its reader has caught up with half of what it holds.
    ///
    /// Unless said otherwise, a stream that is begun while there is no other may hold up for ever,
    /// for it may be the one that must lose nothing; later ones for 30 seconds. `None` is for ever.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use std::time::Duration;
    /// use ferogram_sync::Subscription;
    ///
    /// let all = client.subscribe(Subscription::new().name("log").longest_wait(None));
    /// let some = Subscription::new().longest_wait(Duration::from_secs(1));
    /// let some = client.subscribe(some.name("statistics"));
    /// assert!(client.lag().is_none(), "nobody waits for either now");
    /// # drop((all, some));
    /// ```
    pub fn longest_wait(mut self, wait: impl Into<Option<Duration>>) -> Self {
        self.longest_wait = Some(wait.into());
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
