//! Messages that are sent once, however often a program tries.
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;

use super::input_message::InputMessage;
use super::message::Message;
use super::once_key::{Kept, OnceKey, ROOM};
use super::once_trace::Trace;
use super::outgoing::random_id;
use crate::client::{Client, Watch, unsent};
use crate::error::{Error, OnceError, Result};
use crate::mtproto::Delivery;
use crate::net;
use crate::peers::{PeerRef, marked_id};
use crate::store::{Change, NOTES_MAX};
use crate::tl::Identifiable;
use crate::tl::enums::InputPeer;
use crate::tl::functions::messages::SendMessage;
use crate::tl::types::UpdateMessageId;

/// The keys under which somebody is sending.
#[derive(Default)]
struct UnderWay(Mutex<HashSet<Vec<u8>>>);

/// The right to send under a key, until it is dropped.
struct Turn {
    taken: Arc<UnderWay>,
    key: Vec<u8>,
}

impl Turn {
    fn take(taken: Arc<UnderWay>, key: &OnceKey) -> Result<Self, OnceError> {
        let key = key.bytes().to_vec();
        if !taken.0.lock().insert(key.clone()) {
            return Err(OnceError::UnderWay);
        }
        Ok(Self { taken, key })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.taken.0.lock().remove(&self.key);
    }
}

impl Client {
    /// Sends a message that has a key, unless it was sent before; then gives that one.
    pub(super) fn send_once(
        &self,
        peer: &PeerRef,
        mut message: InputMessage,
        key: &OnceKey,
    ) -> Result<Message> {
        key.check()?;
        if message.schedule_date.is_some() || message.quick_reply.is_some() {
            return Err(OnceError::Later.into());
        }
        message.once = None;
        let deadline = self.begin_for::<SendMessage>()?;
        let _turn = Turn::take(self.core.annex.of(), key)?;
        let input = self.resolve_until(peer, deadline)?;
        let chat = match self.peer_of(&input) {
            Some(chat) => marked_id(&chat),
            // A login from elsewhere may not say whose it is.
            None => self.my_id_or_fetch().map_err(unsent)?,
        };
        let kept = match self.kept_under(key, deadline)? {
            Some(kept) if kept.chat != chat => return Err(OnceError::OtherChat(kept.chat).into()),
            Some(kept) => match self.sent_under(key, kept, &input, &message, deadline)? {
                Some(sent) => return Ok(sent),
                None => kept,
            },
            None => self.begin_under(key, chat, &input, deadline)?,
        };
        self.send_under(key, kept, (peer, &input), message, deadline)
    }

    /// Forgets a key, as if nothing had been sent under it: the next message that has it is sent.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// let reminder = || InputMessage::text("Water the plants").once("plants, 29 November");
    /// let first = client.send_message("me", reminder())?;
    /// assert_eq!(client.send_message("me", reminder())?.id(), first.id());
    /// client.forget_once("plants, 29 November")?;
    /// assert_ne!(client.send_message("me", reminder())?.id(), first.id());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when the session cannot be written.
    ///
    /// # Blocking
    ///
    /// Until the session is written, at most for the client's timeout.
    pub fn forget_once(&self, key: impl Into<OnceKey>) -> Result<()> {
        let deadline = self.begin()?;
        self.forget(&key.into());
        self.core.keeper.flush(deadline)
    }

    fn forget(&self, key: &OnceKey) {
        let (room, key) = (ROOM.to_owned(), key.bytes().to_vec());
        self.core.keeper.apply(vec![Change::NoNote { room, key }]);
    }

    /// What is kept of a key.
    fn kept_under(&self, key: &OnceKey, deadline: Instant) -> Result<Option<Kept>> {
        let bytes = key.bytes().to_vec();
        let note = self.core.keeper.note(ROOM.to_owned(), bytes, deadline)?;
        if let Some(kept) = note.as_ref().and_then(Kept::read) {
            return Ok(Some(kept));
        }
        let notes = self.core.keeper.notes(ROOM, deadline)?;
        let is_full = notes.len() >= NOTES_MAX;
        let oldest = notes.first().filter(|_| is_full).and_then(Kept::read);
        let now = net::now().unix_seconds();
        match key.may_be_forgotten(oldest.map(|it| it.written), now) {
            true => Err(OnceError::TooOld.into()),
            false => Ok(None),
        }
    }

