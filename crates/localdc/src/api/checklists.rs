//! Checklists in messages (<https://core.telegram.org/api/todo>). Nobody needs Premium for them
//! here.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Spot, Text, World};

use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered};
use super::input;
use super::push::{done, own, tell};
use super::seam::{Caller, RpcError};

/// The tasks that a checklist may have (`todo_items_max`), and the letters of a title and of a task
/// (`todo_title_length_max`, `todo_item_length_max`;
/// <https://core.telegram.org/api/config#client-configuration>).
const ITEMS_MAX: usize = 30;
const TITLE_MAX: usize = 32;
const ITEM_MAX: usize = 64;

/// A checklist as a message shows it.
pub(super) fn shown(todo: enums::TodoList) -> Result<enums::MessageMedia, RpcError> {
    let enums::TodoList::List(list) = &todo;
    let enums::TextWithEntities::Entities(title) = &list.title;
    if title.text.trim().is_empty() || title.text.chars().count() > TITLE_MAX {
        return Err(bad("TODO_TITLE_INVALID"));
    }
    check(&list.list)?;
    let completions = None;
    Ok(types::MessageMediaToDo { todo, completions }.into())
}

fn check(items: &[enums::TodoItem]) -> Result<(), RpcError> {
    if items.is_empty() || items.len() > ITEMS_MAX {
        return Err(bad("TODO_ITEMS_EMPTY"));
    }
    let mut ids = Vec::new();
    for enums::TodoItem::Item(item) in items {
        let enums::TextWithEntities::Entities(title) = &item.title;
        if title.text.trim().is_empty() || title.text.chars().count() > ITEM_MAX {
            return Err(bad("TODO_ITEM_INVALID"));
        }
        if ids.contains(&item.id) {
            return Err(bad("TODO_ITEM_DUPLICATE"));
        }
        ids.push(item.id);
    }
    Ok(())
}

/// `messages.toggleTodoCompleted`
/// (<https://core.telegram.org/method/messages.toggleTodoCompleted>).
pub(crate) fn toggle_todo_completed(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleTodoCompleted,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (spot, mut text, mut media) = found(world, me, &request.peer, request.msg_id)?;
    let enums::TodoList::List(list) = &media.todo;
    if !spot.out && !list.others_can_complete {
        return Err(forbidden("CHAT_WRITE_FORBIDDEN"));
    }
    let before = media.completions.clone().unwrap_or_default();
    let is = |completion: &enums::TodoCompletion, ids: &[i32]| {
        let enums::TodoCompletion::Completion(it) = completion;
        ids.contains(&it.id)
    };
    let mut after = before.clone();
    after.retain(|it| !is(it, &request.incompleted));
    for enums::TodoItem::Item(item) in &list.list {
        let is_new = request.completed.contains(&item.id);
        if is_new && !after.iter().any(|it| is(it, &[item.id])) {
            let done = types::TodoCompletion {
                id: item.id,
                completed_by: types::PeerUser { user_id: me }.into(),
                date: world.date(),
            };
            after.push(done.into());
        }
    }
    if after == before {
        return Err(bad("TODO_NOT_MODIFIED"));
    }
    media.completions = Some(after).filter(|all| !all.is_empty());
    text.media = Some(media.into());
    changed(world, caller, me, (&spot, text))
}

/// `messages.appendTodoList` (<https://core.telegram.org/method/messages.appendTodoList>).
pub(crate) fn append_todo_list(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::AppendTodoList,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (spot, mut text, mut media) = found(world, me, &request.peer, request.msg_id)?;
    let enums::TodoList::List(list) = &mut media.todo;
    if !spot.out && !list.others_can_append {
        return Err(forbidden("CHAT_WRITE_FORBIDDEN"));
    }
    if request.list.is_empty() {
        return Err(bad("TODO_ITEMS_EMPTY"));
    }
    list.list.extend(request.list);
    check(&list.list)?;
    text.media = Some(media.into());
    changed(world, caller, me, (&spot, text))
}

/// The checklist of a message.
fn found(
    world: &World,
    me: i64,
    peer: &enums::InputPeer,
    id: i32,
) -> Result<(Spot, Text, types::MessageMediaToDo), RpcError> {
    let wrong = || bad("MESSAGE_ID_INVALID");
    let peer = input::peer(world, me, peer)?;
    let spot = world.spot(me, peer, id).ok_or_else(wrong)?;
    let text = world.posts.get(&spot.post).and_then(|post| post.text());
    let text = text.ok_or_else(wrong)?.clone();
    match &text.media {
        Some(enums::MessageMedia::ToDo(media)) => {
            let media = media.clone();
            Ok((spot, text, media))
        }
        _ => Err(wrong()),
    }
}

fn changed(
    world: &mut World,
    caller: &Caller,
    me: i64,
    (spot, text): (&Spot, Text),
) -> Answer<enums::Updates> {
    let told = world.edit(spot.post, Content::Text(text));
    let own: Vec<_> = own(&told, me).into_iter().collect();
    let answer = done(world, &own);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(answer).pushing(pushes))
}
