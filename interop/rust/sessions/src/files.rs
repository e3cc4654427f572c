//! Files that our client fetches from another's, and sends for it to fetch.
use ferogram_sync::tl::enums::MessageMedia;
use ferogram_sync::{Downloadable, FileId, Media, Upload};
use serde_json::Value;

use super::account::signed_in;
use super::{Result, sha256};

/// Where small files become large ones, parts end, and files do.
const LENGTHS: [usize; 6] = [
    1,
    511,
    (512 << 10) - 1,
    512 << 10,
    (10 << 20) - 1,
    (10 << 20) + 1,
];

/// Only where there is time for it.
const LONG: usize = 100 << 20;

fn lengths(facts: &Value) -> Vec<usize> {
    let mut lengths = LENGTHS.to_vec();
    if facts["long"] == true {
        lengths.push(LONG);
    }
    lengths
}

/// Fetches so many files that the other has sent to the account's own chat, each with its hash as
/// its caption, and then sends as many there. Says the `file_id`s of ours.
pub(crate) fn exchange(facts: &Value, theirs: usize) -> Result<()> {
    let client = signed_in(facts, None)?;
    for message in client.iter_messages("me").take(theirs) {
        let message = message?;
        let bytes = client
            .download(&message)
            .verify(true)
            .memory(LONG as u64)
            .to_bytes()?;
        if sha256(&bytes) != message.text() {
            return Err(format!("a file of {} bytes has come as another", bytes.len()).into());
        }
        if let Some(MessageMedia::Document(_)) = message.media() {
            let named = message.file_source()?.name.ok_or("it has a name")?;
            if named != format!("theirs-{}.bin", bytes.len()) {
                return Err(format!("a file of {} bytes is called {named}", bytes.len()).into());
            }
        }
    }
    for len in lengths(facts) {
        let bytes: Vec<u8> = (0..len).map(|at| (at * 7 + at / 251) as u8).collect();
        let hash = sha256(&bytes);
        let file = Upload::bytes(bytes).name(format!("ours-{len}.bin"));
        let message = client.send_media("me", Media::document(file), hash)?;
        let document = message.document().ok_or("it carries one")?;
        println!("{} {}", document.file_id(), document.file_id().unique_id());
    }
    client.sign_out()?;
    Ok(())
}

/// Fetches what a `file_id` of another's names, and says its hash, and the `file_id` as we write it.
pub(crate) fn fetch(facts: &Value, id: &str) -> Result<()> {
    let client = signed_in(facts, None)?;
    let id: FileId = id.parse()?;
    let bytes = client.download(&id).to_bytes()?;
    println!("{} {}", sha256(&bytes), id.unique_id());
    client.sign_out()?;
    Ok(())
}
