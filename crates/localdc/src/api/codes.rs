//! `auth.sendCode` and its kin: login codes (<https://core.telegram.org/api/auth>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{
    CALLER, CODE_LENGTH, CodeWay, Content, EMAIL_RESET_WAIT, Letter, LoginCode, Peer, SERVICE_USER,
    Standing, Text, World, date, normal_phone, pattern, test_centre,
};

use super::done::{Answer, Done};
use super::errors::{bad, migrate, not_acceptable, password_needed, unregistered};
use super::login::log_in;
use super::push::tell;
use super::seam::{Caller, Push, RpcError};

/// After so many seconds without the code, clients offer the next way.
const NEXT_WAY_AFTER: i32 = 60;

/// `auth.sendCode` (<https://core.telegram.org/method/auth.sendCode>): with the token of a login
/// that has ended, nothing is sent, and only the password is asked for.
pub(crate) fn send_code(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::SendCode,
) -> Answer<enums::auth::SentCode> {
    check_api(request.api_id, &request.api_hash)?;
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    let owner = world.directory.by_phone(&phone);
    if owner.is_some_and(|account| account.security.standing == Standing::Banned) {
        return Err(bad("PHONE_NUMBER_BANNED"));
    }
    let owner = owner.map(|account| account.id);
    let enums::CodeSettings::Settings(settings) = request.settings;
    let tokens = settings.logout_tokens.unwrap_or_default();
    if let Some(user) = owner
        && world.logins.redeem(user, &tokens)
    {
        return sign_in_again(world, caller, user);
    }
    let has_sessions = owner.is_some_and(|user| !world.logins.of(user).is_empty());
    let ways = ways(world, owner, has_sessions);
    let now = world.now();
    let code = world.codes.issue(now, &phone, ways, &mut world.chance);
    let pushes = match owner {
        Some(user) if code.via() == CodeWay::App => send_as_message(world, caller, user, &code),
        _ => Vec::new(),
    };
    Ok(Done::from(sent_code(world, &phone, &code)).pushing(pushes))
}

/// The code that a client names by its hash, as long as it is good.
pub(super) fn code_asked_for<'a>(
    world: &'a mut World,
    phone: &str,
    hash: &str,
) -> Result<&'a mut LoginCode, RpcError> {
    let now = world.now();
    let code = world.codes.named(now, phone, hash);
    code.ok_or_else(|| bad("PHONE_CODE_EXPIRED"))
}

/// `auth.resendCode` (<https://core.telegram.org/method/auth.resendCode>): the same code, the next
/// way.
pub(crate) fn resend_code(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ResendCode,
) -> Answer<enums::auth::SentCode> {
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    let code = code_asked_for(world, &phone, &request.phone_code_hash)?;
    if !code.go_on() {
        return Err(not_acceptable("SEND_CODE_UNAVAILABLE"));
    }
    let code = code.clone();
    Ok(sent_code(world, &phone, &code).into())
}

/// `auth.cancelCode` (<https://core.telegram.org/method/auth.cancelCode>).
pub(crate) fn cancel_code(
    world: &mut World,
    _: &Caller,
    request: functions::auth::CancelCode,
) -> Answer<bool> {
    let phone = phone(&request.phone_number)?;
    code_asked_for(world, &phone, &request.phone_code_hash)?;
    Ok(world.codes.forget(&phone).into())
}

/// `auth.reportMissingCode` (<https://core.telegram.org/method/auth.reportMissingCode>).
pub(crate) fn report_missing_code(
    world: &mut World,
    _: &Caller,
    request: functions::auth::ReportMissingCode,
) -> Answer<bool> {
    let phone = phone(&request.phone_number)?;
    code_asked_for(world, &phone, &request.phone_code_hash)?;
    Ok(true.into())
}

/// `account.invalidateSignInCodes`
/// (<https://core.telegram.org/method/account.invalidateSignInCodes>): of the account's own number.
pub(crate) fn invalidate_sign_in_codes(
    world: &mut World,
    caller: &Caller,
    request: functions::account::InvalidateSignInCodes,
) -> Answer<bool> {
    let account = caller.user.and_then(|user| world.account(user));
    let phone = account.and_then(|account| account.phone().map(str::to_owned));
    let phone = phone.ok_or_else(unregistered)?;
    let code = world.codes.get(world.now(), &phone).map(LoginCode::code);
    if code.is_some_and(|code| request.codes.contains(&code)) {
        world.codes.forget(&phone);
    }
    Ok(true.into())
}

/// `auth.resetLoginEmail` (<https://core.telegram.org/method/auth.resetLoginEmail>): whoever has
/// lost the login e-mail waits, and then gets codes without it.
pub(crate) fn reset_login_email(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ResetLoginEmail,
) -> Answer<enums::auth::SentCode> {
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    let now = world.now();
    let code = code_asked_for(world, &phone, &request.phone_code_hash)?.clone();
    let owner = world.directory.by_phone(&phone).map(|account| account.id);
    let account = owner.and_then(|owner| world.account_mut(owner));
    let security = account.map(|account| &mut account.security);
    let Some(security) = security.filter(|it| it.login_email.is_some()) else {
        return Err(bad("EMAIL_INSTALL_MISSING"));
    };
    if security.email_reset.is_some() {
        return Err(bad("TASK_ALREADY_EXISTS"));
    }
    security.email_reset = Some(now + EMAIL_RESET_WAIT);
    Ok(sent_code(world, &phone, &code).into())
}

