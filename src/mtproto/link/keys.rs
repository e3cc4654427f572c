//! The keys that a link holds.
use std::time::{Duration, Instant};

use super::config::{LinkConfig, StoredKey};
use crate::crypto::AuthKey;
use crate::mtproto::{KeyKind, NewKey};

/// How long a temporary key lives, in seconds: a day, as in official clients.
///
/// See <https://core.telegram.org/api/pfs>.
pub(super) const TEMPORARY_LIFE: i32 = 24 * 3600;

/// So long before its end the next temporary key is made, as soon as nothing is out, in seconds.
pub(super) const RENEW_BEFORE: i32 = 600;

/// So long before its end a temporary key is not used any more, in seconds.
pub(super) const END_BEFORE: i32 = 60;

/// For so long requests are held back when a temporary key should be renewed, and once more before
/// it must be, in seconds. One that gets no answer shall not keep all others waiting in between.
pub(super) const HELD_MAX: i32 = 30;

/// Whether requests are held back when the key expires in so many seconds.
pub(super) fn is_held(left: i32) -> bool {
    [RENEW_BEFORE, END_BEFORE + HELD_MAX]
        .iter()
        .any(|from| left <= *from && left > from - HELD_MAX)
}

/// For so long a new permanent key may be unknown to some of the servers.
///
/// See <https://core.telegram.org/method/auth.bindTempAuthKey>.
const FRESH: Duration = Duration::from_secs(60);

/// The permanent and the temporary key, and which of them seals.
pub(super) struct Keys {
    pfs: bool,
    permanent: Option<AuthKey>,
    temporary: Option<Temporary>,
    /// A key that is being saved.
    unsaved: Option<(KeyKind, NewKey)>,
    /// Whether the server has refused the permanent key once. It can also say so for other reasons,
    /// so a second refusal, on another connection, is waited for.
    pub(super) doubted: bool,
    /// When the permanent key was stored, if that was in this run.
    stored: Option<Instant>,
}

/// A key that does not last.
pub(super) struct Temporary {
    pub(super) key: AuthKey,
    pub(super) expires_at: i32,
}

impl Keys {
    /// Takes those that were stored.
    pub(super) fn new(config: &mut LinkConfig) -> Self {
        Self {
            pfs: config.pfs,
            permanent: config.permanent.take().map(|s| s.key),
            temporary: config.temporary.take().and_then(stored_temporary),
            unsaved: None,
            doubted: false,
            stored: None,
        }
    }

    /// Whether the permanent key was made so lately that not all servers may know it.
    pub(super) fn is_fresh(&self, now: Instant) -> bool {
        let stored = self.stored;
        stored.is_some_and(|at| now.saturating_duration_since(at) < FRESH)
    }

    /// The key that is missing and has to be agreed upon first.
    pub(super) fn missing(&self) -> Option<KeyKind> {
        match (&self.permanent, &self.temporary) {
            (None, _) => Some(KeyKind::Permanent),
            (Some(_), None) if self.pfs => Some(KeyKind::Temporary),
            _ => None,
        }
    }

    /// The key that seals.
    pub(super) fn in_use(&self) -> Option<&AuthKey> {
        if self.pfs {
            self.temporary.as_ref().map(|t| &t.key)
        } else {
            self.permanent.as_ref()
        }
    }

    /// Which kind seals.
    pub(super) fn kind_in_use(&self) -> KeyKind {
        if self.pfs {
            KeyKind::Temporary
        } else {
            KeyKind::Permanent
        }
    }

    /// Both keys, where a temporary one is used.
    pub(super) fn to_bind(&self) -> Option<(&AuthKey, &Temporary)> {
        if !self.pfs {
            return None;
        }
        Some((self.permanent.as_ref()?, self.temporary.as_ref()?))
    }

    /// When the key in use expires, in seconds by the server's clock.
    pub(super) fn expires_at(&self) -> Option<i32> {
        let temporary = self.temporary.as_ref().filter(|_| self.pfs)?;
        Some(temporary.expires_at)
    }

    /// A key was made; it may not be used yet.
    pub(super) fn made(&mut self, kind: KeyKind, key: NewKey) {
        self.unsaved = Some((kind, key));
    }

    pub(super) fn is_saving(&self) -> bool {
        self.unsaved.is_some()
    }

    /// The key that was made is stored. Gives its first salt.
    pub(super) fn saved(&mut self, now: Instant) -> Option<i64> {
        let (kind, new) = self.unsaved.take()?;
        match kind {
            KeyKind::Permanent => {
                self.permanent = Some(new.key);
                self.stored = Some(now);
                self.temporary = None;
            }
            KeyKind::Temporary => {
                self.temporary = Some(Temporary {
                    key: new.key,
                    expires_at: new.expires_at.unwrap_or(i32::MAX),
                });
            }
        }
        Some(new.salt)
    }

    /// The key that was made could not be stored.
    pub(super) fn not_saved(&mut self) {
        self.unsaved = None;
    }

    pub(super) fn forget(&mut self, kind: KeyKind) {
        self.temporary = None;
        if kind == KeyKind::Permanent {
            self.permanent = None;
            self.stored = None;
            self.doubted = false;
        }
    }
}

fn stored_temporary(stored: StoredKey) -> Option<Temporary> {
    Some(Temporary {
        expires_at: stored.expires_at?,
        key: stored.key,
    })
}
