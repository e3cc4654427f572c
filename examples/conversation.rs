//! A bot that asks in straight-line code, many people at the same time.
//!
//! It runs on a local data centre in this process, where Alice and Bob play.
use std::error::Error;
use std::thread;
use std::time::Duration;

use ferogram_sync::filters::{all, command};
use ferogram_sync::{Client, ConversationError, Dispatcher, Limit, Message};
use localdc::LocalDc;

fn guess(message: Message) -> Result<(), ConversationError> {
    let mut talk = message.conversation()?.each(Duration::from_secs(60));
    let secret = 1 + message.id() % 7;
    talk.send("A number from 1 to 7?")?;
    let mut tries = 0;
    loop {
        tries += 1;
        let question = match talk.answer()?.text().parse::<i32>() {
            Ok(number) if number == secret => break,
            Ok(number) if number < secret => "More!",
            Ok(_) => "Less!",
            Err(_) => "A number, please.",
        };
        talk.send(question)?;
    }
    talk.send(format!("Yes! You needed {tries}."))?;
    Ok(())
}

fn bot() -> Dispatcher {
    Dispatcher::new()
        .on_message(command("guess"), guess)
        .on_message(all(), |message: Message| message.respond("Say /guess."))
        .on_error(|error, _update| match error.downcast_ref() {
            Some(ConversationError::TimedOut {
                limit: Limit::Each, ..
            }) => println!("too slow"),
            _ => println!("an error: {error}"),
        })
}

fn main() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let client = dc.bot();
    let name = client
        .get_me()?
        .username()
        .ok_or("bots have one")?
        .to_owned();
    let running = bot().start(&client)?;
    let players = [("Alice", dc.user()), ("Bob", dc.user())];
    thread::scope(|scope| {
        for (player, client) in &players {
            let name = &name;
            scope.spawn(move || play(player, client, name).expect("nobody is too slow"));
        }
    });
    running.stop()?;
    Ok(())
}

/// Halves what is left, until the number is found. Its own side is a conversation too.
fn play(player: &str, client: &Client, bot: &str) -> Result<(), ConversationError> {
    let mut talk = client.conversation(bot)?;
    let (mut low, mut high) = (1, 7);
    let mut answer = talk.ask("/guess")?;
    loop {
        println!("{player} hears: {}", answer.text());
        let number = (low + high) / 2;
        match answer.text() {
            "More!" => low = number + 1,
            "Less!" => high = number - 1,
            said if said.starts_with("Yes") => return Ok(()),
            _ => {}
        }
        answer = talk.ask(((low + high) / 2).to_string())?;
    }
}
