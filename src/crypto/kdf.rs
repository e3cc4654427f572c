//! What is derived from keys and nonces: message keys, AES keys, the hashes of the key exchange.
use std::fmt;

use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::hash::{equal, sha1, sha256};
use super::key::AuthKey;

/// Who sends a message: both directions use different parts of the authorization key.
///
/// See <https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// From the client to the server.
    Client,
    /// From the server to the client.
    Server,
}

impl Side {
    /// The `x` of the official formulas: where in the key this direction begins.
    fn offset(self) -> usize {
        match self {
            Self::Client => 0,
            Self::Server => 8,
        }
    }
}

/// An AES-256 key with the initialization vector of the IGE mode; wiped when dropped.
#[derive(Clone)]
pub struct AesKeys {
    /// The key.
    pub key: [u8; 32],
    /// The initialization vector: the ciphertext block, then the plaintext block, before the first.
    pub iv: [u8; 32],
}

impl AesKeys {
    /// Wiped zeros, to be written in place.
    fn empty() -> Self {
        Self {
            key: [0; 32],
            iv: [0; 32],
        }
    }
}

impl Drop for AesKeys {
    #[inline]
    fn drop(&mut self) {
        wipe(&mut self.key);
        wipe(&mut self.iv);
    }
}

impl ZeroizeOnDrop for AesKeys {}

impl fmt::Debug for AesKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AesKeys(..)")
    }
}

/// The top bit of a quick acknowledgement token.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#quick-ack>.
const QUICK_ACK: u32 = 1 << 31;

/// The message key of a plaintext, and the token with which the server acknowledges it quickly.
///
/// `plaintext` is the whole of what gets encrypted, padding included. The token has its top bit
/// set, as on the wire; only messages of the client have a use for it.
/// See <https://core.telegram.org/mtproto/description#message-key-msg-key>.
#[must_use]
pub fn message_key(key: &AuthKey, side: Side, plaintext: &[u8]) -> ([u8; 16], u32) {
    let start = 88 + side.offset();
    let large = sha256(&[&key.as_bytes()[start..start + 32], plaintext]);
    let (token, _) = large.split_first_chunk().expect("32 bytes hold 4");
    let msg_key = large[8..24].try_into().expect("24 - 8 = 16");
    (msg_key, u32::from_le_bytes(*token) | QUICK_ACK)
}

/// Whether a decrypted message is what its sender encrypted, in constant time.
///
/// This is the only proof that a message is genuine, and comes before any other look at it.
/// See <https://core.telegram.org/mtproto/security_guidelines>.
#[must_use]
pub fn message_key_matches(
    key: &AuthKey,
    side: Side,
    plaintext: &[u8],
    msg_key: &[u8; 16],
) -> bool {
    equal(&message_key(key, side, plaintext).0, msg_key)
}

/// The AES key of one message.
///
/// See <https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector>.
#[must_use]
pub fn derive(key: &AuthKey, side: Side, msg_key: &[u8; 16]) -> AesKeys {
    let (x, bytes) = (side.offset(), key.as_bytes());
    let mut a = sha256(&[msg_key, &bytes[x..x + 36]]);
    let mut b = sha256(&[&bytes[40 + x..76 + x], msg_key]);
    let mut keys = AesKeys::empty();
    join(&mut keys.key, &[&a[..8], &b[8..24], &a[24..]]);
    join(&mut keys.iv, &[&b[..8], &a[8..24], &b[24..]]);
    wipe(&mut a);
    wipe(&mut b);
    keys
}

/// The message key of MTProto 1.0, which lives on in one place: binding a temporary key.
///
/// `plaintext` is without padding here.
/// See <https://core.telegram.org/mtproto/description_v1#message-key>.
#[must_use]
pub fn message_key_v1(plaintext: &[u8]) -> [u8; 16] {
    let hash = sha1(&[plaintext]);
    hash[4..].try_into().expect("20 - 4 = 16")
}

/// The AES key of one message in MTProto 1.0.
///
/// See <https://core.telegram.org/mtproto/description_v1>.
#[must_use]
pub fn derive_v1(key: &AuthKey, side: Side, msg_key: &[u8; 16]) -> AesKeys {
    let (x, bytes) = (side.offset(), key.as_bytes());
    let a = Zeroizing::new(sha1(&[msg_key, &bytes[x..x + 32]]));
    let b = Zeroizing::new(sha1(&[
        &bytes[32 + x..48 + x],
        msg_key,
        &bytes[48 + x..64 + x],
    ]));
    let c = Zeroizing::new(sha1(&[&bytes[64 + x..96 + x], msg_key]));
    let d = Zeroizing::new(sha1(&[msg_key, &bytes[96 + x..128 + x]]));
    let mut keys = AesKeys::empty();
    join(&mut keys.key, &[&a[..8], &b[8..], &c[4..16]]);
    join(&mut keys.iv, &[&a[8..], &b[..8], &c[16..], &d[..8]]);
    keys
}

