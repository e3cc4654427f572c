//! Kinds of messages that can be looked for (<https://core.telegram.org/type/MessagesFilter>).
use ferogram_sync::tl::enums::{Document, MessageAction};
use ferogram_sync::tl::enums::{DocumentAttribute, MessageEntity, MessageMedia, MessagesFilter};

use crate::world::{Content, Post, Spot, World};

use super::unread::mentions;

/// Whether a message is of a kind.
pub(super) fn is_kind(
    world: &World,
    viewer: i64,
    (spot, post): (&Spot, &Post),
    kind: &MessagesFilter,
) -> bool {
    use MessagesFilter as F;
    let attributes = || attributes(post);
    let with = |wanted: fn(&DocumentAttribute) -> bool| attributes().iter().any(wanted);
    let voice = |it: &DocumentAttribute| matches!(it, DocumentAttribute::Audio(it) if it.voice);
    let music = |it: &DocumentAttribute| matches!(it, DocumentAttribute::Audio(it) if !it.voice);
    let round =
        |it: &DocumentAttribute| matches!(it, DocumentAttribute::Video(it) if it.round_message);
    let video =
        |it: &DocumentAttribute| matches!(it, DocumentAttribute::Video(it) if !it.round_message);
    let gif = |it: &DocumentAttribute| matches!(it, DocumentAttribute::Animated);
    let photo = matches!(media(post), Some(MessageMedia::Photo(_)));
    match kind {
        F::InputMessagesFilterEmpty => true,
        F::InputMessagesFilterPhotos => photo,
        F::InputMessagesFilterVideo => with(video) && !with(gif),
        F::InputMessagesFilterPhotoVideo => photo || with(video) && !with(gif),
        F::InputMessagesFilterDocument => {
            let is_file = matches!(media(post), Some(MessageMedia::Document(_)));
            is_file && ![voice, music, round, video, gif].into_iter().any(with)
        }
        F::InputMessagesFilterUrl => has_link(post),
        F::InputMessagesFilterGif => with(gif),
        F::InputMessagesFilterVoice => with(voice),
        F::InputMessagesFilterMusic => with(music),
        F::InputMessagesFilterChatPhotos => {
            matches!(post.action(), Some(MessageAction::ChatEditPhoto(_)))
        }
        F::InputMessagesFilterPhoneCalls(_) => {
            matches!(post.action(), Some(MessageAction::PhoneCall(_)))
        }
        F::InputMessagesFilterRoundVoice => with(voice) || with(round),
        F::InputMessagesFilterRoundVideo => with(round),
        F::InputMessagesFilterMyMentions => !spot.out && mentions(world, viewer, post),
        F::InputMessagesFilterGeo => matches!(
            media(post),
            Some(MessageMedia::Geo(_) | MessageMedia::GeoLive(_) | MessageMedia::Venue(_))
        ),
        F::InputMessagesFilterContacts => matches!(media(post), Some(MessageMedia::Contact(_))),
        F::InputMessagesFilterPinned => spot.pinned,
        F::InputMessagesFilterPoll => matches!(media(post), Some(MessageMedia::Poll(_))),
        _ => false,
    }
}

fn media(post: &Post) -> Option<&MessageMedia> {
    match &post.content {
        Content::Text(text) => text.media.as_ref(),
        Content::Service(_) => None,
    }
}

fn attributes(post: &Post) -> &[DocumentAttribute] {
    match media(post) {
        Some(MessageMedia::Document(it)) => match &it.document {
            Some(Document::Document(it)) => &it.attributes,
            _ => &[],
        },
        _ => &[],
    }
}

fn has_link(post: &Post) -> bool {
    let text = post.text();
    text.is_some_and(|text| {
        let links = text.entities.iter();
        let is_link =
            |it: &MessageEntity| matches!(it, MessageEntity::Url(_) | MessageEntity::TextUrl(_));
        links.clone().any(is_link)
    })
}
