//! What holds in groups and channels.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::ChatReactions;
use crate::tl::functions::channels as c;
use crate::tl::functions::messages::SetChatAvailableReactions;

impl Client {
    /// Whether the server looks for spam in a supergroup, and deletes it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.set_anti_spam(&club, true)?;
    /// assert!(client.fetch_chat_full(&club)?.has_anti_spam());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleAntiSpam>.
    pub fn set_anti_spam(&self, chat: impl Into<PeerRef>, enabled: bool) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::ToggleAntiSpam>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::ToggleAntiSpam {
                channel: input_channel(chat)?,
                enabled,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether one has to be in a supergroup to write there. Of groups where a channel is commented
    /// on, one has not.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleJoinToSend>.
    pub fn set_join_to_send(&self, chat: impl Into<PeerRef>, enabled: bool) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::ToggleJoinToSend>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::ToggleJoinToSend {
                channel: input_channel(chat)?,
                enabled,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether an administrator has to let in who joins a public supergroup.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `CHAT_PUBLIC_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleJoinRequest>.
    pub fn set_join_requests(&self, chat: impl Into<PeerRef>, enabled: bool) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::ToggleJoinRequest>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::ToggleJoinRequest {
                channel: input_channel(chat)?,
                enabled,
                ..Default::default()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether administrators alone see who is in a supergroup.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleParticipantsHidden>.
    pub fn hide_participants(&self, chat: impl Into<PeerRef>, hidden: bool) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::ToggleParticipantsHidden>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::ToggleParticipantsHidden {
                channel: input_channel(chat)?,
                enabled: hidden,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether the posts of a channel are translated by themselves. It takes some boosts.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `BOOSTS_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleAutotranslation>.
    pub fn set_auto_translation(&self, chat: impl Into<PeerRef>, enabled: bool) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::ToggleAutotranslation>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::ToggleAutotranslation {
                channel: input_channel(chat)?,
                enabled,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether no advertisements are shown in a channel. It takes many boosts.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `BOOSTS_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.restrictSponsoredMessages>.
    pub fn restrict_sponsored_messages(
        &self,
        chat: impl Into<PeerRef>,
        restricted: bool,
    ) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::RestrictSponsoredMessages>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::RestrictSponsoredMessages {
                channel: input_channel(chat)?,
                restricted,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Lets members of a supergroup do what is forbidden to everybody, and write as often as they
    /// like, who have boosted it so many times: up to eight; none can with 0.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.setBoostsToUnblockRestrictions>.
    pub fn set_boosts_to_unblock(&self, chat: impl Into<PeerRef>, boosts: i32) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::SetBoostsToUnblockRestrictions>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::SetBoostsToUnblockRestrictions {
                channel: input_channel(chat)?,
                boosts,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// How members of a group or channel may react: with any emoji, some, or none; and with how
    /// many different ones to one message, if that is told.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// use ferogram_sync::tl::enums::ChatReactions;
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.set_chat_reactions(&club, ChatReactions::None, None)?;
    /// assert_eq!(client.fetch_chat_full(&club)?.reactions(), Some(&ChatReactions::None));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    /// Common answers: `CHAT_NOT_MODIFIED`, `REACTION_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setChatAvailableReactions>.
    pub fn set_chat_reactions(
        &self,
        chat: impl Into<PeerRef>,
        reactions: ChatReactions,
        limit: Option<i32>,
    ) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<SetChatAvailableReactions>()?;
        self.ask_about(&chat, deadline, |peer| {
            let request = SetChatAvailableReactions {
                peer: peer.clone(),
                available_reactions: reactions.clone(),
                reactions_limit: limit,
                ..Default::default()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
