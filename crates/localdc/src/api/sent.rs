//! What is answered to who has sent something.
use ferogram_sync::tl::{enums, types};

use crate::world::{Event, Happening, Peer, Post, Sent, World, date};

use super::errors::bad;
use super::poll_shown::attached;
use super::push::container;
use super::seam::RpcError;
use super::view::View;

/// The answer to a call that was made before: a `random_id` sends one message, however often it
/// comes (<https://core.telegram.org/api/updates#updatemessageid-updates>).
pub(super) fn sent_before(
    world: &World,
    me: i64,
    random_id: i64,
) -> Result<Option<enums::Updates>, RpcError> {
    if random_id == 0 {
        return Err(bad("RANDOM_ID_EMPTY"));
    }
    let sent = world
        .account(me)
        .and_then(|account| account.sent.get(&random_id))
        .copied();
    Ok(sent.map(|sent| sent_answer(world, me, sent, random_id)))
}

/// The answer to a sent message: the short form where it says everything.
pub(super) fn sent_answer(world: &World, me: i64, sent: Sent, random_id: i64) -> enums::Updates {
    let Sent { peer, id, pts, .. } = sent;
    let post = world.post_at(me, peer, id);
    let text = post.and_then(Post::text);
    let private = matches!(peer, Peer::User(other) if other != me);
    let plain = text.is_none_or(|text| text.markup.is_none() && text.rich.is_none());
    let own = post.is_none_or(|post| post.forward.is_none() && post.via.is_none());
    if private && plain && own {
        let entities = text.map(|text| text.entities.clone());
        return types::UpdateShortSentMessage {
            out: true,
            id,
            pts,
            pts_count: 1,
            date: date(sent.date),
            media: text.and_then(|text| attached(world, me, text)),
            entities: entities.filter(|entities| !entities.is_empty()),
            ..Default::default()
        }
        .into();
    }
    let mut view = View::new(world, me);
    let mut updates = vec![types::UpdateMessageId { id, random_id }.into()];
    updates.extend(new_message(world, &mut view, sent));
    container(world, view, updates)
}

/// What a new message of one's own is in an answer. In a channel one has read it, too.
pub(super) fn new_message(world: &World, view: &mut View<'_>, sent: Sent) -> Vec<enums::Update> {
    let Sent { peer, id, pts, .. } = sent;
    let event = Event {
        pts,
        count: 1,
        what: Happening::New(id),
    };
    let Peer::Channel(channel_id) = peer else {
        return vec![view.update(&event)];
    };
    let read = types::UpdateReadChannelInbox {
        channel_id,
        max_id: id,
        still_unread_count: world.unread_in(view.viewer(), channel_id),
        pts,
        ..Default::default()
    };
    vec![read.into(), view.channel_update(channel_id, &event)]
}
