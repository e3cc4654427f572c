//! What is answered to who has sent something.
use ferogram_sync::tl::{enums, types};

use crate::world::{Event, Happening, Peer, Post, Sent, Text, World, date};

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
    let plain = text.is_none_or(is_plain);
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

/// Whether the short form may tell a message: it is one of texts, which have a preview at most
/// (<https://core.telegram.org/constructor/updateShortSentMessage>), and for files Telethon and
/// TDLib expect no short form.
fn is_plain(text: &Text) -> bool {
    let attached = !matches!(text.media, None | Some(enums::MessageMedia::WebPage(_)));
    !attached && text.markup.is_none() && text.rich.is_none()
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

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::functions::messages::SendMedia;

    use super::super::fixture::Town;
    use super::*;

    #[test]
    fn only_texts_are_told_in_the_short_form() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let told = town.ask(alice, &town.text(alice, bob, "hello", 1));
        assert!(matches!(told, enums::Updates::UpdateShortSentMessage(_)));
        let media = types::InputMediaContact {
            phone_number: "+4912345".to_owned(),
            first_name: "Carol".to_owned(),
            ..Default::default()
        };
        let request = SendMedia {
            peer: town.peer(alice, bob),
            media: media.into(),
            random_id: 2,
            ..Default::default()
        };
        // Whoever asks again gets the same.
        for _ in 0..2 {
            let enums::Updates::Updates(told) = town.ask(alice, &request) else {
                panic!("the short form has no contacts");
            };
            assert!(matches!(
                &told.updates[..],
                [enums::Update::MessageId(id), enums::Update::NewMessage(_)] if id.random_id == 2
            ));
        }
    }
}