/// Where a code goes if nobody has told otherwise.
fn ways(world: &mut World, owner: Option<i64>, has_sessions: bool) -> Vec<CodeWay> {
    let now = world.now();
    let account = owner.and_then(|owner| world.account_mut(owner));
    let security = account.map(|account| &mut account.security);
    let mut has_email = false;
    if let Some(security) = security {
        if security.email_reset.is_some_and(|date| date <= now) {
            (security.email_reset, security.login_email) = (None, None);
        }
        has_email = security.login_email.is_some();
    }
    let first = match (has_sessions, has_email) {
        (true, _) => Some(CodeWay::App),
        (false, true) => Some(CodeWay::Email),
        (false, false) => None,
    };
    let rest = [CodeWay::Sms, CodeWay::Call];
    first.into_iter().chain(rest).collect()
}

/// The token of a login that has ended was good.
fn sign_in_again(world: &mut World, caller: &Caller, user: i64) -> Answer<enums::auth::SentCode> {
    if world.account(user).is_some_and(|it| it.password.is_some()) {
        let now = world.now();
        world.logins.await_password(now, caller.key_id, user);
        return Err(password_needed());
    }
    let done = log_in(world, caller, user)?;
    Ok(done.map(|authorization| types::auth::SentCodeSuccess { authorization }.into()))
}

/// What the client is told of a code.
pub(crate) fn sent_code(world: &World, phone: &str, code: &LoginCode) -> enums::auth::SentCode {
    let next_type = code.next().and_then(next_type);
    types::auth::SentCode {
        r#type: way(world, phone, code),
        phone_code_hash: code.hash.clone(),
        timeout: next_type.is_some().then_some(NEXT_WAY_AFTER),
        next_type,
    }
    .into()
}

fn way(world: &World, phone: &str, code: &LoginCode) -> enums::auth::SentCodeType {
    let length = i32::try_from(CODE_LENGTH).unwrap_or_default();
    let beginning = || code.code().chars().next().map(String::from);
    match code.via() {
        CodeWay::App => types::auth::SentCodeTypeApp { length }.into(),
        CodeWay::Sms => types::auth::SentCodeTypeSms { length }.into(),
        CodeWay::Call => types::auth::SentCodeTypeCall { length }.into(),
        CodeWay::FlashCall => types::auth::SentCodeTypeFlashCall {
            pattern: format!("{CALLER}*"),
        }
        .into(),
        CodeWay::MissedCall => types::auth::SentCodeTypeMissedCall {
            prefix: CALLER.to_owned(),
            length,
        }
        .into(),
        CodeWay::Email => {
            let security = world.directory.by_phone(phone).map(|it| &it.security);
            let address = security.and_then(|it| it.login_email.as_deref());
            let reset = security.and_then(|it| it.email_reset);
            types::auth::SentCodeTypeEmailCode {
                email_pattern: pattern(address.unwrap_or_default()),
                length,
                reset_available_period: reset.is_none().then_some(0),
                reset_pending_date: reset.map(date),
                ..Default::default()
            }
            .into()
        }
        CodeWay::SetUpEmail => types::auth::SentCodeTypeSetUpEmailRequired::default().into(),
        CodeWay::FragmentSms => types::auth::SentCodeTypeFragmentSms {
            url: "https://fragment.com/login".to_owned(),
            length,
        }
        .into(),
        CodeWay::FirebaseSms => types::auth::SentCodeTypeFirebaseSms {
            length,
            ..Default::default()
        }
        .into(),
        CodeWay::SmsWord => types::auth::SentCodeTypeSmsWord {
            beginning: beginning(),
        }
        .into(),
        CodeWay::SmsPhrase => types::auth::SentCodeTypeSmsPhrase {
            beginning: beginning(),
        }
        .into(),
    }
}

/// The next way as it is announced: not all have a name for that.
fn next_type(way: CodeWay) -> Option<enums::auth::CodeType> {
    match way {
        CodeWay::Sms | CodeWay::FirebaseSms | CodeWay::SmsWord | CodeWay::SmsPhrase => {
            Some(enums::auth::CodeType::Sms)
        }
        CodeWay::Call => Some(enums::auth::CodeType::Call),
        CodeWay::FlashCall => Some(enums::auth::CodeType::FlashCall),
        CodeWay::MissedCall => Some(enums::auth::CodeType::MissedCall),
        CodeWay::FragmentSms => Some(enums::auth::CodeType::FragmentSms),
        CodeWay::App | CodeWay::Email | CodeWay::SetUpEmail => None,
    }
}

/// The code as a message of the service account to the sessions that the account has.
fn send_as_message(world: &mut World, caller: &Caller, user: i64, code: &LoginCode) -> Vec<Push> {
    let text = format!(
        "Login code: {}. Do not give this code to anyone.",
        code.code()
    );
    let content = Content::Text(Text {
        text,
        ..Default::default()
    });
    let told = world.deliver(SERVICE_USER, Peer::User(user), Letter::new(content));
    let told: Vec<_> = told.into_iter().filter(|told| told.user == user).collect();
    tell(world, caller, &told)
}

pub(crate) fn check_api(api_id: i32, api_hash: &str) -> Result<(), RpcError> {
    if api_id <= 0 || api_hash.is_empty() {
        return Err(bad("API_ID_INVALID"));
    }
    Ok(())
}

pub(crate) fn phone(text: &str) -> Result<String, RpcError> {
    normal_phone(text).ok_or_else(|| not_acceptable("PHONE_NUMBER_INVALID"))
}

/// Sends the caller to where the number lives. A free number of the test scheme has its data
/// centre in it; any other free number can live wherever it asks.
pub(crate) fn at_home(world: &World, caller: &Caller, phone: &str) -> Result<(), RpcError> {
    let home = match world.directory.by_phone(phone) {
        Some(account) => Some(account.dc),
        None => test_centre(phone).filter(|dc| world.has_centre(*dc)),
    };
    match home {
        Some(dc) if dc != caller.dc => Err(migrate("PHONE", dc)),
        _ => Ok(()),
    }
}
