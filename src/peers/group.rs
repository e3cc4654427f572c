//! A small group.
use std::sync::Arc;

use super::peer_ref::{PeerRef, peer};
use crate::store::PeerKey;
use crate::tl::enums::{self, ChatPhoto, InputChannel, Peer};
use crate::tl::types;

/// A small group: of up to 200 members, whose messages lie in the boxes of each. What has become
/// larger, or public, is a [`Channel`](crate::Channel).
///
/// Cheap to clone: clones share what the server told.
///
/// ```
/// use ferogram_sync::{Group, PeerRef, tl::types};
///
/// let raw = types::Chat { id: 7, title: "Gardeners".into(), ..Default::default() };
/// let group = Group::from_raw(raw.into()).expect("it is one");
/// assert_eq!((group.title(), group.is_forbidden()), ("Gardeners", false));
/// assert_eq!(PeerRef::from(&group), PeerRef::from(-7));
/// ```
///
/// See <https://core.telegram.org/api/channel#basic-groups> and
/// <https://core.telegram.org/constructor/chat>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// Everything that the server told, shared by the clones of this group.
    pub raw: Arc<enums::Chat>,
}

impl Group {
    /// The group that an answer of the raw API shows. `None` for what is no small group.
    #[must_use]
    pub fn from_raw(chat: enums::Chat) -> Option<Self> {
        let is_group = matches!(chat, enums::Chat::Chat(_) | enums::Chat::Forbidden(_));
        is_group.then(|| Self { raw: chat.into() })
    }

    fn full(&self) -> Option<&types::Chat> {
        match &*self.raw {
            enums::Chat::Chat(chat) => Some(chat),
            _ => None,
        }
    }

    /// The id, as the raw API has it.
    #[must_use]
    pub fn id(&self) -> i64 {
        match &*self.raw {
            enums::Chat::Chat(chat) => chat.id,
            enums::Chat::Forbidden(chat) => chat.id,
            _ => 0,
        }
    }

    /// The peer of the raw API.
    #[must_use]
    pub fn peer(&self) -> Peer {
        peer(PeerKey::Chat(self.id()))
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        match &*self.raw {
            enums::Chat::Chat(chat) => &chat.title,
            enums::Chat::Forbidden(chat) => &chat.title,
            _ => "",
        }
    }

    /// How many members it has; `None` where this account is none of them.
    #[must_use]
    pub fn participants_count(&self) -> Option<i32> {
        self.full().map(|chat| chat.participants_count)
    }

    /// Whether this account has made it.
    #[must_use]
    pub fn is_creator(&self) -> bool {
        self.full().is_some_and(|chat| chat.creator)
    }

    /// Whether this account has left it.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.full().is_some_and(|chat| chat.left)
    }

    /// Whether this account was put out, or may not see it.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.full().is_none()
    }

    /// Whether it has been closed, as it has become a supergroup.
    #[must_use]
    pub fn is_deactivated(&self) -> bool {
        self.full().is_some_and(|chat| chat.deactivated)
    }

    /// The supergroup that it has become, if it has.
    #[must_use]
    pub fn migrated_to(&self) -> Option<PeerRef> {
        match self.full()?.migrated_to.as_ref()? {
            InputChannel::Channel(channel) => {
                let id = PeerKey::Channel(channel.channel_id);
                Some(PeerRef::shown(id, Some(channel.access_hash), false))
            }
            _ => None,
        }
    }

    /// The photo, if there is one.
    #[must_use]
    pub fn photo(&self) -> Option<&ChatPhoto> {
        let photo = &self.full()?.photo;
        (!matches!(photo, ChatPhoto::Empty)).then_some(photo)
    }

    /// What this account may do as an administrator.
    #[must_use]
    pub fn admin_rights(&self) -> Option<&enums::ChatAdminRights> {
        self.full()?.admin_rights.as_ref()
    }

    /// What members may not do.
    #[must_use]
    pub fn default_banned_rights(&self) -> Option<&enums::ChatBannedRights> {
        self.full()?.default_banned_rights.as_ref()
    }

    /// When it was made, in seconds since the Unix epoch, or when this account has joined.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        self.full().map(|chat| chat.date)
    }
}

impl From<&Group> for PeerRef {
    fn from(group: &Group) -> Self {
        Self::Peer(group.peer())
    }
}
