//! Parses TL schemas and generates Rust.
