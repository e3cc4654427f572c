//! Login codes: the ways they come, and what a login under way goes through.
use std::time::Duration;

use ferogram_sync::{
    AccountTrouble, Client, CodeType, EmailReset, LoginToken, NextCodeType, PasswordToken,
    SendCodeOptions, SendCodeOutcome, SignInError,
};
use localdc::{CodeWay, LocalDc, NewUser, Standing};

const PHONE: &str = "+49301234567";

fn town(ways: &[CodeWay]) -> (LocalDc, Client, i64) {
    let dc = LocalDc::start().expect("it listens");
    let user = dc.add_user(NewUser::new(PHONE, "Ann"));
    if !ways.is_empty() {
        dc.send_codes_by(PHONE, ways);
    }
    let client = dc.client_builder().connect().expect("it starts");
    (dc, client, user)
}

fn code(dc: &LocalDc) -> String {
    dc.login_code(PHONE).expect("a code was sent")
}

/// What a code of this way is told to look like.
fn looks_right(way: CodeWay, told: &CodeType) -> bool {
    match (way, told) {
        (CodeWay::App, CodeType::App { length: 5 })
        | (CodeWay::Sms, CodeType::Sms { length: 5 })
        | (CodeWay::Call, CodeType::Call { length: 5 })
        | (CodeWay::FirebaseSms, CodeType::FirebaseSms { length: 5 })
        | (CodeWay::SetUpEmail, CodeType::SetUpEmail) => true,
        (CodeWay::FlashCall, CodeType::FlashCall { pattern }) => pattern == "4670000*",
        (CodeWay::MissedCall, CodeType::MissedCall { prefix, length: 5 }) => prefix == "4670000",
        (CodeWay::Email, CodeType::Email { pattern, .. }) => pattern == "a***@example.org",
        (CodeWay::FragmentSms, CodeType::FragmentSms { url, length: 5 }) => {
            url.starts_with("https://fragment.com/")
        }
        (CodeWay::SmsWord, CodeType::SmsWord { beginning })
        | (CodeWay::SmsPhrase, CodeType::SmsPhrase { beginning }) => {
            beginning.as_ref().is_some_and(|it| it.len() == 1)
        }
        _ => false,
    }
}

#[test]
fn a_code_comes_in_every_way_and_signs_in() {
    for way in [
        CodeWay::App,
        CodeWay::Sms,
        CodeWay::Call,
        CodeWay::FlashCall,
        CodeWay::MissedCall,
        CodeWay::Email,
        CodeWay::FragmentSms,
        CodeWay::FirebaseSms,
        CodeWay::SmsWord,
        CodeWay::SmsPhrase,
    ] {
        let (dc, client, user) = town(&[way]);
        dc.set_login_email(user, Some("ann@example.org"));
        let token = client.request_login_code(PHONE).expect("it exists");
        assert!(looks_right(way, token.code_type()), "{way:?}: {token:?}");
        assert_eq!((token.next_type(), token.timeout()), (None, None));
        let error = client.sign_in(&token, "wrong").expect_err("another one");
        assert!(
            matches!(error, SignInError::InvalidCode),
            "{way:?}: {error}"
        );
        let typed = format!(" {}\n", code(&dc).to_uppercase());
        let me = client.sign_in(&token, &typed);
        assert_eq!(me.expect("the right one").id(), user, "{way:?}");
    }
}

#[test]
fn a_code_is_sent_again_another_way_until_there_is_none() {
    let ways = [
        CodeWay::App,
        CodeWay::MissedCall,
        CodeWay::FlashCall,
        CodeWay::FragmentSms,
        CodeWay::Call,
        CodeWay::SmsWord,
    ];
    let next = [
        NextCodeType::MissedCall,
        NextCodeType::FlashCall,
        NextCodeType::FragmentSms,
        NextCodeType::Call,
        NextCodeType::Sms,
    ];
    let (dc, client, _) = town(&ways);
    let mut token = client.request_login_code(PHONE).expect("it exists");
    client
        .report_missing_code(&token, "01")
        .expect("it is noted");
    for (way, next) in ways.into_iter().zip(next) {
        assert!(looks_right(way, token.code_type()), "{token:?}");
        assert_eq!(token.next_type(), Some(next));
        assert_eq!(token.timeout(), Some(Duration::from_secs(60)));
        token = client.resend_code(&token, None).expect("another way");
    }
    let error = client.resend_code(&token, None).expect_err("no other way");
    assert!(error.is("SEND_CODE_UNAVAILABLE"), "{error}");
    client.sign_in(&token, &code(&dc)).expect("the last one");
}

