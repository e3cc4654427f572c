//! For whom something is private.
use std::time::Instant;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerMap, PeerRef, input_user};
use crate::tl::enums::{InputPeer, InputPrivacyRule, Peer, PrivacyRule as Told};
use crate::tl::types;

/// For whom something is private, or not. Of several rules that speak of somebody, those that name
/// people or groups count first, and those for all count last.
///
/// See <https://core.telegram.org/api/privacy#privacy-rules>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PrivacyRule {
    /// Everybody may.
    AllowAll,
    /// Contacts may.
    AllowContacts,
    /// Close friends may: see [`Client::set_close_friends`].
    AllowCloseFriends,
    /// Whoever has Telegram Premium may.
    AllowPremium,
    /// Bots may.
    AllowBots,
    /// These users may.
    AllowUsers(Vec<PeerRef>),
    /// The members of these groups may.
    AllowMembers(Vec<PeerRef>),
    /// Nobody may.
    DisallowAll,
    /// Contacts may not.
    DisallowContacts,
    /// Bots may not.
    DisallowBots,
    /// These users may not.
    DisallowUsers(Vec<PeerRef>),
    /// The members of these groups may not.
    DisallowMembers(Vec<PeerRef>),
    /// What has no name here.
    Raw(InputPrivacyRule),
}

impl PrivacyRule {
    /// These users may.
    ///
    /// ```
    /// use ferogram_sync::{PeerRef, PrivacyRule};
    ///
    /// let rule = PrivacyRule::allow_users(["@ann", "@bob"]);
    /// let named = vec![PeerRef::from("@ann"), PeerRef::from("@bob")];
    /// assert_eq!(rule, PrivacyRule::AllowUsers(named));
    /// ```
    #[must_use]
    pub fn allow_users<P: Into<PeerRef>>(users: impl IntoIterator<Item = P>) -> Self {
        Self::AllowUsers(users.into_iter().map(Into::into).collect())
    }

    /// These users may not.
    #[must_use]
    pub fn disallow_users<P: Into<PeerRef>>(users: impl IntoIterator<Item = P>) -> Self {
        Self::DisallowUsers(users.into_iter().map(Into::into).collect())
    }

    /// What the server has told; `None` for what this library does not know.
    pub(super) fn told(rule: &Told, peers: &PeerMap) -> Option<Self> {
        Some(match rule {
            Told::PrivacyValueAllowAll => Self::AllowAll,
            Told::PrivacyValueAllowContacts => Self::AllowContacts,
            Told::PrivacyValueAllowCloseFriends => Self::AllowCloseFriends,
            Told::PrivacyValueAllowPremium => Self::AllowPremium,
            Told::PrivacyValueAllowBots => Self::AllowBots,
            Told::PrivacyValueAllowUsers(it) => Self::AllowUsers(users(&it.users)),
            Told::PrivacyValueAllowChatParticipants(it) => {
                Self::AllowMembers(groups(&it.chats, peers))
            }
            Told::PrivacyValueDisallowAll => Self::DisallowAll,
            Told::PrivacyValueDisallowContacts => Self::DisallowContacts,
            Told::PrivacyValueDisallowBots => Self::DisallowBots,
            Told::PrivacyValueDisallowUsers(it) => Self::DisallowUsers(users(&it.users)),
            Told::PrivacyValueDisallowChatParticipants(it) => {
                Self::DisallowMembers(groups(&it.chats, peers))
            }
            _ => return None,
        })
    }

    /// As requests have it.
    pub(super) fn input(&self, client: &Client, deadline: Instant) -> Result<InputPrivacyRule> {
        let users = |users: &[PeerRef]| {
            let named = users.iter().map(|user| {
                let input = client.resolve_until(user, deadline)?;
                input_user(&input)
            });
            named.collect::<Result<Vec<_>>>()
        };
        let chats = |groups: &[PeerRef]| {
            let named = groups.iter().map(|group| {
                let input = client.resolve_until(group, deadline)?;
                bare(&input)
            });
            named.collect::<Result<Vec<_>>>()
        };
        Ok(match self {
            Self::AllowAll => InputPrivacyRule::InputPrivacyValueAllowAll,
            Self::AllowContacts => InputPrivacyRule::InputPrivacyValueAllowContacts,
            Self::AllowCloseFriends => InputPrivacyRule::InputPrivacyValueAllowCloseFriends,
            Self::AllowPremium => InputPrivacyRule::InputPrivacyValueAllowPremium,
            Self::AllowBots => InputPrivacyRule::InputPrivacyValueAllowBots,
            Self::AllowUsers(named) => {
                let users = users(named)?;
                types::InputPrivacyValueAllowUsers { users }.into()
            }
            Self::AllowMembers(named) => {
                let chats = chats(named)?;
                types::InputPrivacyValueAllowChatParticipants { chats }.into()
            }
            Self::DisallowAll => InputPrivacyRule::InputPrivacyValueDisallowAll,
            Self::DisallowContacts => InputPrivacyRule::InputPrivacyValueDisallowContacts,
            Self::DisallowBots => InputPrivacyRule::InputPrivacyValueDisallowBots,
            Self::DisallowUsers(named) => {
                let users = users(named)?;
                types::InputPrivacyValueDisallowUsers { users }.into()
            }
            Self::DisallowMembers(named) => {
                let chats = chats(named)?;
                types::InputPrivacyValueDisallowChatParticipants { chats }.into()
            }
            Self::Raw(raw) => raw.clone(),
        })
    }
}

fn users(ids: &[i64]) -> Vec<PeerRef> {
    let named = ids.iter().map(|user_id| {
        let user_id = *user_id;
        PeerRef::from(Peer::from(types::PeerUser { user_id }))
    });
    named.collect()
}

/// Groups are told by the number alone: what came along says whether it is a supergroup's.
fn groups(ids: &[i64], peers: &PeerMap) -> Vec<PeerRef> {
    let named = ids.iter().map(|id| {
        let channel = Peer::from(types::PeerChannel { channel_id: *id });
        let group = Peer::from(types::PeerChat { chat_id: *id });
        match peers.chat(&channel) {
            Some(_) => PeerRef::from(channel),
            None => PeerRef::from(group),
        }
    });
    named.collect()
}

/// The number that these requests name a group by.
fn bare(input: &InputPeer) -> Result<i64> {
    match input {
        InputPeer::Chat(it) => Ok(it.chat_id),
        InputPeer::Channel(it) => Ok(it.channel_id),
        InputPeer::ChannelFromMessage(it) => Ok(it.channel_id),
        _ => Err(Error::Argument("it is no group")),
    }
}
