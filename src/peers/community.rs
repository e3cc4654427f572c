//! A community: groups and channels that belong together.
use std::sync::Arc;

use super::peer_ref::{PeerRef, peer};
use crate::store::PeerKey;
use crate::tl::enums::{self, ChatPhoto, Peer};
use crate::tl::types;

/// A community: groups, channels and bots that belong together. The raw API names it as it names
/// channels.
///
/// Cheap to clone: clones share what the server told.
///
/// See <https://core.telegram.org/constructor/community>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Community {
    /// Everything that the server told, shared by the clones of this community.
    pub raw: Arc<enums::Chat>,
}

impl Community {
    /// The community that an answer of the raw API shows. `None` for what is none.
    #[must_use]
    pub fn from_raw(chat: enums::Chat) -> Option<Self> {
        use enums::Chat::{Community, CommunityForbidden};
        let is_community = matches!(chat, Community(_) | CommunityForbidden(_));
        is_community.then(|| Self { raw: chat.into() })
    }

    fn full(&self) -> Option<&types::Community> {
        match &*self.raw {
            enums::Chat::Community(community) => Some(community),
            _ => None,
        }
    }

    /// The id, as the raw API has it.
    #[must_use]
    pub fn id(&self) -> i64 {
        match &*self.raw {
            enums::Chat::Community(community) => community.id,
            enums::Chat::CommunityForbidden(community) => community.id,
            _ => 0,
        }
    }

    /// The peer of the raw API.
    #[must_use]
    pub fn peer(&self) -> Peer {
        peer(PeerKey::Channel(self.id()))
    }

    /// The hash by which this account names the community to the server, if it was shown.
    #[must_use]
    pub fn access_hash(&self) -> Option<i64> {
        match &*self.raw {
            enums::Chat::Community(community) => community.access_hash,
            enums::Chat::CommunityForbidden(community) => community.access_hash,
            _ => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        match &*self.raw {
            enums::Chat::Community(community) => &community.title,
            enums::Chat::CommunityForbidden(community) => &community.title,
            _ => "",
        }
    }

    /// Whether this account has made it.
    #[must_use]
    pub fn is_creator(&self) -> bool {
        self.full().is_some_and(|community| community.creator)
    }

    /// Whether this account is no member, or no longer.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.full().is_some_and(|community| community.left)
    }

    /// Whether this account was put out, or may not see it.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.full().is_none()
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

    /// When it was made, in seconds since the Unix epoch, or when this account has joined.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        self.full().map(|community| community.date)
    }
}

impl From<&Community> for PeerRef {
    fn from(community: &Community) -> Self {
        let id = PeerKey::Channel(community.id());
        let min = community.full().is_some_and(|community| community.min);
        Self::shown(id, community.access_hash(), min)
    }
}
