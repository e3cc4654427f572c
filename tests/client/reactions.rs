//! Reactions: sent, changed, taken back, and seen by the others.
use std::time::Duration;

use ferogram_sync::tl::enums::Reaction;
use ferogram_sync::tl::types;
use ferogram_sync::{Client, Reactions, Update, Updates};
use localdc::{LocalDc, NewChannel};

const THUMB: &str = "\u{1f44d}";

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

/// The reactions that the next update of reactions tells.
fn next(updates: &mut Updates) -> Vec<(Reaction, i32)> {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::MessageReactions(told) = update.expect("it comes") {
            let counts = told.counts();
            return counts
                .map(|(reaction, count)| (reaction.clone(), count))
                .collect();
        }
    }
}

#[test]
fn the_other_side_sees_each_change() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let mut updates = bob.updates();
    let message = ann.send_message(name_of(&bob), "Hello").expect("sent");
    message.react(THUMB).expect("it is there");
    let emoticon = THUMB.to_owned();
    let thumb = Reaction::from(types::ReactionEmoji { emoticon });
    assert_eq!(next(&mut updates), [(thumb, 1)]);
    let error = message.react(THUMB).expect_err("it is there already");
    assert!(error.is("MESSAGE_NOT_MODIFIED"), "{error}");
    message.react(Reactions::custom_emoji(7)).expect("another");
    let custom = Reaction::from(types::ReactionCustomEmoji { document_id: 7 });
    assert_eq!(next(&mut updates), [(custom, 1)]);
    message.react("").expect("taken back");
    assert!(next(&mut updates).is_empty());
    let large = Reactions::emoji(THUMB).big(true);
    message.react(large).expect("it is there");
    let mut reactors = message.reactors().expect("she is signed in");
    assert!(reactors.next().expect("one").expect("told").big);
}

#[test]
fn what_is_wrong_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let message = ann.send_message("me", "Hello").expect("sent");
    let two = Reactions::emoji(THUMB).and_custom_emoji(7);
    for (reactions, name) in [
        (two, "REACTIONS_TOO_MANY"),
        (Reactions::emoji("x"), "REACTION_INVALID"),
    ] {
        let error = message.react(reactions).expect_err("it is wrong");
        assert!(error.is(name), "{error}");
    }
    let error = ann.send_reaction("me", message.id() + 1, THUMB);
    let error = error.expect_err("there is no such message");
    assert!(error.is("MESSAGE_ID_INVALID"), "{error}");
}

#[test]
fn administrators_take_away_what_others_have_reacted_with() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let club = NewChannel::new("Club", "the_club")
        .megagroup()
        .owner(ann_id);
    dc.add_channel(club.members([bob_id]));
    let messages = ["one", "two"].map(|text| ann.send_message("@the_club", text).expect("hers"));
    for message in &messages {
        bob.send_reaction("@the_club", message.id(), THUMB)
            .expect("he may");
        message.react(THUMB).expect("she may");
    }
    let counts = || {
        messages.each_ref().map(|message| {
            let now = message.fetch_again().expect("it answers");
            now.expect("it is there").reaction_count()
        })
    };
    assert_eq!(counts(), [2, 2]);
    let first = messages[0].id();
    let error = bob.delete_reaction("@the_club", first, ann_id);
    let error = error.expect_err("he is no administrator");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    let him = name_of(&bob);
    ann.delete_reaction("@the_club", first, him.as_str())
        .expect("she is");
    assert_eq!(counts(), [1, 2]);
    ann.delete_reactions_of("@the_club", him).expect("she is");
    assert_eq!(counts(), [1, 1]);
}
