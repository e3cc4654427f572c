//! `photos.*`: profile photos
//! (<https://core.telegram.org/api/files#uploading-profile-or-chat-pictures>).
use ferogram_sync::tl::enums::InputPrivacyKey as Key;
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::files::file_of;
use super::input;
use super::media::{moving_photo_of, photo_for, photo_of};
use super::page::PAGE;
use super::portrait::may;
use super::profile::changed;
use super::push::tell;
use super::seam::{Caller, RpcError};
use super::view::user;

/// The least side of a profile photo.
const SIDE_MIN: i32 = 160;

/// Profile photos of one account.
const PHOTOS_MAX: usize = 10_000;

/// `photos.uploadProfilePhoto` (<https://core.telegram.org/method/photos.uploadProfilePhoto>).
pub(crate) fn upload_profile_photo(
    world: &mut World,
    caller: &Caller,
    request: functions::photos::UploadProfilePhoto,
) -> Answer<enums::photos::Photo> {
    let me = caller.user.ok_or_else(unregistered)?;
    let whose = match &request.bot {
        None => me,
        Some(bot) => own_bot(world, me, bot)?,
    };
    if request.video_emoji_markup.is_some() {
        return Err(unsupported("video_emoji_markup"));
    }
    let photo = pictured(world, me, request.file, request.video)?;
    let own = &mut world.account_mut(whose).ok_or_else(unregistered)?.personal;
    if own.photos.len() >= PHOTOS_MAX {
        return Err(bad("ALBUM_PHOTOS_TOO_MANY"));
    }
    match request.fallback {
        true => own.public_photo = Some(photo.id),
        false => own.photos.insert(0, photo.id),
    }
    let pushes = match whose == me {
        true => changed(world, caller),
        false => Vec::new(),
    };
    Ok(Done::from(shown(world, me, photo.id)?).pushing(pushes))
}

/// A bot that the account has made.
fn own_bot(world: &World, me: i64, bot: &enums::InputUser) -> Result<i64, RpcError> {
    let id = input::user(world, me, bot)?;
    let own = id.filter(|id| {
        let bot = world.account(*id);
        bot.is_some_and(|it| it.personal.owner == Some(me))
    });
    own.ok_or_else(|| bad("BOT_INVALID"))
}

/// Makes a profile photo of what was uploaded.
fn pictured(
    world: &mut World,
    me: i64,
    file: Option<enums::InputFile>,
    video: Option<enums::InputFile>,
) -> Result<types::Photo, RpcError> {
    if let Some(video) = video {
        return moving_photo_of(world, me, &video);
    }
    let file = file.ok_or_else(|| bad("PHOTO_FILE_MISSING"))?;
    let photo = photo_of(world, me, &file)?;
    let large = |size: &enums::PhotoSize| match size {
        enums::PhotoSize::Size(it) => it.w >= SIDE_MIN && it.h >= SIDE_MIN,
        _ => false,
    };
    if !photo.sizes.iter().any(large) {
        return Err(bad("PHOTO_CROP_SIZE_SMALL"));
    }
    Ok(photo)
}

/// `photos.uploadContactProfilePhoto`
/// (<https://core.telegram.org/method/photos.uploadContactProfilePhoto>): without a picture, the
/// one that was given is taken away.
pub(crate) fn upload_contact_profile_photo(
    world: &mut World,
    caller: &Caller,
    request: functions::photos::UploadContactProfilePhoto,
) -> Answer<enums::photos::Photo> {
    let me = caller.user.ok_or_else(unregistered)?;
    let whom = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let is_contact = |world: &World| {
        let account = world.account(me);
        account.is_some_and(|it| it.contacts.contains_key(&whom))
    };
    if !is_contact(world) {
        return Err(bad("CONTACT_MISSING"));
    }
    let photo = match request.file.is_some() || request.video.is_some() {
        true => Some(pictured(world, me, request.file, request.video)?),
        false => None,
    };
    let told = match photo.clone().filter(|_| request.suggest) {
        Some(photo) => {
            let photo = photo.into();
            let said = types::MessageActionSuggestProfilePhoto { photo };
            world.deliver(me, Peer::User(whom), Letter::service(said, &[]))
        }
        None => {
            let account = world.account_mut(me).ok_or_else(unregistered)?;
            if let Some(contact) = account.contacts.get_mut(&whom) {
                contact.photo = photo.as_ref().map(|photo| photo.id);
            }
            Vec::new()
        }
    };
    let photo = photo.and_then(|photo| photo_for(world, me, photo.id));
    let answer: enums::photos::Photo = types::photos::Photo {
        photo: photo.map_or_else(|| types::PhotoEmpty::default().into(), Into::into),
        users: vec![user(world, me, whom)],
    }
    .into();
    Ok(Done::from(answer).pushing(tell(world, caller, &told)))
}

