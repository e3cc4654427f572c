//! Everything in a chat that has some words goes to another chat:
//! `search_and_forward FROM TO WORDS`.
use std::env;

use ferogram_sync::{Client, ForwardOptions};
use localdc::{LocalDc, NewChannel};

mod stage;

fn main() -> stage::Result {
    stage::play(search_and_forward, prepare)
}

fn search_and_forward(client: &Client) -> stage::Result {
    let argument = |n, otherwise: &str| env::args().nth(n).unwrap_or_else(|| otherwise.into());
    let (from, to) = (argument(1, "@the_news"), argument(2, "me"));
    let found = client.search(&from, argument(3, "garden"));
    let mut ids = found
        .map(|message| Ok(message?.id()))
        .collect::<ferogram_sync::Result<Vec<i32>>>()?;
    ids.reverse(); // The oldest first, as they were written.
    for some in ids.chunks(100) {
        let options = ForwardOptions::new().silent(true);
        let sent = client.forward_messages(&to, some, &from, options)?;
        println!(
            "{} of {} forwarded",
            sent.iter().flatten().count(),
            some.len()
        );
    }
    Ok(())
}

fn prepare(dc: &LocalDc, client: &Client) -> stage::Result {
    let me = client.my_id().ok_or("nobody is signed in")?;
    let news = dc.add_channel(NewChannel::new("News", "the_news").owner(me));
    for what in ["The garden is open.", "It rains.", "The garden is closed."] {
        dc.post(news, me, what);
    }
    Ok(())
}
