//! A bot that repeats what it is told.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment it is an ordinary bot on Telegram.
//! Without them it starts a local data centre in this process, lets a second account write to the
//! bot, and ends when the answer has come back.
use std::env;
use std::error::Error;
use std::time::Duration;

use ferogram_sync::{Client, Update};
use localdc::{LocalDc, NewBot};

const BOT_TOKEN: &str = "1234567:local-echo-bot";

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN")) {
        (Some(id), Some(hash), Some(token)) => {
            println!("mode: Telegram (API_ID, API_HASH and BOT_TOKEN are set)");
            on_telegram(
                id.parse().map_err(|_| "API_ID has to be a number")?,
                &hash,
                &token,
            )
        }
        (None, None, None) => {
            println!("mode: local data centre (set API_ID, API_HASH, BOT_TOKEN for Telegram)");
            locally()
        }
        _ => Err("set all of API_ID, API_HASH and BOT_TOKEN for Telegram, or none of them".into()),
    }
}

fn on_telegram(api_id: i32, api_hash: &str, token: &str) -> Result<(), Box<dyn Error>> {
    let client = Client::builder()
        .api_id(api_id)
        .api_hash(api_hash)
        .session("echo_bot.session")
        .connect()?;
    if !client.is_authorized()? {
        client.bot_sign_in(token)?;
    }
    println!(
        "signed in as @{}",
        client.get_me()?.username().unwrap_or("?")
    );
    echo(&client, |_| true)
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    dc.add_bot(NewBot::new(BOT_TOKEN, "echo_bot"));
    println!("the local data centre listens on {}", dc.address(1));

    let bot = dc.client_builder().connect()?;
    let me = bot.bot_sign_in(BOT_TOKEN)?;
    println!("signed in as @{}", me.username().unwrap_or("?"));

    let alice = dc.user(); // Somebody else, who is signed in already.
    println!("{} writes to the bot", alice.get_me()?.full_name());
    alice.send_message("@echo_bot", "Hello, is anybody there?")?;

    echo(&bot, |_| false)?; // One message, then on.

    let mut updates = alice.updates();
    loop {
        if let Update::NewMessage(message) = updates.next_timeout(Duration::from_secs(30))?
            && !message.outgoing()
        {
            println!("the other side saw: {}", message.text());
            return Ok(());
        }
    }
}

/// Answers each message with its own text, for as long as `go_on` says so.
fn echo(client: &Client, go_on: impl Fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    for update in client.updates() {
        let Update::NewMessage(message) = update else {
            continue;
        };
        if message.outgoing() || message.text().is_empty() {
            continue; // Stickers and the like have no text.
        }
        println!("received: {}", message.text());
        match message.reply(message.text()) {
            Ok(reply) => println!("replied: {}", reply.text()),
            // Somebody may have blocked the bot: it goes on.
            Err(error) => println!("not answered: {error}"),
        }
        if !go_on(message.text()) {
            return Ok(());
        }
    }
    Ok(())
}
