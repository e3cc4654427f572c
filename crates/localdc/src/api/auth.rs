//! `auth.*`: logging in and out (<https://core.telegram.org/api/auth>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{
    Account, Authorization, CODE_LENGTH, CodeFault, Content, Kind, Letter, LoginCode, Peer, Profile,
    SERVICE_USER, Text, Via, World, normal_phone, test_centre,
};

use super::done::{Answer, Done};
use super::errors::{bad, migrate, not_acceptable, unregistered};
use super::login::{log_in, seen_by_itself};
use super::push::tell;
use super::seam::{Caller, Push, RpcError};
use super::srp;

/// The bytes of an exported authorization.
const EXPORT_LENGTH: usize = 128;

/// After so many seconds without the code, clients offer the next way.
const NEXT_WAY_AFTER: i32 = 60;

/// `auth.sendCode` (<https://core.telegram.org/method/auth.sendCode>).
pub(crate) fn send_code(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::SendCode,
) -> Answer<enums::auth::SentCode> {
    check_api(request.api_id, &request.api_hash)?;
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    let owner = world.directory.by_phone(&phone).map(|account| account.id);
    let has_sessions = owner.is_some_and(|user| !world.logins.of(user).is_empty());
    let via = if has_sessions { Via::App } else { Via::Sms };
    let code = world.codes.issue(world.now(), &phone, via, &mut world.chance);
    let pushes = match owner {
        Some(user) if has_sessions => send_as_message(world, caller, user, &code),
        _ => Vec::new(),
    };
    Ok(Done::from(sent_code(&code)).pushing(pushes))
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
    let now = world.now();
    let code = world
        .codes
        .named(now, &phone, &request.phone_code_hash)
        .ok_or_else(|| bad("PHONE_CODE_EXPIRED"))?;
    code.via = match code.via {
        Via::App => Via::Sms,
        Via::Sms => Via::Call,
        Via::Call => return Err(not_acceptable("SEND_CODE_UNAVAILABLE")),
    };
    Ok(sent_code(code).into())
}

/// `auth.cancelCode` (<https://core.telegram.org/method/auth.cancelCode>).
pub(crate) fn cancel_code(
    world: &mut World,
    _: &Caller,
    request: functions::auth::CancelCode,
) -> Answer<bool> {
    let phone = phone(&request.phone_number)?;
    let now = world.now();
    world
        .codes
        .named(now, &phone, &request.phone_code_hash)
        .ok_or_else(|| bad("PHONE_CODE_EXPIRED"))?;
    Ok(world.codes.forget(&phone).into())
}

/// `auth.signIn` (<https://core.telegram.org/method/auth.signIn>).
pub(crate) fn sign_in(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::SignIn,
) -> Answer<enums::auth::Authorization> {
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    let given = request.phone_code.unwrap_or_default();
    let now = world.now();
    world
        .codes
        .check(now, &phone, &request.phone_code_hash, given.trim())
        .map_err(code_fault)?;
    let Some(account) = world.directory.by_phone(&phone) else {
        // The code stays good: the same one signs up.
        let answer: enums::auth::Authorization =
            types::auth::AuthorizationSignUpRequired::default().into();
        return Ok(answer.into());
    };
    let (user, has_password) = (account.id, account.password.is_some());
    world.codes.forget(&phone);
    if has_password {
        world.logins.await_password(now, caller.key_id, user);
        return Err(RpcError::new(401, "SESSION_PASSWORD_NEEDED"));
    }
    log_in(world, caller, user)
}

/// `auth.signUp` (<https://core.telegram.org/method/auth.signUp>): for a number whose code was
/// given right.
pub(crate) fn sign_up(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::SignUp,
) -> Answer<enums::auth::Authorization> {
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    if world.directory.by_phone(&phone).is_some() {
        return Err(bad("PHONE_NUMBER_OCCUPIED"));
    }
    let now = world.now();
    let code = world
        .codes
        .named(now, &phone, &request.phone_code_hash)
        .ok_or_else(|| bad("PHONE_CODE_EXPIRED"))?;
    if !code.proven {
        return Err(bad("PHONE_CODE_INVALID"));
    }
    let first_name = name(&request.first_name).ok_or_else(|| bad("FIRSTNAME_INVALID"))?;
    world.codes.forget(&phone);
    let user = world
        .add_account(Profile {
            kind: Kind::User { phone },
            first_name,
            last_name: name(&request.last_name),
            username: None,
            dc: caller.dc,
        })
        .map_err(|_| bad("PHONE_NUMBER_OCCUPIED"))?;
    log_in(world, caller, user)
}

/// `auth.checkPassword` (<https://core.telegram.org/method/auth.checkPassword>).
pub(crate) fn check_password(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::CheckPassword,
) -> Answer<enums::auth::Authorization> {
    let user = world
        .logins
        .awaited(world.now(), caller.key_id)
        .or(caller.user)
        .ok_or_else(unregistered)?;
    srp::check(world, caller, user, &request.password)?;
    log_in(world, caller, user)
}

