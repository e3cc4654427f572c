//! Joins groups and channels by their links, one a line: public ones, and by invite links.
//!
//! With `API_ID` and `API_HASH` in the environment it reads links of Telegram's from its input.
//! Without them a local data centre serves.
use std::io;

use ferogram_sync::{Client, Joined, NewChat, NewInviteLink};
use localdc::LocalDc;

mod stage;

fn main() -> stage::Result {
    stage::play(join_all, prepare)
}

fn join_all(client: &Client) -> stage::Result {
    for link in io::stdin().lines() {
        println!("{}", join(client, link?.trim()));
    }
    Ok(())
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

fn prepare(dc: &LocalDc, bob: &Client) -> stage::Result {
    let ann = dc.user();
    let club = ann.create_channel(NewChat::supergroup("Club"))?;
    ann.set_chat_username(&club, "the_open_club")?;
    let link = |link| ann.create_invite_link(&club, link);
    let (open, asked) = (
        link(NewInviteLink::new())?,
        link(NewInviteLink::new().request_needed(true))?,
    );
    let said = |link: &str| join(bob, link);
    assert_eq!(said(asked.link()), "asked to be let in");
    assert_eq!(said("https://t.me/the_open_club"), "joined Club");
    assert_eq!(said(open.link()), "joined before");
    assert!(said("https://t.me/+AbCdEfGh").starts_with("not joined"));
    Ok(())
}
