//! A quiz: asked, answered, closed, and how it has ended.
//!
//! With `API_ID`, `API_HASH` and `CHAT` in the environment the account of `login.session` (which the
//! example `login` makes) asks in that chat on Telegram, and closes the quiz after a minute. Without
//! them a local data centre serves, and the account answers itself.
use std::env;
use std::error::Error;
use std::time::Duration;

use ferogram_sync::{Client, InputPoll, Message, Poll};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH"), setting("CHAT")) {
        (Some(id), Some(hash), Some(chat)) => {
            let builder = Client::builder().api_id(id.parse()?).api_hash(hash);
            let client = builder.session("login.session").connect()?;
            let asked = client.send_poll(chat, quiz())?;
            std::thread::sleep(Duration::from_secs(60));
            show(&asked.close_poll()?);
        }
        _ => {
            println!("mode: local data centre (set API_ID, API_HASH and CHAT for Telegram)");
            let dc = LocalDc::start()?;
            let client = dc.user();
            let asked = client.send_poll("me", quiz())?;
            answer(&asked)?;
            show(&asked.close_poll()?);
        }
    }
    Ok(())
}

fn quiz() -> InputPoll {
    InputPoll::new("How many moons has Mars?")
        .answers(["One", "Two", "Three"])
        .quiz(1)
        .solution("Phobos and Deimos.")
}

fn answer(asked: &Message) -> Result<(), ferogram_sync::Error> {
    let tally = asked.vote(&[2])?;
    if let Some(why) = tally.solution() {
        println!("wrong: {}", why.text);
    }
    Ok(())
}

fn show(poll: &Poll) {
    println!("{}", poll.question().text);
    for answer in poll.answers() {
        let sign = if answer.correct { '*' } else { ' ' };
        let voters = answer.voters.unwrap_or(0);
        println!("{sign} {voters:>3}  {}", answer.text.text);
    }
}
