//! Signing in by a QR code, which a phone that is signed in scans.
//!
//! With `API_ID` and `API_HASH` in the environment it shows the code's link for an account on
//! Telegram: a program such as `qrencode -t ansiutf8` makes a picture of it. Without them a local
//! data centre serves, and another client does what the user would do with the phone.
use std::env;
use std::error::Error;
use std::time::Duration;

use ferogram_sync::{Client, QrCode, SignInError};
use localdc::{LocalDc, NewUser};

const PASSWORD: &str = "correct horse battery staple";

/// So much time the user has to find the phone.
const PATIENCE: Duration = Duration::from_secs(300);

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            println!("mode: Telegram (API_ID and API_HASH are set)");
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash)
                .session("qr_login.session")
                .connect()?;
            println!("scan it in the app: Settings, Devices, Link Desktop Device");
            sign_in(&client, show, || {
                rpassword::prompt_password("password: ").map_err(Into::into)
            })
        }
        (None, None) => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::builder().dcs(2).start()?;
    let ann = NewUser::new("+9996627778", "Ann").password(PASSWORD);
    let ann = dc.add_user(ann.dc(2));
    let phone = dc.client_builder().session(dc.session_of(ann)).connect()?;

    let client = dc.client_builder().first_dc(1).connect()?;
    let scan = |code: &QrCode| {
        show(code);
        match phone.accept_login_token(&code.link()) {
            Ok(session) => println!("the phone lets in: {}", session.device()),
            Err(error) => println!("the phone does not: {error}"),
        }
    };
    sign_in(&client, scan, || Ok(PASSWORD.to_owned()))?;
    for session in phone.sessions()? {
        let (app, version) = session.app();
        println!("signed in: {} ({app} {version})", session.device());
    }
    Ok(())
}

fn show(code: &QrCode) {
    println!("{}", code.link());
}

/// Shows codes until one is scanned, and asks for the password if there is one.
fn sign_in(
    client: &Client,
    show: impl FnMut(&QrCode),
    password: impl FnOnce() -> Result<String, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let me = match client.with_timeout(PATIENCE).qr_login(show) {
        Err(SignInError::PasswordRequired(token)) => client.check_password(*token, password()?)?,
        signed_in => signed_in?,
    };
    println!("signed in as {}", me.full_name());
    Ok(())
}
