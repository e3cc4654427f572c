//! The account's dialogs: pinned ones first, the archive apart, with what is unread in each.
//!
//! With `API_ID` and `API_HASH` in the environment it lists those of an account on Telegram.
//! Without them a local data centre serves.
use std::env;
use std::error::Error;

use ferogram_sync::{Client, Folder};
use localdc::{LocalDc, NewChannel, NewUser};

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            println!("mode: Telegram (API_ID and API_HASH are set)");
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash)
                .session("login.session")
                .connect()?;
            client.interactive_sign_in(None)?;
            list(&client)
        }
        (None, None) => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            locally()
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

fn list(client: &Client) -> Result<(), Box<dyn Error>> {
    for archived in [false, true] {
        println!("{}:", if archived { "the archive" } else { "dialogs" });
        for dialog in client.iter_dialogs().archived(archived) {
            let dialog = dialog?;
            let mark = if dialog.is_pinned() { '*' } else { ' ' };
            let last = dialog.last_message().map_or("", |message| message.text());
            let unread = dialog.unread_count();
            println!("{mark} {} ({unread} unread): {last}", dialog.title());
        }
    }
    for folder in client.folders()? {
        let many = client.iter_dialogs().in_folder(&folder).count();
        println!("folder {:?}: {many}", folder.title.text);
    }
    Ok(())
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let ann_id = dc.add_user(NewUser::new("+9996617771", "Ann").username("annann"));
    let bob_id = dc.add_user(NewUser::new("+9996617772", "Bob").username("bobbob"));
    let open = |account| {
        let builder = dc.client_builder().session(dc.session_of(account));
        builder.connect()
    };
    let (ann, bob) = (open(ann_id)?, open(bob_id)?);
    for name in ["the_news", "the_weather", "the_garden"] {
        let channel = dc.add_channel(NewChannel::new(name, name).owner(bob_id).members([ann_id]));
        dc.post(channel, bob_id, format!("All about {name}"));
    }
    bob.send_message("@annann", "Hello")?;
    list(&ann)?;

    println!("\nAnn pins Bob, puts the news away and makes a folder");
    ann.pin_dialog("@bobbob", true)?;
    ann.archive("@the_news", true)?;
    ann.create_folder(Folder::new("Outside").channels().without_archived())?;
    ann.mark_read("@bobbob")?;
    list(&ann)
}
