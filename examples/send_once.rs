//! A message that is sent once, however often the program tries.
//!
//! With `API_ID`, `API_HASH`, `CHAT` and `KEY` in the environment the account of `login.session`
//! (which the example `login` makes) sends to that chat on Telegram: run it twice. Without them a
//! local data centre serves: it drops the answer, the program begins anew, and finds the message.
use std::env;
use std::error::Error;
use std::time::Duration;

use ferogram_sync::{Client, Delivery, InputMessage, Message, OnceError};
use localdc::{Effect, LocalDc, NewUser, Rule};

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let settings = (setting("API_ID"), setting("API_HASH"), setting("CHAT"));
    let ((Some(id), Some(hash), Some(chat)), Some(key)) = (settings, setting("KEY")) else {
        println!("mode: local data centre (set API_ID, API_HASH, CHAT and KEY for Telegram)");
        return locally();
    };
    let builder = Client::builder().api_id(id.parse()?).api_hash(hash);
    let client = builder.session("login.session").connect()?;
    println!("it is there, as {}", send(&client, &chat, &key)?.id());
    Ok(())
}

/// Sends it, or finds it sent.
fn send(client: &Client, chat: &str, key: &str) -> Result<Message, ferogram_sync::Error> {
    let bill = InputMessage::text("Your bill").once(key);
    let sent = client.send_message(chat, bill);
    if let Err(ferogram_sync::Error::Once(OnceError::Unclear { .. })) = &sent {
        eprintln!("nobody can know any more whether it was sent: somebody has to look");
    }
    sent
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let ann = dc.add_user(NewUser::new("+9996627779", "Ann"));
    let session = dc.session_of(ann);
    let client = dc.client_builder().session(session.clone()).connect()?;
    let dropped = Rule::new(Effect::DropAnswer).method("messages.sendMessage");
    dc.faults().add(dropped.times(1));
    let hasty = client.with_timeout(Duration::from_secs(2));
    match send(&hasty, "me", "order 1274") {
        Err(error) if error.delivery() == Some(Delivery::Unknown) => println!("no answer: {error}"),
        other => return Err(format!("an answer was not expected: {other:?}").into()),
    }
    client.close()?;
    let client = dc.client_builder().session(session).connect()?;
    let found = send(&client, "me", "order 1274")?;
    println!("it is there, as {}: {}", found.id(), found.text());
    println!("sent {} time(s)", dc.executed("messages.sendMessage"));
    Ok(())
}
