//! The password check of two-step verification: SRP-6a, in which the password never travels.
//!
//! The server keeps a *verifier* made from the password. Client and server each compute a shared
//! secret, the client from the password and the server from the verifier, and the client proves
//! that it has the same one. See <https://core.telegram.org/api/srp>.
use std::fmt;

use primitives::{Residue, pbkdf2_sha512};
use zeroize::Zeroizing;

use super::dh::{DhError, DhGroup, Exponent};
use super::hash::sha256;
use crate::entropy::Entropy;
use crate::secret::Secret;

/// How often the password is hashed.
///
/// See <https://core.telegram.org/api/srp#checking-the-password-with-srp>.
const ROUNDS: u32 = 100_000;

/// Why no answer to a password challenge can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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

/// What the server keeps of a new password: the first salt, which the client has a part in, and the
/// verifier.
///
/// Who has the verifier can try passwords as fast as they can hash.
#[derive(Clone, Debug)]
pub struct SrpVerifier {
    /// The server's salt with the client's behind it.
    pub salt1: Vec<u8>,
    /// What goes as `new_password_hash`.
    pub verifier: Secret<[u8; 256]>,
}

/// The random bytes that the client adds to the first salt.
///
/// See <https://core.telegram.org/api/srp#setting-a-new-2fa-password>.
const CLIENT_SALT: usize = 32;

