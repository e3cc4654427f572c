//! What bots offer to who asks them: each kind of result, checked and shown
//! (<https://core.telegram.org/bots/api#inlinequeryresult>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Offer, World};

use super::errors::bad;
use super::inline_message::{Source, said};
use super::media;
use super::seam::RpcError;

/// The bytes that a file on the web may have
/// (<https://core.telegram.org/bots/api#sending-files>).
const WEB_MAX: i32 = 20 << 20;

/// A result as it is kept.
///
/// # Errors
/// When it cannot be shown, or sent.
pub(super) fn offer(
    world: &mut World,
    me: i64,
    result: enums::InputBotInlineResult,
) -> Result<Offer, RpcError> {
    use enums::InputBotInlineResult as Result_;
    match result {
        Result_::Result(it) => plain(world, me, *it),
        Result_::Photo(it) => {
            if it.r#type != "photo" {
                return Err(bad("RESULT_TYPE_INVALID"));
            }
            let photo = types::InputMediaPhoto {
                id: it.photo,
                ..Default::default()
            };
            let file = media::made(world, me, photo.into())?;
            let head = head(it.id, it.r#type, None, None);
            stored(world, me, head, (file, it.send_message))
        }
        Result_::Document(it) => {
            check_title(&it.r#type, it.title.as_deref())?;
            let document = types::InputMediaDocument {
                id: it.document,
                ..Default::default()
            };
            let file = media::made(world, me, document.into())?;
            match &it.r#type[..] {
                "sticker" if !is_sticker(&file) => return Err(bad("STICKER_DOCUMENT_INVALID")),
                "gif" | "video" | "audio" | "voice" | "file" | "sticker" => {}
                _ => return Err(bad("RESULT_TYPE_INVALID")),
            }
            let head = head(it.id, it.r#type, it.title, it.description);
            stored(world, me, head, (file, it.send_message))
        }
        Result_::Game(it) => {
            let source = Source::Game(it.short_name);
            let (text, message) = said(world, me, it.send_message, &source)?;
            Ok(Offer {
                shown: head(it.id, "game".to_owned(), None, None),
                thumb: None,
                content: None,
                file: None,
                message,
                text,
            })
        }
        _ => Err(bad("RESULT_TYPE_INVALID")),
    }
}

fn head(
    id: String,
    kind: String,
    title: Option<String>,
    description: Option<String>,
) -> types::BotInlineResult {
    types::BotInlineResult {
        id,
        r#type: kind,
        title,
        description,
        ..Default::default()
    }
}

fn stored(
    world: &mut World,
    me: i64,
    shown: types::BotInlineResult,
    (file, message): (enums::MessageMedia, enums::InputBotInlineMessage),
) -> Result<Offer, RpcError> {
    let source = Source::Stored(file.clone());
    let (text, message) = said(world, me, message, &source)?;
    Ok(Offer {
        shown,
        thumb: None,
        content: None,
        file: Some(file),
        message,
        text,
    })
}

/// With a file on the web, or none.
fn plain(world: &mut World, me: i64, it: types::InputBotInlineResult) -> Result<Offer, RpcError> {
    check_title(&it.r#type, it.title.as_deref())?;
    let (thumb, content) = (it.thumb.map(web), it.content.map(web));
    check_content(&it.r#type, content.as_ref(), thumb.is_some())?;
    for document in thumb.iter().chain(&content) {
        check_web(document)?;
    }
    let source = match &content {
        Some(_) => Source::Web,
        None => Source::Nothing,
    };
    let (text, message) = said(world, me, it.send_message, &source)?;
    Ok(Offer {
        shown: types::BotInlineResult {
            url: it.url,
            ..head(it.id, it.r#type, it.title, it.description)
        },
        thumb,
        content,
        file: None,
        message,
        text,
    })
}

/// Some kinds have a title.
fn check_title(kind: &str, title: Option<&str>) -> Result<(), RpcError> {
    let fault = match kind {
        "article" => "ARTICLE_TITLE_EMPTY",
        "video" => "VIDEO_TITLE_EMPTY",
        "audio" => "AUDIO_TITLE_EMPTY",
        "file" => "FILE_TITLE_EMPTY",
        _ => return Ok(()),
    };
    // Of music that is stored, the file tells the title.
    let may_be_empty = kind == "audio";
    match title.unwrap_or_default().is_empty() && !may_be_empty {
        true => Err(bad(fault)),
        false => Ok(()),
    }
}

/// The file on the web is of a type that its kind may have.
fn check_content(
    kind: &str,
    content: Option<&types::WebDocument>,
    has_thumb: bool,
) -> Result<(), RpcError> {
    let (missing, types, wrong): (_, &[&str], _) = match kind {
        "article" | "geo" | "venue" | "contact" => return Ok(()),
        "photo" => {
            let types = &["image/jpeg"];
            (
                "PHOTO_CONTENT_URL_EMPTY",
                types,
                "PHOTO_CONTENT_TYPE_INVALID",
            )
        }
        "gif" => {
            let types = &["image/gif", "video/mp4"];
            ("WEBDOCUMENT_URL_EMPTY", types, "GIF_CONTENT_TYPE_INVALID")
        }
        "video" => {
            let types = &["video/mp4", "text/html"];
            ("WEBDOCUMENT_URL_EMPTY", types, "VIDEO_CONTENT_TYPE_INVALID")
        }
        "audio" => ("AUDIO_CONTENT_URL_EMPTY", &[], ""),
        "voice" => ("WEBDOCUMENT_URL_EMPTY", &[], ""),
        "file" => {
            let types = &["application/pdf", "application/zip"];
            ("WEBDOCUMENT_URL_EMPTY", types, "FILE_CONTENT_TYPE_INVALID")
        }
        "sticker" => return Err(bad("STICKER_DOCUMENT_INVALID")),
        _ => return Err(bad("RESULT_TYPE_INVALID")),
    };
    let content = content.filter(|it| !it.url.is_empty());
    let content = content.ok_or_else(|| bad(missing))?;
    if !types.is_empty() && !types.contains(&&content.mime_type[..]) {
        return Err(bad(wrong));
    }
    match kind == "photo" && !has_thumb {
        true => Err(bad("PHOTO_THUMB_URL_EMPTY")),
        false => Ok(()),
    }
}

fn check_web(document: &types::WebDocument) -> Result<(), RpcError> {
    let url = &document.url;
    let fault = match document.size {
        _ if url.is_empty() => "WEBDOCUMENT_URL_EMPTY",
        _ if !url.starts_with("http://") && !url.starts_with("https://") => {
            "WEBDOCUMENT_URL_INVALID"
        }
        _ if document.mime_type.is_empty() => "WEBDOCUMENT_MIME_INVALID",
        size if size > WEB_MAX => "WEBDOCUMENT_SIZE_TOO_BIG",
        _ => return Ok(()),
    };
    Err(bad(fault))
}

fn web(document: enums::InputWebDocument) -> types::WebDocument {
    let enums::InputWebDocument::Document(it) = document;
    types::WebDocument {
        url: it.url,
        access_hash: 0,
        size: it.size,
        mime_type: it.mime_type,
        attributes: it.attributes,
    }
}

fn is_sticker(file: &enums::MessageMedia) -> bool {
    let enums::MessageMedia::Document(it) = file else {
        return false;
    };
    let Some(enums::Document::Document(document)) = &it.document else {
        return false;
    };
    let mut attributes = document.attributes.iter();
    attributes.any(|it| matches!(it, enums::DocumentAttribute::Sticker(_)))
}

/// A result as `viewer` sees it.
pub(super) fn shown(world: &World, viewer: i64, offer: &Offer) -> enums::BotInlineResult {
    let Some(file) = &offer.file else {
        let web = |it: &types::WebDocument| {
            let file = world.files.on_web.get(&it.url);
            let access_hash = file.map_or(0, |file| world.access_hash(viewer, file.id));
            types::WebDocument {
                access_hash,
                ..it.clone()
            }
            .into()
        };
        return types::BotInlineResult {
            thumb: offer.thumb.as_ref().map(web),
            content: offer.content.as_ref().map(web),
            send_message: offer.message.clone(),
            ..offer.shown.clone()
        }
        .into();
    };
    let (photo, document) = match media::seen(world, viewer, file) {
        enums::MessageMedia::Photo(it) => (it.photo, None),
        enums::MessageMedia::Document(it) => (None, it.document),
        _ => (None, None),
    };
    types::BotInlineMediaResult {
        id: offer.shown.id.clone(),
        r#type: offer.shown.r#type.clone(),
        photo,
        document,
        title: offer.shown.title.clone(),
        description: offer.shown.description.clone(),
        send_message: offer.message.clone(),
    }
    .into()
}
