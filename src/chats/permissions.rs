//! What somebody may do in a group or channel.
use super::admin_rights::AdminRights;
use super::banned_rights::BannedRights;
use super::participant::{Participant, ParticipantStatus};
use crate::client::Client;
use crate::error::{Error, PeerError, Result};
use crate::peers::{Chat, PeerMap, PeerRef, input_channel, marked_id};
use crate::tl::enums::ChatBannedRights;
use crate::tl::enums::channels::ChannelParticipant;
use crate::tl::functions::channels::GetParticipant;

/// What somebody may do in a group or channel: as an administrator, or in spite of what is
/// forbidden to everybody or to them alone.
///
/// See <https://core.telegram.org/api/rights>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Permissions {
    /// What they are there.
    pub status: ParticipantStatus,
    /// What they may do as an administrator.
    pub admin: Option<AdminRights>,
    /// What is forbidden to them, alone or as to everybody. To administrators nothing is.
    pub banned: BannedRights,
}

impl Permissions {
    /// Whether they are in it.
    #[must_use]
    pub fn is_member(&self) -> bool {
        !matches!(
            self.status,
            ParticipantStatus::Banned | ParticipantStatus::Left
        )
    }

    /// Whether it is theirs.
    #[must_use]
    pub fn is_creator(&self) -> bool {
        self.status == ParticipantStatus::Creator
    }

    /// Whether they are an administrator, or it is theirs.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.admin.is_some()
    }

    /// Whether they were put out for good.
    #[must_use]
    pub fn is_banned(&self) -> bool {
        self.status == ParticipantStatus::Banned
    }

    /// Whether they may write text.
    #[must_use]
    pub fn may_write(&self) -> bool {
        let banned = &self.banned.raw;
        self.is_member() && !banned.send_messages && !banned.send_plain
    }
}

impl Client {
    /// Who somebody is in a group or channel.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotThere`] for who is not in a small group. Common answers:
    /// `USER_NOT_PARTICIPANT`, `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getParticipant>.
    pub fn participant(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
    ) -> Result<Participant> {
        let (chat, user, deadline) = (chat.into(), user.into(), self.begin()?);
        let wanted = self.resolve_until(&user, deadline)?;
        if self.small_group(&chat, deadline)?.is_some() {
            let id = marked_id(&self.resolve(user)?);
            for one in self.iter_participants(chat) {
                let one = one?;
                if marked_id(&one.peer()) == id {
                    return Ok(one);
                }
            }
            return Err(Error::Peer(PeerError::NotThere(id)));
        }
        let answer = self.ask_about(&chat, deadline, |chat| {
            let request = GetParticipant {
                channel: input_channel(chat)?,
                participant: wanted.clone(),
            };
            self.ask_until(&request, deadline)
        })?;
        let ChannelParticipant::Participant(answer) = answer;
        let peers = PeerMap::new(answer.users, answer.chats);
        Ok(Participant::new(answer.participant, peers))
    }

    /// What somebody may do in a group or channel.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # let group = -telegram.add_group("Friends", me, &[bob_id]);
    /// # client.iter_participants(group).count();
    /// assert!(client.permissions(group, "me")?.is_creator());
    /// let his = client.permissions(group, bob_id)?;
    /// assert!(his.is_member() && his.may_write() && !his.is_admin());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`participant`](Self::participant).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getParticipant>.
    pub fn permissions(
        &self,
        chat: impl Into<PeerRef>,
        user: impl Into<PeerRef>,
    ) -> Result<Permissions> {
        let chat = chat.into();
        let one = self.participant(&chat, user)?;
        let admin = one.admin_rights();
        let default = match admin {
            Some(_) => None,
            None => default_rights(&self.fetch_chat(&chat)?),
        };
        let banned = match (default, one.banned_rights()) {
            (Some(default), Some(own)) => both(default, own),
            (default, own) => own.or(default).unwrap_or_default(),
        };
        Ok(Permissions {
            status: one.status(),
            admin,
            banned,
        })
    }
}

/// What everybody must not do.
fn default_rights(chat: &Chat) -> Option<BannedRights> {
    let rights = match chat {
        Chat::Group(group) => group.default_banned_rights(),
        Chat::Channel(channel) => channel.default_banned_rights(),
        _ => None,
    };
    let ChatBannedRights::Rights(raw) = rights?;
    Some(raw.clone().into())
}

/// What one of two forbids.
fn both(one: BannedRights, other: BannedRights) -> BannedRights {
    let (a, b) = (one.raw, other.raw);
    BannedRights::new()
        .view_messages(a.view_messages || b.view_messages)
        .send_messages(a.send_messages || b.send_messages)
        .send_media(a.send_media || b.send_media)
        .send_stickers(a.send_stickers || b.send_stickers)
        .send_gifs(a.send_gifs || b.send_gifs)
        .send_games(a.send_games || b.send_games)
        .send_inline(a.send_inline || b.send_inline)
        .embed_links(a.embed_links || b.embed_links)
        .send_polls(a.send_polls || b.send_polls)
        .change_info(a.change_info || b.change_info)
        .invite_users(a.invite_users || b.invite_users)
        .pin_messages(a.pin_messages || b.pin_messages)
        .manage_topics(a.manage_topics || b.manage_topics)
        .send_photos(a.send_photos || b.send_photos)
        .send_videos(a.send_videos || b.send_videos)
        .send_roundvideos(a.send_roundvideos || b.send_roundvideos)
        .send_audios(a.send_audios || b.send_audios)
        .send_voices(a.send_voices || b.send_voices)
        .send_docs(a.send_docs || b.send_docs)
        .send_plain(a.send_plain || b.send_plain)
        .edit_rank(a.edit_rank || b.edit_rank)
        .send_reactions(a.send_reactions || b.send_reactions)
        .manage_linked_peers(a.manage_linked_peers || b.manage_linked_peers)
        .until(b.until_date)
}
