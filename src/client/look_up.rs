//! What is found out of peers, and remembered: with the server asked once for all who want to know.
use std::time::Instant;

use super::core::Core;
use super::peer_cache::{Learned, Name};
use super::sight::seen_in;
use super::sighting::Sighting;
use crate::error::{Error, Result};
use crate::mtproto::{Cause, Delivery, Unanswered};
use crate::store::PeerKey;
use crate::tl::{RemoteCall, TypeRef};

/// What the server says of a name that nobody has.
const NOBODY: [&str; 3] = [
    "USERNAME_NOT_OCCUPIED",
    "USERNAME_INVALID",
    "PHONE_NOT_OCCUPIED",
];

impl Core {
    /// Whose name it is, by the server: `ask` asks it, unless another thread is at it already.
    /// Whoever is found is known by the name from now on, and nobody else.
    pub(crate) fn look_up(
        &self,
        name: Name<'_>,
        deadline: Instant,
        ask: impl FnOnce() -> Result<PeerKey>,
    ) -> Result<PeerKey> {
        let login = self.imports.login();
        let found = self.look_ups.ask((login, name.owned()), deadline, || {
            let found = match ask() {
                Ok(found) => Ok(found),
                Err(Error::Rpc(no)) if NOBODY.iter().any(|nobody| no.is(nobody)) => Err(no),
                Err(error) => return Err(error),
            };
            self.looked_up(login, name, found.as_ref().ok().copied());
            Ok(found)
        });
        match found.ok_or_else(|| timed_out("looks the same name up"))? {
            Ok(found) => found.map_err(Error::from),
            Err(error) => Err(error),
        }
    }

    fn looked_up(&self, login: u64, name: Name<'_>, found: Option<PeerKey>) {
        self.keeper
            .learn(|peers, now| match self.imports.login() == login {
                true => peers.looked_up(name, found, now),
                false => Learned::default(),
            });
    }

    /// Reads the newest dialogs by `read`, so that whom they show is known: not again within an
    /// hour, and one thread for all that want it.
    pub(crate) fn meet_dialogs(
        &self,
        deadline: Instant,
        read: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let has_read = || {
            self.keeper
                .cached(|peers, now| peers.hints.has_read_dialogs(now))
        };
        if has_read() {
            return Ok(());
        }
        let login = self.imports.login();
        let asked = self.dialog_reads.ask(login, deadline, || {
            if has_read() {
                return Ok(()); // Somebody was faster.
            }
            read()?;
            self.has_met_dialogs(login);
            Ok(())
        });
        asked.ok_or_else(|| timed_out("reads the list of dialogs"))?
    }

    /// The newest dialogs of a login were read.
    pub(crate) fn has_met_dialogs(&self, login: u64) {
        self.keeper.cached(|peers, now| {
            if self.imports.login() == login {
                peers.hints.read_dialogs(now);
            }
        });
    }

    /// The last message in which somebody was seen of whom the server showed little.
    pub(crate) fn sighting(&self, id: PeerKey) -> Option<Sighting> {
        self.keeper.cached(|peers, _| peers.hints.sighting(id))
    }

    /// That message is gone.
    pub(crate) fn lost_sight(&self, id: PeerKey, sighting: Sighting) {
        self.keeper
            .cached(|peers, _| peers.hints.lost_sight(id, sighting));
    }

    /// The server does not know somebody by this hash, and no other was found.
    pub(crate) fn refuse_hash(&self, id: PeerKey, hash: i64) {
        self.keeper
            .cached(|peers, now| peers.hints.refuse(id, hash, now));
    }

    /// Whether it was so not long ago.
    pub(crate) fn is_refused(&self, id: PeerKey, hash: i64) -> bool {
        self.keeper
            .cached(|peers, now| peers.hints.is_refused(id, hash, now))
    }

    /// Takes in what an answer to `R` would say of users and chats, which came by another way.
    pub(crate) fn learn_as<R: RemoteCall>(&self, answer: &[u8]) {
        let ty = TypeRef::returned_by(R::CONSTRUCTOR_ID).unwrap_or(TypeRef::OBJECT);
        let seen = seen_in(answer, ty);
        self.keeper.learn(|peers, now| peers.learn(seen, now));
    }
}

fn timed_out(at: &str) -> Error {
    Error::Unanswered(Unanswered {
        delivery: Delivery::NotSent,
        cause: Cause::Deadline,
        waiting_for: format!("another thread, which {at}"),
    })
}
