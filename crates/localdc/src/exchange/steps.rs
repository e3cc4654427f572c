//! One key exchange: what it remembers between its three queries.
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ferogram_sync::Entropy;
use ferogram_sync::crypto::{
    AesKeys, AuthKey, DhGroup, Exponent, equal, first_salt, ige_decrypt, ige_encrypt,
    new_nonce_hash, sha1, temporary_keys,
};
use ferogram_sync::tl::{Reader, put_bytes};

use super::inner::Inner;
use super::pq::Challenge;
use crate::chance::Chance;
use crate::clock::seconds;
use crate::rsa::PrivateKey;
use crate::wire::ids::{
    CLIENT_DH_INNER_DATA, DH_GEN_FAIL, DH_GEN_OK, DH_GEN_RETRY, RES_PQ, SERVER_DH_INNER_DATA,
    SERVER_DH_PARAMS_OK, VECTOR,
};

/// A key that no client has: they have to pass over what they do not know. It must not be one that
/// production offers, since clients would take that.
const ANOTHER_FINGERPRINT: i64 = 0x006c_6163_6f6c_0001;

/// What the number of a test centre is raised by.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
const TEST_OFFSET: i32 = 10_000;

/// Temporary keys live a day or so; nobody asks for more than this.
const EXPIRES_IN_MAX: i32 = 366 * 86_400;

/// What an exchange needs from around it.
pub(crate) struct Surroundings<'a> {
    pub(crate) now: Duration,
    /// The number of the data centre.
    pub(crate) dc: i32,
    pub(crate) rsa: &'a PrivateKey,
    pub(crate) group: &'a DhGroup,
    pub(crate) forced: &'a Forced,
    pub(crate) chance: &'a mut Chance,
    /// Whether there is a key with this id already.
    pub(crate) taken: &'a dyn Fn(i64) -> bool,
}

/// Ends of an exchange that chance would bring about once in an age, and a test wants now.
#[derive(Debug, Default)]
pub(crate) struct Forced {
    /// How many of the next exchanges' last steps are answered with `dh_gen_retry`.
    pub(crate) retries: AtomicU32,
    /// How many of them, after that, with `dh_gen_fail`.
    pub(crate) fails: AtomicU32,
}

impl Forced {
    fn take(counter: &AtomicU32) -> bool {
        let less = |count: u32| count.checked_sub(1);
        counter
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .is_ok()
    }
}

/// Why a query of the exchange is not answered: the code of the transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// -404: the query is wrong, late, or belongs to no exchange.
    Invalid,
    /// -444: the client means another data centre.
    WrongDc,
}

/// A key on which both sides agree.
#[derive(Debug)]
pub(crate) struct NewKey {
    pub(crate) auth: AuthKey,
    pub(crate) salt: i64,
    /// For a temporary key: when it dies, in seconds since the Unix epoch.
    pub(crate) expires_at: Option<i64>,
}

/// One exchange under way.
pub(super) struct Exchange {
    pub(super) nonce: [u8; 16],
    pub(super) server_nonce: [u8; 16],
    challenge: Challenge,
    state: State,
}

enum State {
    /// The client has to factor the challenge.
    Asked,
    /// The client has to give its half of the key.
    Offered(Box<Offer>),
    /// All is done: nothing new is answered.
    Over,
}

struct Offer {
    new_nonce: [u8; 32],
    expires_in: Option<i32>,
    keys: AesKeys,
    exponent: Exponent,
    /// What the client has to give back: 0, then the hash of the key that was refused.
    retry_id: i64,
}

/// The last answer, and the key if there is one.
pub(super) type Outcome = (Vec<u8>, Option<NewKey>);

impl Exchange {
    /// Begins one for a client's nonce.
    pub(super) fn start(nonce: [u8; 16], chance: &mut Chance) -> Self {
        let mut server_nonce = [0; 16];
        chance.fill(&mut server_nonce);
        Self {
            nonce,
            server_nonce,
            challenge: Challenge::draw(chance),
            state: State::Asked,
        }
    }

    /// The answer to the first query. `req_pq` of old offers one key, `req_pq_multi` all.
    pub(super) fn challenge(&self, multi: bool, around: &mut Surroundings<'_>) -> Vec<u8> {
        let mut out = self.begin(RES_PQ);
        put_bytes(&mut out, &self.challenge.product());
        out.extend(VECTOR.to_le_bytes());
        let mut fingerprints = vec![around.rsa.fingerprint()];
        if multi {
            fingerprints.insert(0, ANOTHER_FINGERPRINT);
        }
        out.extend((fingerprints.len() as u32).to_le_bytes());
        for fingerprint in fingerprints {
            out.extend(fingerprint.to_le_bytes());
        }
        trail(&mut out, around.chance);
        out
    }

    /// `req_DH_params`, read up to the server's nonce.
    pub(super) fn offer(
        &mut self,
        reader: &mut Reader<'_>,
        around: &mut Surroundings<'_>,
    ) -> Result<Vec<u8>, Refusal> {
        let (p, q) = (reader.bytes(), reader.bytes());
        let (fingerprint, encrypted) = (reader.i64(), reader.bytes());
        let asked = matches!(self.state, State::Asked);
        if reader.failed() || !asked || fingerprint != around.rsa.fingerprint() {
            return Err(Refusal::Invalid);
        }
        let inner = Inner::decrypt(around.rsa, encrypted).ok_or(Refusal::Invalid)?;
        self.check(&inner, p, q)?;
        if let Some(dc) = inner.dc {
            let told = dc.unsigned_abs();
            let right = around.dc.unsigned_abs();
            if told != right && told != right + TEST_OFFSET.unsigned_abs() {
                return Err(Refusal::WrongDc);
            }
        }
        let (exponent, g_a) = around
            .group
            .draw(around.chance)
            .map_err(|_| Refusal::Invalid)?;
        let keys = temporary_keys(&inner.new_nonce, &self.server_nonce);
        let mut out = self.begin(SERVER_DH_PARAMS_OK);
        put_bytes(&mut out, &self.sealed_group(&g_a, &keys, around));
        trail(&mut out, around.chance);
        self.state = State::Offered(Box::new(Offer {
            new_nonce: inner.new_nonce,
            expires_in: inner.expires_in,
            keys,
            exponent,
            retry_id: 0,
        }));
        Ok(out)
    }

