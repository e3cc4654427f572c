//! Passwords that somebody has forgotten (<https://core.telegram.org/api/srp#password-recovery>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{
    MailFault, MailFor, PASSWORD_RESET_PAUSE, PASSWORD_RESET_WAIT, World, date, pattern,
};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::login::log_in;
use super::password::{Fate, carry_out, fate};
use super::seam::{Caller, RpcError};

/// `auth.requestPasswordRecovery`
/// (<https://core.telegram.org/method/auth.requestPasswordRecovery>).
pub(crate) fn request_password_recovery(
    world: &mut World,
    caller: &Caller,
    _: functions::auth::RequestPasswordRecovery,
) -> Answer<enums::auth::PasswordRecovery> {
    let user = whose(world, caller)?;
    let account = world.account(user).ok_or_else(unregistered)?;
    if account.password.is_none() {
        return Err(bad("PASSWORD_EMPTY"));
    }
    let email = account.security.recovery_email.clone();
    let email = email.ok_or_else(|| bad("PASSWORD_RECOVERY_NA"))?;
    let now = world.now();
    world
        .mail
        .send(now, MailFor::Recovery(user), &email, &mut world.chance);
    let answer: enums::auth::PasswordRecovery = types::auth::PasswordRecovery {
        email_pattern: pattern(&email),
    }
    .into();
    Ok(answer.into())
}

/// `auth.checkRecoveryPassword` (<https://core.telegram.org/method/auth.checkRecoveryPassword>).
pub(crate) fn check_recovery_password(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::CheckRecoveryPassword,
) -> Answer<bool> {
    let user = whose(world, caller)?;
    check(world, user, &request.code)?;
    Ok(true.into())
}

/// `auth.recoverPassword` (<https://core.telegram.org/method/auth.recoverPassword>): a new
/// password, or none, and the login.
pub(crate) fn recover_password(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::RecoverPassword,
) -> Answer<enums::auth::Authorization> {
    let user = whose(world, caller)?;
    check(world, user, &request.code)?;
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    let fate = match request.new_settings {
        None => Fate::Goes,
        Some(enums::account::PasswordInputSettings::Settings(settings)) => {
            fate(account, *settings)?
        }
    };
    carry_out(account, fate);
    world.mail.forget(&MailFor::Recovery(user));
    log_in(world, caller, user)
}

/// `account.resetPassword` (<https://core.telegram.org/method/account.resetPassword>): after a
/// week it goes without being told.
pub(crate) fn reset_password(
    world: &mut World,
    caller: &Caller,
    _: functions::account::ResetPassword,
) -> Answer<enums::account::ResetPasswordResult> {
    let user = caller.user.ok_or_else(unregistered)?;
    let now = world.now();
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    if account.password.is_none() {
        return Err(bad("PASSWORD_EMPTY"));
    }
    let security = &mut account.security;
    let answer: enums::account::ResetPasswordResult = match security.password_reset {
        Some(until) if until <= now => {
            carry_out(account, Fate::Goes);
            enums::account::ResetPasswordResult::ResetPasswordOk
        }
        None if security.reset_again.is_some_and(|date| date > now) => {
            let retry_date = security.reset_again.map(date).unwrap_or_default();
            types::account::ResetPasswordFailedWait { retry_date }.into()
        }
        under_way => {
            let until = under_way.unwrap_or(now + PASSWORD_RESET_WAIT);
            security.password_reset = Some(until);
            let until_date = date(until);
            types::account::ResetPasswordRequestedWait { until_date }.into()
        }
    };
    Ok(answer.into())
}

/// `account.declinePasswordReset`
/// (<https://core.telegram.org/method/account.declinePasswordReset>).
pub(crate) fn decline_password_reset(
    world: &mut World,
    caller: &Caller,
    _: functions::account::DeclinePasswordReset,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let now = world.now();
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    let asked = account.security.password_reset.take();
    asked.ok_or_else(|| bad("RESET_REQUEST_MISSING"))?;
    account.security.reset_again = Some(now + PASSWORD_RESET_PAUSE);
    Ok(true.into())
}

/// Whoever is signed in, or has given the right code and has forgotten the password.
fn whose(world: &World, caller: &Caller) -> Result<i64, RpcError> {
    let awaited = world.logins.awaited(world.now(), caller.key_id);
    awaited.or(caller.user).ok_or_else(unregistered)
}

fn check(world: &World, user: i64, code: &str) -> Result<(), RpcError> {
    if code.trim().is_empty() {
        return Err(bad("CODE_EMPTY"));
    }
    let checked = world
        .mail
        .check(world.now(), &MailFor::Recovery(user), code);
    checked.map(drop).map_err(|fault| match fault {
        MailFault::Expired => bad("PASSWORD_RECOVERY_EXPIRED"),
        MailFault::Invalid => bad("CODE_INVALID"),
    })
}
