//! The server's side of the key exchange, computed in its own way.
//!
//! See <https://core.telegram.org/mtproto/auth_key>.
use ferogram_sync::Entropy;
use ferogram_sync::crypto::{AuthKey, RsaPublicKey, ige_decrypt, ige_encrypt, sha1, sha256};
use num_bigint::BigUint;

use crate::dice::Dice;
use crate::wire::{self, Scan};

/// An RSA key that exists for these runs only: modulus and secret exponent.
const MODULUS: &str = "\
    c232cd6e25636838a76cc30becf54373ac4deab1a63ddf8eb27c82a4a228b63cb94880c95718232ac9d8610e\
    a9b793e316c1b7c16baea565e5cdf80dabc457cfeddbc8e3c4b174f8689ded83f6a63fe9194fe7ce8b0e3df8\
    9f75e02df0621b7784a016e2d08c32537a637bfb8c3ff3cbc83b358bbb597528d319574575e7a75cca37b653\
    fc4888ac460f673ed472a6c6dd3ac13d87dbefae2ca55da95c8ccd421c6fb910df79dda447e919ab64ddcedd\
    4af139088d94a65cb3abb32d06a0d58594eb28082820aebde79715ec93953d700d68aea45115278ac7071159\
    eb875cf393a5feb77310d1293531f1bee356332cdc237af2168178177d9d0f69722bae93";
const SECRET: &str = "\
    2536f51529870e3ee51ebb95fa77d9d03df1c48afcaf98bad0cb7981b12d9a16b2ef08f70c80aca4937faac1\
    d3964179e02f8956409b7c48b5ac2ddff8cdac824533bc20a1dddbeb8aa8d10e5be2ea16726a54a2c915169d\
    2179c657275cb5a4c6bea3041e30efa7fda938e630af44ba058a0b2dd6de42cc6affcd309b72a428973c5564\
    7b559d334082f248ba282547b1804b94c0667985e55d7a77576b5f0122ae2e3180a80375a0bcf773bf00cafd\
    3203796fb5fc2864240bc38e335fffcb7938932ce1020c030f13117d07461ac6065c97b805a4a35fcad22ec6\
    e18507d81f58900b8522d97a9031a9432dfcebbed380d2ab0a6b3839977d0774308da811";

/// The prime that servers use.
const PRIME: &str = "\
    c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d2\
    2530f4dbfa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc97465129693284\
    54f18faf8c595f642477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a69581\
    1051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d\
    169c6bc465b0d6ff9ca3928fef5b9ae4e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850c\
    e929851f0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";
/// The product of two primes, as servers send.
const PQ: &str = "17ed48941a08f981";
const G: u32 = 3;

/// What a server knows of one exchange.
pub(crate) struct Exchange {
    dice: Dice,
    nonce: Vec<u8>,
    server_nonce: Vec<u8>,
    new_nonce: Vec<u8>,
    temporary: bool,
    secret: BigUint,
}

/// What came of a query.
pub(crate) enum Turn {
    Say(Vec<u8>),
    /// There is a key: its first salt, and whether it is a temporary one.
    Made(Vec<u8>, AuthKey, i64, bool),
}

pub(crate) fn public_key() -> RsaPublicKey {
    RsaPublicKey::from_parts(&hex(MODULUS), &[1, 0, 1]).expect("it is a key")
}

fn hex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).expect("a digit") as u8;
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|p| digit(p[0]) << 4 | digit(p[1])).collect()
}

fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

fn whole(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let mut whole = vec![0; 256 - bytes.len()];
    whole.extend(bytes);
    whole
}

impl Exchange {
    pub(crate) fn new(mut dice: Dice) -> Self {
        let secret: [u8; 256] = (&mut dice as &mut dyn Entropy).array();
        let nonce: [u8; 16] = (&mut dice as &mut dyn Entropy).array();
        Self {
            nonce: Vec::new(),
            server_nonce: nonce.to_vec(),
            new_nonce: Vec::new(),
            temporary: false,
            secret: number(&secret),
            dice,
        }
    }

    /// Answers a query. `None`: it makes no sense. `fails`: the exchange comes to nothing.
    pub(crate) fn answer(&mut self, query: &[u8], seconds: i64, fails: bool) -> Option<Turn> {
        let mut scan = Scan(query);
        match scan.word()? {
            0xbe7e_8ef1 => {
                self.nonce = scan.raw(16)?.to_vec();
                let body = self.object(0x0516_2463).bytes(&hex(PQ)).int(0x1cb5_c415);
                let body = body.int(1).long(public_key().fingerprint()).0;
                Some(Turn::Say(body))
            }
            0xd712_e4be => {
                self.own(&mut scan)?;
                scan.bytes()?;
                scan.bytes()?;
                scan.long()?;
                let inner = unpad(scan.bytes()?)?;
                self.learn(&mut Scan(&inner))?;
                if fails && self.dice.chance(300) {
                    let hash = &sha1(&[&self.new_nonce])[4..];
                    return Some(Turn::Say(self.object(0x79cb_045d).raw(hash).0));
                }
                Some(Turn::Say(self.parameters(seconds)))
            }
            0xf504_5f1f => {
                self.own(&mut scan)?;
                let public = self.their_half(scan.bytes()?)?;
                Some(self.finish(&public, fails))
            }
            _ => None,
        }
    }

