//! Many bots in one program, their logins in one SQLite file.
//!
//! Each session has a name and is locked by itself, so another program may use the others. Here the
//! bots live on a local data centre in this process; on Telegram, leave that out and give the
//! builder your api id and hash.
use std::error::Error;
use std::path::Path;

use ferogram_sync::{Client, SqliteStore, StoreError};
use localdc::{LocalDc, NewBot};

const BOTS: [(&str, &str); 3] = [
    ("weather", "1000001:local-weather-bot"),
    ("news", "1000002:local-news-bot"),
    ("chess", "1000003:local-chess-bot"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    for (name, token) in BOTS {
        dc.add_bot(NewBot::new(token, format!("{name}_bot")));
    }
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bots.db");

    for (name, token) in BOTS {
        let client = open(&dc, &file, name)?;
        if !client.is_authorized()? {
            client.bot_sign_in(token)?;
            println!("{name}: signed in");
        }
    }

    println!("all over again, from {}", file.display());
    for (name, _) in BOTS {
        let client = open(&dc, &file, name)?;
        let me = client.get_me()?;
        println!("{name}: still @{}", me.username().unwrap_or("?"));

        // Two clients that use one key would lose the login, so there is one at a time.
        match SqliteStore::open_named(&file, name) {
            Err(StoreError::InUse { .. }) => println!("{name}: taken, as long as this one runs"),
            Err(error) => return Err(error.into()),
            Ok(_) => return Err("the same session was opened twice".into()),
        }
    }
    Ok(())
}

fn open(dc: &LocalDc, file: &Path, name: &str) -> Result<Client, Box<dyn Error>> {
    let store = SqliteStore::open_named(file, name)?;
    Ok(dc.client_builder().session(store).connect()?)
}
