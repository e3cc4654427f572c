//! Checklists: sent, changed, completed by both sides, and added to.
use std::time::Duration;

use ferogram_sync::action::MessageAction;
use ferogram_sync::{Client, Error, InputChecklist, InputMessage, Message, Update};
use localdc::{LocalDc, NewChannel};

/// The tasks of a message as it is now, each with whether it is done.
fn tasks(client: &Client, id: i32) -> Vec<(i32, String, bool)> {
    let found = client
        .fetch_messages("@the_club", &[id])
        .expect("it answers");
    let list = found[0].as_ref().and_then(Message::checklist);
    let tasks = list.expect("it is one").tasks().into_iter();
    tasks
        .map(|task| (task.id, task.text.text, task.done_by.is_some()))
        .collect()
}

fn row(id: i32, text: &str, done: bool) -> (i32, String, bool) {
    (id, text.to_owned(), done)
}

/// Somebody with Premium, and somebody without, who are in the same group.
fn in_a_club(dc: &LocalDc) -> (Client, Client) {
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    dc.make_premium(ann_id);
    let club = NewChannel::new("Club", "the_club")
        .megagroup()
        .owner(ann_id);
    dc.add_channel(club.members([bob_id]));
    (ann, bob)
}

fn picnic() -> InputChecklist {
    InputChecklist::new("Picnic").tasks(["Bread", "Tea"])
}

#[test]
fn others_complete_and_append_only_where_they_may() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = in_a_club(&dc);
    let own = ann.send_checklist("@the_club", picnic()).expect("hers");
    let list = own.checklist().expect("it is one");
    assert!(!list.others_can_complete() && !list.others_can_append());
    for error in [
        bob.complete_tasks("@the_club", own.id(), &[1], &[]),
        bob.append_tasks("@the_club", own.id(), [(3, "Cake")]),
    ] {
        let error = error.expect_err("it is hers alone");
        assert!(error.is("MESSAGE_ID_INVALID"), "{error}");
    }
    own.complete_tasks(&[2], &[]).expect("it is hers");
    let error = own.complete_tasks(&[2], &[1]).expect_err("it is so");
    assert!(error.is("TODO_NOT_MODIFIED"), "{error}");
    let shared = picnic().others_can_complete(true).others_can_append(true);
    let shared = ann.send_checklist("@the_club", shared).expect("hers");
    let list = shared.checklist().expect("it is one");
    assert!(list.others_can_complete() && list.others_can_append());
    let shared = shared.id();
    bob.complete_tasks("@the_club", shared, &[1, 2], &[])
        .expect("he may");
    bob.complete_tasks("@the_club", shared, &[], &[1])
        .expect("he may");
    bob.append_tasks("@the_club", shared, [(7, "Cake")])
        .expect("he may");
    let (bread, tea, cake) = (
        row(1, "Bread", false),
        row(2, "Tea", true),
        row(7, "Cake", false),
    );
    assert_eq!(tasks(&ann, shared), [bread, tea, cake]);
    let error = bob.append_tasks("@the_club", shared, [(7, "Jam")]);
    assert!(error.expect_err("it is taken").is("TODO_ITEM_DUPLICATE"));
}

#[test]
fn what_was_done_to_a_checklist_is_said_in_the_chat() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = in_a_club(&dc);
    let sent = ann.send_checklist("@the_club", picnic()).expect("hers");
    let mut updates = bob.updates();
    sent.complete_tasks(&[2], &[1]).expect("it is hers");
    sent.append_tasks(["Cake", "Jam"]).expect("it is hers");
    let mut said = Vec::new();
    while said.len() < 2 {
        let update = updates.next_timeout(Duration::from_secs(30));
        let Update::ServiceMessage(service) = update.expect("it comes") else {
            continue;
        };
        match service.action() {
            MessageAction::TodoMarked(marks) => {
                said.push(format!("{:?} {:?}", marks.done, marks.undone))
            }
            MessageAction::TodoAppended(items) => said.push(items.len().to_string()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(said, ["[2] [1]", "2"]);
    let list = [
        row(1, "Bread", false),
        row(2, "Tea", true),
        row(3, "Cake", false),
        row(4, "Jam", false),
    ];
    assert_eq!(tasks(&bob, sent.id()), list);
}

#[test]
fn an_edit_writes_a_checklist_anew() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = in_a_club(&dc);
    let sent = ann.send_checklist("@the_club", picnic()).expect("hers");
    let other = InputChecklist::new("Journey").task("Tickets");
    let other = InputMessage::default().media(other.into_media().expect("it is good"));
    let edited = sent.edit(other).expect("it is hers");
    let list = edited.checklist().expect("it is one");
    assert_eq!(list.title().text, "Journey");
    assert_eq!(tasks(&bob, sent.id()), [row(1, "Tickets", false)]);
}

#[test]
fn a_checklist_that_is_none_is_refused() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = in_a_club(&dc);
    for wrong in [
        InputChecklist::new(" ").task("Bread"),
        InputChecklist::new("Picnic"),
        InputChecklist::new("Picnic").task(""),
    ] {
        let error = ann.send_checklist("me", wrong).expect_err("it is wrong");
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
    assert_eq!(dc.executed("messages.sendMedia"), 0);
    let many = InputChecklist::new("Picnic").tasks((1..=31).map(|it| it.to_string()));
    let error = ann.send_checklist("me", many).expect_err("30 are enough");
    assert!(error.is("TODO_ITEMS_TOO_MUCH"), "{error}");
    let error = bob.send_checklist("me", picnic()).expect_err("no Premium");
    assert!(error.is("PREMIUM_ACCOUNT_REQUIRED"), "{error}");
    let text = ann.send_message("me", "no list").expect("signed in");
    let errors = [text.complete_tasks(&[1], &[]), text.append_tasks(["Tea"])];
    for error in errors {
        assert!(matches!(error, Err(Error::Argument(_))), "{error:?}");
    }
    let nothing: [(i32, &str); 0] = [];
    let sent = ann.send_checklist("me", picnic()).expect("hers");
    let error = ann.append_tasks("me", sent.id(), nothing);
    assert!(error.expect_err("nothing is new").is("TODO_NOT_MODIFIED"));
}
