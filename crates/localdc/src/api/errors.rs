//! The refusals that many methods share (<https://core.telegram.org/api/errors>).
use super::seam::RpcError;

/// 400: the request is wrong.
pub(crate) fn bad(name: &str) -> RpcError {
    RpcError::new(400, name)
}

/// 401: nobody is logged in with this key.
pub(crate) fn unregistered() -> RpcError {
    RpcError::new(401, "AUTH_KEY_UNREGISTERED")
}

/// 401: the account has a password besides.
pub(crate) fn password_needed() -> RpcError {
    RpcError::new(401, "SESSION_PASSWORD_NEEDED")
}

/// 403: this account may not do it.
pub(crate) fn forbidden(name: &str) -> RpcError {
    RpcError::new(403, name)
}

/// 406: refused for a reason that clients are not meant to show.
pub(crate) fn not_acceptable(name: &str) -> RpcError {
    RpcError::new(406, name)
}

/// 303: another data centre has to be asked (`PHONE`, `USER`, `NETWORK`).
pub(crate) fn migrate(what: &str, dc: i32) -> RpcError {
    RpcError::new(303, format!("{what}_MIGRATE_{dc}"))
}

/// 400: this server does not do what the request asks for, and says so instead of doing less.
/// Production has no such error.
pub(crate) fn unsupported(what: &str) -> RpcError {
    RpcError::new(400, format!("LOCALDC_UNSUPPORTED_{}", what.to_uppercase()))
}
