//! What the server has told a client of the time and of its own messages, and what has to follow.
use std::collections::{HashMap, HashSet};
use std::time::Duration;

use crate::fact::Sent;
use crate::referee::{Verdict, must};
use crate::wire::Said;

/// How far the time in an id may be from what was told: ids and the server's clock here run in
/// whole seconds.
const SLACK: i64 = 2;

/// So many messages a client remembers at least: of those that are older than all of them it cannot
/// know whether they are new.
const REMEMBERED: usize = 4000;

/// A message that has ended counts as one of the client's for so many seconds; with some to spare.
///
/// <https://core.telegram.org/mtproto/security_guidelines#checking-msg-id>
const LATELY: i64 = 250;

/// What one client knows.
#[derive(Default)]
pub(crate) struct Told {
    /// The ids of the server in this session, and the highest of them.
    heard: HashSet<i64>,
    highest: i64,
    /// What came in this session and needs an acknowledgment, and when.
    taken: HashMap<i64, Duration>,
    /// The messages that travel by themselves over this connection, and the request in those that
    /// are nothing else: the client still knows what they are.
    travelling: HashMap<i64, Option<u64>>,
    time: Option<Time>,
    /// The message that asks for the key to be bound, while it is out.
    binding: Option<i64>,
}

/// The server's clock, as a refusal has shown it.
struct Time {
    seconds: i64,
    at: Duration,
    /// Whether ids were too high, not too low.
    ahead: bool,
}

impl Time {
    /// What the server's clock says now, if nothing has happened to it.
    fn now(&self, at: Duration) -> i64 {
        self.seconds + at.saturating_sub(self.at).as_secs() as i64
    }
}

impl Told {
    /// A message of the server has come in the client's session. Whether the client has to look at
    /// it, for it is a new one.
    pub(crate) fn hears(&mut self, at: Duration, id: i64, carrier: i64) -> bool {
        let judged = id > self.highest || self.heard.len() < REMEMBERED;
        self.highest = self.highest.max(id).max(carrier);
        let is_new = !self.heard.contains(&id);
        self.heard.extend([id, carrier]);
        if let Some(time) = &mut self.time
            && time.ahead
            && carrier >> 32 > time.now(at)
        {
            // Whatever comes raises a clock that is behind.
            (time.seconds, time.at) = (carrier >> 32, at);
        }
        is_new && judged
    }

    /// A message that needs an acknowledgment has come.
    pub(crate) fn takes(&mut self, id: i64, at: Duration) {
        self.taken.entry(id).or_insert(at);
    }

    /// What was asked in this message has its result.
    pub(crate) fn answered(&mut self, asked: Option<i64>) {
        self.binding = self.binding.filter(|binding| Some(*binding) != asked);
    }

    /// Whether such a message has come before.
    pub(crate) fn has(&self, id: i64) -> bool {
        self.taken.contains_key(&id)
    }

    /// Whether the client heeds what is said here of a message: it still knows what that was, or
    /// sees by its id that it was made lately.
    pub(crate) fn heeds(&self, id: i64, about: i64, ended: impl Fn(u64) -> bool) -> bool {
        let lately = (id >> 32) - (about >> 32) < LATELY;
        let known = self.travelling.get(&about);
        lately || known.is_some_and(|request| !request.is_some_and(ended))
    }

    /// The server refuses a message, and its own id tells the time.
    pub(crate) fn refused(
        &mut self,
        at: Duration,
        id: i64,
        (refused, code): (i64, i32),
        is_new: bool,
        ended: impl Fn(u64) -> bool,
    ) {
        let known = self.travelling.remove(&refused);
        self.answered(Some(refused));
        if !matches!(code, 16 | 17) {
            return;
        }
        // What is forgotten on the other side may be refused without any effect.
        let heeded = is_new && known.is_some_and(|request| !request.is_some_and(ended));
        self.time = heeded.then_some(Time {
            seconds: id >> 32,
            at,
            ahead: code == 17,
        });
    }

    /// The client has made a message.
    ///
    /// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>
    pub(crate) fn made(&mut self, at: Duration, sent: &Sent) -> Verdict {
        if let Some(time) = &self.time {
            let (there, here) = (time.now(at), sent.id >> 32);
            let right = if time.ahead {
                here <= there + SLACK
            } else {
                here >= there - SLACK
            };
            must(right, || {
                let (id, off) = (sent.id, here - there);
                format!("{id:x} is {off} seconds off the time that the server has told")
            })?;
        }
        if let Said::Bind = sent.said {
            let before = self.binding.replace(sent.id);
            must(before.is_none(), || {
                "a key is being bound and is bound again".to_owned()
            })?;
        }
        if !sent.inside {
            let request = match sent.said {
                Said::Request { tag, .. } => Some(tag),
                _ => None,
            };
            self.travelling.insert(sent.id, request);
        }
        Ok(())
    }

    pub(crate) fn session_changes(&mut self) {
        self.highest = 0;
        self.heard.clear();
        self.taken.clear();
        self.travelling.clear();
        self.binding = None;
    }

    pub(crate) fn closed(&mut self, at: Duration, ours: bool) {
        self.travelling.clear();
        (self.time, self.binding) = (None, None);
        if ours {
            // What came just now may have been the reason, and not have been heeded.
            self.taken.retain(|_, since| *since < at);
        }
    }
}
