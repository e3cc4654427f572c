//! Making, changing and revoking links by which others join.
use super::invite_link::{InviteLink, InviteLinkChange, NewInviteLink};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerMap, PeerRef, input_user};
use crate::tl::enums::messages::{ChatAdminsWithInvites, ExportedChatInvite as Exported};
use crate::tl::enums::{ChatAdminWithInvites, ExportedChatInvite};
use crate::tl::functions::messages as f;
use crate::tl::types;

/// An administrator, and how many links they have.
///
/// See <https://core.telegram.org/constructor/chatAdminWithInvites>.
pub type AdminWithInvites = types::ChatAdminWithInvites;

impl Client {
    /// Makes a link by which others join.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// use ferogram_sync::{NewChat, NewInviteLink};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let link = client.create_invite_link(&club, NewInviteLink::new().title("Friends"))?;
    /// bob.join_chat(link.link())?;
    /// assert_eq!(client.fetch_invite_link(&club, link.link())?.usage(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `EXPIRE_DATE_INVALID`, `USAGE_LIMIT_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.exportChatInvite>.
    pub fn create_invite_link(
        &self,
        chat: impl Into<PeerRef>,
        link: NewInviteLink,
    ) -> Result<InviteLink> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        let made = self.ask_about(&chat, deadline, |peer| {
            let request = f::ExportChatInvite {
                legacy_revoke_permanent: link.revoke_permanent,
                request_needed: link.request_needed,
                peer: peer.clone(),
                expire_date: link.expire_date,
                usage_limit: link.usage_limit,
                title: link.title.clone(),
                subscription_pricing: link.pricing(),
            };
            self.ask_until(&request, deadline)
        })?;
        shown(made)
    }

    /// A link as it is now.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `INVITE_HASH_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getExportedChatInvite>.
    pub fn fetch_invite_link(
        &self,
        chat: impl Into<PeerRef>,
        link: impl Into<String>,
    ) -> Result<InviteLink> {
        let (chat, link, deadline) = (chat.into(), link.into(), self.begin()?);
        let answer = self.ask_about(&chat, deadline, |peer| {
            let (peer, link) = (peer.clone(), link.clone());
            self.ask_until(&f::GetExportedChatInvite { peer, link }, deadline)
        })?;
        Ok(instead(answer)?.0)
    }

    /// Changes a link, and gives it as it is now.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{InviteLinkChange, NewChat, NewInviteLink};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let link = client.create_invite_link(&club, NewInviteLink::new().usage_limit(3))?;
    /// let change = InviteLinkChange::new().usage_limit(0).request_needed(true);
    /// let link = client.edit_invite_link(&club, link.link(), change)?;
    /// assert!(link.is_request_needed() && link.usage_limit().is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`fetch_invite_link`](Self::fetch_invite_link). Common answers:
    /// `CHAT_INVITE_PERMANENT`, `EDIT_BOT_INVITE_FORBIDDEN`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editExportedChatInvite>.
    pub fn edit_invite_link(
        &self,
        chat: impl Into<PeerRef>,
        link: impl Into<String>,
        change: InviteLinkChange,
    ) -> Result<InviteLink> {
        let request = f::EditExportedChatInvite {
            link: link.into(),
            expire_date: change.expire_date,
            usage_limit: change.usage_limit,
            request_needed: change.request_needed,
            title: change.title,
            ..Default::default()
        };
        Ok(self.changed_link(chat.into(), request)?.0)
    }

    /// Has a link lead nowhere any more. Gives it, and, of the permanent one, what takes its place.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, NewInviteLink};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let link = client.create_invite_link(&club, NewInviteLink::new().usage_limit(3))?;
    /// let (revoked, instead) = client.revoke_invite_link(&club, link.link())?;
    /// assert!(revoked.is_revoked() && instead.is_none());
    /// client.delete_invite_link(&club, link.link())?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`edit_invite_link`](Self::edit_invite_link).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editExportedChatInvite>.
    pub fn revoke_invite_link(
        &self,
        chat: impl Into<PeerRef>,
        link: impl Into<String>,
    ) -> Result<(InviteLink, Option<InviteLink>)> {
        let request = f::EditExportedChatInvite {
            revoked: true,
            link: link.into(),
            ..Default::default()
        };
        self.changed_link(chat.into(), request)
    }

    /// Deletes a link that was revoked.
    ///
    /// # Errors
    ///
    /// As [`fetch_invite_link`](Self::fetch_invite_link). Common answers:
    /// `INVITE_REVOKED_MISSING`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteExportedChatInvite>.
    pub fn delete_invite_link(
        &self,
        chat: impl Into<PeerRef>,
        link: impl Into<String>,
    ) -> Result<()> {
        let (chat, link, deadline) = (chat.into(), link.into(), self.begin()?);
        self.ask_about(&chat, deadline, |peer| {
            let (peer, link) = (peer.clone(), link.clone());
            self.ask_until(&f::DeleteExportedChatInvite { peer, link }, deadline)
        })
        .map(drop)
    }

    /// Deletes all links of an administrator that were revoked. Those of others only the owner of
    /// the chat deletes.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `ADMIN_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteRevokedExportedChatInvites>.
    pub fn delete_revoked_invite_links(
        &self,
        chat: impl Into<PeerRef>,
        admin: impl Into<PeerRef>,
    ) -> Result<()> {
        let (chat, admin, deadline) = (chat.into(), admin.into(), self.begin()?);
        let admin_id = input_user(&self.resolve_until(&admin, deadline)?)?;
        self.ask_about(&chat, deadline, |peer| {
            let request = f::DeleteRevokedExportedChatInvites {
                peer: peer.clone(),
                admin_id: admin_id.clone(),
            };
            self.ask_until(&request, deadline)
        })
        .map(drop)
    }

    /// Which administrators have links, and how many, and who they are. For the owner of the chat.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, NewInviteLink};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.create_invite_link(&club, NewInviteLink::new())?;
    /// let (admins, peers) = client.admins_with_invites(&club)?;
    /// assert_eq!(admins.len(), 1);
    /// assert!(peers.user(admins[0].admin_id).is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]. Common answers: `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getAdminsWithInvites>.
    pub fn admins_with_invites(
        &self,
        chat: impl Into<PeerRef>,
    ) -> Result<(Vec<AdminWithInvites>, PeerMap)> {
        let (chat, deadline) = (chat.into(), self.begin_for::<f::GetAdminsWithInvites>()?);
        let ChatAdminsWithInvites::Invites(answer) = self.ask_about(&chat, deadline, |peer| {
            let peer = peer.clone();
            self.ask_until(&f::GetAdminsWithInvites { peer }, deadline)
        })?;
        let admins = answer.admins.into_iter();
        let admins = admins.map(|ChatAdminWithInvites::Invites(it)| it).collect();
        Ok((admins, PeerMap::new(answer.users, Vec::new())))
    }

    fn changed_link(
        &self,
        chat: PeerRef,
        mut request: f::EditExportedChatInvite,
    ) -> Result<(InviteLink, Option<InviteLink>)> {
        let deadline = self.begin()?;
        let answer = self.ask_about(&chat, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        instead(answer)
    }
}

const NOT_SHOWN: Error = Error::Unexpected("the answer does not show the link");

/// The link of an answer, and what takes its place.
fn instead(answer: Exported) -> Result<(InviteLink, Option<InviteLink>)> {
    match answer {
        Exported::Invite(it) => Ok((shown(it.invite)?, None)),
        Exported::Replaced(it) => Ok((shown(it.invite)?, Some(shown(it.new_invite)?))),
        _ => Err(NOT_SHOWN),
    }
}

fn shown(link: ExportedChatInvite) -> Result<InviteLink> {
    InviteLink::from_raw(link).ok_or(NOT_SHOWN)
}
