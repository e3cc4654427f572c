//! TL as the library uses it: the types of the schema, and what its tables say.
mod callers;
mod catalogue;
mod facts;
mod remedy;
mod repeatable;

pub use callers::{Callers, callers};
pub use catalogue::ErrorKind;
pub(crate) use catalogue::number_in;
pub use remedy::{Number, Remedy};
pub use repeatable::may_be_repeated;
#[doc(inline)]
pub use tl_types::*;
