//! Joins groups and channels by their links, one a line: public ones, and by invite links.
//!
//! With `API_ID` and `API_HASH` in the environment it reads links of Telegram's from its input.
//! Without them a local data centre serves.
use std::env;
use std::error::Error;
use std::io;

use ferogram_sync::{Client, Joined, NewChat, NewInviteLink};
use localdc::LocalDc;

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
            for link in io::stdin().lines() {
                println!("{}", join(&client, link?.trim()));
            }
            Ok(())
        }
        (None, None) => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

/// Joins by one link, and says what has come of it. One that is wrong stops no other.
fn join(client: &Client, link: &str) -> String {
    match client.join_by_link(link) {
        Ok(Joined::In(chat)) => format!("joined {}", chat.title()),
        Ok(Joined::Requested) => "asked to be let in".to_owned(),
        Ok(_) => "an official app has to be used".to_owned(),
        Err(error) if error.is("USER_ALREADY_PARTICIPANT") => "joined before".to_owned(),
        Err(error) => format!("not joined: {error}"),
    }
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let (ann, bob) = (dc.user(), dc.user());
    let club = ann.create_channel(NewChat::supergroup("Club"))?;
    ann.set_chat_username(&club, "the_open_club")?;
    let link = |link| ann.create_invite_link(&club, link);
    let (open, asked) = (
        link(NewInviteLink::new())?,
        link(NewInviteLink::new().request_needed(true))?,
    );
    let said = |link: &str| join(&bob, link);
    assert_eq!(said(asked.link()), "asked to be let in");
    assert_eq!(said("https://t.me/the_open_club"), "joined Club");
    assert_eq!(said(open.link()), "joined before");
    assert!(said("https://t.me/+AbCdEfGh").starts_with("not joined"));
    println!("all as it should be");
    Ok(())
}
