//! From a login to text, and back.
use std::str::FromStr;

use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding};
use zeroize::Zeroizing;

use super::error::StringError;
use super::format::StringFormat;
use super::gramjs;
use super::mtcute;
use super::native;
use super::pyrogram;
use super::session::StringSession;
use super::telethon;
use crate::secret::Secret;

/// More than any of the forms takes.
const TEXT_MAX: usize = 1024;

/// The version of Telethon's and of GramJS's form, which stands before the Base64.
const VERSION: &str = "1";

impl StringSession {
    /// Reads a text of any of the known forms. White space around it does not matter.
    ///
    /// # Errors
    ///
    /// [`StringError::Unknown`] when it is none of them; [`StringError::Malformed`] and
    /// [`StringError::Version`] when it is nearly one.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::store::{StringError, StringFormat, StringSession};
    ///
    /// let text = client.export_session()?.encode(StringFormat::Native)?;
    /// assert!(text.expose().starts_with("fgs1_"));
    /// let cut = &text.expose()[..300];
    /// let error = StringSession::parse(cut).unwrap_err();
    /// assert!(matches!(error, StringError::Malformed { .. }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, StringError> {
        let text = text.trim();
        if text.is_empty() || text.len() > TEXT_MAX {
            return Err(StringError::Unknown);
        }
        let mut session = match native::code(text) {
            Some(code) => native(code?),
            None => foreign(text),
        }?;
        if session.key.expose().iter().all(|byte| *byte == 0) || session.dc.0 == 0 {
            return Err(StringError::Unknown); // Not a login: some write this before there is one.
        }
        // Without a port it is no address: the built-in ones are better than that.
        session.address = session.address.filter(|address| address.port() != 0);
        Ok(session)
    }

    /// Writes the login as a text of this form. The text is as secret as a password.
    ///
    /// # Errors
    ///
    /// [`StringError::Missing`] when the form holds something that is not known of this login.
    pub fn encode(&self, format: StringFormat) -> Result<Secret<String>, StringError> {
        let dc = self.dc_for(format)?;
        // Enough at once: a buffer that grows leaves copies of the key behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(TEXT_MAX));
        let write = match format {
            StringFormat::Native => native::write,
            StringFormat::Telethon => telethon::write,
            StringFormat::Pyrogram => pyrogram::write,
            StringFormat::Mtcute => mtcute::write,
            StringFormat::GramJs => gramjs::write,
        };
        write(self, dc, &mut bytes)?;
        let (start, code): (_, fn(&[u8]) -> String) = match format {
            StringFormat::Native => (native::START, Base64UrlUnpadded::encode_string),
            StringFormat::Telethon => (VERSION, Base64Url::encode_string),
            StringFormat::GramJs => (VERSION, Base64::encode_string),
            StringFormat::Pyrogram | StringFormat::Mtcute => ("", Base64UrlUnpadded::encode_string),
        };
        let code = Zeroizing::new(code(&bytes));
        let mut text = String::with_capacity(start.len() + code.len());
        text.push_str(start);
        text.push_str(&code);
        Ok(Secret::new(text))
    }
}

impl FromStr for StringSession {
    type Err = StringError;

    fn from_str(text: &str) -> Result<Self, StringError> {
        Self::parse(text)
    }
}

/// Reads what stands behind the start of our own form.
fn native(code: &str) -> Result<StringSession, StringError> {
    let bytes = Base64UrlUnpadded::decode_vec(code).map(Zeroizing::new);
    native::read(&bytes.map_err(|_| native::damaged())?)
}

/// Reads a text in the form of another library.
fn foreign(text: &str) -> Result<StringSession, StringError> {
    let numbered = text.strip_prefix(VERSION).and_then(decode);
    match numbered.as_deref().map(Vec::as_slice) {
        Some(bytes) if gramjs::fits(bytes) => gramjs::read(bytes),
        Some(bytes) if [telethon::LEN_V4, telethon::LEN_V6].contains(&bytes.len()) => {
            telethon::read(bytes)
        }
        _ => unnumbered(&decode(text).ok_or(StringError::Unknown)?),
    }
}

fn unnumbered(bytes: &[u8]) -> Result<StringSession, StringError> {
    match (bytes.len(), bytes.first()) {
        (pyrogram::LEN | pyrogram::LEN_OLD | pyrogram::LEN_OLD_64, _) => pyrogram::read(bytes),
        // A version and the shortest address stand before the key.
        (290.., Some(version)) if *version <= mtcute::VERSION => mtcute::read(bytes),
        _ => Err(StringError::Unknown),
    }
}

/// Decodes either alphabet, with padding or without.
fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim_end_matches('=');
    let url = text.contains(['-', '_']);
    let decode = match url {
        true => Base64UrlUnpadded::decode_vec,
        false => Base64Unpadded::decode_vec,
    };
    decode(text).ok().map(Zeroizing::new)
}
