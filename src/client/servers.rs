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

/// Addresses in the order to try, each once. With a preferred family, it and the other one
/// take turns: a host that has only the other reaches it after a single failure, whatever the
/// session has stored.
///
/// See <https://www.rfc-editor.org/rfc/rfc8305#section-4>.
pub(crate) fn in_turn(
    addresses: impl Iterator<Item = SocketAddr>,
    ipv6_first: Option<bool>,
) -> Vec<SocketAddr> {
    let mut once: Vec<SocketAddr> = Vec::new();
    for address in addresses {
        if !once.contains(&address) {
            once.push(address);
        }
    }
    let Some(ipv6_first) = ipv6_first else {
        return once;
    };
    let (first, other): (Vec<_>, Vec<_>) = once
        .into_iter()
        .partition(|address| address.is_ipv6() == ipv6_first);
    let (mut first, mut other) = (first.into_iter(), other.into_iter());
    let mut turns = Vec::new();
    loop {
        let before = turns.len();
        turns.extend(first.next());
        turns.extend(other.next());
        if turns.len() == before {
            return turns;
        }
    }
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
    fn both_families_take_turns() {
        let address = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let [a, b, c] = ["1.0.0.1:443", "1.0.0.2:443", "1.0.0.3:443"].map(address);
        let [x, y] = ["[2001::1]:443", "[2001::2]:443"].map(address);
        let order = |all: &[SocketAddr], first| in_turn(all.iter().copied(), first);
        assert_eq!(order(&[a, b, a, c, x, y], Some(false)), [a, x, b, y, c]);
        assert_eq!(order(&[a, b, c, x, y], Some(true)), [x, a, y, b, c]);
        // A session that stores an address of one family, on a host that has only the other.
        assert_eq!(order(&[b, a, b, x], Some(false)), [b, x, a]);
        assert_eq!(order(&[x, a, x], Some(false)), [a, x]);
        // Those that a program gives stay as they are.
        assert_eq!(order(&[x, a, b, x, y], None), [x, a, b, y]);
        assert_eq!(order(&[], Some(true)), []);
    }

    #[test]
    fn every_centre_has_an_address_of_each_family() {
        for test in [false, true] {
            let all = addresses(test);
            for (dc, address) in &all {
                let other =
                    |(d, a): &&(DcId, SocketAddr)| d == dc && a.is_ipv6() != address.is_ipv6();
                assert!(all.iter().any(|known| other(&known)), "{dc} {address}");
            }
        }
    }

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
