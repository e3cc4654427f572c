//! An update on its way through filters, middleware and handlers.
use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::values::Values;
use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::messages::{Message, ServiceMessage};
use crate::net;
use crate::peers::{ChannelKind, Chat, PeerRef, User};
use crate::tl::enums::Peer;
use crate::updates::{Update, UpdateKind};

/// An update on its way through filters, middleware and handlers, and what they may need.
#[derive(Clone)]
pub struct Context {
    update: Update,
    client: WeakClient,
    setup: Arc<Setup>,
    deadline: Option<Instant>,
    /// What was noted on the way.
    #[cfg(feature = "fsm")]
    notes: Values,
}

/// What kind of chat an update is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A private chat.
    User,
    /// A small group.
    Group,
    /// A channel or a supergroup: which of them, if the update brings what it knows of it.
    Channel(Option<ChannelKind>),
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
            #[cfg(feature = "fsm")]
            notes: Values::default(),
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

    /// The message that is new or was changed, if that is what the update tells; of an album, the
    /// one with the caption.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match &self.update {
            Update::NewMessage(message)
            | Update::MessageEdited(message)
            | Update::ScheduledMessage(message) => Some(message),
            Update::BusinessMessage(it) | Update::BusinessMessageEdited(it) => Some(it.message()),
            Update::GuestQuery(it) => Some(it.message()),
            Update::Album(album) => Some(album.caption()),
            _ => None,
        }
    }

    /// What has happened to the chat, if its history tells it.
    #[must_use]
    pub fn service_message(&self) -> Option<&ServiceMessage> {
        match &self.update {
            Update::ServiceMessage(it) | Update::ServiceMessageEdited(it) => Some(it),
            _ => None,
        }
    }

    /// The chat that it is from, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.update.chat_id()
    }

    /// Whose doing it is: a user's id, or that of a chat, as the Bot API writes it.
    #[must_use]
    pub fn sender_id(&self) -> Option<i64> {
        self.update.sender_id()
    }

    /// The user whose doing it is, if the update brings what it knows of them.
    #[must_use]
    pub fn sender_user(&self) -> Option<&User> {
        self.update.peers()?.user(self.sender_id()?)
    }

    /// What kind of update it is.
    #[must_use]
    pub fn kind(&self) -> UpdateKind {
        self.update.kind()
    }

    /// The data of the button that was pressed, if that is what the update tells.
    #[must_use]
    pub fn callback_data(&self) -> Option<&[u8]> {
        match &self.update {
            Update::CallbackQuery(query) => query.data(),
            _ => None,
        }
    }

    /// What kind of chat it is from.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let PeerRef::Peer(peer) = PeerRef::from(self.chat_id()?) else {
            return None;
        };
        Some(match peer {
            Peer::User(_) => Place::User,
            Peer::Chat(_) => Place::Group,
            _ => Place::Channel(match self.update.peers()?.chat(&peer) {
                Some(Chat::Channel(channel)) => Some(channel.kind()),
                _ => None,
            }),
        })
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

    /// Notes something for those who come after.
    #[cfg(feature = "fsm")]
    pub(super) fn note<T: Any + Send + Sync>(&mut self, note: Arc<T>) {
        self.notes.put_shared(note);
    }

    /// What was noted of this type.
    #[cfg(feature = "fsm")]
    pub(super) fn noted<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.notes.of()
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
