//! What a link tells whoever runs it.
use super::rpc::Outcome;
use super::rpc::{RequestId, RpcError};
use crate::crypto::AuthKey;

/// Something that has happened and concerns the outside.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// What came of a request. Exactly one comes for each that was submitted.
    Answer(RequestId, Outcome),
    /// A serialised object that answers nothing: of type `Updates`, if the server is sane.
    Update(Vec<u8>),
    /// Updates may have been missed since the link was [`Connected`](Self::Connected): the server
    /// has lost the session, or one could not be read.
    UpdatesLost,
    /// The server has answered with an error of the API to what begins the updates of a connection:
    /// nobody may be signed in any more.
    UpdatesRefused(RpcError),
    /// A key was agreed upon. The link waits for
    /// [`KeySaved`](crate::mtproto::Input::KeySaved) before it uses it.
    NewKey {
        /// Which of the two keys it is.
        kind: KeyKind,
        /// The key.
        key: AuthKey,
        /// What has to be added to this machine's time to get the server's, in seconds.
        time_offset: i32,
        /// When the server forgets the key, in seconds since 1970 by the server's clock. `None` for
        /// a permanent one.
        expires_at: Option<i32>,
    },
    /// The server does not accept a key any more. Whoever keeps it should go on doing so until a
    /// new one takes its place: it may be another server that says so, at a wrong address.
    KeyLost(KeyKind),
    /// The salts that are known now, for the next start.
    Salts(Vec<FutureSalt>),
    /// The packet with this request has reached the server.
    QuickAck(RequestId),
    /// Requests can be sent now. Updates may have been missed before: whoever reads has to ask for
    /// them now.
    Connected,
    /// The connection is gone, and why.
    Disconnected(String),
    /// It was the last one, by the link's [`RestartPolicy`](crate::mtproto::RestartPolicy).
    Retired,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The key that the login hangs on.
    Permanent,
    /// A key for a day, bound to the permanent one.
    ///
    /// See <https://core.telegram.org/api/pfs>.
    Temporary,
}

/// A salt and when the server accepts it.
///
/// See <https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FutureSalt {
    /// From when on, in seconds since 1970 by the server's clock.
    pub valid_since: i32,
    /// Until when.
    pub valid_until: i32,
    /// The salt.
    pub salt: i64,
}