#[test]
fn a_code_is_taken_back_or_grows_old() {
    let (dc, client, _) = town(&[]);
    let token = client.request_login_code(PHONE).expect("it exists");
    let sent = code(&dc);
    client.cancel_code(&token).expect("it was on its way");
    let error = client.sign_in(&token, &sent).expect_err("taken back");
    assert!(matches!(error, SignInError::CodeExpired), "{error}");
    let token = client.request_login_code(PHONE).expect("it exists");
    let sent = code(&dc);
    dc.set_clock_shift(3600);
    let error = client.sign_in(&token, &sent).expect_err("too old");
    assert!(matches!(error, SignInError::CodeExpired), "{error}");
}

#[test]
fn a_code_that_was_let_out_of_hand_is_made_void() {
    let (dc, client, _) = town(&[]);
    let token = client.request_login_code(PHONE).expect("it exists");
    client
        .sign_in(&token, &code(&dc))
        .expect("the code is right");
    let other = dc.client_builder().connect().expect("it starts");
    let token = other.request_login_code(PHONE).expect("it exists");
    let sent = code(&dc);
    client.invalidate_sign_in_codes(["1"]).expect("it is noted");
    assert_eq!(code(&dc), sent, "that was another one");
    client
        .invalidate_sign_in_codes([sent.as_str()])
        .expect("it is noted");
    let error = other.sign_in(&token, &sent).expect_err("void");
    assert!(matches!(error, SignInError::CodeExpired), "{error}");
}

#[test]
fn another_process_goes_on_with_a_login() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann").password("open sesame").dc(2));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("login.session");
    let open = || {
        let builder = dc.client_builder().first_dc(1).session(&path);
        builder.connect().expect("it starts")
    };
    let first = open();
    let token = first.request_login_code(PHONE).expect("it exists");
    let text = token.encode();
    let hidden = format!("{token:?} {text:?}");
    assert!(!hidden.contains(text.expose()) && !hidden.contains("4930"));
    drop(first);

    let second = open();
    let token = LoginToken::decode(text.expose()).expect("it was written");
    assert_eq!(token.phone(), "49301234567");
    let Err(SignInError::PasswordRequired(token)) = second.sign_in(&token, &code(&dc)) else {
        panic!("the account has a password");
    };
    let text = token.encode();
    drop(second);

    let third = open();
    let token = PasswordToken::decode(text.expose()).expect("it was written");
    let wrong = third.check_password(token, "sesame").expect_err("not it");
    assert!(matches!(wrong, SignInError::InvalidPassword(_)), "{wrong}");
    // Whoever has lost the token asks for another one.
    let token = third.password_token().expect("the code was right");
    let me = third.check_password(token, "open sesame");
    assert_eq!(me.expect("that was it").full_name(), "Ann");
    let error = LoginToken::decode(text.expose()).expect_err("that is the other kind");
    assert!(error.to_string().contains("begin the login anew"));
}

