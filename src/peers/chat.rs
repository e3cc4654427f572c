//! Whom or what one can write to.
use std::borrow::Cow;

use super::channel::Channel;
use super::community::Community;
use super::group::Group;
use super::marked_id::number_of;
use super::peer_ref::PeerRef;
use super::user::User;
use crate::store::PeerKey;
use crate::tl::enums::{self, Peer};

/// Whom or what one can write to: a user, a group, a channel.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::Chat;
///
/// let me = client.fetch_chat("me")?;
/// assert!(matches!(&me, Chat::User(user) if user.is_self()));
/// assert_eq!(Some(me.marked_id()), client.my_id());
/// client.send_message(&me, "A note")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Chat {
    /// A user or a bot, and the private chat with it.
    User(User),
    /// A small group.
    Group(Group),
    /// A channel or a supergroup.
    Channel(Channel),
    /// A community of groups and channels.
    Community(Community),
}

impl Chat {
    /// The group, channel or community that an answer of the raw API shows. `None` for the
    /// constructor that says nothing but an id.
    ///
    /// ```
    /// use ferogram_sync::{Chat, tl::types};
    ///
    /// let raw = types::ChatForbidden { id: 7, title: "Gardeners".into() };
    /// let chat = Chat::from_raw(raw.into()).expect("it is one");
    /// assert_eq!((chat.marked_id(), &*chat.title()), (-7, "Gardeners"));
    /// assert_eq!(Chat::from_raw(types::ChatEmpty { id: 7 }.into()), None);
    /// ```
    #[must_use]
    pub fn from_raw(chat: enums::Chat) -> Option<Self> {
        match chat {
            enums::Chat::Chat(_) | enums::Chat::Forbidden(_) => {
                Group::from_raw(chat).map(Self::Group)
            }
            enums::Chat::Channel(_) | enums::Chat::ChannelForbidden(_) => {
                Channel::from_raw(chat).map(Self::Channel)
            }
            enums::Chat::Community(_) | enums::Chat::CommunityForbidden(_) => {
                Community::from_raw(chat).map(Self::Community)
            }
            _ => None,
        }
    }

    pub(super) fn key(&self) -> PeerKey {
        match self {
            Self::User(user) => PeerKey::User(user.id()),
            Self::Group(group) => PeerKey::Chat(group.id()),
            Self::Channel(channel) => PeerKey::Channel(channel.id()),
            Self::Community(community) => PeerKey::Channel(community.id()),
        }
    }

    /// The id as the Bot API writes it: one number that says the kind too.
    ///
    /// See <https://core.telegram.org/api/bots/ids>.
    #[must_use]
    pub fn marked_id(&self) -> i64 {
        number_of(self.key())
    }

    /// The peer of the raw API.
    #[must_use]
    pub fn peer(&self) -> Peer {
        match self {
            Self::User(user) => user.peer(),
            Self::Group(group) => group.peer(),
            Self::Channel(channel) => channel.peer(),
            Self::Community(community) => community.peer(),
        }
    }

    /// What it is called; of a user, the [full name](User::full_name).
    #[must_use]
    pub fn title(&self) -> Cow<'_, str> {
        match self {
            Self::User(user) => user.full_name().into(),
            Self::Group(group) => group.title().into(),
            Self::Channel(channel) => channel.title().into(),
            Self::Community(community) => community.title().into(),
        }
    }

    /// The public name, without the `@`: the first one of several.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        match self {
            Self::User(user) => user.username(),
            Self::Channel(channel) => channel.username(),
            Self::Group(_) | Self::Community(_) => None,
        }
    }
}

impl From<&Chat> for PeerRef {
    fn from(chat: &Chat) -> Self {
        match chat {
            Chat::User(user) => user.into(),
            Chat::Group(group) => group.into(),
            Chat::Channel(channel) => channel.into(),
            Chat::Community(community) => community.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::channel_kind::ChannelKind;
    use crate::tl::types;

    fn chat(raw: impl Into<enums::Chat>) -> Chat {
        Chat::from_raw(raw.into()).expect("it is one")
    }

    #[test]
    fn each_constructor_becomes_what_it_is() {
        let title = || String::from("Title");
        let group = types::Chat {
            id: 1,
            title: title(),
            ..Default::default()
        };
        let channel = types::Channel {
            id: 2,
            access_hash: Some(20),
            title: title(),
            username: Some("name".into()),
            megagroup: true,
            ..Default::default()
        };
        let put_out = types::ChannelForbidden {
            id: 3,
            access_hash: 30,
            title: title(),
            broadcast: true,
            ..Default::default()
        };
        let community = types::Community {
            id: 4,
            access_hash: Some(40),
            title: title(),
            ..Default::default()
        };
        for (chat, number, hash) in [
            (chat(group), -1, None),
            (chat(channel), -1_000_000_000_002, Some(20)),
            (chat(put_out), -1_000_000_000_003, Some(30)),
            (chat(community), -1_000_000_000_004, Some(40)),
        ] {
            assert_eq!(chat.marked_id(), number, "{chat:?}");
            assert_eq!(chat.title(), "Title");
            let named = PeerRef::from(&chat);
            let peer = chat.peer();
            assert_eq!(
                named,
                match hash {
                    Some(access_hash) => PeerRef::Shown { peer, access_hash },
                    None => PeerRef::Peer(peer),
                }
            );
        }
    }

    #[test]
    fn kinds_of_channels_are_told_apart() {
        use ChannelKind::{Broadcast, Gigagroup, Megagroup, Monoforum};
        let kind = |raw: enums::Chat| Channel::from_raw(raw).expect("it is one").kind();
        let raw = types::Channel::default;
        let forbidden = types::ChannelForbidden::default;
        for (flags, wanted) in [
            ((true, false, false, false), Broadcast),
            ((false, true, false, false), Megagroup),
            ((false, true, true, false), Gigagroup),
            ((false, true, false, true), Monoforum),
        ] {
            let (broadcast, megagroup, gigagroup, monoforum) = flags;
            let raw = types::Channel {
                broadcast,
                megagroup,
                gigagroup,
                monoforum,
                ..raw()
            };
            assert_eq!(kind(raw.into()), wanted);
            let raw = types::ChannelForbidden {
                broadcast,
                megagroup,
                monoforum,
                ..forbidden()
            };
            assert_eq!(kind(raw.into()) == wanted, wanted != Gigagroup);
        }
    }

    #[test]
    fn what_a_group_has_become_can_be_named() {
        let group = types::Chat {
            id: 1,
            deactivated: true,
            migrated_to: Some(
                types::InputChannel {
                    channel_id: 2,
                    access_hash: 20,
                }
                .into(),
            ),
            ..Default::default()
        };
        let Chat::Group(group) = chat(group) else {
            panic!("it is a small group")
        };
        let peer = types::PeerChannel { channel_id: 2 }.into();
        let access_hash = 20;
        let become_this = PeerRef::Shown { peer, access_hash };
        assert_eq!(group.migrated_to(), Some(become_this));
    }
}
