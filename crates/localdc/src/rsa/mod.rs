//! The key pair of the data centre: the public half for clients, the private half at work.
mod pair;
mod private;

pub use pair::PUBLIC_KEY_PEM;
pub(crate) use private::PrivateKey;
