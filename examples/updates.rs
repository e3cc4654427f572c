//! What happens to an account, as typed updates: written, changed, deleted, read.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment it looks on as that bot on
//! Telegram, for ever. Without them it starts a local data centre in this process, where somebody
//! writes to the bot and thinks better of it, and ends when all of that was seen.
use std::env;
use std::error::Error;

use ferogram_sync::{Client, InputMessage, Subscription, Update};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    if let (Some(id), Some(hash), Some(token)) =
        (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN"))
    {
        let client = Client::builder().api_id(id.parse()?).api_hash(hash);
        let client = client.session("updates.session").connect()?;
        if !client.is_authorized()? {
            client.bot_sign_in(&token)?;
        }
        return look_on(&client, |_| true);
    }
    let telegram = LocalDc::start()?;
    let (bot, ann) = (telegram.bot(), telegram.user());
    let name = format!("@{}", bot.get_me()?.username().unwrap_or_default());
    let message = ann.send_message(&name[..], "Hello")?;
    message.edit("Hello!")?;
    ann.send_message(&name[..], InputMessage::text("That is all."))?;
    look_on(&bot, |text| text != "That is all.")
}

/// Prints what happens, for as long as `go_on` says so.
fn look_on(client: &Client, go_on: impl Fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    for update in client.subscribe(Subscription::new().name("looking on")) {
        match update {
            Update::NewMessage(message) => {
                println!("written: {}", message.text());
                if !go_on(message.text()) {
                    return Ok(());
                }
            }
            Update::MessageEdited(message) => println!("changed: {}", message.text()),
            Update::Lost(lost) => println!("lost: {}", lost.why),
            other => println!("something else: {:?}", other.kind()),
        }
    }
    Ok(())
}
