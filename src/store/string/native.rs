//! The form of this library: `fgs`, its version and `_`, and then in Base64 without padding what is
//! there, the number of the data centre, where it is, who it is, the number of the application, the
//! key, zeros up to a whole group, and a checksum of all that and of what stands before it.
use std::net::{IpAddr, SocketAddr};

use super::error::StringError;
use super::fields::Fields;
use super::format::StringFormat;
use super::session::StringSession;
use crate::store::Account;

const FORMAT: StringFormat = StringFormat::Native;

/// What stands before the version.
const NAME: &str = "fgs";
/// The version of the whole.
const VERSION: u8 = 1;
/// What every text of this version begins with. Its length makes the whole one more than a multiple
/// of four, which is the length of no Base64: one that was damaged here is of no other form.
pub(super) const START: &str = "fgs1_";

const HAS_ADDRESS: u8 = 1;
const IPV6: u8 = 1 << 1;
const SAYS_TEST: u8 = 1 << 2;
const TEST: u8 = 1 << 3;
const HAS_ACCOUNT: u8 = 1 << 4;
const BOT: u8 = 1 << 5;
const HAS_API_ID: u8 = 1 << 6;
const UNKNOWN: u8 = 1 << 7;

/// Each flag that says nothing without another one.
const NEEDS: [(u8, u8); 3] = [(IPV6, HAS_ADDRESS), (TEST, SAYS_TEST), (BOT, HAS_ACCOUNT)];

const DAMAGED: &str = "one of its characters is wrong, or some are missing";

/// The Base64 of a text in this form; `None` for a text in another one.
pub(super) fn code(text: &str) -> Option<Result<&str, StringError>> {
    let (version, code) = text.strip_prefix(NAME)?.split_once('_')?;
    if !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(match version.parse() {
        Ok(VERSION) if version.len() == 1 => Ok(code),
        Ok(version) if version > VERSION => Err(StringError::Version {
            format: FORMAT,
            version,
        }),
        _ => Err(damaged()),
    })
}

pub(super) fn damaged() -> StringError {
    StringError::Malformed {
        format: FORMAT,
        detail: DAMAGED,
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<StringSession, StringError> {
    let (bytes, sum) = bytes.split_last_chunk().ok_or_else(damaged)?;
    if u32::from_le_bytes(*sum) != checksum(bytes) {
        return Err(damaged());
    }
    let fields = &mut Fields::new(bytes, FORMAT);
    let flags = fields.byte()?;
    let has = |flag| flags & flag != 0;
    if has(UNKNOWN) || NEEDS.iter().any(|(flag, other)| has(*flag) && !has(*other)) {
        return Err(fields.malformed("it says something that is not known"));
    }
    let dc = fields.byte()?;
    let address = match has(HAS_ADDRESS) {
        true => Some(read_address(fields, has(IPV6))?),
        false => None,
    };
    let account = match has(HAS_ACCOUNT) {
        true => Some(Account {
            user_id: i64::from_le_bytes(fields.array()?),
            bot: has(BOT),
        }),
        false => None,
    };
    let api_id = match has(HAS_API_ID) {
        true => Some(i32::from_le_bytes(fields.array()?)),
        false => None,
    };
    let mut session = StringSession::new(dc, fields.key()?);
    let rest = fields.rest();
    if rest.len() > 2 || rest.iter().any(|byte| *byte != 0) {
        return Err(fields.malformed("something follows its key"));
    }
    session.address = address;
    session.account = account;
    session.api_id = api_id;
    session.test = has(SAYS_TEST).then_some(has(TEST));
    Ok(session)
}

fn read_address(fields: &mut Fields<'_>, ipv6: bool) -> Result<SocketAddr, StringError> {
    let ip = match ipv6 {
        true => IpAddr::from(fields.array::<16>()?),
        false => IpAddr::from(fields.array::<4>()?),
    };
    Ok(SocketAddr::new(ip, u16::from_le_bytes(fields.array()?)))
}

pub(super) fn write(session: &StringSession, dc: u8, out: &mut Vec<u8>) -> Result<(), StringError> {
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let address = session.address;
    let account = session.account;
    out.push(
        flag(address.is_some(), HAS_ADDRESS)
            | flag(address.is_some_and(|it| it.is_ipv6()), IPV6)
            | flag(session.test.is_some(), SAYS_TEST)
            | flag(session.test == Some(true), TEST)
            | flag(account.is_some(), HAS_ACCOUNT)
            | flag(account.is_some_and(|it| it.bot), BOT)
            | flag(session.api_id.is_some(), HAS_API_ID),
    );
    out.push(dc);
    if let Some(address) = address {
        match address.ip() {
            IpAddr::V4(ip) => out.extend(ip.octets()),
            IpAddr::V6(ip) => out.extend(ip.octets()),
        }
        out.extend(address.port().to_le_bytes());
    }
    out.extend(account.iter().flat_map(|it| it.user_id.to_le_bytes()));
    out.extend(session.api_id.iter().flat_map(|it| it.to_le_bytes()));
    out.extend(session.key.expose());
    let length = out.len() + 4;
    out.resize(length.next_multiple_of(3) - 4, 0);
    out.extend(checksum(out).to_le_bytes());
    Ok(())
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(START.as_bytes());
    sum.update(bytes);
    sum.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::dice::Dice;

    /// Whatever has the right checksum is a login that is written again as it was, or an error.
    #[test]
    fn no_bytes_are_a_panic_and_there_is_one_way_to_write_a_login() {
        let mut dice = Dice(5);
        let (mut read_all, mut refused) = (0, 0);
        for _ in 0..20_000 {
            let len = 240 + dice.below(70) as usize;
            let mut bytes: Vec<u8> = (0..len).map(|_| dice.below(256) as u8).collect();
            // Most of random flags say something that is not known.
            bytes[0] &= [0x7f, 0x55, 0x15, 0x01][dice.below(4) as usize];
            let zeros = dice.below(3) as usize;
            bytes[len - zeros..].fill(0);
            bytes.extend(checksum(&bytes).to_le_bytes());
            let Ok(session) = read(&bytes) else {
                refused += 1;
                continue;
            };
            read_all += 1;
            let mut again = Vec::new();
            let dc = u8::try_from(session.dc.0).unwrap();
            write(&session, dc, &mut again).unwrap();
            let key_end = again.len() - 4;
            let same = key_end.min(bytes.len() - 4) - 2;
            assert_eq!(bytes[..same], again[..same]);
        }
        assert!(
            read_all > 50 && refused > 50,
            "{read_all} read, {refused} refused"
        );
    }
}
