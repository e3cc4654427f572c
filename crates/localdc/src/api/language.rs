//! `messages.*`: what is made of texts: previews of pages, translations, transcriptions.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Text, World};

use super::attachments::page_of;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::passing;
use super::seam::{Caller, RpcError};
use super::text::prepare;
use super::view::View;

/// Texts that one call may translate.
const AT_ONCE: usize = 20;

/// `messages.getWebPagePreview` (<https://core.telegram.org/method/messages.getWebPagePreview>):
/// nothing is fetched, so all of a page is its address.
pub(crate) fn get_web_page_preview(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetWebPagePreview,
) -> Answer<enums::messages::WebPagePreview> {
    let me = caller.user.ok_or_else(unregistered)?;
    let text = prepare(world, me, &request.message, request.entities, None)?;
    let page = first_link(&text).and_then(page_of);
    let media = match page {
        Some(page) => types::MessageMediaWebPage {
            webpage: page.into(),
            ..Default::default()
        }
        .into(),
        None => enums::MessageMedia::Empty,
    };
    let answer: enums::messages::WebPagePreview = types::messages::WebPagePreview {
        media,
        ..Default::default()
    }
    .into();
    Ok(answer.into())
}

/// The first address in a text, or behind one of its words.
fn first_link(text: &Text) -> Option<String> {
    let units: Vec<u16> = text.text.encode_utf16().collect();
    text.entities.iter().find_map(|entity| match entity {
        enums::MessageEntity::TextUrl(it) => Some(it.url.clone()),
        enums::MessageEntity::Url(it) => {
            let start = usize::try_from(it.offset).ok()?;
            let end = start + usize::try_from(it.length).ok()?;
            let url = String::from_utf16(units.get(start..end)?).ok()?;
            match url.contains("://") {
                true => Some(url),
                false => Some(format!("http://{url}")),
            }
        }
        _ => None,
    })
}

/// `messages.translateText` (<https://core.telegram.org/method/messages.translateText>): no
/// language is known here, so a translation is the text with the language in front.
pub(crate) fn translate_text(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::TranslateText,
) -> Answer<enums::messages::TranslatedText> {
    let me = caller.user.ok_or_else(unregistered)?;
    let language = &request.to_lang;
    let is_letter = |letter: u8| letter.is_ascii_alphabetic() || letter == b'-';
    if language.len() < 2 || !language.bytes().all(is_letter) {
        return Err(bad("TO_LANG_INVALID"));
    }
    let texts = match (request.peer, request.id, request.text) {
        (Some(peer), Some(ids), None) => {
            let peer = input::peer(world, me, &peer)?;
            let text = |id: &i32| -> Result<String, RpcError> {
                let post = world.post_at(me, peer, *id);
                let text = post.and_then(|post| post.text());
                Ok(text.ok_or_else(|| bad("MSG_ID_INVALID"))?.text.clone())
            };
            ids.iter().map(text).collect::<Result<Vec<_>, _>>()?
        }
        (_, None, Some(texts)) => {
            let texts = texts.into_iter();
            texts
                .map(|enums::TextWithEntities::Entities(it)| it.text)
                .collect()
        }
        _ => return Err(bad("INPUT_TEXT_EMPTY")),
    };
    if texts.len() > AT_ONCE {
        return Err(bad("INPUT_TEXT_TOO_LONG"));
    }
    let result = texts.into_iter().map(|text| {
        types::TextWithEntities {
            text: format!("[{language}] {text}"),
            entities: Vec::new(),
        }
        .into()
    });
    let answer: enums::messages::TranslatedText = types::messages::TranslateResult {
        result: result.collect(),
    }
    .into();
    Ok(answer.into())
}

/// `messages.togglePeerTranslations`
/// (<https://core.telegram.org/method/messages.togglePeerTranslations>).
pub(crate) fn toggle_peer_translations(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::TogglePeerTranslations,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    input::peer(world, me, &request.peer)?;
    Ok(true.into())
}

/// `messages.transcribeAudio` (<https://core.telegram.org/method/messages.transcribeAudio>): nobody
/// listens here, so all that is known of a voice message is how long it is. That
/// comes later, in an update.
pub(crate) fn transcribe_audio(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::TranscribeAudio,
) -> Answer<enums::messages::TranscribedAudio> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let post = world.post_at(me, peer, request.msg_id);
    let post = post.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let media = post.text().and_then(|text| text.media.as_ref());
    let seconds = media
        .and_then(seconds_of)
        .ok_or_else(|| bad("MSG_VOICE_MISSING"))?;
    let transcription_id = world.chance.number();
    let text = format!("{seconds} seconds of a voice");
    let mut view = View::new(world, me);
    let update = types::UpdateTranscribedAudio {
        pending: false,
        peer: view.peer(peer),
        msg_id: request.msg_id,
        transcription_id,
        text,
    };
    let answer: enums::messages::TranscribedAudio = types::messages::TranscribedAudio {
        pending: true,
        transcription_id,
        ..Default::default()
    }
    .into();
    Ok(Done::from(answer).pushing(vec![passing(world, me, update.into())]))
}

/// How long a voice message or a round video takes.
fn seconds_of(media: &enums::MessageMedia) -> Option<i32> {
    let enums::MessageMedia::Document(it) = media else {
        return None;
    };
    let Some(enums::Document::Document(document)) = &it.document else {
        return None;
    };
    document
        .attributes
        .iter()
        .find_map(|attribute| match attribute {
            enums::DocumentAttribute::Audio(audio) if audio.voice => Some(audio.duration),
            enums::DocumentAttribute::Video(it) if it.round_message => Some(it.duration as i32),
            _ => None,
        })
}
