//! Pinning and unpinning.
use std::time::Duration;

use ferogram_sync::tl::functions::messages::UpdatePinnedMessage;
use ferogram_sync::tl::{Identifiable, types::UpdatePinnedMessages};
use ferogram_sync::{Client, PinOptions, PinnedIn, Watch};
use localdc::{LocalDc, NewChannel};

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

/// Whether the next update about pins says that something is pinned.
fn next_pin(watch: &Watch) -> bool {
    let raw = watch
        .next_timeout(Duration::from_secs(30))
        .expect("it comes");
    let told: UpdatePinnedMessages = raw.read().expect("it is one").expect("it is one");
    told.pinned
}

#[test]
fn pinned_for_both_sides_or_for_one() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_name, name) = (name_of(&ann), name_of(&bob));
    let watch = bob.watch(&[UpdatePinnedMessages::CONSTRUCTOR_ID]);
    let first = ann.send_message(name.as_str(), "first").expect("sent");
    let second = ann.send_message(name.as_str(), "second").expect("sent");
    first.pin().expect("both may");
    assert!(next_pin(&watch));
    let there = bob.pinned_message(ann_name.as_str()).expect("it answers");
    assert_eq!(there.expect("there is one").text(), "first");
    let alone = PinOptions::new().one_side(true).silent(true);
    ann.pin_message(name.as_str(), second.id(), alone)
        .expect("hers");
    let hers = ann.pinned_message(name.as_str()).expect("it answers");
    assert_eq!(hers.expect("there is one").text(), "second");
    let his = bob.pinned_message(ann_name.as_str()).expect("it answers");
    assert_eq!(his.expect("there is one").text(), "first");
    first.unpin().expect("both may");
    assert!(!next_pin(&watch));
    let error = first.unpin().expect_err("it is not pinned any more");
    assert!(error.is("CHAT_NOT_MODIFIED"), "{error}");
    ann.unpin_all_messages(name.as_str(), PinnedIn::Chat)
        .expect("hers");
    let none = ann.pinned_message(name.as_str()).expect("it answers");
    assert!(none.is_none());
    let error = ann.pin_message("me", 9999, PinOptions::new());
    assert!(error.expect_err("it is not there").is("MESSAGE_ID_INVALID"));
}

/// One call unpins so many, and says that there are more.
#[test]
fn all_are_unpinned_however_many_calls_it_takes() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let ann_id = ann.my_id().expect("signed in");
    let club = NewChannel::new("Club", "the_club").megagroup();
    let club = dc.add_channel(club.owner(ann_id));
    for number in 0..230 {
        let request = UpdatePinnedMessage {
            silent: true,
            peer: dc.channel_peer(ann_id, club),
            id: dc.post(club, ann_id, number.to_string()),
            ..Default::default()
        };
        dc.call_as(ann_id, &request).expect("hers");
    }
    ann.unpin_all_messages("@the_club", PinnedIn::Chat)
        .expect("hers");
    assert_eq!(dc.executed("messages.unpinAllMessages"), 3);
    let left = ann.pinned_message("@the_club").expect("it answers");
    assert!(left.is_none(), "{left:?}");
}
