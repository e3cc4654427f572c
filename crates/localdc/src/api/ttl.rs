//! `messages.*`: messages that delete themselves (<https://core.telegram.org/api/dialogs>). They
//! are noted, and not deleted here.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::push::container;
use super::seam::{Caller, RpcError};
use super::view::View;

/// A day, in seconds: the shortest time.
const DAY: i32 = 86_400;

/// `messages.setHistoryTTL` (<https://core.telegram.org/method/messages.setHistoryTTL>).
pub(crate) fn set_history_ttl(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetHistoryTtl,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    check(request.period)?;
    let ttls = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs.ttls;
    let before = match request.period {
        0 => ttls.remove(&peer),
        period => ttls.insert(peer, period),
    };
    if before.unwrap_or(0) == request.period {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let mut view = View::new(world, me);
    let update = types::UpdatePeerHistoryTtl {
        peer: view.peer(peer),
        ttl_period: (request.period > 0).then_some(request.period),
    };
    Ok(container(world, view, vec![update.into()]).into())
}

/// `messages.getDefaultHistoryTTL`
/// (<https://core.telegram.org/method/messages.getDefaultHistoryTTL>).
pub(crate) fn get_default_history_ttl(
    world: &mut World,
    caller: &Caller,
    _request: functions::messages::GetDefaultHistoryTtl,
) -> Answer<enums::DefaultHistoryTtl> {
    let me = caller.user.ok_or_else(unregistered)?;
    let period = world.account(me).ok_or_else(unregistered)?.dialogs.ttl;
    Ok(enums::DefaultHistoryTtl::from(types::DefaultHistoryTtl { period }).into())
}

/// `messages.setDefaultHistoryTTL`
/// (<https://core.telegram.org/method/messages.setDefaultHistoryTTL>).
pub(crate) fn set_default_history_ttl(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetDefaultHistoryTtl,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    check(request.period)?;
    world.account_mut(me).ok_or_else(unregistered)?.dialogs.ttl = request.period;
    Ok(true.into())
}

/// Whole days, up to a year.
fn check(period: i32) -> Result<(), RpcError> {
    match period {
        0..=31_622_400 if period % DAY == 0 => Ok(()),
        _ => Err(bad("TTL_PERIOD_INVALID")),
    }
}
