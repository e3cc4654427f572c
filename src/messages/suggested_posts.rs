//! Posts that are suggested to channels, among their direct messages.
//!
//! See <https://core.telegram.org/api/suggested-posts>.
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{Peer, SuggestedPost};
use crate::tl::functions::messages::ToggleSuggestedPostApproval;
use crate::tl::types;

impl Client {
    /// Accepts a post that was [suggested](crate::InputMessage::suggested_post): it is paid and
    /// posted, now or when it was offered for, or at this time in seconds since the Unix epoch. It
    /// is for the channel to say, and for the user where the channel has suggested it.
    ///
    /// What has come of it is told by a [message](crate::action::MessageAction::SuggestedPost) that
    /// answers the suggestion: with too few Stars, for instance, nothing is posted, and it has to
    /// be accepted once more.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// use ferogram_sync::tl::types::SuggestedPost;
    /// use ferogram_sync::{InputMessage, NewChat};
    ///
    /// let news = client.create_channel(NewChat::channel("News"))?;
    /// client.allow_direct_messages(&news, Some(0))?;
    /// # let name = format!("news_of_{}", client.my_id().expect("somebody is signed in"));
    /// # client.set_chat_username(&news, &name)?;
    /// let direct = bob.fetch_chat_full(&*name)?.direct_messages().expect("it takes some");
    /// let offer = InputMessage::text("Read this!").suggested_post(SuggestedPost::default());
    /// let suggested = bob.send_message(direct, offer)?;
    ///
    /// client.accept_suggested_post(direct, suggested.id(), None)?;
    /// let posted = client.iter_messages(&news).next().expect("it is there")?;
    /// assert_eq!(posted.text(), "Read this!");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `MESSAGE_ID_INVALID`, `SCHEDULE_DATE_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleSuggestedPostApproval>.
    pub fn accept_suggested_post(
        &self,
        direct_messages: impl Into<PeerRef>,
        message_id: i32,
        date: Option<i32>,
    ) -> Result<()> {
        let decision = ToggleSuggestedPostApproval {
            msg_id: message_id,
            schedule_date: date,
            ..Default::default()
        };
        self.decide(&direct_messages.into(), &decision)
    }

    /// Rejects a post that was suggested, and says why.
    ///
    /// # Errors
    ///
    /// As [`accept_suggested_post`](Self::accept_suggested_post).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleSuggestedPostApproval>.
    pub fn reject_suggested_post(
        &self,
        direct_messages: impl Into<PeerRef>,
        message_id: i32,
        why: Option<&str>,
    ) -> Result<()> {
        let decision = ToggleSuggestedPostApproval {
            reject: true,
            msg_id: message_id,
            reject_comment: why.map(str::to_owned),
            ..Default::default()
        };
        self.decide(&direct_messages.into(), &decision)
    }

    fn decide(&self, place: &PeerRef, decision: &ToggleSuggestedPostApproval) -> Result<()> {
        let deadline = self.begin_for::<ToggleSuggestedPostApproval>()?;
        self.ask_about(place, deadline, |peer| {
            let request = ToggleSuggestedPostApproval {
                peer: peer.clone(),
                ..decision.clone()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

impl Message {
    /// What is offered for it as a post of the channel, and what has come of that.
    #[must_use]
    pub fn suggested_post(&self) -> Option<&types::SuggestedPost> {
        let SuggestedPost::Post(offer) = self.raw.suggested_post.as_ref()?;
        Some(offer)
    }

    /// Whose conversation with the channel it is of, among the direct messages to one; of saved
    /// messages, whom it was saved from.
    ///
    /// See <https://core.telegram.org/api/monoforum> and
    /// <https://core.telegram.org/api/saved-messages>.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&Peer> {
        self.raw.saved_peer_id.as_ref()
    }
}
