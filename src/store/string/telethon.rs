//! Telethon: a digit for the version, and in Base64 the number of the data centre, its address, its
//! port and the key.
use std::net::{IpAddr, SocketAddr};

use super::error::StringError;
use super::format::StringFormat;
use super::session::StringSession;

const FORMAT: StringFormat = StringFormat::Telethon;

/// With an address of IPv4.
pub(super) const LEN_V4: usize = 1 + 4 + 2 + 256;
/// With an address of IPv6.
pub(super) const LEN_V6: usize = 1 + 16 + 2 + 256;

pub(super) fn read(bytes: &[u8]) -> Result<StringSession, StringError> {
    let wrong = |detail| StringError::Malformed {
        format: FORMAT,
        detail,
    };
    let (dc, rest) = bytes.split_first().ok_or(wrong("it is empty"))?;
    let (rest, key) = rest
        .split_last_chunk::<256>()
        .ok_or(wrong("it is too short"))?;
    let (address, port) = rest
        .split_last_chunk::<2>()
        .ok_or(wrong("it is too short"))?;
    let ip = if let Ok(v4) = <[u8; 4]>::try_from(address) {
        IpAddr::from(v4)
    } else if let Ok(v6) = <[u8; 16]>::try_from(address) {
        IpAddr::from(v6)
    } else {
        return Err(wrong("its address is neither of IPv4 nor of IPv6"));
    };
    let mut session = StringSession::new(*dc, key);
    session.address = Some(SocketAddr::new(ip, u16::from_be_bytes(*port)));
    Ok(session)
}

pub(super) fn write(session: &StringSession, dc: u8, out: &mut Vec<u8>) -> Result<(), StringError> {
    let address = session.address.ok_or(StringError::Missing {
        format: FORMAT,
        field: "the address of the data centre",
    })?;
    out.push(dc);
    match address.ip() {
        IpAddr::V4(ip) => out.extend(ip.octets()),
        IpAddr::V6(ip) => out.extend(ip.octets()),
    }
    out.extend(address.port().to_be_bytes());
    out.extend(session.key.expose());
    Ok(())
}
