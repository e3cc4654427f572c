//! Statistics, boosts, stories and groups that one shares with somebody.
use std::collections::HashSet;

use ferogram_sync::{Error, InputPoll, NewChat, PeerError, StatsKind};
use localdc::{LocalDc, NewChannel};

#[test]
fn statistics_come_from_the_data_centre_that_counts() {
    let dc = LocalDc::builder().dcs(3).start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let news = ann.create_channel(NewChat::channel("News")).expect("made");
    let post = ann.send_message(&news, "Spring").expect("sent");
    let stats = ann.stats(&news).expect("told");
    let StatsKind::Broadcast(raw) = &stats.raw else {
        panic!("a channel");
    };
    assert!(!raw.recent_posts_interactions.is_empty());
    let drawn = stats.graph(&raw.growth_graph).expect("it is drawn");
    assert!(drawn.json.contains("columns"));
    assert_eq!(dc.executed("stats.loadAsyncGraph"), 0, "it was there");
    assert_eq!(stats.members(), (1.0, 0.0));
    let day = drawn.json.split(['[', ',', ']']).nth(3);
    let day: i64 = day.and_then(|it| it.parse().ok()).expect("a day");
    let closer = stats.zoomed(&drawn, day).expect("it is drawn");
    assert!(closer.json.matches(',').count() > drawn.json.matches(',').count());
    let error = stats.zoomed(&drawn, day + 1000).expect_err("no day");
    assert!(error.is("GRAPH_OUTDATED_RELOAD"), "{error}");
    let error = stats.zoomed(&closer, day).expect_err("close enough");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let asked = dc.executed("stats.loadAsyncGraph");
    let later = stats.graph(&raw.languages_graph).expect("it is drawn");
    assert!(later.json.contains("columns"));
    assert_eq!(dc.executed("stats.loadAsyncGraph"), asked + 1);
    let nothing = stats.graph(&raw.iv_interactions_graph);
    assert!(matches!(nothing, Err(Error::Unexpected(_))));
    let one = ann.post_stats(&news, post.id()).expect("told");
    assert!(one.graph(&one.raw.views_graph).is_ok());

    let poll = InputPoll::new("Tea?").answers(["Yes", "No"]);
    let poll = ann.send_poll(&news, poll).expect("sent");
    let votes = ann.poll_stats(&news, poll.id()).expect("told").votes();
    assert!(votes.expect("it is drawn").json.contains("columns"));
    let error = ann.poll_stats(&news, post.id()).expect_err("no poll");
    assert!(error.is("MESSAGE_ID_INVALID"), "{error}");

    let club = ann
        .create_channel(NewChat::supergroup("Club"))
        .expect("made");
    let stats = ann.stats(&club).expect("told");
    assert!(matches!(&stats.raw, StatsKind::Megagroup(it) if it.top_admins.len() == 1));
    ann.set_chat_username(&news, "news_that_count")
        .expect("set");
    let error = bob.stats("@news_that_count").expect_err("he may not");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    let error = ann.stats("me").expect_err("no channel");
    assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
}

#[test]
fn boosts_are_given_and_listed() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let club = NewChannel::new("Club", "club_to_boost").megagroup();
    dc.add_channel(club.owner(ann.my_id().expect("she")));
    let error = bob.apply_boosts("@club_to_boost", [1]).expect_err("none");
    assert!(error.is("BOOSTS_EMPTY"), "{error}");
    dc.give_boosts(bob.my_id().expect("he"), 130);
    bob.apply_boosts("@club_to_boost", 1..=130).expect("given");
    let status = bob.boost_status("@club_to_boost").expect("told");
    assert!(status.my_boost && status.boosts == 130);
    let (mine, peers) = bob.my_boosts().expect("told");
    assert_eq!(mine.len(), 130);
    let given_to = mine[0].peer.as_ref().expect("it is given");
    assert_eq!(peers.chat(given_to).expect("it came too").title(), "Club");
    assert!(ann.my_boosts().expect("told").0.is_empty());
    assert_eq!(ann.iter_boosts("@club_to_boost").gifts(true).count(), 0);
    let first = ann.iter_boosts("@club_to_boost").next().expect("some");
    let first = first.expect("read");
    assert_eq!((first.multiplier(), first.user_id()), (1, bob.my_id()));
    let mut boosts = ann.iter_boosts("@club_to_boost");
    assert_eq!(boosts.total().expect("told"), 130);
    let boosts: HashSet<String> = boosts.map(|it| it.expect("read").raw.id).collect();
    assert_eq!(boosts.len(), 130);
    let error = bob.iter_boosts("@club_to_boost").next().expect("an item");
    assert!(error.expect_err("he may not").is("CHAT_ADMIN_REQUIRED"));
}

#[test]
fn common_groups_and_stories_are_read_to_their_ends() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    for number in 0..130 {
        dc.add_group(format!("Friends {number}"), ann_id, &[bob_id]);
    }
    dc.add_group("Without him", ann_id, &[]);
    ann.learn_peers_from_dialogs().expect("read");
    let shared: Vec<i64> = ann
        .iter_common_chats(bob_id)
        .map(|it| it.expect("read").marked_id())
        .collect();
    assert_eq!(shared.len(), 130);
    assert_eq!(shared.iter().collect::<HashSet<_>>().len(), 130);
    assert_eq!(ann.iter_common_chats(bob_id).limit(7).count(), 7);
    assert_eq!(dc.executed("messages.getCommonChats"), 4);

    let news = dc.add_channel(NewChannel::new("News", "news_of_spring").owner(ann_id));
    for number in 0..110 {
        dc.tell_story(news, format!("{number}"));
    }
    let told: Vec<i32> = bob
        .iter_stories("@news_of_spring")
        .map(|it| it.expect("read").id)
        .collect();
    assert_eq!(told, (1..=110).rev().collect::<Vec<_>>());
    assert_eq!(
        bob.active_stories("@news_of_spring").expect("read").len(),
        110
    );
    let all = ann.iter_stories("@news_of_spring").archived(true);
    assert_eq!(all.count(), 110);
    let error = bob.iter_stories("@news_of_spring").archived(true).next();
    assert!(error.expect("an item").is_err());
}
