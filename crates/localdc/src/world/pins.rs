//! Pinned messages (<https://core.telegram.org/api/pin>).
use super::delivery::Told;
use super::mailbox::PostId;
use super::peer::Peer;
use super::state::World;

impl World {
    /// Pins messages of a conversation, or unpins them: for `by` alone (`one_side`), or for
    /// everybody concerned. `by` is told first.
    pub(crate) fn pin(
        &mut self,
        by: i64,
        peer: Peer,
        ids: &[i32],
        (pinned, one_side): (bool, bool),
    ) -> Vec<Told> {
        if let Peer::Channel(channel) = peer {
            return self.pin_up(by, channel, ids, pinned);
        }
        let posts: Vec<PostId> = ids
            .iter()
            .filter_map(|id| self.spot(by, peer, *id))
            .map(|spot| spot.post)
            .collect();
        let mut told = Vec::new();
        self.pin_for(by, peer, ids, pinned, &mut told);
        if one_side {
            return told;
        }
        let mut others: Vec<(i64, Vec<i32>)> = Vec::new();
        for post in posts.iter().filter_map(|post| self.posts.get(post)) {
            for (user, id) in post.copies.iter().filter(|(user, _)| *user != by) {
                match others.iter_mut().find(|(other, _)| other == user) {
                    Some((_, ids)) => ids.push(*id),
                    None => others.push((*user, vec![*id])),
                }
            }
        }
        for (user, ids) in others {
            let theirs = match peer {
                Peer::User(_) => Peer::User(by),
                _ => peer,
            };
            self.pin_for(user, theirs, &ids, pinned, &mut told);
        }
        told
    }

    /// The pinned messages of a conversation, oldest first.
    pub(crate) fn pinned_in(&self, viewer: i64, peer: Peer) -> Vec<i32> {
        let ids = self.ids_of(viewer, peer);
        let ids = ids.iter().copied();
        let spots = ids.filter_map(|id| self.spot(viewer, peer, id));
        let pinned = spots.filter(|spot| spot.pinned);
        pinned.map(|spot| spot.id).collect()
    }

    fn pin_for(&mut self, user: i64, peer: Peer, ids: &[i32], pinned: bool, told: &mut Vec<Told>) {
        if let Some(account) = self.account_mut(user) {
            let event = account.mailbox.pin(peer, ids, pinned);
            told.extend(event.map(|event| Told::own(user, event)));
        }
    }
}
