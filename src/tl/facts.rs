//! What `build.rs` makes of the tables in `schema/`.
use super::remedy::{Number, Remedy};

/// A row of `schema/errors.tsv`. Its texts stand one after the other in [`WORDS`].
#[derive(Debug)]
pub(super) struct ErrorRow {
    pub(super) code: i16,
    pub(super) number: Option<Number>,
    pub(super) remedy: Remedy,
    /// Where its name begins.
    pub(super) at: u32,
    /// How long the name is, and so on.
    pub(super) name: u8,
    pub(super) meaning: u8,
    pub(super) advice: u8,
    /// From where to where its methods stand in [`ANSWERED_BY`], by their places in [`ANSWERING`].
    pub(super) methods: (u16, u16),
}

include!(concat!(env!("OUT_DIR"), "/facts.rs"));
