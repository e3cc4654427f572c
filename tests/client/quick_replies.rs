//! Quick replies: kept, renamed, put in order, cut and deleted.
use ferogram_sync::{Client, Error, InputMessage, Message};
use localdc::LocalDc;

fn names(client: &Client) -> Vec<String> {
    let all = client.quick_replies().expect("it answers");
    all.into_iter().map(|it| it.shortcut).collect()
}

#[test]
fn they_are_put_in_order_renamed_and_deleted() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    for (text, name) in [("At nine", "open"), ("At six", "close"), ("No", "sunday")] {
        let message = InputMessage::text(text).quick_reply(name);
        ann.send_message("me", message).expect("it is kept");
    }
    let more = InputMessage::text("Or at ten").quick_reply("open");
    ann.send_message("me", more).expect("it is kept");
    let ids: Vec<i32> = {
        let all = ann.quick_replies().expect("it answers");
        all.iter().map(|it| it.id).collect()
    };
    let order = [ids[2], ids[0], ids[1]];
    ann.reorder_quick_replies(&order).expect("they are hers");
    assert_eq!(names(&ann), ["sunday", "open", "close"]);
    let error = ann.check_quick_reply("open").expect_err("it is there");
    assert!(error.is("SHORTCUT_OCCUPIED"), "{error}");
    ann.rename_quick_reply(ids[2], "holiday")
        .expect("it is free");
    let messages = ann.quick_reply_messages(ids[0]).expect("it answers");
    let texts: Vec<&str> = messages.iter().map(|it| it.text()).collect();
    assert_eq!(texts, ["At nine", "Or at ten"]);
    ann.delete_quick_reply_messages(ids[0], &[messages[0].id()])
        .expect("it is hers");
    assert_eq!(names(&ann), ["holiday", "open", "close"]);
    ann.delete_quick_reply_messages(ids[0], &[messages[1].id()])
        .expect("it is hers");
    ann.delete_quick_reply(ids[1]).expect("it is hers");
    assert_eq!(names(&ann), ["holiday"], "without messages it goes");
    let error = ann.delete_quick_reply(ids[1]).expect_err("it is gone");
    assert!(error.is("SHORTCUT_INVALID"), "{error}");
    let error = ann.send_quick_reply("me", ids[0]).expect_err("it is gone");
    assert!(error.is("SHORTCUT_INVALID"), "{error}");
}

/// They are numbered by themselves, as messages that wait are.
#[test]
fn what_is_done_with_one_of_their_messages_befalls_no_other() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let note = ann.send_message("me", "a note").expect("it is sent");
    let kept = InputMessage::text("At nine").quick_reply("open");
    let sent = ann.send_message("me", kept).expect("it is kept");
    let id = ann.quick_replies().expect("it answers")[0].id;
    let kept = ann.quick_reply_messages(id).expect("it answers").remove(0);
    assert_eq!(
        (kept.id(), sent.id()),
        (note.id(), note.id()),
        "a number of both"
    );
    for kept in [&kept, &sent] {
        let error = kept.reply("x").expect_err("it is in no chat");
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
    // The local data centre changes none of them. A change that went astray would be seen below.
    drop(kept.edit("At ten"));
    kept.delete().expect("it is hers");
    assert!(names(&ann).is_empty(), "without messages it goes");
    let note = note.fetch_again().expect("it answers");
    assert_eq!(note.expect("nothing befell it").text(), "a note");
}

#[test]
fn what_was_kept_is_sent_in_the_order_in_which_it_was_written() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let written = ["One", "Two", "Three"];
    for text in written {
        let message = InputMessage::text(text).quick_reply("count");
        ann.send_message("me", message).expect("it is kept");
    }
    let all = ann.quick_replies().expect("it answers");
    let [kept] = &all[..] else { panic!("{all:?}") };
    assert_eq!((kept.shortcut.as_str(), kept.count), ("count", 3));
    let messages = ann.quick_reply_messages(kept.id).expect("it answers");
    let texts: Vec<&str> = messages.iter().map(Message::text).collect();
    assert_eq!(texts, written);
    let sent = ann.send_quick_reply("me", kept.id).expect("it is hers");
    let sent: Vec<Message> = sent.into_iter().flatten().collect();
    let texts: Vec<&str> = sent.iter().map(Message::text).collect();
    assert_eq!(texts, written);
    assert!(sent.is_sorted_by_key(Message::id));
}