/// Makes of a new password what the server is to keep of it. The salts, the generator and the prime
/// are those of `new_algo`, which `account.password` offers. The hashing takes about 45
/// milliseconds, by design.
///
/// See <https://core.telegram.org/api/srp#setting-a-new-2fa-password>.
///
/// # Errors
///
/// [`SrpError::Group`] if the group is unsafe.
pub fn new_password(
    (salt1, salt2): (&[u8], &[u8]),
    (g, p): (i32, &[u8]),
    password: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<SrpVerifier, SrpError> {
    let mut own = [0; CLIENT_SALT];
    entropy.fill(&mut own);
    let group = DhGroup::check(p, g, entropy)?;
    let salt1 = [salt1, &own].concat();
    let verifier = password_verifier(&group, &salt1, salt2, password);
    Ok(SrpVerifier { salt1, verifier })
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
    pbkdf2_sha512(&first[..], salt1, ROUNDS, &mut long);
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

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;
    use crate::crypto::prime::{KNOWN_PRIME, padded};
    use crate::crypto::testing::{Scripted, Seeded, Stuck, hex, hex_array};

    /// One published check with every number on the way.
    struct Case {
        password: &'static str,
        salt1: &'static str,
        salt2: &'static str,
        server: &'static str,
        secret: [u8; 256],
        x: &'static str,
        verifier: &'static str,
        u: &'static str,
        shared: &'static str,
        key: &'static str,
        m1: &'static str,
    }

    const MULTIPLIER: &str = "b9a87477bf585b87c1af9ea7d4850ff0edaa72f82e7afec3218091a79a5068b9";

    fn first_case() -> Case {
        let mut secret = [0; 256];
        secret[255] = 1;
        Case {
            password: "123123",
            secret,
            salt1: "
                4d11fb6bec38f9d2546bb0f61e4f1c99a1bc0db8f0d5f35b1291b37b213123d7ed48f3c6794d495b",
            salt2: "a1b181aafe88188680ae32860d60bb01",
            server: "
                9c52401a6a8084ec82f01c3725d3fb448bd2f0c909f9d97726eac4b7a74172d952f02466be6734fa
                274d2b7429e27397f10372d66b400b80a5c5ae3f28b17bf3105d7a2d2a885998cdc2defc208aec21
                7ab58859a9abc2374ad93dc285f4b3fbcaff4143d7888f2425bd2fb711b25609ceb21757d935b1ef
                2f042173ad0ce2fe0e474dac53914bd25a8a9aed4aea8953d55cb88621db37b871ea0d04393ac098
                7f68094ccc9de8239251375d8fffd263316cd528c097b7bc9fb919fbedb76c525df3413c374ee076
                d97a1e6d352bb7cc80fd13651b04b32e2e48c5268150842cfd07cf855958b1b5ea9c36fdad697fe3
                aec8dcc6b1efec36874af226204676cf",
            x: "55a33fcadca739ca2819d8209cd098413d8e072a24ebc69c60f60ff20f8ac1ba",
            verifier: "
                a3ffce70b1649b7732843167d1ea8a48a797263626f7114ae0ed5f851675b1f86c1771c5140ebdfc
                8061384bc101e66540ff6aca1dc718338682bfcea1283bcc222021714047a8b0c2ce75e0419872ae
                c74fc6e23c19b1b62dea7b23af3c8699c5b3d757c32c9bff22bce1386285ca6fda3f6051eba930ea
                37ca0cf3b73311c751bb125b35f8496bcde55c214b7ac2f938e9add7f840dffa81448e6539152e44
                6f17b7dc114d95846548b14db84df76154fb674464fc2444157470e9fde028baa95c8422be6022d4
                2c377bd807f52d3fe9e5f1d0df528d434763ecf74e36927d72b1f3b0bd3ac7fc5a49052f6379f909
                7ababe62c40c61cdf87d34355568e937",
            u: "93d38ed1bff5bdba87f302b029720a82eefc5b6c20db0491f4c669c8fa354c72",
            shared: "
                464196c1239f96a5b1e00d4c40b574cb85723655ec8d3490561d71b1fee98e0ad1f8c9bf3132aebb
                381a1a159cec9da953cb6acda2d2ff8029d1627528c8f7f03aa56f707f27d9196feb63fb3c7a259d
                98355cb7ff11dd60267d6fa8d4a760c9350b9494cc4c099ba9c825d862f9bf683ed57ffd16893d24
                1d0173997344275b79ee29a048b89f1712ef0318ff6099e48cb32c2ef539d858032be4dc83ce2a30
                c24b6c2ce135f25592e59708f59c7a39e2e8164b5b7f50f6fa7963135168f25afa6e3df25b264996
                e173068906188ac6c7ee0de6390b5d3d711261cb67b0ec0b59dff8f0165ddb1da45563996ccbe848
                b6c17eea2bbd98b68a2794b109c85522",
            key: "b766bf5678243de705abcc2b8aa0e6641283cd8192240482b53b73816f2c782e",
            m1: "999df906bda2c6cbb52f503406eba2d0d0503ace0cc302c38f13ee5010ad4051",
        }
    }

    fn second_case() -> Case {
        Case {
            password: "234567",
            secret: hex_array(
                "
                    bf31574f34fce1e53891c59b7f62468a0ca682da8585df8de0a18873359755fbb1818878a9ee919b
                    b1e94d20c5f0607e02a33176199bf3220256c9ea1a69f395a515d20539d88cda750a5252fb864f57
                    3f2b032f3b467d08b34fd9c89d1c5d06278e113e51d4e893c1c027455af4653f096607a4156d94fb
                    8e1dc7cee5bfe32850982f941ae4414e83bf22df56270b43b7ccc44c26d40886464da8e344a85407
                    95b8f69b8f508552a723cd6931e1d69204e8e9dc056f0a2a10a0d7951e355f3edef5a5e18a909129
                    5a51eb9db10b8b0d30489c8d29bc0cd86e97781f5e30c5b6bfe7caf4aae81b282e653ac48aa1a8fd
                    e789722bc04f4320cd9f86849fe05ca4",
            ),
            salt1: "
                5f483c38bd0986e7cdc95ae138ef4f49b951c1f81c713fecdef3af692cec4b4716ac9b770a195ebe",
            salt2: "b616fc6bbedf511119c5ed34629527f1",
            server: "
                93f70ebd50f6426aca2568769599f91f24d01284cc51a449e62dcc1527dfe50126b2aa44238e4fb2
                331419ed4aebf1a0ae15e03abd18bfc52ca6baec564c13b5a1d2e357799897757bb736fdc2ceb1b5
                6aacf19ab3548d6d922a522f0b51f40124c3bc9936aff3e1dcfbea39ac9ad2addc6af0ad30783278
                bbb84cab0ed8464b0ffeb2b0c93a39a5d97dba0105672ca5475373d8d23e54a6ac9bed9519e8bef4
                f00719f5ad56151be5537648df2f8e3e7265cb57fb94a054ce2a82b8cc664ad060e0d6c6df187934
                5440eb977fa0f2d36f31a253d8917732f133d40033a34b6152969b600d59cdabfea2ab2393ad659e
                56d66e13605b1f61e48e3cd65c0f58ac",
            x: "ef792704447d41b8c41eaae6a9e4f8d50b5cd6a6ba71b7da5cc43de58bb7fa11",
            verifier: "
                5c6a703044a44c22babe5f578e00badcba2e34edbc75ff161976c9bd164a231ba6f842633a7aa6be
                742ed2a67ae999cfa4ff9bbf9bb0825ec45fcc4c87544b01d66fe67fc8e07f16bc3bf63c93f7f6d1
                93147e0567dae8e2fa7f25e335d7d2199186496df55490c371373c312055368796a3a649c39b6607
                5ae2d57f559641a1c8a0cbf215ec02739ec16e9eb09c7c91bc89db027f5abfc55af50dbbf3eeacec
                d2c248966541cc75de0b063e9c437abde2f4212e2c7282c7c32c2c79ac8ec72ab73011e0e77f1214
                228be6f72c9df40776ed9b6b1215aa3ffbe715168ff7a4b9d841e2a0ef4647e7153809776ee08fd8
                82d64e3e56f20bc78923252e22804dbf",
            u: "bddb4adb13f18f21a8b9814c2bc0e3ad515e299cfadf03b286b96c5a9aa25206",
            shared: "
                653d9ff81668463f2004a6267dc943a0c91b1e1ed246ac19feae7b2e1eb98b1dda5422c1a1222a2d
                06f9e83ac9222f8e2bcbf20a62ed93e86f5b87561fd4275890ecb311d0dc95f5b7da8e47235e0008
                5e765263c96ec773ec92105ac8c7b7df79e00cbdf17ed33305c34ca28d71cd25fbb073c3e3bfde5f
                8f8007e6f375c4687dc909133e4272656f590278657199bf1cd6dc03f9cb95f023cc11707e5b89cd
                2209eab0e6e6a90ce509aff225efdd2bef16ffaeee483e5bb3291cdb699ccb937bf07b984fcb212d
                49ccb5239c5e880f9f433eb0e2bb2be7b8ed785124e7c62184a0577eb0b38b48b022c4fe132685d0
                d583e19eebe8c24a99b64a30be57bdf4",
            key: "7ada72ff8705eb020a179b67fa32262bd76432d2bdfcf985b260a98307711ff2",
            m1: "4d7af412c5a2e7b15467376bd118b853604e687b31f51c4980c4d7c1876613e3",
        }
    }

    impl Case {
        fn check(&self) -> [u8; 256] {
            let (salt1, salt2) = (hex(self.salt1), hex(self.salt2));
            let group = DhGroup::known();
            let x = password_hash(&salt1, &salt2, self.password.as_bytes());
            assert_eq!(x[..], hex(self.x));
            let v = password_verifier(&group, &salt1, &salt2, self.password.as_bytes());
            assert_eq!(v.expose()[..], hex(self.verifier));
            let secret = Exponent::new(self.secret);
            let exchange = Exchange {
                group: &group,
                public: group.public(&secret),
                server: hex_array(self.server),
            };
            assert_eq!(exchange.multiplier()[..], hex(MULTIPLIER));
            assert_eq!(exchange.scrambler()[..], hex(self.u));
            let shared = exchange.shared(&x, &secret).unwrap();
            assert_eq!(shared[..], hex(self.shared));
            assert_eq!(sha256(&[&shared[..]])[..], hex(self.key));
            let proof = exchange.proof(&salt1, &salt2, &shared);
            assert_eq!(proof[..], hex(self.m1));
            exchange.public
        }
    }

    #[test]
    fn a_published_check_with_the_smallest_secret() {
        let public = first_case().check();
        assert_eq!(public, DhGroup::known().padded_g());
        let case = first_case();
        let inner = salted(case.password.as_bytes(), &hex(case.salt1));
        assert_eq!(
            salted(&inner[..], &hex(case.salt2))[..],
            hex("46e0b888aba32d4da5ee3a2526bfd98b5f2c9328bc9e30346b2be908af527cfa")
        );
    }

    #[test]
    fn a_published_check() {
        let case = second_case();
        let public = case.check();
        let inner = salted(case.password.as_bytes(), &hex(case.salt1));
        assert_eq!(
            salted(&inner[..], &hex(case.salt2))[..],
            hex("121316b24f6a87ee9931933cdc43ebbdab8e428c6f2e073fbd87cf1f12f39ce8")
        );
        // The same through the face, the secret coming in as chance.
        let (salt1, salt2) = (hex(case.salt1), hex(case.salt2));
        let srp_b = hex(case.server);
        let params = SrpParams {
            salt1: &salt1,
            salt2: &salt2,
            g: 3,
            p: &KNOWN_PRIME,
            srp_b: &srp_b,
        };
        let mut entropy = Scripted(case.secret.to_vec());
        let answer = answer(&params, case.password.as_bytes(), &mut entropy).unwrap();
        assert_eq!(answer.a, public);
        assert_eq!(
            answer.a[..],
            hex("
                    0fa12bc655b1187a28296a69ae565d682782e0ceb05a089c0c41c1dce983dc7f4a53434ea78e065d
                    9e1cb60e427b4468a4780609feba2f55654ee2efe0aeb72edafde2652e26ed5b4d4baad9d2a38180
                    6af63416bf6263df45a43d85be5401bc223ebfac09421caddd7e260bd6b86542133c048d6cd54b38
                    d8e2ccdf6b550e875b1353a4acfe3292ffb56a0f58b2a39027c9bfdd91fd4c531d23c77d6e8f7d58
                    3eaeea316dedded69935296ce7ea34e9be6ef2fbd829eac4c9bd646dc1563e47f77b91431ca002cf
                    79fc149d968272835c15ca1c6b2c5e03712a2e1b5d52f5e4faa1c16cb177fafd96a6aa5b4b3f4c64
                    9915644b63855cfb38561ff17fedfb8a")
        );
        assert_eq!(answer.m1[..], hex(case.m1));
    }

    /// The first salts of the published checks are a server's 8 bytes and a client's 32.
    #[test]
    fn a_new_password_is_kept_as_in_the_published_checks() {
        for case in [first_case(), second_case()] {
            let (salt1, salt2) = (hex(case.salt1), hex(case.salt2));
            let (server, client) = salt1.split_at(8);
            let mut chance = Scripted(client.to_vec());
            let group = (3, &KNOWN_PRIME[..]);
            let password = case.password.as_bytes();
            let new = new_password((server, &salt2), group, password, &mut chance);
            let new = new.expect("the known group");
            assert_eq!(new.salt1, salt1);
            assert_eq!(new.verifier.expose()[..], hex(case.verifier)[..]);
            assert!(format!("{new:?}").contains("Secret(..)"), "it is not shown");
        }
        let small = new_password((b"1", b"2"), (3, &[23]), b"x", &mut Seeded(1));
        assert_eq!(small.err(), Some(SrpError::Group(DhError::PrimeSize)));
    }

    #[test]
    fn a_published_hash_of_a_password() {
        let salt1 =
            hex("9b3accc457c0d5288e8cff31eb21094048bc11902f6614dbb9afb839ee7641c37619537d8ebe749e");
        let salt2 = hex("6c619bb0786dc4ed1bf211d23f6e4065");
        let x = password_hash(&salt1, &salt2, b"qwe123");
        assert_eq!(
            x[..],
            hex("750f1fe282965e63ce17b98427b35549fb864465211840f6a7c1f2fb657cc33b")
        );
    }

    /// The other half, written from the server's side of the page with other arithmetic.
    struct Server {
        p: BigUint,
        v: BigUint,
        b: BigUint,
        public: [u8; 256],
    }

    impl Server {
        fn new(v: &[u8; 256], chance: &mut Seeded) -> Self {
            let p = BigUint::from_bytes_be(&KNOWN_PRIME);
            let v = BigUint::from_bytes_be(v);
            let b = BigUint::from_bytes_be(&chance.array::<256>());
            let k = BigUint::from_bytes_be(&hex(MULTIPLIER));
            let public = (k * &v + BigUint::from(3_u32).modpow(&b, &p)) % &p;
            Self {
                public: padded(&public),
                p,
                v,
                b,
            }
        }

        fn proof(&self, salt1: &[u8], salt2: &[u8], a: &[u8; 256]) -> [u8; 32] {
            let u = BigUint::from_bytes_be(&sha256(&[a, &self.public]));
            let base = BigUint::from_bytes_be(a) * self.v.modpow(&u, &self.p);
            let shared = sha256(&[&padded(&base.modpow(&self.b, &self.p))]);
            let (p, g) = (sha256(&[&KNOWN_PRIME]), sha256(&[&[0; 255], &[3]]));
            let both: Vec<u8> = p.iter().zip(g).map(|(p, g)| p ^ g).collect();
            let (salt1, salt2) = (sha256(&[salt1]), sha256(&[salt2]));
            sha256(&[&both, &salt1, &salt2, a, &self.public, &shared])
        }
    }

    #[test]
    fn a_server_accepts_the_right_password_only() {
        let mut chance = Seeded(1);
        let (salt1, salt2): ([u8; 40], [u8; 16]) = (chance.array(), chance.array());
        let password = "пароль".as_bytes();
        let v = password_verifier(&DhGroup::known(), &salt1, &salt2, password);
        let server = Server::new(v.expose(), &mut chance);
        let params = SrpParams {
            salt1: &salt1,
            salt2: &salt2,
            g: 3,
            p: &KNOWN_PRIME,
            srp_b: &server.public,
        };
        let right = answer(&params, password, &mut chance).unwrap();
        assert_eq!(right.m1, server.proof(&salt1, &salt2, &right.a));
        let wrong = answer(&params, b"password", &mut chance).unwrap();
        assert_ne!(wrong.m1, server.proof(&salt1, &salt2, &wrong.a));
        assert_ne!(right.a, wrong.a, "each answer has its own secret");
    }

    #[test]
    fn challenges_that_would_give_the_password_away() {
        let good = hex(second_case().server);
        let ask = |g, p: &[u8], srp_b: &[u8]| {
            let params = SrpParams {
                salt1: b"1",
                salt2: b"2",
                g,
                p,
                srp_b,
            };
            answer(&params, b"x", &mut Stuck(0)).err()
        };
        let mut one = [0; 256];
        one[255] = 1;
        let mut less_one = KNOWN_PRIME;
        less_one[255] -= 1;
        let long = [&[0], &good[..]].concat();
        for bad in [
            &[][..],
            &[0; 256],
            &one,
            &less_one,
            &KNOWN_PRIME,
            &[0xff; 256],
            &long,
            &good[9..],
        ] {
            assert_eq!(ask(3, &KNOWN_PRIME, bad), Some(SrpError::ServerPublic));
        }
        let group = |error| Some(SrpError::Group(error));
        assert_eq!(ask(2, &KNOWN_PRIME, &good), group(DhError::Generator(2)));
        assert_eq!(ask(3, &[], &good), group(DhError::PrimeSize));
        let mut other = KNOWN_PRIME;
        other[100] ^= 1;
        assert_eq!(ask(4, &other, &good), group(DhError::NotSafePrime));
        // All is well but our own chance.
        assert_eq!(ask(3, &KNOWN_PRIME, &good), group(DhError::Chance));
    }

    #[test]
    fn answers_are_hidden() {
        let answer = SrpAnswer {
            a: [1; 256],
            m1: [2; 32],
        };
        assert_eq!(format!("{answer:?}"), "SrpAnswer(..)");
    }
}
