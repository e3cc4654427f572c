//! `messages.*`: quick replies
//! (<https://core.telegram.org/api/business#quick-reply-shortcuts>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Sent, Waiting, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::kept_replies::{check_name, shown};
use super::push::{container, own, tell};
use super::rights::may_post;
use super::seam::Caller;
use super::sent::{new_message, sent_before};
use super::view::View;

/// `messages.getQuickReplies` (<https://core.telegram.org/method/messages.getQuickReplies>).
pub(crate) fn get_quick_replies(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::GetQuickReplies,
) -> Answer<enums::messages::QuickReplies> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let mut view = View::new(world, me);
    let mut messages = Vec::new();
    let mut quick_replies = Vec::new();
    for it in &account.shortcuts.list {
        quick_replies.extend(shown(world, me, it.id));
        let top = it.messages.keys().next_back();
        messages.extend(top.map(|top| view.kept(it.id, *top)));
    }
    let (users, chats) = view.shown();
    let answer: enums::messages::QuickReplies = types::messages::QuickReplies {
        quick_replies,
        messages,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// `messages.getQuickReplyMessages`
/// (<https://core.telegram.org/method/messages.getQuickReplyMessages>): the newest first, as
/// histories are.
pub(crate) fn get_quick_reply_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetQuickReplyMessages,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let it = account.shortcuts.get(request.shortcut_id);
    let it = it.ok_or_else(|| bad("SHORTCUT_INVALID"))?;
    let is_wanted = |id: &&i32| request.id.as_ref().is_none_or(|ids| ids.contains(id));
    let mut view = View::new(world, me);
    let ids = it.messages.keys().rev().filter(is_wanted);
    let messages = ids.map(|id| view.kept(it.id, *id)).collect();
    let (users, chats) = view.shown();
    let answer: enums::messages::Messages = types::messages::Messages {
        messages,
        chats,
        users,
        ..Default::default()
    }
    .into();
    Ok(answer.into())
}

/// `messages.sendQuickReplyMessages`
/// (<https://core.telegram.org/method/messages.sendQuickReplyMessages>).
pub(crate) fn send_quick_reply_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendQuickReplyMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let it = account.shortcuts.get(request.shortcut_id);
    let it = it.ok_or_else(|| bad("SHORTCUT_INVALID"))?;
    let letter = |id: &i32| it.messages.get(id).cloned().map(Waiting::into_letter);
    let letters: Option<Vec<Letter>> = request.id.iter().map(letter).collect();
    let letters = letters.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if letters.is_empty() || letters.len() != request.random_id.len() {
        return Err(bad("RANDOM_ID_INVALID"));
    }
    for (letter, random_id) in letters.iter().zip(&request.random_id) {
        may_post(world, me, peer, letter)?;
        if sent_before(world, me, *random_id)?.is_some() {
            return Err(bad("RANDOM_ID_DUPLICATE"));
        }
    }
    let (mut pushes, mut sent) = (Vec::new(), Vec::new());
    for (letter, random_id) in letters.into_iter().zip(&request.random_id) {
        let told = world.deliver(me, peer, letter);
        let own = own(&told, me).and_then(|own| Some((own.message_id()?, own.event.pts)));
        let (id, pts) = own.ok_or_else(unregistered)?;
        let date = world.now();
        let one = Sent {
            peer,
            id,
            pts,
            date,
        };
        if let Some(account) = world.account_mut(me) {
            account.sent.insert(*random_id, one);
        }
        sent.push((*random_id, one));
        pushes.extend(tell(world, caller, &told));
    }
    let mut view = View::new(world, me);
    let mut updates: Vec<enums::Update> = Vec::new();
    for (random_id, one) in sent {
        let id = one.id;
        updates.push(types::UpdateMessageId { id, random_id }.into());
        updates.extend(new_message(world, &mut view, one));
    }
    Ok(Done::from(container(world, view, updates)).pushing(pushes))
}

/// `messages.checkQuickReplyShortcut`
/// (<https://core.telegram.org/method/messages.checkQuickReplyShortcut>).
pub(crate) fn check_quick_reply_shortcut(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::CheckQuickReplyShortcut,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    check_name(&request.shortcut)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    match account.shortcuts.has(&request.shortcut) {
        true => Err(bad("SHORTCUT_OCCUPIED")),
        false => Ok(true.into()),
    }
}

/// `messages.editQuickReplyShortcut`
/// (<https://core.telegram.org/method/messages.editQuickReplyShortcut>).
pub(crate) fn edit_quick_reply_shortcut(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditQuickReplyShortcut,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    check_name(&request.shortcut)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    if account.shortcuts.has(&request.shortcut) {
        return Err(bad("SHORTCUT_OCCUPIED"));
    }
    let it = account.shortcuts.get_mut(request.shortcut_id);
    it.ok_or_else(|| bad("SHORTCUT_INVALID"))?.name = request.shortcut;
    Ok(true.into())
}

/// `messages.deleteQuickReplyShortcut`
/// (<https://core.telegram.org/method/messages.deleteQuickReplyShortcut>).
pub(crate) fn delete_quick_reply_shortcut(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteQuickReplyShortcut,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let list = &mut account.shortcuts.list;
    let before = list.len();
    list.retain(|it| it.id != request.shortcut_id);
    match list.len() < before {
        true => Ok(true.into()),
        false => Err(bad("SHORTCUT_INVALID")),
    }
}

/// `messages.deleteQuickReplyMessages`
/// (<https://core.telegram.org/method/messages.deleteQuickReplyMessages>): without any left, the
/// quick reply goes.
pub(crate) fn delete_quick_reply_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteQuickReplyMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let shortcut_id = request.shortcut_id;
    let it = account.shortcuts.get_mut(shortcut_id);
    let it = it.ok_or_else(|| bad("SHORTCUT_INVALID"))?;
    it.messages.retain(|id, _| !request.id.contains(id));
    let is_empty = it.messages.is_empty();
    if is_empty {
        account.shortcuts.list.retain(|it| it.id != shortcut_id);
    }
    let update = match is_empty {
        true => types::UpdateDeleteQuickReply { shortcut_id }.into(),
        false => types::UpdateDeleteQuickReplyMessages {
            shortcut_id,
            messages: request.id,
        }
        .into(),
    };
    let view = View::new(world, me);
    Ok(container(world, view, vec![update]).into())
}

/// `messages.reorderQuickReplies`
/// (<https://core.telegram.org/method/messages.reorderQuickReplies>).
pub(crate) fn reorder_quick_replies(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReorderQuickReplies,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let order = |id: i32| request.order.iter().position(|it| *it == id);
    let list = &mut account.shortcuts.list;
    list.sort_by_key(|it| order(it.id).unwrap_or(usize::MAX));
    Ok(true.into())
}
