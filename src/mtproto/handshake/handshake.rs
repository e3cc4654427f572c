//! The key exchange, step by step.
//!
//! See <https://core.telegram.org/mtproto/auth_key>.
use std::fmt;
use std::mem;
use std::time::Instant;

use super::agreement::Agreement;
use super::error::HandshakeError;
use super::step::{HandshakeConfig, NewKey, Step};
use super::wire::{Nonces, PqInner, read, read_single, unknown};
use crate::crypto::{AuthKey, DhGroup, Exponent, RsaPublicKey, factorize};
use crate::entropy::Entropy;
use crate::now::Now;
use crate::tl::{Serialize, enums, functions, types};

/// How many keys the server may refuse because it has one like it already. Nobody has seen one: two
/// keys would have to share 64 bits.
const RETRIES_MAX: u32 = 5;

/// How many of the fingerprints that a server offers go into an error.
const OFFERED_MAX: usize = 8;

/// One attempt to make an authorization key with a server.
///
/// The caller sends each query as an unencrypted message and hands the answers in. While it waits
/// for one it may call [`Handshake::prepare`]. After an error the attempt is over: a new one needs
/// a new value and should use a new connection.
pub struct Handshake {
    config: HandshakeConfig,
    nonce: [u8; 16],
    state: State,
}

/// What the server has been asked.
enum State {
    /// `req_pq_multi`.
    Pq {
        half: Half,
    },
    /// `req_DH_params`.
    Params {
        agreement: Box<Agreement>,
        half: Half,
    },
    /// `set_client_DH_params`.
    Key(Box<Pending>),
    Over,
}

/// Our half of the Diffie-Hellman exchange.
struct Half {
    exponent: Exponent,
    /// Its public number in the group that servers use today, when that has been computed ahead.
    known_public: Option<[u8; 256]>,
}

/// An exchange that only lacks the server's word.
struct Pending {
    agreement: Box<Agreement>,
    group: DhGroup,
    g_a: [u8; 256],
    exponent: Exponent,
    /// Computed while waiting, or when the answer is there.
    key: Option<AuthKey>,
    /// The server's time, and when it was told. The wall clock may be set before the key is there.
    server_time: i32,
    told: Instant,
    retries: u32,
}

impl Handshake {
    /// Begins an exchange; the bytes are its first query.
    pub fn start(config: HandshakeConfig, entropy: &mut dyn Entropy) -> (Self, Vec<u8>) {
        let nonce = entropy.array();
        let half = Half {
            exponent: DhGroup::exponent(entropy),
            known_public: None,
        };
        let handshake = Self {
            config,
            nonce,
            state: State::Pq { half },
        };
        (handshake, functions::ReqPqMulti { nonce }.to_bytes())
    }

    /// Computes ahead what the next step needs, about 5 ms of work. To be called while waiting for
    /// an answer, just after a query has been sent. Calling it is not required, and calling it
    /// again costs nothing.
    pub fn prepare(&mut self) {
        match &mut self.state {
            State::Pq { half } | State::Params { half, .. } => half.prepare(),
            State::Key(pending) => {
                // A number that cannot be used is told when the answer comes.
                let _ = pending.key();
            }
            State::Over => {}
        }
    }

    /// Whether this body of an unencrypted message answers the first query: a server is there,
    /// whatever comes of the exchange.
    #[must_use]
    pub fn is_answered(&self, body: &[u8]) -> bool {
        read_single::<types::ResPq>(body, "ResPQ")
            .is_ok_and(|(answer, _)| answer.nonce == self.nonce)
    }

