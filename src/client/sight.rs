//! What answers and updates say of users and chats.
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
}

/// Everything that the bytes tell, in their order. What cannot be walked cannot be read either, and
/// whoever reads it says so.
pub(super) fn seen_in(bytes: &[u8], ty: TypeRef) -> Vec<Sight> {
    let mut seen = Vec::new();
    tl::walk(bytes, ty, &mut |id, fields| see(id, fields, &mut seen)).ok();
    seen
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
