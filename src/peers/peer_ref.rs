//! How a program names whom it means.
use super::link::Link;
use super::phone;
use crate::tl;

/// Names a user, a group or a channel. Most calls take anything that turns into one.
///
/// - `"me"` or `"self"`, in whatever case of letters: oneself;
/// - `"@durov"`, `"durov"` or a link, such as `"https://t.me/durov"`: a public name, which is
///   looked up and then believed for an hour;
/// - `"+15550001"`, in groups or not, or a link with it: a phone number, which is looked up like a
///   name. What begins with `+` is never an id;
/// - a number, or a text of digits: the id as the Bot API writes it (a user's own, a small group's
///   negative, a channel's −1000000000000 less its id), for peers that were seen before; also
///   `"t.me/c/…"`;
/// - a [`Message`](crate::Message) or a [`User`](crate::User): the chat it is in, or the user. The
///   `User` that another account has of itself is that account, not oneself;
/// - a `Peer` or `InputPeer` of the raw API.
///
/// ```
/// use ferogram_sync::PeerRef;
///
/// assert_eq!(PeerRef::from("https://t.me/durov/5"), PeerRef::Username("durov".to_owned()));
/// assert_eq!(PeerRef::from("+1 555-0001"), PeerRef::Phone("15550001".to_owned()));
/// assert_eq!(PeerRef::from("777000"), PeerRef::from(777_000));
/// ```
///
/// See <https://core.telegram.org/api/peers> and <https://core.telegram.org/api/links>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PeerRef {
    /// Oneself: the chat "Saved Messages".
    Me,
    /// A public name, with or without `@`.
    Username(String),
    /// A phone number with its country code, with or without `+`.
    Phone(String),
    /// What an invite link has after its `+`. The chat is known only to who has joined: these links
    /// cannot be used as peers yet, and calls say so.
    Invite(String),
    /// A peer of the raw API, by kind and id.
    Peer(tl::enums::Peer),
    /// A peer with the access hash that came with it. A hash is good for the account that it was
    /// shown to, so what the account that names the peer has seen itself goes first; the server
    /// refuses another's with `PEER_ID_INVALID`.
    Shown {
        /// Who it is.
        peer: tl::enums::Peer,
        /// What was shown.
        access_hash: i64,
    },
    /// A peer with its access hash, as requests take it.
    Input(tl::enums::InputPeer),
    /// A number that is no id of anybody.
    NoSuchId(i64),
    /// A text or a link that is neither a name nor a number.
    NotAPeer,
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
    fn from(text: &str) -> Self {
        let text = text.trim();
        if let Some(link) = Link::parse(text) {
            return Self::from(link);
        }
        let name = text.trim_start_matches('@');
        if ["me", "self"]
            .iter()
            .any(|me| name.eq_ignore_ascii_case(me))
        {
            return Self::Me;
        }
        if let Some(rest) = text.strip_prefix('+') {
            let is_hash = |letter: u8| letter.is_ascii_alphanumeric() || b"-_".contains(&letter);
            return match phone::digits(text) {
                Some(digits) => Self::Phone(digits),
                None if !rest.is_empty() && rest.bytes().all(is_hash) => {
                    Self::Invite(rest.to_owned())
                }
                None => Self::NotAPeer,
            };
        }
        match text.parse::<i64>() {
            Ok(id) => Self::from(id),
            Err(_) if name.is_empty() || name.contains(is_in_no_name) => Self::NotAPeer,
            Err(_) => Self::Username(name.to_owned()),
        }
    }
}

/// Whether a letter shows that a text is no name. What else is in none, the server says.
fn is_in_no_name(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || "/:?#+@".contains(letter)
}

impl From<Link> for PeerRef {
    fn from(link: Link) -> Self {
        use tl::enums::Peer;
        match link {
            Link::Username(name) => Self::Username(name),
            Link::Phone(phone) => Self::Phone(phone),
            Link::Invite(hash) => Self::Invite(hash),
            Link::Channel(channel_id) => {
                Self::Peer(Peer::Channel(tl::types::PeerChannel { channel_id }))
            }
            Link::User(id) => Self::from(id),
            Link::Elsewhere => Self::NotAPeer,
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
        for me in ["me", "@me", "self", "@self", "Me", "SELF", " me\n"] {
            assert_eq!(PeerRef::from(me), PeerRef::Me, "{me}");
        }
        let username = |name: &str| PeerRef::Username(name.into());
        for name in ["durov", "@durov", " https://t.me/durov", "t.me/durov\n"] {
            assert_eq!(PeerRef::from(name), username("durov"), "{name}");
        }
        // Whether there are such names, the server says.
        for name in ["@gif", "a", "@777000", "@-5", "@\u{445}", "x.y"] {
            let bare = name.trim_start_matches('@');
            assert_eq!(PeerRef::from(name), username(bare), "{name}");
        }
        assert_eq!(
            PeerRef::from("t.me/me"),
            username("me"),
            "a link leads to a name"
        );
        assert_eq!(PeerRef::from("777000"), PeerRef::from(777_000));
        assert_eq!(
            PeerRef::from("-1000000000001"),
            PeerRef::from(-1_000_000_000_001)
        );
        assert_eq!(
            PeerRef::from("t.me/c/1/5"),
            PeerRef::from(-1_000_000_000_001)
        );
        assert_eq!(PeerRef::from("tg://user?id=5"), PeerRef::from(5));
    }

    #[test]
    fn what_begins_with_a_plus_is_no_id_and_no_name() {
        let phone = |digits: &str| PeerRef::Phone(digits.into());
        for (text, digits) in [
            ("+5000000001", "5000000001"),
            (" +1 (555) 000-1\n", "15550001"),
            ("t.me/+15550001", "15550001"),
            ("https://t.me/+15550001?text=hi", "15550001"),
            ("tg://resolve?phone=15550001", "15550001"),
        ] {
            assert_eq!(PeerRef::from(text), phone(digits), "{text}");
        }
        for text in ["+AbC_1-d", "t.me/+AbC_1-d", "https://t.me/joinchat/AbC_1-d"] {
            assert_eq!(
                PeerRef::from(text),
                PeerRef::Invite("AbC_1-d".into()),
                "{text}"
            );
        }
        for text in [
            "",
            "@",
            "+",
            "++1",
            "+1 durov",
            "@+1555",
            "1+1",
            "joinchat/AbC",
            "c/1/5",
            "https://example.com/durov",
            "ann bob",
            "ann@bob",
            "t.me/addstickers/x",
        ] {
            assert_eq!(PeerRef::from(text), PeerRef::NotAPeer, "{text}");
        }
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
