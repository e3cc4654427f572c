//! Topics of forums.
use std::collections::HashSet;

use ferogram_sync::tl::enums::{ChatFull, Peer};
use ferogram_sync::{
    Chat, Client, Error, ForumTopic, InputMessage, NewChat, NewTopic, Result, TopicChange, Update,
};
use localdc::{LocalDc, NewChannel};

fn forum(client: &Client) -> Chat {
    let club = NewChat::supergroup("Club").forum(true);
    client.create_channel(club).expect("made")
}

fn make(client: &Client, chat: &Chat, title: &str) -> i32 {
    let made = client.create_topic(chat, NewTopic::new(title));
    made.expect("made")
}

fn topic(client: &Client, chat: &Chat, id: i32) -> ForumTopic {
    let mut found = client.fetch_topics(chat, [id]).expect("told");
    found.remove(0).expect("it is there")
}

fn titles(client: &Client, chat: &Chat) -> Vec<String> {
    let topics: Vec<ForumTopic> = client
        .iter_topics(chat)
        .collect::<Result<_>>()
        .expect("read");
    topics.iter().map(|it| it.title().to_owned()).collect()
}

#[test]
fn topics_are_made_written_in_changed_and_deleted() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = forum(&ann);
    let roses = make(&ann, &club, "Roses");
    let tulips = make(&ann, &club, "Tulips");
    assert_eq!(titles(&ann, &club), ["Tulips", "Roses", "General"]);
    let said = InputMessage::text("Red ones").topic(roses);
    let said = ann.send_message(&club, said).expect("sent");
    assert_eq!(titles(&ann, &club), ["Roses", "Tulips", "General"]);
    assert_eq!(topic(&ann, &club, roses).top_message(), said.id());
    let answer = said.reply("Yes").expect("sent");
    assert_eq!(topic(&ann, &club, roses).top_message(), answer.id());
    ann.send_message(&club, "To all").expect("sent");
    assert_eq!(titles(&ann, &club), ["General", "Roses", "Tulips"]);
    let texts = |topic| {
        let said = ann.iter_messages(&club).topic(topic);
        said.map(|it| it.expect("read").text().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(roses), ["Yes", "Red ones"]);
    assert_eq!(texts(1), ["To all"]);

    ann.edit_topic(&club, tulips, TopicChange::new().title("Bulbs"))
        .expect("changed");
    let error = ann.edit_topic(&club, tulips, TopicChange::new().title("Bulbs"));
    assert!(error.expect_err("the same").is("TOPIC_NOT_MODIFIED"));
    let both = TopicChange::new().title("B").closed(true);
    let error = ann.edit_topic(&club, tulips, both).expect_err("at once");
    assert!(error.is("TOPIC_CLOSE_SEPARATELY"), "{error}");
    ann.edit_topic(&club, 1, TopicChange::new().hidden(true))
        .expect("hidden");
    let general = topic(&ann, &club, 1);
    assert!(general.is_hidden() && general.is_closed());

    for number in 0..250 {
        let said = InputMessage::text(format!("{number}")).topic(roses);
        ann.send_message(&club, said).expect("sent");
    }
    let asked = dc.executed("messages.deleteTopicHistory");
    ann.delete_topic(&club, roses).expect("deleted");
    let asked = dc.executed("messages.deleteTopicHistory") - asked;
    assert_eq!(asked, 3, "a part at a time");
    let gone = ann.fetch_topics(&club, [roses, tulips]).expect("told");
    assert!(gone[0].is_none() && gone[1].is_some());
    assert_eq!(titles(&ann, &club).len(), 2);
}

#[test]
fn the_head_of_the_list_is_ordered() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = forum(&ann);
    let [a, b, c] = ["a", "b", "c"].map(|title| make(&ann, &club, title));
    ann.pin_topic(&club, a).expect("pinned");
    assert!(topic(&ann, &club, a).is_pinned());
    let error = ann.pin_topic(&club, a).expect_err("it is");
    assert!(error.is("PINNED_TOPIC_NOT_MODIFIED"), "{error}");
    ann.pin_topic(&club, b).expect("pinned");
    assert_eq!(titles(&ann, &club), ["b", "a", "c", "General"]);
    ann.set_pinned_topics(&club, [c, a]).expect("ordered");
    assert_eq!(titles(&ann, &club), ["c", "a", "b", "General"]);
    ann.unpin_topic(&club, c).expect("unpinned");
    assert_eq!(titles(&ann, &club), ["a", "c", "b", "General"]);
}

#[test]
fn a_large_forum_is_read_to_its_end_while_people_write() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = forum(&ann);
    let ids: Vec<i32> = (0..230)
        .map(|number| make(&ann, &club, &format!("Bed {number}")))
        .collect();
    let mut topics = ann.iter_topics(&club);
    assert_eq!(topics.total().expect("told"), 231);
    let mut read = Vec::new();
    for topic in topics.by_ref() {
        read.push(topic.expect("read").id());
        if read.len() == 120 {
            // These were not read yet, and jump to the head.
            for id in &ids[..3] {
                let said = InputMessage::text("Well").topic(*id);
                ann.send_message(&club, said).expect("sent");
            }
        }
    }
    assert_eq!(read.len(), 231, "none twice");
    let read: HashSet<i32> = read.into_iter().collect();
    assert!(ids.iter().all(|id| read.contains(id)), "none lost");
    let asked = dc.executed("messages.getForumTopics");
    assert_eq!(ann.iter_topics(&club).limit(10).count(), 10);
    assert_eq!(dc.executed("messages.getForumTopics"), asked + 1);
    let named = ann.iter_topics(&club).named("bed 22");
    assert_eq!(named.count(), 11);
}

