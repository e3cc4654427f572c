//! `account.*WebAuthorization*`: web pages that the account is signed in to
//! (<https://core.telegram.org/widgets/login>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::seam::Caller;
use super::view::user;

/// `account.getWebAuthorizations`
/// (<https://core.telegram.org/method/account.getWebAuthorizations>).
pub(crate) fn get_web_authorizations(
    world: &mut World,
    caller: &Caller,
    _: functions::account::GetWebAuthorizations,
) -> Answer<enums::account::WebAuthorizations> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let all = &account.preferences.web;
    let mut bots: Vec<i64> = all.iter().map(|it| it.bot_id).collect();
    bots.sort_unstable();
    bots.dedup();
    let answer: enums::account::WebAuthorizations = types::account::WebAuthorizations {
        authorizations: all.iter().cloned().map(Into::into).collect(),
        users: bots.into_iter().map(|bot| user(world, me, bot)).collect(),
    }
    .into();
    Ok(answer.into())
}

/// `account.resetWebAuthorization`
/// (<https://core.telegram.org/method/account.resetWebAuthorization>).
pub(crate) fn reset_web_authorization(
    world: &mut World,
    caller: &Caller,
    request: functions::account::ResetWebAuthorization,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let web = &mut world
        .account_mut(me)
        .ok_or_else(unregistered)?
        .preferences
        .web;
    let before = web.len();
    web.retain(|it| it.hash != request.hash);
    match web.len() == before {
        true => Err(bad("HASH_INVALID")),
        false => Ok(true.into()),
    }
}

/// `account.resetWebAuthorizations`
/// (<https://core.telegram.org/method/account.resetWebAuthorizations>).
pub(crate) fn reset_web_authorizations(
    world: &mut World,
    caller: &Caller,
    _: functions::account::ResetWebAuthorizations,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.preferences.web.clear();
    Ok(true.into())
}
