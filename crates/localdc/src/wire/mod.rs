//! What travels over a connection: encrypted messages, containers, and the numbers in them.
mod container;
mod envelope;
pub(crate) mod ids;
mod message;
mod msg_ids;
mod packed;

pub(crate) use container::{Malformed, Part, split};
pub(crate) use envelope::{Sealed, key_id, open, part_len, put_part, seal};
pub(crate) use message::{Lead, Message};
pub(crate) use msg_ids::{Kind, MsgIds, is_notice, time_of};
pub(crate) use packed::{pack, unpack};
