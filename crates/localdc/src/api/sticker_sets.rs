//! `stickers.*` and `messages.getStickerSet`: sets, how they are made and changed.
//!
//! See <https://core.telegram.org/api/stickers>.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{SetItem, SetKind, StickerSet, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::files::file_of;
use super::input;
use super::media;
use super::seam::{Caller, RpcError};
use super::set_names::named;
use super::topic_icons::topic_icons;

/// The most stickers of a set, and of one of emoji.
const STICKERS_MAX: usize = 120;
const EMOJI_MAX: usize = 200;

/// The longest title and the longest name.
const NAME_MAX: usize = 64;

type Whole = enums::messages::StickerSet;

/// `messages.getStickerSet` (<https://core.telegram.org/method/messages.getStickerSet>).
pub(crate) fn get_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetStickerSet,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.stickerset == enums::InputStickerSet::EmojiDefaultTopicIcons {
        return Ok(topic_icons(world, me, caller.dc).into());
    }
    let set = named(world, me, &request.stickerset)?;
    if request.hash != 0 && request.hash == set.version {
        return Ok(Whole::NotModified.into());
    }
    Ok(whole(world, me, set).into())
}

/// A set as an account sees it, without its stickers.
pub(super) fn shown(world: &World, me: i64, set: &StickerSet) -> types::StickerSet {
    let shelf = world.account(me).map(|account| &account.shelf);
    let installed = shelf.and_then(|shelf| shelf.installed(set.id));
    types::StickerSet {
        archived: installed.is_some_and(|it| it.archived),
        masks: set.kind == SetKind::Masks,
        emojis: set.kind == SetKind::Emoji,
        text_color: set.text_color,
        creator: set.owner == me && me != 0,
        installed_date: installed.map(|it| it.date),
        id: set.id,
        access_hash: world.access_hash(me, set.id),
        title: set.title.clone(),
        short_name: set.short_name.clone(),
        thumb_dc_id: set.thumb.and(world.account(me)).map(|account| account.dc),
        thumb_version: set.thumb.map(|_| set.version),
        thumbs: set.thumb.map(|_| Vec::new()),
        count: i32::try_from(set.items.len()).unwrap_or(i32::MAX),
        hash: set.version,
        ..Default::default()
    }
}

/// The documents of a set, as an account sees them.
pub(super) fn documents(world: &World, me: i64, set: &StickerSet) -> Vec<enums::Document> {
    let items = set.items.iter();
    let shown = items.filter_map(|item| media::shown_to(world, me, item.file));
    shown.map(Into::into).collect()
}

/// A set with all its stickers.
pub(super) fn whole(world: &World, me: i64, set: &StickerSet) -> Whole {
    let mut packs: Vec<types::StickerPack> = Vec::new();
    for item in &set.items {
        match packs.iter_mut().find(|it| it.emoticon == item.emoji) {
            Some(pack) => pack.documents.push(item.file),
            None => packs.push(types::StickerPack {
                emoticon: item.emoji.clone(),
                documents: vec![item.file],
            }),
        }
    }
    let with_words = set.items.iter().filter(|it| !it.keywords.is_empty());
    let keywords = with_words.map(|item| {
        types::StickerKeyword {
            document_id: item.file,
            keyword: item.keywords.clone(),
        }
        .into()
    });
    types::messages::StickerSet {
        set: shown(world, me, set).into(),
        packs: packs.into_iter().map(Into::into).collect(),
        keywords: keywords.collect(),
        documents: documents(world, me, set),
    }
    .into()
}

/// What a sticker can be.
const TYPES: [&str; 4] = [
    "image/webp",
    "image/png",
    "application/x-tgsticker",
    "video/webm",
];

/// Takes a sticker in.
fn item(world: &World, me: i64, item: enums::InputStickerSetItem) -> Result<SetItem, RpcError> {
    let enums::InputStickerSetItem::Item(item) = item;
    if item.emoji.is_empty() || item.emoji.bytes().any(|it| it.is_ascii_alphabetic()) {
        return Err(bad("STICKER_EMOJI_INVALID"));
    }
    let file = document(world, me, &item.document, "STICKER_FILE_INVALID")?;
    let mime = media::mime_type(world, file);
    if !TYPES.contains(&mime.as_str()) {
        return Err(bad("STICKER_PNG_NOPNG"));
    }
    let keywords = item.keywords.unwrap_or_default();
    let words = keywords.split(',').map(str::trim);
    let mask = item.mask_coords;
    Ok(SetItem {
        file,
        emoji: item.emoji,
        keywords: words
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        mask: mask.map(|enums::MaskCoords::Coords(it)| it),
    })
}

