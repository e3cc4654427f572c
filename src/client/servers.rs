//! Where Telegram's data centres are, before the server tells.
use std::net::{IpAddr, SocketAddr};

use crate::dc::DcId;
use crate::store::DcAddress;
use crate::tl;

/// The port that every data centre listens on. 80 and 5222 work too.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports>.
const PORT: u16 = 443;

/// The data centre that a new account tries first: any would do, the server names the right one.
pub(crate) const FIRST: DcId = DcId(2);

/// The addresses that applications carry with them.
///
/// See <https://core.telegram.org/api/datacenter>.
pub(crate) fn addresses(test: bool) -> Vec<(DcId, SocketAddr)> {
    let (v4, v6) = match test {
        true => (TEST_V4, TEST_V6),
        false => (PRODUCTION_V4, PRODUCTION_V6),
    };
    let v4 = v4.iter().map(|(dc, ip)| (*dc, IpAddr::from(*ip)));
    let v6 = v6.iter().map(|(dc, ip)| (*dc, IpAddr::from(*ip)));
    v4.chain(v6)
        .map(|(dc, ip)| (DcId(dc), SocketAddr::new(ip, PORT)))
        .collect()
}

type V4 = (i32, [u8; 4]);
type V6 = (i32, [u16; 8]);

/// An address as the server tells it. `None` when it is no address.
///
/// See <https://core.telegram.org/constructor/dcOption>.
pub(crate) fn told(option: &tl::enums::DcOption) -> Option<DcAddress> {
    let tl::enums::DcOption::Option(option) = option;
    let ip: IpAddr = option.ip_address.parse().ok()?;
    Some(DcAddress {
        dc: DcId(option.id),
        address: SocketAddr::new(ip, u16::try_from(option.port).ok()?),
        media_only: option.media_only,
        cdn: option.cdn,
        this_port_only: option.this_port_only,
        static_: option.r#static,
        tcpo_only: option.tcpo_only,
        secret: option.secret.clone(),
    })
}

const PRODUCTION_V4: &[V4] = &[
    (1, [149, 154, 175, 50]),
    (2, [149, 154, 167, 51]),
    (2, [95, 161, 76, 100]),
    (3, [149, 154, 175, 100]),
    (4, [149, 154, 167, 91]),
    (5, [149, 154, 171, 5]),
];

const PRODUCTION_V6: &[V6] = &[
    (1, [0x2001, 0xb28, 0xf23d, 0xf001, 0, 0, 0, 0xa]),
    (2, [0x2001, 0x67c, 0x4e8, 0xf002, 0, 0, 0, 0xa]),
    (3, [0x2001, 0xb28, 0xf23d, 0xf003, 0, 0, 0, 0xa]),
    (4, [0x2001, 0x67c, 0x4e8, 0xf004, 0, 0, 0, 0xa]),
    (5, [0x2001, 0xb28, 0xf23f, 0xf005, 0, 0, 0, 0xa]),
];

const TEST_V4: &[V4] = &[
    (1, [149, 154, 175, 10]),
    (2, [149, 154, 167, 40]),
    (3, [149, 154, 175, 117]),
];

const TEST_V6: &[V6] = &[
    (1, [0x2001, 0xb28, 0xf23d, 0xf001, 0, 0, 0, 0xe]),
    (2, [0x2001, 0x67c, 0x4e8, 0xf002, 0, 0, 0, 0xe]),
    (3, [0x2001, 0xb28, 0xf23d, 0xf003, 0, 0, 0, 0xe]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_know_their_centres() {
        let dcs = |test| {
            let mut dcs: Vec<i32> = addresses(test).iter().map(|(dc, _)| dc.0).collect();
            dcs.sort_unstable();
            dcs.dedup();
            dcs
        };
        assert_eq!(dcs(false), [1, 2, 3, 4, 5]);
        assert_eq!(dcs(true), [1, 2, 3]);
        let production: Vec<String> = addresses(false)
            .iter()
            .map(|(_, a)| a.to_string())
            .collect();
        assert!(production.contains(&"149.154.167.51:443".to_owned()));
        assert!(production.contains(&"[2001:67c:4e8:f002::a]:443".to_owned()));
        assert!(
            addresses(true)
                .iter()
                .all(|a| !addresses(false).contains(a))
        );
    }
}
