//! The exchange that Telegram publishes, replayed byte by byte.
//!
//! See <https://core.telegram.org/mtproto/samples-auth_key>.
use std::time::{Duration, Instant};

use super::handshake::Handshake;
use super::step::{HandshakeConfig, Step};
use super::wire::{Nonces, PqInner};
use crate::crypto::RsaPublicKey;
use crate::mtproto::put_plain;
use crate::mtproto::testing::{Scripted, hex};
use crate::now::Now;
use crate::tl::{Reader, put_bytes};

const NONCE: &str = "406709f612fadfbec3f0289d0aa67eef";
const SERVER_NONCE: &str = "e11dbc3bc97d91a26154f932af019943";
const PQ: &str = "256595edb7766797";
const P: &str = "5a300d4b";
const Q: &str = "6a26db65";
const FINGERPRINTS: &str = "a5b7f709355fc30b216be86c022bb4c385fd64de851d9dd0";
const NEW_NONCE: &str = "a8bbc849512dac6c67b6efd9157d6ca7377a1776307d84265c6be9bdcf802ac1";
const INNER: &str = "\
    955ff5a908256595edb7766797000000045a300d4b000000046a26db65000000406709f612fadfbec3f0289d\
    0aa67eefe11dbc3bc97d91a26154f932af019943a8bbc849512dac6c67b6efd9157d6ca7377a1776307d8426\
    5c6be9bdcf802ac102000000";
const RSA_PADDING: &str = "\
    d944bb8347c876177fe03c2562bf4e87258ef147a7815d8853aa4b1065a5a385d0da7e0b6100faf55728d04d\
    fc84e7e0d20006e07e1cb036730f5b3209cf85b2365b39de2cbc56f40b725ad347835e5d1973567ece8a02cf\
    343d54f7";
const ENCRYPTED_ANSWER: &str = "\
    6ad7dd5d8b2526c761abe50e93c82a6f331b1eae0ad011893da976e3771d4aa45209d234fea65642985386b8\
    17bf8980f517f6d32dbeb47e34534556f950ddf960db721a48480231619161112682c6046d5629c71cd1ec80\
    61dfcdd704703ec7a8aebdcbd159579fc8886d9fa51e009af49b5ab90c7628eb81c9788a2eb6ac0e757a7deb\
    e3d949f80a990bedb4d2dbae43f00328b82f4d8fc83a9b9cfeef467e1593bb4579ee32412f167a780cfa5176\
    50bd0eb51cbfb50e3afe978839466131fcd956711e63614f006a55ed35ed2b1f833c29f4fd7a84f0c8f1c10d\
    fc1a1aaf9a8a57108decf206e3968406f0fb25e922df154f497b51527e4834202fab477a137d0a99d1c34719\
    6fba10699f52ea56f01ef93829b310a5c97db95fd57e64417e526eb920d261157c6e38791bdd5389eeb744e0\
    75d952db33a8151207d0ab3c629e30a723a5205f8fa18398937ed2714a4e76a5f4512508a4be1b4d6ae46fd1\
    56c6f06347af5e07ce49279195133b07cce4bc6775d88f3611180d23c4c70946619ad759ab9f183a385ccf9b\
    f19315fadbe8a4fdc748af52df930345909c870de4b48901e9f90e56d74ca534d8e1fe3a35a92a18d676958e\
    b8fc3d82f9cee308df2a9e4ccd23ff89ea255b9eedbc3378148879666ffc2e19a431cbb57ae1a010ffe5cb39\
    abf131add9e90bf969a112c435509b78960e0b20031c822190841561e8390446227660bbaccf3d53574bfba3\
    3bf476e3bdc9eb680aa2a17fd6756f652725ed0313e5eb0fd6a9c8c949eefbe809a89311bf20f40055ca25fd\
    169dc13ee14b315092fde4184638d849682fd862";
const B: &str = "\
    1376a5a6bf7a9f874b47028f3d5cff0689fd52f58949bb0ee9bacdbe81dd1ced07101844eb6f2ae19e61120b\
    84799431f445785e33a18141399821479ae96786e0f4e9c5c6c9e46bf562c21c96b0f8f7438c8caba3dfcb3d\
    d3b886c2a37b95ed804315335c0ddffeb3a278243d89f964278bc734d1087d6d4b554c1f78397a414f440e38\
    ba9a4f1211b20ae835437762f81a45fdb035bb2220d939693084b39a3c7be2481309ab9ae378eab8bb3a15a6\
    9eba80bef683582e2218fa604e823eabd111553d31dbb46b9383a0d8eef615fff9cf266c970800aa28ac5e96\
    2d20351311a815ffa7562989ca6d6323bf2b5af40ef3f45021b7445664852d07b80172ce";
const CLIENT_PADDING: &str = "74876952857ba6aaa495a20d";
const ENCRYPTED: &str = "\
    14d185e575255986c29be3a0437d525ba22430cba0cd755225945ad3a1acefb536518514f5086892e6e3fa84\
    d1cbb644bc8f7bebcde74e31ba8a073f47623ebb6e7d94b3a676a4c1afd4689c52d05f73d21c33f64fe6aeab\
    d04273d9117cd064e467e1f8e6c887bcae4679e0399ad35db1302a80629618f8c8485248d89a4e3568b464ff\
    7b608cbe24b51eeb81b65d76224b62a1669eaa48a99c122e5e8a778e13dd441dc52175160088a498f186a2b9\
    9c736fe8c5c3e274d804c629564a0f15ddabc5b449356a7990900652a7432afb1499c7ce09246f6b29006425\
    df2926465b04f17c0077b6a336a50e46b675ad5607f05818f84eadec1f4847bf311027e742f8b1e183c01810\
    c4ce964f2a0f36e257849c144c9b0b93b4a7a9e57391db0ccb0d757a2b7a77257c8ff55553d66b6e1d45e9d8\
    ca88e5a47b16322ff2ed5f5abe099e7006b2d29c829d746b704130b1";
