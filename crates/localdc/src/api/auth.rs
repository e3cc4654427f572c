//! `auth.*`: logging in and out (<https://core.telegram.org/api/auth>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Authorization, CodeFault, CodeWay, Kind, Profile, World};

use super::codes::{at_home, check_api, code_asked_for, phone};
use super::done::{Answer, Done};
use super::errors::{bad, migrate, password_needed, unregistered};
use super::login::{log_in, seen_by_itself};
use super::seam::{Caller, RpcError};
use super::srp;

/// The bytes of an exported authorization.
const EXPORT_LENGTH: usize = 128;

/// The bytes of a token for the next login.
const FUTURE_TOKEN_LENGTH: usize = 32;

/// `auth.signIn` (<https://core.telegram.org/method/auth.signIn>).
pub(crate) fn sign_in(
    world: &mut World,
    caller: &Caller,
    request: functions::auth::SignIn,
) -> Answer<enums::auth::Authorization> {
    let phone = phone(&request.phone_number)?;
    at_home(world, caller, &phone)?;
    let now = world.now();
    let given = given(world, &phone, &request);
    world
        .codes
        .check(now, &phone, &request.phone_code_hash, given.trim())
        .map_err(code_fault)?;
    let Some(account) = world.directory.by_phone(&phone) else {
        // The code stays good: the same one signs up.
        let answer: enums::auth::Authorization = types::auth::AuthorizationSignUpRequired {
            terms_of_service: Some(terms_of_service()),
        }
        .into();
        return Ok(answer.into());
    };
    let (user, has_password) = (account.id, account.password.is_some());
    world.codes.forget(&phone);
    if has_password {
        world.logins.await_password(now, caller.key_id, user);
        return Err(password_needed());
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
    let code = code_asked_for(world, &phone, &request.phone_code_hash)?;
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
    let Some(Account {
        id,
        kind: Kind::Bot { banned, .. },
        dc,
        ..
    }) = world.directory.by_token(&request.bot_auth_token)
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
    world
        .logins
        .export(world.now(), user, request.dc_id, bytes.to_vec());
    let exported: enums::auth::ExportedAuthorization = types::auth::ExportedAuthorization {
        id: user,
        bytes: bytes.to_vec(),
    }
    .into();
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
    if !world
        .logins
        .import(now, request.id, caller.dc, &request.bytes)
    {
        return Err(bad("AUTH_BYTES_INVALID"));
    }
    let hash = world.chance.number();
    let program = std::sync::Arc::clone(&caller.program);
    world.logins.sign_in(
        caller.key_id,
        Authorization::new(request.id, hash, caller.dc, now, program),
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
    let user = caller.user.and_then(|user| world.account(user));
    let user = user.filter(|user| !user.is_bot()).map(|user| user.id);
    let future_auth_token = user.map(|user| {
        let token: [u8; FUTURE_TOKEN_LENGTH] = world.chance.array();
        world.logins.promise(user, token.to_vec());
        token.to_vec()
    });
    let answer: enums::auth::LoggedOut = types::auth::LoggedOut { future_auth_token }.into();
    Ok(Done::from(answer).signing_out())
}

/// The code that is given: one from an e-mail comes in a field of its own.
fn given(world: &mut World, phone: &str, request: &functions::auth::SignIn) -> String {
    let now = world.now();
    let code = world.codes.named(now, phone, &request.phone_code_hash);
    let by_mail = code.is_some_and(|code| code.via() == CodeWay::Email);
    match (by_mail, &request.email_verification) {
        (true, Some(enums::EmailVerification::Code(given))) => given.code.clone(),
        (true, _) => String::new(),
        (false, _) => request.phone_code.clone().unwrap_or_default(),
    }
}

/// What whoever signs up has to agree to.
fn terms_of_service() -> enums::help::TermsOfService {
    types::help::TermsOfService {
        popup: true,
        id: types::DataJson {
            data: "{\"version\":1}".to_owned(),
        }
        .into(),
        text: "Nothing here is real.".to_owned(),
        entities: Vec::new(),
        min_age_confirm: Some(16),
    }
    .into()
}

fn name(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn code_fault(fault: CodeFault) -> RpcError {
    bad(match fault {
        CodeFault::Empty => "PHONE_CODE_EMPTY",
        CodeFault::Expired => "PHONE_CODE_EXPIRED",
        CodeFault::Invalid => "PHONE_CODE_INVALID",
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;

    fn code_request(phone: &str) -> functions::auth::SendCode {
        functions::auth::SendCode {
            phone_number: phone.to_owned(),
            api_id: 1,
            api_hash: "hash".to_owned(),
            ..Default::default()
        }
    }

    /// Asks for a code: its hash, and how it was sent.
    fn send(town: &mut Town, caller: &Caller, phone: &str) -> (String, enums::auth::SentCodeType) {
        let called = town.call(caller, &code_request(phone)).expect("it is sent");
        let enums::auth::SentCode::Code(sent) = called.value else {
            panic!("another answer");
        };
        (sent.phone_code_hash, sent.r#type)
    }

    fn enter(phone: &str, hash: &str, code: &str) -> functions::auth::SignIn {
        functions::auth::SignIn {
            phone_number: phone.to_owned(),
            phone_code_hash: hash.to_owned(),
            phone_code: Some(code.to_owned()),
            ..Default::default()
        }
    }

    #[test]
    fn a_code_logs_in_where_the_number_lives() {
        let mut town = Town::new();
        let user = town.user_at(2, 1, "alice", None);
        let away = town.key(5, 1);
        assert_eq!(
            town.refused(&away, &code_request("+49 123451")),
            "PHONE_MIGRATE_2"
        );
        let home = town.key(5, 2);
        let (hash, way) = send(&mut town, &home, "+49123451");
        assert!(matches!(way, enums::auth::SentCodeType::Sms(_)));
        let code = town.world.login_code("+49123451").expect("it was sent");
        let wrong = enter("49123451", &hash, "00000x");
        assert_eq!(town.refused(&home, &wrong), "PHONE_CODE_INVALID");
        assert_eq!(
            town.refused(&home, &enter("49123451", &hash, " ")),
            "PHONE_CODE_EMPTY"
        );
        assert_eq!(
            town.refused(&home, &enter("49123451", "x", &code)),
            "PHONE_CODE_EXPIRED"
        );
        let called = town
            .call(&home, &enter("49123451", &hash, &code))
            .expect("right");
        assert_eq!(called.reply.sign_in, Some(user));
        assert_eq!(town.world.user_of(5), Some(user));
        assert_eq!(
            town.refused(&home, &enter("49123451", &hash, &code)),
            "PHONE_CODE_EXPIRED"
        );
    }

    #[test]
    fn wrong_applications_and_numbers_are_refused() {
        let mut town = Town::new();
        let caller = town.key(5, 1);
        assert_eq!(
            town.refused(&caller, &code_request("12")),
            "PHONE_NUMBER_INVALID"
        );
        let nobody = functions::auth::SendCode {
            api_id: 0,
            ..code_request("+49123451")
        };
        assert_eq!(town.refused(&caller, &nobody), "API_ID_INVALID");
    }

    #[test]
    fn who_has_sessions_gets_the_code_as_a_message() {
        let mut town = Town::new();
        let user = town.user(1, "alice");
        let (first, second) = (town.key(5, 1), town.key(6, 1));
        let (hash, _) = send(&mut town, &first, "+49123451");
        let code = town.world.login_code("+49123451").expect("it was sent");
        town.call(&first, &enter("+49123451", &hash, &code))
            .expect("right");
        let called = town
            .call(&second, &code_request("+49123451"))
            .expect("sent");
        let [(to, _)] = &pushed(&called.reply.pushes)[..] else {
            panic!("one session has to be told");
        };
        assert_eq!(*to, user);
        let (hash, way) = send(&mut town, &second, "+49123451");
        assert!(matches!(way, enums::auth::SentCodeType::App(_)));
        let code = town.world.login_code("+49123451").expect("it was sent");
        let called = town
            .call(&second, &enter("+49123451", &hash, &code))
            .expect("right");
        let [(_, enums::Updates::Updates(news))] = &pushed(&called.reply.pushes)[..] else {
            panic!("the other session learns of the login");
        };
        assert_eq!(news.seq, 1);
        assert!(matches!(
            news.updates[..],
            [enums::Update::NewAuthorization(_)]
        ));
    }

    #[test]
    fn the_next_ways_come_to_an_end() {
        let mut town = Town::new();
        town.user(1, "alice");
        let caller = town.key(5, 1);
        let (hash, _) = send(&mut town, &caller, "+49123451");
        let again = functions::auth::ResendCode {
            phone_number: "+49123451".to_owned(),
            phone_code_hash: hash.clone(),
            reason: None,
        };
        town.call(&caller, &again).expect("a call");
        assert_eq!(town.refused(&caller, &again), "SEND_CODE_UNAVAILABLE");
        let cancel = functions::auth::CancelCode {
            phone_number: "+49123451".to_owned(),
            phone_code_hash: hash,
        };
        assert!(town.call(&caller, &cancel).expect("cancelled").value);
        assert_eq!(town.refused(&caller, &cancel), "PHONE_CODE_EXPIRED");
    }

    #[test]
    fn a_new_number_signs_up_with_its_code() {
        let mut town = Town::new();
        let caller = town.key(5, 2);
        let phone = "9996621234";
        assert_eq!(
            town.refused(&town.key(5, 1), &code_request(phone)),
            "PHONE_MIGRATE_2"
        );
        let (hash, _) = send(&mut town, &caller, phone);
        let mut request = functions::auth::SignUp {
            phone_number: phone.to_owned(),
            phone_code_hash: hash.clone(),
            first_name: " ".to_owned(),
            ..Default::default()
        };
        assert_eq!(town.refused(&caller, &request), "PHONE_CODE_INVALID");
        let called = town
            .call(&caller, &enter(phone, &hash, "22222"))
            .expect("right");
        assert!(matches!(
            called.value,
            enums::auth::Authorization::SignUpRequired(_)
        ));
        assert_eq!(called.reply.sign_in, None);
        assert_eq!(town.refused(&caller, &request), "FIRSTNAME_INVALID");
        request.first_name = "Bob".to_owned();
        let called = town.call(&caller, &request).expect("signed up");
        let user = called.reply.sign_in.expect("and logged in");
        assert_eq!(town.world.account(user).map(|account| account.dc), Some(2));
        assert_eq!(town.refused(&caller, &request), "PHONE_NUMBER_OCCUPIED");
    }

    #[test]
    fn bots_log_in_with_their_token() {
        let mut town = Town::new();
        let bot = town.bot("42:good", "good_bot");
        let mut request = functions::auth::ImportBotAuthorization {
            flags: 0,
            api_id: 1,
            api_hash: "hash".to_owned(),
            bot_auth_token: "42:bad".to_owned(),
        };
        let (home, away) = (town.key(5, 1), town.key(6, 2));
        assert_eq!(town.refused(&home, &request), "ACCESS_TOKEN_INVALID");
        request.bot_auth_token = "42:good".to_owned();
        assert_eq!(town.refused(&away, &request), "USER_MIGRATE_1");
        let called = town.call(&home, &request).expect("good");
        assert_eq!((called.reply.sign_in, bot), (Some(42), 42));
        assert!(town.world.ban_token("42:good", true));
        assert_eq!(town.refused(&home, &request), "ACCESS_TOKEN_EXPIRED");
        assert!(!town.world.ban_token("42:bad", true));
    }

    #[test]
    fn a_login_is_carried_over_once() {
        let mut town = Town::new();
        let user = town.user(1, "alice");
        let caller = town.caller(user);
        let export = |dc_id| functions::auth::ExportAuthorization { dc_id };
        assert_eq!(town.refused(&caller, &export(1)), "DC_ID_INVALID");
        assert_eq!(town.refused(&caller, &export(3)), "DC_ID_INVALID");
        let called = town.call(&caller, &export(2)).expect("exported");
        let enums::auth::ExportedAuthorization::Authorization(out) = called.value;
        let import = functions::auth::ImportAuthorization {
            id: out.id,
            bytes: out.bytes,
        };
        let (here, there) = (town.key(7, 1), town.key(7, 2));
        assert_eq!(town.refused(&here, &import), "AUTH_BYTES_INVALID");
        assert_eq!(
            town.call(&there, &import).expect("good").reply.sign_in,
            Some(user)
        );
        assert_eq!(town.refused(&there, &import), "AUTH_BYTES_INVALID");
    }

    #[test]
    fn other_logins_end_together_or_alone() {
        let mut town = Town::new();
        let user = town.user(1, "alice");
        for key in [5, 6, 7] {
            let caller = town.key(key, 1);
            log_in(&mut town.world, &caller, user).ok();
        }
        let caller = town.key(6, 1);
        let called = town
            .call(&caller, &functions::account::GetAuthorizations {})
            .expect("listed");
        let enums::account::Authorizations::Authorizations(list) = called.value;
        let hash = list.authorizations.iter().find_map(|login| match login {
            enums::Authorization::Authorization(login) if !login.current => Some(login.hash),
            _ => None,
        });
        let request = functions::account::ResetAuthorization {
            hash: hash.expect("others"),
        };
        assert_eq!(
            town.call(&caller, &request).expect("ended").reply.revoked,
            [5]
        );
        assert_eq!(town.refused(&caller, &request), "HASH_INVALID");
        let all = functions::auth::ResetAuthorizations {};
        assert_eq!(town.call(&caller, &all).expect("ended").reply.revoked, [7]);
        let called = town
            .call(&caller, &functions::auth::LogOut {})
            .expect("out");
        assert!(called.reply.sign_out);
        assert_eq!(town.world.user_of(6), None);
    }
}
