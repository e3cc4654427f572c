//! What is large or moves: a supergroup of very many, who is put out there, restricted and raised,
//! and dialogs that are read while messages come; told so that another's can be held against it.
use ferogram_sync::{
    AdminRights, BannedRights, Chat, Client, Dialog, Folder, MemberFilter, NewChat, Participant,
};
use serde_json::{Value, json};

use super::Result;
use super::account::signed_in_as;

/// The supergroup of very many, which the local data centre has made.
const CROWD: &str = "@the_crowd";

/// How many chats are made, and of them, how many are pinned and archived.
const CHATS: usize = 300;
const PINNED: usize = 3;
const ARCHIVED: usize = 20;

/// After so many dialogs that were read, messages come in some.
const EVERY: usize = 15;

/// Who is in the crowd: how many, and the sum of their ids; and whether these are all.
pub(crate) fn count(facts: &Value) -> Result<()> {
    let client = signed_in_as(facts, "user", None)?;
    let mut members = client.iter_participants(CROWD);
    let mut ids = Vec::new();
    for member in members.by_ref() {
        ids.extend(member?.user().map(|user| user.id()));
    }
    let complete = members.is_complete();
    ids.sort_unstable();
    println!("{}", json!({"ids": ids, "complete": complete}));
    client.sign_out()?;
    Ok(())
}

/// Puts one of the crowd out, restricts one and raises one; prints who they are, and what is seen of
/// them.
pub(crate) fn judge(facts: &Value) -> Result<()> {
    let client = signed_in_as(facts, "user", None)?;
    let found = client.iter_participants(CROWD);
    let found = found.filter(MemberFilter::Named("a".into())).limit(3);
    let ids = found.map(|one| Ok(user(&one?).ok_or("a user")?));
    let ids = ids.collect::<Result<Vec<i64>>>()?;
    client.ban(CROWD, ids[0], None)?;
    client.restrict(CROWD, ids[1], BannedRights::new().send_media(true))?;
    let rights = AdminRights::new().ban_users(true).pin_messages(true);
    client.set_admin(CROWD, ids[2], rights.rank("guard"))?;
    see(&client, &ids)
}

/// Prints what is seen of those of the crowd who are not like the others.
pub(crate) fn judged(facts: &Value) -> Result<()> {
    see(&signed_in_as(facts, "user", None)?, &[])
}

fn see(client: &Client, ids: &[i64]) -> Result<()> {
    let those = |filter| -> Result<Vec<Participant>> {
        let found = client.iter_participants(CROWD).filter(filter);
        Ok(found.collect::<ferogram_sync::Result<_>>()?)
    };
    let banned = those(MemberFilter::Banned(String::new()))?;
    let restricted = those(MemberFilter::Restricted(String::new()))?;
    let restricted = restricted.iter().filter_map(|one| {
        let rights = one.banned_rights()?.raw;
        Some(json!([user(one)?, rights.send_media, rights.send_messages]))
    });
    let admins = those(MemberFilter::Admins)?;
    let admins = admins.iter().filter(|one| one.rank().is_some());
    let admins = admins.filter_map(|one| {
        let rights = one.admin_rights()?.raw;
        Some(json!([user(one)?, one.rank(), rights.ban_users, rights.change_info]))
    });
    println!(
        "{}",
        json!({
            "ids": ids,
            "banned": banned.iter().filter_map(user).collect::<Vec<_>>(),
            "restricted": restricted.collect::<Vec<_>>(),
            "admins": admins.collect::<Vec<_>>(),
        })
    );
    client.sign_out()?;
    Ok(())
}

fn user(one: &Participant) -> Option<i64> {
    match one.chat()? {
        Chat::User(user) => Some(user.id()),
        _ => None,
    }
}

/// Fills the account with chats of all kinds, and reads the list of them while messages come in
/// those that were not read yet and in those that were.
pub(crate) fn stir(facts: &Value) -> Result<()> {
    let client = signed_in_as(facts, "user", None)?;
    let made = make(&client, facts["bot"]["username"].as_str().ok_or("a bot")?)?;
    let mut dialogs = Vec::new();
    let mut next = 0;
    for dialog in client.iter_dialogs() {
        dialogs.push(dialog?);
        if dialogs.len() % EVERY == 0 {
            // The oldest are far from being read yet, and the others are now and then.
            for chat in [&made[next], &made[made.len() - 1 - next]] {
                client.send_message(chat, "Meanwhile")?;
            }
            next += 1;
        }
    }
    let folder = client.folders()?.pop().ok_or("a folder")?;
    let in_folder = client.iter_dialogs().in_folder(&folder);
    let in_folder: Vec<Dialog> = in_folder.collect::<ferogram_sync::Result<_>>()?;
    let of = |wanted: &dyn Fn(&Dialog) -> bool| ids(dialogs.iter().filter(|one| wanted(one)));
    let forum = |one: &Dialog| matches!(one.chat(), Some(Chat::Channel(it)) if it.is_forum());
    println!(
        "{}",
        json!({
            "chats": of(&|_| true),
            "pinned": of(&Dialog::is_pinned),
            "archived": of(&Dialog::is_archived),
            "forums": of(&forum),
            "migrated": of(&|one| one.migrated_to().is_some()),
            "folder": ids(in_folder.iter()),
        })
    );
    client.sign_out()?;
    Ok(())
}

fn ids<'a>(dialogs: impl Iterator<Item = &'a Dialog>) -> Vec<i64> {
    let mut ids: Vec<i64> = dialogs.map(Dialog::chat_id).collect();
    ids.sort_unstable();
    ids
}

/// Makes the chats, the oldest first.
fn make(client: &Client, bot: &str) -> Result<Vec<Chat>> {
    let mut made = Vec::new();
    let (group, _) = client.create_group("Old friends", [format!("@{bot}")])?;
    made.push(client.migrate_chat(&group)?);
    made.push(client.create_channel(NewChat::supergroup("Forum").forum(true))?);
    made.push(client.create_channel(NewChat::channel("News"))?);
    let (group, _) = client.create_group("Friends", [format!("@{bot}")])?;
    made.push(group);
    let mut folder = Folder::new("Some");
    for number in made.len()..CHATS {
        let club = client.create_channel(NewChat::supergroup(format!("Club {number}")))?;
        match number {
            _ if number % 50 == 0 => folder = folder.include(&club),
            _ if (251..251 + PINNED).contains(&number) => client.pin_dialog(&club, true)?,
            _ if number < 10 + ARCHIVED => client.archive(&club, true)?,
            _ => {}
        }
        made.push(club);
    }
    client.create_folder(folder)?;
    Ok(made)
}
