//! Signing in and out, against the local data centre.
use ferogram_sync::{Client, Delivery, Error, SignInError};
use localdc::{Effect, LocalDc, NewBot, NewUser, Rule};

const TOKEN: &str = "1000001:sign-in-test";
const PHONE: &str = "+9996621111";

fn client(dc: &LocalDc) -> Client {
    dc.client_builder().connect().expect("it starts")
}

#[test]
fn a_bot_signs_in_with_its_token() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_bot(NewBot::new(TOKEN, "sign_in_bot"));
    let client = client(&dc);
    assert!(!client.is_authorized().expect("the server answers"));
    let bot = client.bot_sign_in(TOKEN).expect("the token is right");
    assert_eq!(
        (bot.id(), bot.username(), bot.is_bot()),
        (id, Some("sign_in_bot"), true)
    );
    assert!(client.is_authorized().expect("the server answers"));
    let me = client.get_me().expect("it is signed in");
    assert_eq!(me.id(), id);
}

#[test]
fn what_cannot_be_a_token_is_refused_without_the_network() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_bot(NewBot::new(TOKEN, "sign_in_bot"));
    let client = client(&dc);
    let error = client
        .bot_sign_in("123456 hunter2")
        .expect_err("no such thing");
    assert!(matches!(error, Error::BotToken(_)), "{error}");
    assert_eq!(error.delivery(), Some(Delivery::NotSent));
    assert!(!error.to_string().contains("hunter2"), "{error}");
    let method = "auth.importBotAuthorization";
    assert_eq!(dc.executed(method), 0);
    let bot = client
        .bot_sign_in(&format!(" {TOKEN}\n"))
        .expect("the token is right");
    assert_eq!((bot.id(), dc.executed(method)), (id, 1));
}

#[test]
fn wrong_and_banned_tokens_are_refused_by_name() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "sign_in_bot"));
    let client = client(&dc);
    let error = client.bot_sign_in("1:wrong").expect_err("no such bot");
    assert!(error.is("ACCESS_TOKEN_INVALID"), "{error}");
    assert!(dc.ban_token(TOKEN, true));
    let error = client.bot_sign_in(TOKEN).expect_err("it is banned");
    assert!(error.is("ACCESS_TOKEN_EXPIRED"), "{error}");
    assert!(!client.is_authorized().expect("the server answers"));
}

#[test]
fn a_user_signs_in_with_a_code_at_the_second_try() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new(PHONE, "Ann"));
    let client = client(&dc);
    let token = client.request_login_code(PHONE).expect("the number exists");
    let code = dc.login_code(PHONE).expect("a code was sent");
    let wrong = if code == "00000" { "11111" } else { "00000" };
    let error = client.sign_in(&token, wrong).expect_err("that was not it");
    assert!(matches!(error, SignInError::InvalidCode), "{error}");
    let user = client.sign_in(&token, &code).expect("that was it");
    assert_eq!((user.id(), user.full_name().as_str()), (id, "Ann"));
}

#[test]
fn a_password_is_asked_for_and_checked() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann").password("open sesame"));
    let client = client(&dc);
    let token = client.request_login_code(PHONE).expect("the number exists");
    let code = dc.login_code(PHONE).expect("a code was sent");
    let Err(SignInError::PasswordRequired(password)) = client.sign_in(&token, &code) else {
        panic!("the account has a password");
    };
    let shown = format!("{password:?}");
    assert!(!shown.contains("srp"), "{shown}");
    let Err(SignInError::InvalidPassword(password)) = client.check_password(*password, "sesame")
    else {
        panic!("that was not the password");
    };
    assert!(!client.is_authorized().expect("the server answers"));
    let user = client
        .check_password(*password, "open sesame")
        .expect("that was it");
    assert_eq!(user.full_name(), "Ann");
    assert!(client.is_authorized().expect("the server answers"));
}

#[test]
fn an_unknown_number_has_to_sign_up() {
    let dc = LocalDc::start().expect("it listens");
    let client = client(&dc);
    let phone = "+9996625555";
    let token = client
        .request_login_code(phone)
        .expect("any number gets a code");
    let code = dc.login_code(phone).expect("a code was sent");
    let error = client.sign_in(&token, &code).expect_err("nobody has it");
    let SignInError::SignUpRequired(Some(terms)) = error else {
        panic!("{error}");
    };
    assert_eq!(
        (terms.text().is_empty(), terms.min_age()),
        (false, Some(16))
    );
    let error = client.sign_up(&token, " ", "Lee").expect_err("no name");
    assert!(matches!(error, SignInError::Other(it) if it.is("FIRSTNAME_INVALID")));
    let me = client.sign_up(&token, "Ann", "Lee").expect("a new one");
    assert_eq!(me.full_name(), "Ann Lee");
    client.accept_terms(&terms).expect("agreed");
    assert_eq!(client.get_me().expect("signed in").id(), me.id());
    let error = client
        .request_login_code("12")
        .expect_err("that is no number");
    assert!(error.is("PHONE_NUMBER_INVALID"), "{error}");
}

