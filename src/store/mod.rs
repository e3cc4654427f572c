//! What outlives the process: plain data, and where it is kept.
