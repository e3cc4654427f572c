//! Signing in by asking the user: what is asked, in which order, and what is asked again.
use std::io;

use ferogram_sync::{AccountError, Client, Error, Question, SignInError, User};
use localdc::{CodeWay, LocalDc, NewBot, NewUser};

const PHONE: &str = "+49301234567";

fn town(ways: &[CodeWay]) -> (LocalDc, Client) {
    let dc = LocalDc::start().expect("it listens");
    dc.send_codes_by(PHONE, ways);
    let client = dc.client_builder().connect().expect("it starts");
    (dc, client)
}

/// Answers with what is given for each question, in order, and takes down what was asked. A `#`
/// stands for the code that was sent, a `@` for the one that was mailed.
fn sign_in(
    (dc, client): &(LocalDc, Client),
    answers: &[&str],
) -> (Result<User, SignInError>, Vec<String>) {
    let mut asked = Vec::new();
    let mut answers = answers.iter();
    let signed_in = client.sign_in_by_asking(None, |question| {
        asked.push(kind(question));
        let end = io::Error::from(io::ErrorKind::UnexpectedEof);
        Ok(match *answers.next().ok_or(end)? {
            "#" => dc.login_code(PHONE).expect("a code was sent"),
            "@" => dc.mailed_code("ann@example.org").expect("it was sent"),
            answer => answer.to_owned(),
        })
    });
    assert!(answers.next().is_none(), "not all was asked: {asked:?}");
    (signed_in, asked)
}

fn kind(question: &Question<'_>) -> String {
    let kind = match question {
        Question::Phone => "phone",
        Question::Code(_) => "code",
        Question::Password(_) => "password",
        Question::Email => "email",
        Question::EmailCode(_) => "email code",
        Question::FirstName(_) => "first",
        Question::LastName => "last",
        Question::Again(question) => return format!("again {}", kind(question)),
        other => panic!("{other}"),
    };
    kind.to_owned()
}

#[test]
fn what_was_wrong_is_asked_for_again() {
    let scene = town(&[CodeWay::App, CodeWay::Sms]);
    let ann = NewUser::new(PHONE, "Ann").password("open sesame");
    let ann = scene.0.add_user(ann);
    let answers = [PHONE, "1", "\n", "#", "sesame", "open sesame"];
    let (me, asked) = sign_in(&scene, &answers);
    assert_eq!(me.expect("at last").id(), ann);
    assert_eq!(
        asked,
        [
            "phone",
            "code",
            "again code",
            "again code",
            "password",
            "again password"
        ]
    );
    assert_eq!(scene.0.executed("auth.resendCode"), 1);
    let (me, asked) = sign_in(&scene, &[]);
    assert_eq!(me.expect("signed in already").id(), ann);
    assert!(asked.is_empty());
}

#[test]
fn a_new_number_sets_its_email_up_and_signs_up() {
    let scene = town(&[CodeWay::SetUpEmail, CodeWay::Sms]);
    let answers = [
        PHONE,
        "nobody",
        "ann@example.org",
        "x",
        "@",
        "#",
        "Ann",
        "Lee\n",
    ];
    let (me, asked) = sign_in(&scene, &answers);
    assert_eq!(me.expect("at last").full_name(), "Ann Lee");
    assert_eq!(
        asked,
        [
            "phone",
            "email",
            "again email",
            "email code",
            "again email code",
            "code",
            "first",
            "last"
        ]
    );
    assert_eq!(scene.0.executed("help.acceptTermsOfService"), 1);
}

#[test]
fn a_bots_token_will_do() {
    let scene = town(&[]);
    let bot = scene.0.add_bot(NewBot::new("1000001:abc", "asked_bot"));
    let (me, asked) = sign_in(&scene, &["1000001:abc\n"]);
    assert_eq!(me.expect("it is good").id(), bot);
    assert_eq!(asked, ["phone"]);
}

/// Whoever mistypes who they are is asked again, as for all else, and not for ever.
#[test]
fn who_is_mistyped_is_asked_for_again() {
    let scene = town(&[]);
    let bot = scene.0.add_bot(NewBot::new("1000001:abc", "asked_bot"));
    let (me, asked) = sign_in(&scene, &["12", "bot:abc", "1000001:abc"]);
    assert_eq!(me.expect("the third is good").id(), bot);
    assert_eq!(asked, ["phone", "again phone", "again phone"]);
    scene.1.sign_out().expect("it is signed in");
    let (error, asked) = sign_in(&scene, &["12", "12", "12"]);
    match error.expect_err("nobody has that number") {
        SignInError::Other(error) => assert!(error.is("PHONE_NUMBER_INVALID"), "{error}"),
        other => panic!("{other}"),
    }
    assert_eq!(asked.len(), 3);
}

#[test]
fn who_does_not_answer_ends_it() {
    let scene = town(&[CodeWay::Sms]);
    scene.0.add_user(NewUser::new(PHONE, "Ann"));
    let (error, asked) = sign_in(&scene, &[PHONE]);
    let error = match error.expect_err("no code") {
        SignInError::Other(error) => error,
        other => panic!("{other}"),
    };
    let eof = io::ErrorKind::UnexpectedEof;
    let Error::Account(AccountError::NoAnswer(why)) = &error else {
        panic!("{error}");
    };
    assert_eq!((*why, asked.len()), (eof, 2));
    assert!(error.to_string().contains("sign_in_by_asking"), "{error}");
}

#[test]
fn a_code_that_has_grown_old_is_followed_by_another_but_not_for_ever() {
    let scene = town(&[CodeWay::Sms]);
    scene.0.add_user(NewUser::new(PHONE, "Ann"));
    let mut hours = 0;
    let error = scene.1.sign_in_by_asking(Some(PHONE), |_| {
        let code = scene.0.login_code(PHONE).expect("a code was sent");
        hours += 1;
        scene.0.set_clock_shift(hours * 3600);
        Ok(code)
    });
    let error = error.expect_err("always too late");
    assert!(matches!(error, SignInError::CodeExpired), "{error}");
    assert_eq!(scene.0.executed("auth.sendCode"), 3);
}
