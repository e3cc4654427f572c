//! A chat's whole history as a file with a line of JSON for each message, the oldest first:
//! `export CHAT FILE`. Run again, it goes on where it has stopped.
use std::io::Write;
use std::{env, fs, process};

use ferogram_sync::Client;
use localdc::LocalDc;
use serde_json::{Value, json};

mod stage;

fn main() -> stage::Result {
    stage::play(export, prepare)
}

fn export(client: &Client) -> stage::Result {
    let chat = env::args().nth(1).unwrap_or_else(|| "me".into());
    let path = env::args().nth(2).map_or_else(
        || env::temp_dir().join(format!("export-{}.jsonl", process::id())),
        Into::into,
    );
    let written = fs::read_to_string(&path).unwrap_or_default();
    // Where the program was killed while it wrote, the last line may be half a one.
    let whole = &written[..written.rfind('\n').map_or(0, |end| end + 1)];
    let last: Value = serde_json::from_str(whole.lines().last().unwrap_or("null"))?;
    let last = i32::try_from(last["id"].as_i64().unwrap_or(0))?;
    let mut file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)?;
    file.set_len(whole.len() as u64)?;
    let mut count = 0;
    for message in client.iter_messages(chat).reversed().from_id(last) {
        let message = message?;
        let line = json!({
            "id": message.id(),
            "date": message.date(),
            "sender": message.sender_user_id(),
            "text": message.text(),
        });
        writeln!(file, "{line}")?;
        count += 1;
    }
    println!("{count} messages more in {}", path.display());
    Ok(())
}

fn prepare(_: &LocalDc, client: &Client) -> stage::Result {
    for number in 1..=150 {
        client.send_message("me", format!("Note {number}"))?;
    }
    Ok(())
}
