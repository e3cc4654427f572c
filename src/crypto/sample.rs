//! The key exchange of the official page, from its numbers to its last hash.
//!
//! See <https://core.telegram.org/mtproto/samples-auth_key>.
use primitives::factorize;

use super::aes::{ige_decrypt, ige_encrypt};
use super::dh::{DhGroup, Exponent};
use super::hash::{equal, sha1};
use super::kdf::{first_salt, new_nonce_hash, temporary_keys};
use super::key::AuthKey;
use super::rsa::RsaPublicKey;
use super::testing::{Stuck, hex, hex_array};

const NONCE: &str = "406709f612fadfbec3f0289d0aa67eef";
const SERVER_NONCE: &str = "e11dbc3bc97d91a26154f932af019943";
const NEW_NONCE: &str = "a8bbc849512dac6c67b6efd9157d6ca7377a1776307d84265c6be9bdcf802ac1";
const INNER_DATA: &str = "
    955ff5a908256595edb7766797000000045a300d4b000000046a26db65000000406709f612fadfbec3f0289d
    0aa67eefe11dbc3bc97d91a26154f932af019943a8bbc849512dac6c67b6efd9157d6ca7377a1776307d8426
    5c6be9bdcf802ac102000000";
const ENCRYPTED_ANSWER: &str = "
    6ad7dd5d8b2526c761abe50e93c82a6f331b1eae0ad011893da976e3771d4aa45209d234fea65642985386b8
    17bf8980f517f6d32dbeb47e34534556f950ddf960db721a48480231619161112682c6046d5629c71cd1ec80
    61dfcdd704703ec7a8aebdcbd159579fc8886d9fa51e009af49b5ab90c7628eb81c9788a2eb6ac0e757a7deb
    e3d949f80a990bedb4d2dbae43f00328b82f4d8fc83a9b9cfeef467e1593bb4579ee32412f167a780cfa5176
    50bd0eb51cbfb50e3afe978839466131fcd956711e63614f006a55ed35ed2b1f833c29f4fd7a84f0c8f1c10d
    fc1a1aaf9a8a57108decf206e3968406f0fb25e922df154f497b51527e4834202fab477a137d0a99d1c34719
    6fba10699f52ea56f01ef93829b310a5c97db95fd57e64417e526eb920d261157c6e38791bdd5389eeb744e0
    75d952db33a8151207d0ab3c629e30a723a5205f8fa18398937ed2714a4e76a5f4512508a4be1b4d6ae46fd1
    56c6f06347af5e07ce49279195133b07cce4bc6775d88f3611180d23c4c70946619ad759ab9f183a385ccf9b
    f19315fadbe8a4fdc748af52df930345909c870de4b48901e9f90e56d74ca534d8e1fe3a35a92a18d676958e
    b8fc3d82f9cee308df2a9e4ccd23ff89ea255b9eedbc3378148879666ffc2e19a431cbb57ae1a010ffe5cb39
    abf131add9e90bf969a112c435509b78960e0b20031c822190841561e8390446227660bbaccf3d53574bfba3
    3bf476e3bdc9eb680aa2a17fd6756f652725ed0313e5eb0fd6a9c8c949eefbe809a89311bf20f40055ca25fd
    169dc13ee14b315092fde4184638d849682fd862";
const TMP_AES_KEY: &str = "5ea702f743e850f5546e857f08b7d5337bbaedf9b61248751594851be2e8c297";
const TMP_AES_IV: &str = "1cef8e372a63d97ebfa805c0dbb018bc7c1e0931693fbcb1a1afc0c0a8bbc849";
const ANSWER_WITH_HASH: &str = "
    60026275cc91ddec5371c67b10331c4c1d362585ba0d89b5406709f612fadfbec3f0289d0aa67eefe11dbc3b
    c97d91a26154f932af01994303000000fe000100c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c1
    4934d037563d930f48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c3720fd51f6
    9458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f642477fe96bb2a941d5bcd1d4ac8cc4988
    0708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0e
    f1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4e418fc15e83ebea0
    f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf6f4fadf0
    34b10403119cd8e3b92fcc5bfe0001000a77200bdff6e6c4c126a2c41df310ab3a3bdbd698cd480749e1f3c6
    4fb1cfc9dfc70ac6f1aa671019620a640055b2cf7d7d99cc86533645c0fa000954de2987bad68d7450cf134c
    9f0305f34c1bb285da8233f65970a01c4bd3afd5ea3cd5864b8f1dcb35d5e9737df15063c54cf53048ef519a
    280498dddaf23764f29ffb0c5813caad90c319be8592b78c4be815e65ada7c62ea23754b5a2c5a86c4721872
    d0cc48e0f895c3ebe186e81e5f0e88a6b3f09101c409af3410b64238fbf2a2095e3f3b7ffc7eb3a02a319b99
    a155647bc59958bcdfed8a1cc6eb7f13f8600e521d9d0247b0f639f2fa3b09f72987781f71c0e8aa950167de
    5092380b4853e7f1513dc565c26f8049523e89d2";
