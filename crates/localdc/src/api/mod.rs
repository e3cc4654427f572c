//! The methods of the API: what the protocol core hands over, and what it gets back.
mod seam;

pub(crate) use seam::{Caller, Push, Reply, RpcError, SessionKey, dispatch};
