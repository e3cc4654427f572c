//! `account.sendVerifyEmailCode` and `account.verifyEmail`: the e-mail that login codes go to
//! (<https://core.telegram.org/api/auth#email-verification>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{CodeWay, MAIL_CODE_LENGTH, MailFault, MailFor, World, is_address, pattern};

use super::codes::{code_asked_for, phone, sent_code};
use super::done::Answer;
use super::errors::{bad, unregistered};
use super::seam::{Caller, RpcError};

/// `account.sendVerifyEmailCode` (<https://core.telegram.org/method/account.sendVerifyEmailCode>).
pub(crate) fn send_verify_email_code(
    world: &mut World,
    caller: &Caller,
    request: functions::account::SendVerifyEmailCode,
) -> Answer<enums::account::SentEmailCode> {
    let what = purpose(world, caller, &request.purpose)?;
    if !is_address(&request.email) {
        return Err(bad("EMAIL_INVALID"));
    }
    let now = world.now();
    world
        .mail
        .send(now, what, &request.email, &mut world.chance);
    let answer: enums::account::SentEmailCode = types::account::SentEmailCode {
        email_pattern: pattern(&request.email),
        length: i32::try_from(MAIL_CODE_LENGTH).unwrap_or_default(),
    }
    .into();
    Ok(answer.into())
}

/// `account.verifyEmail` (<https://core.telegram.org/method/account.verifyEmail>): on the way to
/// signing in, the login code follows.
pub(crate) fn verify_email(
    world: &mut World,
    caller: &Caller,
    request: functions::account::VerifyEmail,
) -> Answer<enums::account::EmailVerified> {
    let what = purpose(world, caller, &request.purpose)?;
    let enums::EmailVerification::Code(given) = request.verification else {
        return Err(bad("EMAIL_INVALID"));
    };
    let now = world.now();
    let email = world
        .mail
        .check(now, &what, &given.code)
        .map_err(mail_fault)?;
    world.mail.forget(&what);
    let owner = match &what {
        MailFor::LoginSetup(phone) => world.directory.by_phone(phone).map(|it| it.id),
        _ => caller.user,
    };
    if let Some(account) = owner.and_then(|owner| world.account_mut(owner)) {
        account.security.login_email = Some(email.clone());
    }
    let enums::EmailVerifyPurpose::LoginSetup(login) = request.purpose else {
        let answer: enums::account::EmailVerified = types::account::EmailVerified { email }.into();
        return Ok(answer.into());
    };
    let phone = phone(&login.phone_number)?;
    let code = code_asked_for(world, &phone, &login.phone_code_hash)?;
    code.go_on();
    let code = code.clone();
    let answer: enums::account::EmailVerified = types::account::EmailVerifiedLogin {
        email,
        sent_code: sent_code(world, &phone, &code),
    }
    .into();
    Ok(answer.into())
}

/// Whose address it is going to be.
fn purpose(
    world: &mut World,
    caller: &Caller,
    purpose: &enums::EmailVerifyPurpose,
) -> Result<MailFor, RpcError> {
    match purpose {
        enums::EmailVerifyPurpose::LoginSetup(login) => {
            let phone = phone(&login.phone_number)?;
            let now = world.now();
            let code = world.codes.named(now, &phone, &login.phone_code_hash);
            let code = code.ok_or_else(|| bad("PHONE_HASH_EXPIRED"))?;
            match code.via() {
                CodeWay::SetUpEmail => Ok(MailFor::LoginSetup(phone)),
                _ => Err(bad("EMAIL_NOT_ALLOWED")),
            }
        }
        enums::EmailVerifyPurpose::LoginChange => {
            let user = caller.user.ok_or_else(unregistered)?;
            let account = world.account(user).ok_or_else(unregistered)?;
            match account.security.login_email {
                Some(_) => Ok(MailFor::LoginChange(user)),
                None => Err(bad("EMAIL_NOT_SETUP")),
            }
        }
        _ => Err(super::errors::unsupported("passport")),
    }
}

/// What a code from an e-mail is refused with.
pub(crate) fn mail_fault(fault: MailFault) -> RpcError {
    bad(match fault {
        MailFault::Expired => "EMAIL_VERIFY_EXPIRED",
        MailFault::Invalid => "CODE_INVALID",
    })
}
