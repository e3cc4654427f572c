//! Who is in a group, as a table for a spreadsheet (CSV): id, names, since when, and as what.
//!
//! With `API_ID` and `API_HASH` in the environment it lists a group on Telegram: `members @name`.
//! Without them a local data centre serves.
use std::env;
use std::error::Error;
use std::io::{self, Write};

use ferogram_sync::{Client, PeerRef};
use localdc::{LocalDc, NewChannel, NewUser};

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            eprintln!("mode: Telegram (API_ID and API_HASH are set)");
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash)
                .session("login.session")
                .connect()?;
            client.interactive_sign_in(None)?;
            let group = env::args().nth(1).ok_or("whose members? members @name")?;
            list(&client, group, &mut io::stdout().lock())
        }
        (None, None) => {
            eprintln!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

/// Writes a line for each member.
fn list(
    client: &Client,
    group: impl Into<PeerRef>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    writeln!(out, "id,name,username,since,status")?;
    let mut members = client.iter_participants(group);
    for member in members.by_ref() {
        let member = member?;
        let Some(user) = member.user() else { continue };
        writeln!(
            out,
            "{},{},{},{},{:?}",
            user.id(),
            quoted(&user.full_name()),
            user.username().unwrap_or_default(),
            member.date().unwrap_or_default(),
            member.status(),
        )?;
    }
    if !members.is_complete() {
        eprintln!("the server did not show all of them");
    }
    Ok(())
}

/// A text as one cell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let ann = dc.user();
    let owner = ann.my_id_or_fetch()?;
    let guests = (0..250).map(|number| {
        let name = format!("Guest \"{number}\"");
        dc.add_user(NewUser::new(format!("+88844{number:06}"), name))
    });
    let club = NewChannel::new("Club", "the_club").megagroup().owner(owner);
    dc.add_channel(club.members(guests));
    let mut table = Vec::new();
    list(&ann, "@the_club", &mut table)?;
    let table = String::from_utf8(table)?;
    assert_eq!(table.lines().count(), 252);
    assert!(table.contains("\"Guest \"\"7\"\"\",,"));
    println!("{}", table.lines().take(4).collect::<Vec<_>>().join("\n"));
    Ok(())
}
