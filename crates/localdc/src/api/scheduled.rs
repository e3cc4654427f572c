//! `messages.*`: messages that wait for their time
//! (<https://core.telegram.org/api/scheduled-messages>).
use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Content, Letter, Peer, WHEN_ONLINE, Waiting, World};

use super::done::{Answer, Done};
use super::edited::edited;
use super::errors::{bad, unregistered};
use super::input;
use super::push::{container, tell};
use super::rights::may_post;
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// What may wait in one conversation.
const WAITING_MAX: usize = 100;

/// How many seconds ahead a message may be scheduled.
const AHEAD_MAX: i32 = 365 * 24 * 60 * 60;

/// Whoever wants it sooner than in so many seconds wants it now.
const AT_ONCE: i32 = 10;

/// Whether a date means that the message waits.
///
/// # Errors
/// When it cannot wait for that.
pub(crate) fn waits(world: &World, me: i64, peer: Peer, date: i32) -> Result<bool, RpcError> {
    let account = world.account(me).ok_or_else(unregistered)?;
    if account.is_bot() {
        return Err(bad("SCHEDULE_BOT_NOT_ALLOWED"));
    }
    if date == WHEN_ONLINE {
        return match peer {
            Peer::User(other) if other != me => Ok(true),
            _ => Err(bad("SCHEDULE_STATUS_PRIVATE")),
        };
    }
    let now = world.date();
    if date.saturating_sub(now) > AHEAD_MAX {
        return Err(bad("SCHEDULE_DATE_TOO_LATE"));
    }
    if account.schedule.of(peer).count() >= WAITING_MAX {
        return Err(bad("SCHEDULE_TOO_MUCH"));
    }
    Ok(date.saturating_sub(now) >= AT_ONCE)
}

/// Puts messages among those that wait.
pub(crate) fn put(
    world: &mut World,
    caller: &Caller,
    (peer, letters): (Peer, Vec<Letter>),
    when: (i32, Option<i32>),
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut ids = Vec::with_capacity(letters.len());
    for letter in letters {
        may_post(world, me, peer, &letter)?;
        let waiting = Waiting::new(me, peer, when, letter);
        let account = world.account_mut(me).ok_or_else(unregistered)?;
        ids.push(account.schedule.add(waiting));
    }
    Ok(shown(world, caller, me, &ids))
}

/// The answer that shows messages that wait, which the account's other sessions get too.
fn shown(world: &World, caller: &Caller, me: i64, ids: &[i32]) -> Done<enums::Updates> {
    let mut view = View::new(world, me);
    let mut updates = Vec::with_capacity(ids.len());
    for id in ids {
        let message = view.waiting(*id);
        updates.push(types::UpdateNewScheduledMessage { message }.into());
    }
    let updates = container(world, view, updates);
    let push = to_others(caller, me, &updates);
    Done::from(updates).pushing(vec![push])
}

fn to_others(caller: &Caller, me: i64, updates: &enums::Updates) -> Push {
    Push {
        user: me,
        updates: updates.to_bytes(),
        except: (caller.user == Some(me)).then_some(caller.session),
    }
}

/// `messages.editMessage` of a message that waits.
pub(crate) fn edit(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditMessage,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let waiting = account.schedule.entries.get(&request.id);
    let waiting = waiting.filter(|it| it.peer == peer).cloned();
    let mut waiting = waiting.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let date = request.schedule_date.unwrap_or(waiting.due);
    if date <= world.date() {
        return Err(bad("SCHEDULE_DATE_INVALID"));
    }
    let id = request.id;
    let moved = waiting.due != date;
    waiting.due = date;
    waiting.repeat = request.schedule_repeat_period.or(waiting.repeat);
    let old = waiting.post.text().cloned();
    let old = old.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let (new, changed) = edited(world, me, &old, request)?;
    if new == old && !changed && !moved {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    waiting.post.content = Content::Text(new);
    waiting.post.date = i64::from(date);
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.schedule.entries.insert(id, waiting);
    Ok(shown(world, caller, me, &[id]))
}

/// `messages.getScheduledHistory`
/// (<https://core.telegram.org/method/messages.getScheduledHistory>).
pub(crate) fn get_scheduled_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetScheduledHistory,
) -> Answer<enums::messages::Messages> {
    list(world, caller, &request.peer, None)
}

/// `messages.getScheduledMessages`
/// (<https://core.telegram.org/method/messages.getScheduledMessages>).
pub(crate) fn get_scheduled_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetScheduledMessages,
) -> Answer<enums::messages::Messages> {
    list(world, caller, &request.peer, Some(&request.id))
}

