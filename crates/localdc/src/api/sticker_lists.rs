//! The lists of stickers: installed sets, those that are found, favourites, recent ones, GIFs.
//!
//! See <https://core.telegram.org/api/stickers>.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Installed, SetKind, StickerSet, StickerShelf, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::media;
use super::push::passing;
use super::seam::{Caller, Push, RpcError};
use super::set_names::named;
use super::sticker_sets::{document, documents, shown};

/// The most favourites, and the most recent stickers and GIFs.
const FAVED_MAX: usize = 5;
const RECENT_MAX: usize = 200;
const GIFS_MAX: usize = 200;

fn shelf<'w>(
    world: &'w mut World,
    caller: &Caller,
) -> Result<(i64, &'w mut StickerShelf), RpcError> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    Ok((me, &mut account.shelf))
}

/// Tells the account's other sessions.
fn told(world: &World, caller: &Caller, update: enums::Update) -> Vec<Push> {
    let me = caller.user.unwrap_or(0);
    vec![Push {
        except: Some(caller.session),
        ..passing(world, me, update)
    }]
}

fn sets_changed(kind: SetKind) -> enums::Update {
    types::UpdateStickerSets {
        masks: kind == SetKind::Masks,
        emojis: kind == SetKind::Emoji,
    }
    .into()
}

/// `messages.installStickerSet` (<https://core.telegram.org/method/messages.installStickerSet>).
pub(crate) fn install_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::InstallStickerSet,
) -> Answer<enums::messages::StickerSetInstallResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let set = named(world, me, &request.stickerset)?;
    let (id, kind, date) = (set.id, set.kind, world.date());
    let (_, shelf) = shelf(world, caller)?;
    shelf.installed.retain(|it| it.set != id);
    let installed = Installed {
        set: id,
        date,
        archived: request.archived,
    };
    shelf.installed.insert(0, installed);
    let done: enums::messages::StickerSetInstallResult =
        enums::messages::StickerSetInstallResult::Success;
    let pushes = told(world, caller, sets_changed(kind));
    Ok(Done::from(done).pushing(pushes))
}

/// `messages.uninstallStickerSet`
/// (<https://core.telegram.org/method/messages.uninstallStickerSet>).
pub(crate) fn uninstall_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UninstallStickerSet,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let set = named(world, me, &request.stickerset)?;
    let (id, kind) = (set.id, set.kind);
    let (_, shelf) = shelf(world, caller)?;
    let before = shelf.installed.len();
    shelf.installed.retain(|it| it.set != id);
    let was_there = shelf.installed.len() < before;
    let pushes = told(world, caller, sets_changed(kind));
    Ok(Done::from(was_there).pushing(pushes))
}

/// `messages.toggleStickerSets` (<https://core.telegram.org/method/messages.toggleStickerSets>).
pub(crate) fn toggle_sticker_sets(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleStickerSets,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let sets = request.stickersets.iter().map(|it| named(world, me, it));
    let ids = sets.map(|set| set.map(|set| set.id));
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    let (_, shelf) = shelf(world, caller)?;
    if request.uninstall {
        shelf.installed.retain(|it| !ids.contains(&it.set));
    }
    let named = shelf
        .installed
        .iter_mut()
        .filter(|it| ids.contains(&it.set));
    for installed in named {
        installed.archived = request.archive || installed.archived && !request.unarchive;
    }
    let pushes = told(world, caller, sets_changed(SetKind::Stickers));
    Ok(Done::from(true).pushing(pushes))
}

/// The sets in an account's list, or those that are put away.
fn list(world: &World, me: i64, kind: SetKind, archived: bool) -> Vec<&StickerSet> {
    let shelf = world
        .account(me)
        .map(|account| &account.shelf.installed[..]);
    let installed = shelf.unwrap_or_default().iter();
    let sets = installed.filter(|it| it.archived == archived);
    let sets = sets.filter_map(|it| world.sticker_sets.get(it.set));
    sets.filter(|set| set.kind == kind).collect()
}

/// What names the state of a list.
fn state(ids: impl IntoIterator<Item = i64>) -> i64 {
    let fold = |state: i64, id: i64| state.rotate_left(7) ^ id;
    ids.into_iter().fold(1, fold)
}

