//! How much one user or chat may ask of a bot.
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::dispatch::{Context, DispatchResult, Flow, Middleware, Next};
use crate::net;

/// How many users and chats are remembered, unless told otherwise.
const TRACKED_MAX: usize = 100_000;

type OnLimited = Box<dyn Fn(&Context) + Send + Sync>;

/// So many updates of one user, and of one chat, are handled within a time, wherever in it they
/// fall. The others are not handled: [`on_limited`](Self::on_limited) can say so.
///
/// It forgets who has been quiet for so long, and whoever was quiet longest when there are too
/// many, so its memory is bounded.
///
/// ```
/// use ferogram_sync::Dispatcher;
/// use ferogram_sync::middleware::RateLimit;
/// use std::time::Duration;
///
/// let limit = RateLimit::new(20, Duration::from_secs(60)).per_chat(100);
/// let _dispatcher = Dispatcher::new().middleware(limit);
/// ```
pub struct RateLimit {
    per_user: usize,
    per_chat: Option<usize>,
    within: Duration,
    tracked_max: usize,
    on_limited: Option<OnLimited>,
    windows: Mutex<Windows>,
}

/// Whose updates are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Who {
    User(i64),
    Chat(i64),
}

/// When the updates came that still count.
#[derive(Default)]
struct Windows {
    all: HashMap<Who, VecDeque<Instant>>,
    /// Each one's last update, in the order of time; some were followed by others.
    in_turn: VecDeque<(Instant, Who)>,
}

impl RateLimit {
    /// So many updates of one user within this time.
    #[must_use]
    pub fn new(per_user: usize, within: Duration) -> Self {
        Self {
            per_user,
            per_chat: None,
            within,
            tracked_max: TRACKED_MAX,
            on_limited: None,
            windows: Mutex::default(),
        }
    }

    /// And so many of one chat, whoever writes in it.
    #[must_use]
    pub fn per_chat(mut self, updates: usize) -> Self {
        self.per_chat = Some(updates);
        self
    }

    /// How many users and chats are remembered, 100,000 if nothing is said.
    #[must_use]
    pub fn tracked_max(mut self, count: usize) -> Self {
        self.tracked_max = count.max(2);
        self
    }

    /// Called with each update that is not handled.
    #[must_use]
    pub fn on_limited(mut self, tell: impl Fn(&Context) + Send + Sync + 'static) -> Self {
        self.on_limited = Some(Box::new(tell));
        self
    }

    /// How many users and chats are remembered now.
    #[must_use]
    pub fn tracked(&self) -> usize {
        self.windows.lock().all.len()
    }

    /// Whether one more is within the limits. One that is not does not count.
    fn admit(&self, who: &[(Who, usize)], now: Instant) -> bool {
        let mut windows = self.windows.lock();
        windows.forget(now, self.within);
        let is_full =
            |(who, max): &(Who, usize)| windows.all.get(who).map_or(0, VecDeque::len) >= *max;
        if who.iter().any(is_full) {
            return false;
        }
        for (who, _) in who {
            windows.all.entry(*who).or_default().push_back(now);
            windows.in_turn.push_back((now, *who));
        }
        while windows.all.len() > self.tracked_max {
            windows.forget_quietest();
        }
        true
    }
}

impl Windows {
    /// What is out of the window counts no longer.
    fn forget(&mut self, now: Instant, within: Duration) {
        while let Some((then, who)) = self.in_turn.front().copied()
            && now.saturating_duration_since(then) >= within
        {
            self.in_turn.pop_front();
            // Who was forgotten meanwhile has begun anew.
            if let Some(times) = self.all.get_mut(&who)
                && times.front() == Some(&then)
            {
                times.pop_front();
                if times.is_empty() {
                    self.all.remove(&who);
                }
            }
        }
    }

    /// Forgets whose last update is the oldest. Of the others, what is older counts no longer.
    fn forget_quietest(&mut self) {
        while let Some((then, who)) = self.in_turn.pop_front() {
            match self.all.get_mut(&who) {
                Some(times) if times.back() == Some(&then) => {
                    self.all.remove(&who);
                    return;
                }
                Some(times) if times.front() == Some(&then) => drop(times.pop_front()),
                _ => {}
            }
        }
    }
}

impl Middleware for RateLimit {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        let user = cx.sender_id().map(|id| (Who::User(id), self.per_user));
        let chat = cx.chat_id().zip(self.per_chat);
        let chat = chat.map(|(id, max)| (Who::Chat(id), max));
        let who: Vec<_> = user.into_iter().chain(chat).collect();
        if self.admit(&who, net::now().instant) {
            return next.run(cx);
        }
        if let Some(tell) = &self.on_limited {
            tell(cx);
        }
        Ok(Flow::Stop)
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("per_user", &self.per_user)
            .field("per_chat", &self.per_chat)
            .field("within", &self.within)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn seconds(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn the_window_slides() {
        let limit = RateLimit::new(2, MINUTE);
        let start = net::now().instant;
        let admit = |at| limit.admit(&[(Who::User(1), 2)], seconds(start, at));
        assert!(admit(0) && admit(50));
        assert!(!admit(59), "a fixed window would begin anew at some time");
        assert!(admit(60));
        assert!(!admit(109) && admit(110));
        assert!(limit.admit(&[(Who::User(2), 2)], seconds(start, 110)));
    }

    #[test]
    fn what_is_refused_does_not_count_for_the_chat() {
        let limit = RateLimit::new(1, MINUTE).per_chat(2);
        let start = net::now().instant;
        let admit = |user| limit.admit(&[(Who::User(user), 1), (Who::Chat(9), 2)], start);
        assert!(admit(1) && !admit(1) && admit(2));
        assert!(!admit(3), "the chat is full");
    }

    #[test]
    fn who_is_quiet_is_forgotten() {
        let limit = RateLimit::new(5, MINUTE).tracked_max(10);
        let start = net::now().instant;
        for user in 0..1000 {
            assert!(limit.admit(&[(Who::User(user), 5)], start));
            // One of them is never quiet.
            limit.admit(&[(Who::User(0), 5)], start);
            assert!(limit.tracked() <= 10);
        }
        assert!(limit.admit(&[(Who::User(1), 5)], seconds(start, 60)));
        assert_eq!(limit.tracked(), 1);
    }
}
