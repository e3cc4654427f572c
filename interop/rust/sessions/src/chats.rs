//! A forum that our client sets up and another's looks at, and the other way round: who is in it and
//! what they may do, links and who asks to be let in, topics, and what was done.
use std::io::BufRead;

use ferogram_sync::{
    AdminAction, AdminRights, BannedRights, Client, MemberFilter, NewChat, NewInviteLink, NewTopic,
    Participant, TopicChange,
};
use serde_json::{Value, json};

use super::account::signed_in_as;
use super::Result;

/// The user makes a forum. When somebody has asked to be let in by the link that is printed, an end
/// of a line has to come; then the id of the forum is printed.
pub(crate) fn make(facts: &Value) -> Result<()> {
    let client = signed_in_as(facts, "user", None)?;
    let bot = facts["bot"]["username"].as_str().ok_or("a bot")?;
    let club = client.create_channel(NewChat::supergroup("Our club"))?;
    client.set_forum(&club, true, false)?;
    client.invite_users(&club, [format!("@{bot}")])?;
    let quiet = BannedRights::new().send_media(true);
    client.restrict(&club, &*format!("@{bot}"), quiet)?;
    let link = NewInviteLink::new().title("Friends").request_needed(true);
    let link = client.create_invite_link(&club, link)?;
    println!("{}", link.link());
    std::io::stdin().lock().read_line(&mut String::new())?;
    let asking = client.iter_join_requests(&club).next();
    let asking = asking.ok_or("somebody has asked")??;
    client.approve_join_request(&club, &asking)?;
    let rights = AdminRights::new().delete_messages(true).rank("guard");
    client.set_admin(&club, &asking, rights)?;
    let old = NewInviteLink::new().title("Old");
    let old = client.create_invite_link(&club, old)?;
    client.revoke_invite_link(&club, old.link())?;
    let roses = client.create_topic(&club, NewTopic::new("Roses"))?;
    client.edit_topic(&club, roses, TopicChange::new().closed(true))?;
    client.pin_topic(&club, roses)?;
    println!("{}", club.marked_id());
    client.sign_out()?;
    Ok(())
}

/// Somebody else asks to be let in by a link.
pub(crate) fn knock(facts: &Value, link: &str) -> Result<()> {
    let password = facts["guarded"]["password"].as_str();
    let client = signed_in_as(facts, "guarded", password)?;
    println!("{:?}", client.join_by_link(link)?);
    client.sign_out()?;
    Ok(())
}

/// What the user sees of a forum, as JSON.
pub(crate) fn look(facts: &Value, id: &str) -> Result<()> {
    let client = signed_in_as(facts, "user", None)?;
    client.learn_peers_from_dialogs()?;
    let id: i64 = id.parse()?;
    let everybody = members(&client, id, MemberFilter::Everybody)?;
    let mut ids: Vec<i64> = everybody.iter().filter_map(user).collect();
    ids.sort_unstable();
    let admins = everybody.iter().filter_map(|one| {
        let rights = one.admin_rights()?;
        Some(json!([user(one)?, one.rank(), rights.raw.delete_messages]))
    });
    let restricted = members(&client, id, MemberFilter::Restricted(String::new()))?;
    let restricted = restricted.iter().filter_map(|one| {
        let rights = one.banned_rights()?;
        Some(json!([user(one)?, rights.raw.send_media, rights.raw.send_messages]))
    });
    let mut links = Vec::new();
    for revoked in [false, true] {
        for link in client.iter_invite_links(id, "me").revoked(revoked) {
            let link = link?;
            let waits = link.is_request_needed();
            links.push(json!([link.title(), waits, link.usage(), link.is_revoked()]));
        }
    }
    let mut topics = Vec::new();
    for topic in client.iter_topics(id) {
        let topic = topic?;
        topics.push(json!([topic.title(), topic.is_closed(), topic.is_pinned()]));
    }
    let mut log = Vec::new();
    for event in client.iter_admin_log(id) {
        log.push(kind(&event?.action()));
    }
    let admins: Vec<Value> = admins.collect();
    let restricted: Vec<Value> = restricted.collect();
    println!(
        "{}",
        json!({
            "members": ids, "admins": admins, "restricted": restricted, "links": links,
            "topics": topics, "log": log,
        })
    );
    client.sign_out()?;
    Ok(())
}

fn members(client: &Client, chat: i64, filter: MemberFilter) -> Result<Vec<Participant>> {
    let members = client.iter_participants(chat).filter(filter);
    Ok(members.collect::<ferogram_sync::Result<_>>()?)
}

fn user(one: &Participant) -> Option<i64> {
    one.user().map(|user| user.id())
}

/// The name of an action in the schema, without what all of them begin with.
fn kind(action: &AdminAction) -> &'static str {
    match action {
        AdminAction::Forum(_) => "ToggleForum",
        AdminAction::Invited(_) => "ParticipantInvite",
        AdminAction::Banned(_) => "ParticipantToggleBan",
        AdminAction::JoinedByRequest { .. } => "ParticipantJoinByRequest",
        AdminAction::Admin(_) => "ParticipantToggleAdmin",
        AdminAction::LinkRevoked(_) => "ExportedInviteRevoke",
        AdminAction::TopicCreated(_) => "CreateTopic",
        AdminAction::TopicEdited(_) => "EditTopic",
        AdminAction::TopicPinned(_) => "PinTopic",
        _ => "another",
    }
}
