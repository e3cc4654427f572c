//! Tokens of logins that have ended, with which the same accounts are signed in again without a
//! code.
use std::time::{Duration, Instant};

use super::core::Core;
use crate::net;
use crate::secret::Secret;
use crate::store::{Change, Note};

/// Under this name they are kept, each under the id of its account.
const ROOM: &str = "account.future_tokens";

/// So many are sent at most.
///
/// See <https://core.telegram.org/api/auth#future-auth-tokens>.
const SENT_MAX: usize = 20;

/// A store that does not answer for so long when a login ends loses them: a code does as well.
const PATIENCE: Duration = Duration::from_secs(5);

impl Core {
    /// What is to be sent when somebody signs in: the newest. Blocks while the store looks them up.
    pub(crate) fn future_tokens(&self, deadline: Instant) -> Vec<Secret<Vec<u8>>> {
        let mut tokens = self.kept_tokens(deadline);
        let old = tokens.len().saturating_sub(SENT_MAX);
        tokens.drain(..old);
        tokens.into_iter().map(|it| Secret::new(it.bytes)).collect()
    }

    /// From now on this is the account's token, or it has none any more.
    pub(crate) fn keep_future_token(&self, user_id: i64, token: Option<Vec<u8>>) {
        let key = user_id.to_le_bytes().to_vec();
        let room = ROOM.to_owned();
        let change = match token {
            Some(bytes) => Change::Note(Note {
                room,
                key,
                bytes,
                expires: None,
            }),
            None => Change::NoNote { room, key },
        };
        self.keeper.apply(vec![change]);
    }

    /// They outlive the login that they came with, which all other notes go with.
    pub(super) fn outliving(&self) -> impl Iterator<Item = Change> + use<> {
        let deadline = net::after(PATIENCE);
        self.kept_tokens(deadline).into_iter().map(Change::Note)
    }

    fn kept_tokens(&self, deadline: Instant) -> Vec<Note> {
        let notes = self.keeper.notes(ROOM, deadline);
        notes.unwrap_or_else(|error| {
            tracing::warn!(%error, "tokens of former logins cannot be read");
            Vec::new()
        })
    }
}
