//! Groups, in which several people write at once, and conversations with one of them.
use ferogram_sync::filters::{all, command, group, incoming};
use ferogram_sync::tl::enums::InputPeer;
use ferogram_sync::tl::functions::messages::CreateChat;
use ferogram_sync::tl::types::{ChatAdminRights, InputUser};
use ferogram_sync::{
    Client, ConversationError, Dispatcher, InputMessage, Message, NewTopic, Update, Updates,
};
use localdc::{LocalDc, NewChannel};

use crate::scene::PATIENCE;

pub(crate) fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

/// A group of these people; its id is the same for all of them.
pub(crate) fn found(host: &Client, members: &[&Client]) -> i64 {
    let user = |member: &&Client| match host.resolve_peer(name_of(member)).expect("there") {
        InputPeer::User(user) => {
            let (user_id, access_hash) = (user.user_id, user.access_hash);
            InputUser {
                user_id,
                access_hash,
            }
            .into()
        }
        other => panic!("{other:?}"),
    };
    let create = CreateChat {
        users: members.iter().map(user).collect(),
        title: "Together".to_owned(),
        ..Default::default()
    };
    host.invoke(&create).expect("it is founded");
    -1 // The first one of its data centre.
}

fn hear(updates: &mut Updates, from: i64) -> String {
    loop {
        if let Update::NewMessage(message) = updates.next_timeout(PATIENCE).expect("it comes")
            && message.sender_user_id() == Some(from)
        {
            return message.text().to_owned();
        }
    }
}

/// F3: in a group too, a conversation with one takes nothing of another.
#[test]
fn a_conversation_is_with_whoever_has_begun_it() {
    let dc = LocalDc::start().unwrap();
    let (host, ann, bob) = (dc.user(), dc.user(), dc.user());
    let me = host.my_id().unwrap();
    let group_id = found(&host, &[&ann, &bob]);
    let mut heard = ann.updates();
    let _running = Dispatcher::new()
        .on_message(command("start") & group(), |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            let answer = talk.ask("name?")?;
            assert_eq!(answer.sender_user_id(), message.sender_user_id());
            let mut anybody = message.conversation()?.anybody().each(PATIENCE);
            let next = anybody.ask(format!("hello, {}", answer.text()))?;
            anybody.send(format!("somebody says {}", next.text()))?;
            Ok::<_, ConversationError>(())
        })
        .on_message(all() & incoming(), |message: Message| {
            message.respond(format!("handled {}", message.text()))
        })
        .start(&host)
        .unwrap();
    ann.send_message(group_id, "/start").unwrap();
    assert_eq!(hear(&mut heard, me), "name?");
    bob.send_message(group_id, "Bob").unwrap();
    assert_eq!(hear(&mut heard, me), "handled Bob");
    ann.send_message(group_id, "Ann").unwrap();
    assert_eq!(hear(&mut heard, me), "hello, Ann");
    bob.send_message(group_id, "hi").unwrap();
    assert_eq!(hear(&mut heard, me), "somebody says hi");
    bob.send_message(group_id, "hi").unwrap();
    assert_eq!(hear(&mut heard, me), "handled hi");
}

/// What a message becomes, and that it was read, can be waited for as well.
#[test]
fn edits_and_reading_are_waited_for() {
    let dc = LocalDc::start().unwrap();
    let (ann, bob) = (dc.user(), dc.user());
    let bob_name = name_of(&bob);
    let mut talk = ann.conversation(&bob_name[..]).unwrap().each(PATIENCE);
    let sent = talk.send("Are you there?").unwrap();
    let answer = bob.send_message(name_of(&ann), "Yse").unwrap();
    assert_eq!(talk.answer().unwrap().text(), "Yse");
    answer.edit("Yes").unwrap();
    assert_eq!(talk.edit().unwrap().text(), "Yes");
    bob.mark_read(name_of(&ann)).unwrap();
    talk.read().unwrap();
    let picked = bob.send_message(name_of(&ann), "Bye").unwrap();
    let update =
        talk.wait_for(|update| matches!(update, Update::NewMessage(it) if it.text() == "Bye"));
    assert_eq!(update.unwrap().chat_id(), bob.my_id());
    assert!(sent.id() > 0 && picked.id() > 0);
}

/// In a forum, each topic is a place of its own.
#[test]
fn a_conversation_stays_in_its_topic() {
    let dc = LocalDc::start().unwrap();
    let (ann, bot) = (dc.user(), dc.bot());
    let (me, bot_id) = (ann.my_id().unwrap(), bot.my_id().unwrap());
    let hears = ChatAdminRights {
        other: true,
        ..Default::default()
    };
    let club = NewChannel::private("Club").megagroup().forum().owner(me);
    let club = -1_000_000_000_000 - dc.add_channel(club.admin(bot_id, hears));
    let [roses, tulips] =
        ["Roses", "Tulips"].map(|title| ann.create_topic(club, NewTopic::new(title)).unwrap());
    let mut heard = ann.updates();
    let _running = Dispatcher::new()
        .on_message(command("name"), |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            let answer = talk.ask("which?")?;
            talk.send(format!("a {}", answer.text()))?;
            Ok::<_, ConversationError>(())
        })
        .start(&bot)
        .unwrap();
    let say = |topic, text| {
        let said = InputMessage::text(text).topic(topic);
        ann.send_message(club, said).unwrap();
    };
    let mut hear = || loop {
        if let Update::NewMessage(message) = heard.next_timeout(PATIENCE).unwrap()
            && !message.outgoing()
        {
            return (message.topic_id(), message.text().to_owned());
        }
    };
    for (topic, other, is) in [(roses, 1, Some(roses)), (1, tulips, None)] {
        say(topic, "/name");
        assert_eq!(hear(), (is, "which?".to_owned()));
        say(other, "wrong one");
        say(topic, "right one");
        assert_eq!(hear(), (is, "a right one".to_owned()));
    }
}