fn installed(
    world: &mut World,
    caller: &Caller,
    kind: SetKind,
    hash: i64,
) -> Answer<enums::messages::AllStickers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let sets = list(world, me, kind, false);
    let now = state(sets.iter().map(|set| set.id ^ i64::from(set.version)));
    if hash == now {
        return Ok(enums::messages::AllStickers::NotModified.into());
    }
    let sets = sets.into_iter().map(|set| shown(world, me, set).into());
    let all: enums::messages::AllStickers = types::messages::AllStickers {
        hash: now,
        sets: sets.collect(),
    }
    .into();
    Ok(all.into())
}

/// `messages.getAllStickers` (<https://core.telegram.org/method/messages.getAllStickers>).
pub(crate) fn get_all_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetAllStickers,
) -> Answer<enums::messages::AllStickers> {
    installed(world, caller, SetKind::Stickers, request.hash)
}

/// `messages.getMaskStickers` (<https://core.telegram.org/method/messages.getMaskStickers>).
pub(crate) fn get_mask_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMaskStickers,
) -> Answer<enums::messages::AllStickers> {
    installed(world, caller, SetKind::Masks, request.hash)
}

/// `messages.getEmojiStickers` (<https://core.telegram.org/method/messages.getEmojiStickers>).
pub(crate) fn get_emoji_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetEmojiStickers,
) -> Answer<enums::messages::AllStickers> {
    installed(world, caller, SetKind::Emoji, request.hash)
}

/// `messages.reorderStickerSets` (<https://core.telegram.org/method/messages.reorderStickerSets>).
pub(crate) fn reorder_sticker_sets(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReorderStickerSets,
) -> Answer<bool> {
    let kind = kind_of(request.masks, request.emojis);
    let sets = &world.sticker_sets;
    let others = |id: &i64| sets.get(*id).is_none_or(|set| set.kind != kind);
    if request.order.iter().any(others) {
        return Err(bad("STICKERSET_INVALID"));
    }
    let (_, shelf) = shelf(world, caller)?;
    let place = |it: &Installed| {
        let at = request.order.iter().position(|id| *id == it.set);
        at.unwrap_or(usize::MAX)
    };
    shelf.installed.sort_by_key(place);
    let update = types::UpdateStickerSetsOrder {
        masks: request.masks,
        emojis: request.emojis,
        order: request.order,
    };
    let pushes = told(world, caller, update.into());
    Ok(Done::from(true).pushing(pushes))
}

/// A set in a list of others, with its first sticker.
fn covered(world: &World, me: i64, set: &StickerSet) -> enums::StickerSetCovered {
    let info = shown(world, me, set).into();
    match documents(world, me, set).into_iter().next() {
        Some(cover) => types::StickerSetCovered { set: info, cover }.into(),
        None => types::StickerSetNoCovered { set: info }.into(),
    }
}

/// The page of a list that begins behind one of its sets.
fn page(
    world: &World,
    me: i64,
    sets: &[&StickerSet],
    offset_id: i64,
    limit: i32,
) -> Vec<enums::StickerSetCovered> {
    let after = sets.iter().position(|set| set.id == offset_id);
    let from = after.map_or(0, |at| at + 1);
    let limit = usize::try_from(limit).unwrap_or(0);
    let page = sets.iter().skip(from).take(limit);
    page.map(|set| covered(world, me, set)).collect()
}

fn kind_of(masks: bool, emojis: bool) -> SetKind {
    match (masks, emojis) {
        (true, _) => SetKind::Masks,
        (_, true) => SetKind::Emoji,
        _ => SetKind::Stickers,
    }
}

/// `messages.getArchivedStickers`
/// (<https://core.telegram.org/method/messages.getArchivedStickers>).
pub(crate) fn get_archived_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetArchivedStickers,
) -> Answer<enums::messages::ArchivedStickers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let kind = kind_of(request.masks, request.emojis);
    let sets = list(world, me, kind, true);
    let page: enums::messages::ArchivedStickers = types::messages::ArchivedStickers {
        count: i32::try_from(sets.len()).unwrap_or(i32::MAX),
        sets: page(world, me, &sets, request.offset_id, request.limit),
    }
    .into();
    Ok(page.into())
}

/// `messages.getMyStickers` (<https://core.telegram.org/method/messages.getMyStickers>).
pub(crate) fn get_my_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMyStickers,
) -> Answer<enums::messages::MyStickers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let own = world.sticker_sets.all().filter(|set| set.owner == me);
    let sets: Vec<&StickerSet> = own.collect();
    let page: enums::messages::MyStickers = types::messages::MyStickers {
        count: i32::try_from(sets.len()).unwrap_or(i32::MAX),
        sets: page(world, me, &sets, request.offset_id, request.limit),
    }
    .into();
    Ok(page.into())
}

