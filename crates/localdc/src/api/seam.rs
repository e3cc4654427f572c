//! The types between the protocol core and the API.
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::world::Program;

/// Names a session: the permanent key it belongs to, and the number its client chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SessionKey {
    /// The id of the permanent key.
    pub(crate) key_id: i64,
    /// The session's number, chosen by the client.
    pub(crate) session_id: i64,
}

/// Who calls a method, and how.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The id of the caller's permanent key: what a login belongs to.
    pub(crate) key_id: i64,
    /// The session the call came through.
    pub(crate) session: SessionKey,
    /// The account that this key is logged in to.
    pub(crate) user: Option<i64>,
    /// The number of the data centre that was asked.
    pub(crate) dc: i32,
    /// The layer the client speaks (`invokeWithLayer`).
    pub(crate) layer: i32,
    /// The export that the call belongs to (`invokeWithTakeout`).
    pub(crate) takeout: Option<i64>,
    /// The first and the last id of the messages that it is about (`invokeWithMessagesRange`).
    pub(crate) range: Option<(i32, i32)>,
    /// The program (`initConnection`).
    pub(crate) program: Arc<Program>,
    /// The time of the call, in seconds since the Unix epoch.
    pub(crate) now: i32,
}

/// What a method answers, and what it makes the core do.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    /// The serialised answer, boxed.
    pub(crate) result: Vec<u8>,
    /// The refusal that the caller gets in the place of an answer, while all the rest happens.
    pub(crate) refusal: Option<RpcError>,
    /// Updates for sessions of the people concerned.
    pub(crate) pushes: Vec<Push>,
    /// From now on the caller's key is logged in to this account.
    pub(crate) sign_in: Option<i64>,
    /// From now on the caller's key is logged in to nothing.
    pub(crate) sign_out: bool,
    /// Other permanent keys that lose their login (`auth.resetAuthorizations`, a deleted account).
    pub(crate) revoked: Vec<i64>,
    /// From now on the caller's key is told what becomes of its login.
    pub(crate) awaits_login: bool,
    /// There is no answer yet: whoever settles this gives it, within that time at most.
    pub(crate) waits_for: Option<(i64, Duration)>,
    /// The answer to a call that waits for it, or what it ends with.
    pub(crate) settles: Option<(i64, Result<Vec<u8>, RpcError>)>,
    /// Updates for a key that waits for them.
    pub(crate) told: Option<(i64, Vec<u8>)>,
    /// What writes the answer, if that takes long and needs no world: nobody else has to wait.
    pub(crate) late: Option<Late>,
}

/// Writes an answer.
pub(crate) struct Late(pub(crate) Box<dyn FnOnce() -> Vec<u8> + Send>);

impl fmt::Debug for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Late")
    }
}

impl Reply {
    /// Writes the answer, if that was left for later.
    pub(crate) fn finish(&mut self) {
        if let Some(Late(write)) = self.late.take() {
            self.result = write();
        }
    }
}

/// Updates for one account: they go to the last active session of each of its keys.
#[derive(Clone, Debug)]
pub(crate) struct Push {
    /// The account.
    pub(crate) user: i64,
    /// The serialised `Updates`, boxed.
    pub(crate) updates: Vec<u8>,
    /// The session that caused them and has its own answer: its key gets nothing.
    pub(crate) except: Option<SessionKey>,
}

/// A refusal, as the client will see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RpcError {
    /// The class of the error, as in HTTP.
    pub(crate) code: i32,
    /// Its name.
    pub(crate) message: String,
}

impl RpcError {
    /// An error of a class with a name.
    pub(crate) fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// The answer to a method that this server does not have.
    pub(crate) fn unknown_method(id: u32) -> Self {
        Self::new(400, format!("INPUT_METHOD_INVALID_{}", id.cast_signed()))
    }
}
