//! The address of a mini app's page, with what the page is told behind the `#`
//! (<https://core.telegram.org/bots/webapps#webappinitdata>).
use ferogram_sync::crypto::hmac_sha256;
use ferogram_sync::tl::enums;

use crate::world::{Account, World};

/// What the page is told that it runs in.
const VERSION: &str = "9.1";

/// A page that is wanted.
pub(super) struct Page<'a> {
    pub(super) user: i64,
    pub(super) bot: i64,
    pub(super) url: &'a str,
    /// The name by which its bot ends it.
    pub(super) query_id: Option<&'a str>,
    pub(super) start_param: Option<&'a str>,
    pub(super) theme: Option<&'a enums::DataJson>,
    pub(super) platform: &'a str,
    /// Whether it is told who opens it.
    pub(super) is_told: bool,
}

/// The address; none where there is no such user or bot.
pub(super) fn page(world: &World, wanted: &Page<'_>) -> Option<String> {
    let token = world.account(wanted.bot)?.token()?;
    let mut told = Vec::new();
    if wanted.is_told {
        let user = world.account(wanted.user)?;
        let mut fields = vec![
            ("auth_date", world.now().to_string()),
            ("user", user_json(user)),
        ];
        fields.extend(wanted.query_id.map(|id| ("query_id", id.to_owned())));
        let start = wanted.start_param;
        fields.extend(start.map(|start| ("start_param", start.to_owned())));
        told.push(format!("tgWebAppData={}", escaped(&signed(token, fields))));
    }
    told.push(format!("tgWebAppVersion={VERSION}"));
    told.push(format!("tgWebAppPlatform={}", escaped(wanted.platform)));
    if let Some(enums::DataJson::Json(theme)) = wanted.theme {
        told.push(format!("tgWebAppThemeParams={}", escaped(&theme.data)));
    }
    let start = wanted.start_param.map(|start| {
        let mark = if wanted.url.contains('?') { '&' } else { '?' };
        format!("{mark}tgWebAppStartParam={}", escaped(start))
    });
    Some(format!(
        "{}{}#{}",
        wanted.url,
        start.unwrap_or_default(),
        told.join("&")
    ))
}

/// The fields as a query, with the hash that only who has the bot's token can make.
fn signed(token: &str, mut fields: Vec<(&str, String)>) -> String {
    fields.sort();
    let lines: Vec<String> = fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
    let key = hmac_sha256(b"WebAppData", token.as_bytes());
    let hash = hmac_sha256(&key, lines.join("\n").as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    fields.push(("hash", hash));
    let pairs = fields.iter().map(|(k, v)| format!("{k}={}", escaped(v)));
    pairs.collect::<Vec<_>>().join("&")
}

fn user_json(account: &Account) -> String {
    let mut fields = vec![
        format!("\"id\":{}", account.id),
        format!("\"first_name\":{}", quoted(&account.first_name)),
        format!(
            "\"last_name\":{}",
            quoted(account.last_name.as_deref().unwrap_or_default())
        ),
    ];
    let name = account.username.as_deref();
    fields.extend(name.map(|name| format!("\"username\":{}", quoted(name))));
    fields.push("\"language_code\":\"en\"".to_owned());
    fields.push("\"allows_write_to_pm\":true".to_owned());
    format!("{{{}}}", fields.join(","))
}

/// A text in JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A part of an address.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                escaped.push(char::from(byte));
            }
            byte => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
