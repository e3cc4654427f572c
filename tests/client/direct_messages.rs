//! Direct messages to channels, and posts that are suggested there.
use ferogram_sync::action::{MessageAction, SuggestedPostState};
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{Client, HistoryEntry, InputMessage, Message, Update};
use localdc::{LocalDc, NewChannel};

use super::scheduled::in_seconds;

/// A channel of Ann's that takes direct messages: its id, and where they are.
struct Town {
    dc: LocalDc,
    ann: Client,
    bob: Client,
    news: i64,
}

impl Town {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bob) = (dc.user(), dc.user());
        let hers = ann.my_id().expect("signed in");
        let news = dc.add_channel(NewChannel::new("News", "the_news").owner(hers));
        ann.allow_direct_messages("@the_news", Some(0))
            .expect("it is hers");
        Self { dc, ann, bob, news }
    }
}

fn direct(client: &Client) -> i64 {
    let full = client.fetch_chat_full("@the_news").expect("it is public");
    full.direct_messages().expect("it takes some")
}

fn texts(messages: impl Iterator<Item = ferogram_sync::Result<Message>>) -> Vec<String> {
    let texts = messages.map(|it| it.map(|it| it.text().to_owned()));
    texts.collect::<Result<_, _>>().expect("they are there")
}

fn offer(text: &str, offer: types::SuggestedPost) -> InputMessage {
    InputMessage::text(text).suggested_post(offer)
}

fn stars(amount: i64) -> Option<enums::StarsAmount> {
    Some(types::StarsAmount { amount, nanos: 0 }.into())
}

