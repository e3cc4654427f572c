//! Quick replies: messages kept under a name, to be sent again and again.
use super::message::Message;
use super::outgoing::random_id;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{self, messages::QuickReplies as Told};
use crate::tl::functions::messages::{
    CheckQuickReplyShortcut, DeleteQuickReplyMessages, DeleteQuickReplyShortcut,
    EditQuickReplyShortcut, GetQuickReplies, GetQuickReplyMessages, ReorderQuickReplies,
    SendQuickReplyMessages,
};

/// Messages kept under a name, to be sent again and again.
/// [`InputMessage::quick_reply`](crate::InputMessage::quick_reply) adds some.
///
/// See <https://core.telegram.org/api/business#quick-reply-shortcuts>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuickReply {
    /// By which requests name it.
    pub id: i32,
    /// Its name.
    pub shortcut: String,
    /// How many messages it has.
    pub count: i32,
}

impl Client {
    /// All quick replies of the account.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// client.send_message("me", InputMessage::text("We are open").quick_reply("hours"))?;
    /// let all = client.quick_replies()?;
    /// assert_eq!((all[0].shortcut.as_str(), all[0].count), ("hours", 1));
    /// let sent = client.send_quick_reply("me", all[0].id)?;
    /// assert_eq!(sent[0].as_ref().expect("it was sent").text(), "We are open");
    /// client.delete_quick_reply(all[0].id)?;
    /// assert!(client.quick_replies()?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getQuickReplies>.
    pub fn quick_replies(&self) -> Result<Vec<QuickReply>> {
        let told = match self.ask(&GetQuickReplies { hash: 0 })? {
            Told::Replies(told) => told.quick_replies,
            _ => Vec::new(),
        };
        let told = told.into_iter();
        Ok(told
            .map(|enums::QuickReply::Reply(it)| QuickReply {
                id: it.shortcut_id,
                shortcut: it.shortcut,
                count: it.count,
            })
            .collect())
    }

    /// The messages of a quick reply.
    ///
    /// # Errors
    ///
    /// As [`quick_replies`](Self::quick_replies). Common answer: `SHORTCUT_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getQuickReplyMessages>.
    pub fn quick_reply_messages(&self, id: i32) -> Result<Vec<Message>> {
        let request = GetQuickReplyMessages {
            shortcut_id: id,
            ..Default::default()
        };
        Ok(in_order(self.listed(self.ask(&request)?)))
    }

    /// Sends all messages of a quick reply to somebody. An answer for each.
    ///
    /// # Errors
    ///
    /// As [`quick_replies`](Self::quick_replies) and [`send_message`](Self::send_message);
    /// [`Error::Argument`] where it has no messages.
    ///
    /// # Blocking
    ///
    /// Until the server has sent them, at most for the client's timeout: they are asked for first.
    ///
    /// See <https://core.telegram.org/method/messages.sendQuickReplyMessages>.
    pub fn send_quick_reply(
        &self,
        peer: impl Into<PeerRef>,
        id: i32,
    ) -> Result<Vec<Option<Message>>> {
        let deadline = self.begin_for::<SendQuickReplyMessages>()?;
        let wanted = GetQuickReplyMessages {
            shortcut_id: id,
            ..Default::default()
        };
        let messages = in_order(self.listed(self.ask_until(&wanted, deadline)?));
        if messages.is_empty() {
            return Err(Error::Argument("the quick reply has no messages"));
        }
        let mut request = SendQuickReplyMessages {
            shortcut_id: id,
            random_id: messages.iter().map(|_| random_id()).collect(),
            id: messages.iter().map(Message::id).collect(),
            ..Default::default()
        };
        let updates = self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        Ok(self.sent_as(updates, &request.random_id))
    }

    /// Whether a name is free and may be one.
    ///
    /// # Errors
    ///
    /// As [`quick_replies`](Self::quick_replies). Common answers: `SHORTCUT_INVALID`,
    /// `SHORTCUT_OCCUPIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.checkQuickReplyShortcut>.
    pub fn check_quick_reply(&self, shortcut: impl Into<String>) -> Result<bool> {
        let shortcut = shortcut.into();
        self.ask(&CheckQuickReplyShortcut { shortcut })
    }

    /// Gives a quick reply another name.
    ///
    /// # Errors
    ///
    /// As [`check_quick_reply`](Self::check_quick_reply).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editQuickReplyShortcut>.
    pub fn rename_quick_reply(&self, id: i32, shortcut: impl Into<String>) -> Result<()> {
        let request = EditQuickReplyShortcut {
            shortcut_id: id,
            shortcut: shortcut.into(),
        };
        self.ask(&request).map(drop)
    }

    /// Deletes a quick reply with its messages.
    ///
    /// # Errors
    ///
    /// As [`quick_replies`](Self::quick_replies). Common answer: `SHORTCUT_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteQuickReplyShortcut>.
    pub fn delete_quick_reply(&self, id: i32) -> Result<()> {
        self.ask(&DeleteQuickReplyShortcut { shortcut_id: id })
            .map(drop)
    }

    /// Deletes some messages of a quick reply; without any left, it goes.
    ///
    /// # Errors
    ///
    /// As [`quick_replies`](Self::quick_replies). Common answer: `SHORTCUT_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteQuickReplyMessages>.
    pub fn delete_quick_reply_messages(&self, id: i32, message_ids: &[i32]) -> Result<()> {
        let request = DeleteQuickReplyMessages {
            shortcut_id: id,
            id: message_ids.to_vec(),
        };
        self.ask(&request).map(drop)
    }

    /// Puts the quick replies in this order.
    ///
    /// # Errors
    ///
    /// As [`quick_replies`](Self::quick_replies).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reorderQuickReplies>.
    pub fn reorder_quick_replies(&self, ids: &[i32]) -> Result<()> {
        let order = ids.to_vec();
        self.ask(&ReorderQuickReplies { order }).map(drop)
    }
}

/// In the order in which they were written. The server promises none.
fn in_order(mut messages: Vec<Message>) -> Vec<Message> {
    messages.sort_by_key(Message::id);
    messages
}
