//! Making topics of a forum, and changing them.
use super::topic_change::{NewTopic, TopicChange};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::Document;
use crate::messages::random_id;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::messages::{AffectedHistory, StickerSet};
use crate::tl::enums::{self, InputStickerSet, Update, Updates};
use crate::tl::functions::channels::{ToggleForum, ToggleViewForumAsMessages};
use crate::tl::functions::messages as f;

impl Client {
    /// Gives a supergroup topics, or takes them away: then all their messages are in one history
    /// again. `tabs` has apps show them as tabs and not as a list.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.set_forum(&club, true, false)?;
    /// assert_eq!(client.iter_topics(&club).count(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]. Common answers: `CHAT_ADMIN_REQUIRED`, `CHAT_DISCUSSION_UNALLOWED`,
    /// `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleForum>.
    pub fn set_forum(&self, chat: impl Into<PeerRef>, enabled: bool, tabs: bool) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<ToggleForum>()?);
        self.ask_about(&chat, deadline, |chat| {
            let request = ToggleForum {
                channel: input_channel(chat)?,
                enabled,
                tabs,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether this account's apps show a forum as one history.
    ///
    /// # Errors
    ///
    /// As [`set_forum`](Self::set_forum).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleViewForumAsMessages>.
    pub fn view_forum_as_messages(&self, chat: impl Into<PeerRef>, enabled: bool) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<ToggleViewForumAsMessages>()?;
        self.ask_about(&chat, deadline, |chat| {
            let channel = input_channel(chat)?;
            let request = ToggleViewForumAsMessages { channel, enabled };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Makes a topic, and gives its id, by which messages are sent to it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{InputMessage, NewChat, NewTopic};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club").forum(true))?;
    /// let roses = client.create_topic(&club, NewTopic::new("Roses").icon_color(0xffd67e))?;
    /// client.send_message(&club, InputMessage::text("Which ones?").topic(roses))?;
    /// assert_eq!(client.iter_messages(&club).topic(roses).count(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHANNEL_FORUM_MISSING`, `CHAT_ADMIN_REQUIRED`, `TOPIC_TITLE_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has made it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.createForumTopic>.
    pub fn create_topic(&self, chat: impl Into<PeerRef>, topic: NewTopic) -> Result<i32> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        let send_as = topic.send_as.as_ref();
        let send_as = send_as.map(|peer| self.resolve_until(peer, deadline));
        let mut request = f::CreateForumTopic {
            title: topic.title,
            icon_color: topic.icon_color,
            icon_emoji_id: topic.icon_emoji_id,
            random_id: random_id(),
            send_as: send_as.transpose()?,
            ..Default::default()
        };
        let updates = self.ask_about(&chat, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        made(&updates, request.random_id).ok_or(Error::Unexpected(
            "the topic was made, but the answer does not show it",
        ))
    }

    /// Changes a topic.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, NewTopic, TopicChange};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club").forum(true))?;
    /// let roses = client.create_topic(&club, NewTopic::new("Roses"))?;
    /// client.edit_topic(&club, roses, TopicChange::new().title("Roses and tulips"))?;
    /// client.edit_topic(&club, roses, TopicChange::new().closed(true))?;
    /// let topics = client.fetch_topics(&club, [roses])?;
    /// let topic = topics[0].as_ref().expect("it is there");
    /// assert!(topic.is_closed() && topic.title() == "Roses and tulips");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create_topic`](Self::create_topic). Common answers: `TOPIC_ID_INVALID`,
    /// `TOPIC_NOT_MODIFIED`, and `TOPIC_CLOSE_SEPARATELY` or `TOPIC_HIDE_SEPARATELY`, where it was
    /// to be closed or hidden and changed otherwise at once.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editForumTopic>.
    pub fn edit_topic(
        &self,
        chat: impl Into<PeerRef>,
        topic_id: i32,
        change: TopicChange,
    ) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        let mut request = f::EditForumTopic {
            topic_id,
            title: change.title,
            icon_emoji_id: change.icon_emoji_id,
            closed: change.closed,
            hidden: change.hidden,
            ..Default::default()
        };
        self.ask_about(&chat, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Puts a topic at the head of the list.
    ///
    /// # Errors
    ///
    /// As [`edit_topic`](Self::edit_topic); [`Error::NotForBots`]. Common answers:
    /// `PINNED_TOO_MUCH`, `PINNED_TOPIC_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updatePinnedForumTopic>.
    pub fn pin_topic(&self, chat: impl Into<PeerRef>, topic_id: i32) -> Result<()> {
        self.update_pinned_topic(&chat.into(), topic_id, true)
    }

    /// Lets a topic stand where its last message puts it.
    ///
    /// # Errors
    ///
    /// As [`pin_topic`](Self::pin_topic).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updatePinnedForumTopic>.
    pub fn unpin_topic(&self, chat: impl Into<PeerRef>, topic_id: i32) -> Result<()> {
        self.update_pinned_topic(&chat.into(), topic_id, false)
    }

    /// Says which topics stand at the head of the list, and in which order: others are pinned no
    /// more.
    ///
    /// # Errors
    ///
    /// As [`pin_topic`](Self::pin_topic).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reorderPinnedForumTopics>.
    pub fn set_pinned_topics(
        &self,
        chat: impl Into<PeerRef>,
        topic_ids: impl IntoIterator<Item = i32>,
    ) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<f::ReorderPinnedForumTopics>()?;
        let order: Vec<i32> = topic_ids.into_iter().collect();
        self.ask_about(&chat, deadline, |peer| {
            let request = f::ReorderPinnedForumTopics {
                force: true,
                peer: peer.clone(),
                order: order.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Deletes a topic with all that was written in it.
    ///
    /// # Errors
    ///
    /// As [`edit_topic`](Self::edit_topic). Some of the messages may be gone all the same.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, which it does some messages at a time, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteTopicHistory>.
    pub fn delete_topic(&self, chat: impl Into<PeerRef>, topic_id: i32) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        loop {
            let AffectedHistory::History(affected) = self.ask_about(&chat, deadline, |peer| {
                let request = f::DeleteTopicHistory {
                    peer: peer.clone(),
                    top_msg_id: topic_id,
                };
                self.ask_until(&request, deadline)
            })?;
            if affected.offset <= 0 {
                return Ok(());
            }
        }
    }

    /// The emoji that everybody may give a topic as its icon.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, NewTopic};
    ///
    /// let icons = client.topic_icons()?;
    /// let topic = NewTopic::new("News").icon_emoji(icons[0].id());
    /// let club = client.create_channel(NewChat::supergroup("Club").forum(true))?;
    /// client.create_topic(&club, topic)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/forum#forum-topics>.
    pub fn topic_icons(&self) -> Result<Vec<Document>> {
        let request = f::GetStickerSet {
            stickerset: InputStickerSet::EmojiDefaultTopicIcons,
            hash: 0,
        };
        let documents = match self.ask(&request)? {
            StickerSet::Set(set) => set.documents,
            _ => Vec::new(),
        };
        let documents = documents.into_iter().filter_map(|document| match document {
            enums::Document::Document(raw) => Some(Document::from_raw(*raw)),
            _ => None,
        });
        Ok(documents.collect())
    }

    fn update_pinned_topic(&self, chat: &PeerRef, topic_id: i32, pinned: bool) -> Result<()> {
        let deadline = self.begin_for::<f::UpdatePinnedForumTopic>()?;
        self.ask_about(chat, deadline, |peer| {
            let request = f::UpdatePinnedForumTopic {
                peer: peer.clone(),
                topic_id,
                pinned,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

/// The id of the message that tells of the making.
fn made(updates: &Updates, random_id: i64) -> Option<i32> {
    let updates = match updates {
        Updates::Updates(all) => &all.updates,
        Updates::Combined(all) => &all.updates,
        _ => return None,
    };
    updates.iter().find_map(|update| match update {
        Update::MessageId(it) if it.random_id == random_id => Some(it.id),
        _ => None,
    })
}
