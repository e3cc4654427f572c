//! Pyrogram: in Base64 without padding the number of the data centre, the number of the
//! application, whether it is a test server, the key, and who it is. Two older forms have no
//! application.
use super::error::StringError;
use super::fields::Fields;
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
    let fields = &mut Fields::new(bytes, FORMAT);
    let dc = fields.byte()?;
    let api_id = match bytes.len() {
        LEN => Some(i32::from_be_bytes(fields.array()?)),
        _ => None,
    };
    let test = flag(fields)?;
    let key = fields.key()?;
    let user_id = match bytes.len() {
        LEN_OLD => u32::from_be_bytes(fields.array()?).into(),
        _ => i64::from_be_bytes(fields.array()?),
    };
    let bot = flag(fields)?;
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
    let test = session.test_for(FORMAT)?;
    out.push(dc);
    out.extend(api_id.to_be_bytes());
    out.push(test.into());
    out.extend(session.key.expose());
    out.extend(account.user_id.to_be_bytes());
    out.push(account.bot.into());
    Ok(())
}

fn flag(fields: &mut Fields<'_>) -> Result<bool, StringError> {
    match fields.byte()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(fields.malformed("one of its yes-or-no fields is neither")),
    }
}
