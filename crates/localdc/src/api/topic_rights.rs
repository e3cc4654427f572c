//! Who may write in which topic (<https://core.telegram.org/api/forum>).
use crate::world::{Channel, Letter, Peer, World};

use super::errors::bad;
use super::places::is_creator;
use super::seam::RpcError;

/// Whether somebody may write in the topic that a letter is for.
pub(super) fn may_write_in_topic(
    world: &World,
    me: i64,
    channel: &Channel,
    letter: &Letter,
) -> Result<(), RpcError> {
    if !channel.forum || letter.is_service() {
        return Ok(());
    }
    let answered = letter.reply.as_ref().filter(|reply| reply.away.is_none());
    let topic = channel.topic_of_answer(world, answered.map(|reply| reply.post));
    let closed = channel.topics.get(&topic);
    let closed = closed.filter(|topic| topic.closed);
    let manages = channel.may(me, |rights| rights.manage_topics)
        || is_creator(world, Peer::Channel(channel.id), me);
    match closed {
        Some(topic) if !manages && topic.creator != me => Err(bad("TOPIC_CLOSED")),
        _ => Ok(()),
    }
}
