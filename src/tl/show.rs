//! Shows serialised values by the tables of the schema.
use std::fmt;

use super::codec::Serialize;

/// Shows a value whose serialised form begins with its id.
pub(super) fn show_boxed(value: &dyn Serialize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bytes = value.to_bytes();
    write!(f, "<{} bytes>", bytes.len())
}

/// Shows a value whose serialised form has no id.
pub(super) fn show_bare(id: u32, value: &dyn Serialize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bytes = value.to_bytes();
    write!(f, "{id:08x} <{} bytes>", bytes.len())
}
