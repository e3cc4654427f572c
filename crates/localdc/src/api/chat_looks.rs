//! `channels.*` and `messages.*`: how a group or channel looks, changed by who may.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Looks, Peer, World};

use super::admin_log::note;
use super::channel_news::changed as channel_changed;
use super::channel_settings::{creator, modify, require, set, set_of};
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::groups::changed as group_changed;
use super::input;
use super::media::made;
use super::places::photo;
use super::push::tell;
use super::seam::{Caller, RpcError};

/// The letters that a description may have.
const ABOUT_LENGTH: usize = 255;

/// `channels.editPhoto` (<https://core.telegram.org/method/channels.editPhoto>).
pub(crate) fn edit_photo(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::EditPhoto,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    put_photo(world, caller, me, Peer::Channel(id), request.photo)
}

/// `messages.editChatPhoto` (<https://core.telegram.org/method/messages.editChatPhoto>).
pub(crate) fn edit_chat_photo(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatPhoto,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::group(world, me, request.chat_id);
    let id = id.ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    put_photo(world, caller, me, Peer::Chat(id), request.photo)
}

fn put_photo(
    world: &mut World,
    caller: &Caller,
    me: i64,
    place: Peer,
    wanted: enums::InputChatPhoto,
) -> Answer<enums::Updates> {
    require(may_change_info(world, me, place))?;
    let media = match wanted {
        enums::InputChatPhoto::InputChatUploadedPhoto(it) => {
            let file = it.file.ok_or_else(|| bad("PHOTO_FILE_MISSING"))?;
            let uploaded = types::InputMediaUploadedPhoto {
                file,
                ..Default::default()
            };
            Some(made(world, me, uploaded.into())?)
        }
        enums::InputChatPhoto::Photo(it) => {
            let id = it.id;
            let known = types::InputMediaPhoto {
                id,
                ..Default::default()
            };
            Some(made(world, me, known.into())?)
        }
        _ => None,
    };
    let new = media.and_then(|media| match media {
        enums::MessageMedia::Photo(it) => match it.photo {
            Some(enums::Photo::Photo(photo)) => Some(*photo),
            _ => None,
        },
        _ => None,
    });
    let looks = looks_of(world, place).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if looks.photo.is_none() && new.is_none() {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let old = std::mem::replace(&mut looks.photo, new.clone());
    let action = types::ChannelAdminLogEventActionChangePhoto {
        prev_photo: photo(world, me, old.as_ref()),
        new_photo: photo(world, me, new.as_ref()),
    };
    note(world, place, me, action, &[]);
    let said: enums::MessageAction = match new {
        Some(new) => types::MessageActionChatEditPhoto { photo: new.into() }.into(),
        None => enums::MessageAction::ChatDeletePhoto,
    };
    Ok(said_in(world, caller, me, place, said))
}

/// A message says in a chat what has changed there.
fn said_in(
    world: &mut World,
    caller: &Caller,
    me: i64,
    place: Peer,
    said: enums::MessageAction,
) -> Done<enums::Updates> {
    let told = world.deliver(me, place, Letter::service(said, &[]));
    match place {
        Peer::Channel(id) => channel_changed(world, caller, me, id, &told),
        Peer::Chat(id) | Peer::User(id) => {
            let pushes = tell(world, caller, &told);
            Done::from(group_changed(world, me, id, &told)).pushing(pushes)
        }
    }
}

fn looks_of(world: &mut World, place: Peer) -> Option<&mut Looks> {
    match place {
        Peer::Channel(id) => world.channels.get_mut(&id).map(|it| &mut it.looks),
        Peer::Chat(id) => world.chats.get_mut(&id).map(|it| &mut it.looks),
        Peer::User(_) => None,
    }
}

/// Whether somebody may change the title, the photo and the like.
fn may_change_info(world: &World, me: i64, place: Peer) -> bool {
    match place {
        Peer::User(_) => false,
        Peer::Chat(id) => {
            let it = world.chats.get(&id);
            it.is_some_and(|it| it.migrated_to.is_none() && !it.bans(me, |it| it.change_info))
        }
        Peer::Channel(id) => world
            .channels
            .get(&id)
            .is_some_and(|it| match it.admin(me) {
                Some(rights) => rights.change_info,
                None => {
                    let banned = it.bans(me, world.now(), |rights| rights.change_info);
                    it.megagroup && it.member(me).is_some() && !banned
                }
            }),
    }
}

/// `messages.editChatAbout` (<https://core.telegram.org/method/messages.editChatAbout>).
pub(crate) fn edit_chat_about(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatAbout,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    require(may_change_info(world, me, place))?;
    if request.about.chars().count() > ABOUT_LENGTH {
        return Err(bad("CHAT_ABOUT_TOO_LONG"));
    }
    let about = match place {
        Peer::Channel(id) => world.channels.get_mut(&id).map(|it| &mut it.about),
        Peer::Chat(id) => world.chats.get_mut(&id).map(|it| &mut it.about),
        Peer::User(_) => None,
    };
    let about = about.ok_or_else(|| bad("PEER_ID_INVALID"))?;
    if *about == request.about {
        return Err(bad("CHAT_ABOUT_NOT_MODIFIED"));
    }
    let prev_value = std::mem::replace(about, request.about.clone());
    let action = types::ChannelAdminLogEventActionChangeAbout {
        prev_value,
        new_value: request.about,
    };
    note(world, place, me, action, &[]);
    Ok(true.into())
}

/// `channels.setStickers` (<https://core.telegram.org/method/channels.setStickers>).
pub(crate) fn set_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::SetStickers,
) -> Answer<bool> {
    let new = set_meant(request.stickerset)?;
    let done = set(world, caller, &request.channel, |it, me| {
        require(it.megagroup && it.may(me, |rights| rights.change_info))?;
        let old = it.looks.stickers.clone();
        modify(&mut it.looks.stickers, new.clone())?;
        Ok(types::ChannelAdminLogEventActionChangeStickerSet {
            prev_stickerset: old.unwrap_or_default(),
            new_stickerset: new.unwrap_or_default(),
        }
        .into())
    })?;
    Ok(done.map(|_| true))
}