/// The sets of a kind whose titles have some words.
fn found(world: &World, me: i64, kind: SetKind, words: &str) -> Vec<enums::StickerSetCovered> {
    let words = words.to_lowercase();
    let of_kind = world.sticker_sets.all().filter(|set| set.kind == kind);
    let found = of_kind.filter(|set| set.title.to_lowercase().contains(&words));
    found.map(|set| covered(world, me, set)).collect()
}

/// `messages.searchStickerSets` (<https://core.telegram.org/method/messages.searchStickerSets>).
pub(crate) fn search_sticker_sets(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SearchStickerSets,
) -> Answer<enums::messages::FoundStickerSets> {
    let me = caller.user.ok_or_else(unregistered)?;
    let sets = found(world, me, SetKind::Stickers, &request.q);
    let found: enums::messages::FoundStickerSets =
        types::messages::FoundStickerSets { hash: 0, sets }.into();
    Ok(found.into())
}

/// `messages.searchEmojiStickerSets`
/// (<https://core.telegram.org/method/messages.searchEmojiStickerSets>).
pub(crate) fn search_emoji_sticker_sets(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SearchEmojiStickerSets,
) -> Answer<enums::messages::FoundStickerSets> {
    let me = caller.user.ok_or_else(unregistered)?;
    let sets = found(world, me, SetKind::Emoji, &request.q);
    let found: enums::messages::FoundStickerSets =
        types::messages::FoundStickerSets { hash: 0, sets }.into();
    Ok(found.into())
}

/// The sets that are nobody's, as the service shows them around.
fn featured(world: &World, me: i64, kind: SetKind) -> enums::messages::FeaturedStickers {
    let sets = world.sticker_sets.all();
    let sets = sets.filter(|set| set.owner == 0 && set.kind == kind);
    let sets: Vec<_> = sets.map(|set| covered(world, me, set)).collect();
    types::messages::FeaturedStickers {
        hash: 0,
        count: i32::try_from(sets.len()).unwrap_or(i32::MAX),
        sets,
        ..Default::default()
    }
    .into()
}

/// `messages.getFeaturedStickers`
/// (<https://core.telegram.org/method/messages.getFeaturedStickers>).
pub(crate) fn get_featured_stickers(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::GetFeaturedStickers,
) -> Answer<enums::messages::FeaturedStickers> {
    let me = caller.user.ok_or_else(unregistered)?;
    Ok(featured(world, me, SetKind::Stickers).into())
}

/// `messages.getFeaturedEmojiStickers`
/// (<https://core.telegram.org/method/messages.getFeaturedEmojiStickers>).
pub(crate) fn get_featured_emoji_stickers(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::GetFeaturedEmojiStickers,
) -> Answer<enums::messages::FeaturedStickers> {
    let me = caller.user.ok_or_else(unregistered)?;
    Ok(featured(world, me, SetKind::Emoji).into())
}

/// Documents as an account sees them.
fn all_shown(world: &World, me: i64, files: &[i64]) -> Vec<enums::Document> {
    let files = files.iter();
    let shown = files.filter_map(|file| media::shown_to(world, me, *file));
    shown.map(Into::into).collect()
}

/// `messages.getStickers` (<https://core.telegram.org/method/messages.getStickers>).
pub(crate) fn get_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetStickers,
) -> Answer<enums::messages::Stickers> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.emoticon.is_empty() {
        return Err(bad("EMOTICON_EMPTY"));
    }
    let items = world.sticker_sets.all().flat_map(|set| &set.items);
    let items = items.filter(|item| item.emoji == request.emoticon);
    let files: Vec<i64> = items.map(|item| item.file).collect();
    let found: enums::messages::Stickers = types::messages::Stickers {
        hash: state(files.iter().copied()),
        stickers: all_shown(world, me, &files),
    }
    .into();
    Ok(found.into())
}

/// `messages.getCustomEmojiDocuments`
/// (<https://core.telegram.org/method/messages.getCustomEmojiDocuments>).
pub(crate) fn get_custom_emoji_documents(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetCustomEmojiDocuments,
) -> Answer<Vec<enums::Document>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let ids = request.document_id.into_iter();
    let of_sets = ids.filter(|id| world.sticker_sets.of_file(*id).is_some());
    let files: Vec<i64> = of_sets.collect();
    Ok(all_shown(world, me, &files).into())
}

