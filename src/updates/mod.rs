//! What the server tells unasked, as a stream.
mod update;
mod updates;

pub use update::Update;
pub use updates::{Ended, NoUpdate, Updates, UpdatesIter};