/// The id of a document that an account names.
pub(super) fn document(
    world: &World,
    me: i64,
    document: &enums::InputDocument,
    error: &str,
) -> Result<i64, RpcError> {
    let enums::InputDocument::Document(it) = document else {
        return Err(bad(error));
    };
    let file = file_of(world, me, (it.id, it.access_hash), &it.file_reference)?;
    match file.is_photo() {
        true => Err(bad(error)),
        false => Ok(file.id),
    }
}

/// Whether a set can have this name.
fn check_name(name: &str) -> bool {
    let starts_well = name
        .bytes()
        .next()
        .is_some_and(|it| it.is_ascii_alphabetic());
    let letters = name
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'_');
    starts_well && letters && name.len() <= NAME_MAX && !name.contains("__")
}

fn check_title(title: &str) -> Result<(), RpcError> {
    match (1..=NAME_MAX).contains(&title.chars().count()) {
        true => Ok(()),
        false => Err(bad("PACK_TITLE_INVALID")),
    }
}

/// `stickers.createStickerSet` (<https://core.telegram.org/method/stickers.createStickerSet>).
pub(crate) fn create_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::CreateStickerSet,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let kind = match (request.masks, request.emojis) {
        (true, true) => return Err(bad("PACK_TYPE_INVALID")),
        (true, _) => SetKind::Masks,
        (_, true) => SetKind::Emoji,
        _ => SetKind::Stickers,
    };
    check_title(&request.title)?;
    let bot = world.account(me).filter(|account| account.is_bot());
    // Bots' sets say whose they are, as the page of the Bot API has it.
    let suffix = bot.and_then(|bot| Some(format!("_by_{}", bot.username.as_ref()?)));
    let of_bot = suffix.as_ref().is_none_or(|suffix| {
        let name = request.short_name.to_ascii_lowercase();
        name.ends_with(&suffix.to_ascii_lowercase())
    });
    if !check_name(&request.short_name) || !of_bot {
        return Err(bad("PACK_SHORT_NAME_INVALID"));
    }
    if world.sticker_sets.by_name(&request.short_name).is_some() {
        return Err(bad("PACK_SHORT_NAME_OCCUPIED"));
    }
    let is_bot = bot.is_some();
    // Users make their own, and bots those of users.
    let owner = input::user(world, me, &request.user_id)?;
    let owner = owner.filter(|owner| (*owner == me) != is_bot);
    let owner = owner.ok_or_else(|| bad("USER_ID_INVALID"))?;
    if request.stickers.is_empty() {
        return Err(bad("STICKERS_EMPTY"));
    }
    let items = request.stickers.into_iter().map(|it| item(world, me, it));
    let items: Vec<SetItem> = items.collect::<Result<_, _>>()?;
    let thumb = request.thumb.as_ref();
    let thumb = thumb.map(|it| document(world, me, it, "STICKER_THUMB_PNG_NOPNG"));
    let set = StickerSet {
        id: world.chance.number(),
        title: request.title,
        short_name: request.short_name,
        kind,
        text_color: request.text_color,
        owner,
        made_by: me,
        items,
        thumb: thumb.transpose()?,
        version: 1,
    };
    let id = set.id;
    world.sticker_sets.insert(set);
    changed(world, me, id)
}

/// Says in each document in which set it is, and shows the set as it is now.
fn changed(world: &mut World, me: i64, id: i64) -> Answer<Whole> {
    let set = world.sticker_sets.get(id).cloned();
    let set = set.ok_or_else(|| bad("STICKERSET_INVALID"))?;
    if set.items.len()
        > if set.kind == SetKind::Emoji {
            EMOJI_MAX
        } else {
            STICKERS_MAX
        }
    {
        return Err(bad("STICKERS_TOO_MUCH"));
    }
    for item in &set.items {
        media::put_into_set(world, item, &set);
    }
    Ok(whole(world, me, &set).into())
}

/// The set that an account may change.
fn own<'w>(
    world: &'w mut World,
    me: i64,
    set: &enums::InputStickerSet,
) -> Result<&'w mut StickerSet, RpcError> {
    let id = named(world, me, set)?.id;
    let found = world.sticker_sets.get_mut(id);
    let found = found.filter(|set| set.owner == me || set.made_by == me);
    let set = found.ok_or_else(|| bad("STICKERSET_INVALID"))?;
    set.version += 1;
    Ok(set)
}

/// The set of a sticker, which an account may change, and where in it the sticker stands.
fn own_of<'w>(
    world: &'w mut World,
    me: i64,
    sticker: &enums::InputDocument,
) -> Result<(&'w mut StickerSet, usize), RpcError> {
    let invalid = || bad("STICKER_INVALID");
    let file = document(world, me, sticker, "STICKER_INVALID")?;
    let id = world.sticker_sets.of_file(file).ok_or_else(invalid)?.id;
    let set = world.sticker_sets.get_mut(id).ok_or_else(invalid)?;
    if set.owner != me && set.made_by != me {
        return Err(invalid());
    }
    set.version += 1;
    let at = set.items.iter().position(|item| item.file == file);
    Ok((set, at.ok_or_else(invalid)?))
}

