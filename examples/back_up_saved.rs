//! Saved messages as files in a folder, texts and what is attached: `back_up_saved FOLDER`. What is
//! there already is left alone, so it can be run again and again.
use std::path::PathBuf;
use std::{env, fs, process};

use ferogram_sync::{Client, Document, Upload};
use localdc::LocalDc;

mod stage;

fn main() -> stage::Result {
    stage::play(back_up, prepare)
}

fn back_up(client: &Client) -> stage::Result {
    let folder = env::args().nth(1).map_or_else(
        || env::temp_dir().join(format!("saved-{}", process::id())),
        PathBuf::from,
    );
    fs::create_dir_all(&folder)?;
    for message in client.iter_messages("me") {
        let message = message?;
        let text = folder.join(format!("{}.html", message.id()));
        if text.exists() {
            continue;
        }
        if message.has_photo() || message.has_document() {
            let document = message.media().and_then(Document::from_media);
            let name = document
                .as_ref()
                .and_then(|it| it.file_name())
                .unwrap_or("photo.jpg");
            let name = name.replace(['/', '\\'], "_");
            let path = folder.join(format!("{}_{name}", message.id()));
            let bytes = client.download(&message).to_path(&path)?;
            println!("{}: {bytes} bytes", path.display());
        }
        // The text comes last: with it, the message is there in whole.
        fs::write(&text, message.html_text())?;
    }
    println!("{} has all of it", folder.display());
    Ok(())
}

fn prepare(_: &LocalDc, client: &Client) -> stage::Result {
    client.send_message("me", "A note")?;
    let notes = Upload::bytes(b"Some bytes").name("notes.txt");
    client.send_file("me", notes, "Attached")?;
    Ok(())
}