fn list(
    world: &World,
    caller: &Caller,
    peer: &enums::InputPeer,
    wanted: Option<&[i32]>,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, peer)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let is_wanted = |id: &i32| wanted.is_none_or(|wanted| wanted.contains(id));
    let ids = account.schedule.of(peer).map(|(id, _)| id);
    let mut ids: Vec<i32> = ids.filter(is_wanted).collect();
    ids.reverse();
    let mut view = View::new(world, me);
    let messages = ids.into_iter().map(|id| view.waiting(id)).collect();
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

/// `messages.deleteScheduledMessages`
/// (<https://core.telegram.org/method/messages.deleteScheduledMessages>).
pub(crate) fn delete_scheduled_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteScheduledMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let entries = &mut account.schedule.entries;
    let is_there = |id: &i32| entries.get(id).is_some_and(|it| it.peer == peer);
    let ids: Vec<i32> = request.id.into_iter().filter(is_there).collect();
    for id in &ids {
        entries.remove(id);
    }
    let mut view = View::new(world, me);
    let update = types::UpdateDeleteScheduledMessages {
        peer: view.peer(peer),
        messages: ids,
        sent_messages: None,
    };
    let updates = container(world, view, vec![update.into()]);
    let push = to_others(caller, me, &updates);
    Ok(Done::from(updates).pushing(vec![push]))
}

/// `messages.sendScheduledMessages`
/// (<https://core.telegram.org/method/messages.sendScheduledMessages>).
pub(crate) fn send_scheduled_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendScheduledMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let entries = &account.schedule.entries;
    let is_there = |id: &i32| entries.get(id).is_some_and(|it| it.peer == peer);
    if request.id.is_empty() || !request.id.iter().all(is_there) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let (updates, pushes) = release(world, Some(caller), me, &request.id)?;
    let push = to_others(caller, me, &updates);
    Ok(Done::from(updates).pushing(pushes).pushing(vec![push]))
}

/// Sends what waits no longer: what the account itself is told, and everybody else.
fn release(
    world: &mut World,
    caller: Option<&Caller>,
    me: i64,
    ids: &[i32],
) -> Result<(enums::Updates, Vec<Push>), RpcError> {
    let (mut sent, mut pushes, mut own) = (Vec::new(), Vec::new(), Vec::new());
    let mut place = Peer::User(me);
    for id in ids {
        let account = world.account_mut(me).ok_or_else(unregistered)?;
        let Some(waiting) = account.schedule.entries.remove(id) else {
            continue;
        };
        place = waiting.peer;
        if let Some(period) = waiting.repeat.filter(|period| *period > 0) {
            let due = waiting.due.saturating_add(period);
            account.schedule.add(Waiting {
                due,
                ..waiting.clone()
            });
        }
        let peer = waiting.peer;
        let letter = waiting.into_letter();
        may_post(world, me, peer, &letter)?;
        let told = world.deliver(me, peer, letter);
        let mine = told.iter().filter(|told| told.user == me).cloned();
        for told in mine {
            sent.extend(told.message_id());
            own.push(told);
        }
        match caller {
            Some(caller) => pushes.extend(tell(world, caller, &told)),
            None => pushes.extend(super::push::tell_all(world, &told)),
        }
    }
    let mut view = View::new(world, me);
    let gone = types::UpdateDeleteScheduledMessages {
        peer: view.peer(place),
        messages: ids.to_vec(),
        sent_messages: Some(sent),
    };
    let mut updates: Vec<enums::Update> = vec![gone.into()];
    if caller.is_some() {
        updates.extend(own.iter().map(|told| view.told(told)));
    }
    Ok((container(world, view, updates), pushes))
}

/// Sends everything whose time has come.
pub(crate) fn release_due(world: &mut World) -> Vec<Push> {
    let mut pushes = Vec::new();
    for (user, ids) in due(world) {
        for id in ids {
            // What may not be sent any more is gone.
            let Ok((updates, told)) = release(world, None, user, &[id]) else {
                continue;
            };
            pushes.extend(told);
            pushes.push(Push {
                user,
                updates: updates.to_bytes(),
                except: None,
            });
        }
    }
    pushes
}

/// Whose messages wait no longer: the account, and their ids.
fn due(world: &World) -> Vec<(i64, Vec<i32>)> {
    let now = world.date();
    let accounts = world.directory.iter();
    let due = accounts.map(|account| (account.id, account.schedule.due(now).collect()));
    due.filter(|(_, ids): &(i64, Vec<i32>)| !ids.is_empty())
        .collect()
}
