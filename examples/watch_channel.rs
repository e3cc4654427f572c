//! New posts of a channel that have a word are told at once: `watch_channel CHANNEL WORD`. It runs
//! until it is stopped.
use std::time::Duration;
use std::{env, thread};

use ferogram_sync::{Client, Update};
use localdc::{LocalDc, NewChannel};

mod stage;

fn main() -> stage::Result {
    stage::play(watch, prepare)
}

fn watch(client: &Client) -> stage::Result {
    let channel = env::args().nth(1).unwrap_or_else(|| "@the_news".into());
    let word = env::args().nth(2).unwrap_or_else(|| "garden".into());
    let posts = client.updates();
    // Of large channels, and of those that were not joined, the server tells who asks.
    let _watched = client.watch_channel(&channel)?;
    let channel = client.resolve(&channel)?;
    for update in posts {
        if let Update::NewMessage(post) = update
            && post.peer() == &channel
            && post.text().contains(&word)
        {
            println!("{}: {}", post.date(), post.text());
        }
    }
    Ok(())
}

fn prepare(dc: &'static LocalDc, client: &Client) -> stage::Result {
    let me = client.my_id().ok_or("nobody is signed in")?;
    let editor = dc.user();
    let editor_id = editor.my_id().ok_or("nobody is signed in")?;
    let news = NewChannel::new("News", "the_news").owner(editor_id);
    dc.add_channel(news.members([me]));
    let (end, mut heard) = (client.shutdown_token(), client.updates());
    let write = move || -> ferogram_sync::Result<()> {
        while dc.executed("updates.getChannelDifference") == 0 {
            thread::sleep(Duration::from_millis(10)); // Nobody watches yet.
        }
        for what in ["The garden is open.", "It rains.", "The garden is closed."] {
            editor.send_message("@the_news", what)?;
        }
        // The local run ends when all of them have come.
        let is_post = |update: &Update| matches!(update, Update::NewMessage(_));
        heard.iter().filter(is_post).take(3).for_each(drop);
        end.cancel();
        Ok(())
    };
    thread::Builder::new().name("editor".into()).spawn(write)?;
    Ok(())
}
