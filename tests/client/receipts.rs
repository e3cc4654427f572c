//! Who has read what one wrote, links to messages, and threads.
use ferogram_sync::tl::enums::{InputPeer, InputUser};
use ferogram_sync::tl::functions::messages::{CreateChat, ReadHistory};
use ferogram_sync::{
    Client, InputMessage, LinkKind, MessageLink, NewChat, NewTopic, PaidAs, PeerRef,
};
use localdc::{LocalDc, NewChannel};

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn read_all(client: &Client, peer: InputPeer) {
    let request = ReadHistory { peer, max_id: 0 };
    client.invoke(&request).expect("it answers");
}

#[test]
fn who_has_read_is_told_once_somebody_has() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let sent = ann.send_message(name.as_str(), "Hello").expect("sent");
    let error = ann.message_read_date(name.as_str(), sent.id());
    assert!(error.expect_err("nobody has").is("MESSAGE_NOT_READ_YET"));
    let hers = bob.resolve_peer(name_of(&ann)).expect("she is there");
    read_all(&bob, hers);
    let date = ann
        .message_read_date(name.as_str(), sent.id())
        .expect("he has");
    assert!(date >= sent.date());
    let user = ann.resolve_peer(name.as_str()).expect("he is there");
    let InputPeer::User(user) = user else {
        panic!("he is a user")
    };
    let user = ferogram_sync::tl::types::InputUser {
        user_id: user.user_id,
        access_hash: user.access_hash,
    };
    let create = CreateChat {
        users: vec![InputUser::User(user)],
        title: "Two".to_owned(),
        ..Default::default()
    };
    ann.invoke(&create).expect("it is founded");
    let sent = ann.send_message(-1_i64, "Hello, all").expect("sent");
    assert!(sent.read_by().expect("it answers").is_empty());
    read_all(&bob, bob.resolve_peer(-1_i64).expect("he is in it"));
    let readers = sent.read_by().expect("it answers");
    let [reader] = &readers[..] else {
        panic!("one has read it")
    };
    assert_eq!(Some(reader.user_id), bob.my_id());
}

#[test]
fn a_link_leads_to_the_message_and_a_thread_begins_with_what_is_answered() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let id = ann.my_id().expect("signed in");
    let channel = dc.add_channel(
        NewChannel::new("Garden", "the_garden")
            .megagroup()
            .owner(id),
    );
    let root = ann.send_message("@the_garden", "Roses").expect("sent");
    let answer = InputMessage::text("Tulips").reply_to(root.id());
    let answer = ann.send_message("@the_garden", answer).expect("sent");
    let link = root.link().expect("it is in a supergroup");
    assert_eq!(link, MessageLink::new("@the_garden", root.id()));
    let asked = ann.message_link("@the_garden", root.id(), LinkKind::Single);
    assert_eq!(asked.expect("it answers"), link.to_string());
    let thread = ann.message_link("@the_garden", answer.id(), LinkKind::Thread);
    let thread = MessageLink::parse(&thread.expect("it answers")).expect("it is one");
    assert_eq!((thread.id, thread.thread), (answer.id(), Some(root.id())));
    let error = ann.message_link("me", 1, LinkKind::Single);
    assert!(error.is_err(), "there are none in private");
    let discussion = root.discussion().expect("it is a thread");
    assert_eq!(discussion.root().map(|it| it.id()), Some(root.id()));
    assert_eq!(discussion.max_id(), Some(answer.id()));
    let private = MessageLink::new(PeerRef::from(-1_000_000_000_000 - channel), 5);
    assert_eq!(private.to_string(), format!("https://t.me/c/{channel}/5"));
    // Stars are paid where they are, once.
    let error = root
        .react_paid(10, Some(PaidAs::Anonymous))
        .expect_err("she has none");
    assert!(error.is("BALANCE_TOO_LOW"), "{error}");
    dc.give_stars(id, 25);
    root.react_paid(10, None).expect("she has them now");
    assert_eq!(dc.stars_of(id), 15);
}

/// When each has read it is told, not when one asks.
#[test]
fn every_reader_has_read_it_at_a_time_of_their_own() {
    let dc = LocalDc::start().expect("it listens");
    let people = [dc.user(), dc.user(), dc.user()];
    let [ann_id, bob_id, eve_id] = people.each_ref().map(|it| it.my_id().expect("signed in"));
    let [ann, bob, eve] = &people;
    let group = dc.add_group("Three", ann_id, &[bob_id, eve_id]);
    let club = NewChannel::new("Club", "the_club").megagroup();
    dc.add_channel(club.owner(ann_id).members([bob_id, eve_id]));
    for (place, hours) in [(PeerRef::from(-group), 1), (PeerRef::from("@the_club"), 3)] {
        for client in &people {
            client.learn_peers_from_dialogs().expect("read");
        }
        let sent = ann.send_message(place.clone(), "Hello, all").expect("sent");
        bob.mark_read(place.clone()).expect("he is in it");
        dc.set_clock_shift(hours * 3600);
        let between = ann.send_message("me", "An hour later").expect("sent");
        eve.mark_read(place).expect("she is in it");
        dc.set_clock_shift((hours + 1) * 3600);
        let readers = sent.read_by().expect("it answers");
        let date = |id: i64| {
            let reader = readers.iter().find(|it| it.user_id == id);
            reader.expect("they have read it").date
        };
        assert_eq!(readers.len(), 2);
        assert!((sent.date()..between.date()).contains(&date(bob_id)));
        let later = ann.send_message("me", "Another hour later").expect("sent");
        assert!((between.date()..later.date()).contains(&date(eve_id)));
    }
}

/// In a forum a link leads through the topic, but for that which is named by nothing.
#[test]
fn a_link_to_a_message_in_a_topic_names_the_topic() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let forum = NewChat::supergroup("Club").forum(true);
    let forum = ann.create_channel(forum).expect("made");
    let roses = ann.create_topic(&forum, NewTopic::new("Roses"));
    let roses = roses.expect("made");
    let red = InputMessage::text("Red ones").topic(roses);
    let red = ann.send_message(&forum, red).expect("sent");
    let answer = red.reply("Yes").expect("sent");
    for message in [&red, &answer] {
        let link = message.link().expect("it is in a supergroup");
        assert_eq!((link.thread, link.id), (Some(roses), message.id()));
        let path = format!("/{roses}/{}", message.id());
        assert!(link.to_string().ends_with(&path), "{link}");
        let asked = ann.message_link(&forum, message.id(), LinkKind::Thread);
        let asked = MessageLink::parse(&asked.expect("it answers"));
        assert_eq!(asked, Some(link.clone()));
        let alone = ann.message_link(&forum, message.id(), LinkKind::Single);
        let alone = MessageLink::parse(&alone.expect("it answers")).expect("it is one");
        assert_eq!(
            (alone.chat, alone.thread, alone.id),
            (link.chat, None, link.id)
        );
    }
    let said = ann.send_message(&forum, "To all").expect("sent");
    let link = said.link().expect("it is in a supergroup");
    assert_eq!((link.thread, link.id), (None, said.id()));
}
