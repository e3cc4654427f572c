//! `premium.*`: boosts of channels and supergroups (<https://core.telegram.org/api/boost>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, Slot, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::rights::channel_of;
use super::seam::{Caller, RpcError};
use super::stats::boosted;
use super::view::View;

/// The most that a page has.
const AT_ONCE: i32 = 100;

/// `premium.getBoostsStatus` (<https://core.telegram.org/method/premium.getBoostsStatus>): here
/// every boost is a level.
pub(crate) fn get_boosts_status(
    world: &mut World,
    caller: &Caller,
    request: functions::premium::GetBoostsStatus,
) -> Answer<enums::premium::BoostsStatus> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = boosted(world, me, &request.peer)?;
    let given = world.boosts.iter().filter(|it| it.channel == Some(id));
    let mine: Vec<i32> = given
        .clone()
        .filter(|it| it.user == me)
        .map(|it| it.slot)
        .collect();
    let boosts = i32::try_from(given.count()).unwrap_or(i32::MAX);
    let name = channel_of(world, id)?.username.clone();
    let status = types::premium::BoostsStatus {
        my_boost: !mine.is_empty(),
        level: boosts,
        current_level_boosts: boosts,
        boosts,
        next_level_boosts: Some(boosts + 1),
        boost_url: match name {
            Some(name) => format!("https://t.me/boost/{name}"),
            None => format!("https://t.me/boost?c={id}"),
        },
        my_boost_slots: Some(mine).filter(|mine| !mine.is_empty()),
        ..Default::default()
    };
    Ok(enums::premium::BoostsStatus::from(status).into())
}

/// `premium.getBoostsList` (<https://core.telegram.org/method/premium.getBoostsList>): for
/// administrators, the newest first.
pub(crate) fn get_boosts_list(
    world: &mut World,
    caller: &Caller,
    request: functions::premium::GetBoostsList,
) -> Answer<enums::premium::BoostsList> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = boosted(world, me, &request.peer)?;
    if channel_of(world, id)?.admin(me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let given = world.boosts.iter().filter(|it| it.channel == Some(id));
    let mut given: Vec<&Slot> = given.filter(|_| !request.gifts).collect();
    given.sort_by_key(|it| std::cmp::Reverse((it.date, it.user, it.slot)));
    let offset: usize = match &*request.offset {
        "" => 0,
        offset => offset.parse().map_err(|_| bad("OFFSET_INVALID"))?,
    };
    let limit = usize::try_from(request.limit.clamp(1, AT_ONCE)).unwrap_or(1);
    let mut view = View::new(world, me);
    let boosts = given.iter().skip(offset).take(limit).map(|it| {
        view.user_peer(it.user);
        types::Boost {
            id: format!("{}-{}", it.user, it.slot),
            user_id: Some(it.user),
            date: date(it.date),
            expires: date(it.expires),
            ..Default::default()
        }
        .into()
    });
    let boosts: Vec<enums::Boost> = boosts.collect();
    let end = offset + boosts.len();
    let list = types::premium::BoostsList {
        count: i32::try_from(given.len()).unwrap_or(i32::MAX),
        next_offset: (end < given.len()).then(|| end.to_string()),
        boosts,
        users: view.shown().0,
    };
    Ok(enums::premium::BoostsList::from(list).into())
}

/// `premium.getMyBoosts` (<https://core.telegram.org/method/premium.getMyBoosts>).
pub(crate) fn get_my_boosts(
    world: &mut World,
    caller: &Caller,
    _request: functions::premium::GetMyBoosts,
) -> Answer<enums::premium::MyBoosts> {
    let me = caller.user.ok_or_else(unregistered)?;
    Ok(mine(world, me).into())
}

/// `premium.applyBoost` (<https://core.telegram.org/method/premium.applyBoost>).
pub(crate) fn apply_boost(
    world: &mut World,
    caller: &Caller,
    request: functions::premium::ApplyBoost,
) -> Answer<enums::premium::MyBoosts> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = boosted(world, me, &request.peer)?;
    let slots = request.slots.unwrap_or_default();
    if slots.is_empty() {
        return Err(bad("SLOTS_EMPTY"));
    }
    let now = world.now();
    for slot in slots {
        let mut own = world.boosts.iter_mut().filter(|it| it.user == me);
        let own = own.find(|it| it.slot == slot);
        let own = own.ok_or_else(|| bad("BOOSTS_EMPTY"))?;
        if own.channel == Some(id) {
            return Err(RpcError::new(400, "BOOST_NOT_MODIFIED"));
        }
        (own.channel, own.date) = (Some(id), now);
    }
    Ok(mine(world, me).into())
}

fn mine(world: &World, me: i64) -> enums::premium::MyBoosts {
    let mut view = View::new(world, me);
    let mine = world.boosts.iter().filter(|it| it.user == me);
    let my_boosts = mine.map(|it| {
        types::MyBoost {
            slot: it.slot,
            peer: it.channel.map(|id| view.peer(Peer::Channel(id))),
            date: date(it.date),
            expires: date(it.expires),
            cooldown_until_date: None,
        }
        .into()
    });
    let my_boosts = my_boosts.collect();
    let (users, chats) = view.shown();
    types::premium::MyBoosts {
        my_boosts,
        chats,
        users,
    }
    .into()
}
