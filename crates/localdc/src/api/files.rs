//! `upload.*`: the parts of files, up and down.
//!
//! See <https://core.telegram.org/api/files>.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{FileContent, Made, PART_MAX, Part, Stale, Stored, World, date};

use super::cdn::redirect;
use super::done::{Answer, Done};
use super::errors::{bad, migrate, unregistered, unsupported};
use super::pieces::{check_limits, shown_hashes};
use super::seam::{Caller, RpcError};
use super::set_names::named;

/// `upload.saveFilePart` (<https://core.telegram.org/method/upload.saveFilePart>).
pub(crate) fn save_file_part(
    world: &mut World,
    caller: &Caller,
    request: functions::upload::SaveFilePart,
) -> Answer<bool> {
    let part = Part {
        number: request.file_part,
        bytes: request.bytes,
        total: None,
    };
    save(world, caller, request.file_id, part)
}

/// `upload.saveBigFilePart` (<https://core.telegram.org/method/upload.saveBigFilePart>).
pub(crate) fn save_big_file_part(
    world: &mut World,
    caller: &Caller,
    request: functions::upload::SaveBigFilePart,
) -> Answer<bool> {
    let part = Part {
        number: request.file_part,
        bytes: request.bytes,
        total: Some(request.file_total_parts),
    };
    save(world, caller, request.file_id, part)
}

fn save(world: &mut World, caller: &Caller, file_id: i64, part: Part) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    // Parts go to the data centre that the account lives on.
    if let Some(account) = world.account(me).filter(|account| account.dc != caller.dc) {
        return Err(migrate("FILE", account.dc));
    }
    if !world.files.has_room(part.bytes.len()) {
        return Err(unsupported("so_many_bytes"));
    }
    let now = world.now();
    let saved = world.files.uploads.save(now, (me, file_id), part);
    saved.map_err(bad)?;
    Ok(true.into())
}

/// `upload.getFile` (<https://core.telegram.org/method/upload.getFile>).
pub(crate) fn get_file(
    world: &mut World,
    caller: &Caller,
    request: functions::upload::GetFile,
) -> Answer<enums::upload::File> {
    let limit = u64::try_from(request.limit).map_err(|_| bad("LIMIT_INVALID"))?;
    let offset = u64::try_from(request.offset).map_err(|_| bad("OFFSET_INVALID"))?;
    check_limits(offset, limit, request.precise)?;
    let lies = world.files.lies;
    let (file, content) = locate(world, caller, &request.location)?;
    // A client that knows the size asks for nothing at its end; one that does not may ask there.
    if offset > content.len() {
        return Err(bad("OFFSET_INVALID"));
    }
    if let Some(dc) = world.files.cdn.dc.filter(|_| request.cdn_supported) {
        let content = content.clone();
        return Ok(redirect(world, dc, content, offset).into());
    }
    let (content, is_photo, mtime) = (content.clone(), file.is_photo(), date(file.date));
    world.files.served += limit.min(content.len() - offset);
    let nothing: enums::upload::File = types::upload::File::default().into();
    Ok(Done::from(nothing).late(move || {
        let mut bytes = content.read(offset, usize::try_from(limit).unwrap_or(PART_MAX));
        if lies && let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
        types::upload::File {
            r#type: kind(&bytes, offset, is_photo),
            mtime,
            bytes,
        }
        .into()
    }))
}

/// `upload.getFileHashes` (<https://core.telegram.org/method/upload.getFileHashes>).
pub(crate) fn get_file_hashes(
    world: &mut World,
    caller: &Caller,
    request: functions::upload::GetFileHashes,
) -> Answer<Vec<enums::FileHash>> {
    let offset = u64::try_from(request.offset).map_err(|_| bad("OFFSET_INVALID"))?;
    let (_, content) = locate(world, caller, &request.location)?;
    Ok(shown_hashes(content, offset).into())
}

/// `upload.getWebFile` (<https://core.telegram.org/method/upload.getWebFile>).
pub(crate) fn get_web_file(
    world: &mut World,
    caller: &Caller,
    request: functions::upload::GetWebFile,
) -> Answer<enums::upload::WebFile> {
    let me = caller.user.ok_or_else(unregistered)?;
    let limit = usize::try_from(request.limit).map_err(|_| bad("LIMIT_INVALID"))?;
    let offset = u64::try_from(request.offset).map_err(|_| bad("OFFSET_INVALID"))?;
    let enums::InputWebFileLocation::Location(it) = &request.location else {
        return Err(unsupported("web_location"));
    };
    let invalid = || bad("LOCATION_INVALID");
    let file = world.files.on_web.get(&it.url).ok_or_else(invalid)?;
    if it.access_hash != world.access_hash(me, file.id) {
        return Err(invalid());
    }
    let Made::Document { mime_type, .. } = &file.made else {
        return Err(invalid());
    };
    let content = file.version("").ok_or_else(invalid)?;
    let bytes = content.read(offset, limit);
    let file: enums::upload::WebFile = types::upload::WebFile {
        size: i32::try_from(content.len()).unwrap_or(i32::MAX),
        mime_type: mime_type.clone(),
        file_type: kind(&bytes, offset, false),
        mtime: date(file.date),
        bytes,
    }
    .into();
    Ok(file.into())
}

