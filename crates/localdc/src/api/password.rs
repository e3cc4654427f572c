//! `account.*Password*`: the second step of logins (<https://core.telegram.org/api/srp>).
use ferogram_sync::tl::{enums, functions};

use crate::world::{
    Account, MAIL_CODE_LENGTH, MailFault, MailFor, Password, Unconfirmed, World, is_address,
};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::seam::{Caller, RpcError};
use super::srp;

/// The random bytes that a client has to add to the first salt of a new password.
const CLIENT_SALT: usize = 32;

/// What is to become of a password.
pub(super) enum Fate {
    Stays,
    Goes,
    Set(Password),
}

/// `account.getPassword` (<https://core.telegram.org/method/account.getPassword>): also for a key
/// that has given the right code and still has to prove the password.
pub(crate) fn get_password(
    world: &mut World,
    caller: &Caller,
    _: functions::account::GetPassword,
) -> Answer<enums::account::Password> {
    let user = caller
        .user
        .or_else(|| world.logins.awaited(world.now(), caller.key_id))
        .ok_or_else(unregistered)?;
    Ok(srp::ask(world, caller, user).into())
}

/// `account.updatePasswordSettings`
/// (<https://core.telegram.org/method/account.updatePasswordSettings>): sets, changes or removes
/// the password and its recovery e-mail. With a new address, all of it waits until that is
/// confirmed.
pub(crate) fn update_password_settings(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdatePasswordSettings,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    srp::check(world, caller, user, &request.password)?;
    let enums::account::PasswordInputSettings::Settings(settings) = request.new_settings;
    let email = settings.email.clone();
    if email
        .as_ref()
        .is_some_and(|it| !it.is_empty() && !is_address(it))
    {
        return Err(bad("EMAIL_INVALID"));
    }
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    let fate = fate(account, *settings)?;
    let has_password = match &fate {
        Fate::Stays => account.password.is_some(),
        Fate::Goes => false,
        Fate::Set(_) => true,
    };
    match email.filter(|_| has_password) {
        Some(email) if !email.is_empty() => {
            let password = match fate {
                Fate::Set(password) => Some(password),
                Fate::Stays | Fate::Goes => None,
            };
            let unconfirmed = Unconfirmed {
                password,
                email: email.clone(),
            };
            account.security.unconfirmed = Some(unconfirmed);
            send(world, user, &email);
            Err(bad(&format!("EMAIL_UNCONFIRMED_{MAIL_CODE_LENGTH}")))
        }
        email if email.is_none() && matches!(fate, Fate::Stays) => Err(bad("NEW_SETTINGS_EMPTY")),
        email => {
            carry_out(account, fate);
            if email.is_some() {
                account.security.recovery_email = None;
            }
            Ok(true.into())
        }
    }
}

/// `account.confirmPasswordEmail`
/// (<https://core.telegram.org/method/account.confirmPasswordEmail>).
pub(crate) fn confirm_password_email(
    world: &mut World,
    caller: &Caller,
    request: functions::account::ConfirmPasswordEmail,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let what = MailFor::RecoveryEmail(user);
    let now = world.now();
    world
        .mail
        .check(now, &what, &request.code)
        .map_err(|fault| match fault {
            MailFault::Expired => bad("EMAIL_HASH_EXPIRED"),
            MailFault::Invalid => bad("CODE_INVALID"),
        })?;
    world.mail.forget(&what);
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    let unconfirmed = account.security.unconfirmed.take();
    let unconfirmed = unconfirmed.ok_or_else(|| bad("EMAIL_HASH_EXPIRED"))?;
    if let Some(password) = unconfirmed.password {
        carry_out(account, Fate::Set(password));
    }
    account.security.recovery_email = Some(unconfirmed.email);
    Ok(true.into())
}

/// `account.resendPasswordEmail` (<https://core.telegram.org/method/account.resendPasswordEmail>).
pub(crate) fn resend_password_email(
    world: &mut World,
    caller: &Caller,
    _: functions::account::ResendPasswordEmail,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let account = world.account(user).ok_or_else(unregistered)?;
    let unconfirmed = account.security.unconfirmed.as_ref();
    let email = unconfirmed.map(|it| it.email.clone());
    let email = email.ok_or_else(|| bad("EMAIL_HASH_EXPIRED"))?;
    send(world, user, &email);
    Ok(true.into())
}

/// `account.cancelPasswordEmail` (<https://core.telegram.org/method/account.cancelPasswordEmail>).
pub(crate) fn cancel_password_email(
    world: &mut World,
    caller: &Caller,
    _: functions::account::CancelPasswordEmail,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    let unconfirmed = account.security.unconfirmed.take();
    unconfirmed.ok_or_else(|| bad("EMAIL_HASH_EXPIRED"))?;
    world.mail.forget(&MailFor::RecoveryEmail(user));
    Ok(true.into())
}

/// What settings mean for the password of an account.
pub(super) fn fate(
    account: &Account,
    settings: ferogram_sync::tl::types::account::PasswordInputSettings,
) -> Result<Fate, RpcError> {
    let hash = settings.new_password_hash.unwrap_or_default();
    match settings.new_algo {
        None => Ok(Fate::Stays),
        // Telegram's own clients name no algorithm then, and Telethon does.
        Some(_) if hash.is_empty() => Ok(Fate::Goes),
        Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) => {
            let (salt1, salt2) = &account.next_salts;
            let salted = algo.salt1.starts_with(salt1)
                && algo.salt1.len() >= salt1.len() + CLIENT_SALT
                && algo.salt2 == salt2;
            if !salted {
                return Err(bad("NEW_SALT_INVALID"));
            }
            let hint = settings.hint.filter(|hint| !hint.is_empty());
            let password = Password::from_hash(&hash, algo.salt1, algo.salt2, hint);
            password
                .map(Fate::Set)
                .ok_or_else(|| bad("NEW_SETTINGS_INVALID"))
        }
        _ => Err(bad("NEW_SETTINGS_INVALID")),
    }
}

/// Whoever has no password has nothing to recover or to reset.
pub(super) fn carry_out(account: &mut Account, fate: Fate) {
    match fate {
        Fate::Stays => {}
        Fate::Set(password) => account.password = Some(password),
        Fate::Goes => {
            account.password = None;
            account.security.recovery_email = None;
        }
    }
    account.security.password_reset = None;
}

fn send(world: &mut World, user: i64, email: &str) {
    let now = world.now();
    world
        .mail
        .send(now, MailFor::RecoveryEmail(user), email, &mut world.chance);
}
