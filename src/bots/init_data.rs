//! What a mini app is told about who has opened it.
use std::fmt;

use thiserror::Error;

use crate::crypto::{equal, hmac_sha256};

/// What a mini app is told about who has opened it, signed for its bot: the page of the mini app
/// hands it to the bot's own server, which has to check it before it believes anything.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let token = "2900000001:tea";
/// # let bot_id = telegram.add_bot(localdc::NewBot::new(token, "shop_of_tea_bot"));
/// # telegram.add_mini_app(bot_id, None, "https://tea.example");
/// # let client = telegram.user();
/// use ferogram_sync::{MiniApp, InitData};
///
/// let opened = client.open_mini_app("@shop_of_tea_bot", MiniApp::main().start_param("green"))?;
/// let told = opened.init_data().expect("the page is told who opens it");
///
/// let told = InitData::verify(&told, token)?;
/// assert_eq!(told.get("start_param"), Some("green"));
/// assert!(told.get("user").is_some_and(|json| json.contains("first_name")));
/// assert!(InitData::verify("user=%7B%7D&hash=00", token).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `Debug` shows the names of the fields only: who has the whole can pass for the user.
///
/// See <https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app>.
#[derive(Clone, PartialEq, Eq)]
pub struct InitData {
    /// Sorted by their names.
    fields: Vec<(String, String)>,
}

/// Why the data of a mini app are not to be believed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum InitDataError {
    /// They are no query of an address.
    #[error("the data of the mini app are not of the form name=value&name=value")]
    Malformed,
    /// Another has signed them, or they were changed.
    #[error(
        "the data of the mini app are not signed for this bot: give them as the page has them in \
         Telegram.WebApp.initData, and the token of the bot whose mini app it is"
    )]
    NotSigned,
}

impl InitData {
    /// Checks that Telegram has signed the data for the bot with this token, and reads them. The
    /// data are those that the page has as `Telegram.WebApp.initData`.
    ///
    /// Somebody may have kept them for long: look at [`auth_date`](Self::auth_date), too.
    ///
    /// # Errors
    ///
    /// [`InitDataError`]: nothing in the data is to be believed then.
    pub fn verify(init_data: &str, bot_token: &str) -> Result<Self, InitDataError> {
        let mut fields = Vec::new();
        let mut hash = None;
        for field in init_data.split('&') {
            let (name, value) = field.split_once('=').ok_or(InitDataError::Malformed)?;
            let (name, value) = (decoded(name)?, decoded(value)?);
            match name == "hash" {
                true => hash = Some(value),
                false => fields.push((name, value)),
            }
        }
        fields.sort();
        let lines: Vec<String> = fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let key = hmac_sha256(b"WebAppData", bot_token.as_bytes());
        let expected = hex(&hmac_sha256(&key, lines.join("\n").as_bytes()));
        match hash.is_some_and(|hash| equal(hash.as_bytes(), expected.as_bytes())) {
            true => Ok(Self { fields }),
            false => Err(InitDataError::NotSigned),
        }
    }

    /// A field, by the name that the page of the Bot API has for it. What it is made of stands in
    /// it as JSON: `user`, `receiver`, `chat`.
    ///
    /// See <https://core.telegram.org/bots/webapps#webappinitdata>.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let place = self
            .fields
            .binary_search_by(|(it, _)| it.as_str().cmp(name));
        place.ok().map(|place| self.fields[place].1.as_str())
    }

    /// By what [`answer_mini_app`](crate::Client::answer_mini_app) answers, where the mini app was
    /// opened in a chat.
    #[must_use]
    pub fn query_id(&self) -> Option<&str> {
        self.get("query_id")
    }

    /// When it was opened, in seconds since 1970.
    #[must_use]
    pub fn auth_date(&self) -> Option<i64> {
        self.get("auth_date")?.parse().ok()
    }
}

impl fmt::Debug for InitData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("InitData")
            .field("fields", &names)
            .finish_non_exhaustive()
    }
}

/// A part of an address, as it was before it was put in there.
pub(super) fn decoded(part: &str) -> Result<String, InitDataError> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let pair = digit().zip(digit());
                let (high, low) = pair.ok_or(InitDataError::Malformed)?;
                (high * 16 + low) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| InitDataError::Malformed)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "110:AAH-a_token_of_nobody_at_all_0000000000";

    fn signed(fields: &[(&str, &str)]) -> String {
        let mut lines: Vec<String> = fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        lines.sort();
        let key = hmac_sha256(b"WebAppData", TOKEN.as_bytes());
        let hash = hex(&hmac_sha256(&key, lines.join("\n").as_bytes()));
        let escaped =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let pairs = fields.iter().map(|(k, v)| format!("{k}={}", escaped(v)));
        let pairs: Vec<String> = pairs.chain([format!("hash={hash}")]).collect();
        pairs.join("&")
    }

    #[test]
    fn what_is_signed_is_read_and_what_was_changed_is_not() {
        let data = signed(&[
            ("user", "{\"id\":7}"),
            ("auth_date", "1700000000"),
            ("a", "é +"),
        ]);
        let read = InitData::verify(&data, TOKEN).unwrap();
        assert_eq!(read.get("user"), Some("{\"id\":7}"));
        assert_eq!(read.get("a"), Some("é +"));
        assert_eq!(
            (read.auth_date(), read.query_id()),
            (Some(1_700_000_000), None)
        );
        assert_eq!(read.get("hash"), None);
        let spaced = data.replace("%20", "+");
        assert_ne!(spaced, data);
        assert!(InitData::verify(&spaced, TOKEN).is_ok());
        assert!(!format!("{read:?}").contains('7'), "{read:?}");
        let not_signed = Err(InitDataError::NotSigned);
        assert_eq!(InitData::verify(&data, "111:other"), not_signed);
        assert_eq!(
            InitData::verify(&data.replace("%37", "%38"), TOKEN),
            not_signed
        );
        assert_eq!(InitData::verify(&format!("{data}&b=1"), TOKEN), not_signed);
        let (without, _) = data.rsplit_once('&').unwrap();
        assert_eq!(InitData::verify(without, TOKEN), not_signed);
        for broken in ["", "user", "a=%4", "a=%zz", "a=%ff"] {
            let malformed = Err(InitDataError::Malformed);
            assert_eq!(InitData::verify(broken, TOKEN), malformed, "{broken}");
        }
    }

    /// From <https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app>: the
    /// key is the token's signature under the constant, not the other way round.
    #[test]
    fn the_key_is_made_of_the_token() {
        let data = "auth_date=1&hash=";
        let wrong = hmac_sha256(TOKEN.as_bytes(), b"WebAppData");
        let wrong = hex(&hmac_sha256(&wrong, b"auth_date=1"));
        assert!(InitData::verify(&format!("{data}{wrong}"), TOKEN).is_err());
    }
}
