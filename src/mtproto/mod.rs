//! The sans-IO core: bytes, time and chance come in, bytes and events go out.
