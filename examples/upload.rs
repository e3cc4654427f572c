//! A file goes up, with a bar that shows how far it is.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment, and a path and a chat as its
//! arguments, it sends the file to that chat on Telegram. Without them it starts a local data
//! centre in this process, and sends a file of its own making to itself.
use std::env;
use std::error::Error;

use ferogram_sync::{Client, Media, Progress, Upload};
use indicatif::{ProgressBar, ProgressStyle};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN")) {
        (Some(id), Some(hash), Some(token)) => {
            let builder = Client::builder().api_id(id.parse()?).api_hash(hash);
            let client = builder.connect()?;
            client.bot_sign_in(&token)?;
            let path = env::args().nth(1).ok_or("which file? give its path")?;
            let chat = env::args().nth(2).ok_or("to which chat? give its name")?;
            send(&client, &chat, Upload::path(path))
        }
        _ => {
            println!("mode: local data centre (set API_ID, API_HASH and BOT_TOKEN for Telegram)");
            let telegram = LocalDc::start()?;
            let numbers: Vec<String> = (0..3_000_000).map(|it| it.to_string()).collect();
            let file = Upload::bytes(numbers.join("\n").into_bytes()).name("numbers.txt");
            send(&telegram.user(), "me", file)
        }
    }
}

fn send(client: &Client, chat: &str, file: Upload<'_>) -> Result<(), Box<dyn Error>> {
    let bar = bar()?;
    let file = client.upload(file.on_progress(|progress| show(&bar, progress)))?;
    bar.finish();
    let message = client.send_media(chat, Media::guess(file), "A file")?;
    let document = message.document();
    let size = document.map_or(0, |document| document.size());
    println!("message {} carries {size} bytes", message.id());
    Ok(())
}

fn bar() -> Result<ProgressBar, Box<dyn Error>> {
    let line = "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    Ok(ProgressBar::new(0).with_style(ProgressStyle::with_template(line)?))
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_length(progress.total.unwrap_or(progress.done));
    bar.set_position(progress.done);
}
