//! Somebody asks to be let into a group or channel, as bots are told that may let people in.
use super::payload::{by_user, in_chat, payload};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::tl::{enums, types};

payload! {
    /// Somebody asks to be let into a group or channel, as bots are told that may let people
    /// in.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotChatInviteRequester {
    ///     peer: types::PeerChannel { channel_id: 5 }.into(),
    ///     user_id: 7,
    ///     about: "I like gardens".into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::JoinRequest(request) = update else { panic!("it is one") };
    /// assert_eq!((request.user_id(), request.about()), (7, "I like gardens"));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotChatInviteRequester>,
    /// and <https://core.telegram.org/api/invites#join-requests>.
    JoinRequest(types::UpdateBotChatInviteRequester)
}

in_chat!(JoinRequest, it => it.peer.clone());
by_user!(JoinRequest, it => it.user_id);

impl JoinRequest {
    /// Lets them in. As [`Client::approve_join_request`](crate::Client::approve_join_request).
    ///
    /// # Errors
    ///
    /// The same; and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    pub fn approve(&self) -> Result<()> {
        let (chat, user) = self.named();
        self.source.client()?.approve_join_request(chat, user)
    }

    /// Does not let them in. As
    /// [`Client::decline_join_request`](crate::Client::decline_join_request).
    ///
    /// # Errors
    ///
    /// The same; and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    pub fn decline(&self) -> Result<()> {
        let (chat, user) = self.named();
        self.source.client()?.decline_join_request(chat, user)
    }

    /// Where somebody wants to be, and who.
    fn named(&self) -> (PeerRef, PeerRef) {
        let peers: &PeerMap = &self.source.peers;
        let user: enums::Peer = types::PeerUser {
            user_id: self.raw.user_id,
        }
        .into();
        let shown = |peer: &enums::Peer| match peers.chat(peer) {
            Some(chat) => chat.into(),
            None => PeerRef::Peer(peer.clone()),
        };
        (shown(&self.raw.peer), shown(&user))
    }

    /// What they have written about themselves.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.raw.about
    }

    /// The invite link by which they ask.
    #[must_use]
    pub fn invite(&self) -> &enums::ExportedChatInvite {
        &self.raw.invite
    }

    /// The address of that link; `None` when they ask without one.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        match &self.raw.invite {
            enums::ExportedChatInvite::ChatInviteExported(it) => Some(&it.link),
            _ => None,
        }
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// The id, if the bot may answer with a mini app.
    #[must_use]
    pub fn query_id(&self) -> Option<i64> {
        self.raw.query_id
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