    fn object(&self, id: u32) -> wire::Object {
        wire::object(id).raw(&self.nonce).raw(&self.server_nonce)
    }

    /// Both nonces have to be those of this exchange.
    fn own(&self, scan: &mut Scan<'_>) -> Option<()> {
        let same = scan.raw(16)? == self.nonce && scan.raw(16)? == self.server_nonce;
        same.then_some(())
    }

    /// `p_q_inner_data_dc` or `p_q_inner_data_temp_dc`.
    fn learn(&mut self, scan: &mut Scan<'_>) -> Option<()> {
        self.temporary = match scan.word()? {
            0xa9f5_5f95 => false,
            0x56fd_df88 => true,
            _ => return None,
        };
        for _ in 0..3 {
            scan.bytes()?;
        }
        self.own(scan)?;
        self.new_nonce = scan.raw(32)?.to_vec();
        Some(())
    }

    fn parameters(&mut self, seconds: i64) -> Vec<u8> {
        let ours = BigUint::from(G).modpow(&self.secret, &number(&hex(PRIME)));
        let inner = self.object(0xb589_0dba).int(G as i32).bytes(&hex(PRIME));
        let inner = inner.bytes(&whole(&ours)).int(seconds as i32).0;
        let mut data = sha1(&[&inner]).to_vec();
        data.extend(inner);
        while !data.len().is_multiple_of(16) {
            data.push(self.dice.number() as u8);
        }
        let (key, iv) = self.keys();
        ige_encrypt(&key, &iv, &mut data);
        self.object(0xd0e8_075c).bytes(&data).0
    }

    fn their_half(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (mut data, (key, iv)) = (sealed.to_vec(), self.keys());
        ige_decrypt(&key, &iv, &mut data);
        let mut scan = Scan(data.get(20..)?);
        let known = scan.word()? == 0x6643_b654;
        self.own(&mut scan)?;
        scan.long()?;
        let public = scan.bytes()?.to_vec();
        known.then_some(public)
    }

    fn finish(&mut self, public: &[u8], fails: bool) -> Turn {
        let key = number(public).modpow(&self.secret, &number(&hex(PRIME)));
        let key: [u8; 256] = whole(&key).try_into().expect("it has 256 bytes");
        let (id, n) = match fails {
            false => (0x3bcb_f734, 1),
            true if self.dice.chance(500) => (0x46dc_1fb9, 2),
            true => (0xa69d_ae02, 3),
        };
        let aux = &sha1(&[&key])[..8];
        let hash = &sha1(&[&self.new_nonce, &[n], aux])[4..];
        let body = self.object(id).raw(hash).0;
        if fails {
            return Turn::Say(body);
        }
        let half = |bytes: &[u8]| Scan(bytes).long().expect("it has eight bytes");
        let salt = half(&self.new_nonce) ^ half(&self.server_nonce);
        Turn::Made(body, AuthKey::new(key), salt, self.temporary)
    }

    fn keys(&self) -> ([u8; 32], [u8; 32]) {
        let (new, server) = (&self.new_nonce[..], &self.server_nonce[..]);
        let mut stream = sha1(&[new, server]).to_vec();
        stream.extend(sha1(&[server, new]));
        stream.extend(sha1(&[new, new]));
        stream.extend(&new[..4]);
        let (key, iv) = stream.split_at(32);
        let whole = |half: &[u8]| half.try_into().expect("it has 32 bytes");
        (whole(key), whole(iv))
    }
}

/// Undoes RSA and the padding that the client put around its data.
fn unpad(sealed: &[u8]) -> Option<Vec<u8>> {
    let bytes = whole(&number(sealed).modpow(&number(&hex(SECRET)), &number(&hex(MODULUS))));
    let (masked, sealed) = bytes.split_at(32);
    let mut key = sha256(&[sealed]);
    for (byte, mask) in key.iter_mut().zip(masked) {
        *byte ^= mask;
    }
    let mut data = sealed.to_vec();
    ige_decrypt(&key, &[0; 32], &mut data);
    let hash = data.split_off(192);
    data.reverse();
    (hash == sha256(&[&key, &data])).then_some(data)
}
