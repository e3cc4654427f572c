//! What of the cryptography takes time: ciphers, hashes, and arithmetic: modulo a prime,
//! and to find the factors of a number.
//!
//! These are plain functions, most of them over well-kept crates. They are a crate of their own
//! because those crates are generic: their code is compiled where it is used, and where that is not
//! optimised, as in debug builds, it takes many times as long. So a few lines in a program's
//! `Cargo.toml` make all of it fast.
//!
//! The modulus is public. What is done to a [`Residue`] takes a time that depends on the length of
//! the numbers, never on their value, and a residue is wiped when it is dropped.
//!
//! ```
//! use primitives::Modulus;
//!
//! let mut seven = [0; 256];
//! seven[255] = 7;
//! let modulus = Modulus::new(&seven).expect("seven is odd");
//! let mut three = [0; 256];
//! three[255] = 3;
//! // 3^5 is 243, which is 5 more than 34 times 7.
//! assert_eq!(modulus.residue(&three).power(&[5]).to_bytes()[255], 5);
//! ```
mod aes;
mod factor;
mod hash;
mod modulus;
mod residue;

pub use aes::{Ctr, ige_decrypt, ige_encrypt};
pub use factor::factorize;
pub use hash::{Sha256Sum, hmac_sha256, pbkdf2_sha512, sha1, sha256};
pub use modulus::Modulus;
pub use residue::Residue;