#[test]
fn who_signed_out_is_signed_in_again_without_a_code() {
    let (dc, client, user) = town(&[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("again.session");
    let open = || {
        dc.client_builder()
            .session(&path)
            .connect()
            .expect("starts")
    };
    drop(client);
    let client = open();
    let sign_in = |client: &Client, phone: &str| {
        let token = client.request_login_code(phone).expect("it exists");
        let code = dc.login_code(phone).expect("a code was sent");
        client.sign_in(&token, &code).expect("the code is right")
    };
    sign_in(&client, PHONE);
    client.sign_out().expect("she was signed in");
    // Somebody else's login in between takes nothing of it.
    let other = "+49307654321";
    dc.add_user(NewUser::new(other, "Bob"));
    sign_in(&client, other);
    drop(client);
    let client = open();
    client.sign_out().expect("he was signed in");

    let again = |phone: &str| client.request_login_code_with_options(phone, SendCodeOptions::new());
    match again(PHONE).expect("it exists") {
        SendCodeOutcome::SignedIn(me) => assert_eq!(me.id(), user),
        other => panic!("{other:?}: a token was kept"),
    }
    assert_eq!(client.my_id(), Some(user));
    client.sign_out().expect("she was signed in");
    dc.set_password(user, Some("open sesame"));
    let Err(SignInError::PasswordRequired(token)) = again(PHONE) else {
        panic!("the account has a password now");
    };
    let me = client.check_password(*token, "open sesame");
    assert_eq!(me.expect("that was it").id(), user);
    // The token is used up, and the session was not ended by signing out.
    match again(PHONE).expect("it exists") {
        SendCodeOutcome::Code(_) => {}
        other => panic!("{other:?}: it was good once"),
    }
    let always = SendCodeOptions::new().always_code(true);
    match client.request_login_code_with_options(other, always) {
        Ok(SendCodeOutcome::Code(_)) => {}
        other => panic!("{other:?}: a code was wanted"),
    }
}

#[test]
fn a_login_email_is_set_up_used_changed_and_given_up() {
    let (dc, client, _) = town(&[CodeWay::SetUpEmail, CodeWay::Sms]);
    let token = client.request_login_code(PHONE).expect("it exists");
    let error = client.sign_in(&token, "12345").expect_err("no code yet");
    assert!(matches!(error, SignInError::EmailRequired), "{error}");
    let error = client.send_login_email_code(&token, "nobody");
    assert!(error.expect_err("no address").is("EMAIL_INVALID"));
    let sent = client.send_login_email_code(&token, " ann@example.org\n");
    assert_eq!(sent.expect("it is one").length, 6);
    let mailed = dc.mailed_code("ann@example.org").expect("it was sent");
    let error = client.verify_login_email(&token, "x").expect_err("wrong");
    assert!(matches!(error, SignInError::InvalidCode), "{error}");
    let token = client.verify_login_email(&token, &mailed).expect("right");
    client
        .sign_in(&token, &code(&dc))
        .expect("the code is right");

    client
        .change_login_email("lee@example.org")
        .expect("she has one");
    let mailed = dc.mailed_code("lee@example.org").expect("it was sent");
    client.confirm_login_email(&mailed).expect("right");
    let state = client.password_state().expect("told");
    assert_eq!(state.login_email(), Some("l***@example.org"));
    client.sign_out().expect("she was signed in");

    dc.send_codes_by(PHONE, &[CodeWay::Email, CodeWay::Sms]);
    let token = client.request_login_code(PHONE).expect("it exists");
    let CodeType::Email { pattern, reset, .. } = token.code_type() else {
        panic!("{token:?}: she has a login e-mail");
    };
    assert_eq!(pattern, "l***@example.org");
    assert_eq!(*reset, EmailReset::After(Duration::ZERO));
    let token = client.reset_login_email(&token).expect("she has one");
    let CodeType::Email { reset, .. } = token.code_type() else {
        panic!("{token:?}: for now it stays");
    };
    assert!(matches!(reset, EmailReset::Pending(_)), "{token:?}");
    let error = client.reset_login_email(&token).expect_err("twice");
    assert!(error.is("TASK_ALREADY_EXISTS"), "{error}");
}

#[test]
fn what_has_become_of_an_account_is_told_apart() {
    let (dc, client, user) = town(&[]);
    let token = client.request_login_code(PHONE).expect("it exists");
    client
        .sign_in(&token, &code(&dc))
        .expect("the code is right");
    let trouble = |standing| {
        dc.set_standing(user, standing);
        let sent = client.send_message("me", "Hello");
        sent.err().and_then(|error| error.account_trouble())
    };
    assert_eq!(trouble(Standing::Good), None);
    assert_eq!(trouble(Standing::Frozen), Some(AccountTrouble::Frozen));
    assert!(client.get_me().is_ok(), "it may still read");
    assert_eq!(trouble(Standing::Deleted), Some(AccountTrouble::Deleted));
    assert_eq!(trouble(Standing::Banned), Some(AccountTrouble::Banned));
    let other = dc.client_builder().connect().expect("it starts");
    let error = other.request_login_code(PHONE).expect_err("banned");
    assert_eq!(error.account_trouble(), Some(AccountTrouble::Banned));
}
