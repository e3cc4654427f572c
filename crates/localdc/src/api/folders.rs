//! `messages.*`: folders of conversations (<https://core.telegram.org/api/folders>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::dialog_lists::to_others;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::seam::{Caller, RpcError};
use super::view::View;

/// Folders that an account may have
/// (<https://core.telegram.org/api/config>: `dialog_filters_limit_default`).
const FOLDERS: usize = 10;

/// Dialogs that a folder may name (`dialog_filters_chats_limit_default`).
const NAMED: usize = 100;

/// `messages.getDialogFilters` (<https://core.telegram.org/method/messages.getDialogFilters>).
pub(crate) fn get_dialog_filters(
    world: &mut World,
    caller: &Caller,
    _request: functions::messages::GetDialogFilters,
) -> Answer<enums::messages::DialogFilters> {
    let me = caller.user.ok_or_else(unregistered)?;
    let book = &world.account(me).ok_or_else(unregistered)?.dialogs;
    let mut filters = book.folders.clone();
    // The list of all stands among them, first unless it was moved.
    if !filters.is_empty() && !filters.contains(&enums::DialogFilter::Default) {
        filters.insert(0, enums::DialogFilter::Default);
    }
    let answer: enums::messages::DialogFilters = types::messages::DialogFilters {
        tags_enabled: book.tags,
        filters,
    }
    .into();
    Ok(answer.into())
}

/// `messages.getSuggestedDialogFilters`
/// (<https://core.telegram.org/method/messages.getSuggestedDialogFilters>).
pub(crate) fn get_suggested_dialog_filters(
    _world: &mut World,
    caller: &Caller,
    _request: functions::messages::GetSuggestedDialogFilters,
) -> Answer<Vec<enums::DialogFilterSuggested>> {
    caller.user.ok_or_else(unregistered)?;
    let title = types::TextWithEntities {
        text: "Unread".to_owned(),
        ..Default::default()
    };
    let unread = types::DialogFilter {
        contacts: true,
        non_contacts: true,
        groups: true,
        broadcasts: true,
        bots: true,
        exclude_read: true,
        title: title.into(),
        ..Default::default()
    };
    let suggested = types::DialogFilterSuggested {
        filter: unread.into(),
        description: "New messages from all chats.".to_owned(),
    };
    Ok(vec![suggested.into()].into())
}

/// `messages.updateDialogFilter` (<https://core.telegram.org/method/messages.updateDialogFilter>).
pub(crate) fn update_dialog_filter(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UpdateDialogFilter,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    if !(2..=255).contains(&request.id) {
        return Err(bad("FILTER_ID_INVALID"));
    }
    if let Some(filter) = &request.filter {
        check(world, me, filter)?;
    }
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    let at = book.folders.iter().position(|it| id(it) == request.id);
    match (at, request.filter.clone()) {
        (Some(at), Some(filter)) => book.folders[at] = numbered(filter, request.id),
        (Some(at), None) => drop(book.folders.remove(at)),
        (None, None) => return Err(bad("FILTER_ID_INVALID")),
        (None, Some(_)) if book.folders.len() >= FOLDERS => {
            return Err(bad("DIALOG_FILTERS_TOO_MUCH"));
        }
        (None, Some(filter)) => book.folders.push(numbered(filter, request.id)),
    }
    let update = types::UpdateDialogFilter {
        id: request.id,
        filter: request.filter,
    };
    let push = to_others(world, caller, View::new(world, me), update);
    Ok(Done::from(true).pushing(vec![push]))
}

/// `messages.updateDialogFiltersOrder`
/// (<https://core.telegram.org/method/messages.updateDialogFiltersOrder>).
pub(crate) fn update_dialog_filters_order(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UpdateDialogFiltersOrder,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    let place = |filter: &enums::DialogFilter| {
        let order = request.order.iter();
        order.clone().position(|it| *it == id(filter))
    };
    if request.order.contains(&0) && !book.folders.contains(&enums::DialogFilter::Default) {
        book.folders.push(enums::DialogFilter::Default);
    }
    book.folders
        .sort_by_key(|filter| place(filter).unwrap_or(usize::MAX));
    let update = types::UpdateDialogFilterOrder {
        order: request.order,
    };
    let push = to_others(world, caller, View::new(world, me), update);
    Ok(Done::from(true).pushing(vec![push]))
}

