//! Who has reacted, what one is offered, and reactions that are paid.
use std::time::Duration;

use ferogram_sync::tl::enums::Reaction;
use ferogram_sync::tl::types;
use ferogram_sync::{Client, Error, Message, Reactions, Update, Updates};
use localdc::LocalDc;

const THUMB: &str = "\u{1f44d}";

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn next_received(updates: &mut Updates) -> Message {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            return message;
        }
    }
}

fn emoji(emoticon: &str) -> Reaction {
    let emoticon = emoticon.to_owned();
    types::ReactionEmoji { emoticon }.into()
}

#[test]
fn who_has_reacted_is_listed_and_by_which_reaction() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let mut updates = bob.updates();
    let hers = ann.send_message(name_of(&bob), "Hello").expect("sent");
    let his = next_received(&mut updates);
    hers.react(THUMB).expect("she may");
    his.react(Reactions::emoji("\u{1f525}").big(true))
        .expect("he may");
    let mut all = hers.reactors().expect("the client is there");
    assert_eq!(all.total().expect("it answers"), 2);
    let all: Vec<_> = all.collect::<Result<_, _>>().expect("it answers");
    assert_eq!(all.len(), 2);
    assert!(
        all.iter()
            .any(|it| it.big && it.reaction == emoji("\u{1f525}"))
    );
    let thumbs = hers
        .reactors()
        .expect("the client is there")
        .reaction(emoji(THUMB));
    let thumbs: Vec<_> = thumbs.collect::<Result<_, _>>().expect("it answers");
    let [one] = &thumbs[..] else {
        panic!("one has reacted so")
    };
    let id = ann.my_id().expect("signed in");
    assert!(one.peers.user(id).is_some() && !one.big);
    let mut missing = ann.message_reactors("me", 9999);
    assert!(missing.next().expect("an error").is_err());
    assert!(missing.next().is_none());
}

#[test]
fn a_paid_reaction_is_paid_once_and_needs_stars() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let message = ann.send_message("me", "Hello").expect("sent");
    let error = message.react_paid(0, None).expect_err("it costs something");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    assert_eq!(dc.executed("messages.sendPaidReaction"), 0);
    let error = message.react_paid(1, None).expect_err("not in private");
    assert!(error.is("PEER_ID_INVALID"), "{error}");
}
