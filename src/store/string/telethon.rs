//! Telethon: a digit for the version, and in Base64 the number of the data centre, its address, its
//! port and the key.
use std::net::{IpAddr, SocketAddr};

use super::error::StringError;
use super::format::StringFormat;
use super::numbered::Numbered;
use super::session::StringSession;

const FORMAT: StringFormat = StringFormat::Telethon;

/// With an address of IPv4.
pub(super) const LEN_V4: usize = 1 + 4 + 2 + 256;
/// With an address of IPv6.
pub(super) const LEN_V6: usize = 1 + 16 + 2 + 256;

pub(super) fn read(bytes: &[u8]) -> Result<StringSession, StringError> {
    let parts = Numbered::read(bytes, FORMAT)?;
    let ip = if let Ok(v4) = <[u8; 4]>::try_from(parts.address) {
        IpAddr::from(v4)
    } else if let Ok(v6) = <[u8; 16]>::try_from(parts.address) {
        IpAddr::from(v6)
    } else {
        return Err(StringError::Malformed {
            format: FORMAT,
            detail: "its address is neither of IPv4 nor of IPv6",
        });
    };
    let mut session = StringSession::new(parts.dc, parts.key);
    session.address = Some(SocketAddr::new(ip, parts.port));
    Ok(session)
}

pub(super) fn write(session: &StringSession, dc: u8, out: &mut Vec<u8>) -> Result<(), StringError> {
    let address = session.address_for(FORMAT)?;
    let (v4, v6);
    let parts = Numbered {
        dc,
        address: match address.ip() {
            IpAddr::V4(ip) => {
                v4 = ip.octets();
                &v4
            }
            IpAddr::V6(ip) => {
                v6 = ip.octets();
                &v6
            }
        },
        port: address.port(),
        key: session.key.expose(),
    };
    parts.write(out);
    Ok(())
}
