//! `channels.*`: the public names of a channel, of which it may have bought several
//! (<https://core.telegram.org/api/usernames>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, World, normal_username};

use super::channel_settings::{creator, require, set};
use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::rights::channel_of;
use super::seam::{Caller, RpcError};

/// `channels.checkUsername` (<https://core.telegram.org/method/channels.checkUsername>).
pub(crate) fn check_username(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::CheckUsername,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    if !matches!(request.channel, enums::InputChannel::Empty) {
        let id = input::channel(world, me, &request.channel)?;
        require(creator(channel_of(world, id)?, me))?;
    }
    let name = normal_username(&request.username).ok_or_else(|| bad("USERNAME_INVALID"))?;
    let directory = &world.directory;
    let is_free =
        directory.by_username(&name).is_none() && directory.channel_by_username(&name).is_none();
    match is_free {
        true => Ok(true.into()),
        false => Err(bad("USERNAME_OCCUPIED")),
    }
}

/// `channels.reorderUsernames` (<https://core.telegram.org/method/channels.reorderUsernames>): all
/// that lead there.
pub(crate) fn reorder_usernames(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ReorderUsernames,
) -> Answer<bool> {
    change(world, caller, &request.channel, |it| {
        let mut wanted: Vec<&String> = request.order.iter().collect();
        let active = active(it);
        let mut all: Vec<&String> = active.iter().collect();
        wanted.sort();
        all.sort();
        if wanted != all {
            return Err(bad("ORDER_INVALID"));
        }
        let place = |name: &String| request.order.iter().position(|it| it == name);
        let bought = &mut it.rules.usernames;
        bought.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
        Ok(())
    })
}

/// `channels.toggleUsername` (<https://core.telegram.org/method/channels.toggleUsername>): of those
/// that were bought.
pub(crate) fn toggle_username(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleUsername,
) -> Answer<bool> {
    change(world, caller, &request.channel, |it| {
        let mut bought = it.rules.usernames.iter_mut();
        let found = bought.find(|(name, _)| name.eq_ignore_ascii_case(&request.username));
        let (_, active) = found.ok_or_else(|| bad("USERNAME_INVALID"))?;
        if *active == request.active {
            return Err(bad("USERNAME_NOT_MODIFIED"));
        }
        *active = request.active;
        Ok(())
    })
}

/// `channels.deactivateAllUsernames`
/// (<https://core.telegram.org/method/channels.deactivateAllUsernames>).
pub(crate) fn deactivate_all_usernames(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::DeactivateAllUsernames,
) -> Answer<bool> {
    change(world, caller, &request.channel, |it| {
        for (_, active) in &mut it.rules.usernames {
            *active = false;
        }
        Ok(())
    })
}

fn change(
    world: &mut World,
    caller: &Caller,
    channel: &enums::InputChannel,
    change: impl FnOnce(&mut Channel) -> Result<(), RpcError>,
) -> Answer<bool> {
    let done = set(world, caller, channel, |it, me| {
        require(creator(it, me))?;
        let prev_value = active(it);
        change(it)?;
        let new_value = active(it);
        Ok(types::ChannelAdminLogEventActionChangeUsernames {
            prev_value,
            new_value,
        }
        .into())
    })?;
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, channel)?;
    for (name, active) in channel_of(world, id)?.rules.usernames.clone() {
        world.directory.lead(id, &name, active);
    }
    Ok(done.map(|_| true))
}

/// The names that lead there, in their order.
fn active(it: &Channel) -> Vec<String> {
    let bought = it.rules.usernames.iter();
    let bought = bought
        .filter(|(_, active)| *active)
        .map(|(name, _)| name.clone());
    it.username.iter().cloned().chain(bought).collect()
}
