//! What the server has told of itself, until it is not to be believed any more.
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::shared::Shared;
use crate::net::{Handle, Tapped};
use crate::tl::{Identifiable, types};

/// One answer of the server's that holds for a while. Of many threads that want it one asks.
pub(super) struct Kept<T> {
    told: Mutex<Option<Told<T>>>,
    pub(super) asking: Shared<u64, Arc<T>>,
}

struct Told<T> {
    what: Arc<T>,
    until: Instant,
    /// Another account may be told something else.
    login: u64,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            told: Mutex::new(None),
            asking: Shared::default(),
        }
    }
}

impl<T> Kept<T> {
    /// What was told last, if it still holds.
    pub(super) fn fresh(&self, login: u64, now: Instant) -> Option<Arc<T>> {
        let told = self.told.lock();
        let told = told.as_ref()?;
        (told.login == login && now < told.until).then(|| Arc::clone(&told.what))
    }

    /// What was told last to this login, whether it still holds or not.
    pub(super) fn last(&self, login: u64) -> Option<Arc<T>> {
        let told = self.told.lock();
        let told = told.as_ref().filter(|it| it.login == login);
        told.map(|it| Arc::clone(&it.what))
    }

    /// This was told, and holds for so long.
    pub(super) fn tell(&self, what: Arc<T>, login: u64, now: Instant, holds: Duration) {
        *self.told.lock() = Some(Told {
            what,
            until: now + holds.clamp(HOLDS_MIN, HOLDS_MAX),
            login,
        });
    }

    /// It holds no longer.
    pub(super) fn doubt(&self, now: Instant) {
        if let Some(told) = &mut *self.told.lock() {
            told.until = now;
        }
    }
}

/// Whatever the server says, it is not asked more often,
const HOLDS_MIN: Duration = Duration::from_secs(60);

/// nor less often while it is wanted.
const HOLDS_MAX: Duration = Duration::from_secs(24 * 3600);

/// Whether the server has announced that its configuration has changed. Who has never asked for it
/// does not listen for that.
///
/// See <https://core.telegram.org/constructor/updateConfig>.
#[derive(Default)]
pub(super) struct Announcements(Mutex<Option<Tapped>>);

impl Announcements {
    /// Whether there was one since this was asked last.
    pub(super) fn heard(&self, handle: &Handle) -> bool {
        let mut tapped = self.0.lock();
        let tapped = tapped.get_or_insert_with(|| {
            let update = types::UpdateConfig::CONSTRUCTOR_ID;
            handle.open_tap(&[update], 1)
        });
        tapped.queue.try_recv().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net;

    #[test]
    fn it_holds_for_its_time_and_its_login() {
        let kept = Kept::default();
        let start = net::now().instant;
        let after = |seconds| start + Duration::from_secs(seconds);
        let at = |seconds, login| kept.fresh(login, after(seconds)).map(|it| *it);
        assert_eq!(at(0, 1), None);
        kept.tell(Arc::new('a'), 1, start, Duration::from_secs(3600));
        assert_eq!([at(0, 1), at(3599, 1)], [Some('a'); 2]);
        assert_eq!([at(3600, 1), at(0, 2)], [None; 2]);
        assert_eq!(kept.last(1).map(|it| *it), Some('a'), "for its hash");
        kept.doubt(after(10));
        assert_eq!([at(9, 1), at(10, 1)], [Some('a'), None]);
        kept.tell(Arc::new('b'), 1, start, Duration::ZERO);
        assert_eq!([at(59, 1), at(60, 1)], [Some('b'), None]);
        kept.tell(Arc::new('c'), 1, start, Duration::MAX);
        assert_eq!(at(HOLDS_MAX.as_secs(), 1), None);
    }
}
