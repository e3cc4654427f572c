//! Signing a user in: phone number, login code and, where there is one, the password.
//!
//! With `API_ID` and `API_HASH` in the environment it asks for them on the terminal and signs in on
//! Telegram. Without them it does the same against a local data centre, and answers by itself.
use std::env;
use std::error::Error;
use std::io;

use ferogram_sync::{
    Client, LoginToken, Question, SendCodeOptions, SendCodeOutcome, SignInError, User,
};
use localdc::{LocalDc, NewUser};

const PHONE: &str = "+9996627777";
const PASSWORD: &str = "correct horse battery staple";

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            println!("mode: Telegram (API_ID and API_HASH are set)");
            on_telegram(id.parse().map_err(|_| "API_ID has to be a number")?, &hash)
        }
        (None, None) => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

fn on_telegram(api_id: i32, api_hash: &str) -> Result<(), Box<dyn Error>> {
    let client = Client::builder()
        .api_id(api_id)
        .api_hash(api_hash)
        .session("login.session")
        .connect()?;
    let me = client.interactive_sign_in(None)?;
    println!("signed in as {}", me.full_name());
    Ok(())
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    dc.add_user(NewUser::new(PHONE, "Bob").password(PASSWORD));
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("login.session");
    let open = || dc.client_builder().session(&path).connect();

    let client = open()?;
    let me = client.sign_in_by_asking(Some(PHONE), |question| {
        println!("{question}");
        answer(&dc, question)
    })?;
    println!("signed in as {}", me.full_name());
    client.sign_out()?;
    println!("signed out; authorized: {}", client.is_authorized()?);

    // Who signed out needs no code the next time, only the password.
    match client.request_login_code_with_options(PHONE, SendCodeOptions::new()) {
        Err(SignInError::PasswordRequired(token)) => {
            let me = client.check_password(*token, PASSWORD)?;
            println!("signed in again without a code, as {}", me.full_name());
        }
        Ok(SendCodeOutcome::Code(_)) => return Err("a code was sent all the same".into()),
        other => return Err(format!("{other:?} although there is a password").into()),
    }
    client.sign_out()?;

    // One process asks for the code, and another one takes it.
    let token = client.request_login_code(PHONE)?.encode();
    drop(client);
    let me = finish(&open()?, &dc, &LoginToken::decode(token.expose())?)?;
    println!("signed in by another process as {}", me.full_name());
    Ok(())
}

/// The same step by step: each error is the next one.
fn finish(client: &Client, dc: &LocalDc, token: &LoginToken) -> Result<User, Box<dyn Error>> {
    let code = dc.login_code(PHONE).ok_or("no code was sent")?;
    match client.sign_in(token, &code) {
        Err(SignInError::PasswordRequired(token)) => Ok(client.check_password(*token, PASSWORD)?),
        signed_in => Ok(signed_in?),
    }
}

fn answer(dc: &LocalDc, question: &Question<'_>) -> io::Result<String> {
    match question {
        Question::Code(_) => dc
            .login_code(PHONE)
            .ok_or_else(|| io::Error::other("no code was sent")),
        Question::Password(_) => Ok(PASSWORD.to_owned()),
        _ => Err(io::ErrorKind::Unsupported.into()),
    }
}
