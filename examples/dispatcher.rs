//! A bot with commands: handlers, filters, a value of the program's, and errors.
//!
//! It runs on a local data centre in this process, where Alice tries it.
use std::error::Error;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ferogram_sync::filters::{args, command, private, text};
use ferogram_sync::middleware::RateLimit;
use ferogram_sync::{Args, Client, Dispatcher, Message, Result, Update, With};
use localdc::LocalDc;

/// How many have said hello.
struct Greeted(AtomicU32);

fn start(message: Message, greeted: With<Greeted>) -> Result<()> {
    let number = greeted.0.fetch_add(1, Ordering::Relaxed) + 1;
    message.reply(format!("Hello! You are number {number}."))?;
    Ok(())
}

fn add(
    message: Message,
    Args((a, b)): Args<(i64, i64)>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let sum = a.checked_add(b).ok_or("that is too much")?;
    message.reply(sum.to_string())?;
    Ok(())
}

fn bot() -> Dispatcher {
    Dispatcher::new()
        .with(Greeted(AtomicU32::new(0)))
        .middleware(RateLimit::new(20, Duration::from_secs(60)))
        .on_message(command("start"), start)
        .on_message(command("add") & args::<(i64, i64)>(), add)
        .on_message(command("add"), |message: Message| {
            message.reply("/add NUMBER NUMBER")
        })
        .on_message(private() & text(), |message: Message| {
            message.reply(message.text())
        })
        .on_error(|error, _update| println!("an error: {error}"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let (client, alice) = (dc.bot(), dc.user());
    let name = client
        .get_me()?
        .username()
        .ok_or("bots have one")?
        .to_owned();
    let running = bot().start(&client)?; // `run` does the same on this thread.

    for said in ["/start", "/add 40 2", "/add one", "Nice.", "/start"] {
        println!("Alice: {said}");
        println!("  bot: {}", answer(&alice, &name, said)?);
    }
    running.stop()?;
    Ok(())
}

/// What the bot says to this.
fn answer(alice: &Client, bot: &str, said: &str) -> Result<String, Box<dyn Error>> {
    let mut updates = alice.updates();
    alice.send_message(bot, said)?;
    loop {
        if let Update::NewMessage(message) = updates.next_timeout(Duration::from_secs(30))?
            && !message.outgoing()
        {
            return Ok(message.text().to_owned());
        }
    }
}
