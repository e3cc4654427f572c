//! Where somebody sees a message: in an account's box, or on the board of a channel.
use std::borrow::Cow;

use super::mailbox::PostId;
use super::peer::Peer;
use super::post::Post;
use super::state::World;

/// A message where one account sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The conversation.
    pub(crate) peer: Peer,
    /// Its id there.
    pub(crate) id: i32,
    /// What it says.
    pub(crate) post: PostId,
    /// Whether the account wrote it.
    pub(crate) out: bool,
    /// Whether it is pinned.
    pub(crate) pinned: bool,
}

impl World {
    /// A message of the box of `viewer`: all but those of channels.
    pub(crate) fn in_box(&self, viewer: i64, id: i32) -> Option<Spot> {
        let entry = self.account(viewer)?.mailbox.entry(id)?;
        Some(Spot {
            peer: entry.peer,
            id,
            post: entry.post,
            out: entry.out,
            pinned: entry.pinned,
        })
    }

    /// A message of a conversation that `viewer` has or sees.
    pub(crate) fn spot(&self, viewer: i64, peer: Peer, id: i32) -> Option<Spot> {
        let Peer::Channel(channel) = peer else {
            return self.in_box(viewer, id).filter(|spot| spot.peer == peer);
        };
        let channel = self.channels.get(&channel)?;
        let posted = channel
            .board
            .get(id)
            .filter(|_| channel.shows(viewer, id))?;
        Some(Spot {
            peer,
            id,
            post: posted.post,
            out: self.posts.get(&posted.post)?.author == viewer,
            pinned: posted.pinned,
        })
    }

    /// What a message says.
    pub(crate) fn post_at(&self, viewer: i64, peer: Peer, id: i32) -> Option<&Post> {
        self.posts.get(&self.spot(viewer, peer, id)?.post)
    }

    /// The newest message of a conversation that `viewer` sees, and what it says.
    pub(crate) fn newest(&self, viewer: i64, peer: Peer) -> Option<(i32, &Post)> {
        let (id, post) = match peer {
            Peer::Channel(channel) => self.channels.get(&channel)?.newest(viewer)?,
            _ => self.account(viewer)?.mailbox.newest(peer)?,
        };
        Some((id, self.posts.get(&post)?))
    }

    /// The state of the box that a conversation of `viewer` lies in.
    pub(crate) fn pts_of(&self, viewer: i64, peer: Peer) -> i32 {
        let channel = match peer {
            Peer::Channel(channel) => self.channels.get(&channel),
            _ => return self.account(viewer).map_or(0, |it| it.mailbox.pts()),
        };
        channel.map_or(0, |channel| channel.board.pts())
    }

    /// The messages of a conversation that `viewer` sees, oldest first.
    pub(crate) fn ids_of(&self, viewer: i64, peer: Peer) -> Cow<'_, [i32]> {
        let Peer::Channel(channel) = peer else {
            let thread = self.account(viewer).map(|it| it.mailbox.thread(peer));
            let ids = thread.flatten().map_or(&[][..], |thread| &thread.ids);
            return Cow::Borrowed(ids);
        };
        let channel = self.channels.get(&channel);
        channel.map_or(Cow::Borrowed(&[][..]), |channel| channel.visible_to(viewer))
    }
}
