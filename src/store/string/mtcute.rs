//! mtcute: in Base64 without padding a version, and then in the manner of TL flags, the data centre
//! (for files perhaps another address), who it is, and the key.
//!
//! See <https://core.telegram.org/mtproto/serialize> for how strings are laid out.
use std::net::{IpAddr, SocketAddr};

use super::error::StringError;
use super::fields::Fields;
use super::format::StringFormat;
use super::session::StringSession;
use crate::store::Account;

const FORMAT: StringFormat = StringFormat::Mtcute;

/// The version of the whole.
pub(super) const VERSION: u8 = 3;
/// The version of an address.
const ADDRESS_VERSION: u8 = 2;

const HAS_ACCOUNT: u32 = 1;
/// How older versions said it; newer ones say it with the address.
const TEST: u32 = 1 << 1;
const HAS_MEDIA: u32 = 1 << 2;

const ADDRESS_IPV6: u8 = 1;
const ADDRESS_TEST: u8 = 1 << 2;

const TRUE: u32 = 0x9972_75b5;
const FALSE: u32 = 0xbc79_9737;

pub(super) fn read(bytes: &[u8]) -> Result<StringSession, StringError> {
    let fields = &mut Fields::new(bytes, FORMAT);
    let version = fields.byte()?;
    if version != VERSION {
        return Err(StringError::Version {
            format: FORMAT,
            version,
        });
    }
    let flags = fields.word()?;
    let (dc, address, test) = read_address(fields.bytes()?)?;
    if flags & HAS_MEDIA != 0 {
        fields.bytes()?; // The server tells it again.
    }
    let account = match flags & HAS_ACCOUNT {
        0 => None,
        _ => Some(Account {
            user_id: i64::from_le_bytes(fields.array()?),
            bot: match fields.word()? {
                TRUE => true,
                FALSE => false,
                _ => return Err(malformed("whether it is a bot is not said")),
            },
        }),
    };
    let key = fields.bytes()?;
    let key = key
        .try_into()
        .map_err(|_| malformed("its key has not 256 bytes"))?;
    if !fields.rest().is_empty() {
        return Err(malformed("something follows its key"));
    }
    let mut session = StringSession::new(dc, key);
    session.address = address;
    session.test = Some(test || flags & TEST != 0);
    session.account = account.filter(|account| account.user_id != 0);
    Ok(session)
}

/// Reads a data centre, where it is, and whether it is a test server.
pub(in crate::store) fn read_address(
    bytes: &[u8],
) -> Result<(u8, Option<SocketAddr>, bool), StringError> {
    let fields = &mut Fields::new(bytes, FORMAT);
    let [version, dc, flags] = fields.array()?;
    if version == 0 || version > ADDRESS_VERSION {
        return Err(malformed(
            "its data centre is of a version that is not known",
        ));
    }
    let host = std::str::from_utf8(fields.bytes()?);
    let host = host.map_err(|_| malformed("its address is not text"))?;
    let port = u16::try_from(fields.word()?).map_err(|_| malformed("its port is none"))?;
    let ip: Option<IpAddr> = host.parse().ok();
    let test = version == 2 && flags & ADDRESS_TEST != 0;
    Ok((dc, ip.map(|ip| SocketAddr::new(ip, port)), test))
}

pub(super) fn write(session: &StringSession, dc: u8, out: &mut Vec<u8>) -> Result<(), StringError> {
    let address = session.address_for(FORMAT)?;
    let test = session.test_for(FORMAT)?;
    out.push(VERSION);
    let flags = if session.account.is_some() {
        HAS_ACCOUNT
    } else {
        0
    };
    out.extend(flags.to_le_bytes());
    put_bytes(out, &address_bytes(dc, address, test));
    if let Some(account) = session.account {
        out.extend(account.user_id.to_le_bytes());
        out.extend(if account.bot { TRUE } else { FALSE }.to_le_bytes());
    }
    put_bytes(out, session.key.expose());
    Ok(())
}

/// Writes a data centre, where it is, and whether it is a test server.
pub(in crate::store) fn address_bytes(dc: u8, address: SocketAddr, test: bool) -> Vec<u8> {
    let ipv6 = if address.is_ipv6() { ADDRESS_IPV6 } else { 0 };
    let test = if test { ADDRESS_TEST } else { 0 };
    let mut place = vec![ADDRESS_VERSION, dc, ipv6 | test];
    put_bytes(&mut place, address.ip().to_string().as_bytes());
    place.extend(u32::from(address.port()).to_le_bytes());
    place
}

fn malformed(detail: &'static str) -> StringError {
    StringError::Malformed {
        format: FORMAT,
        detail,
    }
}

/// Writes length, bytes and padding. Nothing here is of 16 MiB.
fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = bytes.len();
    let header = match u8::try_from(length) {
        Ok(length @ 0..254) => {
            out.push(length);
            1
        }
        _ => {
            let [a, b, c, ..] = (length as u32).to_le_bytes();
            out.extend([254, a, b, c]);
            4
        }
    };
    out.extend(bytes);
    out.resize(out.len() + (header + length).wrapping_neg() % 4, 0);
}