    /// Takes the body of an unencrypted message from the server. Bytes after the answer in it are
    /// ignored.
    ///
    /// # Errors
    ///
    /// When a check fails or the server refuses: the exchange is over then.
    pub fn handle(
        &mut self,
        now: Now,
        body: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Step, HandshakeError> {
        // Whatever fails on the way leaves the exchange over.
        match mem::replace(&mut self.state, State::Over) {
            State::Pq { half } => self.handle_pq(body, half, entropy),
            State::Params { agreement, half } => {
                self.handle_params(now, body, agreement, half, entropy)
            }
            State::Key(pending) => self.handle_gen(now, body, pending, entropy),
            State::Over => Err(HandshakeError::Over),
        }
    }

    /// `resPQ`: proves some work, and tells the server the secret nonce.
    fn handle_pq(
        &mut self,
        body: &[u8],
        half: Half,
        entropy: &mut dyn Entropy,
    ) -> Result<Step, HandshakeError> {
        let (answer, _): (types::ResPq, _) = read_single(body, "ResPQ")?;
        if answer.nonce != self.nonce {
            return Err(HandshakeError::Nonce);
        }
        let key = self.choose_key(&answer.server_public_key_fingerprints)?;
        let (p, q) = factors(&answer.pq)?;
        let (p, q) = (p.to_be_bytes(), q.to_be_bytes());
        let (p, q) = (without_zeros(&p), without_zeros(&q));
        let agreement = Agreement::new(Nonces::new(self.nonce, answer.server_nonce), entropy);
        let inner = PqInner {
            pq: &answer.pq,
            p,
            q,
            nonces: &agreement.nonces,
            new_nonce: agreement.new_nonce(),
            dc: self.config.dc,
            expires_in: self.config.expires_in,
        };
        let encrypted = key.pad_encrypt(&inner.write(), entropy)?;
        let query = functions::ReqDhParams {
            nonce: self.nonce,
            server_nonce: answer.server_nonce,
            p: p.to_vec(),
            q: q.to_vec(),
            public_key_fingerprint: key.fingerprint(),
            encrypted_data: encrypted.to_vec(),
        };
        self.state = State::Params { agreement, half };
        Ok(Step::Send(query.to_bytes()))
    }

    /// The first key in the server's order that is known here.
    fn choose_key(&self, offered: &[i64]) -> Result<&RsaPublicKey, HandshakeError> {
        offered
            .iter()
            .find_map(|f| self.config.keys.iter().find(|key| key.fingerprint() == *f))
            .ok_or_else(|| HandshakeError::UnknownKeys {
                offered: offered.iter().take(OFFERED_MAX).copied().collect(),
            })
    }

    /// `Server_DH_Params`: checks the server's half and sends ours.
    fn handle_params(
        &mut self,
        now: Now,
        body: &[u8],
        agreement: Box<Agreement>,
        half: Half,
        entropy: &mut dyn Entropy,
    ) -> Result<Step, HandshakeError> {
        let answer = match read(body)?.0 {
            enums::ServerDhParams::Ok(answer) => answer,
            enums::ServerDhParams::Fail(refusal) => {
                agreement.check(refusal.nonce, refusal.server_nonce)?;
                return Err(if agreement.proves_refusal(&refusal.new_nonce_hash) {
                    HandshakeError::Refused
                } else {
                    HandshakeError::NewNonceHash
                });
            }
            _ => return Err(unknown(body, "Server_DH_Params").into()),
        };
        agreement.check(answer.nonce, answer.server_nonce)?;
        let inner = agreement.open(&answer.encrypted_answer)?;
        let group = DhGroup::check(&inner.dh_prime, inner.g, entropy)?;
        let g_a = group.check_public(&inner.g_a)?;
        let (exponent, g_b) = half.finish(&group, entropy)?;
        let query = agreement.seal(&[0; 8], &g_b, entropy);
        self.state = State::Key(Box::new(Pending {
            agreement,
            group,
            g_a,
            exponent,
            key: None,
            server_time: inner.server_time,
            told: now.instant,
            retries: 0,
        }));
        Ok(Step::Send(query))
    }

    /// `Set_client_DH_params_answer`: the server's word on the key.
    fn handle_gen(
        &mut self,
        now: Now,
        body: &[u8],
        mut pending: Box<Pending>,
        entropy: &mut dyn Entropy,
    ) -> Result<Step, HandshakeError> {
        match read(body)?.0 {
            enums::SetClientDhParamsAnswer::DhGenOk(x) => {
                let key = pending.proved(1, x.nonce, x.server_nonce, &x.new_nonce_hash1)?;
                Ok(Step::Done(self.new_key(now, key, &pending)))
            }
            enums::SetClientDhParamsAnswer::DhGenRetry(x) => {
                let key = pending.proved(2, x.nonce, x.server_nonce, &x.new_nonce_hash2)?;
                let query = pending.retry(&key, entropy)?;
                self.state = State::Key(pending);
                Ok(Step::Send(query))
            }
            enums::SetClientDhParamsAnswer::DhGenFail(x) => {
                pending.proved(3, x.nonce, x.server_nonce, &x.new_nonce_hash3)?;
                Err(HandshakeError::Failed)
            }
            _ => Err(unknown(body, "Set_client_DH_params_answer").into()),
        }
    }

    fn new_key(&self, now: Now, key: AuthKey, pending: &Pending) -> NewKey {
        let server_time = pending.server_time;
        let passed = now.instant.saturating_duration_since(pending.told);
        let passed = i32::try_from(passed.as_secs()).unwrap_or(i32::MAX);
        NewKey {
            key,
            salt: pending.agreement.salt(),
            server_time,
            time_offset: offset(server_time.saturating_add(passed), now),
            expires_at: self
                .config
                .expires_in
                .map(|seconds| server_time.saturating_add(seconds)),
        }
    }
}

impl Half {
    fn prepare(&mut self) {
        if self.known_public.is_none() {
            self.known_public = Some(DhGroup::known().public(&self.exponent));
        }
    }

