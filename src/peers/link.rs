//! Telegram's links, as far as they lead to a user, a group or a channel.
use std::borrow::Cow;

/// Where a link leads.
///
/// See <https://core.telegram.org/api/links>.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// To whoever has this public name.
    Username(String),
    /// To whoever has this phone number, in digits.
    Phone(String),
    /// To a chat that one may join by this link.
    Invite(String),
    /// To a channel by its id.
    Channel(i64),
    /// To a user by its id.
    User(i64),
    /// To something else: stickers, a proxy, a login.
    Elsewhere,
}

const HOSTS: [&str; 3] = ["t.me", "telegram.me", "telegram.dog"];

/// What a path, or a host below `t.me`, begins with that leads to no peer, though it looks like a
/// public name.
const RESERVED: [&str; 22] = [
    "addemoji",
    "addlist",
    "addstickers",
    "addtheme",
    "auction",
    "bg",
    "boost",
    "call",
    "confirmphone",
    "contact",
    "giftcode",
    "invoice",
    "iv",
    "login",
    "m",
    "nft",
    "proxy",
    "setlanguage",
    "share",
    "socks",
    "web",
    "www",
];

/// What a link of Telegram's says, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LinkParts {
    /// What stands after `tg://`, if it begins so.
    pub(crate) action: Option<String>,
    /// What stands after the host, and a name in front of it.
    pub(crate) path: Vec<String>,
    query: Vec<(String, String)>,
}

impl LinkParts {
    /// `None` for what is no link of Telegram's.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, query) = text.split_once('?').unwrap_or((text, ""));
        let address = address.split('#').next().unwrap_or_default();
        let query = query.split('#').next().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let query = pairs.map(|(key, value)| (key.to_owned(), decoded(value).into_owned()));
        let query = query.collect();
        if let Some(rest) = without_prefix(address, "tg:") {
            let action = rest.trim_start_matches('/').trim_end_matches('/');
            return Some(Self {
                action: Some(action.to_ascii_lowercase()),
                path: Vec::new(),
                query,
            });
        }
        let (host, path) = host_of(address);
        let parts = path.split('/').filter(|part| !part.is_empty());
        let parts = parts.map(|part| decoded(part).into_owned());
        let name = match host.strip_suffix(".t.me") {
            _ if HOSTS.contains(&&*host) => None,
            Some(name) => Some(name.to_owned()),
            None => return None,
        };
        Some(Self {
            action: None,
            path: name.into_iter().chain(parts).collect(),
            query,
        })
    }

    /// What stands after `?` under a name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let found = pairs.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The host in small letters, and what stands after it.
fn host_of(text: &str) -> (String, &str) {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| without_prefix(text, scheme))
        .unwrap_or(text);
    let rest = without_prefix(rest, "www.").unwrap_or(rest);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    (host.to_ascii_lowercase(), path)
}

impl Link {
    /// `None` for what is no link of Telegram's.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = without_prefix(text, "tg:") {
            return Some(Self::of_action(rest.trim_start_matches('/')));
        }
        let (host, path) = host_of(text);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        if HOSTS.contains(&&*host) {
            return Some(Self::of_path(path));
        }
        match host.strip_suffix(".t.me")? {
            name if RESERVED.contains(&name) => Some(Self::Elsewhere),
            name => Some(Self::of_name(name)),
        }
    }

    /// What stands after the host.
    fn of_path(path: &str) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty());
        let mut parts = parts.map(decoded);
        let first = &*parts.next().unwrap_or_default();
        let second = &*parts.next().unwrap_or_default();
        if let Some(rest) = first.strip_prefix('+') {
            return match is_number(rest) {
                true => Self::Phone(rest.to_owned()),
                false => Self::of_invite(rest),
            };
        }
        match &*first.to_ascii_lowercase() {
            "joinchat" => Self::of_invite(second),
            "c" => id(second).map_or(Self::Elsewhere, Self::Channel),
            "s" => Self::of_name(second),
            first if RESERVED.contains(&first) => Self::Elsewhere,
            _ => Self::of_name(first),
        }
    }

    /// What stands after `tg://`.
    fn of_action(text: &str) -> Self {
        let (action, query) = text.split_once('?').unwrap_or((text, ""));
        let query = query.split('#').next().unwrap_or_default();
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(key, _)| *key == name)?;
            Some(decoded(value))
        };
        let found = match &*action.trim_end_matches('/').to_ascii_lowercase() {
            "resolve" => match value("phone") {
                Some(phone) => {
                    let phone = phone.strip_prefix('+').unwrap_or(&phone);
                    is_number(phone).then(|| Self::Phone(phone.to_owned()))
                }
                None => value("domain").map(|name| Self::of_name(&name)),
            },
            "join" => value("invite").map(|hash| Self::of_invite(&hash)),
            "privatepost" => value("channel").and_then(|it| id(&it).map(Self::Channel)),
            "user" => value("id").and_then(|it| id(&it).map(Self::User)),
            _ => None,
        };
        found.unwrap_or(Self::Elsewhere)
    }

    /// How long a name may be, the server says.
    fn of_name(name: &str) -> Self {
        let name = name.strip_prefix('@').unwrap_or(name);
        let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_';
        match !name.is_empty() && name.bytes().all(is_letter) {
            true => Self::Username(name.to_owned()),
            false => Self::Elsewhere,
        }
    }

    fn of_invite(hash: &str) -> Self {
        match hash.is_empty() {
            true => Self::Elsewhere,
            false => Self::Invite(hash.to_owned()),
        }
    }
}

