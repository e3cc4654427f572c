//! Arithmetic modulo an odd number of up to 2048 bits, for the secret exponents of Diffie-Hellman
//! and of the password check.
//!
//! It is a crate of its own so that it alone can be optimised in debug builds, where one
//! exponentiation would otherwise take a quarter of a second. Against `crypto-bigint`, which did
//! this before, it builds in a tenth of the time and is level with it in the time of an
//! exponentiation.
//!
//! The modulus is public. What is done to a [`Residue`] takes a time that depends on the length of
//! the numbers, never on their value, and a residue is wiped when it is dropped.
//!
//! ```
//! use modular::Modulus;
//!
//! let mut seven = [0; 256];
//! seven[255] = 7;
//! let modulus = Modulus::new(&seven).expect("seven is odd");
//! let mut three = [0; 256];
//! three[255] = 3;
//! // 3^5 is 243, which is 5 more than 34 times 7.
//! assert_eq!(modulus.residue(&three).power(&[5]).to_bytes()[255], 5);
//! ```
mod limbs;
mod modulus;
mod product;
mod residue;

pub use modulus::Modulus;
pub use residue::Residue;
