//! Signing a user in: phone number, login code and, where there is one, the password.
//!
//! With `API_ID` and `API_HASH` in the environment it asks for the number on the terminal and signs
//! in on Telegram. Without them it does the same against a local data centre, by itself.
use std::env;
use std::error::Error;
use std::io::{self, Write};

use ferogram_sync::{Client, SignInError, User};
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
    if !client.is_authorized()? {
        let phone = ask("phone number: ")?;
        let password = |hint: Option<&str>| ask(&format!("password (hint: {hint:?}): "));
        sign_in(&client, &phone, || ask("code: "), password)?;
    }
    println!("signed in as {}", client.get_me()?.full_name());
    Ok(())
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    dc.add_user(NewUser::new(PHONE, "Bob").password(PASSWORD));
    let client = dc.client_builder().connect()?;
    let code = || {
        dc.login_code(PHONE)
            .ok_or_else(|| io::Error::other("no code was sent"))
    };
    let password = |hint: Option<&str>| {
        println!("a password is needed (hint: {hint:?})");
        Ok(PASSWORD.to_owned())
    };
    sign_in(&client, PHONE, code, password)?;
    println!("signed in as {}", client.get_me()?.full_name());
    client.sign_out()?;
    println!("signed out; authorized: {}", client.is_authorized()?);
    Ok(())
}

/// Goes on asking until the code and the password are right.
fn sign_in(
    client: &Client,
    phone: &str,
    code: impl Fn() -> io::Result<String>,
    password: impl Fn(Option<&str>) -> io::Result<String>,
) -> Result<User, Box<dyn Error>> {
    let token = client.request_login_code(phone)?;
    let mut result = client.sign_in(&token, &code()?);
    loop {
        result = match result {
            Ok(user) => return Ok(user),
            Err(SignInError::InvalidCode) => {
                println!("that was not the code");
                client.sign_in(&token, &code()?)
            }
            Err(SignInError::PasswordRequired(token) | SignInError::InvalidPassword(token)) => {
                let password = password(token.hint())?;
                client.check_password(*token, password)
            }
            Err(error) => return Err(error.into()),
        };
    }
}

fn ask(question: &str) -> io::Result<String> {
    print!("{question}");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}
