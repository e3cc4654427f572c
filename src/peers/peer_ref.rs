//! How a program names whom it means.
use super::link::Link;
use super::marked_id::{is_possible, named_by, number_of};
use super::phone;
use crate::error::{Error, PeerError, Result};
use crate::store::PeerKey;
use crate::tl;

/// Names a user, a group or a channel. Most calls take anything that turns into one.
///
/// - `"me"` or `"self"`, in whatever case of letters: oneself. Bots have no saved messages, and
///   what they write there is refused (`USER_IS_BOT`);
/// - `"@durov"`, `"durov"` or a link, such as `"https://t.me/durov"`: a public name, which is
///   looked up and then believed for an hour;
/// - `"+15550001"`, in groups or not, or a link with it: a phone number, which is looked up like a
///   name. What begins with `+` is never an id;
/// - a number, or a text of digits: the id as the Bot API writes it (a user's own, a small group's
///   negative, a channel's −1000000000000 less its id), for peers that were seen before; also
///   `"t.me/c/…"` and `"tg://user?id=…"`;
/// - a [`Message`](crate::Message): the chat it is in; a [`User`](crate::User),
///   [`Group`](crate::Group), [`Channel`](crate::Channel) or [`Chat`](crate::Chat). The `User` that
///   another account has of itself is that account, not oneself;
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
    /// A link of Telegram's that leads to something else: stickers, a proxy, a login.
    OtherLink,
    /// A text that is neither a name nor a number nor a link.
    NotAPeer,
}

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
        match link {
            Link::Username(name) => Self::Username(name),
            Link::Phone(phone) => Self::Phone(phone),
            Link::Invite(hash) => Self::Invite(hash),
            Link::Channel(id) => Self::from_key(PeerKey::Channel(id)),
            Link::User(id) => Self::from_key(PeerKey::User(id)),
            Link::Elsewhere => Self::OtherLink,
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
        named_by(id).map_or(Self::NoSuchId(id), Self::from_key)
    }
}

impl PeerRef {
    fn from_key(key: PeerKey) -> Self {
        match is_possible(key) {
            true => Self::Peer(peer(key)),
            false => Self::NoSuchId(number_of(key)),
        }
    }

    /// With the hash that came with it, unless that is one of a `min` constructor: those name
    /// nobody.
    ///
    /// See <https://core.telegram.org/api/min>.
    pub(super) fn shown(key: PeerKey, access_hash: Option<i64>, min: bool) -> Self {
        match access_hash {
            Some(access_hash) if !min => Self::Shown {
                peer: peer(key),
                access_hash,
            },
            _ => Self::Peer(peer(key)),
        }
    }
}

/// Whom a peer of the raw API names.
pub(super) fn key(peer: &tl::enums::Peer) -> Result<PeerKey> {
    use tl::enums::Peer;
    match peer {
        Peer::User(user) => Ok(PeerKey::User(user.user_id)),
        Peer::Chat(chat) => Ok(PeerKey::Chat(chat.chat_id)),
        Peer::Channel(channel) => Ok(PeerKey::Channel(channel.channel_id)),
        _ => Err(Error::Peer(PeerError::Unknown(peer.clone()))),
    }
}

/// The peer of the raw API.
pub(super) fn peer(key: PeerKey) -> tl::enums::Peer {
    match key {
        PeerKey::User(user_id) => tl::types::PeerUser { user_id }.into(),
        PeerKey::Chat(chat_id) => tl::types::PeerChat { chat_id }.into(),
        PeerKey::Channel(channel_id) => tl::types::PeerChannel { channel_id }.into(),
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
        ] {
            assert_eq!(PeerRef::from(text), PeerRef::NotAPeer, "{text}");
        }
        for link in ["t.me/addstickers/x", "t.me", "tg://login?token=x"] {
            assert_eq!(PeerRef::from(link), PeerRef::OtherLink, "{link}");
        }
    }

    #[test]
    fn ids_as_the_bot_api_writes_them() {
        for (id, key) in [
            (777_000, PeerKey::User(777_000)),
            (-5, PeerKey::Chat(5)),
            (-1_000_000_000_001, PeerKey::Channel(1)),
            (-2_002_147_483_649, PeerKey::Channel(1_002_147_483_649)),
        ] {
            assert_eq!(PeerRef::from(id), PeerRef::Peer(peer(key)), "{id}");
        }
        for id in [0, -1_000_000_000_000, -2_000_000_000_000, i64::MIN] {
            assert_eq!(PeerRef::from(id), PeerRef::NoSuchId(id));
        }
        // A link may say any number.
        assert_eq!(
            PeerRef::from("t.me/c/1000000000000/1"),
            PeerRef::NoSuchId(-2_000_000_000_000)
        );
        assert_eq!(
            PeerRef::from("tg://user?id=1099511627776"),
            PeerRef::NoSuchId(1_099_511_627_776)
        );
    }
}