/// The AES key of the second half of a key exchange (`tmp_aes_key` and `tmp_aes_iv`).
///
/// See <https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation>.
#[must_use]
pub fn temporary_keys(new_nonce: &[u8; 32], server_nonce: &[u8; 16]) -> AesKeys {
    let new_server = Zeroizing::new(sha1(&[new_nonce, server_nonce]));
    let server_new = Zeroizing::new(sha1(&[server_nonce, new_nonce]));
    let new_new = Zeroizing::new(sha1(&[new_nonce, new_nonce]));
    let mut keys = AesKeys::empty();
    join(&mut keys.key, &[&new_server[..], &server_new[..12]]);
    join(
        &mut keys.iv,
        &[&server_new[12..], &new_new[..], &new_nonce[..4]],
    );
    keys
}

/// The hash that proves the answer which ends a key exchange: `n` is 1 for `dh_gen_ok`, 2 for
/// `dh_gen_retry` and 3 for `dh_gen_fail`.
///
/// Compare it with [`equal`](super::equal).
/// See <https://core.telegram.org/mtproto/auth_key#dh-key-exchange-complete>.
#[must_use]
pub fn new_nonce_hash(new_nonce: &[u8; 32], n: u8, aux_hash: &[u8; 8]) -> [u8; 16] {
    let hash = sha1(&[new_nonce, &[n], aux_hash]);
    hash[4..].try_into().expect("20 - 4 = 16")
}

/// The server salt that a new key starts with: both sides know it from the nonces.
///
/// See <https://core.telegram.org/mtproto/auth_key#dh-key-exchange-complete>.
#[must_use]
pub fn first_salt(new_nonce: &[u8; 32], server_nonce: &[u8; 16]) -> i64 {
    let salt = std::array::from_fn(|i| new_nonce[i] ^ server_nonce[i]);
    i64::from_le_bytes(salt)
}

/// Overwrites a secret at once. Byte by byte, as `zeroize` does it, the four of each message would
/// cost a tenth of a small one.
#[inline]
fn wipe(secret: &mut [u8; 32]) {
    *secret = [0; 32];
    zeroize::optimization_barrier(secret);
}

