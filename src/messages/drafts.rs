//! Drafts: what somebody has begun to write in a chat.
use super::answers::all;
use super::input_message::InputMessage;
use super::outgoing::GENERAL;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::text::FormattedText;
use crate::tl::enums::{DraftMessage, InputReplyTo, Peer, Update};
use crate::tl::functions::messages::{ClearAllDrafts, GetAllDrafts, GetPeerDialogs, SaveDraft};
use crate::tl::{enums, types};

/// What somebody has begun to write in a chat.
///
/// See <https://core.telegram.org/api/drafts>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Draft {
    /// The chat.
    pub peer: Peer,
    /// The topic of a forum.
    pub topic: Option<i32>,
    /// Everything that the server told.
    pub raw: types::DraftMessage,
    /// The users and chats that came with it.
    pub peers: PeerMap,
}

impl Draft {
    /// The text, and what is marked in it.
    #[must_use]
    pub fn formatted(&self) -> FormattedText {
        FormattedText {
            text: self.raw.message.clone(),
            entities: self.raw.entities.clone().unwrap_or_default(),
        }
    }

    /// When it was saved, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// As a message to be sent, with its text, what is attached and what it answers.
    #[must_use]
    pub fn to_input(&self) -> InputMessage {
        let raw = &self.raw;
        InputMessage {
            text: raw.message.clone(),
            entities: raw.entities.clone().unwrap_or_default(),
            media: raw.media.clone(),
            reply_to: self.answered().map(Into::into),
            topic: self.topic,
            no_webpage: raw.no_webpage,
            preview_above: raw.invert_media,
            effect: raw.effect,
            suggested_post: raw.suggested_post.clone(),
            clear_draft: true,
            ..InputMessage::default()
        }
    }

    /// What it answers. The first message of its topic stands there for the topic itself.
    fn answered(&self) -> Option<InputReplyTo> {
        let answered = self.raw.reply_to.as_ref();
        let names_topic = |it: &&InputReplyTo| match it {
            InputReplyTo::Message(it) => {
                self.topic == Some(it.reply_to_msg_id) && it.quote_text.is_none()
            }
            _ => false,
        };
        answered.filter(|it| !names_topic(it)).cloned()
    }

    fn told(update: Update, peers: &PeerMap) -> Option<Self> {
        match update {
            Update::DraftMessage(told) => match told.draft {
                DraftMessage::Message(raw) => Some(Self {
                    peer: told.peer,
                    topic: told.top_msg_id,
                    raw: *raw,
                    peers: peers.clone(),
                }),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Client {
    /// Saves what somebody has begun to write in a chat, as all the account's programs show it: of
    /// a message, the text, what is attached and what it answers. An empty text removes it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// client.save_draft("me", InputMessage::markdown("Buy **milk**"))?;
    /// let draft = client.draft("me")?.expect("it was saved");
    /// assert_eq!(draft.formatted().to_markdown().text, "Buy **milk**");
    /// client.clear_draft("me")?;
    /// assert!(client.draft("me")?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has saved it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.saveDraft>.
    pub fn save_draft(
        &self,
        peer: impl Into<PeerRef>,
        message: impl Into<InputMessage>,
    ) -> Result<()> {
        let deadline = self.begin_for::<SaveDraft>()?;
        let outgoing = self.outgoing(message.into(), deadline)?;
        let topic = outgoing.message.topic;
        let mut text = outgoing.as_text(&enums::InputPeer::Empty);
        if let Some(InputReplyTo::Message(reply)) = &mut text.reply_to {
            // A draft is kept for the topic that is named, not for that of what is answered.
            let topic = topic.filter(|topic| *topic != GENERAL);
            reply.top_msg_id = reply.top_msg_id.or(topic);
        }
        let mut request = SaveDraft {
            no_webpage: text.no_webpage,
            invert_media: text.invert_media,
            reply_to: text.reply_to,
            message: text.message,
            entities: text.entities,
            media: outgoing.message.media.clone(),
            effect: text.effect,
            suggested_post: text.suggested_post,
            rich_message: text.rich_message,
            ..Default::default()
        };
        self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Removes what was begun in a chat. What was begun in a topic of a forum goes when nothing is
    /// saved for it: an empty text with that [`topic`](InputMessage::topic).
    ///
    /// # Errors
    ///
    /// As [`save_draft`](Self::save_draft).
    ///
    /// # Blocking
    ///
    /// Until the server has removed it, at most for the client's timeout.
    pub fn clear_draft(&self, peer: impl Into<PeerRef>) -> Result<()> {
        self.save_draft(peer, "")
    }

    /// What was begun in a chat, apart from its topics.
    ///
    /// # Errors
    ///
    /// As [`save_draft`](Self::save_draft).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getPeerDialogs>.
    pub fn draft(&self, peer: impl Into<PeerRef>) -> Result<Option<Draft>> {
        let deadline = self.begin_for::<GetPeerDialogs>()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let peers = vec![types::InputDialogPeer { peer: peer.clone() }.into()];
            self.ask_until(&GetPeerDialogs { peers }, deadline)
        })?;
        let enums::messages::PeerDialogs::Dialogs(all) = answer;
        let peers = PeerMap::new(all.users, all.chats);
        Ok(all.dialogs.into_iter().find_map(|dialog| match dialog {
            enums::Dialog::Dialog(dialog) => match dialog.draft? {
                DraftMessage::Message(raw) => Some(Draft {
                    peer: dialog.peer,
                    topic: None,
                    raw: *raw,
                    peers: peers.clone(),
                }),
                _ => None,
            },
            _ => None,
        }))
    }

    /// Everything that was begun, in all chats and their topics.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.save_draft("me", "Buy milk")?;
    /// assert_eq!(client.drafts()?.len(), 1);
    /// client.clear_drafts()?;
    /// assert!(client.drafts()?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getAllDrafts>.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let (updates, peers) = all(self.ask(&GetAllDrafts {})?);
        let told = updates.into_iter();
        Ok(told.filter_map(|it| Draft::told(it, &peers)).collect())
    }

    /// Removes everything that was begun, in all chats.
    ///
    /// # Errors
    ///
    /// As [`drafts`](Self::drafts).
    ///
    /// # Blocking
    ///
    /// Until the server has removed it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.clearAllDrafts>.
    pub fn clear_drafts(&self) -> Result<()> {
        self.ask(&ClearAllDrafts {}).map(drop)
    }
}