/// `channels.setEmojiStickers` (<https://core.telegram.org/method/channels.setEmojiStickers>).
pub(crate) fn set_emoji_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::SetEmojiStickers,
) -> Answer<bool> {
    let new = set_meant(request.stickerset)?;
    let done = set(world, caller, &request.channel, |it, me| {
        require(it.megagroup && it.may(me, |rights| rights.change_info))?;
        let old = it.looks.emoji.clone();
        modify(&mut it.looks.emoji, new.clone())?;
        Ok(types::ChannelAdminLogEventActionChangeEmojiStickerSet {
            prev_stickerset: old.unwrap_or_default(),
            new_stickerset: new.unwrap_or_default(),
        }
        .into())
    })?;
    Ok(done.map(|_| true))
}

fn set_meant(set: enums::InputStickerSet) -> Result<Option<enums::InputStickerSet>, RpcError> {
    match set {
        enums::InputStickerSet::Empty => Ok(None),
        enums::InputStickerSet::Id(_) | enums::InputStickerSet::ShortName(_) => Ok(Some(set)),
        _ => Err(bad("STICKERSET_INVALID")),
    }
}

/// `channels.updateColor` (<https://core.telegram.org/method/channels.updateColor>).
pub(crate) fn update_color(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::UpdateColor,
) -> Answer<enums::Updates> {
    let color = types::PeerColor {
        color: request.color,
        background_emoji_id: request.background_emoji_id,
    };
    let new = Some(enums::PeerColor::from(color.clone())).filter(|_| color.color.is_some());
    set(world, caller, &request.channel, |it, me| {
        require(it.may(me, |rights| rights.change_info))?;
        let place = match request.for_profile {
            true => &mut it.looks.profile_color,
            false => &mut it.looks.color,
        };
        let old = place.clone();
        modify(place, new.clone())?;
        let (prev_value, new_value) = (old.unwrap_or_default(), new.unwrap_or_default());
        Ok(match request.for_profile {
            true => types::ChannelAdminLogEventActionChangeProfilePeerColor {
                prev_value,
                new_value,
            }
            .into(),
            false => types::ChannelAdminLogEventActionChangePeerColor {
                prev_value,
                new_value,
            }
            .into(),
        })
    })
}

/// `channels.updateEmojiStatus` (<https://core.telegram.org/method/channels.updateEmojiStatus>).
pub(crate) fn update_emoji_status(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::UpdateEmojiStatus,
) -> Answer<enums::Updates> {
    let new = Some(request.emoji_status).filter(|it| *it != enums::EmojiStatus::Empty);
    set(world, caller, &request.channel, |it, me| {
        require(it.may(me, |rights| rights.change_info))?;
        let old = it.looks.emoji_status.clone();
        modify(&mut it.looks.emoji_status, new.clone())?;
        Ok(types::ChannelAdminLogEventActionChangeEmojiStatus {
            prev_value: old.unwrap_or_default(),
            new_value: new.unwrap_or_default(),
        }
        .into())
    })
}

/// `channels.editLocation` (<https://core.telegram.org/method/channels.editLocation>): for the
/// owner of a supergroup.
pub(crate) fn edit_location(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::EditLocation,
) -> Answer<bool> {
    let new = match request.geo_point {
        enums::InputGeoPoint::Point(point) => Some(types::ChannelLocation {
            geo_point: types::GeoPoint {
                long: point.long,
                lat: point.lat,
                ..Default::default()
            }
            .into(),
            address: request.address,
        }),
        _ => None,
    };
    let shown = |location: Option<types::ChannelLocation>| {
        location.map_or(enums::ChannelLocation::Empty, Into::into)
    };
    let done = set(world, caller, &request.channel, |it, me| {
        if !it.megagroup {
            return Err(bad("MEGAGROUP_REQUIRED"));
        }
        require(creator(it, me))?;
        let old = it.looks.location.clone();
        modify(&mut it.looks.location, new.clone())?;
        Ok(types::ChannelAdminLogEventActionChangeLocation {
            prev_value: shown(old),
            new_value: shown(new),
        }
        .into())
    })?;
    Ok(done.map(|_| true))
}

/// `messages.setChatTheme` (<https://core.telegram.org/method/messages.setChatTheme>): of a private
/// chat, and of a channel's own.
pub(crate) fn set_chat_theme(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetChatTheme,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let theme = match request.theme {
        enums::InputChatTheme::Theme(it) => Some(it.emoticon).filter(|it| !it.is_empty()),
        enums::InputChatTheme::UniqueGift(_) => return Err(bad("THEME_INVALID")),
        _ => None,
    };
    let emoticon = theme.clone().unwrap_or_default();
    let said = types::MessageActionSetChatTheme {
        theme: types::ChatTheme { emoticon }.into(),
    };
    match place {
        Peer::User(_) => {
            let told = world.deliver(me, place, Letter::service(said, &[]));
            let own: Vec<_> = told.iter().filter(|told| told.user == me).collect();
            let answer = super::push::done(world, &own);
            Ok(Done::from(answer).pushing(tell(world, caller, &told)))
        }
        Peer::Chat(_) => Err(bad("PEER_ID_INVALID")),
        Peer::Channel(id) => set_of(world, caller, me, id, |it| {
            require(it.may(me, |rights| rights.change_info))?;
            modify(&mut it.looks.theme, theme)?;
            Ok(None)
        }),
    }
}
