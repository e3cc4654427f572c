//! Forwarding messages.
use std::time::Instant;

use super::forward_options::ForwardOptions;
use super::message::Message;
use super::outgoing::random_id;
use crate::client::{Client, partly};
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::functions::messages::ForwardMessages;

/// So many ids official clients put into one request.
const AT_ONCE: usize = 100;

impl Client {
    /// Forwards messages of one chat to another, in the order of their ids here. An answer for
    /// each: `None` where the server has left one out, as it is not there or may not be forwarded.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::ForwardOptions;
    ///
    /// let note = client.send_message("me", "Buy milk")?;
    /// let options = ForwardOptions::new().silent(true);
    /// let forwarded = client.forward_messages("me", &[note.id()], "me", options)?;
    /// let [Some(copy)] = &forwarded[..] else { panic!("it was one") };
    /// assert_eq!(copy.text(), "Buy milk");
    /// assert!(copy.is_forwarded());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID` where none is there, `CHAT_FORWARDS_RESTRICTED`,
    /// `CHAT_WRITE_FORBIDDEN`. After an error, the first hundreds of many may have been forwarded.
    ///
    /// # Blocking
    ///
    /// Until the server has them, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.forwardMessages>.
    pub fn forward_messages(
        &self,
        to: impl Into<PeerRef>,
        message_ids: &[i32],
        from: impl Into<PeerRef>,
        options: ForwardOptions,
    ) -> Result<Vec<Option<Message>>> {
        let deadline = self.begin_for::<ForwardMessages>()?;
        self.forward_until((&to.into(), &from.into()), message_ids, options, deadline)
    }

    pub(super) fn forward_until(
        &self,
        (to, from): (&PeerRef, &PeerRef),
        message_ids: &[i32],
        options: ForwardOptions,
        deadline: Instant,
    ) -> Result<Vec<Option<Message>>> {
        let name = |peer: &PeerRef| self.resolve_until(peer, deadline);
        let mut request = options.into_request(name)?;
        let mut forwarded = Vec::with_capacity(message_ids.len());
        for ids in message_ids.chunks(AT_ONCE) {
            request.id = ids.to_vec();
            request.random_id = ids.iter().map(|_| random_id()).collect();
            let asked = self.ask_about(to, deadline, |to| {
                request.to_peer = to.clone();
                self.ask_about(from, deadline, |from| {
                    request.from_peer = from.clone();
                    self.ask_until(&request, deadline)
                })
            });
            let updates = match forwarded.is_empty() {
                true => asked?,
                false => asked.map_err(partly)?,
            };
            forwarded.extend(self.sent_as(updates, &request.random_id));
        }
        Ok(forwarded)
    }
}

/// The one message that was asked for.
pub(super) fn the_one(forwarded: Vec<Option<Message>>) -> Result<Message> {
    let one = forwarded.into_iter().next().flatten();
    one.ok_or(Error::Unexpected(
        "the server has left the message out: it is not there, or may not be forwarded",
    ))
}

impl Message {
    /// Forwards it as it is. [`Client::forward_messages`] has options.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let note = client.send_message("me", "Buy milk")?;
    /// assert!(note.forward_to("me")?.is_forwarded());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::forward_messages`].
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    pub fn forward_to(&self, to: impl Into<PeerRef>) -> Result<Message> {
        let (client, options) = (self.client()?, ForwardOptions::new());
        the_one(client.forward_messages(to, &[self.sent_id()?], self, options)?)
    }
}
