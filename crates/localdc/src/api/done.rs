//! What a handler gives back: the answer of its method's own type, and what follows from it.
use ferogram_sync::tl::Serialize;

use super::seam::{Push, Reply, RpcError};

/// A method's result.
pub(crate) type Answer<T> = Result<Done<T>, RpcError>;

/// The answer to a method, with its consequences.
pub(crate) struct Done<T> {
    value: T,
    pushes: Vec<Push>,
    sign_in: Option<i64>,
    sign_out: bool,
    revoked: Vec<i64>,
}

impl<T> From<T> for Done<T> {
    fn from(value: T) -> Self {
        Self {
            value,
            pushes: Vec::new(),
            sign_in: None,
            sign_out: false,
            revoked: Vec::new(),
        }
    }
}

impl<T> Done<T> {
    /// The same consequences of another answer.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Done<U> {
        Done {
            value: make(self.value),
            pushes: self.pushes,
            sign_in: self.sign_in,
            sign_out: self.sign_out,
            revoked: self.revoked,
        }
    }
}

impl<T: Serialize> Done<T> {
    /// Tells others.
    pub(crate) fn pushing(mut self, pushes: Vec<Push>) -> Self {
        self.pushes.extend(pushes);
        self
    }

    /// Logs the caller's key in.
    pub(crate) fn signing_in(mut self, user: i64) -> Self {
        self.sign_in = Some(user);
        self
    }

    /// Logs the caller's key out.
    pub(crate) fn signing_out(mut self) -> Self {
        self.sign_out = true;
        self
    }

    /// Logs other keys out.
    pub(crate) fn revoking(mut self, keys: Vec<i64>) -> Self {
        self.revoked = keys;
        self
    }

    /// The same with the answer serialised, for the protocol core.
    pub(crate) fn into_reply(self) -> Reply {
        Reply {
            result: self.value.to_bytes(),
            pushes: self.pushes,
            sign_in: self.sign_in,
            sign_out: self.sign_out,
            revoked: self.revoked,
        }
    }
}
