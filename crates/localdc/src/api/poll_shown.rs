//! Polls as messages show them.
use ferogram_sync::tl::enums;

use crate::world::{Text, World};

use super::media::seen;

/// The poll that a message shows.
pub(crate) fn id_of(text: &Text) -> Option<i64> {
    match &text.media {
        Some(enums::MessageMedia::Poll(media)) => {
            let enums::Poll::Poll(poll) = &media.poll;
            Some(poll.id)
        }
        _ => None,
    }
}

/// What somebody is shown of what is attached to a message.
pub(crate) fn attached(world: &World, viewer: i64, text: &Text) -> Option<enums::MessageMedia> {
    let ballot = id_of(text).and_then(|id| world.ballots.get(&id));
    match ballot {
        Some(ballot) => Some(ballot.media(world.date(), viewer)),
        None => text.media.as_ref().map(|media| seen(world, viewer, media)),
    }
}
