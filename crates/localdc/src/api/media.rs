//! The files that messages carry: made of what was uploaded or seen, and shown to each account.
use std::sync::Arc;

use ferogram_sync::tl::{enums, functions, types};
use md5::{Digest, Md5};

use crate::world::{
    FileContent, Made, PART_MAX, Picture, SetItem, SetKind, StickerSet, Stored, Version, World,
    date, grey,
};

use super::done::Answer;
use super::errors::{bad, unregistered, unsupported};
use super::files::file_of;
use super::seam::{Caller, RpcError};

/// The largest photo, in bytes.
const PHOTO_MAX: u64 = 10 << 20;

/// Makes what a message is to carry. Hashes and references in it are nobody's: [`seen`] fills them
/// in for whom it is shown to.
pub(super) fn made(
    world: &mut World,
    me: i64,
    media: enums::InputMedia,
) -> Result<enums::MessageMedia, RpcError> {
    match media {
        enums::InputMedia::UploadedPhoto(it) => {
            let video = live(world, me, it.live_photo, it.video.as_ref())?;
            let photo = photo_of(world, me, &it.file)?;
            Ok(photo_media(photo, it.spoiler, it.ttl_seconds, video))
        }
        enums::InputMedia::Photo(it) => {
            let enums::InputPhoto::Photo(id) = it.id else {
                return Err(bad("PHOTO_INVALID"));
            };
            let file = file_of(world, me, (id.id, id.access_hash), &id.file_reference)?;
            let photo = shown_photo(file).ok_or_else(|| bad("PHOTO_INVALID"))?;
            let video = live(world, me, it.live_photo, it.video.as_ref())?;
            Ok(photo_media(photo, it.spoiler, it.ttl_seconds, video))
        }
        enums::InputMedia::UploadedDocument(it) => {
            let (spoiler, ttl) = (it.spoiler, it.ttl_seconds);
            let with = Cover::of(world, me, it.video_cover.as_ref(), it.video_timestamp)?;
            let document = document_of(world, me, *it)?;
            Ok(document_media(document, spoiler, ttl, with))
        }
        enums::InputMedia::Document(it) => {
            let enums::InputDocument::Document(id) = it.id else {
                return Err(bad("DOCUMENT_INVALID"));
            };
            let file = file_of(world, me, (id.id, id.access_hash), &id.file_reference)?;
            let document = shown_document(file).ok_or_else(|| bad("DOCUMENT_INVALID"))?;
            let cover = it.video_cover.as_ref();
            let with = Cover::of(world, me, cover, it.video_timestamp)?;
            Ok(document_media(document, it.spoiler, it.ttl_seconds, with))
        }
        enums::InputMedia::PhotoExternal(it) => {
            let file = fetched(world, &it.url)?;
            let photo = photo_from(world, me, file.versions[0].content.clone())?;
            Ok(photo_media(photo, it.spoiler, it.ttl_seconds, None))
        }
        enums::InputMedia::DocumentExternal(it) => {
            let file = fetched(world, &it.url)?;
            let document = shown_document(&file).ok_or_else(|| bad("DOCUMENT_INVALID"))?;
            let cover = it.video_cover.as_ref();
            let with = Cover::of(world, me, cover, it.video_timestamp)?;
            Ok(document_media(document, it.spoiler, it.ttl_seconds, with))
        }
        _ => Err(unsupported("media")),
    }
}

/// What the data centres find at an address of the web.
fn fetched(world: &World, url: &str) -> Result<Arc<Stored>, RpcError> {
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(bad("EXTERNAL_URL_INVALID"));
    }
    let found = world.files.on_web.get(url).map(Arc::clone);
    found.ok_or_else(|| bad("WEBPAGE_CURL_FAILED"))
}

/// What stands for a video until it is watched, and where that begins.
struct Cover {
    photo: Option<types::Photo>,
    starts_at: Option<i32>,
}

impl Cover {
    fn of(
        world: &World,
        me: i64,
        photo: Option<&enums::InputPhoto>,
        starts_at: Option<i32>,
    ) -> Result<Self, RpcError> {
        let photo = match photo {
            Some(enums::InputPhoto::Photo(id)) => {
                let file = file_of(world, me, (id.id, id.access_hash), &id.file_reference)?;
                Some(shown_photo(file).ok_or_else(|| bad("PHOTO_INVALID"))?)
            }
            Some(_) => return Err(bad("PHOTO_INVALID")),
            None => None,
        };
        Ok(Self { photo, starts_at })
    }
}

