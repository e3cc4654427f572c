//! Pyrogram: in Base64 without padding the number of the data centre, the number of the
//! application, whether it is a test server, the key, and who it is. Two older forms have no
//! application.
use super::error::StringError;
use super::format::StringFormat;
use super::session::StringSession;
use crate::store::Account;

const FORMAT: StringFormat = StringFormat::Pyrogram;

/// The current form.
pub(super) const LEN: usize = 1 + 4 + 1 + 256 + 8 + 1;
/// The first form, with ids of 32 bits.
pub(super) const LEN_OLD: usize = 1 + 1 + 256 + 4 + 1;
/// The second form, with ids of 64 bits.
pub(super) const LEN_OLD_64: usize = 1 + 1 + 256 + 8 + 1;

pub(super) fn read(bytes: &[u8]) -> Result<StringSession, StringError> {
    let mut fields = Fields(bytes);
    let dc = fields.number(1)? as u8;
    let api_id = match bytes.len() {
        LEN => Some(fields.number(4)? as i32),
        _ => None,
    };
    let test = fields.flag()?;
    let key = fields.key()?;
    let user_id = fields.number(if bytes.len() == LEN_OLD { 4 } else { 8 })? as i64;
    let bot = fields.flag()?;
    let mut session = StringSession::new(dc, key);
    session.api_id = api_id.filter(|id| *id != 0);
    session.test = Some(test);
    session.account = (user_id != 0).then_some(Account { user_id, bot });
    Ok(session)
}

pub(super) fn write(session: &StringSession, dc: u8, out: &mut Vec<u8>) -> Result<(), StringError> {
    let missing = |field| StringError::Missing {
        format: FORMAT,
        field,
    };
    let account = session.account.ok_or(missing("the account's id"))?;
    let api_id = session
        .api_id
        .ok_or(missing("the number of the application"))?;
    let test = session.test.ok_or(missing("whether it is a test server"))?;
    out.push(dc);
    out.extend(api_id.to_be_bytes());
    out.push(test.into());
    out.extend(session.key.expose());
    out.extend(account.user_id.to_be_bytes());
    out.push(account.bot.into());
    Ok(())
}

/// Fields of a fixed length, one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], StringError> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(StringError::Malformed {
                format: FORMAT,
                detail: "it is too short",
            })?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self, length: usize) -> Result<u64, StringError> {
        let bytes = self.take(length)?;
        Ok(bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)))
    }

    fn flag(&mut self) -> Result<bool, StringError> {
        match self.number(1)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(StringError::Malformed {
                format: FORMAT,
                detail: "one of its yes-or-no fields is neither",
            }),
        }
    }

    fn key(&mut self) -> Result<&'a [u8; 256], StringError> {
        let key = self.take(256)?;
        Ok(key.try_into().expect("256 bytes were taken"))
    }
}
