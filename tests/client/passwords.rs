//! The account's password: set, changed, recovered and taken away.
use ferogram_sync::{
    AccountError, Client, Error, NewPassword, PasswordChange, PasswordReset, SignInError,
};
use localdc::{LocalDc, NewUser};

const PHONE: &str = "+49301234567";
const EMAIL: &str = "ann@example.org";
const WEEK: i64 = 7 * 24 * 3600;

fn client(dc: &LocalDc) -> Client {
    dc.client_builder().connect().expect("it starts")
}

/// Comes so far that only the password is missing.
fn half_way(dc: &LocalDc) -> (Client, SignInError) {
    let client = client(dc);
    let token = client.request_login_code(PHONE).expect("it exists");
    let code = dc.login_code(PHONE).expect("a code was sent");
    let step = client.sign_in(&token, &code).expect_err("not yet");
    (client, step)
}

/// Signs in with the code and the password.
fn sign_in(dc: &LocalDc, password: &str) -> Result<Client, SignInError> {
    let (client, step) = half_way(dc);
    let SignInError::PasswordRequired(token) = step else {
        panic!("{step}");
    };
    client.check_password(*token, password).map(|_| client)
}

fn ann() -> (LocalDc, Client) {
    let dc = LocalDc::start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann"));
    let client = client(&dc);
    let token = client.request_login_code(PHONE).expect("it exists");
    let code = dc.login_code(PHONE).expect("a code was sent");
    client.sign_in(&token, &code).expect("the code is right");
    (dc, client)
}

fn mailed(dc: &LocalDc) -> String {
    dc.mailed_code(EMAIL).expect("a code was sent")
}

#[test]
fn a_password_that_was_set_is_asked_for_by_the_next_login() {
    let (dc, client) = ann();
    let error = client.remove_password("x").expect_err("there is none");
    assert!(
        matches!(error, Error::Account(AccountError::NoPassword)),
        "{error}"
    );
    let new = NewPassword::new(" open sesame ").hint("a cave");
    assert!(!format!("{new:?}").contains("sesame"));
    let change = client.set_password(None, new).expect("there is none");
    assert_eq!(change, PasswordChange::Done);
    let state = client.password_state().expect("the server answers");
    assert_eq!((state.has_password(), state.hint()), (true, Some("a cave")));
    assert!(!state.has_recovery() && state.reset_date().is_none());
    let wrong = sign_in(&dc, "open sesame").expect_err("without the blanks");
    assert!(matches!(wrong, SignInError::InvalidPassword(_)), "{wrong}");
    sign_in(&dc, " open sesame ").expect("that is it");
}

#[test]
fn a_password_is_changed_only_by_who_knows_it() {
    let (dc, client) = ann();
    let set = |current, new: &str| client.set_password(current, NewPassword::new(new));
    let _ = set(None, "first").expect("there is none");
    let error = set(None, "second").expect_err("it has to be told");
    assert!(
        matches!(error, Error::Account(AccountError::PasswordNeeded)),
        "{error}"
    );
    let error = set(Some("wrong"), "second").expect_err("another one");
    assert!(error.is("PASSWORD_HASH_INVALID"), "{error}");
    assert_eq!(dc.executed("account.updatePasswordSettings"), 2);
    let _ = set(Some("first"), "second").expect("that is it");
    assert!(sign_in(&dc, "first").is_err());
    sign_in(&dc, "second").expect("that is it now");
    let error = client.remove_password("first").expect_err("no longer");
    assert!(error.is("PASSWORD_HASH_INVALID"), "{error}");
    client.remove_password("second").expect("that is it");
    let state = client.password_state().expect("the server answers");
    assert!(!state.has_password());
}

