//! Pinned messages.
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::messages::AffectedHistory;
use crate::tl::enums::{InputMessage, InputPeer, MessagesFilter};
use crate::tl::functions::{channels, messages};

/// How a message is pinned.
///
/// ```
/// use ferogram_sync::PinOptions;
///
/// assert!(PinOptions::new().silent(true).silent);
/// ```
///
/// See <https://core.telegram.org/api/pin>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PinOptions {
    /// Whether nobody is to be notified.
    pub silent: bool,
    /// In a private chat: whether only this account is to have it pinned.
    pub one_side: bool,
}

impl PinOptions {
    /// For both sides, who are notified.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nobody is to be notified.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    /// In a private chat: whether only this account is to have it pinned.
    #[must_use]
    pub fn one_side(mut self, one_side: bool) -> Self {
        self.one_side = one_side;
        self
    }
}

/// Where all messages are unpinned.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum PinnedIn {
    /// In the whole chat.
    #[default]
    Chat,
    /// In a topic of a forum.
    Topic(i32),
    /// In what somebody has to talk about with a channel.
    Monoforum(PeerRef),
}

impl Client {
    /// Pins a message.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::PinOptions;
    ///
    /// let note = client.send_message("me", "Buy milk")?;
    /// client.pin_message("me", note.id(), PinOptions::new())?;
    /// let pinned = client.pinned_message("me")?.expect("there is one now");
    /// assert_eq!(pinned.id(), note.id());
    /// client.unpin_message("me", note.id())?;
    /// assert!(client.pinned_message("me")?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID`, `CHAT_ADMIN_REQUIRED`, `PIN_RESTRICTED`, and `CHAT_NOT_MODIFIED` where
    /// it is pinned.
    ///
    /// # Blocking
    ///
    /// Until the server has pinned it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updatePinnedMessage>.
    pub fn pin_message(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        options: PinOptions,
    ) -> Result<()> {
        self.update_pinned(
            &peer.into(),
            messages::UpdatePinnedMessage {
                silent: options.silent,
                pm_oneside: options.one_side,
                id: message_id,
                ..Default::default()
            },
        )
    }

    /// Unpins a message: in a private chat for both sides.
    ///
    /// # Errors
    ///
    /// As [`pin_message`](Self::pin_message).
    ///
    /// # Blocking
    ///
    /// Until the server has unpinned it, at most for the client's timeout.
    pub fn unpin_message(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<()> {
        self.update_pinned(
            &peer.into(),
            messages::UpdatePinnedMessage {
                unpin: true,
                id: message_id,
                ..Default::default()
            },
        )
    }

    fn update_pinned(
        &self,
        peer: &PeerRef,
        mut request: messages::UpdatePinnedMessage,
    ) -> Result<()> {
        let deadline = self.begin_for::<messages::UpdatePinnedMessage>()?;
        self.ask_about(peer, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Unpins all messages of a chat, or of a part of it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{PinOptions, PinnedIn};
    ///
    /// for text in ["Buy milk", "Buy bread"] {
    ///     client.send_message("me", text)?.pin()?;
    /// }
    /// client.unpin_all_messages("me", PinnedIn::Chat)?;
    /// assert!(client.pinned_message("me")?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`pin_message`](Self::pin_message). After an error, some may be unpinned.
    ///
    /// # Blocking
    ///
    /// Until the server has unpinned them, which may take several requests, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.unpinAllMessages>.
    pub fn unpin_all_messages(&self, peer: impl Into<PeerRef>, of: PinnedIn) -> Result<()> {
        let deadline = self.begin_for::<messages::UnpinAllMessages>()?;
        let mut request = messages::UnpinAllMessages::default();
        match of {
            PinnedIn::Chat => {}
            PinnedIn::Topic(topic) => request.top_msg_id = Some(topic),
            PinnedIn::Monoforum(with) => {
                request.saved_peer_id = Some(self.resolve_until(&with, deadline)?);
            }
        }
        self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            loop {
                // See https://core.telegram.org/constructor/messages.affectedHistory.
                let AffectedHistory::History(affected) = self.ask_until(&request, deadline)?;
                if affected.offset <= 0 {
                    return Ok(());
                }
            }
        })
    }

    /// The message that was pinned last in a chat. Bots can ask in channels and supergroups only.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/inputMessagePinned> and
    /// <https://core.telegram.org/constructor/inputMessagesFilterPinned>.
    pub fn pinned_message(&self, peer: impl Into<PeerRef>) -> Result<Option<Message>> {
        let deadline = self.begin()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| match peer {
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                let request = channels::GetMessages {
                    channel: input_channel(peer)?,
                    id: vec![InputMessage::Pinned],
                };
                self.ask_until(&request, deadline)
            }
            _ => {
                let request = messages::Search {
                    peer: peer.clone(),
                    filter: MessagesFilter::InputMessagesFilterPinned,
                    limit: 1,
                    ..Default::default()
                };
                self.ask_until(&request, deadline)
            }
        })?;
        Ok(self.listed(answer).into_iter().next())
    }
}

impl Message {
    /// Pins it: in a private chat for both sides. [`Client::pin_message`] has options.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let note = client.send_message("me", "Buy milk")?;
    /// note.pin()?;
    /// assert_eq!(client.pinned_message("me")?.map(|it| it.id()), Some(note.id()));
    /// note.unpin()?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::pin_message`].
    ///
    /// # Blocking
    ///
    /// Until the server has pinned it, at most for the client's timeout.
    pub fn pin(&self) -> Result<()> {
        let client = self.client()?;
        client.pin_message(self, self.sent_id()?, PinOptions::new())
    }

    /// Unpins it.
    ///
    /// # Errors
    ///
    /// As [`Client::pin_message`].
    ///
    /// # Blocking
    ///
    /// Until the server has unpinned it, at most for the client's timeout.
    pub fn unpin(&self) -> Result<()> {
        self.client()?.unpin_message(self, self.sent_id()?)
    }
}
