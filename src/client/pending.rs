//! A request on its way, for threads that keep many of them in flight.
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError};

use super::call::{Place, Sent};
use super::core::{Core, may_wait};
use crate::error::{Error, Result};
use crate::mtproto::{Answer, Outcome};
use crate::net::{self, NetError};
use crate::tl::{self, Deserialize, Serialize};

/// What arrives in the queue of a [`Pending`]: how a request first ended. Opaque.
pub type Reply = (u64, Outcome);

/// A request on its way. Dropping it cancels the request.
///
/// It does not keep the client alive.
#[must_use = "dropping it cancels the request; `detach` lets it go on"]
pub struct Pending<T> {
    state: State,
    core: Weak<Core>,
    body: Vec<u8>,
    method: u32,
    deadline: Instant,
    returns: PhantomData<fn() -> T>,
}

enum State {
    Sent(Sent),
    /// It could not even be handed over.
    Failed(Error),
    /// The outcome has been taken, or nobody wants it.
    Over,
}

impl<T: Deserialize> Pending<T> {
    /// Blocks until the answer is here. Migrations, flood waits and repetitions are taken care of,
    /// as with [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Blocking
    ///
    /// At most until the timeout that the client had when the request was submitted.
    pub fn wait(mut self) -> Result<T> {
        let core = self.core.upgrade().ok_or(NetError::Closed)?;
        may_wait()?;
        let first = match &self.state {
            State::Sent(sent) => net::wait(&sent.answer, None),
            State::Failed(_) | State::Over => return Err(self.take_failure()),
        };
        self.settle(&core, first)
    }

    /// As [`wait`](Self::wait), but gives up waiting after `timeout`: `None` says that no answer is
    /// here yet. The outcome comes out once.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Blocking
    ///
    /// For `timeout`; where the server wants the request elsewhere or later, until its deadline.
    pub fn wait_timeout(&mut self, timeout: Duration) -> Option<Result<T>> {
        let Some(core) = self.core.upgrade() else {
            return Some(Err(NetError::Closed.into()));
        };
        let until = net::now().instant.checked_add(timeout);
        let first = match &self.state {
            State::Sent(sent) => match net::wait(&sent.answer, until) {
                Err(NetError::TimedOut) => return None,
                first => first,
            },
            State::Failed(_) | State::Over => return Some(Err(self.take_failure())),
        };
        Some(self.settle(&core, first))
    }

    /// The outcome if it is here already. It comes out once.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Blocking
    ///
    /// Not, unless the server wants the request elsewhere or later: then until its deadline.
    pub fn try_wait(&mut self) -> Option<Result<T>> {
        self.wait_timeout(Duration::ZERO)
    }

    fn settle(&mut self, core: &Core, first: Result<(u64, Outcome), NetError>) -> Result<T> {
        self.state = State::Over;
        let body = Body(&self.body);
        let answer = core.settle(Place::Home, first, &body, self.method, self.deadline)?;
        read(&answer)
    }
}

impl<T> Pending<T> {
    /// The queue that the first outcome arrives in, for [`Select`](crossbeam_channel::Select): once
    /// it is ready, [`try_wait`](Self::try_wait) has the answer. What is received from it directly
    /// is not seen by `wait`. `None` when the request could not be handed over.
    #[must_use]
    pub fn receiver(&self) -> Option<&Receiver<Reply>> {
        match &self.state {
            State::Sent(sent) => Some(&sent.answer),
            State::Failed(_) | State::Over => None,
        }
    }

    /// Gives the request up. If it was sent, the server is told that nobody waits for the answer:
    /// what it does is not undone.
    pub fn cancel(self) {}

    /// Lets the request go on without anybody waiting for it.
    pub fn detach(mut self) {
        self.state = State::Over;
    }

    pub(crate) fn send(core: &Arc<Core>, body: Vec<u8>, method: u32, deadline: Instant) -> Self {
        let state = match core.send(Place::Home, body.clone(), method, deadline) {
            Ok(sent) => State::Sent(sent),
            Err(error) => State::Failed(error),
        };
        Self {
            state,
            core: Arc::downgrade(core),
            body,
            method,
            deadline,
            returns: PhantomData,
        }
    }

    fn take_failure(&mut self) -> Error {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Failed(error) => error,
            State::Sent(_) | State::Over => NetError::Closed.into(),
        }
    }
}

impl<T> Drop for Pending<T> {
    fn drop(&mut self) {
        if let State::Sent(sent) = &self.state
            && let Err(TryRecvError::Empty) = sent.answer.try_recv()
            && let Some(core) = self.core.upgrade()
        {
            core.handle.cancel(sent.link, sent.request);
        }
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = tl::name_of(self.method).unwrap_or("?");
        f.debug_struct("Pending")
            .field("method", &method)
            .finish_non_exhaustive()
    }
}

/// A request that was serialised before.
struct Body<'a>(&'a [u8]);

impl Serialize for Body<'_> {
    fn serialize(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0);
    }
}

fn read<T: Deserialize>(answer: &Answer) -> Result<T> {
    T::from_bytes(answer.as_ref()).map_err(|source| Error::Answer {
        layer: tl::LAYER,
        source,
    })
}
