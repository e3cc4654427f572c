//! `auth.*LoginToken` and web tokens: logins that another session allows
//! (<https://core.telegram.org/api/qr-login>).
use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Admitted, Authorization, QrFault, Shown, World, date};

use super::codes::check_api;
use super::done::{Answer, Done};
use super::errors::{bad, migrate, password_needed, unregistered};
use super::login::{log_in, log_in_as};
use super::seam::{Caller, RpcError};
use super::sessions::described;

/// The bytes of a token.
const TOKEN_LENGTH: usize = 40;

/// `auth.exportLoginToken` (<https://core.telegram.org/method/auth.exportLoginToken>): a code to be
/// shown, or what has become of the last one.
pub(crate) fn export_login_token(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ExportLoginToken,
) -> Answer<enums::auth::LoginToken> {
    check_api(request.api_id, &request.api_hash)?;
    let now = world.now();
    let token: [u8; TOKEN_LENGTH] = world.chance.array();
    let token = token.to_vec();
    let Some(admitted) = world.qr.admitted(now, caller.key_id) else {
        let shown = Shown {
            key: caller.key_id,
            dc: caller.dc,
            except: request.except_ids,
            program: std::sync::Arc::clone(&caller.program),
        };
        let expires = date(world.qr.show(now, token.clone(), shown));
        let answer: enums::auth::LoginToken = types::auth::LoginToken { expires, token }.into();
        return Ok(Done::from(answer).awaiting_login());
    };
    let home = world.account(admitted.user).map(|account| account.dc);
    let home = home.ok_or_else(|| bad("AUTH_TOKEN_INVALID"))?;
    if home != caller.dc {
        world.qr.carry(now, token.clone(), home, admitted);
        let answer: enums::auth::LoginToken =
            types::auth::LoginTokenMigrateTo { dc_id: home, token }.into();
        return Ok(answer.into());
    }
    let_in(world, caller, admitted)
}

/// `auth.importLoginToken` (<https://core.telegram.org/method/auth.importLoginToken>).
pub(crate) fn import_login_token(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ImportLoginToken,
) -> Answer<enums::auth::LoginToken> {
    let now = world.now();
    let admitted = world
        .qr
        .arrive(now, &request.token, caller.dc)
        .map_err(fault)?;
    let_in(world, caller, admitted)
}

/// `auth.acceptLoginToken` (<https://core.telegram.org/method/auth.acceptLoginToken>): whoever
/// shows the code is told at once.
pub(crate) fn accept_login_token(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::AcceptLoginToken,
) -> Answer<enums::Authorization> {
    let user = caller.user.ok_or_else(unregistered)?;
    let now = world.now();
    let hash = world.chance.number();
    let admitted = Admitted { user, hash };
    let shown = world
        .qr
        .accept(now, &request.token, admitted)
        .map_err(fault)?;
    let login = Authorization::new(user, hash, shown.dc, now, shown.program);
    let updates: enums::Updates = types::UpdateShort {
        update: types::UpdateLoginToken {}.into(),
        date: world.date(),
    }
    .into();
    Ok(Done::from(described(&login, false)).telling(shown.key, updates.to_bytes()))
}

/// `auth.importWebTokenAuthorization`
/// (<https://core.telegram.org/method/auth.importWebTokenAuthorization>).
pub(crate) fn import_web_token(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ImportWebTokenAuthorization,
) -> Answer<enums::auth::Authorization> {
    check_api(request.api_id, &request.api_hash)?;
    let user = world.web_tokens.get(&request.web_auth_token).copied();
    let user = user.ok_or_else(|| bad("WEBAUTH_TOKEN_EXPIRED"))?;
    let home = world.account(user).map(|account| account.dc);
    if let Some(home) = home.filter(|home| *home != caller.dc) {
        return Err(migrate("USER", home));
    }
    world.web_tokens.remove(&request.web_auth_token);
    log_in(world, caller, user)
}

/// Whoever was allowed in is, unless the account has a password.
fn let_in(
    world: &mut World,
    caller: &Caller,
    admitted: Admitted,
) -> Answer<enums::auth::LoginToken> {
    let Admitted { user, hash } = admitted;
    let account = world.account(user).ok_or_else(unregistered)?;
    if account.password.is_some() {
        let now = world.now();
        world.logins.await_password(now, caller.key_id, user);
        return Err(password_needed());
    }
    let done = log_in_as(world, caller, user, hash)?;
    Ok(done.map(|authorization| types::auth::LoginTokenSuccess { authorization }.into()))
}

fn fault(fault: QrFault) -> RpcError {
    bad(match fault {
        QrFault::Unknown => "AUTH_TOKEN_INVALIDX",
        QrFault::Expired => "AUTH_TOKEN_EXPIRED",
        QrFault::Accepted => "AUTH_TOKEN_ALREADY_ACCEPTED",
        QrFault::Exception => "AUTH_TOKEN_EXCEPTION",
    })
}
