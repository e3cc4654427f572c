//! What is done to messages, and who has done it.
use ferogram_sync::tl::enums::{InputPeer, MessagesFilter, Reaction};
use ferogram_sync::tl::functions::messages as f;
use ferogram_sync::tl::types;
use ferogram_sync::{ChatAction, Client, InputMessage, InputPoll, MessageFilter, PinnedIn};
use localdc::{LocalDc, NewChannel, NewUser};

use super::scene::Scene;

#[test]
fn what_is_reported() {
    let scene = Scene::new();
    let sent = scene.ann.send_message("@the_club", "Hello").expect("hers");
    let report = f::Report {
        peer: scene.club.clone(),
        id: vec![sent.id()],
        option: vec![7],
        message: "why".to_owned(),
    };
    scene.asks(&report, |ann| {
        drop(ann.report_messages("@the_club", &[sent.id()], vec![7], "why"));
    });
    let report = f::ReportReaction {
        peer: scene.club.clone(),
        id: sent.id(),
        reaction_peer: scene.peer.clone(),
    };
    scene.asks(&report, |ann| {
        drop(ann.report_reaction("@the_club", sent.id(), scene.bob));
    });
}

#[test]
fn how_far_is_read_and_what_is_unpinned() {
    let scene = Scene::new();
    let sent = scene.ann.send_message("@the_club", "Hello").expect("hers");
    let answer = scene
        .ann
        .send_message("@the_club", InputMessage::text("Yes").reply_to(sent.id()));
    let answer = answer.expect("hers");
    let read = f::ReadDiscussion {
        peer: scene.club.clone(),
        msg_id: sent.id(),
        read_max_id: answer.id(),
    };
    scene.asks(&read, |ann| {
        drop(ann.read_discussion("@the_club", sent.id(), answer.id()));
    });
    let unpin = f::UnpinAllMessages {
        peer: scene.club.clone(),
        top_msg_id: Some(sent.id()),
        ..Default::default()
    };
    scene.asks(&unpin, |ann| {
        drop(ann.unpin_all_messages("@the_club", PinnedIn::Topic(sent.id())));
    });
}

#[test]
fn what_is_typed_offered_and_looked_for() {
    let scene = Scene::new();
    let sent = scene.ann.send_message("@the_club", "Hello").expect("hers");
    let typing = f::SetTyping {
        peer: scene.club.clone(),
        top_msg_id: Some(sent.id()),
        action: types::SendMessageUploadAudioAction { progress: 7 }.into(),
    };
    scene.asks(&typing, |ann| {
        drop(ann.send_chat_action("@the_club", Some(sent.id()), ChatAction::UploadAudio(7)));
    });
    for offer in [true, false] {
        let translations = f::TogglePeerTranslations {
            disabled: !offer,
            peer: scene.club.clone(),
        };
        scene.asks(&translations, |ann| {
            drop(ann.offer_translations("@the_club", offer));
        });
    }
    let calendar = f::GetSearchResultsCalendar {
        peer: scene.club.clone(),
        filter: MessagesFilter::InputMessagesFilterUrl,
        offset_id: 9,
        ..Default::default()
    };
    scene.asks(&calendar, |ann| {
        drop(ann.search_calendar("@the_club", MessageFilter::Links, 9));
    });
}

/// A supergroup of 230, of whom each does something.
fn crowd() -> (LocalDc, Client, i64, Vec<i64>) {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.my_id().expect("signed in");
    let many: Vec<i64> = (0..230)
        .map(|number| dc.add_user(NewUser::new(format!("+99966{number:05}"), "Somebody")))
        .collect();
    let club = NewChannel::new("Club", "the_club").megagroup().owner(me);
    let club = dc.add_channel(club.members(many.iter().copied()));
    (dc, ann, club, many)
}

#[test]
fn many_votes_and_reactions_have_pages() {
    let (dc, ann, club, many) = crowd();
    let poll = InputPoll::new("Tea?")
        .answers(["Yes", "No"])
        .public_voters(true);
    let poll = ann.send_poll("@the_club", poll).expect("hers");
    let option = poll.poll().expect("it is one").answers()[0].option.clone();
    for (who, number) in many.iter().zip(1..) {
        let peer: InputPeer = dc.channel_peer(*who, club);
        let vote = f::SendVote {
            peer: peer.clone(),
            msg_id: poll.id(),
            options: vec![option.clone()],
        };
        dc.call_as(*who, &vote).expect("it is open");
        let thumb = Reaction::from(types::ReactionEmoji {
            emoticon: "\u{1f44d}".to_owned(),
        });
        let react = f::SendReaction {
            peer,
            msg_id: poll.id(),
            reaction: Some(vec![thumb]),
            ..Default::default()
        };
        dc.call_as(*who, &react)
            .unwrap_or_else(|error| panic!("{number}: {error}"));
    }
    poll.vote(&[0]).expect("it is open");
    let mut voters: Vec<i64> = poll
        .poll_votes()
        .expect("the client is there")
        .map(|vote| vote.expect("it answers"))
        .filter_map(|vote| {
            many.iter()
                .copied()
                .find(|id| vote.peers.user(*id).is_some())
        })
        .collect();
    voters.sort_unstable();
    voters.dedup();
    assert!(
        voters.len() >= 3,
        "each page names its own: {}",
        voters.len()
    );
    let votes = poll.poll_votes().expect("the client is there");
    assert_eq!(votes.count(), 231);
    let reactors = poll.reactors().expect("the client is there");
    assert_eq!(reactors.count(), 230);
}
