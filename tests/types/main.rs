//! The codec and the generated types.
mod codec;
mod every;
mod shapes;
