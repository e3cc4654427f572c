//! One's own messages in a chat that are older than some days are deleted, for everybody:
//! `clean_up CHAT DAYS`.
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use ferogram_sync::Client;
use localdc::LocalDc;

mod stage;

fn main() -> stage::Result {
    stage::play(clean_up, prepare)
}

#[expect(clippy::disallowed_methods, reason = "a script asks what day it is")]
fn clean_up(client: &Client) -> stage::Result {
    let chat = env::args().nth(1).unwrap_or_else(|| "me".into());
    let days: u64 = env::args().nth(2).map_or(Ok(0), |days| days.parse())?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let before = i32::try_from(now - days * 86_400)?;
    let own = client.iter_messages(&chat).sender("me").from_date(before);
    let ids = own
        .map(|message| Ok(message?.id()))
        .collect::<ferogram_sync::Result<Vec<i32>>>()?;
    let deleted = client.delete_messages(&chat, &ids, true)?;
    println!("{deleted} messages deleted, {} found", ids.len());
    Ok(())
}

fn prepare(dc: &LocalDc, client: &Client) -> stage::Result {
    dc.set_clock_shift(-60); // They are a minute old when the script looks.
    for number in 1..=120 {
        client.send_message("me", format!("Note {number}"))?;
    }
    Ok(())
}
