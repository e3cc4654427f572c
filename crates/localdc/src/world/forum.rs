//! Which messages of a forum are in which topic (<https://core.telegram.org/api/forum>).
use ferogram_sync::tl::enums;

use super::channel::Channel;
use super::mailbox::PostId;
use super::state::World;
use super::topic::{GENERAL, Topic};

/// So far down answers of answers are followed.
const DEEP: usize = 1000;

impl Channel {
    /// The message that tells of the making of the topic in which an answer to this would be;
    /// `None` for what belongs to none, which is "General".
    fn topic_of_post(&self, world: &World, post: PostId) -> Option<i32> {
        let mut at = Some(post);
        for _ in 0..DEEP {
            let post = world.posts.get(&at?)?;
            if matches!(post.action(), Some(enums::MessageAction::TopicCreate(_))) {
                return post.board.map(|(_, id)| id);
            }
            at = post.reply.as_ref().map(|reply| reply.post);
        }
        None
    }

    /// The topic that an answer to a message is in.
    pub(crate) fn topic_of_answer(&self, world: &World, answered: Option<PostId>) -> i32 {
        let topic = answered.and_then(|post| self.topic_of_post(world, post));
        topic.unwrap_or(GENERAL)
    }

    /// The topic that a message is in.
    pub(crate) fn topic_of(&self, world: &World, id: i32) -> i32 {
        let post = self.board.get(id).map(|posted| posted.post);
        self.topic_of_answer(world, post)
    }

    /// The messages of a topic that somebody sees, oldest first.
    pub(crate) fn in_topic(&self, world: &World, user: i64, topic: i32) -> Vec<i32> {
        let ids = self.visible_to(user);
        let ids = ids.iter().copied();
        ids.filter(|id| self.topic_of(world, *id) == topic)
            .collect()
    }

    /// Makes a forum of a supergroup: "General" has all that was written before.
    pub(crate) fn open_topics(&mut self, creator: i64, date: i64) {
        self.forum = true;
        self.topics.entry(GENERAL).or_insert_with(|| Topic {
            id: GENERAL,
            creator,
            date,
            title: "General".to_owned(),
            icon_color: 0x6f_b9_f0,
            icon_emoji: None,
            closed: false,
            hidden: false,
        });
    }
}
