//! Drafts.
use std::time::Duration;

use ferogram_sync::tl::enums::DraftMessage;
use ferogram_sync::tl::{Identifiable, types::UpdateDraftMessage};
use ferogram_sync::{Client, InputMessage, Watch};
use localdc::{LocalDc, NewUser};

fn client(dc: &LocalDc, id: i64) -> Client {
    let builder = dc.client_builder().session(dc.session_of(id));
    builder.connect().expect("it starts")
}

/// What the next update of a draft says, or nothing.
fn next_draft(watch: &Watch) -> Option<String> {
    let raw = watch
        .next_timeout(Duration::from_secs(30))
        .expect("it comes");
    let told: UpdateDraftMessage = raw.read().expect("it is one").expect("it is one");
    match told.draft {
        DraftMessage::Message(draft) => Some(draft.message),
        _ => None,
    }
}

#[test]
fn the_accounts_other_programs_see_what_was_begun() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new("+9996654444", "Ann"));
    let (phone, desk) = (client(&dc, id), client(&dc, id));
    let watch = desk.watch(&[UpdateDraftMessage::CONSTRUCTOR_ID]);
    desk.get_me().expect("signed in");
    let note = phone.send_message("me", "Shopping").expect("sent");
    let begun = InputMessage::markdown("Buy **milk**").reply_to(note.id());
    phone.save_draft("me", begun).expect("saved");
    assert_eq!(next_draft(&watch).as_deref(), Some("Buy milk"));
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
