//! TL as the library uses it: the types of the schema, and what its tables say.
#[doc(inline)]
pub use tl_types::*;
