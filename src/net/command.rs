//! What crosses to and from the reactor's thread.
use std::time::Instant;

use super::machine::Machine;
use super::promise::Promise;
use super::tap::{Tap, TapId};
use crate::crypto::AuthKey;
use crate::mtproto::{Attention, FutureSalt, KeyKind, Request, RequestId, RpcError};
use crate::now::Now;

/// Names a link of one reactor. Numbers are never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LinkId(pub(crate) usize);

/// A request as its caller has it.
pub(crate) struct Outgoing {
    /// The serialised function.
    pub(crate) body: Vec<u8>,
    /// Whether it does no harm when it is executed twice.
    pub(crate) harmless: bool,
    /// When the caller wants an answer at the latest, whatever it is then.
    pub(crate) deadline: Instant,
    /// Whether it may be worth compressing. Parts of files are not.
    pub(crate) compress: bool,
    /// Whether it goes without the link's prefix: functions of the protocol itself must.
    pub(crate) no_prefix: bool,
}

/// What a caller asks of the reactor.
pub(super) enum Command {
    Open(LinkId, Box<dyn Machine>),
    Submit(LinkId, Request, Promise),
    Cancel(LinkId, RequestId),
    KeySaved(LinkId, Result<(), String>),
    Attention(LinkId, Attention),
    OpenTap(Tap),
    CloseTap(TapId),
    NetworkRestored,
    /// The session may be used until then, by either clock.
    HoldUntil(Now),
    Close(LinkId),
    Shutdown,
}

/// What has to be kept, or is worth a line in the log. It goes to the thread that writes the store.
#[derive(Debug)]
pub(crate) enum Notice {
    /// A key was made. The link waits for `key_saved` before it sends anything under it.
    NewKey {
        link: LinkId,
        kind: KeyKind,
        key: AuthKey,
        time_offset: i32,
    },
    /// The server does not know this key any more.
    KeyLost { link: LinkId, kind: KeyKind },
    /// The salts to come, of the key that the link sends under: the temporary one where it has one.
    Salts {
        link: LinkId,
        salts: Vec<FutureSalt>,
    },
    /// A connection stands.
    Connected { link: LinkId },
    /// A connection ended, or could not be had.
    Disconnected { link: LinkId, why: String },
}

/// What comes unasked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// A serialised `Updates`.
    Update { link: LinkId, bytes: Vec<u8> },
    /// Updates of this link may have been lost, because its connection is a new one, at the server,
    /// or because the queue was full: ask for the difference.
    Lost { link: LinkId },
    /// The server does not begin the updates of this link, and why.
    Refused { link: LinkId, error: Box<RpcError> },
    /// Nothing comes over this link any more: its last connection is lost.
    Retired { link: LinkId },
}
