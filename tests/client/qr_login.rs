//! Logins that another session allows: QR codes, and tokens from the web.
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ferogram_sync::{AccountError, Cause, Client, Error, QrCode, SignInError};
use localdc::{Effect, LocalDc, NewUser, Rule};

const PHONE: &str = "+49301234567";

fn connect(dc: &LocalDc, first: i32) -> Client {
    let builder = dc.client_builder().first_dc(first);
    builder.connect().expect("it starts")
}

/// A session of the account, as a phone has one.
fn phone_of(dc: &LocalDc, account: i64) -> Client {
    let builder = dc.client_builder().session(dc.session_of(account));
    builder.connect().expect("it starts")
}

fn accept(phone: &Client, code: &QrCode) {
    let session = phone.accept_login_token(&code.link()).expect("it is good");
    assert!(!session.is_current());
}

#[test]
fn who_scans_the_code_lets_in() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann"));
    let phone = phone_of(&dc, ann);
    for stream in [false, true] {
        let client = connect(&dc, 1);
        let updates = stream.then(|| client.updates());
        let (codes, shown) = mpsc::channel();
        let waiting = {
            // Less than a code lives: it is no renewal that finds the acceptance.
            let client = client.with_timeout(Duration::from_secs(20));
            thread::spawn(move || client.qr_login(|code| codes.send(code.link()).unwrap()))
        };
        let link = shown.recv().expect("a code is shown");
        let session = phone.accept_login_token(&link).expect("it is good");
        let me = waiting.join().expect("no panic").expect("she was let in");
        assert_eq!((me.id(), client.my_id()), (ann, Some(ann)));
        assert!(shown.recv().is_err(), "one code was enough");
        let listed = phone.sessions().expect("she may look");
        assert!(listed.iter().any(|it| it.hash() == session.hash()));
        let error = phone.accept_login_token(&link).expect_err("once");
        assert!(error.is("AUTH_TOKEN_INVALIDX"), "{error}");
        drop(updates);
    }
}

#[test]
fn a_code_is_renewed_when_it_has_grown_old() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann"));
    let phone = phone_of(&dc, ann);
    dc.set_qr_lifetime(1);
    let client = connect(&dc, 1);
    let mut shown = Vec::new();
    let me = client.qr_login(|code| {
        shown.push(code.link());
        if let [first, _] = &shown[..] {
            let error = phone.accept_login_token(first).expect_err("too old");
            assert!(error.is("AUTH_TOKEN_EXPIRED"), "{error}");
            accept(&phone, code);
        }
    });
    assert_eq!(me.expect("she was let in").id(), ann);
    assert_eq!(shown.len(), 2);
}

#[test]
fn an_acceptance_that_nobody_tells_is_found_when_the_code_is_renewed() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann"));
    let phone = phone_of(&dc, ann);
    dc.set_qr_lifetime(2);
    let client = connect(&dc, 1);
    let mut codes = 0;
    let me = client.qr_login(|code| {
        codes += 1;
        accept(&phone, code);
        dc.cut_connections();
    });
    assert_eq!(me.expect("she was let in").id(), ann);
    assert_eq!(codes, 1);
}

#[test]
fn the_account_and_its_password_live_on_another_data_centre() {
    for password in [None, Some("open sesame")] {
        let dc = LocalDc::builder().dcs(4).start().expect("it listens");
        let mut user = NewUser::new(PHONE, "Ann").dc(4);
        user.password = password.map(str::to_owned);
        let ann = dc.add_user(user);
        let phone = phone_of(&dc, ann);
        let client = connect(&dc, 2);
        let signed_in = client.qr_login(|code| accept(&phone, code));
        let me = match (signed_in, password) {
            (Err(SignInError::PasswordRequired(token)), Some(password)) => {
                client.check_password(*token, password)
            }
            (signed_in, _) => signed_in,
        };
        assert_eq!(me.expect("she was let in").id(), ann);
        assert_eq!(dc.executed("auth.importLoginToken"), 1);
        assert_eq!(client.get_me().expect("signed in").id(), ann);
        assert_eq!(dc.executed("auth.importAuthorization"), 0, "it is home");
    }
}

#[test]
fn a_password_at_home_is_asked_for_too() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann").password("open sesame"));
    let phone = phone_of(&dc, ann);
    let client = connect(&dc, 1);
    let Err(SignInError::PasswordRequired(token)) = client.qr_login(|code| accept(&phone, code))
    else {
        panic!("the account has a password");
    };
    let Err(SignInError::InvalidPassword(token)) = client.check_password(*token, "wrong") else {
        panic!("that was not it");
    };
    let me = client.check_password(*token, "open sesame");
    assert_eq!(me.expect("that was it").id(), ann);
}

#[test]
fn nobody_comes_and_it_ends_in_time() {
    let dc = LocalDc::start().expect("it listens");
    let client = connect(&dc, 1).with_timeout(Duration::from_millis(1500));
    let mut codes = 0;
    let error = client.qr_login(|_| codes += 1).expect_err("nobody scans");
    assert!(error.to_string().contains("another device"), "{error}");
    let SignInError::Other(Error::Unanswered(unanswered)) = error else {
        panic!("{error}");
    };
    assert!(matches!(unanswered.cause, Cause::Deadline));
    assert_eq!(codes, 1);
}

#[test]
fn what_is_refused_after_the_move_is_told() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann").dc(2));
    let phone = phone_of(&dc, ann);
    let rule = Rule::new(Effect::error(400, "AUTH_TOKEN_EXPIRED")).method("auth.importLoginToken");
    dc.faults().add(rule);
    let client = connect(&dc, 1);
    let error = client
        .qr_login(|code| accept(&phone, code))
        .expect_err("refused");
    let SignInError::Other(error) = error else {
        panic!("{error}");
    };
    assert!(error.is("AUTH_TOKEN_EXPIRED"), "{error}");
    assert_eq!(client.my_id(), None);
}

#[test]
fn who_is_signed_in_already_is_left_out_and_what_is_no_code_is_refused() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann"));
    let bob = dc.add_user(NewUser::new("+49307654321", "Bob"));
    let (anns, bobs) = (phone_of(&dc, ann), phone_of(&dc, bob));
    let client = connect(&dc, 1);
    let me = client.qr_login_except(&[ann], |code| {
        let error = anns.accept_login_token(&code.link()).expect_err("not her");
        assert!(error.is("AUTH_TOKEN_EXCEPTION"), "{error}");
        accept(&bobs, code);
    });
    assert_eq!(me.expect("he was let in").id(), bob);
    let error = anns.accept_login_token("https://t.me/x").expect_err("no");
    assert!(matches!(error, Error::Account(AccountError::NoQrCode)));
    let error = anns.accept_login_token("tg://login?token=AAAA");
    assert!(
        error
            .expect_err("nobody shows it")
            .is("AUTH_TOKEN_INVALIDX")
    );
}

#[test]
fn a_token_from_the_web_signs_in_once() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    let ann = dc.add_user(NewUser::new(PHONE, "Ann").dc(2));
    let token = dc.web_token(ann);
    let client = connect(&dc, 1);
    let me = client.import_web_token(&format!(" {token}\n"));
    assert_eq!(me.expect("it is good").id(), ann);
    let error = connect(&dc, 2).import_web_token(&token).expect_err("once");
    assert!(
        error.to_string().contains("WEBAUTH_TOKEN_EXPIRED"),
        "{error}"
    );
}
