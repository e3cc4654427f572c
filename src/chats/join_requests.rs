//! Letting in who asks to be let in.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_user};
use crate::tl::functions::messages::{HideAllChatJoinRequests, HideChatJoinRequest};

impl Client {
    /// Lets somebody in who has asked.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `HIDE_REQUESTER_MISSING`, `USER_ALREADY_PARTICIPANT`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.hideChatJoinRequest>.
    pub fn approve_join_request(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
    ) -> Result<()> {
        self.answer_join_request(&chat.into(), &user.into(), true)
    }

    /// Does not let somebody in who has asked.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # use ferogram_sync::{NewChat, NewInviteLink};
    /// # let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// # let link = NewInviteLink::new().request_needed(true);
    /// # let link = client.create_invite_link(&club, link)?;
    /// bob.join_by_link(link.link())?;
    /// let request = client.iter_join_requests(&club).next().expect("one waits")?;
    /// client.decline_join_request(&club, &request)?;
    /// assert_eq!(client.iter_join_requests(&club).count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`approve_join_request`](Self::approve_join_request).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.hideChatJoinRequest>.
    pub fn decline_join_request(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
    ) -> Result<()> {
        self.answer_join_request(&chat.into(), &user.into(), false)
    }

    /// Lets in all who have asked, by a link or by any.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `HIDE_REQUESTER_MISSING`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.hideAllChatJoinRequests>.
    pub fn approve_all_join_requests(
        &self,
        chat: impl Into<PeerRef>,
        link: Option<&str>,
    ) -> Result<()> {
        self.answer_all_join_requests(&chat.into(), link, true)
    }

    /// Lets in none of those who have asked, by a link or by any.
    ///
    /// # Errors
    ///
    /// As [`approve_all_join_requests`](Self::approve_all_join_requests).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.hideAllChatJoinRequests>.
    pub fn decline_all_join_requests(
        &self,
        chat: impl Into<PeerRef>,
        link: Option<&str>,
    ) -> Result<()> {
        self.answer_all_join_requests(&chat.into(), link, false)
    }

    fn answer_join_request(&self, chat: &PeerRef, user: &PeerRef, approved: bool) -> Result<()> {
        let deadline = self.begin()?;
        let user_id = input_user(&self.resolve_until(user, deadline)?)?;
        self.ask_about(chat, deadline, |peer| {
            let request = HideChatJoinRequest {
                approved,
                peer: peer.clone(),
                user_id: user_id.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    fn answer_all_join_requests(
        &self,
        chat: &PeerRef,
        link: Option<&str>,
        approved: bool,
    ) -> Result<()> {
        let deadline = self.begin_for::<HideAllChatJoinRequests>()?;
        self.ask_about(chat, deadline, |peer| {
            let request = HideAllChatJoinRequests {
                approved,
                peer: peer.clone(),
                link: link.map(str::to_owned),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
