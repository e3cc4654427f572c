//! Making links by which people come in (<https://core.telegram.org/api/invites>).
use super::invites::Invite;
use super::peer::Peer;
use super::state::World;

/// The letters that a link ends with.
const HASH: usize = 16;

impl World {
    /// A link that leads nowhere else.
    pub(crate) fn new_invite(&mut self, place: Peer, admin: i64) -> Invite {
        let bytes: [u8; HASH] = self.chance.array();
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let letter = |byte: &u8| char::from(letters[usize::from(*byte) % letters.len()]);
        // The first letter is none of a number, which a link to a phone number would have.
        let hash = std::iter::once('A').chain(bytes[1..].iter().map(letter));
        Invite::new(place, admin, self.now(), hash.collect())
    }

    /// The link that an administrator always has: a new one, if there is none.
    pub(crate) fn permanent_invite(&mut self, place: Peer, admin: i64) -> String {
        let mine = self.invites.of(place).into_iter();
        let mut mine = mine.filter(|it| it.admin == admin && it.permanent && !it.revoked);
        if let Some(invite) = mine.next() {
            return invite.hash.clone();
        }
        let invite = Invite {
            permanent: true,
            ..self.new_invite(place, admin)
        };
        let hash = invite.hash.clone();
        self.invites.add(invite);
        hash
    }
}