const G_A: &str = "
    0a77200bdff6e6c4c126a2c41df310ab3a3bdbd698cd480749e1f3c64fb1cfc9dfc70ac6f1aa671019620a64
    0055b2cf7d7d99cc86533645c0fa000954de2987bad68d7450cf134c9f0305f34c1bb285da8233f65970a01c
    4bd3afd5ea3cd5864b8f1dcb35d5e9737df15063c54cf53048ef519a280498dddaf23764f29ffb0c5813caad
    90c319be8592b78c4be815e65ada7c62ea23754b5a2c5a86c4721872d0cc48e0f895c3ebe186e81e5f0e88a6
    b3f09101c409af3410b64238fbf2a2095e3f3b7ffc7eb3a02a319b99a155647bc59958bcdfed8a1cc6eb7f13
    f8600e521d9d0247b0f639f2fa3b09f72987781f71c0e8aa950167de5092380b4853e7f1";
const B: &str = "
    1376a5a6bf7a9f874b47028f3d5cff0689fd52f58949bb0ee9bacdbe81dd1ced07101844eb6f2ae19e61120b
    84799431f445785e33a18141399821479ae96786e0f4e9c5c6c9e46bf562c21c96b0f8f7438c8caba3dfcb3d
    d3b886c2a37b95ed804315335c0ddffeb3a278243d89f964278bc734d1087d6d4b554c1f78397a414f440e38
    ba9a4f1211b20ae835437762f81a45fdb035bb2220d939693084b39a3c7be2481309ab9ae378eab8bb3a15a6
    9eba80bef683582e2218fa604e823eabd111553d31dbb46b9383a0d8eef615fff9cf266c970800aa28ac5e96
    2d20351311a815ffa7562989ca6d6323bf2b5af40ef3f45021b7445664852d07b80172ce";
const G_B: &str = "
    a215d057bc6648453d68c2f418a38d9d4f4fa47e5d520ac7ebc2adc3b00075090c10a1e9d96a5dda127317f2
    ddc165c5f6c8c2854648c106d0d9df684dae70b0e6021658806245b494b762b1979e8bd597b5cc8e43a80f96
    ca47fb0765c98d40529f3d94c82113ae32c603aa24411ef8b330565a1d66ea6b89c9d4f8affeea397c4b2475
    64215d147b6ad0df7f3fb4499e89e34304531d87448b91967b5bd53093f09386c0f78940c1dd6aa7c8667e15
    857453e6aad275f94cd386468cf49108fb7c54282596a4d0314dce9efed4066a6e072471439aeaaa74157db7
    dd53f01982982534dee8740610ba433bf459b3dfe38674561f31991ce007ba112dda6718";
const CLIENT_INNER_DATA: &str = "
    54b64366406709f612fadfbec3f0289d0aa67eefe11dbc3bc97d91a26154f932af0199430000000000000000
    fe000100a215d057bc6648453d68c2f418a38d9d4f4fa47e5d520ac7ebc2adc3b00075090c10a1e9d96a5dda
    127317f2ddc165c5f6c8c2854648c106d0d9df684dae70b0e6021658806245b494b762b1979e8bd597b5cc8e
    43a80f96ca47fb0765c98d40529f3d94c82113ae32c603aa24411ef8b330565a1d66ea6b89c9d4f8affeea39
    7c4b247564215d147b6ad0df7f3fb4499e89e34304531d87448b91967b5bd53093f09386c0f78940c1dd6aa7
    c8667e15857453e6aad275f94cd386468cf49108fb7c54282596a4d0314dce9efed4066a6e072471439aeaaa
    74157db7dd53f01982982534dee8740610ba433bf459b3dfe38674561f31991ce007ba112dda6718";
const CLIENT_PADDING: &str = "74876952857ba6aaa495a20d";
const ENCRYPTED_DATA: &str = "
    14d185e575255986c29be3a0437d525ba22430cba0cd755225945ad3a1acefb536518514f5086892e6e3fa84
    d1cbb644bc8f7bebcde74e31ba8a073f47623ebb6e7d94b3a676a4c1afd4689c52d05f73d21c33f64fe6aeab
    d04273d9117cd064e467e1f8e6c887bcae4679e0399ad35db1302a80629618f8c8485248d89a4e3568b464ff
    7b608cbe24b51eeb81b65d76224b62a1669eaa48a99c122e5e8a778e13dd441dc52175160088a498f186a2b9
    9c736fe8c5c3e274d804c629564a0f15ddabc5b449356a7990900652a7432afb1499c7ce09246f6b29006425
    df2926465b04f17c0077b6a336a50e46b675ad5607f05818f84eadec1f4847bf311027e742f8b1e183c01810
    c4ce964f2a0f36e257849c144c9b0b93b4a7a9e57391db0ccb0d757a2b7a77257c8ff55553d66b6e1d45e9d8
    ca88e5a47b16322ff2ed5f5abe099e7006b2d29c829d746b704130b1";
