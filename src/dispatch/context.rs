//! An update on its way through filters, middleware and handlers.
use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::kind;
use super::values::Values;
use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::messages::Message;
use crate::net;
use crate::peers::User;
use crate::updates::Update;

/// An update on its way through filters, middleware and handlers, and what they may need.
#[derive(Clone)]
pub struct Context {
    update: Update,
    client: WeakClient,
    setup: Arc<Setup>,
    deadline: Option<Instant>,
}

/// What all updates of one dispatcher have in common.
#[derive(Default)]
pub(super) struct Setup {
    pub(super) values: Values,
    /// Who is signed in.
    pub(super) me: Option<User>,
}

impl Context {
    pub(super) fn new(update: Update, client: WeakClient, setup: Arc<Setup>) -> Self {
        Self {
            update,
            client,
            setup,
            deadline: None,
        }
    }

    /// The update itself.
    #[must_use]
    pub fn update(&self) -> &Update {
        &self.update
    }

    /// Puts another update in its place: for a middleware, before it goes on.
    pub fn replace(&mut self, update: Update) {
        self.update = update;
    }

    /// The client that has brought it. Calls end by the [`deadline`](Self::deadline), if there is
    /// one.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`](crate::NetError::Closed) when it is not there any more.
    pub fn client(&self) -> Result<Client> {
        let client = self.client.upgrade()?;
        Ok(match self.remaining() {
            Some(left) if left < client.timeout() => client.with_timeout(left),
            _ => client,
        })
    }

    /// The value of this type that [`Dispatcher::with`](crate::Dispatcher::with) was given.
    #[must_use]
    pub fn value<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.setup.values.of()
    }

    /// The message that is new or was changed, if that is what the update tells.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match &self.update {
            Update::NewMessage(message) => Some(message),
            _ => None,
        }
    }

    /// The chat that it is from, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        kind::chat_id(&self.update)
    }

    /// Whose doing it is: a user's id, or that of a chat, as the Bot API writes it.
    #[must_use]
    pub fn sender_id(&self) -> Option<i64> {
        kind::sender_id(&self.update)
    }

    /// Who is signed in.
    #[must_use]
    pub fn me(&self) -> Option<&User> {
        self.setup.me.as_ref()
    }

    /// Until when it is to be done, if somebody said so.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// How long there is until the [`deadline`](Self::deadline).
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        let deadline = self.deadline?;
        Some(deadline.saturating_duration_since(net::now().instant))
    }

    /// It is to be done within this time. A deadline that is nearer stays.
    pub fn limit(&mut self, time: Duration) {
        let deadline = net::after(time);
        self.deadline = Some(self.deadline.map_or(deadline, |it| it.min(deadline)));
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("update", &self.update)
            .finish_non_exhaustive()
    }
}