/// Writes the parts one after the other; together they fill `out`.
fn join(out: &mut [u8; 32], parts: &[&[u8]]) {
    let mut rest = &mut out[..];
    for part in parts {
        let (head, tail) = rest.split_at_mut(part.len());
        head.copy_from_slice(part);
        rest = tail;
    }
    debug_assert!(rest.is_empty(), "the parts fill 32 bytes");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::aes::{ige_decrypt, ige_encrypt};
    use crate::crypto::testing::{counting, hex, hex_array, wiped_on_drop};

    fn assert_keys(keys: &AesKeys, key: &str, iv: &str) {
        assert_eq!(keys.key[..], hex(key));
        assert_eq!(keys.iv[..], hex(iv));
    }

    /// The key of several published vectors: 32 bytes, eight times.
    fn repeated_key() -> AuthKey {
        let eighth = hex("98cb29c6ffa89e79da695a54f572e6cb101e81c688b63a4bf73c3622dec230e0");
        AuthKey::new(<[u8; 256]>::try_from(eighth.repeat(8)).unwrap())
    }

    #[test]
    fn aes_key_of_a_message() {
        let key = AuthKey::new(counting());
        assert_keys(
            &derive(&key, Side::Client, &counting()),
            "704ed09c8b41668ae8f99d244738f71dbddc44469b6bbd4aa8573dd042bd059e",
            "4d266000a550edabbf4c7ce40fd0043cc92230184cd317a5cc9c2482fd3b9318",
        );
        assert_keys(
            &derive(&key, Side::Server, &counting()),
            "217725799b245806458174a1fcfbc883906807b15033fdd0ea2b4d69cf9c364e",
            "669a6538917a4fa56ca32360a431c9160be4ad887140980dab91ce7bdc47ffbc",
        );
        let (key, msg_key) = (
            repeated_key(),
            hex_array("25d701f2a29205526757825a99eb2d32"),
        );
        assert_keys(
            &derive(&key, Side::Client, &msg_key),
            "af3f8e1ffa75f4c981eec33a3e5bbaa2ea48f9bb93e91597627eb1f67960a0c9",
            "9874d77f95155b35221bff94b7df4594c6996e2a62e44fcb7d93c8c4e41b79ee",
        );
        assert_keys(
            &derive(&key, Side::Server, &msg_key),
            "d4b378e1e0525f10ff9d4c42807ccce5b30a033a8088c0b922b5259421751648",
            "4d7194f42f0135d2fd83050b403265b4c40ee3e9e9fba56f0f4d8ea6bcb121f5",
        );
    }

    #[test]
    fn aes_key_of_a_message_v1() {
        assert_keys(
            &derive_v1(&AuthKey::new(counting()), Side::Client, &counting()),
            "17d7295ca9213d1ab656acdb1ad48b2ea7f3a8f7095098d5508b900bbd5fccfc",
            "2d7d16a65a84108e9805656caa474501cc580aa2edc33abfd0bfad785464d1c6",
        );
        let (key, msg_key) = (
            repeated_key(),
            hex_array("25d701f2a29205526757825a99eb2d32"),
        );
        assert_keys(
            &derive_v1(&key, Side::Client, &msg_key),
            "1fc7b40b1d9ffbdaf4d652525a748864259698f89214abf27c0d36cb9d4cd5db",
            "7251fbda39ec5e6e089f15ded5963b03d6d8d0f7078898431fc7b40b1d9ffbda",
        );
        assert_keys(
            &derive_v1(&key, Side::Server, &msg_key),
            "af0e4e01318654be40ab42b125909d43b44bdeef571ff1a5dfb81474ae26d467",
            "15c9ba6021d2c5cf04f0842540ae216a970b4eac8f46ef01af0e4e01318654be",
        );
        assert_eq!(
            message_key_v1(b"bind-message-test-payload")[..],
            hex("fc11a3669566de22b87f66550dc3de6d")
        );
    }

    /// Decrypts a packet and checks it as a receiver would; then seals it again.
    fn open(key: &AuthKey, side: Side, packet: &str) -> Vec<u8> {
        let packet = hex(packet);
        assert_eq!(packet[..8], key.id().to_le_bytes());
        let msg_key = packet[8..24].try_into().unwrap();
        let keys = derive(key, side, &msg_key);
        let mut plain = packet[24..].to_vec();
        ige_decrypt(&keys.key, &keys.iv, &mut plain);
        assert!(message_key_matches(key, side, &plain, &msg_key));
        let mut sealed = plain.clone();
        ige_encrypt(&keys.key, &keys.iv, &mut sealed);
        assert_eq!(sealed, packet[24..]);
        plain
    }

    #[test]
    fn whole_messages_of_both_sides() {
        let key = repeated_key();
        let plain = hex(
            "efbeaddeaddeefbeefbeedfeedfeefbe3412efbeefbe34120903000010000000
             68656c6c6f2c20776f726c642121212129afd26df40fb8ed10b6b4ad6d56ef5d",
        );
        let from_server = open(
            &key,
            Side::Server,
            "40fa5bb7cb56a8950c394b884f1529efc42fea22d972fea650a714ce6d2d1bdb
             3d98ff5929b8768c401771a69795f36a7e720dcafac2efbccd0ba368e8a7f48b
             07362cac1a32ffcabe188b51a36cc4d54e1d0633cf9eaf35",
        );
        assert_eq!(from_server, plain);
        let from_client = open(
            &key,
            Side::Client,
            "40fa5bb7cb56a895f6f5a88914892aadf87c68031cc953ba29d68e118021f329
             be386a620d49f3ad3a50c60dcef3733f214e8cefa3e403c11d193637d4971dc1
             5db7f74b26fd16cb0e8fee30bf7e3f68858fe82927e2cd06",
        );
        assert_eq!(from_client, plain);
    }

    #[test]
    fn message_key_and_quick_ack_token() {
        let key = AuthKey::new(counting());
        let mut plain = b"Hello, world! This data should remain secure!".to_vec();
        plain.resize(64, 0);
        let (msg_key, token) = message_key(&key, Side::Client, &plain);
        assert_eq!(msg_key[..], hex("a81729d46db54019a2bfd7f744f9b96c"));
        assert_eq!(token, 0xcd57_1d02);
        let opened = open(
            &key,
            Side::Client,
            "32d1586ea457dfc8a81729d46db54019a2bfd7f744f9b96c4f716cfdc4477db2
             a2c15f6ddb85235fb9552f1d8407c6aaea00cc844c5a1bf6ac44b79b5edc2a23
             868b3d6073a590992c0f2975243d563ea180d218ee757c9a",
        );
        assert_eq!(opened, plain);
    }

    #[test]
    fn quick_ack_tokens_have_their_top_bit_set() {
        let key = AuthKey::new(counting());
        for byte in 0..32 {
            let (_, token) = message_key(&key, Side::Client, &[byte; 32]);
            assert_eq!(token >> 31, 1);
            let large = sha256(&[&key.as_bytes()[88..120], &[byte; 32]]);
            assert_eq!(
                token << 1,
                u32::from_le_bytes(*large.first_chunk().unwrap()) << 1
            );
        }
    }

    #[test]
    fn a_message_of_the_real_server() {
        let key = AuthKey::new(hex_array::<256>(
            "5d2e7d65f49ec28bd029a88761ea27b8a4c79f12226525443e7d7c596ef33035
             30db2107e89aa997c7a0164ab694187adeff156bd6ef7118a1962347753c0e7e
             89a0354b8ec364f9997e71bc6923fb86e8e43491e010606a6ce845e2fa019409
             77ef0aa32adf5a97dbf6d428ec0434d717a2d3ad19622cc05887642113c7965f
             fb862a3e3ccb0ab95addda57f89245dbd76b492348f8e94bd5a7c0e0b8480852
             3cfd1ea80b32fe9ad198bc2e103fceb7d52492ecc0273a28674bc923eee59265
             ab17a002df1f4aa2c59b819a5e5e1d105ec117336f5c76c6b187037d4b4270ce
             e9cc21071d97e9bca220c6d7b01b998cf2e5cdb9a50ecda1852a36e635690c8e",
        ));
        let plain = open(
            &key,
            Side::Server,
            "7a7183c2c10e4f4df945fa9a9abd35e7c3840b61f045304f39674c19c0e20978
             4f50f6226a073529d675c92cbf0bfa8c99a79b3f39c72a5d9a026d431ab7407c
             a04ecc55187d6c45f17871524edd90cea02ed728e14d7cb18aea2a636158f094
             59a9437710d894c79f368c4e8164b7647ea98612aefe942c5d92121acb8db02d
             ccceb66d0f8720ac12a06db0582bfd955be34f365118e3bab8cd080ce6b45b28
             eac56dcd2a29374e",
        );
        let expected = hex(
            "fc826a02248b28fd60f2c4822443ad6801f0c1c2918b305e0200000058000000
             dcf8f1730200000001a8c1c2918b305e010000001c0000000809c29ec4fd33ad
             918b305e18a88ea607ee5816fc826a02248b28fd01ccc1c2918b305e02000000
             14000000c5737734c4fd33ad918b305e6408300000000000fce66704a3cd8ee9
             d0ae6fab672c60c04a3f1fd4490e51f6",
        );
        assert_eq!(plain, expected);
    }

    #[test]
    fn a_changed_message_does_not_match() {
        let key = AuthKey::new(counting());
        let plain = counting::<64>();
        let (msg_key, _) = message_key(&key, Side::Server, &plain);
        assert!(message_key_matches(&key, Side::Server, &plain, &msg_key));
        assert!(!message_key_matches(&key, Side::Client, &plain, &msg_key));
        for at in 0..plain.len() {
            let mut changed = plain;
            changed[at] ^= 0x80;
            assert!(!message_key_matches(&key, Side::Server, &changed, &msg_key));
        }
        for at in 0..msg_key.len() {
            let mut changed = msg_key;
            changed[at] ^= 1;
            assert!(!message_key_matches(&key, Side::Server, &plain, &changed));
        }
    }

    #[test]
    fn keys_of_the_exchange() {
        assert_keys(
            &temporary_keys(&counting(), &counting()),
            "0758f1533b615d24f6e8a94a6fcbee0a55eaab2217d7295ca9213d1a2d7d16a6",
            "5a84108e9805656ce864070e166e6218f6783e8511471a5ab7802cf200010203",
        );
        let new_nonce =
            hex_array("311C85DB234AA2640AFC4A76A735CF5B1F0FD68BD17FA181E1229AD867CC024D");
        let server_nonce = hex_array("A5CF4D33F4A11EA877BA4AA573907330");
        assert_keys(
            &temporary_keys(&new_nonce, &server_nonce),
            "F011280887C7BB01DF0FC4E17830E0B91FBB8BE4B2267CB985AE25F33B527253",
            "3212D579EE35452ED23E0D0C92841AA7D31B2E9BDEF2151E80D15860311C85DB",
        );
    }

    #[test]
    fn keys_are_hidden_and_wiped() {
        wiped_on_drop::<AesKeys>();
        let keys = temporary_keys(&[1; 32], &[2; 16]);
        assert_eq!(format!("{keys:?}"), "AesKeys(..)");
        assert_eq!(format!("{keys:#?}"), "AesKeys(..)");
    }
}
