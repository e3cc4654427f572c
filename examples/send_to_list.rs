//! The same message to everybody on a list, a name in each line of a file:
//! `send_to_list FILE TEXT`.
//! Who cannot be written to is told at the end.
use std::{env, fs};

use ferogram_sync::Client;
use localdc::{LocalDc, NewUser};

mod stage;

fn main() -> stage::Result {
    stage::play(send_to_list, prepare)
}

fn send_to_list(client: &Client) -> stage::Result {
    let text = env::args()
        .nth(2)
        .unwrap_or_else(|| "See you on Monday.".into());
    let list = match env::args().nth(1) {
        Some(file) => fs::read_to_string(file)?,
        None => "@annann\n@bobbob\n@nobody_at_all\n".into(),
    };
    let mut missed = Vec::new();
    for name in list.lines().filter(|line| !line.trim().is_empty()) {
        // Where the server wants fewer messages a minute, this waits.
        match client.send_message(name, &*text) {
            Ok(message) => println!("{name}: sent as {}", message.id()),
            Err(error) => missed.push((name, error)),
        }
    }
    for (name, error) in &missed {
        println!("{name}: not sent: {error}");
    }
    Ok(())
}

fn prepare(dc: &LocalDc, _: &Client) -> stage::Result {
    dc.add_user(NewUser::new("+9996617771", "Ann").username("annann"));
    dc.add_user(NewUser::new("+9996617772", "Bob").username("bobbob"));
    Ok(())
}
