//! The file of a message comes down, with a bar that shows how far it is. What was interrupted goes
//! on where it was.
//!
//! With `API_ID` and `API_HASH` in the environment, and a link to a message as its argument, the
//! account of `login.session` (which the example `login` makes) fetches its file from Telegram.
//! Without them it starts a local data centre in this process, which has a file.
use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};

use ferogram_sync::{Client, Media, Message, MessageLink, Progress, Upload};
use indicatif::{ProgressBar, ProgressStyle};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            let builder = Client::builder().api_id(id.parse()?).api_hash(hash);
            let client = builder.session("login.session").connect()?;
            let link = env::args()
                .nth(1)
                .ok_or("which message? give a link to it")?;
            let link = MessageLink::parse(&link).ok_or("this is no link to a message")?;
            let found = client.fetch_messages(&link.chat, &[link.id])?;
            let message = found.into_iter().flatten().next();
            let message = message.ok_or("there is no such message")?;
            fetch(&client, &message, Path::new("."))
        }
        _ => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            let telegram = LocalDc::start()?;
            let client = telegram.user();
            let numbers: Vec<String> = (0..3_000_000).map(|it| it.to_string()).collect();
            let file = Upload::bytes(numbers.join("\n").into_bytes()).name("numbers.txt");
            let message = client.send_media("me", Media::document(file), "")?;
            let folder = env::temp_dir().join(format!("ferogram-sync-{}", std::process::id()));
            std::fs::create_dir_all(&folder)?;
            fetch(&client, &message, &folder)?;
            std::fs::remove_dir_all(&folder)?;
            Ok(())
        }
    }
}

fn fetch(client: &Client, message: &Message, folder: &Path) -> Result<(), Box<dyn Error>> {
    let document = message.document().ok_or("the message carries no file")?;
    // The name comes from whoever has sent it: only its last part is taken.
    let name = document.file_name().map(PathBuf::from);
    let name = name.as_deref().and_then(Path::file_name);
    let path = folder.join(name.unwrap_or("file".as_ref()));
    let bar = bar(document.size())?;
    let download = client.download(message).verify(true);
    let bytes = download
        .on_progress(|progress: &Progress| bar.set_position(progress.done))
        .to_path(&path)?;
    bar.finish();
    println!("{} has {bytes} bytes", path.display());
    Ok(())
}

fn bar(total: u64) -> Result<ProgressBar, Box<dyn Error>> {
    let line = "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    Ok(ProgressBar::new(total).with_style(ProgressStyle::with_template(line)?))
}
