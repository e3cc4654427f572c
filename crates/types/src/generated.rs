//! The types, enums and functions of the schema, as `build.rs` has generated them.
include!(concat!(env!("OUT_DIR"), "/tl.rs"));

#[cfg(feature = "every")]
include!(concat!(env!("OUT_DIR"), "/tl_every.rs"));