/// The version of a file that a location names, for who may have it, where it is.
fn locate<'w>(
    world: &'w World,
    caller: &Caller,
    location: &enums::InputFileLocation,
) -> Result<(&'w Stored, &'w FileContent), RpcError> {
    let me = caller.user.ok_or_else(unregistered)?;
    if let enums::InputFileLocation::InputStickerSetThumb(it) = location {
        let set = named(world, me, &it.stickerset)?;
        let file = set.thumb.and_then(|thumb| world.files.get(thumb));
        let file = file.ok_or_else(|| bad("LOCATION_INVALID"))?;
        let content = file.version("").ok_or_else(|| bad("LOCATION_INVALID"))?;
        return Ok((file, content));
    }
    // These need no reference: who sees the peer sees its photo.
    if let enums::InputFileLocation::InputPeerPhotoFileLocation(it) = location {
        let file = world.files.get(it.photo_id).filter(|file| file.is_photo());
        let file = file.ok_or_else(|| bad("LOCATION_INVALID"))?;
        if file.dc != caller.dc {
            return Err(migrate("FILE", file.dc));
        }
        let version = match it.big {
            true => file.versions.last(),
            false => file.versions.first(),
        };
        let version = version.ok_or_else(|| bad("LOCATION_INVALID"))?;
        return Ok((file, &version.content));
    }
    let (id, hash, reference, letter, is_photo) = match location {
        enums::InputFileLocation::InputDocumentFileLocation(it) => (
            it.id,
            it.access_hash,
            &it.file_reference,
            &it.thumb_size,
            false,
        ),
        enums::InputFileLocation::InputPhotoFileLocation(it) => (
            it.id,
            it.access_hash,
            &it.file_reference,
            &it.thumb_size,
            true,
        ),
        _ => return Err(unsupported("location")),
    };
    let file = file_of(world, me, (id, hash), reference)?;
    if file.is_photo() != is_photo {
        return Err(bad("LOCATION_INVALID"));
    }
    if file.dc != caller.dc {
        return Err(migrate("FILE", file.dc));
    }
    let content = file
        .version(letter)
        .ok_or_else(|| bad("LOCATION_INVALID"))?;
    Ok((file, content))
}

/// The file that `me` names by its id, its access hash and a reference.
pub(super) fn file_of<'w>(
    world: &'w World,
    me: i64,
    (id, hash): (i64, i64),
    reference: &[u8],
) -> Result<&'w Stored, RpcError> {
    let file = world.files.get(id);
    let file = file.filter(|_| hash == world.access_hash(me, id));
    let file = file.ok_or_else(|| bad("FILE_ID_INVALID"))?;
    let checked = world.files.references.check(world.now(), me, id, reference);
    checked.map_err(|stale| match stale {
        Stale::Empty => bad("FILE_REFERENCE_EMPTY"),
        Stale::Expired => bad("FILE_REFERENCE_EXPIRED"),
        Stale::Invalid => bad("FILE_REFERENCE_INVALID"),
    })?;
    Ok(file)
}

