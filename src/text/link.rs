//! Addresses that mean something in a text: users, custom emoji, times.
//!
//! See <https://core.telegram.org/bots/api#formatting-options>.
use std::borrow::Cow;

use super::span::Kind;
use super::time_format;

/// What a link to an address is: a mention if it leads to a user. `None` if it leads nowhere.
pub(super) fn link_to(url: String) -> Option<Kind<'static>> {
    if url.is_empty() {
        return None;
    }
    Some(user_of(&url).map_or(Kind::Link(url.into()), Kind::Mention))
}

/// The user that a link leads to.
fn user_of(url: &str) -> Option<i64> {
    let id = match query(url, "user") {
        Some(query) => value(query, "id")?,
        None => value(query(url, "openmessage")?, "user_id")?,
    };
    number(id).filter(|id| *id > 0)
}

/// The custom emoji or the time that an address means.
pub(super) fn emoji_or_time(url: &str) -> Option<Kind<'static>> {
    if let Some(query) = query(url, "emoji") {
        return emoji(value(query, "id")?);
    }
    let query = query(url, "time")?;
    let date = value(query, "unix")?.parse().ok()?;
    let format = value(query, "format").unwrap_or("");
    time_format::parse(date, format).map(Kind::Time)
}

/// The custom emoji with this id.
pub(super) fn emoji(id: &str) -> Option<Kind<'static>> {
    number(id).filter(|id| *id != 0).map(Kind::Emoji)
}

fn number(digits: &str) -> Option<i64> {
    let is_number = digits
        .trim_start_matches('-')
        .bytes()
        .all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// What stands behind the question mark of `tg://host?...`.
fn query<'u>(url: &'u str, host: &str) -> Option<&'u str> {
    let rest = without(url, "tg:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let rest = without(rest, host)?;
    rest.strip_prefix('/').unwrap_or(rest).strip_prefix('?')
}

/// The rest behind a beginning that may be written large or small.
fn without<'u>(url: &'u str, beginning: &str) -> Option<&'u str> {
    let (first, rest) = url.split_at_checked(beginning.len())?;
    first.eq_ignore_ascii_case(beginning).then_some(rest)
}

fn value<'u>(query: &'u str, name: &str) -> Option<&'u str> {
    let query = query.split('#').next()?;
    (query.split('&')).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Whether what is marked has an [`address`].
pub(super) fn has_address(kind: &Kind<'_>) -> bool {
    match kind {
        Kind::Link(url) => !url.is_empty() && user_of(url).is_none(),
        Kind::Mention(id) => *id > 0,
        Kind::Emoji(id) => *id != 0,
        Kind::Time(time) => time_format::format(time).is_some(),
        _ => false,
    }
}

/// The address of what is marked, and whether it is written with `!` before it. `None` for what
/// cannot be written as a link, or would be read as something else.
pub(super) fn address<'k>(kind: &'k Kind<'_>) -> Option<(Cow<'k, str>, bool)> {
    if !has_address(kind) {
        return None;
    }
    Some(match kind {
        Kind::Link(url) => (Cow::Borrowed(&**url), false),
        Kind::Mention(id) => (format!("tg://user?id={id}").into(), false),
        Kind::Emoji(id) => (format!("tg://emoji?id={id}").into(), true),
        Kind::Time(time) => {
            let format = time_format::format(time)?;
            let equals = if format.is_empty() { "" } else { "&format=" };
            let url = format!("tg://time?unix={}{equals}{format}", time.date);
            (url.into(), true)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_users_are_mentions() {
        for url in [
            "tg://user?id=5000000002",
            "tg:user?id=5000000002",
            "TG://User?id=5000000002",
            "tg://user?a=b&id=5000000002#end",
            "tg://openmessage?user_id=5000000002",
        ] {
            let mention = Kind::Mention(5_000_000_002);
            assert_eq!(link_to(url.into()), Some(mention), "{url}");
        }
        for url in [
            "tg://user?id=0",
            "tg://user?id=-1",
            "tg://user?id=x",
            "http://h/?id=1",
        ] {
            assert_eq!(link_to(url.into()), Some(Kind::Link(url.into())), "{url}");
        }
        assert_eq!(link_to(String::new()), None);
        assert_eq!(link_to("é".into()), Some(Kind::Link("é".into())));
    }

    #[test]
    fn what_would_be_read_otherwise_has_no_address() {
        assert_eq!(address(&Kind::Link("tg://user?id=1".into())), None);
        assert_eq!(address(&Kind::Link("".into())), None);
        assert_eq!(address(&Kind::Emoji(0)), None);
        assert_eq!(address(&Kind::Mention(0)), None);
        let emoji = Some(("tg://emoji?id=7".into(), true));
        assert_eq!(address(&Kind::Emoji(7)), emoji);
    }
}
