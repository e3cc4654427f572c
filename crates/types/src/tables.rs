//! The tables of the schema, as `build.rs` has generated them. `schema.rs` says what they mean.
include!(concat!(env!("OUT_DIR"), "/tl_tables.rs"));
