//! A chat's whole history as lines of JSON, the oldest message first: one can go on where the last
//! run has stopped.
//!
//! With `API_ID` and `API_HASH` in the environment it exports a chat of Telegram's:
//! `export @name 12345` prints what is newer than the message 12345. Without them a local data
//! centre serves.
use std::env;
use std::error::Error;
use std::io::{self, Write};

use ferogram_sync::{Client, Message, PeerRef};
use localdc::{LocalDc, NewUser};
use serde_json::json;

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
            let chat = env::args().nth(1).unwrap_or_else(|| "me".to_owned());
            let newer_than = env::args().nth(2).map(|id| id.parse()).transpose()?;
            export(&client, chat, newer_than, &mut io::stdout().lock())
        }
        (None, None) => {
            eprintln!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

/// Writes a line for each message.
fn export(
    client: &Client,
    chat: impl Into<PeerRef>,
    newer_than: Option<i32>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let messages = client.iter_messages(chat).reversed();
    let mut messages = messages.from_id(newer_than.unwrap_or(0));
    eprintln!("{} messages in all", messages.total()?);
    for message in messages {
        writeln!(out, "{}", line(&message?))?;
    }
    Ok(())
}

fn line(message: &Message) -> String {
    json!({
        "id": message.id(),
        "date": message.date(),
        "sender": message.sender_user_id(),
        "reply_to": message.reply_to_message_id(),
        "text": message.text(),
    })
    .to_string()
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let open = |number: &str, name: &str| {
        let account = dc.add_user(NewUser::new(number, name).username(name));
        let builder = dc.client_builder().session(dc.session_of(account));
        builder.connect()
    };
    let (ann, bob) = (
        open("+9996617771", "annann")?,
        open("+9996617772", "bobbob")?,
    );
    let question = ann.send_message("@bobbob", "What did you say?")?;
    for number in 1..=150 {
        bob.send_message("@annann", format!("I said \"{number}\"."))?;
    }
    question.reply("Thank you.")?;

    let mut file = Vec::new();
    export(&ann, "@bobbob", None, &mut file)?;
    let text = String::from_utf8(file)?;
    let (first, last) = (text.lines().next(), text.lines().last());
    for line in [first, last].into_iter().flatten() {
        println!("{line}");
    }
    if text.lines().count() != 152 {
        return Err("the export is not complete".into());
    }
    println!("and what came later:");
    bob.send_message("@annann", "You are welcome.")?;
    let exported = ann.iter_messages("@bobbob").nth(1).ok_or("it is there")??;
    export(&ann, "@bobbob", Some(exported.id()), &mut io::stdout())
}