/// `photos.updateProfilePhoto` (<https://core.telegram.org/method/photos.updateProfilePhoto>).
pub(crate) fn update_profile_photo(
    world: &mut World,
    caller: &Caller,
    request: functions::photos::UpdateProfilePhoto,
) -> Answer<enums::photos::Photo> {
    let me = caller.user.ok_or_else(unregistered)?;
    let wanted = match &request.id {
        enums::InputPhoto::Photo(it) => {
            let found = file_of(world, me, (it.id, it.access_hash), &it.file_reference);
            let found = found.map_err(|error| match &*error.message {
                "FILE_ID_INVALID" => bad("PHOTO_ID_INVALID"),
                _ => error,
            })?;
            Some(found.id)
        }
        _ => None,
    };
    let own = &mut world.account_mut(me).ok_or_else(unregistered)?.personal;
    let first = match (wanted, request.fallback) {
        (None, true) => {
            own.public_photo = None;
            None
        }
        (None, false) => {
            if !own.photos.is_empty() {
                own.photos.remove(0);
            }
            own.photos.first().copied()
        }
        (Some(id), fallback) => {
            if !own.photos.contains(&id) && own.public_photo != Some(id) {
                return Err(bad("PHOTO_ID_INVALID"));
            }
            match fallback {
                true => own.public_photo = Some(id),
                false => {
                    own.photos.retain(|it| *it != id);
                    own.photos.insert(0, id);
                }
            }
            Some(id)
        }
    };
    let pushes = changed(world, caller);
    let answer = match first {
        Some(id) => shown(world, me, id)?,
        None => types::photos::Photo {
            photo: types::PhotoEmpty::default().into(),
            users: vec![user(world, me, me)],
        }
        .into(),
    };
    Ok(Done::from(answer).pushing(pushes))
}

/// `photos.deletePhotos` (<https://core.telegram.org/method/photos.deletePhotos>).
pub(crate) fn delete_photos(
    world: &mut World,
    caller: &Caller,
    request: functions::photos::DeletePhotos,
) -> Answer<Vec<i64>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut gone = Vec::new();
    for id in &request.id {
        let enums::InputPhoto::Photo(it) = id else {
            continue;
        };
        let right = it.access_hash == world.access_hash(me, it.id);
        let own = &mut world.account_mut(me).ok_or_else(unregistered)?.personal;
        let is_own = own.photos.contains(&it.id) || own.public_photo == Some(it.id);
        if right && is_own {
            own.photos.retain(|photo| *photo != it.id);
            own.public_photo = own.public_photo.filter(|photo| *photo != it.id);
            gone.push(it.id);
        }
    }
    let pushes = match gone.is_empty() {
        true => Vec::new(),
        false => changed(world, caller),
    };
    Ok(Done::from(gone).pushing(pushes))
}

/// `photos.getUserPhotos` (<https://core.telegram.org/method/photos.getUserPhotos>): the newest
/// first. From a photo on, or from a place; from -1 behind a photo on, that photo itself
/// (<https://core.telegram.org/api/file-references>).
pub(crate) fn get_user_photos(
    world: &mut World,
    caller: &Caller,
    request: functions::photos::GetUserPhotos,
) -> Answer<enums::photos::Photos> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let account = world.account(id).ok_or_else(|| bad("USER_ID_INVALID"))?;
    let own = &account.personal;
    let mut all: Vec<i64> = match may(world, id, me, &Key::ProfilePhoto, true) {
        true => own.photos.clone(),
        false => Vec::new(),
    };
    all.extend(own.public_photo.filter(|_| all.is_empty()));
    let behind = match request.max_id {
        0 => Some(0),
        max => all.iter().position(|id| *id == max).map(|at| at + 1),
    };
    let from = behind.map_or(all.len(), |behind| {
        let offset = isize::try_from(request.offset).unwrap_or(0);
        behind.saturating_add_signed(offset).min(all.len())
    });
    let limit = usize::try_from(request.limit.clamp(0, PAGE)).unwrap_or(0);
    let limit = if limit == 0 { 100 } else { limit };
    let to = (from + limit).min(all.len());
    let photos = all[from..to].iter();
    let photos = photos.filter_map(|id| photo_for(world, me, *id).map(Into::into));
    let photos: Vec<enums::Photo> = photos.collect();
    let users = vec![user(world, me, id)];
    let answer: enums::photos::Photos = match from == 0 && to == all.len() {
        true => types::photos::Photos { photos, users }.into(),
        false => types::photos::PhotosSlice {
            count: i32::try_from(all.len()).unwrap_or(i32::MAX),
            photos,
            users,
        }
        .into(),
    };
    Ok(answer.into())
}

fn shown(world: &World, me: i64, id: i64) -> Result<enums::photos::Photo, RpcError> {
    let photo = photo_for(world, me, id).ok_or_else(|| bad("PHOTO_ID_INVALID"))?;
    Ok(types::photos::Photo {
        photo: photo.into(),
        users: vec![user(world, me, me)],
    }
    .into())
}
