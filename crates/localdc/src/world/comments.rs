//! Comments below the posts of a channel: each post is put up in the channel's group for comments
//! too, and who answers it there comments on it (<https://core.telegram.org/api/discussion>).
use ferogram_sync::tl::{enums, types};

use super::delivery::Told;
use super::directory::SERVICE_USER;
use super::mailbox::PostId;
use super::post::{Content, Letter};
use super::state::{World, date};

/// So far up answers are followed.
const DEEP: usize = 1000;

impl World {
    /// Has the posts of a channel commented on in a supergroup, or no more. What either had before
    /// is over.
    pub(crate) fn link_group(&mut self, channel: i64, group: Option<i64>) {
        for id in [Some(channel), group].into_iter().flatten() {
            let other = self.channels.get_mut(&id).and_then(|it| it.linked.take());
            if let Some(other) = other.and_then(|other| self.channels.get_mut(&other)) {
                other.linked = None;
            }
        }
        let Some(group) = group else { return };
        for (id, other) in [(channel, group), (group, channel)] {
            if let Some(it) = self.channels.get_mut(&id) {
                it.linked = Some(other);
            }
        }
    }

    /// Puts a post up in the group for comments, where it is pinned.
    pub(super) fn open_comments(&mut self, channel: i64, id: i32, post: PostId) -> Vec<Told> {
        let group = self.channels.get(&channel).and_then(|it| it.linked);
        let Some((group, original)) = group.zip(self.posts.get(&post)) else {
            return Vec::new();
        };
        let from: enums::Peer = types::PeerChannel {
            channel_id: channel,
        }
        .into();
        let header = types::MessageFwdHeader {
            from_id: Some(from.clone()),
            date: date(original.date),
            channel_post: Some(id),
            post_author: original.signature.clone(),
            saved_from_peer: Some(from),
            saved_from_msg_id: Some(id),
            ..Default::default()
        };
        let letter = Letter {
            sender: Some(channel),
            forward: Some(header),
            views: original.views,
            ..Letter::new(original.content.clone())
        };
        let mut told = self.put_up(SERVICE_USER, group, letter);
        let Some(copy) = told.first().and_then(Told::message_id) else {
            return Vec::new();
        };
        if let Some(post) = self.posts.get_mut(&post) {
            post.comments = Some((group, copy));
        }
        told.extend(self.pin_up(SERVICE_USER, group, &[copy], true));
        told.retain(|told| told.user != SERVICE_USER);
        for told in &mut told {
            told.follows = true;
        }
        told
    }

    /// Gives the copy of a post in the group for comments the post's new content.
    pub(super) fn edit_copy(&mut self, (group, id): (i64, i32), content: Content) -> Vec<Told> {
        let posted = self.channels.get(&group).and_then(|it| it.board.get(id));
        let Some(post) = posted.map(|posted| posted.post) else {
            return Vec::new();
        };
        let mut told = self.edit(post, content);
        for told in &mut told {
            told.follows = true;
        }
        told
    }

    /// Counts a message at what it answers, and at what that answers in turn.
    pub(super) fn count_reply(&mut self, answered: Option<PostId>, by: i32) {
        let mut next = answered;
        for _ in 0..DEEP {
            let post = next.and_then(|id| self.posts.get_mut(&id));
            let Some(post) = post.filter(|post| post.board.is_some()) else {
                return;
            };
            post.replies += by;
            next = post.reply.as_ref().map(|reply| reply.post);
        }
    }

    /// Writes a fact check below a post, or takes it away.
    pub(crate) fn check_fact(
        &mut self,
        (channel, id): (i64, i32),
        fact: Option<types::FactCheck>,
    ) -> Vec<Told> {
        let posted = self.channels.get(&channel).and_then(|it| it.board.get(id));
        let post = posted.and_then(|posted| self.posts.get_mut(&posted.post));
        match post {
            Some(post) => post.fact = fact,
            None => return Vec::new(),
        }
        self.mark_edited(channel, id)
    }
}