/// `stickers.addStickerToSet` (<https://core.telegram.org/method/stickers.addStickerToSet>).
pub(crate) fn add_sticker_to_set(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::AddStickerToSet,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let item = item(world, me, request.sticker)?;
    let set = own(world, me, &request.stickerset)?;
    set.items.push(item);
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.removeStickerFromSet`
/// (<https://core.telegram.org/method/stickers.removeStickerFromSet>).
pub(crate) fn remove_sticker_from_set(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::RemoveStickerFromSet,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (set, at) = own_of(world, me, &request.sticker)?;
    set.items.remove(at);
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.changeStickerPosition`
/// (<https://core.telegram.org/method/stickers.changeStickerPosition>).
pub(crate) fn change_sticker_position(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::ChangeStickerPosition,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (set, at) = own_of(world, me, &request.sticker)?;
    let item = set.items.remove(at);
    let to = usize::try_from(request.position).unwrap_or(0);
    set.items.insert(to.min(set.items.len()), item);
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.changeSticker` (<https://core.telegram.org/method/stickers.changeSticker>).
pub(crate) fn change_sticker(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::ChangeSticker,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (set, at) = own_of(world, me, &request.sticker)?;
    let item = &mut set.items[at];
    if let Some(emoji) = request.emoji {
        item.emoji = emoji;
    }
    if let Some(words) = request.keywords {
        let words = words.split(',').map(str::trim);
        item.keywords = words
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect();
    }
    if let Some(enums::MaskCoords::Coords(mask)) = request.mask_coords {
        item.mask = Some(mask);
    }
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.replaceSticker` (<https://core.telegram.org/method/stickers.replaceSticker>).
pub(crate) fn replace_sticker(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::ReplaceSticker,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let item = item(world, me, request.new_sticker)?;
    let (set, at) = own_of(world, me, &request.sticker)?;
    set.items[at] = item;
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.renameStickerSet` (<https://core.telegram.org/method/stickers.renameStickerSet>).
pub(crate) fn rename_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::RenameStickerSet,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    check_title(&request.title)?;
    let set = own(world, me, &request.stickerset)?;
    set.title = request.title;
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.setStickerSetThumb`
/// (<https://core.telegram.org/method/stickers.setStickerSetThumb>).
pub(crate) fn set_sticker_set_thumb(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::SetStickerSetThumb,
) -> Answer<Whole> {
    let me = caller.user.ok_or_else(unregistered)?;
    let thumb = request.thumb.as_ref();
    let thumb = thumb.map(|it| document(world, me, it, "STICKER_THUMB_PNG_NOPNG"));
    let thumb = thumb.transpose()?;
    let set = own(world, me, &request.stickerset)?;
    set.thumb = thumb.or(request.thumb_document_id);
    let id = set.id;
    changed(world, me, id)
}

/// `stickers.deleteStickerSet` (<https://core.telegram.org/method/stickers.deleteStickerSet>).
pub(crate) fn delete_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::stickers::DeleteStickerSet,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = own(world, me, &request.stickerset)?.id;
    Ok(world.sticker_sets.remove(id).into())
}

/// `stickers.checkShortName` (<https://core.telegram.org/method/stickers.checkShortName>).
pub(crate) fn check_short_name(
    world: &mut World,
    _: &Caller,
    request: functions::stickers::CheckShortName,
) -> Answer<bool> {
    if !check_name(&request.short_name) {
        return Err(bad("SHORT_NAME_INVALID"));
    }
    match world.sticker_sets.by_name(&request.short_name) {
        Some(_) => Err(bad("SHORT_NAME_OCCUPIED")),
        None => Ok(true.into()),
    }
}

/// `stickers.suggestShortName` (<https://core.telegram.org/method/stickers.suggestShortName>).
pub(crate) fn suggest_short_name(
    world: &mut World,
    _: &Caller,
    request: functions::stickers::SuggestShortName,
) -> Answer<enums::stickers::SuggestedShortName> {
    let letters = request.title.chars().filter(char::is_ascii_alphanumeric);
    let base: String = letters.take(NAME_MAX / 2).collect();
    if request.title.is_empty() {
        return Err(bad("TITLE_INVALID"));
    }
    let base = if check_name(&base) {
        base
    } else {
        "Stickers".to_owned()
    };
    let mut names = (0..).map(|number| match number {
        0 => base.clone(),
        number => format!("{base}{number}"),
    });
    let free = names.find(|name| world.sticker_sets.by_name(name).is_none());
    let name: enums::stickers::SuggestedShortName = types::stickers::SuggestedShortName {
        short_name: free.unwrap_or_default(),
    }
    .into();
    Ok(name.into())
}
