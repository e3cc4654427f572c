//! What answers and updates say of users and chats.
use std::collections::HashSet;

use super::sighting::Sighting;
use crate::store::PeerKey;
use crate::tl::{self, Deserialize, Identifiable, Reader, TypeRef};

/// One thing that the server says of a peer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sight {
    /// The hash to name it by. One of a `min` constructor is good for photos only.
    ///
    /// See <https://core.telegram.org/api/min>.
    Hash(PeerKey, Option<i64>, bool),
    /// These are its active names, and it has no others.
    Usernames(PeerKey, Vec<String>),
    /// It has these names; others may have been left out.
    SomeUsernames(PeerKey, Vec<String>),
    /// This is its phone number; `None` where it has lost the one that was known.
    Phone(PeerKey, Option<String>),
    /// Something about it is different now: what it is called has to be asked again.
    Changed(PeerKey),
    /// It was shown in little, and this message has something to do with it.
    ///
    /// See <https://core.telegram.org/api/min>.
    InMessage(PeerKey, Sighting),
}

/// Everything that the bytes tell, in their order. What cannot be walked cannot be read either, and
/// whoever reads it says so.
pub(super) fn seen_in(bytes: &[u8], ty: TypeRef) -> Vec<Sight> {
    let mut seen = Vec::new();
    tl::walk(bytes, ty, &mut |id, fields| see(id, fields, &mut seen)).ok();
    let is_min = |sight: &Sight| match sight {
        Sight::Hash(id, _, true) => Some(*id),
        _ => None,
    };
    let strangers: HashSet<PeerKey> = seen.iter().filter_map(is_min).collect();
    // Few answers show somebody in little: only they are looked through for messages.
    if !strangers.is_empty() {
        let mut meet = |id, fields: &[u8]| meet(id, fields, &strangers, &mut seen);
        tl::walk(bytes, ty, &mut meet).ok();
    }
    seen
}

/// Which of the `strangers` a message has something to do with.
fn meet(id: u32, fields: &[u8], strangers: &HashSet<PeerKey>, seen: &mut Vec<Sight>) {
    let mut reader = Reader::new(fields);
    let (place, message) = match id {
        tl::types::Message::CONSTRUCTOR_ID => {
            let message = tl::types::Message::deserialize(&mut reader);
            (message.peer_id, message.id)
        }
        tl::types::MessageService::CONSTRUCTOR_ID => {
            let message = tl::types::MessageService::deserialize(&mut reader);
            (message.peer_id, message.id)
        }
        _ => return,
    };
    let Some(place) = key(&place) else { return };
    let mut named = |id, fields: &[u8]| {
        let mut reader = Reader::new(fields);
        let ids = match id {
            tl::types::PeerUser::CONSTRUCTOR_ID => {
                let peer = tl::types::PeerUser::deserialize(&mut reader);
                vec![PeerKey::User(peer.user_id)]
            }
            tl::types::PeerChannel::CONSTRUCTOR_ID => {
                let peer = tl::types::PeerChannel::deserialize(&mut reader);
                vec![PeerKey::Channel(peer.channel_id)]
            }
            tl::types::MessageEntityMentionName::CONSTRUCTOR_ID => {
                let mention = tl::types::MessageEntityMentionName::deserialize(&mut reader);
                vec![PeerKey::User(mention.user_id)]
            }
            tl::types::MessageActionChatAddUser::CONSTRUCTOR_ID => {
                let added = tl::types::MessageActionChatAddUser::deserialize(&mut reader);
                added.users.into_iter().map(PeerKey::User).collect()
            }
            _ => return,
        };
        let known = ids.into_iter().filter(|id| strangers.contains(id));
        let sighting = Sighting { place, message };
        seen.extend(known.map(|id| Sight::InMessage(id, sighting)));
    };
    let whole = [&id.to_le_bytes(), fields].concat();
    tl::walk(&whole, TypeRef::OBJECT, &mut named).ok();
}

fn key(peer: &tl::enums::Peer) -> Option<PeerKey> {
    match peer {
        tl::enums::Peer::User(peer) => Some(PeerKey::User(peer.user_id)),
        tl::enums::Peer::Chat(peer) => Some(PeerKey::Chat(peer.chat_id)),
        tl::enums::Peer::Channel(peer) => Some(PeerKey::Channel(peer.channel_id)),
        _ => None,
    }
}

