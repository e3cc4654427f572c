//! Sending messages.
use std::time::Instant;

use super::input_message::InputMessage;
use super::message::Message;
use super::outgoing::Outgoing;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::InputPeer;
use crate::tl::functions::messages::SendMessage;

impl Client {
    /// Sends a message.
    ///
    /// The message gets a `random_id` of its own, so that the server sees when it comes twice: it
    /// may be sent again after a lost connection, and still arrives once.
    ///
    /// What comes back is the message as the server has it: it leaves out blanks at both ends of
    /// the text and moves the entities. Where its short answer does not tell what became of the
    /// text, as with unusual blanks and control characters, the message is asked for.
    ///
    /// People who are mentioned by their ids are named as this account knows them: who wrote to it,
    /// is in a group with it or was looked up. Of whom it knows nothing the words are sent all the
    /// same, and [`lost_mentions`](Message::lost_mentions) tells.
    ///
    /// A program that may try again later, or after it has begun anew, gives the message a
    /// [key](InputMessage::once): then it is sent once.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// assert_eq!(message.text(), "Hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke); [`Error::Argument`]
    /// for an empty text alone, [`Error::Button`] for a button with too much in it and
    /// [`Error::Once`] for a key, before anything is sent. Common answers: `MESSAGE_TOO_LONG`,
    /// `PEER_ID_INVALID`, `USER_IS_BLOCKED`, `USER_IS_BOT` for a bot that writes to a bot or to
    /// itself, `CHAT_WRITE_FORBIDDEN`, and `MESSAGE_EMPTY` for a text of signs that are not shown.
    ///
    /// # Blocking
    ///
    /// Until the server has the message, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendMessage> and
    /// <https://core.telegram.org/method/messages.sendMedia>.
    pub fn send_message(
        &self,
        peer: impl Into<PeerRef>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        self.send_input_message(&peer.into(), message.into())
    }

    fn send_input_message(&self, peer: &PeerRef, mut message: InputMessage) -> Result<Message> {
        if message.says_nothing() {
            return Err(Error::Argument(
                "a message has a text, or something is attached to it",
            ));
        }
        if let Some(key) = message.once.take() {
            return self.send_once(peer, message, &key);
        }
        let deadline = self.begin_for::<SendMessage>()?;
        let outgoing = self.outgoing(message, deadline)?;
        self.send_outgoing(peer, outgoing, deadline)
    }

    /// Sends a message in which everybody is named.
    pub(super) fn send_outgoing(
        &self,
        peer: &PeerRef,
        mut outgoing: Outgoing,
        deadline: Instant,
    ) -> Result<Message> {
        let mut receiver = InputPeer::Empty;
        let (mut media, origins) = outgoing.take_files();
        let files = (&mut media[..], &origins[..]);
        let updates = self.heal_references(files, deadline, |media| {
            outgoing.message.media = media.first().cloned();
            self.ask_about(peer, deadline, |peer| {
                receiver = peer.clone();
                match outgoing.with_media(peer) {
                    Some(request) => self.ask_until(&request, deadline),
                    None => self.ask_until(&outgoing.as_text(peer), deadline),
                }
            })
        })?;
        self.sent_message(outgoing, &receiver, updates, deadline)
            .ok_or(Error::Unexpected(
                "the message was sent, but the answer does not show it",
            ))
    }
}
