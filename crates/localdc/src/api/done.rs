//! What a handler gives back: the answer of its method's own type, and what follows from it.
use std::time::Duration;

use ferogram_sync::tl::Serialize;

use super::seam::{Late, Push, Reply, RpcError};

/// A method's result.
pub(crate) type Answer<T> = Result<Done<T>, RpcError>;

/// The answer to a method, with its consequences.
pub(crate) struct Done<T> {
    value: T,
    /// All but the answer itself.
    reply: Reply,
}

impl<T> From<T> for Done<T> {
    fn from(value: T) -> Self {
        Self {
            value,
            reply: Reply::default(),
        }
    }
}

impl<T> Done<T> {
    /// The same consequences of another answer.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Done<U> {
        Done {
            value: make(self.value),
            reply: self.reply,
        }
    }

    /// Has the answer made and written when others need not wait for it: this one is dropped.
    pub(crate) fn late(mut self, make: impl FnOnce() -> T + Send + 'static) -> Self
    where
        T: Serialize,
    {
        self.reply.late = Some(Late(Box::new(move || make().to_bytes())));
        self
    }

    /// Tells others.
    pub(crate) fn pushing(mut self, pushes: Vec<Push>) -> Self {
        self.reply.pushes.extend(pushes);
        self
    }

    /// Refuses the call, although something follows from it.
    pub(crate) fn refusing(mut self, error: RpcError) -> Self {
        self.reply.refusal = Some(error);
        self
    }

    /// Another answer in the place of this one, after its consequences.
    pub(crate) fn followed_by(self, other: Self) -> Self {
        let Done { value, reply } = other;
        Self { value, ..self }.pushing(reply.pushes)
    }

    /// Logs the caller's key in.
    pub(crate) fn signing_in(mut self, user: i64) -> Self {
        self.reply.sign_in = Some(user);
        self
    }

    /// Logs the caller's key out.
    pub(crate) fn signing_out(mut self) -> Self {
        self.reply.sign_out = true;
        self
    }

    /// Logs other keys out.
    pub(crate) fn revoking(mut self, keys: Vec<i64>) -> Self {
        self.reply.revoked = keys;
        self
    }

    /// Has the caller's key told what becomes of its login, although nobody is logged in with it.
    pub(crate) fn awaiting_login(mut self) -> Self {
        self.reply.awaits_login = true;
        self
    }

    /// Leaves the call without an answer until somebody else gives it.
    pub(crate) fn waiting(self, query_id: i64) -> Self {
        self.waiting_for(query_id, Duration::MAX)
    }

    /// The same, for so long at most.
    pub(crate) fn waiting_for(mut self, query_id: i64, patience: Duration) -> Self {
        self.reply.waits_for = Some((query_id, patience));
        self
    }

    /// Answers a call that waits for it.
    pub(crate) fn settling(mut self, query_id: i64, answer: Vec<u8>) -> Self {
        self.reply.settles = Some((query_id, Ok(answer)));
        self
    }

    /// Refuses a call that waits for its answer.
    pub(crate) fn settling_with(mut self, query_id: i64, refusal: RpcError) -> Self {
        self.reply.settles = Some((query_id, Err(refusal)));
        self
    }

    /// Tells a key that waits for that.
    pub(crate) fn telling(mut self, key: i64, updates: Vec<u8>) -> Self {
        self.reply.told = Some((key, updates));
        self
    }
}

impl<T: Serialize> Done<T> {
    /// The same with the answer serialised, for the protocol core.
    pub(crate) fn into_reply(self) -> Reply {
        match self.reply.late {
            Some(_) => self.reply,
            None => Reply {
                result: self.value.to_bytes(),
                ..self.reply
            },
        }
    }
}
