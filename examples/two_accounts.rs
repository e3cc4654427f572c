//! Two accounts in one loop: whichever hears something first has its turn.
//!
//! It starts a local data centre in this process, where somebody writes to both.
use std::error::Error;

use crossbeam_channel::select;
use ferogram_sync::{Client, Update};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let telegram = LocalDc::start()?;
    let (first, second, ann) = (telegram.bot(), telegram.bot(), telegram.user());
    let name = |client: &Client| -> Result<String, Box<dyn Error>> {
        let me = client.get_me()?;
        Ok(format!("@{}", me.username().ok_or("bots have one")?))
    };
    let names = [name(&first)?, name(&second)?];
    let (one, two) = (first.updates().receiver(), second.updates().receiver());
    for round in 1..=3 {
        for name in &names {
            ann.send_message(&name[..], format!("message {round} to {name}"))?;
        }
    }
    let mut left = 6;
    while left > 0 {
        let update = select! {
            recv(one) -> update => update?,
            recv(two) -> update => update?,
        };
        if let Update::NewMessage(message) = update {
            println!("{}", message.text());
            message.reply("Thank you.")?;
            left -= 1;
        }
    }
    Ok(())
}
