//! The files that messages carry: made of what was uploaded or seen, and shown to each account.
use std::sync::Arc;

use ferogram_sync::tl::{enums, types};
use md5::{Digest, Md5};

use crate::world::{FileContent, Made, PART_MAX, Picture, Stored, Version, World, date, grey};

use super::errors::{bad, unsupported};
use super::files::file_of;
use super::seam::RpcError;

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
            let photo = photo_of(world, me, &it.file)?;
            Ok(photo_media(photo, it.spoiler, it.ttl_seconds))
        }
        enums::InputMedia::Photo(it) => {
            let enums::InputPhoto::Photo(id) = it.id else {
                return Err(bad("PHOTO_INVALID"));
            };
            let file = file_of(world, me, (id.id, id.access_hash), &id.file_reference)?;
            let photo = shown_photo(file).ok_or_else(|| bad("PHOTO_INVALID"))?;
            Ok(photo_media(photo, it.spoiler, it.ttl_seconds))
        }
        enums::InputMedia::UploadedDocument(it) => {
            let (spoiler, ttl) = (it.spoiler, it.ttl_seconds);
            let document = document_of(world, me, *it)?;
            Ok(document_media(document, spoiler, ttl))
        }
        enums::InputMedia::Document(it) => {
            let enums::InputDocument::Document(id) = it.id else {
                return Err(bad("DOCUMENT_INVALID"));
            };
            let file = file_of(world, me, (id.id, id.access_hash), &id.file_reference)?;
            let document = shown_document(file).ok_or_else(|| bad("DOCUMENT_INVALID"))?;
            Ok(document_media(document, it.spoiler, it.ttl_seconds))
        }
        _ => Err(unsupported("media")),
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
    let pieces = bytes.chunks(PART_MAX).map(|it| Arc::new(it.to_vec()));
    let nowhere = Picture {
        width: 0,
        height: 0,
    };
    let named = types::DocumentAttributeFilename {
        file_name: name.to_owned(),
    };
    let made = Made::Document {
        mime_type: "application/octet-stream".to_owned(),
        attributes: vec![named.into()],
    };
    let whole = version("", nowhere, FileContent::new(pieces.collect()));
    let file = keep(world, viewer, made, vec![whole]);
    let document = shown_document(&file).unwrap_or_default();
    types::Document {
        access_hash: world.access_hash(viewer, file.id),
        file_reference: world.files.references.give(world.now(), viewer, file.id),
        ..document
    }
}

fn photo_media(
    photo: types::Photo,
    spoiler: bool,
    ttl_seconds: Option<i32>,
) -> enums::MessageMedia {
    types::MessageMediaPhoto {
        spoiler,
        photo: Some(photo.into()),
        ttl_seconds,
        ..Default::default()
    }
    .into()
}

fn document_media(
    document: types::Document,
    spoiler: bool,
    ttl_seconds: Option<i32>,
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
        }
        enums::MessageMedia::Document(it) => {
            if let Some(enums::Document::Document(document)) = &mut it.document {
                (document.access_hash, document.file_reference) = key(document.id);
            }
        }
        _ => {}
    }
    media
}
