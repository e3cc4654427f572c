//! TL: reading and writing it, and the types of the schema.
//!
//! [TL](https://core.telegram.org/mtproto/TL) is the serialisation that MTProto and the Telegram
//! API are written in. [`Reader`] takes values out of bytes and never trusts them; [`Serialize`]
//! and [`Deserialize`] are what every type of the schema implements.
//!
//! # The generated types
//! [`types`] has a struct for each constructor, [`enums`] an enum for each type, [`functions`] a
//! struct for each function, by namespace. A struct is written and read *bare*, an enum and a
//! function with its id. Variants whose structs are large are boxed. Requests are written with
//! `..Default::default()`, so that the optional fields of a newer layer break nobody; the default
//! of an enum is its `…Empty` constructor, else the shallowest one, and its documentation says
//! which.
//!
//! All of them are compared and shown by what they are on the wire:
//!
//! - `==` compares the serialised bytes. So a `NaN` equals itself, and `0.0` is not `-0.0`. Strings
//!   that were not UTF-8 are equal if they have become the same text. Where two optional fields
//!   share a flag and only one is given, the other one is on the wire with its default, and equals
//!   it;
//! - `{:?}` serialises the value and shows it by the tables of the schema: the names of the schema,
//!   no absent fields, `true` flags at the end, long `bytes` cut short, and *secrets* (keys, codes,
//!   passwords, nonces, tokens) as `<secret>`. [`show`] does the same for bytes.
//!
//! # Features
//! `server` makes functions deserialisable. `parser` and `codegen` hand out the crate that the
//! types are generated with, which parses, formats and compares schemas and writes Rust.
mod codec;
mod error;
mod generated;
mod primitives;
mod reader;
mod schema;
mod show;
mod support;
mod tables;
mod walk;

pub use codec::{Deserialize, Identifiable, RemoteCall, Serialize, bare_vec};
pub use error::{DecodeError, DecodeErrorKind};
pub use generated::{LAYER, enums, functions, types};
pub use primitives::{put_bare_vec, put_bytes};
pub use reader::{MAX_DEPTH, Reader, VECTOR_ID};
pub use schema::{TypeRef, name_of};
pub use show::{Shown, show};
pub use walk::{answer_type, walk};

#[cfg(feature = "codegen")]
pub use tlgen as codegen;
#[cfg(feature = "parser")]
pub use tlgen as parser;
