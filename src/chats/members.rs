//! Putting people out, restricting them, and making them administrators.
use std::time::Instant;

use super::admin_rights::AdminRights;
use super::banned_rights::BannedRights;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel, input_user};
use crate::tl::enums::InputPeer;
use crate::tl::functions::channels::{EditAdmin, EditBanned};
use crate::tl::functions::messages as f;

impl Client {
    /// Puts somebody out of a group, who may come back.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # let club = localdc::NewChannel::private("Club").megagroup().owner(me).members([bob_id]);
    /// # let club = -1_000_000_000_000 - telegram.add_channel(club);
    /// # client.iter_participants(club).count();
    /// client.kick(club, bob_id)?;
    /// assert_eq!(client.iter_participants(club).count(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `USER_ADMIN_INVALID`, `USER_NOT_PARTICIPANT`. Of a supergroup, they
    /// may be out for good, if what lets them in again has failed.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editBanned> and
    /// <https://core.telegram.org/method/messages.deleteChatUser>.
    pub fn kick(&self, chat: impl Into<PeerRef>, user: impl Into<PeerRef>) -> Result<()> {
        let (chat, user, deadline) = (chat.into(), user.into(), self.begin()?);
        if let Some(chat_id) = self.small_group(&chat, deadline)? {
            return self.put_out_of_group(chat_id, &user, deadline);
        }
        self.edit_banned(&chat, &user, &BannedRights::all(), deadline)?;
        self.edit_banned(&chat, &user, &BannedRights::new(), deadline)
    }

    /// Puts somebody out of a group or channel, until then, in seconds since the Unix epoch, or for
    /// good. Out of a small group, everybody may come back who is let in.
    ///
    /// # Errors
    ///
    /// As [`kick`](Self::kick).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editBanned>.
    pub fn ban(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
        until: Option<i32>,
    ) -> Result<()> {
        let (chat, user, deadline) = (chat.into(), user.into(), self.begin()?);
        if let Some(chat_id) = self.small_group(&chat, deadline)? {
            return self.put_out_of_group(chat_id, &user, deadline);
        }
        let rights = BannedRights::all().until(until.unwrap_or(0));
        self.edit_banned(&chat, &user, &rights, deadline)
    }

    /// Lets somebody do again what everybody may, and come back.
    ///
    /// # Errors
    ///
    /// As [`restrict`](Self::restrict).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editBanned>.
    pub fn unban(&self, chat: impl Into<PeerRef>, user: impl Into<PeerRef>) -> Result<()> {
        self.restrict(chat, user, BannedRights::new())
    }

    /// Lets somebody do less in a supergroup than others.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # let club = localdc::NewChannel::private("Club").megagroup().owner(me).members([bob_id]);
    /// # let club = -1_000_000_000_000 - telegram.add_channel(club);
    /// # client.iter_participants(club).count();
    /// use ferogram_sync::{BannedRights, ParticipantStatus};
    ///
    /// client.restrict(club, bob_id, BannedRights::new().send_media(true))?;
    /// let him = client.participant(club, bob_id)?;
    /// assert_eq!(him.status(), ParticipantStatus::Restricted);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`kick`](Self::kick); [`PeerError::NotA`](crate::PeerError::NotA) for a small group,
    /// where all may do the same.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editBanned>.
    pub fn restrict(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
        rights: BannedRights,
    ) -> Result<()> {
        let (chat, user, deadline) = (chat.into(), user.into(), self.begin()?);
        self.edit_banned(&chat, &user, &rights, deadline)
    }

    /// Says what everybody may not do in a group who is no administrator.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, and `CHAT_NOT_MODIFIED` where nothing changes.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editChatDefaultBannedRights>.
    pub fn set_default_rights(&self, chat: impl Into<PeerRef>, rights: BannedRights) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        self.ask_about(&chat, deadline, |peer| {
            let request = f::EditChatDefaultBannedRights {
                peer: peer.clone(),
                banned_rights: rights.raw.clone().into(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Makes somebody an administrator, or changes what one may do. In a small group, all of them
    /// may do the same: any rights make one.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # let club = localdc::NewChannel::private("Club").megagroup().owner(me).members([bob_id]);
    /// # let club = -1_000_000_000_000 - telegram.add_channel(club);
    /// # client.iter_participants(club).count();
    /// use ferogram_sync::AdminRights;
    ///
    /// let rights = AdminRights::new().delete_messages(true).rank("gardener");
    /// client.set_admin(club, bob_id, rights)?;
    /// assert_eq!(client.participant(club, bob_id)?.rank(), Some("gardener"));
    /// client.demote(club, bob_id)?;
    /// assert!(client.participant(club, bob_id)?.admin_rights().is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `USER_NOT_PARTICIPANT`, `RIGHT_FORBIDDEN`, `ADMINS_TOO_MUCH`,
    /// `ADMIN_RANK_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editAdmin> and
    /// <https://core.telegram.org/method/messages.editChatAdmin>.
    pub fn set_admin(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
        rights: AdminRights,
    ) -> Result<()> {
        let (chat, user, deadline) = (chat.into(), user.into(), self.begin()?);
        let group = self.small_group(&chat, deadline)?;
        let user_id = input_user(&self.resolve_until(&user, deadline)?)?;
        if let Some(chat_id) = group {
            let request = f::EditChatAdmin {
                chat_id,
                user_id,
                is_admin: !rights.is_none(),
            };
            return self.ask_until(&request, deadline).map(drop);
        }
        self.ask_about(&chat, deadline, |chat| {
            let request = EditAdmin {
                channel: input_channel(chat)?,
                user_id: user_id.clone(),
                admin_rights: rights.raw.clone().into(),
                rank: rights.rank.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Makes somebody an administrator who may do everything but write in the name of the group.
    ///
    /// # Errors
    ///
    /// As [`set_admin`](Self::set_admin).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editAdmin>.
    pub fn promote(&self, chat: impl Into<PeerRef>, user: impl Into<PeerRef>) -> Result<()> {
        self.set_admin(chat, user, AdminRights::all())
    }

    /// Makes an administrator one of many again.
    ///
    /// # Errors
    ///
    /// As [`set_admin`](Self::set_admin).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editAdmin>.
    pub fn demote(&self, chat: impl Into<PeerRef>, user: impl Into<PeerRef>) -> Result<()> {
        self.set_admin(chat, user, AdminRights::new())
    }

    /// The id of a small group, if it is one.
    pub(super) fn small_group(&self, chat: &PeerRef, deadline: Instant) -> Result<Option<i64>> {
        Ok(match self.resolve_until(chat, deadline)? {
            InputPeer::Chat(chat) => Some(chat.chat_id),
            _ => None,
        })
    }

    fn put_out_of_group(&self, chat_id: i64, user: &PeerRef, deadline: Instant) -> Result<()> {
        self.ask_about(user, deadline, |user| {
            let request = f::DeleteChatUser {
                chat_id,
                user_id: input_user(user)?,
                ..Default::default()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    fn edit_banned(
        &self,
        chat: &PeerRef,
        user: &PeerRef,
        rights: &BannedRights,
        deadline: Instant,
    ) -> Result<()> {
        let participant = self.resolve_until(user, deadline)?;
        self.ask_about(chat, deadline, |chat| {
            let request = EditBanned {
                channel: input_channel(chat)?,
                participant: participant.clone(),
                banned_rights: rights.raw.clone().into(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