#[test]
fn signing_out_ends_the_login_and_the_session_can_sign_in_again() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "sign_in_bot"));
    let client = client(&dc);
    client.bot_sign_in(TOKEN).expect("the token is right");
    client.sign_out().expect("it was signed in");
    assert!(!client.is_authorized().expect("the server answers"));
    let error = client.get_me().expect_err("nobody is signed in");
    assert!(error.is("AUTH_KEY_UNREGISTERED"), "{error}");
    client.sign_out().expect("signing out twice is no error");
    client.bot_sign_in(TOKEN).expect("the same token, again");
}

#[test]
fn an_account_that_lives_elsewhere_is_followed() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann").dc(2));
    dc.add_bot(NewBot::new(TOKEN, "sign_in_bot").dc(2));
    let user = dc
        .client_builder()
        .first_dc(1)
        .connect()
        .expect("it starts");
    let token = user.request_login_code(PHONE).expect("followed to DC 2");
    let code = dc.login_code(PHONE).expect("a code was sent");
    user.sign_in(&token, &code).expect("signed in at DC 2");
    assert_eq!(user.get_me().expect("signed in").full_name(), "Ann");

    let bot = dc
        .client_builder()
        .first_dc(1)
        .connect()
        .expect("it starts");
    bot.bot_sign_in(TOKEN).expect("followed to DC 2");
    assert!(bot.is_authorized().expect("the server answers"));
}

#[test]
fn a_restart_with_the_same_session_is_signed_in() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "sign_in_bot").dc(2));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let first = dc
        .client_builder()
        .session(&path)
        .connect()
        .expect("it starts");
    first.bot_sign_in(TOKEN).expect("the token is right");
    drop(first);
    let keys = dc.keys();
    let second = dc
        .client_builder()
        .session(&path)
        .connect()
        .expect("it starts");
    assert_eq!(
        second.get_me().expect("still signed in").username(),
        Some("sign_in_bot")
    );
    assert_eq!(dc.keys(), keys, "the key of the first run serves");
}

#[test]
fn missing_api_id_is_said_before_anything_is_sent() {
    let error = Client::builder()
        .in_memory()
        .connect()
        .expect_err("no api id");
    assert!(matches!(error, Error::Config(_)), "{error}");
    assert!(error.to_string().contains("my.telegram.org"), "{error}");
}

#[test]
fn a_login_that_the_server_has_dropped_is_begun_anew_once() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann"));
    let client = client(&dc);
    let drop_logins = |code, name: &str, times| {
        let rule = Rule::new(Effect::error(code, name)).method("auth.sendCode");
        dc.faults().add(rule.times(times))
    };
    for (code, name) in [(500, "AUTH_RESTART"), (400, "AUTH_RESTART_2")] {
        drop_logins(code, name, 1);
        let token = client.request_login_code(PHONE).expect("at the second try");
        let code = dc.login_code(PHONE).expect("a code was sent");
        client.sign_in(&token, &code).expect("the code is right");
        client.sign_out().expect("it was signed in");
    }
    assert_eq!(dc.executed("auth.sendCode"), 2);
    let twice = drop_logins(500, "AUTH_RESTART", 3);
    let error = client.request_login_code(PHONE).expect_err("not for ever");
    assert!(error.is("AUTH_RESTART"), "{error}");
    assert_eq!(dc.faults().fired(twice), 2);
}

#[test]
fn a_code_whose_sending_failed_inside_is_not_sent_twice() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann"));
    let failing = Rule::new(Effect::internal(500, true)).method("auth.sendCode");
    dc.faults().add(failing);
    let error = client(&dc).request_login_code(PHONE);
    let error = error.expect_err("it failed inside");
    assert_eq!(error.delivery(), Some(Delivery::Unknown));
    assert_eq!(dc.executed("auth.sendCode"), 1);
}

#[test]
fn what_is_typed_may_have_blanks_around_it_and_codes_hyphens_in_them() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new(PHONE, "Ann").password(" open sesame "));
    dc.add_bot(NewBot::new(TOKEN, "sign_in_bot"));
    for phone in [
        format!(" {PHONE}\n"),
        format!("{PHONE}\r\n"),
        "\t+999 (66) 21-11.1\u{a0}".to_owned(),
        PHONE.trim_start_matches('+').to_owned(),
    ] {
        let client = client(&dc);
        let token = client.request_login_code(&phone).expect("it exists");
        let code = dc.login_code(PHONE).expect("a code was sent");
        let typed: Vec<String> = code.chars().map(String::from).collect();
        let typed = format!(" {}\n", typed.join("-"));
        let Err(SignInError::PasswordRequired(token)) = client.sign_in(&token, &typed) else {
            panic!("{phone:?}: the account has a password")
        };
        // Of a password, blanks are a part.
        let Err(SignInError::InvalidPassword(token)) = client.check_password(*token, "open sesame")
        else {
            panic!("that was not the password")
        };
        let user = client
            .check_password(*token, " open sesame ")
            .expect("that was it");
        assert_eq!(user.id(), id, "{phone:?}");
    }
    let hash = dc.client_builder().api_hash(" local\n");
    let bot = hash.connect().expect("it starts");
    bot.bot_sign_in(&format!("{TOKEN}\r\n"))
        .expect("the token is right");
    let blank = Client::builder().api_id(1).api_hash(" \n").in_memory();
    let error = blank.connect().expect_err("no api hash");
    assert!(matches!(error, Error::Config(_)), "{error}");
}