fn see(id: u32, fields: &[u8], seen: &mut Vec<Sight>) {
    let mut reader = Reader::new(fields);
    match id {
        tl::types::User::CONSTRUCTOR_ID => user(tl::types::User::deserialize(&mut reader), seen),
        tl::types::UserEmpty::CONSTRUCTOR_ID => {
            let id = PeerKey::User(tl::types::UserEmpty::deserialize(&mut reader).id);
            seen.extend([Sight::Usernames(id, Vec::new()), Sight::Phone(id, None)]);
        }
        tl::types::Chat::CONSTRUCTOR_ID => {
            let chat = tl::types::Chat::deserialize(&mut reader);
            seen.push(Sight::Hash(PeerKey::Chat(chat.id), None, false));
        }
        tl::types::ChatForbidden::CONSTRUCTOR_ID => {
            let chat = tl::types::ChatForbidden::deserialize(&mut reader);
            seen.push(Sight::Hash(PeerKey::Chat(chat.id), None, false));
        }
        tl::types::Channel::CONSTRUCTOR_ID => {
            let channel = tl::types::Channel::deserialize(&mut reader);
            let id = PeerKey::Channel(channel.id);
            let names = active(channel.username, channel.usernames);
            seen.push(Sight::Hash(id, channel.access_hash, channel.min));
            seen.push(match channel.min {
                true => Sight::SomeUsernames(id, names),
                false => Sight::Usernames(id, names),
            });
        }
        tl::types::ChannelForbidden::CONSTRUCTOR_ID => {
            let channel = tl::types::ChannelForbidden::deserialize(&mut reader);
            let id = PeerKey::Channel(channel.id);
            seen.push(Sight::Hash(id, Some(channel.access_hash), false));
            seen.push(Sight::Changed(id)); // It shows no names, whether there are any or not.
        }
        tl::types::Community::CONSTRUCTOR_ID => {
            let community = tl::types::Community::deserialize(&mut reader);
            let id = PeerKey::Channel(community.id);
            seen.push(Sight::Hash(id, community.access_hash, community.min));
        }
        tl::types::CommunityForbidden::CONSTRUCTOR_ID => {
            let community = tl::types::CommunityForbidden::deserialize(&mut reader);
            let id = PeerKey::Channel(community.id);
            seen.push(Sight::Hash(id, community.access_hash, false));
        }
        tl::types::UpdateUserName::CONSTRUCTOR_ID => {
            let update = tl::types::UpdateUserName::deserialize(&mut reader);
            let names = active(None, Some(update.usernames));
            seen.push(Sight::Usernames(PeerKey::User(update.user_id), names));
        }
        tl::types::UpdateUserPhone::CONSTRUCTOR_ID => {
            let update = tl::types::UpdateUserPhone::deserialize(&mut reader);
            let phone = digits(&update.phone);
            seen.push(Sight::Phone(PeerKey::User(update.user_id), phone));
        }
        tl::types::UpdateUser::CONSTRUCTOR_ID => {
            let update = tl::types::UpdateUser::deserialize(&mut reader);
            seen.push(Sight::Changed(PeerKey::User(update.user_id)));
        }
        tl::types::UpdateChannel::CONSTRUCTOR_ID => {
            let update = tl::types::UpdateChannel::deserialize(&mut reader);
            seen.push(Sight::Changed(PeerKey::Channel(update.channel_id)));
        }
        _ => {}
    }
}

/// A `min` user whose phone number is there but empty carries a full access hash. Whose number is
/// not shown at all may have one; who is deleted has none.
///
/// See <https://core.telegram.org/constructor/user>.
fn user(user: tl::types::User, seen: &mut Vec<Sight>) {
    let id = PeerKey::User(user.id);
    let min = user.min && user.phone.as_deref() != Some("");
    let names = active(user.username, user.usernames);
    seen.push(Sight::Hash(id, user.access_hash, min));
    seen.push(match user.min {
        true => Sight::SomeUsernames(id, names),
        false => Sight::Usernames(id, names),
    });
    let phone = user.phone.as_deref().and_then(digits);
    if phone.is_some() || user.deleted {
        seen.push(Sight::Phone(id, phone));
    }
}

/// The one name of most peers, or the list of those that have several.
///
/// See <https://core.telegram.org/api/names>.
fn active(one: Option<String>, several: Option<Vec<tl::enums::Username>>) -> Vec<String> {
    let mut names: Vec<String> = one.into_iter().collect();
    for name in several.into_iter().flatten() {
        if let tl::enums::Username::Username(name) = name
            && name.active
            && !names.contains(&name.username)
        {
            names.push(name.username);
        }
    }
    names
}

fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    Some(digits).filter(|digits| !digits.is_empty())
}
