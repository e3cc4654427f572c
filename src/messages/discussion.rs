//! Comments below posts, and threads.
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::tl::enums::messages::DiscussionMessage;
use crate::tl::functions::messages::{GetDiscussionMessage, ReadDiscussion};
use crate::tl::types;

/// Where the comments below a post are, or what a thread begins with.
///
/// See <https://core.telegram.org/constructor/messages.discussionMessage>.
#[derive(Clone, Debug)]
pub struct Discussion {
    /// What the thread begins with: of a post, its copies in the group for comments.
    pub messages: Vec<Message>,
    /// Everything else that the server told.
    pub raw: types::messages::DiscussionMessage,
}

impl Discussion {
    /// What comments answer: the last of the messages, in the group that they are in.
    #[must_use]
    pub fn root(&self) -> Option<&Message> {
        self.messages.last()
    }

    /// How many comments are not read.
    #[must_use]
    pub fn unread_count(&self) -> i32 {
        self.raw.unread_count
    }

    /// The newest comment.
    #[must_use]
    pub fn max_id(&self) -> Option<i32> {
        self.raw.max_id
    }
}

impl Client {
    /// Where the comments below a post of a channel are, or what the thread of a message in a
    /// supergroup begins with.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answer:
    /// `MSG_ID_INVALID`, where there are none.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDiscussionMessage>.
    pub fn discussion(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<Discussion> {
        let deadline = self.begin_for::<GetDiscussionMessage>()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, msg_id) = (peer.clone(), message_id);
            self.ask_until(&GetDiscussionMessage { peer, msg_id }, deadline)
        })?;
        let DiscussionMessage::Message(mut raw) = answer;
        let peers = PeerMap::new(raw.users.clone(), raw.chats.clone());
        let messages = self.with_peers(std::mem::take(&mut raw.messages), peers);
        Ok(Discussion {
            messages,
            raw: *raw,
        })
    }

    /// Marks the comments below a post, or a thread, as read up to a message.
    ///
    /// # Errors
    ///
    /// As [`discussion`](Self::discussion).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readDiscussion>.
    pub fn read_discussion(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        up_to: i32,
    ) -> Result<()> {
        let deadline = self.begin_for::<ReadDiscussion>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = ReadDiscussion {
                peer: peer.clone(),
                msg_id: message_id,
                read_max_id: up_to,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

impl Message {
    /// Where the comments below it are. As [`Client::discussion`].
    ///
    /// # Errors
    ///
    /// As [`Client::discussion`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn discussion(&self) -> Result<Discussion> {
        self.client()?.discussion(self, self.sent_id()?)
    }
}
