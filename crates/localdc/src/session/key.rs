//! One authorization key and what belongs to it.
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use ferogram_sync::crypto::AuthKey;
use parking_lot::{Mutex, MutexGuard};

use super::salts::{Salt, Salts};
use super::session::{Session, Stamp};
use crate::line::Line;
use crate::wire::MsgIds;
use crate::world::Program;

/// How many sessions a key may have; beyond it the one not heard of for longest is forgotten.
const SESSIONS_MAX: usize = 32;

/// A key of one data centre.
pub(crate) struct Key {
    pub(crate) id: i64,
    pub(crate) auth: Arc<AuthKey>,
    /// For a temporary key: when it dies, in seconds since the Unix epoch.
    pub(crate) expires_at: Option<i64>,
    /// The account that a permanent key is logged in to; 0 for none.
    user: AtomicI64,
    /// Whether the account's updates come here: not where its login was only imported.
    updates: AtomicBool,
    destroyed: AtomicBool,
    state: Mutex<KeyState>,
}

/// What changes with every message.
pub(crate) struct KeyState {
    auth: Arc<AuthKey>,
    pub(super) salts: Salts,
    pub(super) sessions: HashMap<i64, Session>,
    /// Counts accepted packets: the order in which sessions were heard of.
    pub(super) heard: u64,
    /// Told by the client's wrappers; 0 before.
    pub(crate) layer: i32,
    /// Told by `initConnection`; none before.
    pub(crate) program: Option<Arc<Program>>,
    /// The permanent key that a temporary one is bound to.
    pub(crate) bound: Option<Arc<Key>>,
    /// Where updates go: a session under this key, or under a temporary key bound to it.
    pub(crate) subscriber: Option<(Weak<Key>, i64)>,
    /// The connection of the last ordinary request.
    pub(crate) ordinary: Option<Arc<Line>>,
}

impl Key {
    /// A key fresh from the exchange, with its first salt.
    pub(crate) fn new(
        auth: AuthKey,
        first_salt: i64,
        expires_at: Option<i64>,
        now: Duration,
        seed: [u8; 32],
    ) -> Self {
        let auth = Arc::new(auth);
        Self {
            id: auth.id(),
            expires_at,
            user: AtomicI64::new(0),
            updates: AtomicBool::new(false),
            destroyed: AtomicBool::new(false),
            state: Mutex::new(KeyState {
                auth: Arc::clone(&auth),
                salts: Salts::new(first_salt, now, seed),
                sessions: HashMap::new(),
                heard: 0,
                layer: 0,
                program: None,
                bound: None,
                subscriber: None,
                ordinary: None,
            }),
            auth,
        }
    }

    /// What changes. Hold it for moments only: never while the world works, nor while sealing.
    pub(crate) fn lock(&self) -> MutexGuard<'_, KeyState> {
        self.state.lock()
    }

    /// Whether it is a temporary key.
    pub(crate) fn is_temporary(&self) -> bool {
        self.expires_at.is_some()
    }

    /// Whether it may still be used.
    pub(crate) fn is_alive(&self, now: Duration) -> bool {
        let expired = self
            .expires_at
            .is_some_and(|at| u64::try_from(at).is_ok_and(|at| at <= now.as_secs()));
        !expired && !self.destroyed.load(Ordering::SeqCst)
    }

    /// From now on it may not be used.
    pub(crate) fn destroy(&self) {
        self.destroyed.store(true, Ordering::SeqCst);
    }

    /// The account it is logged in to.
    pub(crate) fn user(&self) -> Option<i64> {
        let user = self.user.load(Ordering::SeqCst);
        (user != 0).then_some(user)
    }

    /// Logs it in, or out.
    pub(crate) fn set_user(&self, user: Option<i64>, updates: bool) {
        self.user.store(user.unwrap_or(0), Ordering::SeqCst);
        self.updates.store(updates, Ordering::SeqCst);
    }

    /// Whether its account's updates come to it.
    pub(crate) fn takes_updates(&self) -> bool {
        self.updates.load(Ordering::SeqCst)
    }
}

impl KeyState {
    /// What is needed to make a message now.
    pub(crate) fn stamp<'a>(&mut self, now: Duration, ids: &'a MsgIds) -> Stamp<'a> {
        Stamp {
            now,
            salt: self.salts.current(now),
            ids,
        }
    }

    /// From now on the client's salts are others, and those that it knows are refused.
    pub(crate) fn change_salts(&mut self, first: i64, now: Duration, seed: [u8; 32]) {
        self.salts = Salts::new(first, now, seed);
    }

    /// The current salt and those that follow.
    pub(crate) fn future_salts(&mut self, count: usize, now: Duration) -> Vec<Salt> {
        self.salts.future(count, now)
    }

    /// A session.
    pub(crate) fn session(&mut self, id: i64) -> Option<&mut Session> {
        self.sessions.get_mut(&id)
    }

    /// Forgets a session; true if it was there.
    pub(crate) fn forget_session(&mut self, id: i64) -> bool {
        self.sessions.remove(&id).is_some()
    }

    /// Queues an update that is nobody's in particular at the sessions that take updates now. The
    /// connections given have to be flushed.
    pub(crate) fn push_to_all(
        &mut self,
        updates: &[u8],
        now: Duration,
        ids: &MsgIds,
    ) -> Vec<Arc<Line>> {
        let stamp = self.stamp(now, ids);
        let sessions = self.sessions.values_mut();
        let pushed = sessions.filter(|session| session.takes_updates());
        pushed
            .filter_map(|session| {
                session.push(updates, stamp);
                session.line().map(Arc::clone)
            })
            .collect()
    }

    /// Forgets all sessions, as a server does that has restarted.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
    }

    /// A session that is there from now on.
    pub(super) fn open_session(&mut self, id: i64, first_msg_id: i64) -> &mut Session {
        if self.sessions.len() >= SESSIONS_MAX && !self.sessions.contains_key(&id) {
            let oldest = self
                .sessions
                .iter()
                .min_by_key(|(_, session)| (session.is_attached(), session.heard));
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.sessions.remove(&oldest);
            }
        }
        let auth = Arc::clone(&self.auth);
        self.sessions
            .entry(id)
            .or_insert_with(|| Session::new(id, auth, first_msg_id))
    }

    pub(super) fn auth(&self) -> &Arc<AuthKey> {
        &self.auth
    }
}
