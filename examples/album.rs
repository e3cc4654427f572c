//! Photos and files as albums.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment, and a chat and paths as its
//! arguments, it sends the files to that chat on Telegram, those together that may stand in one
//! album. Without them it starts a local data centre in this process, and sends texts.
use std::env;
use std::error::Error;

use ferogram_sync::{AlbumItem, Client, Media, Upload};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN")) {
        (Some(id), Some(hash), Some(token)) => {
            let builder = Client::builder().api_id(id.parse()?).api_hash(hash);
            let client = builder.connect()?;
            client.bot_sign_in(&token)?;
            let chat = env::args().nth(1).ok_or("to which chat? give its name")?;
            let files = env::args()
                .skip(2)
                .map(|path| Media::guess(Upload::path(path)));
            send(&client, &chat, files.map(AlbumItem::new).collect())
        }
        _ => {
            println!("mode: local data centre (set API_ID, API_HASH and BOT_TOKEN for Telegram)");
            let telegram = LocalDc::start()?;
            let files = ["one", "two", "three"].map(|text| {
                let file = Upload::bytes(text.as_bytes()).name(format!("{text}.txt"));
                AlbumItem::new(Media::document(file)).caption(text)
            });
            send(&telegram.user(), "me", files.into())
        }
    }
}

fn send(client: &Client, chat: &str, files: Vec<AlbumItem<'_>>) -> Result<(), Box<dyn Error>> {
    for message in client.send_album(chat, files, "")? {
        let album = message.album_id().unwrap_or(0);
        println!(
            "message {} of album {album:x}: {}",
            message.id(),
            message.text()
        );
    }
    Ok(())
}