    /// The secret exponent and its public number in this group.
    fn finish(
        self,
        group: &DhGroup,
        entropy: &mut dyn Entropy,
    ) -> Result<(Exponent, [u8; 256]), HandshakeError> {
        let public = match self.known_public {
            Some(public) if *group == DhGroup::known() => public,
            _ => group.public(&self.exponent),
        };
        // Our own number has to be in range too.
        // https://core.telegram.org/mtproto/security_guidelines#g-a-and-g-b-validation
        match group.check_public(&public) {
            Ok(public) => Ok((self.exponent, public)),
            Err(_) => Ok(group.draw(entropy)?),
        }
    }
}

impl Pending {
    fn key(&mut self) -> Result<&AuthKey, HandshakeError> {
        let key = match self.key.take() {
            Some(key) => key,
            None => self.group.shared(&self.g_a, &self.exponent)?,
        };
        Ok(self.key.insert(key))
    }

    /// The key that an answer is about, if the answer is genuine. `n` is as in
    /// [`Agreement::proves`].
    fn proved(
        &mut self,
        n: u8,
        nonce: [u8; 16],
        server_nonce: [u8; 16],
        hash: &[u8; 16],
    ) -> Result<AuthKey, HandshakeError> {
        self.agreement.check(nonce, server_nonce)?;
        let key = self.key()?.clone();
        if self.agreement.proves(n, hash, &key) {
            Ok(key)
        } else {
            Err(HandshakeError::NewNonceHash)
        }
    }

    /// Makes another key, because the server has one with the same id already.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key#9-server-responds-in-one-of-three-ways>.
    fn retry(
        &mut self,
        refused: &AuthKey,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, HandshakeError> {
        self.retries += 1;
        if self.retries > RETRIES_MAX {
            return Err(HandshakeError::Retries {
                times: self.retries,
            });
        }
        let (exponent, g_b) = self.group.draw(entropy)?;
        self.exponent = exponent;
        self.key = None;
        Ok(self.agreement.seal(&refused.aux_hash(), &g_b, entropy))
    }
}

/// Nothing but the step is shown: the rest is secret.
impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = match self.state {
            State::Pq { .. } => "waiting for resPQ",
            State::Params { .. } => "waiting for Server_DH_Params",
            State::Key(_) => "waiting for Set_client_DH_params_answer",
            State::Over => "over",
        };
        f.debug_struct("Handshake")
            .field("step", &step)
            .field("dc", &self.config.dc)
            .finish_non_exhaustive()
    }
}

/// The prime factors of a big-endian number below 2^63, the smaller one first.
///
/// See <https://core.telegram.org/mtproto/auth_key#2-server-sends-response-of-the-form>.
fn factors(pq: &[u8]) -> Result<(u64, u64), HandshakeError> {
    let pad = 8_usize
        .checked_sub(pq.len())
        .ok_or(HandshakeError::Factors)?;
    let mut padded = [0; 8];
    padded[pad..].copy_from_slice(pq);
    let number = u64::from_be_bytes(padded);
    if number > i64::MAX as u64 {
        return Err(HandshakeError::Factors);
    }
    factorize(number).ok_or(HandshakeError::Factors)
}

/// A big-endian number as short as it can be.
fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

/// By how many seconds the server's clock is ahead.
fn offset(server_time: i32, now: Now) -> i32 {
    let own = i64::try_from(now.unix.as_secs()).unwrap_or(i64::MAX);
    let ahead = i64::from(server_time).saturating_sub(own);
    let most = if ahead < 0 { i32::MIN } else { i32::MAX };
    i32::try_from(ahead).unwrap_or(most)
}
