//! What an account has: filled by our client, and told so that another's can be held against it.
use ferogram_sync::tl::{self, Serialize};
use ferogram_sync::{
    Client, ContactName, ForwardOptions, NewChat, PrivacyKey, PrivacyRule, Result as Told,
};
use serde_json::{Value, json};

use super::Result;
use super::account::signed_in;

/// How many chats there are, and of them, how many are pinned and archived.
const CHATS: usize = 300;
const PINNED: usize = 3;
const ARCHIVED: usize = 20;

/// How many messages the longest of them has.
const MESSAGES: usize = 10_000;

/// So many are forwarded at once.
const AT_ONCE: usize = 100;

/// A public name of the longest chat.
const LONG: &str = "@the_long_one";

/// Fills the account with what lists are made of, and tells it.
pub(crate) fn fill(facts: &Value) -> Result<()> {
    let client = signed_in(facts, None)?;
    let long = client.create_channel(NewChat::supergroup("Long"))?;
    client.set_chat_username(&long, LONG)?;
    let mut first = Vec::new();
    for number in 0..AT_ONCE {
        let word = if number % 10 == 0 { "tulip" } else { "daisy" };
        first.push(client.send_message(&long, format!("{word} {number}"))?.id());
    }
    for _ in 1..MESSAGES / AT_ONCE {
        client.forward_messages(&long, &first, &long, ForwardOptions::new())?;
    }
    for number in 2..CHATS {
        let club = client.create_channel(NewChat::supergroup(format!("Club {number}")))?;
        client.send_message(&club, "Welcome")?;
        match number {
            _ if number < 2 + PINNED => client.pin_dialog(&club, true)?,
            _ if number < 2 + PINNED + ARCHIVED => client.archive(&club, true)?,
            _ => {}
        }
    }
    client.send_message("me", "A note")?;
    let other = facts["guarded"]["phone"].as_str().ok_or("a number")?;
    client.add_contact(format!("+{other}"), ContactName::new("Bob").last_name("Smith"))?;
    let rules = [
        PrivacyRule::allow_users([format!("+{other}")]),
        PrivacyRule::AllowContacts,
        PrivacyRule::DisallowAll,
    ];
    client.set_privacy(PrivacyKey::PhoneNumber, &rules)?;
    print(&client)
}

/// Tells what the account has now.
pub(crate) fn tell(facts: &Value) -> Result<()> {
    print(&signed_in(facts, None)?)
}

fn print(client: &Client) -> Result<()> {
    let mut contacts = Vec::new();
    for user in client.contacts()? {
        contacts.push(json!([user.id(), user.full_name()]));
    }
    let rules = client.privacy(PrivacyKey::PhoneNumber)?.raw;
    let rules = rules.iter().map(|rule| {
        let bytes = rule.to_bytes();
        let id = bytes.first_chunk().map_or(0, |id| u32::from_le_bytes(*id));
        tl::name_of(id).unwrap_or("?")
    });
    let rules: Vec<&str> = rules.collect();
    let (mut chats, mut pinned, mut archived) = (Vec::new(), Vec::new(), Vec::new());
    for dialog in client.iter_dialogs() {
        let dialog = dialog?;
        chats.push(dialog.chat_id());
        if dialog.is_pinned() {
            pinned.push(dialog.chat_id());
        }
        if dialog.is_archived() {
            archived.push(dialog.chat_id());
        }
    }
    chats.sort_unstable();
    pinned.sort_unstable();
    archived.sort_unstable();
    let all = client.iter_messages(LONG).with_service();
    let ids: Vec<i64> = all.map(|it| it.map(|it| it.id().into())).collect::<Told<_>>()?;
    let found = client.search(LONG, "tulip");
    let found: Vec<i64> = found.map(|it| it.map(|it| it.id().into())).collect::<Told<_>>()?;
    let sum = |ids: &[i64]| json!([ids.len(), ids.iter().sum::<i64>()]);
    let told = json!({
        "contacts": contacts,
        "privacy": rules,
        "chats": chats,
        "pinned": pinned,
        "archived": archived,
        "messages": sum(&ids),
        "found": sum(&found),
    });
    println!("{told}");
    client.sign_out()?;
    Ok(())
}
