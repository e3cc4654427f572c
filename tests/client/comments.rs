//! Posts of channels, and the group where they are commented on.
use ferogram_sync::tl::enums::{InputChannel, InputPeer};
use ferogram_sync::tl::functions::channels::SetDiscussionGroup;
use ferogram_sync::tl::types;
use ferogram_sync::{Client, InputMessage, Message, PinnedIn};
use localdc::{LocalDc, NewChannel};

fn channel(client: &Client, name: &str) -> InputChannel {
    let InputPeer::Channel(it) = client.resolve_peer(name).expect("it is public") else {
        panic!("{name} is no channel");
    };
    let (channel_id, access_hash) = (it.channel_id, it.access_hash);
    types::InputChannel {
        channel_id,
        access_hash,
    }
    .into()
}

/// A channel and its group, both Ann's, of which Bob is a member.
fn linked(dc: &LocalDc) -> (Client, Client) {
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let news = NewChannel::new("News", "the_news").owner(ann_id);
    dc.add_channel(news.members([bob_id]));
    let talk = NewChannel::new("Talk", "the_talk")
        .megagroup()
        .owner(ann_id);
    dc.add_channel(talk.members([bob_id]));
    let link = SetDiscussionGroup {
        broadcast: channel(&ann, "@the_news"),
        group: channel(&ann, "@the_talk"),
    };
    assert!(ann.invoke(&link).expect("both are hers"));
    let again = ann.invoke(&link).expect_err("it is so");
    assert!(again.is("LINK_NOT_MODIFIED"), "{again}");
    (ann, bob)
}

fn texts(messages: impl Iterator<Item = ferogram_sync::Result<Message>>) -> Vec<String> {
    messages
        .map(|it| it.expect("it comes").text().to_owned())
        .collect()
}

#[test]
fn a_post_is_commented_on_in_the_group() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = linked(&dc);
    let post = ann.send_message("@the_news", "Rain").expect("hers");
    let other = ann.send_message("@the_news", "Sun").expect("hers");
    let discussion = bob
        .discussion("@the_news", post.id())
        .expect("there is one");
    let root = discussion.root().expect("it is in the group");
    assert_eq!((root.text(), root.is_forwarded()), ("Rain", true));
    assert!(root.pinned() && !root.outgoing());
    let first = root.reply("Again?").expect("he is in it");
    let answer = InputMessage::text("Always.").reply_to(first.id());
    ann.send_message("@the_talk", answer).expect("hers");
    let below = bob.iter_messages("@the_news").topic(post.id());
    assert_eq!(texts(below), ["Always.", "Again?"]);
    let below = bob.iter_messages("@the_news").topic(other.id());
    assert!(texts(below).is_empty());
    let counted = |id: i32| {
        let found = bob.fetch_messages("@the_news", &[id]).expect("it answers");
        found[0].as_ref().expect("it is there").reply_count()
    };
    assert_eq!(
        (counted(post.id()), counted(other.id())),
        (Some(2), Some(0))
    );
    let discussion = bob.discussion("@the_news", post.id()).expect("it is there");
    assert_eq!(discussion.unread_count(), 1);
    let last = discussion.max_id().expect("there are comments");
    bob.read_discussion("@the_news", post.id(), last)
        .expect("he may");
    first.delete().expect("it is his");
    assert_eq!(counted(post.id()), Some(1));
}

#[test]
fn what_is_edited_above_is_edited_below() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = linked(&dc);
    let post = ann.send_message("@the_news", "Rain").expect("hers");
    post.edit("Snow").expect("hers");
    let discussion = bob.discussion("@the_news", post.id()).expect("it is there");
    assert_eq!(discussion.root().expect("it is there").text(), "Snow");
}

#[test]
fn all_of_a_thread_is_unpinned_and_nothing_else() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, _bob) = linked(&dc);
    let root = ann.send_message("@the_talk", "Roses").expect("hers");
    let below = root.reply("Red ones").expect("hers");
    let apart = ann.send_message("@the_talk", "Tulips").expect("hers");
    for message in [&below, &apart] {
        message.pin().expect("hers");
    }
    ann.unpin_all_messages("@the_talk", PinnedIn::Topic(root.id()))
        .expect("hers");
    let pinned = |message: &Message| {
        let now = message.fetch_again().expect("it answers");
        now.expect("it is there").pinned()
    };
    assert!(!pinned(&below) && pinned(&apart));
    ann.unpin_all_messages("@the_talk", PinnedIn::Chat)
        .expect("hers");
    assert!(!pinned(&apart));
}
