//! How a program names whom it means.
use crate::tl;

/// Names a user, a group or a channel. Most calls take anything that turns into one.
///
/// - `"me"` or `"self"`: oneself;
/// - `"@durov"`, `"durov"` or `"https://t.me/durov"`: a public name, which is looked up and then
///   believed for an hour;
/// - a number: the id as the Bot API writes it (a user's own, a small group's negative, a
///   channel's −1000000000000 less its id), for peers that were seen before;
/// - a [`Message`](crate::Message) or a [`User`](crate::User): the chat it is in, or the user;
/// - a `Peer` or `InputPeer` of the raw API.
///
/// See <https://core.telegram.org/api/peers>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PeerRef {
    /// Oneself: the chat "Saved Messages".
    Me,
    /// A public name, with or without `@`.
    Username(String),
    /// A peer of the raw API, by kind and id.
    Peer(tl::enums::Peer),
    /// A peer with its access hash, as requests take it.
    Input(tl::enums::InputPeer),
    /// A number that is no id of anybody.
    NoSuchId(i64),
}

/// What the Bot API lowers the id of a channel by.
///
/// See <https://core.telegram.org/api/bots/ids>.
const CHANNEL_ID_OFFSET: i64 = 1_000_000_000_000;
const USER_ID_MAX: i64 = (1 << 40) - 1;
const CHAT_ID_MIN: i64 = -999_999_999_999;
/// Channels and, beyond a gap, the chats of monoforums.
const CHANNEL_ID_MAX: i64 = 2_999_999_999_999;

impl From<&str> for PeerRef {
    fn from(name: &str) -> Self {
        let name = name.trim();
        let name = ["https://t.me/", "http://t.me/", "t.me/"]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
            .unwrap_or(name);
        match name.trim_start_matches('@') {
            "me" | "self" => Self::Me,
            name => match name.parse::<i64>() {
                Ok(id) => Self::from(id),
                Err(_) => Self::Username(name.to_owned()),
            },
        }
    }
}

impl From<String> for PeerRef {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<&String> for PeerRef {
    fn from(name: &String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<i64> for PeerRef {
    fn from(id: i64) -> Self {
        use tl::enums::Peer;
        let channel = -CHANNEL_ID_OFFSET;
        match id {
            1..=USER_ID_MAX => Self::Peer(Peer::User(tl::types::PeerUser { user_id: id })),
            CHAT_ID_MIN..=-1 => Self::Peer(Peer::Chat(tl::types::PeerChat { chat_id: -id })),
            _ if id < channel && channel - id <= CHANNEL_ID_MAX => {
                let channel_id = channel - id;
                Self::Peer(Peer::Channel(tl::types::PeerChannel { channel_id }))
            }
            _ => Self::NoSuchId(id),
        }
    }
}

impl From<tl::enums::Peer> for PeerRef {
    fn from(peer: tl::enums::Peer) -> Self {
        Self::Peer(peer)
    }
}

impl From<&tl::enums::Peer> for PeerRef {
    fn from(peer: &tl::enums::Peer) -> Self {
        Self::Peer(peer.clone())
    }
}

impl From<tl::enums::InputPeer> for PeerRef {
    fn from(peer: tl::enums::InputPeer) -> Self {
        Self::Input(peer)
    }
}

impl From<&PeerRef> for PeerRef {
    fn from(peer: &PeerRef) -> Self {
        peer.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tl::enums::Peer;

    #[test]
    fn names() {
        assert_eq!(PeerRef::from("me"), PeerRef::Me);
        assert_eq!(PeerRef::from("@self"), PeerRef::Me);
        for name in ["durov", "@durov", " https://t.me/durov", "t.me/durov"] {
            assert_eq!(
                PeerRef::from(name),
                PeerRef::Username("durov".into()),
                "{name}"
            );
        }
        assert_eq!(PeerRef::from("777000"), PeerRef::from(777_000));
    }

    #[test]
    fn ids_as_the_bot_api_writes_them() {
        let user = |user_id| PeerRef::Peer(Peer::User(tl::types::PeerUser { user_id }));
        let chat = |chat_id| PeerRef::Peer(Peer::Chat(tl::types::PeerChat { chat_id }));
        let channel =
            |channel_id| PeerRef::Peer(Peer::Channel(tl::types::PeerChannel { channel_id }));
        assert_eq!(PeerRef::from(777_000), user(777_000));
        assert_eq!(PeerRef::from(1_099_511_627_775), user(1_099_511_627_775));
        assert_eq!(PeerRef::from(-5), chat(5));
        assert_eq!(PeerRef::from(-999_999_999_999), chat(999_999_999_999));
        assert_eq!(PeerRef::from(-1_000_000_000_001), channel(1));
        assert_eq!(PeerRef::from(-1_997_852_516_351), channel(997_852_516_351));
        for id in [0, 1_099_511_627_776, -1_000_000_000_000, i64::MIN, i64::MAX] {
            assert_eq!(PeerRef::from(id), PeerRef::NoSuchId(id));
        }
    }
}
