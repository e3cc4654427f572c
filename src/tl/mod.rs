//! TL as the library uses it: the types of the schema, and what its tables say.
mod catalogue;
mod facts;
mod remedy;

pub use catalogue::ErrorKind;
pub(crate) use catalogue::number_in;
pub use remedy::{Number, Remedy};
#[doc(inline)]
pub use tl_types::*;
