//! TL: reading and writing it, and the types of the schema.