/// A part of a link, with what stands in it as `%` and two digits. What is no text then is left as
/// it was.
fn decoded(part: &str) -> Cow<'_, str> {
    if !part.contains('%') {
        return part.into();
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let coded = (*first == b'%').then(|| tail.split_first_chunk()).flatten();
        match coded.and_then(|(digits, after)| Some((hex(digits)?, after))) {
            Some((byte, after)) => {
                bytes.push(byte);
                rest = after;
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).map_or(part.into(), Cow::Owned)
}

fn hex(digits: &[u8; 2]) -> Option<u8> {
    let digit = |letter: &u8| char::from(*letter).to_digit(16);
    let [high, low] = digits;
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn without_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit())
}

fn id(text: &str) -> Option<i64> {
    let id = is_number(text).then(|| text.parse().ok())?;
    id.filter(|id| *id > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_public_link_leads_to_the_name() {
        for link in [
            "https://t.me/durov",
            "http://t.me/durov",
            "t.me/durov",
            "HTTPS://T.ME/durov",
            "telegram.me/durov",
            "https://telegram.dog/durov",
            "www.t.me/durov",
            "https://www.t.me/durov",
            "durov.t.me",
            "https://durov.t.me/5",
            "t.me/s/durov",
            "t.me/s/durov/5",
            "t.me/durov/5",
            "t.me/durov/3/5",
            "t.me/durov?start=x",
            "t.me/durov/?start=x",
            "t.me/durov/",
            "t.me/durov#top",
            "t.me/@durov",
            "tg://resolve?domain=durov",
            "TG://resolve?start=x&domain=@durov",
            "tg:resolve?domain=durov&post=5",
            "t.me/%64urov",
            "tg://resolve?domain=%40durov",
        ] {
            let name = Some(Link::Username("durov".to_owned()));
            assert_eq!(Link::parse(link), name, "{link}");
        }
    }

    #[test]
    fn numbers_ids_and_invites_are_no_names() {
        for (link, leads) in [
            ("t.me/+15550001", Link::Phone("15550001".to_owned())),
            (
                "tg://resolve?phone=15550001",
                Link::Phone("15550001".to_owned()),
            ),
            (
                "tg://resolve?phone=+15550001",
                Link::Phone("15550001".to_owned()),
            ),
            ("t.me/%2B15550001", Link::Phone("15550001".to_owned())),
            (
                "tg://resolve?phone=%2B15550001",
                Link::Phone("15550001".to_owned()),
            ),
            ("t.me/+AbC1_d-", Link::Invite("AbC1_d-".to_owned())),
            ("https://t.me/joinchat/AbC", Link::Invite("AbC".to_owned())),
            ("tg://join?invite=AbC", Link::Invite("AbC".to_owned())),
            ("t.me/c/1234567890/12", Link::Channel(1_234_567_890)),
            ("tg://privatepost?channel=5&post=6", Link::Channel(5)),
            ("tg://user?id=777000", Link::User(777_000)),
        ] {
            assert_eq!(Link::parse(link), Some(leads), "{link}");
        }
    }

    #[test]
    fn other_links_lead_elsewhere_and_other_texts_are_none() {
        for link in [
            "t.me",
            "https://t.me/",
            "t.me/+",
            "t.me/joinchat",
            "t.me/c",
            "t.me/c/durov",
            "t.me/c/99999999999999999999",
            "t.me/s",
            "t.me/share/url?url=x",
            "t.me/proxy?server=x",
            "t.me/addstickers/durov",
            "t.me/$durov",
            "t.me/dur%6",
            "t.me/%C0durov",
            "t.me/%+2durov",
            "addstickers.t.me/durov",
            "web.t.me",
            "tg://resolve",
            "tg://login?token=x",
            "tg:",
            "x.y.t.me",
        ] {
            assert_eq!(Link::parse(link), Some(Link::Elsewhere), "{link}");
        }
        for text in [
            "durov",
            "@durov",
            "+1555",
            "5",
            "",
            "https://h/durov",
            "tg",
            "é",
        ] {
            assert_eq!(Link::parse(text), None, "{text}");
        }
    }
}
