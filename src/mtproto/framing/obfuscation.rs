//! Obfuscation: a cipher over the whole connection, whose keys stand in its first 64 bytes.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
use zeroize::Zeroizing;

use super::error::FramingError;
use crate::crypto::{Ctr, sha256};
use crate::entropy::Entropy;
use crate::mtproto::Tag;

/// The length of the first message of a connection.
pub(super) const HEADER: usize = 64;

/// Where the framing's tag stands, and the number of the data centre after it.
const TAG: usize = 56;
const DC: usize = 60;

/// Random headers that must not be used, because they look like something else: the first bytes of
/// the framings, HTTP verbs, TLS (whatever the length of its first record).
const RESERVED: [&[u8]; 8] = [
    &[0xef],
    &[0xee; 4],
    &[0xdd; 4],
    b"HEAD",
    b"POST",
    b"GET ",
    b"OPTI",
    &[0x16, 0x03, 0x01],
];

/// How often a header is drawn anew. Each draw is refused with a chance of less than one in 250.
const DRAWS_MAX: usize = 64;

/// The ciphers of both directions. They run on for the whole connection.
pub(super) struct Obfuscation {
    pub(super) outgoing: Ctr,
    pub(super) incoming: Ctr,
}

impl Obfuscation {
    /// The client's side: the header to send first, and the ciphers for what follows.
    pub(super) fn start(tag: Tag, dc: i16, entropy: &mut dyn Entropy) -> ([u8; HEADER], Self) {
        let mut init = [0; HEADER];
        for _ in 0..DRAWS_MAX {
            entropy.fill(&mut init);
            if is_allowed(&init) {
                init[DC..DC + 2].copy_from_slice(&dc.to_le_bytes());
                return Self::client(init, tag, None);
            }
        }
        panic!("the source of chance gave {DRAWS_MAX} reserved headers in a row");
    }

    /// The client's side of a header whose random bytes are given.
    fn client(mut init: [u8; HEADER], tag: Tag, secret: Option<&[u8; 16]>) -> ([u8; HEADER], Self) {
        init[TAG..DC].copy_from_slice(&tag_bytes(tag));
        let (forward, backward) = ciphers(&init, secret);
        let mut obfuscation = Self {
            outgoing: forward,
            incoming: backward,
        };
        let mut encrypted = init;
        obfuscation.outgoing.apply(&mut encrypted);
        init[TAG..].copy_from_slice(&encrypted[TAG..]);
        (init, obfuscation)
    }

    /// The server's side: what the client's header says.
    pub(super) fn accept(
        header: &[u8; HEADER],
        secret: Option<&[u8; 16]>,
    ) -> Result<(Tag, i16, Self), FramingError> {
        let (forward, backward) = ciphers(header, secret);
        let mut obfuscation = Self {
            outgoing: backward,
            incoming: forward,
        };
        let mut plain = *header;
        obfuscation.incoming.apply(&mut plain);
        let tag = [Tag::Abridged, Tag::Intermediate, Tag::PaddedIntermediate]
            .into_iter()
            .find(|tag| plain[TAG..DC] == tag_bytes(*tag))
            .ok_or(FramingError::Tag)?;
        let dc = i16::from_le_bytes([plain[DC], plain[DC + 1]]);
        Ok((tag, dc, obfuscation))
    }
}

/// Whether a server can tell a random header from all other ways to begin a connection. In full
/// framing the second word is the sequence number zero.
fn is_allowed(init: &[u8; HEADER]) -> bool {
    !RESERVED.iter().any(|r| init.starts_with(r)) && init[4..8] != [0; 4]
}

fn tag_bytes(tag: Tag) -> [u8; 4] {
    match tag {
        Tag::Abridged => [0xef; 4],
        Tag::Intermediate => [0xee; 4],
        Tag::PaddedIntermediate => [0xdd; 4],
    }
}

/// The ciphers from the client to the server and back: the keys of the second are those of the
/// first with the header's bytes reversed.
fn ciphers(header: &[u8; HEADER], secret: Option<&[u8; 16]>) -> (Ctr, Ctr) {
    let mut reversed = *header;
    reversed.reverse();
    (cipher(header, secret), cipher(&reversed, secret))
}

fn cipher(header: &[u8; HEADER], secret: Option<&[u8; 16]>) -> Ctr {
    let (key, iv) = key(header, secret);
    Ctr::new(&key, &iv)
}

