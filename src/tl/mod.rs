//! TL: reading and writing it, and the types of the schema.
//!
//! [TL](https://core.telegram.org/mtproto/TL) is the serialisation that MTProto and the Telegram API
//! are written in. [`Reader`] takes values out of bytes and never trusts them; [`Serialize`] and
//! [`Deserialize`] are what every type of the schema implements.
mod codec;
mod error;
mod generated;
mod primitives;
mod reader;
mod show;
mod support;

pub use codec::{Deserialize, Identifiable, RemoteCall, Serialize};
pub use error::{DecodeError, DecodeErrorKind};
pub use generated::{LAYER, enums, functions, types};
pub use primitives::{VECTOR_ID, bare_vec, put_bare_vec, put_bytes};
pub use reader::{MAX_DEPTH, Reader};
