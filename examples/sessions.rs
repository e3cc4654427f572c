//! The account's logins on all devices: listed, and ended.
//!
//! With `API_ID` and `API_HASH` in the environment it lists those of an account on Telegram, and
//! ends the one whose number is given: `sessions 123456`. Without them a local data centre serves.
use std::env;
use std::error::Error;

use ferogram_sync::{Client, LoginState};
use localdc::{LocalDc, NewUser};

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            println!("mode: Telegram (API_ID and API_HASH are set)");
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash)
                .session("login.session")
                .connect()?;
            client.interactive_sign_in(None)?;
            if let Some(hash) = env::args().nth(1) {
                client.end_session(hash.parse().map_err(|_| "that is no number of a session")?)?;
            }
            list(&client)
        }
        (None, None) => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let ann = dc.add_user(NewUser::new("+9996617779", "Ann"));
    let open = |device: &str| {
        let builder = dc.client_builder().session(dc.session_of(ann));
        builder.device_model(device).connect()
    };
    let (laptop, phone) = (open("laptop")?, open("phone")?);
    phone.get_me()?;
    list(&laptop)?;

    println!("the laptop ends all others");
    laptop.end_other_sessions()?;
    list(&laptop)?;
    match phone.get_me() {
        Ok(_) => return Err("the phone is still signed in".into()),
        Err(error) => println!("the phone is told: {error}"),
    }
    let LoginState::SignedOut(Some(why)) = phone.login_state() else {
        return Err("the phone does not know".into());
    };
    println!("the phone knows that it is signed out: {why:?}");
    Ok(())
}

fn list(client: &Client) -> Result<(), Box<dyn Error>> {
    for session in client.sessions()? {
        let mark = if session.is_current() { '*' } else { ' ' };
        let (app, version) = session.app();
        let (address, country) = session.place();
        println!("{mark} {:>20} {}", session.hash(), session.device());
        println!("  {app} {version}, {address} {country}");
    }
    Ok(())
}
