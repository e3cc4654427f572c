//! Groups and channels: made, set up, joined, left and ended.
use ferogram_sync::{Chat, Client, Dialog, Error, InputMessage, NewChat, PeerError};
use localdc::LocalDc;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

#[test]
fn a_channel_is_made_set_up_and_ended() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let news = NewChat::channel("News").about("What is new");
    let news = ann.create_channel(news).expect("made");
    assert!(matches!(&news, Chat::Channel(it) if it.is_broadcast()));
    ann.set_chat_title(&news, "Daily news").expect("set");
    ann.set_chat_username(&news, "@daily_news").expect("set");
    ann.set_signatures(&news, true, false).expect("set");
    let seen = bob.fetch_chat("@daily_news").expect("it is public");
    assert_eq!(seen.title(), "Daily news");
    let joined = bob.join_chat("@daily_news").expect("joined");
    let error = bob.join_chat(&joined).expect_err("he is there");
    assert!(error.is("USER_ALREADY_PARTICIPANT"), "{error}");
    let error = bob.set_chat_title(&joined, "Mine").expect_err("he may not");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    bob.leave_chat(&joined).expect("left");
    let error = bob.leave_chat(&joined).expect_err("he is gone");
    assert!(error.is("USER_NOT_PARTICIPANT"), "{error}");
    ann.delete_chat(&news).expect("ended");
    assert!(bob.fetch_chat(&joined).is_err());
}

#[test]
fn a_small_group_is_ended_by_who_made_it() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (friends, _) = ann.create_group("Friends", [name_of(&bob)]).expect("made");
    ann.send_message(&friends, "Hello").expect("sent");
    let id = friends.marked_id();
    bob.learn_peers_from_dialogs().expect("read");
    let error = bob.delete_chat(id).expect_err("it is not his");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    bob.send_message(id, "Hello").expect("he is in it");
    ann.delete_chat(&friends).expect("ended");
    for client in [&ann, &bob] {
        let error = client.send_message(id, "Hello").expect_err("it is gone");
        assert!(error.is("PEER_ID_INVALID"), "{error}");
        let dialogs: Vec<_> = client.iter_dialogs().collect();
        let is_it = |it: &Dialog| it.chat_id() == id;
        assert!(!dialogs.into_iter().flatten().any(|it| is_it(&it)));
    }
}

#[test]
fn a_supergroup_takes_others_in() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, carl) = (dc.user(), dc.user(), dc.user());
    let club = ann
        .create_channel(NewChat::supergroup("Club"))
        .expect("made");
    ann.send_message(&club, "Before").expect("sent");
    ann.hide_history(&club, true).expect("set");
    ann.set_slow_mode(&club, 10).expect("set");
    ann.set_noforwards(&club, true).expect("set");
    let names = [name_of(&bob), name_of(&carl)];
    let missing = ann.invite_users(&club, &names).expect("taken in");
    assert!(missing.is_empty());
    bob.learn_peers_from_dialogs().expect("read");
    let error = bob.send_message(club.marked_id(), "one").and_then(|_| {
        let again = bob.with_timeout(std::time::Duration::from_secs(2));
        again.send_message(club.marked_id(), "two")
    });
    assert!(error.expect_err("slowly").is("SLOWMODE_WAIT_*"));
    assert_eq!(
        bob.iter_messages(club.marked_id()).count(),
        1,
        "what was before is hidden"
    );
    let (peers, _) = ann.send_as_peers(&club).expect("told");
    assert!(!peers.is_empty());
    let error = ann.set_slow_mode(&club, 7).expect_err("seven is none");
    assert!(error.is("SECONDS_INVALID"), "{error}");
}

#[test]
fn a_small_group_grows_and_becomes_a_large_one() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, carl) = (dc.user(), dc.user(), dc.user());
    let (friends, missing) = ann.create_group("Friends", [name_of(&bob)]).expect("made");
    assert!(missing.is_empty());
    ann.invite_users(&friends, [name_of(&carl)])
        .expect("taken in");
    assert_eq!(ann.iter_participants(&friends).count(), 3);
    ann.set_chat_title(&friends, "Good friends").expect("set");
    carl.leave_chat(friends.marked_id()).expect("left");
    assert_eq!(ann.iter_participants(&friends).count(), 2);
    let large = ann.migrate_chat(&friends).expect("migrated");
    assert!(matches!(&large, Chat::Channel(it) if it.is_megagroup()));
    assert_eq!(large.title(), "Good friends");
    // The old id leads nowhere, and who writes there is told the new one.
    let bill = || InputMessage::text("The bill").once("bill");
    let error = ann.send_message(friends.marked_id(), bill());
    let error = error.expect_err("it is closed");
    let (from, to) = (friends.marked_id(), large.marked_id());
    let told = PeerError::Migrated { from, to };
    assert!(matches!(&error, Error::Peer(it) if *it == told), "{error}");
    ann.send_message(to, bill()).expect("the key is free");
    let error = ann.migrate_chat(&large).expect_err("it is one");
    assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
    let error = ann
        .set_slow_mode(friends.marked_id(), 10)
        .expect_err("a small one");
    assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
}