/// The video of a live photo, which has to be there if the photo is to be one.
fn live(
    world: &World,
    me: i64,
    is_live: bool,
    video: Option<&enums::InputDocument>,
) -> Result<Option<types::Document>, RpcError> {
    match (is_live, video) {
        (false, _) => Ok(None),
        (true, Some(enums::InputDocument::Document(id))) => {
            let file = file_of(world, me, (id.id, id.access_hash), &id.file_reference)?;
            let video = shown_document(file).ok_or_else(|| bad("DOCUMENT_INVALID"))?;
            Ok(Some(video))
        }
        (true, _) => Err(bad("DOCUMENT_INVALID")),
    }
}

/// The bytes that were uploaded, and the name that goes with them.
fn uploaded(world: &World, me: i64, file: &enums::InputFile) -> Result<FileContent, RpcError> {
    let name = |error: String| RpcError::new(400, error);
    match file {
        enums::InputFile::File(it) => {
            let content = world.files.uploads.whole((me, it.id), it.parts, false);
            let content = content.map_err(name)?;
            let told = &it.md5_checksum;
            if !told.is_empty() && *told != hex(&Md5::digest(content.whole())) {
                return Err(bad("MD5_CHECKSUM_INVALID"));
            }
            Ok(content)
        }
        enums::InputFile::Big(it) => {
            let content = world.files.uploads.whole((me, it.id), it.parts, true);
            content.map_err(name)
        }
        _ => Err(unsupported("file")),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes a photo of what was uploaded.
pub(super) fn photo_of(
    world: &mut World,
    me: i64,
    file: &enums::InputFile,
) -> Result<types::Photo, RpcError> {
    if matches!(file, enums::InputFile::Big(_)) {
        return Err(bad("PHOTO_INVALID"));
    }
    let content = uploaded(world, me, file)?;
    photo_from(world, me, content)
}

fn photo_from(world: &mut World, me: i64, content: FileContent) -> Result<types::Photo, RpcError> {
    if content.len() > PHOTO_MAX {
        return Err(bad("PHOTO_SAVE_FILE_INVALID"));
    }
    let picture = Picture::read(&content.whole()).ok_or_else(|| bad("IMAGE_PROCESS_FAILED"))?;
    if !picture.is_photo() {
        return Err(bad("PHOTO_INVALID_DIMENSIONS"));
    }
    let versions = picture.versions().into_iter();
    let versions = versions.map(|(letter, size, itself)| match itself {
        true => version(letter, size, content.clone()),
        false => version(letter, size, grey(size).into()),
    });
    let file = keep(world, me, Made::Photo, versions.collect());
    shown_photo(&file).ok_or_else(|| bad("PHOTO_INVALID"))
}

fn document_of(
    world: &mut World,
    me: i64,
    document: types::InputMediaUploadedDocument,
) -> Result<types::Document, RpcError> {
    let content = uploaded(world, me, &document.file)?;
    let nowhere = Picture {
        width: 0,
        height: 0,
    };
    let mut versions = vec![version("", nowhere, content)];
    if let Some(thumb) = &document.thumb {
        let thumb = uploaded(world, me, thumb)?;
        let size = Picture::read(&thumb.whole()).ok_or_else(|| bad("IMAGE_PROCESS_FAILED"))?;
        versions.push(version("m", size, thumb));
    }
    let made = Made::Document {
        mime_type: document.mime_type,
        attributes: document.attributes,
    };
    let file = keep(world, me, made, versions);
    shown_document(&file).ok_or_else(|| bad("DOCUMENT_INVALID"))
}

fn version(letter: &str, size: Picture, content: FileContent) -> Version {
    let side = |it: u32| i32::try_from(it).unwrap_or(i32::MAX);
    Version {
        letter: letter.to_owned(),
        width: side(size.width),
        height: side(size.height),
        content,
    }
}

/// Stores a file that `me` has sent.
fn keep(world: &mut World, me: i64, made: Made, versions: Vec<Version>) -> Arc<Stored> {
    let home = world.account(me).map_or(1, |account| account.dc);
    let file = Arc::new(Stored {
        id: world.chance.number(),
        dc: world.files.centre.unwrap_or(home),
        date: world.now(),
        made,
        versions,
    });
    world.files.add(Arc::clone(&file));
    file
}

/// Stores a document, as if somebody had sent it to `viewer`, and shows it to them.
pub(crate) fn given(world: &mut World, viewer: i64, name: &str, bytes: &[u8]) -> types::Document {
    let mime_type = "application/octet-stream".to_owned();
    let id = stored(world, viewer, (name, mime_type), bytes);
    shown_to(world, viewer, id).unwrap_or_default()
}

/// Stores a document; gives its id.
pub(crate) fn stored(
    world: &mut World,
    viewer: i64,
    (name, mime_type): (&str, String),
    bytes: &[u8],
) -> i64 {
    let pieces = bytes.chunks(PART_MAX).map(|it| Arc::new(it.to_vec()));
    let nowhere = Picture {
        width: 0,
        height: 0,
    };
    let named = types::DocumentAttributeFilename {
        file_name: name.to_owned(),
    };
    let made = Made::Document {
        mime_type,
        attributes: vec![named.into()],
    };
    let whole = version("", nowhere, FileContent::new(pieces.collect()));
    keep(world, viewer, made, vec![whole]).id
}

fn photo_media(
    photo: types::Photo,
    spoiler: bool,
    ttl_seconds: Option<i32>,
    video: Option<types::Document>,
) -> enums::MessageMedia {
    types::MessageMediaPhoto {
        spoiler,
        live_photo: video.is_some(),
        photo: Some(photo.into()),
        ttl_seconds,
        video: video.map(Into::into),
    }
    .into()
}

fn document_media(
    document: types::Document,
    spoiler: bool,
    ttl_seconds: Option<i32>,
    with: Cover,
) -> enums::MessageMedia {
    let (mut video, mut round, mut voice) = (false, false, false);
    for attribute in &document.attributes {
        match attribute {
            enums::DocumentAttribute::Video(it) => {
                video = true;
                round = it.round_message;
            }
            enums::DocumentAttribute::Audio(it) => voice = it.voice,
            _ => {}
        }
    }
    types::MessageMediaDocument {
        spoiler,
        video,
        round,
        voice,
        document: Some(document.into()),
        video_cover: with.photo.map(Into::into),
        video_timestamp: with.starts_at,
        ttl_seconds,
        ..Default::default()
    }
    .into()
}

/// A photo as nobody sees it yet: without hash and reference.
fn shown_photo(file: &Stored) -> Option<types::Photo> {
    file.is_photo().then(|| types::Photo {
        id: file.id,
        date: date(file.date),
        sizes: file.versions.iter().map(shown_size).collect(),
        dc_id: file.dc,
        ..Default::default()
    })
}

/// A photo that is stored, as `viewer` sees it.
pub(super) fn photo_for(world: &World, viewer: i64, id: i64) -> Option<types::Photo> {
    let photo = shown_photo(world.files.get(id)?)?;
    Some(types::Photo {
        access_hash: world.access_hash(viewer, id),
        file_reference: world.files.references.give(world.now(), viewer, id),
        ..photo
    })
}

fn shown_size(version: &Version) -> enums::PhotoSize {
    types::PhotoSize {
        r#type: version.letter.clone(),
        w: version.width,
        h: version.height,
        size: i32::try_from(version.content.len()).unwrap_or(i32::MAX),
    }
    .into()
}

fn shown_document(file: &Stored) -> Option<types::Document> {
    let Made::Document {
        mime_type,
        attributes,
    } = &file.made
    else {
        return None;
    };
    let thumbs = file.versions.iter().filter(|it| !it.letter.is_empty());
    let thumbs: Vec<_> = thumbs.map(shown_size).collect();
    let size = file.version("").map_or(0, FileContent::len);
    Some(types::Document {
        id: file.id,
        date: date(file.date),
        mime_type: mime_type.clone(),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        thumbs: (!thumbs.is_empty()).then_some(thumbs),
        dc_id: file.dc,
        attributes: attributes.clone(),
        ..Default::default()
    })
}

/// Fills in what is `viewer`'s of a document: hashes, and a reference that is good from now on.
fn make_own(world: &World, viewer: i64, document: &mut types::Document) {
    document.access_hash = world.access_hash(viewer, document.id);
    document.file_reference = (world.files.references).give(world.now(), viewer, document.id);
    for attribute in &mut document.attributes {
        let set = match attribute {
            enums::DocumentAttribute::Sticker(it) => &mut it.stickerset,
            enums::DocumentAttribute::CustomEmoji(it) => &mut it.stickerset,
            _ => continue,
        };
        if let enums::InputStickerSet::Id(set) = set {
            set.access_hash = world.access_hash(viewer, set.id);
        }
    }
}

/// A document that is stored, as `viewer` sees it.
pub(super) fn shown_to(world: &World, viewer: i64, id: i64) -> Option<types::Document> {
    let mut document = shown_document(world.files.get(id)?)?;
    make_own(world, viewer, &mut document);
    Some(document)
}

/// `messages.getDocumentByHash` (<https://core.telegram.org/method/messages.getDocumentByHash>).
pub(crate) fn get_document_by_hash(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetDocumentByHash,
) -> Answer<enums::Document> {
    let me = caller.user.ok_or_else(unregistered)?;
    let sha256 = <[u8; 32]>::try_from(&request.sha256[..]);
    let sha256 = sha256.map_err(|_| bad("SHA256_HASH_INVALID"))?;
    let len = u64::try_from(request.size).unwrap_or_default();
    let found = world.files.find(sha256, len, &request.mime_type);
    let found = found.map(|file| file.id);
    let shown = found.and_then(|id| shown_to(world, me, id));
    let nothing = enums::Document::from(types::DocumentEmpty::default());
    Ok(shown.map_or(nothing, Into::into).into())
}

/// What a document is said to be.
pub(super) fn mime_type(world: &World, id: i64) -> String {
    match world.files.get(id).map(|file| &file.made) {
        Some(Made::Document { mime_type, .. }) => mime_type.clone(),
        _ => String::new(),
    }
}

/// Whether a document is an animation.
pub(super) fn is_animation(world: &World, id: i64) -> bool {
    let Some(Made::Document {
        mime_type,
        attributes,
    }) = world.files.get(id).map(|file| &file.made)
    else {
        return false;
    };
    let animated = attributes.contains(&enums::DocumentAttribute::Animated);
    animated || mime_type == "image/gif"
}

/// From now on a document says that it is in this set.
pub(crate) fn put_into_set(world: &mut World, item: &SetItem, set: &StickerSet) {
    let Some(file) = world.files.get(item.file) else {
        return;
    };
    let mut file = (**file).clone();
    let Made::Document { attributes, .. } = &mut file.made else {
        return;
    };
    attributes.retain(|it| {
        use enums::DocumentAttribute as Attribute;
        !matches!(it, Attribute::Sticker(_) | Attribute::CustomEmoji(_))
    });
    let stickerset = enums::InputStickerSet::from(types::InputStickerSetId {
        id: set.id,
        access_hash: 0,
    });
    let alt = item.emoji.clone();
    attributes.push(match set.kind {
        SetKind::Emoji => types::DocumentAttributeCustomEmoji {
            free: true,
            text_color: set.text_color,
            alt,
            stickerset,
        }
        .into(),
        _ => types::DocumentAttributeSticker {
            mask: set.kind == SetKind::Masks,
            alt,
            stickerset,
            mask_coords: item.mask.clone().map(Into::into),
        }
        .into(),
    });
    world.files.replace(Arc::new(file));
}

/// What a message carries, as `viewer` sees it: with hashes that are theirs, and references that
/// are good from now on.
pub(super) fn seen(world: &World, viewer: i64, media: &enums::MessageMedia) -> enums::MessageMedia {
    let key = |id: i64| {
        let reference = world.files.references.give(world.now(), viewer, id);
        (world.access_hash(viewer, id), reference)
    };
    let mut media = media.clone();
    match &mut media {
        enums::MessageMedia::Photo(it) => {
            if let Some(enums::Photo::Photo(photo)) = &mut it.photo {
                (photo.access_hash, photo.file_reference) = key(photo.id);
            }
            if let Some(enums::Document::Document(video)) = &mut it.video {
                make_own(world, viewer, video);
            }
        }
        enums::MessageMedia::Document(it) => {
            if let Some(enums::Document::Document(document)) = &mut it.document {
                make_own(world, viewer, document);
            }
            if let Some(enums::Photo::Photo(cover)) = &mut it.video_cover {
                (cover.access_hash, cover.file_reference) = key(cover.id);
            }
        }
        enums::MessageMedia::PaidMedia(it) => {
            for extended in &mut it.extended_media {
                if let enums::MessageExtendedMedia::Media(it) = extended {
                    it.media = seen(world, viewer, &it.media);
                }
            }
        }
        _ => {}
    }
    media
}
