//! Exports (<https://core.telegram.org/api/takeout>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::places::channel;
use super::seam::{Caller, RpcError};

/// Channels in one part of the list of those that were left.
const LEFT_AT_ONCE: usize = 100;

/// Whether the call belongs to no export, or to the one that is under way.
pub(super) fn check(world: &World, caller: &Caller) -> Result<(), RpcError> {
    let under_way = caller.user.and_then(|me| world.account(me));
    let under_way = under_way.and_then(|me| me.preferences.takeout);
    match caller.takeout {
        Some(_) if caller.takeout != under_way => Err(bad("TAKEOUT_INVALID")),
        _ => Ok(()),
    }
}

/// Whether the call belongs to an export.
pub(super) fn need(caller: &Caller) -> Result<i64, RpcError> {
    if caller.takeout.is_none() {
        return Err(bad("TAKEOUT_REQUIRED"));
    }
    caller.user.ok_or_else(unregistered)
}

/// `account.initTakeoutSession` (<https://core.telegram.org/method/account.initTakeoutSession>).
pub(crate) fn init_takeout_session(
    world: &mut World,
    caller: &Caller,
    _: functions::account::InitTakeoutSession,
) -> Answer<enums::account::Takeout> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = world.chance.number();
    let own = &mut world.account_mut(me).ok_or_else(unregistered)?.preferences;
    if own.takeout_delay > 0 {
        let name = format!("TAKEOUT_INIT_DELAY_{}", own.takeout_delay);
        return Err(RpcError::new(420, name));
    }
    own.takeout = Some(id);
    Ok(enums::account::Takeout::from(types::account::Takeout { id }).into())
}

/// `account.finishTakeoutSession`
/// (<https://core.telegram.org/method/account.finishTakeoutSession>).
pub(crate) fn finish_takeout_session(
    world: &mut World,
    caller: &Caller,
    request: functions::account::FinishTakeoutSession,
) -> Answer<bool> {
    let me = need(caller)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.preferences.takeout = None;
    account.preferences.taken_out = Some(request.success);
    Ok(true.into())
}

/// `messages.getSplitRanges` (<https://core.telegram.org/method/messages.getSplitRanges>): one
/// range has them all.
pub(crate) fn get_split_ranges(
    _: &mut World,
    caller: &Caller,
    _: functions::messages::GetSplitRanges,
) -> Answer<Vec<enums::MessageRange>> {
    need(caller)?;
    let all = types::MessageRange {
        min_id: 1,
        max_id: i32::MAX,
    };
    Ok(vec![all.into()].into())
}

/// `channels.getLeftChannels` (<https://core.telegram.org/method/channels.getLeftChannels>).
pub(crate) fn get_left_channels(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetLeftChannels,
) -> Answer<enums::messages::Chats> {
    let me = need(caller)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let left = &account.preferences.left;
    let left = left.iter().filter(|id| !account.channels.contains(id));
    let left: Vec<i64> = left.copied().collect();
    let from = usize::try_from(request.offset).unwrap_or(0).min(left.len());
    let to = (from + LEFT_AT_ONCE).min(left.len());
    let chats = left[from..to].iter().map(|id| channel(world, me, *id));
    let chats: Vec<enums::Chat> = chats.collect();
    let answer: enums::messages::Chats = match to - from == left.len() {
        true => types::messages::Chats { chats }.into(),
        false => types::messages::ChatsSlice {
            count: i32::try_from(left.len()).unwrap_or(i32::MAX),
            chats,
        }
        .into(),
    };
    Ok(answer.into())
}
