//! `channels.*`: how a channel is, changed by who may.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Peer, Role, World, normal_username};

use super::channel_news::{changed, coming};
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::seam::{Caller, RpcError};

/// The pauses that slow mode can have (<https://core.telegram.org/method/channels.toggleSlowMode>).
const SLOW_MODES: [i32; 8] = [0, 5, 10, 30, 60, 300, 900, 3600];

/// `channels.toggleSlowMode` (<https://core.telegram.org/method/channels.toggleSlowMode>).
pub(crate) fn toggle_slow_mode(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleSlowMode,
) -> Answer<enums::Updates> {
    if !SLOW_MODES.contains(&request.seconds) {
        return Err(bad("SECONDS_INVALID"));
    }
    set(world, caller, &request.channel, |it, me| {
        if !it.megagroup {
            return Err(bad("CHAT_ID_INVALID"));
        }
        require(it.may(me, |rights| rights.ban_users))?;
        let prev_value = it.slow_mode;
        modify(&mut it.slow_mode, request.seconds)?;
        Ok(types::ChannelAdminLogEventActionToggleSlowMode {
            prev_value,
            new_value: request.seconds,
        }
        .into())
    })
}

/// `channels.toggleSignatures` (<https://core.telegram.org/method/channels.toggleSignatures>).
pub(crate) fn toggle_signatures(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleSignatures,
) -> Answer<enums::Updates> {
    set(world, caller, &request.channel, |it, me| {
        if it.megagroup {
            return Err(bad("CHAT_ID_INVALID"));
        }
        require(it.may(me, |rights| rights.change_info))?;
        let new = (
            request.signatures_enabled,
            request.signatures_enabled && request.profiles_enabled,
        );
        let mut now = (it.signatures, it.profiles);
        modify(&mut now, new)?;
        let new_value = now.0;
        (it.signatures, it.profiles) = now;
        Ok(types::ChannelAdminLogEventActionToggleSignatures { new_value }.into())
    })
}

/// `channels.togglePreHistoryHidden`
/// (<https://core.telegram.org/method/channels.togglePreHistoryHidden>).
pub(crate) fn toggle_pre_history_hidden(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::TogglePreHistoryHidden,
) -> Answer<enums::Updates> {
    set(world, caller, &request.channel, |it, me| {
        if !it.megagroup {
            return Err(bad("CHAT_ID_INVALID"));
        }
        require(it.may(me, |rights| rights.change_info))?;
        let new_value = request.enabled;
        modify(&mut it.hidden_history, new_value)?;
        Ok(types::ChannelAdminLogEventActionTogglePreHistoryHidden { new_value }.into())
    })
}

/// `messages.toggleNoForwards` (<https://core.telegram.org/method/messages.toggleNoForwards>), of
/// channels.
pub(crate) fn toggle_no_forwards(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleNoForwards,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let Peer::Channel(id) = input::peer(world, me, &request.peer)? else {
        return Err(bad("PEER_ID_INVALID"));
    };
    set_of(world, caller, me, id, |it| {
        require(creator(it, me))?;
        let new_value = request.enabled;
        modify(&mut it.noforwards, new_value)?;
        Ok(Some(
            types::ChannelAdminLogEventActionToggleNoForwards { new_value }.into(),
        ))
    })
}

/// `channels.updateUsername` (<https://core.telegram.org/method/channels.updateUsername>): for its
/// creator; an empty one makes it private.
pub(crate) fn update_username(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::UpdateUsername,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = world
        .channels
        .get(&id)
        .ok_or_else(|| bad("CHANNEL_INVALID"))?;
    require(creator(it, me))?;
    let old = it.username.clone();
    let new = Some(request.username).filter(|name| !name.is_empty());
    if old == new {
        return Err(bad("USERNAME_NOT_MODIFIED"));
    }
    if let Some(name) = &new {
        normal_username(name).ok_or_else(|| bad("USERNAME_INVALID"))?;
    }
    let renamed = world
        .directory
        .rename_channel(id, old.as_deref(), new.as_deref());
    renamed.map_err(|_| bad("USERNAME_OCCUPIED"))?;
    set_of(world, caller, me, id, |it| {
        let action = types::ChannelAdminLogEventActionChangeUsername {
            prev_value: old.unwrap_or_default(),
            new_value: new.clone().unwrap_or_default(),
        };
        it.username = new;
        Ok(Some(action.into()))
    })
    .map(|done| done.map(|_| true))
}

/// `channels.deleteChannel` (<https://core.telegram.org/method/channels.deleteChannel>): for its
/// creator. Whoever was there is told that it is theirs no more.
pub(crate) fn delete_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::DeleteChannel,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = world
        .channels
        .get(&id)
        .ok_or_else(|| bad("CHANNEL_INVALID"))?;
    require(creator(it, me))?;
    let members: Vec<i64> = it.members().map(|(user, _)| user).collect();
    world.close(id);
    let others = members.iter().filter(|user| **user != me);
    let pushes = others.map(|user| coming(world, *user, id)).collect();
    Ok(changed(world, caller, me, id, &[]).pushing(pushes))
}

/// What administrators are shown of a change.
pub(super) type Action = enums::ChannelAdminLogEventAction;

pub(super) fn set(
    world: &mut World,
    caller: &Caller,
    channel: &enums::InputChannel,
    change: impl FnOnce(&mut Channel, i64) -> Result<Action, RpcError>,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, channel)?;
    set_of(world, caller, me, id, |it| change(it, me).map(Some))
}

/// Changes a channel, and tells everybody there that it has changed.
pub(super) fn set_of(
    world: &mut World,
    caller: &Caller,
    me: i64,
    id: i64,
    change: impl FnOnce(&mut Channel) -> Result<Option<Action>, RpcError>,
) -> Answer<enums::Updates> {
    let it = world.channels.get_mut(&id);
    let it = it.ok_or_else(|| bad("CHANNEL_INVALID"))?;
    let action = change(it)?;
    let members = it.members().map(|(user, _)| user);
    let others: Vec<i64> = members.filter(|user| *user != me).collect();
    if let Some(action) = action {
        world.log_admin(id, me, action, &[]);
    }
    let pushes = others.iter().map(|user| coming(world, *user, id)).collect();
    let done: Done<enums::Updates> = changed(world, caller, me, id, &[]);
    Ok(done.pushing(pushes))
}

/// Whether a channel is somebody's own.
pub(super) fn creator(it: &Channel, user: i64) -> bool {
    let member = it.member(user);
    member.is_some_and(|one| matches!(one.role, Role::Creator(_)))
}

pub(super) fn require(may: bool) -> Result<(), RpcError> {
    may.then_some(()).ok_or_else(|| bad("CHAT_ADMIN_REQUIRED"))
}

pub(super) fn modify<T: PartialEq>(old: &mut T, new: T) -> Result<(), RpcError> {
    if *old == new {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    *old = new;
    Ok(())
}
