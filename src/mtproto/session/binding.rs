//! Binding a temporary key to the permanent one.
use crate::crypto::{AuthKey, bind_temporary_key};
use crate::entropy::Entropy;
use crate::tl::put_bytes;

use super::ids::MsgId;

/// `auth.bindTempAuthKey perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes`.
const AUTH_BIND_TEMP_AUTH_KEY: u32 = 0xcdd4_2a05;

/// What is needed to bind a temporary key, and how far that has come.
///
/// See <https://core.telegram.org/api/pfs>.
pub(super) struct Binding {
    permanent: AuthKey,
    temporary: AuthKey,
    /// When the server forgets the temporary key, by its clock.
    expires_at: i32,
    pub(super) progress: Progress,
    /// The message with the last request for it.
    pub(super) asked: MsgId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// The request has to be sent.
    Needed,
    /// It is out.
    Asked,
    Bound,
}

/// What went wrong with binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BindFailure {
    /// The server cannot read the proof: perhaps it has lost the permanent key.
    PermanentKey,
    /// The temporary key cannot be used.
    TemporaryKey,
    /// Something else, which may pass.
    Other(String),
}

impl Binding {
    pub(super) fn new(permanent: AuthKey, temporary: AuthKey, expires_at: i32) -> Self {
        Self {
            permanent,
            temporary,
            expires_at,
            progress: Progress::Needed,
            asked: MsgId::NONE,
        }
    }

    /// The request, for a message with exactly this id in this session.
    pub(super) fn request(
        &self,
        msg_id: MsgId,
        session_id: i64,
        entropy: &mut dyn Entropy,
        out: &mut Vec<u8>,
    ) {
        let nonce = i64::from_le_bytes(entropy.array());
        let message = bind_temporary_key(
            &self.permanent,
            &self.temporary,
            nonce,
            msg_id.0,
            session_id,
            self.expires_at,
            entropy,
        );
        out.extend_from_slice(&AUTH_BIND_TEMP_AUTH_KEY.to_le_bytes());
        out.extend_from_slice(&self.permanent.id().to_le_bytes());
        out.extend_from_slice(&nonce.to_le_bytes());
        out.extend_from_slice(&self.expires_at.to_le_bytes());
        put_bytes(out, &message);
    }

    /// What an error that the server answers with means.
    pub(super) fn failure(message: &str) -> BindFailure {
        match message {
            "ENCRYPTED_MESSAGE_INVALID" => BindFailure::PermanentKey,
            "TEMP_AUTH_KEY_EMPTY" | "TEMP_AUTH_KEY_ALREADY_BOUND" | "EXPIRES_AT_INVALID" => {
                BindFailure::TemporaryKey
            }
            other => BindFailure::Other(other.to_owned()),
        }
    }
}
