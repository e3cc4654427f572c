//! A file goes up and comes down again, with how far it is.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment, and a path as its argument, it
//! sends the file to the bot's own chat on Telegram. Without them it starts a local data centre in
//! this process, and sends a file of its own making.
use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use ferogram_sync::{Client, Media, Progress, Upload};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let folder = env::temp_dir().join(format!("ferogram-sync-transfer-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = match (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN")) {
        (Some(id), Some(hash), Some(token)) => {
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash)
                .connect()?;
            client.bot_sign_in(&token)?;
            let path = env::args().nth(1).ok_or("which file? give its path")?;
            there_and_back(&client, path.as_ref(), &folder)
        }
        _ => {
            let telegram = LocalDc::start()?;
            let path = folder.join("numbers.txt");
            let numbers: Vec<String> = (0..3_000_000).map(|it| it.to_string()).collect();
            fs::write(&path, numbers.join("\n"))?;
            there_and_back(&telegram.user(), &path, &folder)
        }
    };
    fs::remove_dir_all(&folder)?;
    done
}

fn there_and_back(client: &Client, path: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let file = client.upload(Upload::path(path).on_progress(show("up")))?;
    let message = client.send_media("me", Media::document(file), "A file")?;
    let back = folder.join("back");
    let download = client.download(&message).verify(true);
    let bytes = download.on_progress(show("down")).to_path(&back)?;
    if fs::read(path)? != fs::read(&back)? {
        return Err("the file has come back as another".into());
    }
    println!("{bytes} bytes went up and came down");
    Ok(())
}

/// Prints a line at each tenth.
fn show(way: &'static str) -> impl FnMut(&Progress) {
    let mut shown = 0;
    move |progress| {
        let tenth = progress.fraction().map_or(0, |done| (done * 10.0) as u32);
        if tenth > shown {
            shown = tenth;
            let rate = progress.bytes_per_second / 1e6;
            println!("{way}: {}0 %, {rate:.1} MB/s", tenth);
        }
    }
}
