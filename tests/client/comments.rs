//! Posts of channels, and the group where they are commented on.
use ferogram_sync::{Client, Error, InputMessage, Message, PeerError, PinnedIn};
use localdc::{LocalDc, NewChannel};

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
    let link = || ann.set_discussion_group("@the_news", Some("@the_talk"));
    link().expect("both are hers");
    let again = link().expect_err("it is so");
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
    let answer = ann.send_message("@the_talk", answer).expect("hers");
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
    assert_eq!(last, answer.id());
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

#[test]
fn a_group_is_linked_with_a_channel_and_both_tell_the_other() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = linked(&dc);
    let marked = |name: &str| ann.fetch_chat(name).expect("it is there").marked_id();
    let (news, talk) = (marked("@the_news"), marked("@the_talk"));
    assert_eq!(ann.linked_chat("@the_news").expect("told"), Some(talk));
    assert_eq!(bob.linked_chat("@the_talk").expect("told"), Some(news));
    let groups = ann.groups_for_discussion().expect("told");
    let groups: Vec<i64> = groups.iter().map(|it| it.marked_id()).collect();
    assert_eq!(groups, [talk], "no channel");
    assert!(bob.groups_for_discussion().expect("told").is_empty());

    let set = |client: &Client, channel: &str, group| client.set_discussion_group(channel, group);
    let error = set(&bob, "@the_news", None).expect_err("hers");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    let error = set(&ann, "@the_talk", Some("@the_talk")).expect_err("no channel");
    assert!(error.is("BROADCAST_ID_INVALID"), "{error}");
    let error = set(&ann, "@the_news", Some("@the_news")).expect_err("no group");
    assert!(error.is("MEGAGROUP_ID_INVALID"), "{error}");
    for (channel, group) in [("me", "@the_talk"), ("@the_news", "me")] {
        let error = set(&ann, channel, Some(group)).expect_err("somebody");
        assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
    }
    set(&ann, "@the_news", None).expect("hers");
    assert_eq!(ann.linked_chat("@the_news").expect("told"), None);
    assert_eq!(ann.linked_chat("@the_talk").expect("told"), None);
    let error = set(&ann, "@the_news", None).expect_err("it is so");
    assert!(error.is("LINK_NOT_MODIFIED"), "{error}");
    ann.hide_history("@the_talk", true).expect("hidden");
    let error = set(&ann, "@the_news", Some("@the_talk")).expect_err("nobody sees it");
    assert!(error.is("MEGAGROUP_PREHISTORY_HIDDEN"), "{error}");
}
