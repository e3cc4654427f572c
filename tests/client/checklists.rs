//! Checklists: sent, completed by both sides, and added to.
use ferogram_sync::{Client, Error, InputChecklist, Message};
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

#[test]
fn others_complete_and_append_only_where_they_may() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let club = NewChannel::new("Club", "the_club")
        .megagroup()
        .owner(ann_id);
    dc.add_channel(club.members([bob_id]));
    let list = InputChecklist::new("Picnic").tasks(["Bread", "Tea"]);
    let own = ann.send_checklist("@the_club", list.clone()).expect("hers");
    let error = bob.complete_tasks("@the_club", own.id(), &[1], &[]);
    let error = error.expect_err("it is hers alone");
    assert!(error.is("CHAT_WRITE_FORBIDDEN"), "{error}");
    own.complete_tasks(&[2], &[]).expect("it is hers");
    let error = own.complete_tasks(&[2], &[1]).expect_err("it is so");
    assert!(error.is("TODO_NOT_MODIFIED"), "{error}");
    let shared = list.others_can_complete(true).others_can_append(true);
    let shared = ann.send_checklist("@the_club", shared).expect("hers").id();
    bob.complete_tasks("@the_club", shared, &[1, 2], &[])
        .expect("he may");
    bob.complete_tasks("@the_club", shared, &[], &[1])
        .expect("he may");
    bob.append_tasks("@the_club", shared, [(3, "Cake")])
        .expect("he may");
    let row = |id, text: &str, done| (id, text.to_owned(), done);
    assert_eq!(
        tasks(&ann, shared),
        [
            row(1, "Bread", false),
            row(2, "Tea", true),
            row(3, "Cake", false)
        ]
    );
    let error = bob.append_tasks("@the_club", shared, [(3, "Jam")]);
    assert!(error.expect_err("it is taken").is("TODO_ITEM_DUPLICATE"));
    for wrong in [
        InputChecklist::new(" ").task("Bread"),
        InputChecklist::new("Picnic"),
        InputChecklist::new("Picnic").task(""),
    ] {
        let error = ann.send_checklist("me", wrong).expect_err("it is wrong");
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
}
