//! The key pair of the data centre: the public half for clients, the private half at work.
mod pair;
mod private;

pub(crate) use private::PrivateKey;
