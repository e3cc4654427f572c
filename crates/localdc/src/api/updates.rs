//! `updates.*`: where an account stands, and what a client has missed
//! (<https://core.telegram.org/api/updates>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Missed, World, digest};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::login::notice_update;
use super::seam::Caller;
use super::view::View;

/// Events in one slice of a difference, unless the client wants fewer.
const SLICE: i32 = 1000;

/// `updates.getState` (<https://core.telegram.org/method/updates.getState>).
pub(crate) fn get_state(
    world: &mut World,
    caller: &Caller,
    _: functions::updates::GetState,
) -> Answer<enums::updates::State> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let state: enums::updates::State = state(world, account, account.mailbox.pts()).into();
    Ok(state.into())
}

/// `updates.getDifference` (<https://core.telegram.org/method/updates.getDifference>): exactly
/// what happened after the state that the client has, in slices if it is much.
pub(crate) fn get_difference(
    world: &mut World,
    caller: &Caller,
    request: functions::updates::GetDifference,
) -> Answer<enums::updates::Difference> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let pts = account.mailbox.pts();
    if request.pts == 0 {
        return Err(bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    if request.pts < 0 || request.pts > pts {
        return Err(bad("PERSISTENT_TIMESTAMP_INVALID"));
    }
    if request.date <= 0 {
        return Err(bad("DATE_EMPTY"));
    }
    if request.pts_total_limit.is_some_and(|limit| limit > 0 && pts - request.pts > limit) {
        return Ok(too_long(pts).into());
    }
    let limit = request.pts_limit.filter(|limit| *limit > 0).unwrap_or(SLICE).min(SLICE);
    let Missed::Events { events, complete } = account.mailbox.missed(request.pts, limit) else {
        return Ok(too_long(pts).into());
    };
    // Notices of the second that the client names may or may not be known to it: they are told
    // again, as doing so does no harm.
    let notices = account.notices.iter().filter(|notice| notice.date >= i64::from(request.date));
    let notices: Vec<enums::Update> = notices.map(notice_update).collect();
    if events.is_empty() && notices.is_empty() {
        let (date, seq) = (world.date(), account.seq());
        let empty: enums::updates::Difference =
            types::updates::DifferenceEmpty { date, seq }.into();
        return Ok(empty.into());
    }
    let reached = events.last().map_or(request.pts, |event| event.pts);
    let (new, others) = digest(&account.mailbox, events);
    let mut view = View::new(world, me);
    let new_messages = new.into_iter().map(|id| view.message(id)).collect();
    let mut other_updates: Vec<enums::Update> =
        others.iter().map(|event| view.update(event)).collect();
    if complete {
        other_updates.extend(notices);
    }
    let (users, chats) = view.shown();
    let state = state(world, account, reached);
    let difference: enums::updates::Difference = if complete {
        types::updates::Difference {
            new_messages,
            new_encrypted_messages: Vec::new(),
            other_updates,
            chats,
            users,
            state: state.into(),
        }
        .into()
    } else {
        types::updates::DifferenceSlice {
            new_messages,
            new_encrypted_messages: Vec::new(),
            other_updates,
            chats,
            users,
            // The date stays: notices come with the last slice.
            intermediate_state: types::updates::State { date: request.date, ..state }.into(),
        }
        .into()
    };
    Ok(difference.into())
}

fn too_long(pts: i32) -> enums::updates::Difference {
    types::updates::DifferenceTooLong { pts }.into()
}

/// Where an account stands, as far as the client has been told.
pub(crate) fn state(world: &World, account: &Account, pts: i32) -> types::updates::State {
    types::updates::State {
        pts,
        qts: 0,
        date: world.date(),
        seq: account.seq(),
        unread_count: account.mailbox.unread_total(),
    }
}