    /// Notes a key, on the disk, before anything is sent under it: where the program ends in
    /// between, the next attempt knows what to look for.
    fn begin_under(
        &self,
        key: &OnceKey,
        chat: i64,
        input: &InputPeer,
        deadline: Instant,
    ) -> Result<Kept> {
        let now = net::now().unix_seconds();
        let kept = Kept {
            random_id: random_id(),
            chat,
            since: now,
            written: now,
            pts: self.state_before(input, deadline).map_err(unsent)?,
            id: 0,
        };
        self.core.keeper.apply(vec![kept.note(key)]);
        let written = self.core.keeper.flush(deadline);
        if written.is_err() {
            self.forget(key);
        }
        written.map(|()| kept)
    }

    /// What was sent under a key, if it was.
    fn sent_under(
        &self,
        key: &OnceKey,
        kept: Kept,
        input: &InputPeer,
        wanted: &InputMessage,
        deadline: Instant,
    ) -> Result<Option<Message>> {
        if kept.id != 0 {
            let found = self.fetch_sent(input, kept.id, deadline)?;
            let found = found.ok_or(OnceError::Gone(kept.id))?;
            return Ok(Some(found));
        }
        match self.trace(&kept, input, wanted, deadline)? {
            Trace::Sent(sent) => {
                self.note_sent(key, kept, sent.id());
                Ok(Some(sent))
            }
            Trace::NotSent => Ok(None),
            Trace::Unclear => Err(OnceError::Unclear { since: kept.since }.into()),
        }
    }

    fn send_under(
        &self,
        key: &OnceKey,
        kept: Kept,
        (peer, input): (&PeerRef, &InputPeer),
        message: InputMessage,
        deadline: Instant,
    ) -> Result<Message> {
        let wanted = message.clone();
        let watch = self.watch(&[UpdateMessageId::CONSTRUCTOR_ID]);
        let sent = self.outgoing(message, deadline).and_then(|mut outgoing| {
            outgoing.random_id = kept.random_id;
            self.send_outgoing(peer, outgoing, deadline)
        });
        match sent {
            Ok(sent) => {
                self.note_sent(key, kept, sent.id());
                Ok(sent)
            }
            // See https://core.telegram.org/method/messages.sendMessage#possible-errors.
            Err(error) if error.is("RANDOM_ID_DUPLICATE") => {
                match self.trace(&kept, input, &wanted, deadline) {
                    Ok(Trace::Sent(sent)) => {
                        self.note_sent(key, kept, sent.id());
                        Ok(sent)
                    }
                    _ => Err(OnceError::SentBefore.into()),
                }
            }
            Err(error) => {
                if was_not_sent(&error) {
                    self.forget(key);
                } else if let Some(id) = seen(&watch, kept.random_id) {
                    self.note_sent(key, kept, id);
                }
                Err(error)
            }
        }
    }

    fn note_sent(&self, key: &OnceKey, kept: Kept, id: i32) {
        let written = net::now().unix_seconds();
        let kept = Kept {
            id,
            written,
            ..kept
        };
        self.core.keeper.apply(vec![kept.note(key)]);
    }
}

/// The id of a message, if the server has told it meanwhile.
fn seen(watch: &Watch, random_id: i64) -> Option<i32> {
    let mut told = watch.receiver().try_iter();
    told.find_map(|raw| {
        let update: UpdateMessageId = raw.read().ok()??;
        (update.random_id == random_id).then_some(update.id)
    })
}

/// Whether a failed attempt has sent nothing for certain.
fn was_not_sent(error: &Error) -> bool {
    match error.delivery() {
        Some(delivery) => delivery == Delivery::NotSent,
        // The server has refused it.
        None => matches!(error, Error::Rpc(_)),
    }
}
