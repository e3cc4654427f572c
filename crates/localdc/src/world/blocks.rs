//! Whom an account has blocked.
use super::peer::Peer;

/// One list of those who are blocked, the last one first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks(Vec<(Peer, i64)>);

impl Blocks {
    /// Puts somebody in, if they are not there.
    pub(crate) fn insert(&mut self, peer: Peer, date: i64) {
        if !self.has(peer) {
            self.0.insert(0, (peer, date));
        }
    }

    /// Lets somebody go.
    pub(crate) fn remove(&mut self, peer: Peer) {
        self.0.retain(|(it, _)| *it != peer);
    }

    /// Keeps only these.
    pub(crate) fn retain(&mut self, peers: &[Peer]) {
        self.0.retain(|(it, _)| peers.contains(it));
    }

    /// Whether somebody is in it.
    pub(crate) fn has(&self, peer: Peer) -> bool {
        self.0.iter().any(|(it, _)| *it == peer)
    }

    /// Whether a user is in it.
    pub(crate) fn contains(&self, user: &i64) -> bool {
        self.has(Peer::User(*user))
    }

    /// All of them, with since when.
    pub(crate) fn all(&self) -> &[(Peer, i64)] {
        &self.0
    }
}
