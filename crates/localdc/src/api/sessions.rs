//! `account.*Authorization*`: the logins of an account
//! (<https://core.telegram.org/api/auth#invalidating-authorization-keys>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Authorization, World, date};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::seam::{Caller, RpcError};

/// After so many days a login that is not used ends, if nobody has said otherwise.
const SESSION_TTL: i32 = 183;

/// After so many days an account that is not used is deleted, if nobody has said otherwise.
const ACCOUNT_TTL: i32 = 548;

/// `account.getAuthorizations` (<https://core.telegram.org/method/account.getAuthorizations>).
pub(crate) fn get_authorizations(
    world: &mut World,
    caller: &Caller,
    _: functions::account::GetAuthorizations,
) -> Answer<enums::account::Authorizations> {
    let user = caller.user.ok_or_else(unregistered)?;
    let account = world.account(user).ok_or_else(unregistered)?;
    let authorizations = world
        .logins
        .of(user)
        .into_iter()
        .filter(|(_, login)| login.dc == account.dc)
        .map(|(key, login)| described(login, key == caller.key_id))
        .collect();
    let answer: enums::account::Authorizations = types::account::Authorizations {
        authorization_ttl_days: told(account.security.session_ttl, SESSION_TTL),
        authorizations,
    }
    .into();
    Ok(answer.into())
}

/// `account.resetAuthorization` (<https://core.telegram.org/method/account.resetAuthorization>).
pub(crate) fn reset_authorization(
    world: &mut World,
    caller: &Caller,
    request: functions::account::ResetAuthorization,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let key = named(world, user, request.hash)?;
    if key == caller.key_id {
        return Err(bad("HASH_INVALID"));
    }
    world.logins.sign_out(key);
    Ok(Done::from(true).revoking(vec![key]))
}

/// `auth.resetAuthorizations` (<https://core.telegram.org/method/auth.resetAuthorizations>): ends
/// all other logins of the account.
pub(crate) fn reset_authorizations(
    world: &mut World,
    caller: &Caller,
    _: functions::auth::ResetAuthorizations,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let others: Vec<i64> = world
        .logins
        .of(user)
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| *key != caller.key_id)
        .collect();
    for key in &others {
        world.logins.sign_out(*key);
    }
    Ok(Done::from(true).revoking(others))
}

/// `account.changeAuthorizationSettings`
/// (<https://core.telegram.org/method/account.changeAuthorizationSettings>).
pub(crate) fn change_authorization_settings(
    world: &mut World,
    caller: &Caller,
    request: functions::account::ChangeAuthorizationSettings,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    // The session that asks is listed under 0.
    let key = match request.hash {
        0 => caller.key_id,
        hash => named(world, user, hash)?,
    };
    let login = world.logins.get_mut(key).ok_or_else(unregistered)?;
    if request.confirmed {
        login.unconfirmed = false;
    }
    let encrypted = request.encrypted_requests_disabled;
    login.no_encrypted_requests = encrypted.unwrap_or(login.no_encrypted_requests);
    let calls = request.call_requests_disabled;
    login.no_call_requests = calls.unwrap_or(login.no_call_requests);
    Ok(true.into())
}

/// `account.setAuthorizationTTL` (<https://core.telegram.org/method/account.setAuthorizationTTL>).
pub(crate) fn set_authorization_ttl(
    world: &mut World,
    caller: &Caller,
    request: functions::account::SetAuthorizationTtl,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let days = request.authorization_ttl_days;
    if !(1..=366).contains(&days) {
        return Err(bad("TTL_DAYS_INVALID"));
    }
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    account.security.session_ttl = days;
    Ok(true.into())
}

/// `account.getAccountTTL` (<https://core.telegram.org/method/account.getAccountTTL>).
pub(crate) fn get_account_ttl(
    world: &mut World,
    caller: &Caller,
    _: functions::account::GetAccountTtl,
) -> Answer<enums::AccountDaysTtl> {
    let user = caller.user.ok_or_else(unregistered)?;
    let account = world.account(user).ok_or_else(unregistered)?;
    let days = told(account.security.account_ttl, ACCOUNT_TTL);
    let answer: enums::AccountDaysTtl = types::AccountDaysTtl { days }.into();
    Ok(answer.into())
}

/// `account.setAccountTTL` (<https://core.telegram.org/method/account.setAccountTTL>).
pub(crate) fn set_account_ttl(
    world: &mut World,
    caller: &Caller,
    request: functions::account::SetAccountTtl,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let enums::AccountDaysTtl::Ttl(ttl) = request.ttl;
    if !(30..=730).contains(&ttl.days) {
        return Err(bad("TTL_DAYS_INVALID"));
    }
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    account.security.account_ttl = ttl.days;
    Ok(true.into())
}

/// A login as its owner is shown it.
pub(crate) fn described(login: &Authorization, current: bool) -> enums::Authorization {
    let program = &login.program;
    types::Authorization {
        current,
        encrypted_requests_disabled: login.no_encrypted_requests,
        call_requests_disabled: login.no_call_requests,
        unconfirmed: login.unconfirmed,
        hash: if current { 0 } else { login.hash },
        device_model: program.device_model.clone(),
        platform: "unknown".to_owned(),
        system_version: program.system_version.clone(),
        api_id: program.api_id,
        app_name: format!("Application {}", program.api_id),
        app_version: program.app_version.clone(),
        date_created: date(login.created),
        date_active: date(login.active),
        ip: "127.0.0.1".to_owned(),
        country: "localhost".to_owned(),
        ..Default::default()
    }
    .into()
}

/// The key of a login by what clients name it by.
fn named(world: &World, user: i64, hash: i64) -> Result<i64, RpcError> {
    let logins = world.logins.of(user);
    let mut found = logins.iter().filter(|(_, login)| login.hash == hash);
    let (key, _) = found.next().ok_or_else(|| bad("HASH_INVALID"))?;
    Ok(*key)
}

fn told(days: i32, default: i32) -> i32 {
    if days == 0 { default } else { days }
}
