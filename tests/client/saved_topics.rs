//! Saved messages, by whom they are from.
use ferogram_sync::tl::enums::InputPeer;
use ferogram_sync::tl::enums::Peer;
use ferogram_sync::tl::functions::messages::ForwardMessages;
use ferogram_sync::{Client, PeerRef, SavedTopic};
use localdc::{LocalDc, NewChannel};

fn topics(client: &Client) -> Vec<SavedTopic> {
    client
        .saved_topics()
        .collect::<Result<_, _>>()
        .expect("it answers")
}

fn ids(topics: &[SavedTopic]) -> Vec<i64> {
    let id = |topic: &SavedTopic| match &topic.peer {
        Peer::User(user) => user.user_id,
        Peer::Channel(channel) => channel.channel_id,
        other => panic!("{other:?}"),
    };
    topics.iter().map(id).collect()
}

#[test]
fn a_long_list_of_them_has_pages() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.my_id().expect("signed in");
    let mut channels = Vec::new();
    for number in 0..230 {
        let channel = dc.add_channel(NewChannel::private(format!("Channel {number}")).owner(me));
        let id = dc.post(channel, me, "news");
        let request = ForwardMessages {
            from_peer: dc.channel_peer(me, channel),
            id: vec![id],
            random_id: vec![i64::from(number) + 1],
            to_peer: InputPeer::PeerSelf,
            ..Default::default()
        };
        dc.call_as(me, &request).expect("it is hers");
        channels.push(channel);
    }
    channels.reverse();
    ann.learn_peers_from_dialogs().expect("read");
    assert_eq!(ids(&topics(&ann)), channels);
}

#[test]
fn they_are_listed_pinned_put_in_order_and_deleted() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.my_id().expect("signed in");
    let mut channels = Vec::new();
    for name in ["the_news", "the_talk", "the_club"] {
        channels.push(dc.add_channel(NewChannel::new("A channel", name).owner(me)));
        let post = ann
            .send_message(format!("@{name}"), name)
            .expect("it is hers");
        post.forward_to("me").expect("it is saved");
    }
    ann.send_message("me", "a note").expect("sent");
    let [news, talk, club] = channels[..] else {
        panic!("three were made");
    };
    assert_eq!(
        ids(&topics(&ann)),
        [me, club, talk, news],
        "the newest first"
    );
    ann.pin_saved_topic("@the_news", true).expect("hers");
    ann.pin_saved_topic("@the_talk", true).expect("hers");
    let all = topics(&ann);
    assert_eq!(ids(&all), [talk, news, me, club]);
    let pinned: Vec<bool> = all.iter().map(|it| it.pinned).collect();
    assert_eq!(pinned, [true, true, false, false]);
    let rest = ann.saved_topics().exclude_pinned().limit(1);
    let rest: Vec<SavedTopic> = rest.collect::<Result<_, _>>().expect("it answers");
    assert_eq!(ids(&rest), [me]);
    let order = ["@the_club", "@the_news"].map(PeerRef::from);
    ann.reorder_pinned_saved_topics(&order, false)
        .expect("hers");
    assert_eq!(ids(&topics(&ann)), [club, news, talk, me]);
    ann.reorder_pinned_saved_topics(&order[..1], true)
        .expect("hers");
    assert_eq!(ids(&topics(&ann)), [club, me, talk, news]);
    let top = all[0].top_message.as_ref().expect("it is there");
    assert_eq!(top.text(), "the_talk");
    ann.delete_saved_topic("@the_talk", top.id() - 1)
        .expect("hers");
    assert_eq!(topics(&ann).len(), 4, "it is newer");
    ann.delete_saved_topic("@the_news", 0).expect("hers");
    assert_eq!(ids(&topics(&ann)), [club, me, talk]);
}
