//! The proof that a temporary key belongs to the owner of a permanent one.
use super::aes::ige_encrypt;
use super::kdf::{Side, derive_v1, message_key_v1};
use super::key::AuthKey;
use crate::entropy::Entropy;

/// `bind_auth_key_inner nonce:long temp_auth_key_id:long perm_auth_key_id:long
/// temp_session_id:long expires_at:int`.
const BIND_AUTH_KEY_INNER: u32 = 0x75a3_f765;

/// How many bytes that constructor takes: its id, four longs and an int.
const INNER_LEN: i32 = 40;

/// Random bytes in place of salt and session, the message id, its number and the length: 32.
const PLAIN_LEN: usize = 32 + INNER_LEN as usize;

/// The plaintext up to a whole number of AES blocks.
const PADDED_LEN: usize = PLAIN_LEN.next_multiple_of(16);

/// Makes the `encrypted_message` of `auth.bindTempAuthKey`: 104 bytes, encrypted as in MTProto 1.0
/// with the permanent key.
///
/// `nonce` is the one given beside it in the request; `msg_id` is the id of the very message that
/// carries the request under the temporary key, and `session_id` that message's session, so the
/// proof has to be made anew whenever the request is sent again. `expires_at` is the server's time
/// at which the temporary key dies, in seconds since the epoch.
/// See <https://core.telegram.org/method/auth.bindTempAuthKey>.
#[must_use]
pub fn bind_temporary_key(
    permanent: &AuthKey,
    temporary: &AuthKey,
    nonce: i64,
    msg_id: i64,
    session_id: i64,
    expires_at: i32,
    entropy: &mut dyn Entropy,
) -> Vec<u8> {
    let binding = Binding {
        nonce,
        temporary_id: temporary.id(),
        session_id,
        expires_at,
    };
    binding.seal(permanent, msg_id, entropy)
}

/// What the proof says.
struct Binding {
    nonce: i64,
    temporary_id: i64,
    session_id: i64,
    expires_at: i32,
}

impl Binding {
    fn seal(&self, permanent: &AuthKey, msg_id: i64, entropy: &mut dyn Entropy) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 + 16 + PADDED_LEN);
        out.extend(permanent.id().to_le_bytes());
        out.extend([0; 16]);
        let plain_at = out.len();
        out.extend(entropy.array::<16>());
        out.extend(msg_id.to_le_bytes());
        out.extend(0_i32.to_le_bytes());
        out.extend(INNER_LEN.to_le_bytes());
        out.extend(BIND_AUTH_KEY_INNER.to_le_bytes());
        out.extend(self.nonce.to_le_bytes());
        out.extend(self.temporary_id.to_le_bytes());
        out.extend(permanent.id().to_le_bytes());
        out.extend(self.session_id.to_le_bytes());
        out.extend(self.expires_at.to_le_bytes());
        let msg_key = message_key_v1(&out[plain_at..]);
        out.extend(entropy.array::<{ PADDED_LEN - PLAIN_LEN }>());
        let keys = derive_v1(permanent, Side::Client, &msg_key);
        ige_encrypt(&keys.key, &keys.iv, &mut out[plain_at..]);
        out[8..plain_at].copy_from_slice(&msg_key);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::aes::ige_decrypt;
    use crate::crypto::testing::{Seeded, Stuck, hex, hex_array};

    #[test]
    fn known_binding() {
        let permanent = AuthKey::new(std::array::from_fn::<u8, 256, _>(|i| 255 - i as u8));
        let binding = Binding {
            nonce: 0x0001_0203_0405_0607,
            temporary_id: 0x0011_2233_4455_6677,
            session_id: 0x0010_2030_4050_6070,
            expires_at: 1_735_689_600,
        };
        let sealed = binding.seal(&permanent, 0x0011_2233_4455_6677, &mut Stuck(0xcd));
        let msg_key = hex_array("7bb888c6aa9280ce9664b5279ec8e944");
        let keys = derive_v1(&permanent, Side::Client, &msg_key);
        assert_eq!(
            keys.key[..],
            hex("91961b15fb18ab80308a70d484f807cf4c8b08764f9ab3ab182b2aaae550aa10")
        );
        assert_eq!(
            keys.iv[..],
            hex("848b5d764b2eb62584c4dcf8364f5a7a509f62e92dac1824ea3ac1af1763ac5d")
        );
        assert_eq!(
            sealed,
            hex(
                "96d1b10e8f724a137bb888c6aa9280ce9664b5279ec8e944bacb4c9772e1fbb4
                 39b1c5605cbedeb01d86458335146b2857b5af0a3cedd9af96ec96f4cea213d5
                 1c73abe02e86de4d3e9e382788b92ed0d8d93563eb03ffd2c435ec4f393370d3
                 90921d44f5c82ebb"
            )
        );
    }

    #[test]
    fn the_server_reads_every_field() {
        let mut chance = Seeded(3);
        let (permanent, temporary) = (
            AuthKey::new(chance.array::<256>()),
            AuthKey::new(chance.array::<256>()),
        );
        let sealed = bind_temporary_key(&permanent, &temporary, -1, 2, -3, 4, &mut chance);
        assert_eq!(sealed.len(), 104);
        assert_eq!(sealed[..8], permanent.id().to_le_bytes());
        let msg_key = sealed[8..24].try_into().unwrap();
        let keys = derive_v1(&permanent, Side::Client, &msg_key);
        let mut plain = sealed[24..].to_vec();
        ige_decrypt(&keys.key, &keys.iv, &mut plain);
        assert_eq!(message_key_v1(&plain[..72]), msg_key);
        let mut expected = Vec::new();
        expected.extend(2_i64.to_le_bytes());
        expected.extend(0_i32.to_le_bytes());
        expected.extend(40_i32.to_le_bytes());
        expected.extend(0x75a3_f765_u32.to_le_bytes());
        expected.extend((-1_i64).to_le_bytes());
        expected.extend(temporary.id().to_le_bytes());
        expected.extend(permanent.id().to_le_bytes());
        expected.extend((-3_i64).to_le_bytes());
        expected.extend(4_i32.to_le_bytes());
        assert_eq!(plain[16..72], expected);
    }
}