const AUTH_KEY: &str = "
    aca2547baa3b4b3e6ad9129adee796042fc4acaaaba40dce7a1196640595829e2ba85c5e68e5d2b7b713b287
    20ccd0e65da3b80cd8a9282bde895755b924f4cbbced119dee057d3066d7095c25771a53d9ad6ec3464ee0e7
    fe1a4d9851f17b6cc7d6e636e0bdea7d66153cf37005835a528e65673c1f5adaa27465964ba89aa6fd045108
    b25b1dc9ab2d979864858c9eacbfa4a399cdbf2154d2cc6743c5caa40683343d80a36c7f1289dc5ac5ee585d
    ea1e1cd296444ea6cd8f6c3564b2d355b310a3c02608eea5ec36d38e941bf811489ab7a24c069e44ff54714c
    b4a45eee2f310fddc0a1b08bd3dff8801e27c8508efd7ad51ef3c13ef1d9a02ee4601741";

#[test]
fn the_numbers_of_the_request() {
    let (p, q) = (0x5a30_0d4b_u32, 0x6a26_db65_u32);
    let pq = 0x2565_95ed_b776_6797;
    assert_eq!(factorize(pq), Some((p.into(), q.into())));
    let key = RsaPublicKey::production();
    assert_eq!(key.fingerprint().to_le_bytes()[..], hex("85fd64de851d9dd0"));
    // The inner data as the page prints them, from the numbers found.
    let mut inner = hex("955ff5a9");
    inner.push(8);
    inner.extend(pq.to_be_bytes());
    inner.extend([0, 0, 0, 4]);
    inner.extend(p.to_be_bytes());
    inner.extend([0, 0, 0, 4]);
    inner.extend(q.to_be_bytes());
    inner.extend([0, 0, 0]);
    inner.extend(hex(NONCE));
    inner.extend(hex(SERVER_NONCE));
    inner.extend(hex(NEW_NONCE));
    inner.extend(2_i32.to_le_bytes());
    assert_eq!(inner, hex(INNER_DATA));
}

#[test]
fn the_answer_of_the_server_opens() {
    let keys = temporary_keys(&hex_array(NEW_NONCE), &hex_array(SERVER_NONCE));
    assert_eq!(keys.key[..], hex(TMP_AES_KEY));
    assert_eq!(keys.iv[..], hex(TMP_AES_IV));
    let mut answer = hex(ENCRYPTED_ANSWER);
    ige_decrypt(&keys.key, &keys.iv, &mut answer);
    assert_eq!(answer, hex(ANSWER_WITH_HASH));
    let (hash, rest) = answer.split_at(20);
    let (data, padding) = rest.split_at(564);
    assert_eq!(padding.len(), 8);
    assert!(equal(hash, &sha1(&[data])));
    // g, the prime and g_a stand where the page says.
    assert_eq!(data[36..40], 3_i32.to_le_bytes());
    let group = DhGroup::check(&data[44..300], 3, &mut Stuck(0)).expect("the known group");
    assert_eq!(group, DhGroup::known());
    assert_eq!(data[304..560], hex(G_A));
    assert_eq!(data[560..], 1_707_425_105_i32.to_le_bytes());
}

#[test]
fn the_answer_of_the_client() {
    let b = Exponent::new(hex_array::<256>(B));
    let g_b = DhGroup::known().public(&b);
    assert_eq!(g_b[..], hex(G_B));
    let mut inner = hex("54b64366");
    inner.extend(hex(NONCE));
    inner.extend(hex(SERVER_NONCE));
    inner.extend([0; 8]);
    inner.extend(hex("fe000100"));
    inner.extend(g_b);
    assert_eq!(inner, hex(CLIENT_INNER_DATA));
    let mut data = sha1(&[&inner]).to_vec();
    data.extend(inner);
    data.extend(hex(CLIENT_PADDING));
    let keys = temporary_keys(&hex_array(NEW_NONCE), &hex_array(SERVER_NONCE));
    ige_encrypt(&keys.key, &keys.iv, &mut data);
    assert_eq!(data, hex(ENCRYPTED_DATA));
}

#[test]
fn the_key_and_its_proofs() {
    let group = DhGroup::known();
    let g_a = group.check_public(&hex(G_A)).expect("in range");
    let b = Exponent::new(hex_array::<256>(B));
    let key = group.shared(&g_a, &b).expect("in range");
    assert_eq!(key.as_bytes()[..], hex(AUTH_KEY));
    assert_eq!(key.id(), 0x4e78_ef50_338b_5865);
    assert_eq!(key.aux_hash()[..], hex("20b5c361a4f5a3d0"));
    let new_nonce = hex_array(NEW_NONCE);
    for (n, hash) in [
        (1, "1142871352165e59e1124036b48b97d3"),
        (2, "20d87dd307142b798b67a8dea2c22140"),
        (3, "141c6db2686ef8df4e08e685ccd31510"),
    ] {
        assert_eq!(
            new_nonce_hash(&new_nonce, n, &key.aux_hash())[..],
            hex(hash)
        );
    }
    let salt = first_salt(&new_nonce, &hex_array(SERVER_NONCE));
    assert_eq!(salt, -3_585_621_112_631_548_343);
    assert_eq!(AuthKey::new(hex_array::<256>(AUTH_KEY)).id(), key.id());
}