#[test]
fn a_recovery_email_holds_when_it_is_confirmed() {
    let (dc, client) = ann();
    let new = NewPassword::new("open sesame").recovery_email("nobody");
    let error = client.set_password(None, new).expect_err("no address");
    assert!(error.is("EMAIL_INVALID"), "{error}");
    let new = || NewPassword::new("open sesame").recovery_email(format!(" {EMAIL}\n"));
    let change = client.set_password(None, new()).expect("it can be one");
    assert_eq!(change, PasswordChange::EmailUnconfirmed { length: 6 });
    let state = client.password_state().expect("the server answers");
    assert_eq!(state.unconfirmed_email(), Some("a***@example.org"));
    assert!(!state.has_password(), "it waits for the code");
    client.cancel_recovery_email().expect("it waited");
    let error = client.confirm_recovery_email("1").expect_err("given up");
    assert!(error.is("EMAIL_HASH_EXPIRED"), "{error}");

    let _ = client.set_password(None, new()).expect("it can be one");
    let first = mailed(&dc);
    client.resend_recovery_email().expect("it waits");
    let second = mailed(&dc);
    assert_ne!(first, second);
    let error = client.confirm_recovery_email(&first).expect_err("older");
    assert!(error.is("CODE_INVALID"), "{error}");
    client
        .confirm_recovery_email(&format!(" {second}\n"))
        .expect("the newer");
    let state = client.password_state().expect("the server answers");
    assert!(state.has_password() && state.has_recovery());
    assert_eq!(state.unconfirmed_email(), None);

    let change = client.set_recovery_email("open sesame", None);
    assert_eq!(change.expect("it is hers"), PasswordChange::Done);
    let state = client.password_state().expect("the server answers");
    assert!(state.has_password() && !state.has_recovery());
}

#[test]
fn a_forgotten_password_is_recovered_by_email_on_the_way_in() {
    for new in [Some("close sesame"), None] {
        let (dc, client) = ann();
        let password = NewPassword::new("open sesame").recovery_email(EMAIL);
        let _ = client.set_password(None, password).expect("it can be one");
        client.confirm_recovery_email(&mailed(&dc)).expect("right");

        let (other, step) = half_way(&dc);
        let SignInError::PasswordRequired(token) = step else {
            panic!("{step}");
        };
        assert!(token.has_recovery());
        let pattern = other.request_password_recovery().expect("there is one");
        assert_eq!(pattern, "a***@example.org");
        let error = other.check_recovery_code("000000x").expect_err("wrong");
        assert!(matches!(error, SignInError::InvalidCode), "{error}");
        let code = mailed(&dc);
        other.check_recovery_code(&code).expect("right");
        let me = other.recover_password(&code, new.map(NewPassword::new));
        assert_eq!(me.expect("right").full_name(), "Ann");
        assert!(other.is_authorized().expect("the server answers"));
        let state = other.password_state().expect("the server answers");
        assert_eq!(state.has_password(), new.is_some());
        if let Some(new) = new {
            sign_in(&dc, new).expect("that is it now");
        }
        let error = other.recover_password(&code, None).expect_err("used");
        assert!(matches!(error, SignInError::CodeExpired), "{error}");
    }
}

#[test]
fn without_an_email_a_password_goes_after_a_week() {
    let (dc, client) = ann();
    let _ = client
        .set_password(None, NewPassword::new("forgotten"))
        .expect("there is none");
    let error = client.request_password_recovery().expect_err("no e-mail");
    assert!(error.is("PASSWORD_RECOVERY_NA"), "{error}");
    let reset = || client.reset_password().expect("there is a password");
    let PasswordReset::Waiting { until } = reset() else {
        panic!("not at once");
    };
    assert_eq!(reset(), PasswordReset::Waiting { until });
    client.decline_password_reset().expect("it was asked for");
    assert!(matches!(reset(), PasswordReset::TooEarly { .. }));
    let error = client.decline_password_reset().expect_err("twice");
    assert!(error.is("RESET_REQUEST_MISSING"), "{error}");
    dc.set_clock_shift(WEEK);
    assert!(matches!(reset(), PasswordReset::Waiting { .. }));
    let state = client.password_state().expect("the server answers");
    assert!(state.reset_date().is_some());
    dc.set_clock_shift(2 * WEEK + 60);
    assert_eq!(reset(), PasswordReset::Done);
    let state = client.password_state().expect("the server answers");
    assert!(!state.has_password());
}