    fn check(&self, inner: &Inner, p: &[u8], q: &[u8]) -> Result<(), Refusal> {
        let same = inner.nonce == self.nonce
            && inner.server_nonce == self.server_nonce
            && inner.pq == self.challenge.product()
            && p == self.challenge.p.to_be_bytes()
            && q == self.challenge.q.to_be_bytes()
            && inner.p == p
            && inner.q == q;
        let lives = inner
            .expires_in
            .is_none_or(|seconds| (1..=EXPIRES_IN_MAX).contains(&seconds));
        if same && lives {
            Ok(())
        } else {
            Err(Refusal::Invalid)
        }
    }

    /// `server_DH_inner_data` with its hash, padded and encrypted.
    fn sealed_group(
        &self,
        g_a: &[u8; 256],
        keys: &AesKeys,
        around: &mut Surroundings<'_>,
    ) -> Vec<u8> {
        let mut data = self.begin(SERVER_DH_INNER_DATA);
        data.extend(around.group.g().to_le_bytes());
        put_bytes(&mut data, around.group.prime());
        put_bytes(&mut data, g_a);
        data.extend(seconds(around.now).to_le_bytes());
        let mut sealed = sha1(&[&data]).to_vec();
        sealed.extend(data);
        let padding = sealed.len().next_multiple_of(16) - sealed.len();
        around.chance.append(padding, &mut sealed);
        ige_encrypt(&keys.key, &keys.iv, &mut sealed);
        sealed
    }

    /// `set_client_DH_params`, read up to the server's nonce.
    pub(super) fn finish(
        &mut self,
        reader: &mut Reader<'_>,
        around: &mut Surroundings<'_>,
    ) -> Result<Outcome, Refusal> {
        let encrypted = reader.bytes();
        let State::Offered(offer) = &mut self.state else {
            return Err(Refusal::Invalid);
        };
        if reader.failed() {
            return Err(Refusal::Invalid);
        }
        let (retry_id, g_b) = read_half(encrypted, &offer.keys, &self.nonce, &self.server_nonce)
            .ok_or(Refusal::Invalid)?;
        if retry_id != offer.retry_id {
            return Err(Refusal::Invalid);
        }
        let g_b = around
            .group
            .check_public(&g_b)
            .map_err(|_| Refusal::Invalid)?;
        let auth = around
            .group
            .shared(&g_b, &offer.exponent)
            .map_err(|_| Refusal::Invalid)?;
        let (id, number) = if Forced::take(&around.forced.retries) || (around.taken)(auth.id()) {
            (DH_GEN_RETRY, 2)
        } else if Forced::take(&around.forced.fails) {
            (DH_GEN_FAIL, 3)
        } else {
            (DH_GEN_OK, 1)
        };
        let hash = new_nonce_hash(&offer.new_nonce, number, &auth.aux_hash());
        let key = (id == DH_GEN_OK).then(|| NewKey {
            salt: first_salt(&offer.new_nonce, &self.server_nonce),
            expires_at: offer
                .expires_in
                .map(|left| i64::from(seconds(around.now)) + i64::from(left)),
            auth: auth.clone(),
        });
        if id == DH_GEN_RETRY {
            offer.retry_id = i64::from_le_bytes(auth.aux_hash());
        } else {
            self.state = State::Over;
        }
        let mut out = self.begin(id);
        out.extend(hash);
        trail(&mut out, around.chance);
        Ok((out, key))
    }

    /// Every object of the exchange begins with both nonces.
    fn begin(&self, id: u32) -> Vec<u8> {
        let mut out = id.to_le_bytes().to_vec();
        out.extend(self.nonce);
        out.extend(self.server_nonce);
        out
    }
}

/// `client_DH_inner_data` out of its encryption: the retry id and the client's public number.
fn read_half(
    encrypted: &[u8],
    keys: &AesKeys,
    nonce: &[u8; 16],
    server_nonce: &[u8; 16],
) -> Option<(i64, Vec<u8>)> {
    if encrypted.len() < 32 || !encrypted.len().is_multiple_of(16) {
        return None;
    }
    let mut plain = encrypted.to_vec();
    ige_decrypt(&keys.key, &keys.iv, &mut plain);
    let (hash, data) = plain.split_at(20);
    let mut reader = Reader::new(data);
    let id = reader.u32();
    let nonces = (reader.int128(), reader.int128());
    let (retry_id, g_b) = (reader.i64(), reader.bytes());
    if reader.failed() || id != CLIENT_DH_INNER_DATA || nonces != (*nonce, *server_nonce) {
        return None;
    }
    let length = reader.offset();
    let fits = data.len() - length < 16 && equal(&sha1(&[&data[..length]]), hash);
    fits.then(|| (retry_id, g_b.to_vec()))
}

/// Production appends random bytes to its answers and counts them in the length of the message:
/// clients must not expect the object to end with it.
///
/// See <https://core.telegram.org/mtproto/samples-auth_key>.
fn trail(out: &mut Vec<u8>, chance: &mut Chance) {
    let words = usize::from(chance.number().to_le_bytes()[0] % 25);
    chance.append(4 * words, out);
}