/// `auth.importBotAuthorization`
/// (<https://core.telegram.org/method/auth.importBotAuthorization>).
pub(crate) fn import_bot_authorization(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ImportBotAuthorization,
) -> Answer<enums::auth::Authorization> {
    check_api(request.api_id, &request.api_hash)?;
    let Some(Account { id, kind: Kind::Bot { banned, .. }, dc, .. }) =
        world.directory.by_token(&request.bot_auth_token)
    else {
        return Err(bad("ACCESS_TOKEN_INVALID"));
    };
    let (user, banned, dc) = (*id, *banned, *dc);
    if banned {
        return Err(bad("ACCESS_TOKEN_EXPIRED"));
    }
    if dc != caller.dc {
        return Err(migrate("USER", dc));
    }
    log_in(world, caller, user)
}

/// `auth.exportAuthorization` (<https://core.telegram.org/method/auth.exportAuthorization>).
pub(crate) fn export_authorization(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ExportAuthorization,
) -> Answer<enums::auth::ExportedAuthorization> {
    let user = caller.user.ok_or_else(unregistered)?;
    if request.dc_id == caller.dc || !world.has_centre(request.dc_id) {
        return Err(bad("DC_ID_INVALID"));
    }
    let bytes: [u8; EXPORT_LENGTH] = world.chance.array();
    world.logins.export(world.now(), user, request.dc_id, bytes.to_vec());
    let exported: enums::auth::ExportedAuthorization =
        types::auth::ExportedAuthorization { id: user, bytes: bytes.to_vec() }.into();
    Ok(exported.into())
}

/// `auth.importAuthorization` (<https://core.telegram.org/method/auth.importAuthorization>): the
/// bytes are good once, in the data centre they were made for.
pub(crate) fn import_authorization(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::ImportAuthorization,
) -> Answer<enums::auth::Authorization> {
    let now = world.now();
    if !world.logins.import(now, request.id, caller.dc, &request.bytes) {
        return Err(bad("AUTH_BYTES_INVALID"));
    }
    let hash = world.chance.number();
    world.logins.sign_in(
        caller.key_id,
        Authorization {
            user: request.id,
            hash,
            dc: caller.dc,
            created: now,
            api_id: caller.api_id,
        },
    );
    Ok(Done::from(seen_by_itself(world, request.id)).signing_in(request.id))
}

/// `auth.logOut` (<https://core.telegram.org/method/auth.logOut>).
pub(crate) fn log_out(
    world: &mut World,
    caller: &Caller,
    _: functions::auth::LogOut,
) -> Answer<enums::auth::LoggedOut> {
    world.logins.sign_out(caller.key_id);
    let answer: enums::auth::LoggedOut = types::auth::LoggedOut::default().into();
    Ok(Done::from(answer).signing_out())
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

fn check_api(api_id: i32, api_hash: &str) -> Result<(), RpcError> {
    if api_id <= 0 || api_hash.is_empty() {
        return Err(bad("API_ID_INVALID"));
    }
    Ok(())
}

fn phone(text: &str) -> Result<String, RpcError> {
    normal_phone(text).ok_or_else(|| not_acceptable("PHONE_NUMBER_INVALID"))
}

fn name(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Sends the caller to where the number lives. A free number of the test scheme has its data
/// centre in it; any other free number can live wherever it asks.
fn at_home(world: &World, caller: &Caller, phone: &str) -> Result<(), RpcError> {
    let home = match world.directory.by_phone(phone) {
        Some(account) => Some(account.dc),
        None => test_centre(phone).filter(|dc| world.has_centre(*dc)),
    };
    match home {
        Some(dc) if dc != caller.dc => Err(migrate("PHONE", dc)),
        _ => Ok(()),
    }
}

fn code_fault(fault: CodeFault) -> RpcError {
    bad(match fault {
        CodeFault::Empty => "PHONE_CODE_EMPTY",
        CodeFault::Expired => "PHONE_CODE_EXPIRED",
        CodeFault::Invalid => "PHONE_CODE_INVALID",
    })
}

fn sent_code(code: &LoginCode) -> enums::auth::SentCode {
    let length = i32::try_from(CODE_LENGTH).unwrap_or_default();
    let (way, next) = match code.via {
        Via::App => {
            (types::auth::SentCodeTypeApp { length }.into(), Some(enums::auth::CodeType::Sms))
        }
        Via::Sms => {
            (types::auth::SentCodeTypeSms { length }.into(), Some(enums::auth::CodeType::Call))
        }
        Via::Call => (types::auth::SentCodeTypeCall { length }.into(), None),
    };
    types::auth::SentCode {
        r#type: way,
        phone_code_hash: code.hash.clone(),
        timeout: next.is_some().then_some(NEXT_WAY_AFTER),
        next_type: next,
    }
    .into()
}

/// The code as a message of the service account to the sessions that the account has.
fn send_as_message(
    world: &mut World,
    caller: &Caller,
    user: i64,
    code: &LoginCode,
) -> Vec<Push> {
    let text = format!("Login code: {}. Do not give this code to anyone.", code.code);
    let content = Content::Text(Text { text, ..Default::default() });
    let told = world.deliver(SERVICE_USER, Peer::User(user), Letter::service(content));
    let told: Vec<_> = told.into_iter().filter(|told| told.user == user).collect();
    tell(world, caller, &told)
}
