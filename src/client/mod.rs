//! What a user of the library calls.