/// `messages.getFavedStickers` (<https://core.telegram.org/method/messages.getFavedStickers>).
pub(crate) fn get_faved_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetFavedStickers,
) -> Answer<enums::messages::FavedStickers> {
    let (me, shelf) = shelf(world, caller)?;
    let files = shelf.faved.clone();
    let hash = state(files.iter().copied());
    if request.hash == hash {
        return Ok(enums::messages::FavedStickers::NotModified.into());
    }
    let faved: enums::messages::FavedStickers = types::messages::FavedStickers {
        hash,
        packs: Vec::new(),
        stickers: all_shown(world, me, &files),
    }
    .into();
    Ok(faved.into())
}

/// `messages.faveSticker` (<https://core.telegram.org/method/messages.faveSticker>).
pub(crate) fn fave_sticker(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::FaveSticker,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let file = document(world, me, &request.id, "STICKER_ID_INVALID")?;
    let (_, shelf) = shelf(world, caller)?;
    put_first(&mut shelf.faved, file, !request.unfave, FAVED_MAX);
    let pushes = told(world, caller, types::UpdateFavedStickers {}.into());
    Ok(Done::from(true).pushing(pushes))
}

fn put_first(list: &mut Vec<i64>, file: i64, on: bool, most: usize) {
    list.retain(|it| *it != file);
    if on {
        list.insert(0, file);
    }
    list.truncate(most);
}

/// `messages.getRecentStickers` (<https://core.telegram.org/method/messages.getRecentStickers>).
pub(crate) fn get_recent_stickers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetRecentStickers,
) -> Answer<enums::messages::RecentStickers> {
    let (me, shelf) = shelf(world, caller)?;
    let (files, dates): (Vec<i64>, Vec<i32>) = shelf.recent.iter().copied().unzip();
    let hash = state(files.iter().copied());
    if request.hash == hash {
        return Ok(enums::messages::RecentStickers::NotModified.into());
    }
    let recent: enums::messages::RecentStickers = types::messages::RecentStickers {
        hash,
        packs: Vec::new(),
        stickers: all_shown(world, me, &files),
        dates,
    }
    .into();
    Ok(recent.into())
}

/// `messages.saveRecentSticker` (<https://core.telegram.org/method/messages.saveRecentSticker>).
pub(crate) fn save_recent_sticker(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SaveRecentSticker,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let file = document(world, me, &request.id, "STICKER_ID_INVALID")?;
    let date = world.date();
    let (_, shelf) = shelf(world, caller)?;
    shelf.recent.retain(|(it, _)| *it != file);
    if !request.unsave {
        shelf.recent.insert(0, (file, date));
    }
    shelf.recent.truncate(RECENT_MAX);
    let pushes = told(world, caller, types::UpdateRecentStickers {}.into());
    Ok(Done::from(true).pushing(pushes))
}

/// `messages.clearRecentStickers`
/// (<https://core.telegram.org/method/messages.clearRecentStickers>).
pub(crate) fn clear_recent_stickers(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::ClearRecentStickers,
) -> Answer<bool> {
    let (_, shelf) = shelf(world, caller)?;
    shelf.recent.clear();
    let pushes = told(world, caller, types::UpdateRecentStickers {}.into());
    Ok(Done::from(true).pushing(pushes))
}

/// `messages.getSavedGifs` (<https://core.telegram.org/method/messages.getSavedGifs>).
pub(crate) fn get_saved_gifs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetSavedGifs,
) -> Answer<enums::messages::SavedGifs> {
    let (me, shelf) = shelf(world, caller)?;
    let files = shelf.gifs.clone();
    let hash = state(files.iter().copied());
    if request.hash == hash {
        return Ok(enums::messages::SavedGifs::NotModified.into());
    }
    let gifs: enums::messages::SavedGifs = types::messages::SavedGifs {
        hash,
        gifs: all_shown(world, me, &files),
    }
    .into();
    Ok(gifs.into())
}

/// `messages.saveGif` (<https://core.telegram.org/method/messages.saveGif>).
pub(crate) fn save_gif(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SaveGif,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let file = document(world, me, &request.id, "GIF_ID_INVALID")?;
    if !media::is_animation(world, file) {
        return Err(bad("GIF_ID_INVALID"));
    }
    let (_, shelf) = shelf(world, caller)?;
    put_first(&mut shelf.gifs, file, !request.unsave, GIFS_MAX);
    let pushes = told(world, caller, types::UpdateSavedGifs {}.into());
    Ok(Done::from(true).pushing(pushes))
}