const AUTH_KEY: &str = "\
    aca2547baa3b4b3e6ad9129adee796042fc4acaaaba40dce7a1196640595829e2ba85c5e68e5d2b7b713b287\
    20ccd0e65da3b80cd8a9282bde895755b924f4cbbced119dee057d3066d7095c25771a53d9ad6ec3464ee0e7\
    fe1a4d9851f17b6cc7d6e636e0bdea7d66153cf37005835a528e65673c1f5adaa27465964ba89aa6fd045108\
    b25b1dc9ab2d979864858c9eacbfa4a399cdbf2154d2cc6743c5caa40683343d80a36c7f1289dc5ac5ee585d\
    ea1e1cd296444ea6cd8f6c3564b2d355b310a3c02608eea5ec36d38e941bf811489ab7a24c069e44ff54714c\
    b4a45eee2f310fddc0a1b08bd3dff8801e27c8508efd7ad51ef3c13ef1d9a02ee4601741";

/// Answers come with random bytes after the object.
const TRAILING: [u8; 64] = [0x5a; 64];

#[expect(clippy::disallowed_methods, reason = "a test may take any moment")]
fn now() -> Now {
    Now {
        instant: Instant::now(),
        unix: Duration::from_secs(1_707_425_100),
    }
}

fn object(id: u32) -> Vec<u8> {
    let mut out = id.to_le_bytes().to_vec();
    out.extend(hex(NONCE));
    out.extend(hex(SERVER_NONCE));
    out
}

fn send(step: Step) -> Vec<u8> {
    match step {
        Step::Send(query) => query,
        Step::Done(key) => panic!("the exchange ended too early: {key:?}"),
    }
}

#[test]
fn the_inner_data() {
    let nonces = Nonces::new(
        hex(NONCE).try_into().unwrap(),
        hex(SERVER_NONCE).try_into().unwrap(),
    );
    let inner = PqInner {
        pq: &hex(PQ),
        p: &hex(P),
        q: &hex(Q),
        nonces: &nonces,
        new_nonce: &hex(NEW_NONCE).try_into().unwrap(),
        dc: 2,
        expires_in: None,
    };
    assert_eq!(*inner.write(), hex(INNER));
}

#[test]
fn the_whole_exchange() {
    // The order in which the exchange draws. The key of the first encryption is not published; the
    // one here keeps the number below the modulus.
    let script = [
        NONCE,
        B,
        NEW_NONCE,
        RSA_PADDING,
        &"01".repeat(32),
        CLIENT_PADDING,
    ];
    let mut entropy = Scripted::new(&hex(&script.concat()));
    let config = HandshakeConfig {
        keys: [RsaPublicKey::production()].into(),
        dc: 2,
        expires_in: None,
    };
    let (mut handshake, query) = Handshake::start(config, &mut entropy);
    let mut packet = Vec::new();
    put_plain(0x65c5_3d50_0006_72d4, &query, &mut packet);
    let wire = "0000000000000000 d4720600503dc565 14000000 f18e7ebe";
    assert_eq!(packet, hex(&format!("{wire}{NONCE}")));
    handshake.prepare();

    let mut answer = object(0x0516_2463);
    put_bytes(&mut answer, &hex(PQ));
    answer.extend(hex("15c4b51c03000000"));
    answer.extend(hex(FINGERPRINTS));
    answer.extend(TRAILING);
    let query = send(handshake.handle(now(), &answer, &mut entropy).unwrap());
    let mut reader = Reader::new(&query);
    assert_eq!(reader.u32(), 0xd712_e4be);
    assert_eq!(reader.int128()[..], hex(NONCE));
    assert_eq!(reader.int128()[..], hex(SERVER_NONCE));
    assert_eq!(reader.bytes(), hex(P));
    assert_eq!(reader.bytes(), hex(Q));
    assert_eq!(reader.i64(), RsaPublicKey::production().fingerprint());
    assert_eq!(reader.bytes().len(), 256);
    reader.finish().unwrap();

    let mut answer = object(0xd0e8_075c);
    put_bytes(&mut answer, &hex(ENCRYPTED_ANSWER));
    answer.extend(TRAILING);
    let query = send(handshake.handle(now(), &answer, &mut entropy).unwrap());
    let mut expected = object(0xf504_5f1f);
    put_bytes(&mut expected, &hex(ENCRYPTED));
    assert_eq!(query, expected);
    assert!(entropy.is_used_up());
    handshake.prepare();

    let mut answer = object(0x3bcb_f734);
    answer.extend(hex("1142871352165e59e1124036b48b97d3"));
    answer.extend(TRAILING);
    let Step::Done(made) = handshake.handle(now(), &answer, &mut entropy).unwrap() else {
        panic!("the exchange goes on");
    };
    assert_eq!(made.key.as_bytes()[..], hex(AUTH_KEY));
    assert_eq!(made.key.id(), 0x4e78_ef50_338b_5865);
    assert_eq!(made.salt, -3_585_621_112_631_548_343);
    assert_eq!(made.server_time, 1_707_425_105);
    assert_eq!(made.time_offset, 5);
    assert_eq!(made.expires_at, None);
}