/// `messages.toggleDialogFilterTags`
/// (<https://core.telegram.org/method/messages.toggleDialogFilterTags>).
pub(crate) fn toggle_dialog_filter_tags(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleDialogFilterTags,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.dialogs.tags = request.enabled;
    Ok(true.into())
}

/// The number of a folder; the list of all has 0.
pub(super) fn id(filter: &enums::DialogFilter) -> i32 {
    match filter {
        enums::DialogFilter::Filter(it) => it.id,
        enums::DialogFilter::Chatlist(it) => it.id,
        _ => 0,
    }
}

fn numbered(filter: enums::DialogFilter, id: i32) -> enums::DialogFilter {
    match filter {
        enums::DialogFilter::Filter(mut it) => {
            it.id = id;
            enums::DialogFilter::Filter(it)
        }
        enums::DialogFilter::Chatlist(mut it) => {
            it.id = id;
            enums::DialogFilter::Chatlist(it)
        }
        other => other,
    }
}

fn check(world: &World, me: i64, filter: &enums::DialogFilter) -> Result<(), RpcError> {
    let (title, named, kinds) = match filter {
        enums::DialogFilter::Filter(it) => {
            let named = [&it.pinned_peers, &it.include_peers, &it.exclude_peers];
            let kinds = it.contacts || it.non_contacts || it.groups || it.broadcasts || it.bots;
            (&it.title, named.map(Vec::as_slice), kinds)
        }
        enums::DialogFilter::Chatlist(it) => {
            let named = [&it.pinned_peers[..], &it.include_peers[..], &[]];
            (&it.title, named, false)
        }
        _ => return Err(bad("FILTER_ID_INVALID")),
    };
    let enums::TextWithEntities::Entities(title) = title;
    if title.text.trim().is_empty() {
        return Err(bad("FILTER_TITLE_EMPTY"));
    }
    if !kinds && named[0].is_empty() && named[1].is_empty() {
        return Err(bad("FILTER_INCLUDE_EMPTY"));
    }
    if named.iter().any(|peers| peers.len() > NAMED) {
        return Err(bad("FILTER_INCLUDE_TOO_MUCH"));
    }
    for peer in named.into_iter().flatten() {
        input::peer(world, me, peer)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    fn folder(title: &str, bots: bool) -> enums::DialogFilter {
        let title = types::TextWithEntities {
            text: title.to_owned(),
            ..Default::default()
        };
        types::DialogFilter {
            bots,
            title: title.into(),
            ..Default::default()
        }
        .into()
    }

    #[test]
    fn a_folder_has_a_title_and_holds_something_and_there_are_ten_at_most() {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        let caller = town.caller(alice);
        let update = |id, filter| functions::messages::UpdateDialogFilter { id, filter };
        for (id, filter, error) in [
            (1, Some(folder("Bots", true)), "FILTER_ID_INVALID"),
            (2, Some(folder(" ", true)), "FILTER_TITLE_EMPTY"),
            (2, Some(folder("Bots", false)), "FILTER_INCLUDE_EMPTY"),
            (2, None, "FILTER_ID_INVALID"),
        ] {
            assert_eq!(town.refused(&caller, &update(id, filter)), error);
        }
        for id in 2..12 {
            town.ask(alice, &update(id, Some(folder("Bots", true))));
        }
        let one_more = update(12, Some(folder("Bots", true)));
        assert_eq!(town.refused(&caller, &one_more), "DIALOG_FILTERS_TOO_MUCH");
        let order = vec![11, 0, 2];
        town.ask(
            alice,
            &functions::messages::UpdateDialogFiltersOrder { order },
        );
        let all = town.ask(alice, &functions::messages::GetDialogFilters {});
        let enums::messages::DialogFilters::Filters(all) = all;
        let ids: Vec<i32> = all.filters.iter().map(id).collect();
        assert_eq!((ids.len(), &ids[..3]), (11, &[11, 0, 2][..]));
    }
}
