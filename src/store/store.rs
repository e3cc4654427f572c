//! What a place must be able to do to keep a session.
use std::time::Duration;

use super::change::Change;
use super::error::StoreError;
use super::note::Note;
use super::peer::{PeerQuery, PeerRecord};
use super::records::Records;

/// Keeps one session.
///
/// The client calls it from a thread of its own, so an implementation may block on a disk or a
/// database for as long as it needs. It belongs to one client at a time: whoever implements it
/// refuses a second one, because two clients that use one key lose their login
/// (<https://core.telegram.org/api/errors#406-not-acceptable>).
///
/// There may be a million peers, so they are looked up one by one, and a change costs what it is,
/// not what the session has grown to. A look-up sees every change that was applied before it.
pub trait Store: Send {
    /// Everything that was kept so far, but for peers and notes; [`Records::default`] for a session
    /// that is new.
    ///
    /// # Errors
    ///
    /// When the records are there but cannot be read. They are left as they are.
    fn load(&mut self) -> Result<Records, StoreError>;

    /// Keeps all of `changes`, in their order, or none of them.
    ///
    /// When it returns without an error the changes outlive the process and, as far as the
    /// medium can promise that, a loss of power. [`Change`] says what each one means.
    ///
    /// # Errors
    ///
    /// When they could not be kept. What was kept before is still there, and the same changes may
    /// be given again.
    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError>;

    /// What is known of a peer. Names and numbers that another peer was seen with since are left
    /// out: whoever asks by such a name gets the other one.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError>;

    /// What is known of several peers, in the order of the queries: for a store that is asked over
    /// a network, where each look-up takes a while.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn peers(&mut self, queries: &[PeerQuery<'_>]) -> Result<Vec<Option<PeerRecord>>, StoreError> {
        queries.iter().map(|query| self.peer(query)).collect()
    }

    /// The notes of a room, the one that was written first in front. Those that have expired since
    /// the last [`Change::Expire`] are among them: [`Note::has_expired`] tells.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError>;

    /// One note, which may have expired since the last [`Change::Expire`].
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError>;

    /// Does a piece of what has to be done some time, as long as nobody waits for the store: no
    /// longer than some milliseconds. Whether there is more.
    ///
    /// # Errors
    ///
    /// When it could not be done. Nothing that was kept is lost.
    fn tidy(&mut self) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// Renews the claim to the session. For how long it holds, from the moment of the call on; the
    /// client calls it again well before that has passed, and closes its connections when it could
    /// not. `None` when the session is held for as long as the store is open, as by a lock: then
    /// the client only asks now and then whether it still is, and goes on when that fails.
    ///
    /// # Errors
    ///
    /// [`StoreError::LeaseLost`] when another client has it by now; else when it could not be
    /// renewed.
    fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        Ok(None)
    }

    /// Whether it is given a thread of its own, also where clients share one
    /// ([`Network`](crate::Network)): for a store that may take longer than a disk does, as over a
    /// network. It is, unless it says otherwise.
    fn needs_own_thread(&self) -> bool {
        true
    }
}

impl<S: Store + ?Sized> Store for Box<S> {
    fn load(&mut self) -> Result<Records, StoreError> {
        (**self).load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        (**self).apply(changes)
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        (**self).peer(query)
    }

    fn peers(&mut self, queries: &[PeerQuery<'_>]) -> Result<Vec<Option<PeerRecord>>, StoreError> {
        (**self).peers(queries)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        (**self).notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        (**self).note(room, key)
    }

    fn tidy(&mut self) -> Result<bool, StoreError> {
        (**self).tidy()
    }

    fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        (**self).renew()
    }

    fn needs_own_thread(&self) -> bool {
        (**self).needs_own_thread()
    }
}
