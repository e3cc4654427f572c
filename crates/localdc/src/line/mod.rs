//! One connection's way out: whoever has something for a client queues it here.
mod fate;
mod item;
mod line;
mod writer;

pub(crate) use item::{Item, Letter};
pub(crate) use line::{Line, Means};
