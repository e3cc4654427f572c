//! Telling the server what was read.
use std::time::Instant;

use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::InputPeer;
use crate::tl::enums::messages::AffectedHistory;
use crate::tl::functions::{channels, messages as f};

/// So many ids one request takes.
const AT_ONCE: usize = 100;

/// So often the same is asked for, where the server does a part of it at a time.
const ROUNDS: usize = 1000;

impl Client {
    /// Tells that all messages of a chat were read. The mark that
    /// [`mark_unread`](Self::mark_unread) sets stays.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let bob_id = bob.my_id().expect("he is signed in");
    /// # bob.send_message(format!("@{name}"), "Hello")?;
    /// assert_eq!(client.fetch_dialogs([bob_id])?[0].unread_count(), 1);
    /// client.mark_read(bob_id)?;
    /// assert_eq!(client.fetch_dialogs([bob_id])?[0].unread_count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHANNEL_PRIVATE`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readHistory> and
    /// <https://core.telegram.org/method/channels.readHistory>.
    pub fn mark_read(&self, peer: impl Into<PeerRef>) -> Result<()> {
        self.read_up_to(&peer.into(), 0)
    }

    /// The same of the messages up to an id. [`read_discussion`](Self::read_discussion) tells it of
    /// a topic, or of the comments to a post.
    ///
    /// # Errors
    ///
    /// As [`mark_read`](Self::mark_read).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readHistory> and
    /// <https://core.telegram.org/method/channels.readHistory>.
    pub fn mark_read_up_to(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<()> {
        self.read_up_to(&peer.into(), message_id)
    }

    fn read_up_to(&self, peer: &PeerRef, max_id: i32) -> Result<()> {
        let deadline = self.begin_for::<f::ReadHistory>()?;
        self.ask_about(peer, deadline, |peer| match peer {
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                let channel = input_channel(peer)?;
                let request = channels::ReadHistory { channel, max_id };
                self.ask_until(&request, deadline).map(drop)
            }
            _ => {
                let peer = peer.clone();
                self.ask_until(&f::ReadHistory { peer, max_id }, deadline)
                    .map(drop)
            }
        })
    }

    /// Tells that what somebody wrote to a channel was read up to an id.
    ///
    /// # Errors
    ///
    /// As [`mark_read`](Self::mark_read).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readSavedHistory>.
    pub fn mark_saved_read(
        &self,
        channel: impl Into<PeerRef>,
        from: impl Into<PeerRef>,
        message_id: i32,
    ) -> Result<()> {
        let (channel, from) = (channel.into(), from.into());
        let deadline = self.begin_for::<f::ReadSavedHistory>()?;
        let from = self.resolve_until(&from, deadline)?;
        self.ask_about(&channel, deadline, |channel| {
            let request = f::ReadSavedHistory {
                parent_peer: channel.clone(),
                peer: from.clone(),
                max_id: message_id,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Tells that all mentions of this account in a chat, or in a topic of it, were seen.
    ///
    /// # Errors
    ///
    /// As [`mark_read`](Self::mark_read).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readMentions>.
    pub fn mark_mentions_read(
        &self,
        peer: impl Into<PeerRef>,
        topic_id: Option<i32>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::ReadMentions>()?;
        self.in_rounds(&peer.into(), deadline, |peer| {
            let request = f::ReadMentions {
                peer: peer.clone(),
                top_msg_id: topic_id,
            };
            self.ask_until(&request, deadline)
        })
    }

    /// Tells that all reactions to own messages of a chat, or of a topic of it, were seen.
    ///
    /// # Errors
    ///
    /// As [`mark_read`](Self::mark_read).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readReactions>.
    pub fn mark_reactions_read(
        &self,
        peer: impl Into<PeerRef>,
        topic_id: Option<i32>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::ReadReactions>()?;
        self.in_rounds(&peer.into(), deadline, |peer| {
            let request = f::ReadReactions {
                peer: peer.clone(),
                top_msg_id: topic_id,
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })
    }

    /// Tells that all votes in own polls of a chat, or of a topic of it, were seen.
    ///
    /// # Errors
    ///
    /// As [`mark_read`](Self::mark_read).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readPollVotes>.
    pub fn mark_votes_read(&self, peer: impl Into<PeerRef>, topic_id: Option<i32>) -> Result<()> {
        let deadline = self.begin_for::<f::ReadPollVotes>()?;
        self.in_rounds(&peer.into(), deadline, |peer| {
            let request = f::ReadPollVotes {
                peer: peer.clone(),
                top_msg_id: topic_id,
            };
            self.ask_until(&request, deadline)
        })
    }

    /// Tells that voices were heard, and videos and mentions seen, of some messages of a chat.
    ///
    /// # Errors
    ///
    /// As [`mark_read`](Self::mark_read).
    ///
    /// # Blocking
    ///
    /// Until the server has it, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.readMessageContents> and
    /// <https://core.telegram.org/method/channels.readMessageContents>.
    pub fn mark_contents_read(&self, peer: impl Into<PeerRef>, message_ids: &[i32]) -> Result<()> {
        let (peer, deadline) = (peer.into(), self.begin_for::<f::ReadMessageContents>()?);
        for ids in message_ids.chunks(AT_ONCE) {
            let id = ids.to_vec();
            self.ask_about(&peer, deadline, |peer| match peer {
                InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                    let (channel, id) = (input_channel(peer)?, id.clone());
                    let request = channels::ReadMessageContents { channel, id };
                    self.ask_until(&request, deadline).map(drop)
                }
                _ => {
                    let id = id.clone();
                    self.ask_until(&f::ReadMessageContents { id }, deadline)
                        .map(drop)
                }
            })?;
        }
        Ok(())
    }

    /// Asks for the same until the server says that nothing is left to do.
    ///
    /// See <https://core.telegram.org/constructor/messages.affectedHistory>.
    pub(super) fn in_rounds(
        &self,
        peer: &PeerRef,
        deadline: Instant,
        mut ask: impl FnMut(&InputPeer) -> Result<AffectedHistory>,
    ) -> Result<()> {
        for _ in 0..ROUNDS {
            let AffectedHistory::History(affected) = self.ask_about(peer, deadline, &mut ask)?;
            if affected.offset <= 0 {
                break;
            }
        }
        Ok(())
    }
}

impl Message {
    /// Tells that it was read, and all before it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # bob.send_message(format!("@{name}"), "Hello")?;
    /// # let bob_id = bob.my_id().expect("he is signed in");
    /// for message in client.iter_messages(bob_id).limit(1) {
    ///     message?.mark_read()?;
    /// }
    /// assert_eq!(client.fetch_dialogs([bob_id])?[0].unread_count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::mark_read`].
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    pub fn mark_read(&self) -> Result<()> {
        self.client()?.mark_read_up_to(self, self.sent_id()?)
    }
}
