//! What was missed while a program was not there comes when it is back, each once and in order.
//!
//! It starts a local data centre in this process; on Telegram nothing else is needed than a session
//! that is kept in a file.
use std::error::Error;

use ferogram_sync::{Client, Update};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1234567:local-catch-up";

fn main() -> Result<(), Box<dyn Error>> {
    let telegram = LocalDc::start()?;
    telegram.add_bot(NewBot::new(TOKEN, "catching_bot"));
    let ann = telegram.user();
    let folder = tempfile::tempdir()?;
    let session = folder.path().join("bot.session");
    let open = || {
        telegram
            .client_builder()
            .session(session.as_path())
            .connect()
    };

    let bot = open()?;
    bot.bot_sign_in(TOKEN)?;
    ann.send_message("@catching_bot", "1")?;
    read(&bot, "1")?;
    bot.close()?;
    println!("the bot is not there");

    for number in 2..=5 {
        ann.send_message("@catching_bot", number.to_string())?;
    }

    let bot = open()?;
    println!("the bot is back");
    read(&bot, "5")
}

/// Reads up to this message. What was asked for and finished is not given again.
fn read(bot: &Client, last: &str) -> Result<(), Box<dyn Error>> {
    let mut updates = bot.updates();
    while let Some(update) = updates.next() {
        if let Update::NewMessage(message) = update {
            println!("read: {}", message.text());
            if message.text() == last {
                return Ok(());
            }
        }
    }
    Err("the stream has ended".into())
}
