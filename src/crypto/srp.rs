//! The password check of two-step verification: SRP-6a, in which the password never travels.
//!
//! The server keeps a *verifier* made from the password. Client and server each compute a shared
//! secret, the client from the password and the server from the verifier, and the client proves
//! that it has the same one. See <https://core.telegram.org/api/srp>.
use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use super::dh::{DhError, DhGroup, Exponent};
use super::hash::sha256;
use super::modulus::Residue;
use crate::entropy::Entropy;
use crate::secret::Secret;

/// How often the password is hashed.
///
/// See <https://core.telegram.org/api/srp#checking-the-password-with-srp>.
const ROUNDS: u32 = 100_000;

/// Why no answer to a password challenge can be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SrpError {
    /// The group is not one in which the password would be safe.
    #[error(transparent)]
    Group(#[from] DhError),
    /// The server's number `srp_B` would give the password away.
    #[error("the server's password challenge is out of its range: ask for a new one")]
    ServerPublic,
    /// The hash of both public numbers is zero, so the answer would not depend on the password.
    #[error("the server's password challenge is degenerate: ask for a new one")]
    Challenge,
}

/// What `account.password` says: a challenge, and how the password was hashed.
///
/// See <https://core.telegram.org/constructor/account.password>.
#[derive(Clone, Copy, Debug)]
pub struct SrpParams<'a> {
    /// The first salt of the password's hash.
    pub salt1: &'a [u8],
    /// The second salt of the password's hash.
    pub salt2: &'a [u8],
    /// The generator of the group.
    pub g: i32,
    /// The prime of the group, a big-endian number.
    pub p: &'a [u8],
    /// The server's public number `srp_B`.
    pub srp_b: &'a [u8],
}

/// The answer to a password challenge: what `inputCheckPasswordSRP` carries beside the challenge's
/// number.
#[derive(Clone)]
pub struct SrpAnswer {
    /// The client's public number `A`.
    pub a: [u8; 256],
    /// The proof `M1`.
    pub m1: [u8; 32],
}

/// The proof is good for one use by whoever holds it, so it is not shown.
impl fmt::Debug for SrpAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SrpAnswer(..)")
    }
}

/// Answers a password challenge. The hashing takes about 45 milliseconds, by design.
///
/// `password` is UTF-8, as the user typed it. The client's secret comes from `entropy` alone: what
/// the server offers as randomness is never used.
/// See <https://core.telegram.org/api/srp#checking-the-password-with-srp>.
///
/// # Errors
///
/// [`SrpError::Group`] if the group is unsafe, and [`SrpError::ServerPublic`] or
/// [`SrpError::Challenge`] if the server's number is.
pub fn answer(
    params: &SrpParams<'_>,
    password: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<SrpAnswer, SrpError> {
    let group = DhGroup::check(params.p, params.g, entropy)?;
    let server = group
        .check_public(params.srp_b)
        .map_err(|_| SrpError::ServerPublic)?;
    let x = password_hash(params.salt1, params.salt2, password);
    let (secret, public) = group.draw(entropy)?;
    let exchange = Exchange {
        group: &group,
        public,
        server,
    };
    let shared = exchange.shared(&x, &secret)?;
    Ok(SrpAnswer {
        a: public,
        m1: exchange.proof(params.salt1, params.salt2, &shared),
    })
}

/// The verifier of a password: what the server keeps, and `new_password_hash` when one is set.
///
/// Who has it can try passwords as fast as they can hash, so it is a secret. The salts are those of
/// the new password; `salt1` is the server's with at least 32 random bytes of the client's behind.
/// See <https://core.telegram.org/api/srp#setting-a-new-2fa-password>.
#[must_use]
pub fn password_verifier(
    group: &DhGroup,
    salt1: &[u8],
    salt2: &[u8],
    password: &[u8],
) -> Secret<[u8; 256]> {
    let x = password_hash(salt1, salt2, password);
    Secret::new(*verifier(group, &x).to_bytes())
}

/// The hash of the password, `x`.
fn password_hash(salt1: &[u8], salt2: &[u8], password: &[u8]) -> Zeroizing<[u8; 32]> {
    let first = salted(&*salted(password, salt1), salt2);
    let mut long = Zeroizing::new([0; 64]);
    pbkdf2::pbkdf2::<hmac::Hmac<sha2::Sha512>>(&first[..], salt1, ROUNDS, &mut long[..])
        .expect("HMAC takes keys of any length");
    salted(&long[..], salt2)
}

/// The hash of `data` between two copies of the salt.
fn salted(data: &[u8], salt: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(sha256(&[salt, data, salt]))
}

/// The verifier `v`: the generator to the power of the password's hash.
fn verifier(group: &DhGroup, x: &[u8; 32]) -> Residue {
    group.generator().power(x)
}

/// Both public numbers of one check.
struct Exchange<'a> {
    group: &'a DhGroup,
    /// Ours, `A`.
    public: [u8; 256],
    /// The server's, `B`.
    server: [u8; 256],
}

impl Exchange<'_> {
    /// The multiplier `k`, by which the server hides its number behind the verifier.
    fn multiplier(&self) -> [u8; 32] {
        sha256(&[self.group.prime(), &self.group.padded_g()])
    }

    /// The hash `u` of both public numbers.
    fn scrambler(&self) -> [u8; 32] {
        sha256(&[&self.public, &self.server])
    }

    /// The shared secret `s_a = (B - k * v) ^ (a + u * x)`.
    fn shared(&self, x: &[u8; 32], secret: &Exponent) -> Result<Zeroizing<[u8; 256]>, SrpError> {
        let u = self.scrambler();
        if u == [0; 32] {
            return Err(SrpError::Challenge);
        }
        let mut multiplier = [0; 256];
        multiplier[224..].copy_from_slice(&self.multiplier());
        let hidden = self
            .group
            .residue(&multiplier)
            .times(&verifier(self.group, x));
        let base = self.group.residue(&self.server).minus(&hidden);
        // The sum in the exponent is a product of powers, so no exponent grows beyond its type.
        let shared = base
            .power(secret.as_bytes())
            .times(&base.power(&u).power(x));
        Ok(shared.to_bytes())
    }

    /// The proof `M1` that we have the shared secret.
    fn proof(&self, salt1: &[u8], salt2: &[u8], shared: &[u8; 256]) -> [u8; 32] {
        let (p, g) = (
            sha256(&[self.group.prime()]),
            sha256(&[&self.group.padded_g()]),
        );
        let group: [u8; 32] = std::array::from_fn(|i| p[i] ^ g[i]);
        let key = Zeroizing::new(sha256(&[shared]));
        sha256(&[
            &group,
            &sha256(&[salt1]),
            &sha256(&[salt2]),
            &self.public,
            &self.server,
            &key[..],
        ])
    }
}
