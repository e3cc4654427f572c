//! Showing what one is doing, until it is done.
use std::time::Duration;

use ferogram_sync::tl::enums::SendMessageAction as Action;
use ferogram_sync::tl::{Identifiable, types::UpdateUserTyping};
use ferogram_sync::{ChatAction, Client, Watch};
use localdc::LocalDc;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn next(watch: &Watch) -> Action {
    let raw = watch
        .next_timeout(Duration::from_secs(30))
        .expect("it comes");
    let update: UpdateUserTyping = raw.read().expect("it is one").expect("it is one");
    update.action
}

#[test]
fn it_is_renewed_while_it_lasts_and_ends_for_certain_when_it_is_dropped() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let watch = bob.watch(&[UpdateUserTyping::CONSTRUCTOR_ID]);
    let guard = ann.typing(name.as_str()).expect("she may");
    assert_eq!(next(&watch), Action::SendMessageTypingAction);
    assert_eq!(next(&watch), Action::SendMessageTypingAction);
    guard.change(ChatAction::RecordVideo);
    assert_eq!(next(&watch), Action::SendMessageRecordVideoAction);
    let before = dc.executed("messages.setTyping");
    drop(guard);
    assert_eq!(next(&watch), Action::SendMessageCancelAction);
    // Nothing is renewed after the end.
    assert!(watch.next_timeout(Duration::from_secs(5)).is_err());
    assert_eq!(dc.executed("messages.setTyping"), before + 1);
    // The thread serves those that come later, too.
    let again = ann.show_chat_action(name.as_str(), None, ChatAction::Typing);
    assert_eq!(next(&watch), Action::SendMessageTypingAction);
    again.expect("she may").cancel().expect("it answers");
    assert_eq!(next(&watch), Action::SendMessageCancelAction);
}

#[test]
fn it_outlives_no_client_and_keeps_none() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let guard = ann.typing("me").expect("she may");
    ann.close().expect("it ends, and with it the thread");
    drop(ann);
    guard.cancel().expect_err("there is no client any more");
    let bob = dc.user();
    bob.close().expect("it ends");
    bob.typing("me").expect_err("it is closed");
}
