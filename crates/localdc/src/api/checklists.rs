//! Checklists in messages (<https://core.telegram.org/api/todo>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Peer, ReplyTo, Spot, Text, Told, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::profile::need_premium;
use super::push::{done, tell};
use super::seam::{Caller, RpcError};

/// The tasks that a checklist may have, and the letters of its title and of a task
/// (`todo_items_max`, `todo_title_length_max` and `todo_item_length_max` of
/// <https://core.telegram.org/api/config#client-configuration>).
const ITEMS_MAX: usize = 30;
const TITLE_MAX: usize = 32;
const ITEM_MAX: usize = 64;

/// A checklist as a message shows it: only with Premium one can make any.
///
/// # Errors
/// When it cannot be sent as it is. The page of `messages.sendMedia` has no error for titles and
/// texts that are too long, so they are media that cannot be.
pub(super) fn shown(
    world: &World,
    me: i64,
    todo: enums::TodoList,
) -> Result<enums::MessageMedia, RpcError> {
    need_premium(world, me)?;
    let enums::TodoList::List(list) = &todo;
    let enums::TextWithEntities::Entities(title) = &list.title;
    check_text(&title.text, TITLE_MAX)?;
    check(&list.list)?;
    let completions = None;
    Ok(types::MessageMediaToDo { todo, completions }.into())
}

fn check(items: &[enums::TodoItem]) -> Result<(), RpcError> {
    if items.is_empty() {
        return Err(bad("TODO_ITEMS_EMPTY"));
    }
    if items.len() > ITEMS_MAX {
        return Err(bad("TODO_ITEMS_TOO_MUCH"));
    }
    let mut ids = Vec::new();
    for enums::TodoItem::Item(item) in items {
        let enums::TextWithEntities::Entities(title) = &item.title;
        check_text(&title.text, ITEM_MAX)?;
        if item.id <= 0 {
            return Err(bad("MEDIA_INVALID"));
        }
        if ids.contains(&item.id) {
            return Err(bad("TODO_ITEM_DUPLICATE"));
        }
        ids.push(item.id);
    }
    Ok(())
}

fn check_text(text: &str, most: usize) -> Result<(), RpcError> {
    match text.trim().is_empty() || text.chars().count() > most {
        true => Err(bad("MEDIA_INVALID")),
        false => Ok(()),
    }
}

/// `messages.toggleTodoCompleted`
/// (<https://core.telegram.org/method/messages.toggleTodoCompleted>): a message says so. The page
/// has one error only that fits whoever may not, which is that of no checklist at all.
pub(crate) fn toggle_todo_completed(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleTodoCompleted,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (spot, mut text, mut media) = found(world, me, peer, request.msg_id)?;
    let enums::TodoList::List(list) = &media.todo;
    if !spot.out && !list.others_can_complete {
        return Err(bad("MESSAGE_ID_INVALID"));
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
    let action = types::MessageActionTodoCompletions {
        completed: request.completed,
        incompleted: request.incompleted,
    };
    changed(world, (caller, me, peer), (&spot, text), action)
}

/// `messages.appendTodoList` (<https://core.telegram.org/method/messages.appendTodoList>): a
/// message says so.
pub(crate) fn append_todo_list(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::AppendTodoList,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (spot, mut text, mut media) = found(world, me, peer, request.msg_id)?;
    let enums::TodoList::List(list) = &mut media.todo;
    if !spot.out && !list.others_can_append {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    if request.list.is_empty() {
        return Err(bad("TODO_NOT_MODIFIED"));
    }
    list.list.extend(request.list.iter().cloned());
    check(&list.list)?;
    text.media = Some(media.into());
    let action = types::MessageActionTodoAppendTasks { list: request.list };
    changed(world, (caller, me, peer), (&spot, text), action)
}

/// The checklist of a message.
fn found(
    world: &World,
    me: i64,
    peer: Peer,
    id: i32,
) -> Result<(Spot, Text, types::MessageMediaToDo), RpcError> {
    let wrong = || bad("MESSAGE_ID_INVALID");
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

/// Writes a checklist anew, and a message that says what was done to it.
fn changed(
    world: &mut World,
    (caller, me, peer): (&Caller, i64, Peer),
    (spot, text): (&Spot, Text),
    action: impl Into<enums::MessageAction>,
) -> Answer<enums::Updates> {
    let mut told = world.edit(spot.post, Content::Text(text));
    let (post, quote, away) = (spot.post, None, None);
    let reply = Some(ReplyTo { post, quote, away });
    let letter = Letter {
        reply,
        ..Letter::service(action, &[])
    };
    told.extend(world.deliver(me, peer, letter));
    let own: Vec<&Told> = told.iter().filter(|told| told.user == me).collect();
    let answer = done(world, &own);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(answer).pushing(pushes))
}
