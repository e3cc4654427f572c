//! Transfers of our client that are killed on the way: the next run goes on where the last one was.
//!
//! Each says how far it is, a number a line, and goes on when it is given a line: so it can be
//! killed just there. All that it keeps lies in one folder.
use std::fs;
use std::io::Write;
use std::path::Path;

use ferogram_sync::{Client, Media, Progress, TransferHandle, Upload, UploadTicket};
use serde_json::Value;

use super::{Result, builder, sha256};

/// Sends the file `up.bin` of the folder to the account's own chat, with its hash as its caption.
pub(crate) fn go_up(facts: &Value, folder: &Path) -> Result<()> {
    let client = signed_in(facts, folder)?;
    let (file, kept) = (folder.join("up.bin"), folder.join("ticket"));
    let handle = TransferHandle::new();
    let mut upload = Upload::path(&file).handle(&handle);
    if let Ok(ticket) = fs::read_to_string(&kept) {
        upload = upload.resume(UploadTicket::decode(&ticket)?);
    }
    let sent = client.upload(upload.on_progress(|progress| {
        if let Some(ticket) = handle.upload_ticket() {
            let beside = folder.join("ticket.new");
            let wrote = fs::write(&beside, ticket.encode());
            wrote
                .and_then(|()| fs::rename(&beside, &kept))
                .expect("there is room");
        }
        say(progress);
    }))?;
    let hash = sha256(&fs::read(&file)?);
    client.send_media("me", Media::document(sent), hash)?;
    client.sign_out()?;
    Ok(())
}

/// Fetches the file of the last message of the account's own chat, as `down.bin` in the folder.
pub(crate) fn go_down(facts: &Value, folder: &Path) -> Result<()> {
    let client = signed_in(facts, folder)?;
    let message = client.iter_messages("me").next().ok_or("a message")??;
    let download = client.download(&message).on_progress(say);
    download.to_path(folder.join("down.bin"))?;
    client.sign_out()?;
    Ok(())
}

/// The user, by the login that lies in the folder if one does.
fn signed_in(facts: &Value, folder: &Path) -> Result<Client> {
    let session = folder.join("session");
    let client = builder(facts)?.session(session).connect()?;
    if !client.is_authorized()? {
        let fact = |name: &str| facts["user"][name].as_str().ok_or("a fact of the user");
        let token = client.request_login_code(fact("phone")?)?;
        client.sign_in(&token, fact("code")?)?;
    }
    Ok(client)
}

fn say(progress: &Progress) {
    println!("{}", progress.done);
    std::io::stdout().flush().ok();
    std::io::stdin().read_line(&mut String::new()).ok();
}
