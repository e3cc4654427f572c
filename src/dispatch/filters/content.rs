//! Filters by what a message is, and by what is attached to it.
use crate::dispatch::Filter;
use crate::messages::Message;
use crate::tl::enums::{Document, DocumentAttribute, MessageMedia, ReplyMarkup};

/// Messages with something attached, be it only the preview of a link.
pub fn media() -> Filter {
    by_media(|_| true)
}

/// Photos.
pub fn photo() -> Filter {
    by_message(Message::has_photo)
}

/// Files of any kind: [`video`], [`audio`], [`sticker`] and so on are files too.
pub fn document() -> Filter {
    by_message(Message::has_document)
}

/// Videos, without animations and round ones.
pub fn video() -> Filter {
    by_attributes(|all| {
        let is_video = |it: &DocumentAttribute| match it {
            DocumentAttribute::Video(video) => !video.round_message,
            _ => false,
        };
        all.iter().any(is_video) && !is_animated(all) && !is_sticker(all)
    })
}

/// Round videos.
pub fn round_video() -> Filter {
    by_attribute(|it| matches!(it, DocumentAttribute::Video(video) if video.round_message))
}

/// Animations, which are played without end and without sound.
pub fn animation() -> Filter {
    by_attributes(|all| is_animated(all) && !is_sticker(all))
}

/// Music.
pub fn audio() -> Filter {
    by_attribute(|it| matches!(it, DocumentAttribute::Audio(audio) if !audio.voice))
}

/// Voice messages.
pub fn voice() -> Filter {
    by_attribute(|it| matches!(it, DocumentAttribute::Audio(audio) if audio.voice))
}

/// Stickers.
pub fn sticker() -> Filter {
    by_attributes(is_sticker)
}

/// Contacts.
pub fn contact() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Contact(_)))
}

/// Places on the map that do not move.
pub fn geo() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Geo(_)))
}

/// Places on the map that move with somebody.
pub fn live_location() -> Filter {
    by_media(|media| matches!(media, MessageMedia::GeoLive(_)))
}

/// Places with a name and an address.
pub fn venue() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Venue(_)))
}

/// Polls and quizzes.
pub fn poll() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Poll(_)))
}

/// Lists of what is to be done.
pub fn todo() -> Filter {
    by_media(|media| matches!(media, MessageMedia::ToDo(_)))
}

/// Dice, and other emoji with a result.
pub fn dice() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Dice(_)))
}

/// Games.
pub fn game() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Game(_)))
}

/// Invoices.
pub fn invoice() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Invoice(_)))
}

/// Stories.
pub fn story() -> Filter {
    by_media(|media| matches!(media, MessageMedia::Story(_)))
}

/// Giveaways, and what came of them.
pub fn giveaway() -> Filter {
    by_media(|media| {
        matches!(
            media,
            MessageMedia::Giveaway(_) | MessageMedia::GiveawayResults(_)
        )
    })
}

/// Media that have to be paid for.
pub fn paid_media() -> Filter {
    by_media(|media| matches!(media, MessageMedia::PaidMedia(_)))
}

/// Messages with the preview of a link.
pub fn web_page() -> Filter {
    by_media(|media| matches!(media, MessageMedia::WebPage(_)))
}

/// Photos and files that are covered until somebody wants to see them.
pub fn spoiler() -> Filter {
    by_media(|media| match media {
        MessageMedia::Photo(photo) => photo.spoiler,
        MessageMedia::Document(document) => document.spoiler,
        _ => false,
    })
}

/// Messages of an album.
pub fn album() -> Filter {
    by_message(|message| message.album_id().is_some())
}

/// Messages that were forwarded.
pub fn forwarded() -> Filter {
    by_message(Message::is_forwarded)
}

/// Answers to another message or to a story.
pub fn reply() -> Filter {
    by_message(Message::is_reply)
}

/// Answers to a message of this account, as far as the server says so: who is answered to is
/// mentioned.
///
/// See <https://core.telegram.org/api/mentions>.
pub fn reply_to_me() -> Filter {
    by_message(|message| {
        message.is_reply() && (message.mentioned() || message.is_private() && !message.outgoing())
    })
}

/// Messages that mention this account, or answer it.
pub fn mentioned() -> Filter {
    by_message(Message::mentioned)
}

/// Messages that were sent with the help of a bot, whichever.
pub fn via_any_bot() -> Filter {
    by_message(|message| message.via_bot_id().is_some())
}

/// Messages that were sent with the help of this bot, by its id.
pub fn via_bot(id: i64) -> Filter {
    Filter::new(move |cx| cx.message().and_then(Message::via_bot_id) == Some(id))
}

/// Messages with buttons below them.
pub fn has_button() -> Filter {
    by_message(|message| matches!(message.markup(), Some(ReplyMarkup::ReplyInlineMarkup(_))))
}

/// Messages that change what the receiver writes with: a keyboard, or the end of one.
pub fn has_keyboard() -> Filter {
    by_message(|message| {
        message.markup().is_some()
            && !matches!(message.markup(), Some(ReplyMarkup::ReplyInlineMarkup(_)))
    })
}

/// Messages that are pinned.
pub fn pinned() -> Filter {
    by_message(Message::pinned)
}

/// Messages that make no sound.
pub fn silent() -> Filter {
    by_message(Message::silent)
}

/// Messages that were sent because their time had come.
pub fn from_scheduled() -> Filter {
    by_message(Message::from_scheduled)
}

fn by_message(test: fn(&Message) -> bool) -> Filter {
    Filter::new(move |cx| cx.message().is_some_and(test))
}

fn by_media(test: fn(&MessageMedia) -> bool) -> Filter {
    Filter::new(move |cx| cx.message().and_then(Message::media).is_some_and(test))
}

fn by_attributes(test: impl Fn(&[DocumentAttribute]) -> bool + Send + Sync + 'static) -> Filter {
    Filter::new(move |cx| match cx.message().and_then(Message::media) {
        Some(MessageMedia::Document(media)) => match &media.document {
            Some(Document::Document(document)) => test(&document.attributes),
            _ => false,
        },
        _ => false,
    })
}

fn by_attribute(test: fn(&DocumentAttribute) -> bool) -> Filter {
    by_attributes(move |all| all.iter().any(test))
}

fn is_animated(all: &[DocumentAttribute]) -> bool {
    all.iter()
        .any(|it| matches!(it, DocumentAttribute::Animated))
}

fn is_sticker(all: &[DocumentAttribute]) -> bool {
    all.iter()
        .any(|it| matches!(it, DocumentAttribute::Sticker(_)))
}