/// What the last message in a chat says has become of a suggested post.
fn last_verdict<T>(client: &Client, read: impl Fn(SuggestedPostState<'_>) -> T) -> T {
    let mut entries = client.iter_messages(direct(client)).with_service();
    let entry = entries.next().expect("something was done").expect("told");
    let HistoryEntry::Service(said) = entry else {
        panic!("it was written");
    };
    match said.action() {
        MessageAction::SuggestedPost(post) => read(post.state),
        other => panic!("{other:?}"),
    }
}

#[test]
fn everybody_talks_with_the_channel_alone_and_administrators_with_each() {
    let town = Town::new();
    let (dc, ann, bob) = (&town.dc, &town.ann, &town.bob);
    let carol = dc.user();
    let mut updates = ann.updates();
    bob.send_message(direct(bob), "Who are you?").expect("sent");
    let told = updates.iter().find_map(|update| match update {
        Update::NewMessage(message) => Some(message),
        _ => None,
    });
    let question = told.expect("she is told");
    let his = types::PeerUser {
        user_id: bob.my_id().expect("signed in"),
    };
    assert_eq!(question.saved_peer(), Some(&his.into()));
    carol
        .send_message(direct(&carol), "And why?")
        .expect("sent");
    let answer = question.reply("We are the news").expect("she may");
    assert!(answer.reply_to_message_id().is_some());
    question.respond("Every day").expect("she may");
    let seen = texts(bob.iter_messages(direct(bob)).reversed());
    assert_eq!(seen, ["Who are you?", "We are the news", "Every day"]);
    assert_eq!(texts(carol.iter_messages(direct(&carol))), ["And why?"]);
    // His own answers need not say with whom he talks.
    let heard = bob.iter_messages(direct(bob)).next().expect("it is there");
    let heard = heard.expect("it is there");
    assert_eq!(heard.sender_chat_id(), Some(-1_000_000_000_000 - town.news));
    heard.reply("Thank you").expect("he may");
    let refused = ann.send_message(direct(ann), "To whom?");
    let refused = refused.expect_err("she has to say with whom");
    assert!(refused.is("REPLY_TO_MONOFORUM_PEER_INVALID"), "{refused}");

    let topics = ann
        .direct_topics(direct(ann))
        .collect::<Result<Vec<_>, _>>();
    let topics = topics.expect("hers");
    let newest = topics
        .iter()
        .map(|it| it.top_message.as_ref().expect("there").text());
    assert_eq!(newest.collect::<Vec<_>>(), ["Thank you", "And why?"]);
    let with_bob = ann.iter_messages(direct(ann)).saved_from(&topics[0].peer);
    assert_eq!(texts(with_bob).len(), 4);
    ann.mark_saved_read(direct(ann), &topics[0].peer, 0)
        .expect("hers");
    let read = ann
        .direct_topics(direct(ann))
        .next()
        .expect("one")
        .expect("hers");
    assert_eq!((topics[0].unread, read.unread), (1, 0));
    ann.delete_direct_topic(direct(ann), &topics[0].peer, 0)
        .expect("hers");
    assert!(texts(bob.iter_messages(direct(bob))).is_empty());
    let denied = bob.direct_topics(direct(bob)).next().expect("an error");
    assert!(denied.expect_err("not his").is("CHAT_ADMIN_REQUIRED"));

    ann.allow_direct_messages("@the_news", None).expect("hers");
    let closed = bob.send_message(direct(bob), "Still there?");
    let closed = closed.expect_err("it takes none");
    assert!(closed.is("CHAT_WRITE_FORBIDDEN"), "{closed}");
}

#[test]
fn suggested_posts_are_accepted_paid_and_posted_or_rejected() {
    let town = Town::new();
    let (dc, ann, bob) = (&town.dc, &town.ann, &town.bob);
    let paid = types::SuggestedPost {
        price: stars(10),
        ..Default::default()
    };
    let suggested = bob.send_message(direct(bob), offer("Read this", paid));
    let suggested = suggested.expect("sent");
    let kept = suggested.suggested_post().expect("it is one");
    assert_eq!((&kept.price, kept.accepted), (&stars(10), false));
    let accept = |by: &Client, id, date| by.accept_suggested_post(direct(by), id, date);
    let denied = accept(bob, suggested.id(), None).expect_err("his own");
    assert!(denied.is("CHAT_ADMIN_REQUIRED"), "{denied}");

    accept(ann, suggested.id(), None).expect("she may");
    let poor = |state: SuggestedPostState<'_>| state == SuggestedPostState::BalanceTooLow;
    assert!(last_verdict(bob, poor), "he has no Stars");
    let his_id = bob.my_id().expect("signed in");
    dc.give_stars(his_id, 15);
    accept(ann, suggested.id(), None).expect("she may");
    assert!(!last_verdict(bob, poor));
    assert_eq!(dc.stars_of(his_id), 5);
    let post = ann
        .iter_messages("@the_news")
        .next()
        .expect("posted")
        .expect("told");
    assert_eq!(post.text(), "Read this");
    assert!(post.raw.paid_suggested_post_stars);
    let now = suggested.fetch_again().expect("told").expect("it is there");
    assert!(now.suggested_post().expect("it is one").accepted);

    let free = types::SuggestedPost::default();
    let second = bob.send_message(direct(bob), offer("And this", free.clone()));
    let second = second.expect("sent");
    accept(ann, second.id(), Some(in_seconds(4000))).expect("she may");
    let waiting = ann.scheduled_messages("@the_news").expect("hers");
    assert_eq!(waiting[0].text(), "And this");

    let third = bob.send_message(direct(bob), offer("That too", free));
    let third = third.expect("sent");
    ann.reject_suggested_post(direct(ann), third.id(), Some("Too long"))
        .expect("she may");
    let why = |state: SuggestedPostState<'_>| match state {
        SuggestedPostState::Rejected { comment, .. } => comment.map(str::to_owned),
        other => panic!("{other:?}"),
    };
    assert_eq!(last_verdict(bob, why).as_deref(), Some("Too long"));
    let now = third.fetch_again().expect("told").expect("it is there");
    assert!(now.suggested_post().expect("it is one").rejected);
    assert_eq!(texts(ann.iter_messages("@the_news")).len(), 1);
}