#[test]
fn what_one_may_not_is_refused() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let club = NewChannel::new("Club", "the_forum").forum();
    dc.add_channel(club.owner(ann_id).members([bob_id]));
    let club = ann.fetch_chat("@the_forum").expect("it is there");
    let roses = make(&ann, &club, "Roses");
    let own = bob
        .create_topic("@the_forum", NewTopic::new("Mine"))
        .expect("he may");
    let change = || TopicChange::new().closed(true);
    let error = bob
        .edit_topic("@the_forum", roses, change())
        .expect_err("hers");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    bob.edit_topic("@the_forum", own, change()).expect("his");
    ann.edit_topic(&club, roses, change()).expect("closed");
    let said = InputMessage::text("Hello?").topic(roses);
    let error = bob
        .send_message("@the_forum", said)
        .expect_err("it is closed");
    assert!(error.is("TOPIC_CLOSED"), "{error}");
    let error = bob.set_forum("@the_forum", false, false).expect_err("hers");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    ann.set_forum(&club, false, false).expect("no forum");
    let error = ann
        .create_topic(&club, NewTopic::new("x"))
        .expect_err("none");
    assert!(error.is("CHANNEL_FORUM_MISSING"), "{error}");
    let bot = dc.bot();
    let error = bot.iter_topics("@the_forum").next().expect("an item");
    assert!(matches!(error, Err(Error::NotForBots { .. })));
}

#[test]
fn a_topic_tells_whose_it_is_and_wears_what_it_was_given() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let club = NewChannel::new("Club", "the_iconic_forum").forum();
    dc.add_channel(club.owner(ann_id).members([bob_id]));
    let club = ann.fetch_chat("@the_iconic_forum").expect("it is there");
    let icons = ann.topic_icons().expect("told");
    let [first, second, ..] = &icons[..] else {
        panic!("some icons: {icons:?}");
    };
    let new = NewTopic::new("Roses").icon_color(0x8e_ee_98);
    let made = ann.create_topic(&club, new.icon_emoji(first.id()));
    let roses = made.expect("made");
    let plain = bob
        .create_topic("@the_iconic_forum", NewTopic::new("Plain"))
        .expect("made");
    let shown = topic(&ann, &club, roses);
    assert_eq!(shown.icon_color(), 0x8e_ee_98);
    assert_eq!(shown.icon_emoji_id(), Some(first.id()));
    assert!(shown.is_mine() && !topic(&ann, &club, plain).is_mine());
    assert!(matches!(topic(&ann, &club, plain).creator(), Peer::User(it) if it.user_id == bob_id));
    let creator = topic(&ann, &club, plain);
    let creator = creator.creator_chat().expect("he came with it");
    assert_eq!(creator.marked_id(), bob_id);
    let change = TopicChange::new().icon_emoji(second.id());
    ann.edit_topic(&club, roses, change).expect("changed");
    let now = topic(&ann, &club, roses).icon_emoji_id();
    assert_eq!(now, Some(second.id()));
    let error = ann.create_topic(&club, NewTopic::new("Odd").icon_color(7));
    assert!(error.expect_err("no colour of theirs").is("COLOR_INVALID"));
}

#[test]
fn a_forum_is_seen_as_one_history_by_who_wants_that() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let other = dc.client_builder();
    let other = other.session(dc.session_of(ann.my_id().expect("she")));
    let other = other.connect().expect("it starts");
    let mut updates = other.updates();
    other.get_me().expect("signed in");
    let club = forum(&ann);
    let view = |enabled| ann.view_forum_as_messages(&club, enabled);
    view(true).expect("set");
    let told = updates.iter().find_map(|update| match update {
        Update::ForumView(it) => Some(it.as_messages()),
        _ => None,
    });
    assert_eq!(told, Some(true));
    let seen = || match ann.fetch_chat_full(&club).expect("told").raw {
        ChatFull::ChannelFull(raw) => raw.view_forum_as_messages,
        other => panic!("{other:?}"),
    };
    assert!(seen());
    assert!(view(true).expect_err("it is so").is("CHAT_NOT_MODIFIED"));
    view(false).expect("set");
    assert!(!seen());
    let plain = ann.create_channel(NewChat::supergroup("Plain"));
    let error = ann.view_forum_as_messages(&plain.expect("made"), true);
    assert!(error.expect_err("no forum").is("CHANNEL_FORUM_MISSING"));
}

/// In a forum, an answer is where the message is, unless it says where else.
#[test]
fn answers_go_where_the_message_is() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = forum(&ann);
    let [roses, tulips] = ["Roses", "Tulips"].map(|title| make(&ann, &club, title));
    let said = InputMessage::text("Red ones").topic(roses);
    let said = ann.send_message(&club, said).expect("sent");
    let beside = said.respond("Yes").expect("sent");
    assert_eq!(beside.topic_id(), Some(roses));
    assert_eq!(beside.reply_to_message_id(), None);
    let answer = beside.reply("No").expect("sent");
    assert_eq!(answer.topic_id(), Some(roses));
    assert_eq!(answer.reply_to_message_id(), Some(beside.id()));
    for (topic, is) in [(tulips, Some(tulips)), (1, None)] {
        let elsewhere = InputMessage::text("Here").topic(topic);
        let elsewhere = answer.respond(elsewhere).expect("sent");
        assert_eq!(elsewhere.topic_id(), is);
    }
}
