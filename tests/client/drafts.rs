//! Drafts.
use std::time::Duration;

use ferogram_sync::tl::enums::{DraftMessage, Update as Raw};
use ferogram_sync::{Client, InputMessage, Update, Updates};
use localdc::{LocalDc, NewUser};

fn client(dc: &LocalDc, id: i64) -> Client {
    let builder = dc.client_builder().session(dc.session_of(id));
    builder.connect().expect("it starts")
}

/// What the next update of a draft says, or nothing.
fn next_draft(updates: &mut Updates) -> Option<String> {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::Raw(raw) = update.expect("it comes")
            && let Raw::DraftMessage(told) = &*raw
        {
            return match &told.draft {
                DraftMessage::Message(draft) => Some(draft.message.clone()),
                _ => None,
            };
        }
    }
}

#[test]
fn the_accounts_other_programs_see_what_was_begun() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new("+9996654444", "Ann"));
    let (phone, desk) = (client(&dc, id), client(&dc, id));
    let mut updates = desk.updates();
    desk.get_me().expect("signed in");
    let note = phone.send_message("me", "Shopping").expect("sent");
    let begun = InputMessage::markdown("Buy **milk**").reply_to(note.id());
    phone.save_draft("me", begun).expect("saved");
    assert_eq!(next_draft(&mut updates).as_deref(), Some("Buy milk"));
    let draft = desk.draft("me").expect("it answers").expect("it was saved");
    assert_eq!(draft.formatted().to_markdown().text, "Buy **milk**");
    let all = desk.drafts().expect("it answers");
    assert_eq!(all.len(), 1);
    let sent = desk.send_message("me", draft.to_input()).expect("sent");
    assert_eq!(sent.reply_to_message_id(), Some(note.id()));
    assert!(phone.draft("me").expect("it answers").is_none());
    phone.save_draft("me", "more").expect("saved");
    phone.clear_draft("me").expect("removed");
    phone.save_draft("me", "once more").expect("saved");
    phone.clear_drafts().expect("removed");
    assert!(desk.drafts().expect("it answers").is_empty());
}
