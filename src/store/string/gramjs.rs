//! GramJS: as Telethon's, but for the address, which is text with its length.
use std::net::SocketAddr;

use super::error::StringError;
use super::format::StringFormat;
use super::numbered::Numbered;
use super::session::StringSession;

const FORMAT: StringFormat = StringFormat::GramJs;

/// Longer than any name of a host that is written there. The first bytes of an address of IPv6, as
/// Telethon writes it, are a greater number.
const ADDRESS_MAX: usize = 100;

/// Whether the length of the address is that of the rest.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let length = bytes
        .get(1..3)
        .map(|b| usize::from(u16::from_be_bytes([b[0], b[1]])));
    length.is_some_and(|length| length <= ADDRESS_MAX && bytes.len() == 1 + 2 + length + 2 + 256)
}

pub(super) fn read(bytes: &[u8]) -> Result<StringSession, StringError> {
    let wrong = |detail| StringError::Malformed {
        format: FORMAT,
        detail,
    };
    let parts = Numbered::read(bytes, FORMAT)?;
    let host = parts.address.get(2..).ok_or(wrong("it is too short"))?;
    let host = std::str::from_utf8(host).map_err(|_| wrong("its address is not text"))?;
    let mut session = StringSession::new(parts.dc, parts.key);
    // A name, such as those of the web servers, is of no use here: the built-in addresses are.
    let ip = host.parse().ok();
    session.address = ip.map(|ip| SocketAddr::new(ip, parts.port));
    Ok(session)
}

pub(super) fn write(session: &StringSession, dc: u8, out: &mut Vec<u8>) -> Result<(), StringError> {
    let address = session.address_for(FORMAT)?;
    let host = address.ip().to_string();
    let length = u16::try_from(host.len()).expect("an address is short");
    let parts = Numbered {
        dc,
        address: &[&length.to_be_bytes()[..], host.as_bytes()].concat(),
        port: address.port(),
        key: session.key.expose(),
    };
    parts.write(out);
    Ok(())
}
