//! Which keys are logged in to which account, and the way of updates to them.
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;

use crate::api::Push;
use crate::faults::{Book, Effect, Occasion, Place, Stage, Subject};
use crate::line::Line;
use crate::session::Key;
use crate::wire::MsgIds;

/// The permanent keys of each account, over all data centres.
pub(crate) struct Logins {
    faults: Arc<Book>,
    keys: Mutex<HashMap<i64, Vec<Arc<Key>>>>,
    /// The keys that wait to be logged in from elsewhere, by their ids.
    waiting: Mutex<HashMap<i64, Weak<Key>>>,
}

impl Logins {
    /// Nobody is logged in.
    pub(crate) fn new(faults: Arc<Book>) -> Self {
        Self {
            faults,
            keys: Mutex::default(),
            waiting: Mutex::default(),
        }
    }

    /// Logs a key in. `updates` says whether the account's updates go to it.
    pub(crate) fn sign_in(&self, key: &Arc<Key>, user: i64, updates: bool) {
        self.sign_out(key);
        key.set_user(Some(user), updates);
        self.keys
            .lock()
            .entry(user)
            .or_default()
            .push(Arc::clone(key));
    }

    /// Logs a key out.
    pub(crate) fn sign_out(&self, key: &Key) {
        if let Some(user) = key.user() {
            let mut keys = self.keys.lock();
            if let Some(held) = keys.get_mut(&user) {
                held.retain(|other| !std::ptr::eq(&raw const **other, key));
                if held.is_empty() {
                    keys.remove(&user);
                }
            }
        }
        key.set_user(None, false);
    }

    /// Logs out the keys of an id, in whatever data centre.
    pub(crate) fn revoke(&self, key_id: i64) {
        let keys = self.keys.lock();
        let held = keys.values().flatten().filter(|key| key.id == key_id);
        let held: Vec<_> = held.map(Arc::clone).collect();
        drop(keys);
        for key in held {
            self.sign_out(&key);
        }
    }

    /// From now on a key is told what becomes of its login.
    pub(crate) fn await_login(&self, key: &Arc<Key>) {
        let mut waiting = self.waiting.lock();
        waiting.retain(|_, key| key.strong_count() > 0);
        waiting.insert(key.id, Arc::downgrade(key));
    }

    /// Queues updates at a key that waits. The connection that is named in the answer has to be
    /// flushed.
    pub(crate) fn tell(
        &self,
        key_id: i64,
        updates: &[u8],
        ids: &MsgIds,
        now: Duration,
    ) -> Option<Arc<Line>> {
        let key = self.waiting.lock().get(&key_id)?.upgrade()?;
        self.push_to(&key, updates, ids, now)
    }

    /// Queues updates at the sessions that are to get them. The connections that are named in the
    /// answer have to be flushed.
    pub(crate) fn deliver(&self, pushes: &[Push], ids: &MsgIds, now: Duration) -> Vec<Arc<Line>> {
        let mut lines: Vec<Arc<Line>> = Vec::new();
        for push in pushes {
            let held = self.keys.lock().get(&push.user).cloned();
            for key in held.unwrap_or_default() {
                let is_origin = push.except.is_some_and(|origin| origin.key_id == key.id);
                if is_origin || !key.takes_updates() {
                    continue;
                }
                if let Some(line) = self.push_to(&key, &push.updates, ids, now)
                    && lines.iter().all(|other| other.id != line.id)
                {
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// Queues updates at the last active session of a permanent key, unless a fault has it
    /// otherwise.
    ///
    /// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
    fn push_to(&self, key: &Key, updates: &[u8], ids: &MsgIds, now: Duration) -> Option<Arc<Line>> {
        let (key, session_id) = key.lock().subscriber.clone()?;
        let key = key.upgrade()?;
        let mut state = key.lock();
        let line = state.session(session_id)?.line().map(Arc::clone);
        let times = match self.fault(line.as_deref(), updates) {
            Some(Effect::Withhold) => 0,
            Some(Effect::Repeat) => 2,
            _ => 1,
        };
        for _ in 0..times {
            let stamp = state.stamp(now, ids);
            state.session(session_id)?.push(updates, stamp);
        }
        line
    }

    /// What goes wrong with updates that are to be queued for whoever is at a line.
    fn fault(&self, line: Option<&Line>, updates: &[u8]) -> Option<Effect> {
        let nowhere = Place {
            dc: 0,
            connection: 0,
        };
        let occasion = Occasion {
            place: line.map_or(nowhere, |line| line.place),
            subject: Subject::Update(updates),
        };
        let fired = self.faults.draw(Stage::Push, &occasion)?;
        Some(fired.effect)
    }
}