fn key(header: &[u8; HEADER], secret: Option<&[u8; 16]>) -> (Zeroizing<[u8; 32]>, [u8; 16]) {
    let mut key = Zeroizing::new([0; 32]);
    let mut iv = [0; 16];
    key.copy_from_slice(&header[8..40]);
    iv.copy_from_slice(&header[40..56]);
    if let Some(secret) = secret {
        *key = sha256(&[&key[..], secret]);
    }
    (key, iv)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::{Scripted, Seeded, hex};

    /// A header whose bytes are published in the test vectors of several clients.
    const INIT: &str = "29afd26df40fb8ed10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8\
                        a990c9b8b980c343936b33fa7f97bae025102532233abb26eeeeeeeeef99021b";

    fn init() -> [u8; HEADER] {
        hex(INIT).try_into().unwrap()
    }

    #[test]
    fn published_header() {
        let (wire, mut obfuscation) = Obfuscation::client(init(), Tag::Intermediate, None);
        assert_eq!(wire[..56], init()[..56]);
        assert_eq!(wire[56..], hex("d4a1fe6d34f1ba08"));
        let frame = hex("04000000 6cfeffff");
        for sent in ["a1020630a410e940", "f53ff53f371db495"] {
            let mut bytes = frame.clone();
            obfuscation.outgoing.apply(&mut bytes);
            assert_eq!(bytes, hex(sent));
        }
        for received in ["e8027df708ab3b5c", "1854be76d2df4949"] {
            let mut bytes = hex(received);
            obfuscation.incoming.apply(&mut bytes);
            assert_eq!(bytes, frame);
        }
    }

    #[test]
    fn published_keys() {
        let (forward, iv) = key(&init(), None);
        assert_eq!(
            forward[..],
            hex("10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8a990c9b8b980c343")
        );
        assert_eq!(iv[..], hex("936b33fa7f97bae025102532233abb26"));
        let mut reversed = init();
        reversed.reverse();
        let (backward, iv) = key(&reversed, None);
        assert_eq!(
            backward[..],
            hex("26bb3a2332251025e0ba977ffa336b9343c380b9b8c990a9a8c65d63ba44056e")
        );
        assert_eq!(iv[..], hex("db6aeee6883f45f95def566dadb4b610"));
    }

    #[test]
    fn published_keys_with_a_secret() {
        let mut init = init();
        init[DC..DC + 2].copy_from_slice(&10001_i16.to_le_bytes());
        let secret: [u8; 16] = hex("00112233445566778899aabbccddeeff").try_into().unwrap();
        assert_eq!(
            key(&init, Some(&secret)).0[..],
            hex("dd03188944590983e28dad14d97d0952389d118af4ffcbdb28d56a6a612ef7a6")
        );
        init.reverse();
        assert_eq!(
            key(&init, Some(&secret)).0[..],
            hex("413b8e08021fbb08a2962b6d7187194fe46565c6b329d3bbdfcffd4870c16119")
        );
    }

    #[test]
    fn published_ends_of_the_header() {
        let secret = [0; 16];
        for (dc, secret, tail) in [
            (None, None, "fce8ab2203db2bff"),
            (Some(1_i16), Some(&secret), "ecec4cbda8bb188b"),
            (Some(10001), Some(&secret), "ecec4cbdb89c188b"),
            (Some(-1), Some(&secret), "ecec4cbd5644188b"),
        ] {
            let mut init = [0xff; HEADER];
            if let Some(dc) = dc {
                init[DC..DC + 2].copy_from_slice(&dc.to_le_bytes());
            }
            let (wire, _) = Obfuscation::client(init, Tag::Intermediate, secret);
            assert_eq!(wire[56..], hex(tail), "{dc:?}");
            let (tag, read, _) = Obfuscation::accept(&wire, secret).unwrap();
            assert_eq!((tag, read), (Tag::Intermediate, dc.unwrap_or(-1)));
        }
    }

    #[test]
    fn both_sides_understand_each_other() {
        let mut entropy = Seeded::new(4);
        for tag in [Tag::Abridged, Tag::Intermediate, Tag::PaddedIntermediate] {
            for dc in [2, -4, 10_002, -10_001] {
                let (header, mut client) = Obfuscation::start(tag, dc, &mut entropy);
                let (seen, seen_dc, mut server) = Obfuscation::accept(&header, None).unwrap();
                assert_eq!((seen, seen_dc), (tag, dc));
                for len in [1, 15, 16, 17, 300] {
                    let mut bytes = vec![9; len];
                    client.outgoing.apply(&mut bytes);
                    server.incoming.apply(&mut bytes);
                    server.outgoing.apply(&mut bytes);
                    client.incoming.apply(&mut bytes);
                    assert_eq!(bytes, vec![9; len]);
                }
            }
        }
    }

    #[test]
    fn another_secret_is_noticed() {
        let (header, _) = Obfuscation::client(init(), Tag::Abridged, Some(&[1; 16]));
        assert!(matches!(
            Obfuscation::accept(&header, Some(&[2; 16])),
            Err(FramingError::Tag)
        ));
    }

    #[test]
    fn reserved_beginnings_are_drawn_anew() {
        let mut script = Vec::new();
        for beginning in RESERVED {
            script.extend_from_slice(beginning);
            script.resize(script.len() + HEADER - beginning.len(), 2);
        }
        script.extend_from_slice(&[1, 2, 3, 4, 0, 0, 0, 0]);
        script.resize(script.len() + 56, 1);
        script.resize(script.len() + 64, 7);
        let mut entropy = Scripted::new(&script);
        let (header, _) = Obfuscation::start(Tag::Abridged, 2, &mut entropy);
        assert_eq!(header[..56], [7; 56]);
        assert!(entropy.is_used_up());
    }
}
