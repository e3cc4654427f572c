//! Drafts.
use std::time::Duration;

use ferogram_sync::tl::enums::DraftMessage;
use ferogram_sync::tl::{Identifiable, types::UpdateDraftMessage};
use ferogram_sync::{
    Client, Draft, InputMessage, NewChat, NewTopic, ReplyTo, Update, Updates, Watch,
};
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
    assert_eq!(all[0].formatted(), draft.formatted());
    assert_eq!(
        (all[0].topic, all[0].to_input().reply_to),
        (None, draft.to_input().reply_to)
    );
    let sent = desk.send_message("me", draft.to_input()).expect("sent");
    assert_eq!(sent.reply_to_message_id(), Some(note.id()));
    assert!(phone.draft("me").expect("it answers").is_none());
    phone.save_draft("me", "more").expect("saved");
    phone.clear_draft("me").expect("removed");
    phone.save_draft("me", "once more").expect("saved");
    phone.clear_drafts().expect("removed");
    assert!(desk.drafts().expect("it answers").is_empty());
}

/// Of the next update of a draft: the topic, and the text.
fn next_change(updates: &mut Updates) -> (Option<i32>, String) {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::DraftChanged(change) = update.expect("it comes") {
            return (change.topic_id(), change.text().to_owned());
        }
    }
}

/// All drafts: the topic and the text of each.
fn begun(client: &Client) -> Vec<(Option<i32>, String)> {
    let all = client.drafts().expect("it answers").into_iter();
    let mut begun: Vec<_> = all.map(|it| (it.topic, it.raw.message)).collect();
    begun.sort();
    begun
}

fn draft_in(client: &Client, topic: i32) -> Draft {
    let mut all = client.drafts().expect("it answers").into_iter();
    all.find(|it| it.topic == Some(topic)).expect("it is there")
}

#[test]
fn each_topic_has_a_draft_of_its_own() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new("+9996654445", "Ann"));
    let (phone, desk) = (client(&dc, id), client(&dc, id));
    let forum = NewChat::supergroup("Club").forum(true);
    let forum = phone.create_channel(forum).expect("made");
    let [roses, tulips] = ["Roses", "Tulips"].map(|title| {
        let made = phone.create_topic(&forum, NewTopic::new(title));
        made.expect("made")
    });
    let red = InputMessage::text("Red ones").topic(roses);
    let red = phone.send_message(&forum, red).expect("sent");
    let mut updates = desk.updates();
    desk.get_me().expect("signed in");
    let save = |message: InputMessage| phone.save_draft(&forum, message).expect("saved");
    save(InputMessage::text("And white").topic(roses));
    assert_eq!(next_change(&mut updates), (Some(roses), "And white".into()));
    save(InputMessage::text("Late").topic(tulips));
    save(InputMessage::text("To all"));
    let (white, late) = (
        (Some(roses), "And white".into()),
        (Some(tulips), "Late".into()),
    );
    assert_eq!(begun(&desk), [(None, "To all".into()), white, late.clone()]);

    let topics = desk.fetch_topics(draft_in(&desk, roses).peer, [roses, tulips]);
    let topics = topics.expect("told").into_iter().flatten();
    let drafts = topics.map(|it| matches!(it.raw.draft, Some(DraftMessage::Message(_))));
    assert_eq!(drafts.collect::<Vec<_>>(), [true, true]);

    // It is sent where it belongs, answers nobody, and is no draft any more.
    let draft = draft_in(&desk, roses);
    assert_eq!(draft.to_input().reply_to, None);
    let sent = desk.send_message(draft.peer.clone(), draft.to_input());
    let sent = sent.expect("sent");
    assert_eq!(
        (sent.topic_id(), sent.reply_to_message_id()),
        (Some(roses), None)
    );
    assert_eq!(begun(&desk), [(None, "To all".into()), late]);

    // So is one that answers somebody.
    save(InputMessage::text("Yes").topic(roses).reply_to(red.id()));
    let input = draft_in(&desk, roses).to_input();
    assert!(input.reply_to.is_some() && input.reply_to != Some(ReplyTo::message(roses)));
    let sent = desk.send_message(draft.peer.clone(), input).expect("sent");
    let answered = (sent.topic_id(), sent.reply_to_message_id());
    assert_eq!(answered, (Some(roses), Some(red.id())));

    // An empty one takes away that of its topic alone.
    save(InputMessage::text("").topic(tulips));
    assert_eq!(begun(&desk), [(None, "To all".into())]);
    phone.clear_draft(&forum).expect("removed");
    assert!(begun(&desk).is_empty());
}
