//! A request on its way, for threads that keep many of them in flight.
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::call::Place;
use super::certainty::{taken, unsure};
use super::core::Core;
use super::course::Course;
use super::sent::Sent;
use crate::error::{Error, Result};
use crate::mtproto::{Answer, Outcome};
use crate::net::{self, Process};
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
    /// Known without the client: in a child of `fork` nothing arrives, whether it is there or not.
    process: Process,
    body: Vec<u8>,
    method: u32,
    returns: PhantomData<fn() -> T>,
}

enum State {
    UnderWay(Course),
    /// It could not even be handed over.
    Failed(Error),
    /// The outcome has been taken, or nobody wants it.
    Over,
}

impl<T: Deserialize> Pending<T> {
    /// Blocks until the answer is here. Migrations, flood waits and repetitions are taken care of,
    /// as with [`Client::invoke`](crate::Client::invoke).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::tl::functions::help::GetNearestDc;
    ///
    /// let (a, b) = (client.submit(&GetNearestDc {}), client.submit(&GetNearestDc {}));
    /// let (a, b) = (a.wait()?, b.wait()?);
    /// assert_eq!(a, b);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Blocking
    ///
    /// At most until the timeout that the client had when the request was submitted.
    pub fn wait(mut self) -> Result<T> {
        let outcome = self.advance(None);
        outcome.expect("without a limit of its own, the wait ends with the call")
    }

    /// As [`wait`](Self::wait), but gives up waiting after `timeout`: `None` says that no answer is
    /// here yet. The outcome comes out once.
    ///
    /// What the server wants first (a pause, another data centre) is done here as well, so a
    /// request gets on only while somebody waits for it, or asks again and again.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use std::time::Duration;
    /// use ferogram_sync::tl::functions::help::GetNearestDc;
    ///
    /// let mut pending = client.submit(&GetNearestDc {});
    /// let answer = loop {
    ///     if let Some(answer) = pending.wait_timeout(Duration::from_millis(100)) {
    ///         break answer?;
    ///     }
    ///     println!("still waiting");
    /// };
    /// # drop(answer);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Blocking
    ///
    /// For `timeout`; where the login has to be carried to another data centre, until the deadline.
    pub fn wait_timeout(&mut self, timeout: Duration) -> Option<Result<T>> {
        self.advance(Some(net::after(timeout)))
    }

    /// The outcome if it is here already. It comes out once.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`](crate::Client::invoke).
    ///
    /// # Blocking
    ///
    /// Not, unless the login has to be carried to another data centre.
    pub fn try_wait(&mut self) -> Option<Result<T>> {
        self.wait_timeout(Duration::ZERO)
    }

    fn advance(&mut self, until: Option<Instant>) -> Option<Result<T>> {
        let outcome = match (&mut self.state, self.core.upgrade()) {
            (State::UnderWay(course), None) => match self.process.check() {
                Ok(()) => course.last_word(),
                Err(forked) => return Some(Err(unsure(forked.into()))),
            },
            (State::UnderWay(course), Some(core)) => match core.may_wait() {
                Ok(()) => core.advance(course, &Body(&self.body), until)?,
                // It is under way all the same, and another thread may wait for it.
                Err(refused) => return Some(Err(unsure(refused.into()))),
            },
            (State::Failed(_) | State::Over, _) => Err(self.take_failure()),
        };
        self.state = State::Over;
        Some(outcome.and_then(|answer| read(&answer)))
    }
}

impl<T> Pending<T> {
    /// The queue that the first outcome arrives in, for [`Select`](crossbeam_channel::Select): once
    /// it is ready, [`try_wait`](Self::try_wait) has the answer. What is received from it directly
    /// is not seen by `wait`. `None` when the request could not be handed over, and while it waits
    /// to be sent again.
    #[must_use]
    pub fn receiver(&self) -> Option<&Receiver<Reply>> {
        self.sent().map(Sent::queue)
    }

    /// Gives the request up. If it was sent, the server is told that nobody waits for the answer:
    /// what it does is not undone.
    pub fn cancel(self) {}

    /// Lets the request go on without anybody waiting for it.
    ///
    /// Nobody looks at the answer, so what it says of the order of updates is noticed when the next
    /// one comes, and asked for.
    pub fn detach(mut self) {
        self.state = State::Over;
    }

    pub(crate) fn send(core: &Arc<Core>, body: Vec<u8>, method: u32, deadline: Instant) -> Self {
        let process = core.handle.process();
        let departed = match process.check() {
            Ok(()) => core.depart(Place::Home, body.clone(), method, deadline),
            Err(forked) => Err(forked.into()),
        };
        let state = departed.map_or_else(State::Failed, State::UnderWay);
        Self {
            state,
            core: Arc::downgrade(core),
            process,
            body,
            method,
            returns: PhantomData,
        }
    }

    /// What is not sent at all.
    pub(crate) fn refused(core: &Arc<Core>, method: u32, error: Error) -> Self {
        Self {
            state: State::Failed(error),
            core: Arc::downgrade(core),
            process: core.handle.process(),
            body: Vec::new(),
            method,
            returns: PhantomData,
        }
    }

    /// The request as it is under way now.
    fn sent(&self) -> Option<&Sent> {
        match &self.state {
            State::UnderWay(course) => course.sent(),
            State::Failed(_) | State::Over => None,
        }
    }

    fn take_failure(&mut self) -> Error {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Failed(error) => error,
            State::UnderWay(_) | State::Over => taken().into(),
        }
    }
}

impl<T> Drop for Pending<T> {
    fn drop(&mut self) {
        // In a child of `fork` nothing is touched: it is the parent's request, and goes on there.
        if let Some(sent) = self.sent()
            && self.process.check().is_ok()
            && !sent.is_answered()
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