/// What the bytes of a file begin with.
fn kind(bytes: &[u8], offset: u64, is_photo: bool) -> enums::storage::FileType {
    match bytes {
        _ if is_photo => enums::storage::FileType::FileJpeg,
        _ if offset > 0 => enums::storage::FileType::FilePartial,
        [0xff, 0xd8, 0xff, ..] => enums::storage::FileType::FileJpeg,
        [0x89, b'P', b'N', b'G', ..] => enums::storage::FileType::FilePng,
        [b'G', b'I', b'F', b'8', ..] => enums::storage::FileType::FileGif,
        [b'%', b'P', b'D', b'F', ..] => enums::storage::FileType::FilePdf,
        _ => enums::storage::FileType::FileUnknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Called, Town};
    use super::*;

    /// Uploads bytes as a document and sends it to oneself.
    fn document(town: &mut Town, me: i64, bytes: &[u8]) -> types::Document {
        for (number, part) in (0..).zip(bytes.chunks(1024)) {
            let part = functions::upload::SaveFilePart {
                file_id: 5,
                file_part: number,
                bytes: part.to_vec(),
            };
            assert!(town.ask(me, &part));
        }
        let file = types::InputFile {
            id: 5,
            parts: i32::try_from(bytes.len().div_ceil(1024)).expect("few"),
            name: "a.bin".to_owned(),
            ..Default::default()
        };
        let media = types::InputMediaUploadedDocument {
            file: file.into(),
            mime_type: "text/plain".to_owned(),
            ..Default::default()
        };
        let sent = functions::messages::UploadMedia {
            peer: enums::InputPeer::PeerSelf,
            media: media.into(),
            ..Default::default()
        };
        let enums::MessageMedia::Document(it) = town.ask(me, &sent) else {
            panic!("another media");
        };
        match it.document {
            Some(enums::Document::Document(document)) => *document,
            _ => panic!("there is no document"),
        }
    }

    fn location(document: &types::Document) -> enums::InputFileLocation {
        types::InputDocumentFileLocation {
            id: document.id,
            access_hash: document.access_hash,
            file_reference: document.file_reference.clone(),
            thumb_size: String::new(),
        }
        .into()
    }

    fn get(document: &types::Document, offset: i64, limit: i32) -> functions::upload::GetFile {
        functions::upload::GetFile {
            precise: false,
            location: location(document),
            offset,
            limit,
            ..Default::default()
        }
    }

    fn bytes(town: &mut Town, me: i64, request: &functions::upload::GetFile) -> Vec<u8> {
        match town.ask(me, request) {
            enums::upload::File::File(file) => file.bytes,
            _ => panic!("another answer"),
        }
    }

    #[test]
    fn what_went_up_comes_down() {
        let mut town = Town::new();
        let me = town.user(1, "alice");
        let whole: Vec<u8> = (0..10_000_u32).map(|it| (it % 251) as u8).collect();
        let file = document(&mut town, me, &whole);
        assert_eq!(file.size, 10_000);
        assert_eq!(bytes(&mut town, me, &get(&file, 0, 1 << 20)), whole);
        assert_eq!(
            bytes(&mut town, me, &get(&file, 4096, 4096)),
            whole[4096..8192]
        );
        assert_eq!(bytes(&mut town, me, &get(&file, 8192, 4096)), whole[8192..]);
        let precise = functions::upload::GetFile {
            precise: true,
            ..get(&file, 1024, 3072)
        };
        assert_eq!(bytes(&mut town, me, &precise), whole[1024..4096]);
        assert_eq!(town.world.files.served, 10_000 + 4096 + 1808 + 3072);
    }

    #[test]
    fn what_lies_across_a_line_is_refused() {
        let mut town = Town::new();
        let me = town.user(1, "alice");
        let file = document(&mut town, me, &[7; 10_000]);
        let caller = town.caller(me);
        let mut refused = |precise, offset, limit| {
            let request = functions::upload::GetFile {
                precise,
                ..get(&file, offset, limit)
            };
            town.refused(&caller, &request)
        };
        for (offset, limit) in [(0, 1024), (0, 12_288), (0, 0), (0, -1), (0, 2 << 20)] {
            assert_eq!(refused(false, offset, limit), "LIMIT_INVALID", "{limit}");
        }
        assert_eq!(refused(false, 1024, 4096), "OFFSET_INVALID");
        assert_eq!(refused(false, -4096, 4096), "OFFSET_INVALID");
        assert_eq!(refused(false, 4096, 1 << 20), "LIMIT_INVALID", "two spans");
        assert_eq!(refused(true, 1000, 1024), "OFFSET_INVALID");
        assert_eq!(refused(true, 1024, 1000), "LIMIT_INVALID");
        assert_eq!(refused(true, 1024, 1 << 20), "LIMIT_INVALID", "two spans");
        assert_eq!(
            refused(false, 12_288, 4096),
            "OFFSET_INVALID",
            "beyond the end"
        );
    }

    #[test]
    fn a_file_is_where_it_is_and_for_who_has_seen_it() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.world.files.centre = Some(2);
        let file = document(&mut town, alice, &[7; 3000]);
        assert_eq!(file.dc_id, 2);
        let request = get(&file, 0, 4096);
        let (home, there) = (town.caller(alice), town.key(alice, 2));
        let there = Caller {
            user: Some(alice),
            ..there
        };
        assert_eq!(town.refused(&home, &request), "FILE_MIGRATE_2");
        let called: Called<_> = town.call(&there, &request).expect("it is here");
        assert!(matches!(called.value, enums::upload::File::File(_)));
        let other = Caller {
            user: Some(bob),
            ..there.clone()
        };
        assert_eq!(town.refused(&other, &request), "FILE_ID_INVALID");
        town.world.files.references.expire();
        assert_eq!(town.refused(&there, &request), "FILE_REFERENCE_EXPIRED");
        let part = functions::upload::SaveFilePart {
            bytes: vec![1],
            ..Default::default()
        };
        assert_eq!(town.refused(&there, &part), "FILE_MIGRATE_1");
    }

    #[test]
    fn hashes_are_those_of_the_pieces() {
        let mut town = Town::new();
        let me = town.user(1, "alice");
        let file = document(&mut town, me, &[7; 300 << 10]);
        let request = functions::upload::GetFileHashes {
            location: location(&file),
            offset: 200 << 10,
        };
        let hashes = town.ask(me, &request);
        let pieces = hashes
            .iter()
            .map(|enums::FileHash::Hash(it)| (it.offset, it.limit));
        let pieces: Vec<_> = pieces.collect();
        assert_eq!(pieces, [(128 << 10, 128 << 10), (256 << 10, 44 << 10)]);
    }
}
