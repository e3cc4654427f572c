//! Giving groups and channels away, and what stands beside names there.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_user};
use crate::tl::functions::messages::{EditChatCreator, EditChatParticipantRank};

impl Client {
    /// Gives a group or channel away, to somebody who is in it. It takes the password of this
    /// account, which is proven and not sent. From then on this account is an administrator.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # telegram.set_password(me, Some("secret"));
    /// # let club = localdc::NewChannel::private("Club").megagroup().owner(me).members([bob_id]);
    /// # let club = -1_000_000_000_000 - telegram.add_channel(club);
    /// # client.iter_participants(club).count();
    /// client.transfer_ownership(club, bob_id, "secret")?;
    /// assert!(client.permissions(club, bob_id)?.is_creator());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots);
    /// [`AccountError::NoPassword`](crate::AccountError::NoPassword) if there is none. Common
    /// answers: `CHAT_ADMIN_REQUIRED`, `PASSWORD_HASH_INVALID`, `PASSWORD_TOO_FRESH_X`,
    /// `SESSION_TOO_FRESH_X`, `USER_NOT_PARTICIPANT`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout, with some arithmetic before.
    ///
    /// See <https://core.telegram.org/method/messages.editChatCreator>.
    pub fn transfer_ownership(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
        password: impl AsRef<[u8]>,
    ) -> Result<()> {
        let (chat, user) = (chat.into(), user.into());
        let deadline = self.begin_for::<EditChatCreator>()?;
        let user_id = input_user(&self.resolve_until(&user, deadline)?)?;
        self.ask_about(&chat, deadline, |peer| {
            // The server asks another question for each proof.
            let request = EditChatCreator {
                peer: peer.clone(),
                user_id: user_id.clone(),
                password: self.prove_password(password.as_ref(), deadline)?,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Says what stands beside somebody's name in a group; nothing, with an empty text.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `ADMIN_RANK_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editChatParticipantRank>.
    pub fn set_rank(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
        rank: impl Into<String>,
    ) -> Result<()> {
        let (chat, user, rank) = (chat.into(), user.into(), rank.into());
        let deadline = self.begin()?;
        let participant = self.resolve_until(&user, deadline)?;
        self.ask_about(&chat, deadline, |peer| {
            let request = EditChatParticipantRank {
                peer: peer.clone(),
                participant: participant.clone(),
                rank: rank.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
