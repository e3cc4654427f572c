//! Sending and receiving, against the local data centre.
use std::time::Duration;

use ferogram_sync::text::FormattedText;
use ferogram_sync::tl::enums::SendMessageAction;
use ferogram_sync::{
    Client, Error, InputMessage, Message, PeerError, PeerMap, PeerRef, Tried, Update, Updates,
    User, tl,
};
use localdc::{Effect, LocalDc, NewBot, NewChannel, NewUser, Rule};

const TOKEN: &str = "1000002:messages-test";
const ANN: &str = "+9996621111";
const BOB: &str = "+9996622222";
const PATIENCE: Duration = Duration::from_secs(30);

fn sign_in(dc: &LocalDc, phone: &str, name: &str) -> Client {
    dc.add_user(NewUser::new(phone, name).username(name));
    let client = dc.client_builder().connect().expect("it starts");
    let token = client.request_login_code(phone).expect("the number exists");
    let code = dc.login_code(phone).expect("a code was sent");
    client.sign_in(&token, &code).expect("the code is right");
    client
}

fn next_message(updates: &mut Updates) -> Message {
    loop {
        match updates.next_timeout(PATIENCE).expect("an update comes") {
            Update::NewMessage(message) => return message,
            other => drop(other),
        }
    }
}

#[test]
fn a_message_is_sent_and_received_in_both_forms() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let bob = sign_in(&dc, BOB, "bobbob");
    let mut updates = bob.updates();
    // The first message tells who writes; the second comes in the short form.
    for text in ["Hello, Bob", "Are you there? \u{1f600}"] {
        let sent = ann.send_message("@bobbob", text).expect("Bob exists");
        assert!(sent.outgoing());
        assert_eq!(sent.text(), text);
        let received = next_message(&mut updates);
        assert!(!received.outgoing());
        assert_eq!(received.text(), text);
        assert_eq!(received.sender(), Some(received.peer()));
        let reply = received.reply("Yes").expect("Ann exists");
        assert_eq!(reply.text(), "Yes");
    }
    // What was missed has the own messages in it too: she did not listen when she wrote them.
    let mut updates = ann.updates();
    for _ in 0..2 {
        let mut next = || next_message(&mut updates);
        let reply = std::iter::repeat_with(&mut next).find(|it| !it.outgoing());
        let reply = reply.expect("it has no end");
        assert_eq!(reply.text(), "Yes");
        assert!(reply.raw.reply_to.is_some(), "it says what it answers");
    }
}

/// What is sent as a marked-up text is marked where it arrives, in every form.
#[test]
fn marks_arrive_where_they_were_written() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let bob = sign_in(&dc, BOB, "bobbob");
    let id = ann.send_message("@bobbob", "Hello").expect("Bob exists");
    let tl::enums::Peer::User(bob_id) = id.peer() else {
        panic!("Bob is a user");
    };
    let mention = format!("tg://user?id={}", bob_id.user_id);
    let html = format!(
        " <blockquote expandable>\u{1f600} <b>b<i>bi</i></b></blockquote>\n<u>u</u><s>s</s> \
         <tg-spoiler>x</tg-spoiler> <code>c</code> <pre><code class=\"language-rust\">r</code></pre> \
         <a href=\"http://a.example/\">link</a> <a href=\"{mention}\">Bob</a> \
         <tg-emoji emoji-id=\"7\">\u{1f44d}</tg-emoji> <tg-time unix=\"7\" format=\"wDT\">t</tg-time><b> </b>"
    );
    let v2 = format!(
        ">\u{1f600} *b_bi_*||\n__u__~s~ ||x|| `c` ```rust\nr``` [link](http://a.example/) \
         [Bob]({mention}) ![\u{1f44d}](tg://emoji?id=7) ![t](tg://time?unix=7&format=wDT)"
    );
    let markdown = format!(
        "\u{1f600} **b__bi__** ~~s~~ ||x|| `c` ```rust\nr\n``` [link](http://a.example/) \
         [Bob]({mention}) ![\u{1f44d}](tg://emoji?id=7)"
    );
    let mut updates = bob.updates();
    next_message(&mut updates);
    for (message, marks) in [
        (InputMessage::html(&html), 12),
        (InputMessage::markdown_v2(&v2), 12),
        (Ok(InputMessage::markdown(&markdown)), 9),
        (
            ferogram_sync::html!("<b>{}</b>", "<b>")
                .map_or_else(|e| Err(e.into()), |t| Ok(t.into())),
            1,
        ),
    ] {
        let message = message.expect("it is right");
        let expected = FormattedText {
            text: message.text.clone(),
            entities: message.entities.clone(),
        };
        assert_eq!(expected.entities.len(), marks, "{expected:?}");
        let sent = ann.send_message("@bobbob", message).expect("Bob exists");
        assert_eq!(sent.text(), expected.text);
        assert_eq!(next_message(&mut updates).formatted(), expected);
    }
    let error = InputMessage::html("<b>x").expect_err("it has no end");
    assert!(matches!(error, Error::Text(_)));
    assert_eq!(error.delivery(), Some(ferogram_sync::Delivery::NotSent));
}

#[test]
fn a_bot_answers_in_order() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "counting_bot"));
    let ann = sign_in(&dc, ANN, "annann");
    let bot = dc.client_builder().connect().expect("it starts");
    bot.bot_sign_in(TOKEN).expect("the token is right");
    let mut updates = bot.updates();
    for number in 0..50 {
        ann.send_message("counting_bot", number.to_string())
            .expect("the bot exists");
    }
    for number in 0..50 {
        let message = next_message(&mut updates);
        assert_eq!(message.text(), number.to_string());
        message.respond(message.text()).expect("a bot may answer");
    }
    let mut updates = ann.updates();
    for number in 0..50 {
        assert_eq!(next_message(&mut updates).text(), number.to_string());
    }
    assert_eq!(dc.executed("messages.sendMessage"), 100);
}

#[test]
fn ones_own_chat_keeps_notes() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let note = ann
        .send_message("me", InputMessage::text("milk").silent(true))
        .expect("sent");
    assert_eq!(note.text(), "milk");
    let history = tl::functions::messages::GetHistory {
        peer: tl::enums::InputPeer::PeerSelf,
        limit: 10,
        ..Default::default()
    };
    let tl::enums::messages::Messages::Messages(history) =
        ann.invoke(&history).expect("the history is there")
    else {
        panic!("one page");
    };
    assert_eq!(history.messages.len(), 1);
}

#[test]
fn other_updates_come_raw() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let bob = sign_in(&dc, BOB, "bobbob");
    let mut updates = bob.updates();
    ann.send_message("bobbob", "Hello").expect("Bob exists");
    next_message(&mut updates);
    let peer = ann.resolve_peer("bobbob").expect("seen before");
    let action = SendMessageAction::SendMessageTypingAction;
    let typing = tl::functions::messages::SetTyping {
        peer,
        action,
        ..Default::default()
    };
    ann.invoke(&typing).expect("Bob exists");
    let update = updates.next_timeout(PATIENCE).expect("an update comes");
    let Update::Typing(typing) = update else {
        panic!("{update:?}")
    };
    let SendMessageAction::SendMessageTypingAction = typing.action() else {
        panic!("{typing:?}")
    };
    let her_id = ann.my_id().expect("she is signed in");
    assert_eq!((typing.chat_id(), typing.sender_id()), (her_id, her_id));
}

#[test]
fn unknown_peers_are_typed_errors() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let error = ann.send_message("@nobody_at_all", "x").expect_err("nobody");
    assert!(error.is("USERNAME_NOT_OCCUPIED"), "{error}");
    let error = ann.send_message(123_456_789, "x").expect_err("never seen");
    let Error::Peer(PeerError::NotSeen(unseen)) = &error else {
        panic!("{error}")
    };
    assert_eq!(unseen.id, 123_456_789);
    assert_eq!(unseen.tried, [Tried::Session, Tried::Dialogs]);
    assert!(error.to_string().contains("@username"), "{error}");
    let error = ann.send_message(0, "x").expect_err("no id");
    let zero = PeerError::NoSuchId(0);
    assert!(
        matches!(&error, Error::Peer(why) if *why == zero),
        "{error}"
    );
    let error = ann.send_message("me", "").expect_err("empty");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let error = ann
        .send_message("me", "x".repeat(5000))
        .expect_err("too long");
    assert!(error.is("MESSAGE_TOO_LONG"), "{error}");
}

#[test]
fn updates_as_a_receiver_end_with_the_client() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let bob = sign_in(&dc, BOB, "bobbob");
    let updates = bob.updates().receiver();
    ann.send_message("bobbob", "Hello").expect("Bob exists");
    let update = updates.recv_timeout(PATIENCE).expect("an update comes");
    assert!(matches!(update, Update::NewMessage(message) if message.text() == "Hello"));
    let mut stream = bob.updates();
    drop(bob);
    assert!(updates.recv_timeout(PATIENCE).is_err());
    assert!(stream.next().is_none());
    assert_eq!(stream.ended(), Some(ferogram_sync::Ended::Closed));
}

fn user_of(peer: &tl::enums::Peer) -> i64 {
    match peer {
        tl::enums::Peer::User(user) => user.user_id,
        other => panic!("{other:?} is no user"),
    }
}

#[test]
fn who_is_oneself_for_one_account_is_somebody_else_for_another() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    let bob = sign_in(&dc, BOB, "bobbob");
    let own = ann.get_me().expect("signed in");
    // Bob has not seen Ann, and what the server has shown to her is of no use to him.
    let error = bob.send_message(&own, "Hello").expect_err("a hash of hers");
    assert!(error.is("PEER_ID_INVALID"), "{error}");
    bob.resolve_peer("annann").expect("Ann exists");
    let sent = bob.send_message(&own, "Hello").expect("now he has");
    assert_eq!(user_of(sent.peer()), own.id());
    assert_eq!(dc.executed("messages.sendMessage"), 2);
    let note = ann.send_message(&own, "milk").expect("her own chat");
    assert_eq!(user_of(note.peer()), own.id());
    // However oneself is named, it is oneself.
    let id = own.id();
    let any_hash = tl::enums::InputPeer::from(tl::types::InputPeerUser {
        user_id: id,
        access_hash: 1,
    });
    for named in [(&own).into(), id.into(), any_hash.into(), "annann".into()] {
        let named: ferogram_sync::PeerRef = named;
        let peer = ann.resolve_peer(&named).expect("it is Ann");
        assert_eq!(peer, tl::enums::InputPeer::PeerSelf, "{named:?}");
    }
}

#[test]
fn what_this_account_has_seen_goes_before_what_another_was_shown() {
    let dc = LocalDc::start().expect("it listens");
    let carl = dc.add_user(NewUser::new("+9996623333", "Carl").username("carlcarl"));
    let ann = sign_in(&dc, ANN, "annann");
    let bob = sign_in(&dc, BOB, "bobbob");
    let seen_by = |client: &Client| match client.resolve_peer("carlcarl").expect("he exists") {
        tl::enums::InputPeer::User(user) => user.access_hash,
        other => panic!("{other:?} is no user"),
    };
    let (by_ann, by_bob) = (seen_by(&ann), seen_by(&bob));
    assert_ne!(by_ann, by_bob, "each account has hashes of its own");
    let shown_to_ann = tl::types::User {
        id: carl,
        access_hash: Some(by_ann),
        ..Default::default()
    };
    let shown_to_ann = User::from_raw(shown_to_ann.into()).expect("it shows him");
    bob.send_message(&shown_to_ann, "Hello")
        .expect("Bob knows Carl");
}

/// What the sender was given and what the server has: text and entities.
fn sent_and_kept(ann: &Client, peer: &str, message: InputMessage) -> [(String, String); 2] {
    let sent = ann
        .send_message(peer, message)
        .expect("somebody has the name");
    let request = tl::functions::messages::GetMessages {
        id: vec![tl::types::InputMessageId { id: sent.id() }.into()],
    };
    let tl::enums::messages::Messages::Messages(kept) = ann.invoke(&request).expect("it is there")
    else {
        panic!("they are few")
    };
    let [tl::enums::Message::Message(kept)] = &kept.messages[..] else {
        panic!("{kept:?}")
    };
    let told = |raw: &tl::types::Message| (raw.message.clone(), format!("{:?}", raw.entities));
    [told(&sent.raw), told(kept)]
}

#[test]
fn what_comes_back_is_what_the_server_has() {
    const ASKED: &str = "messages.getMessages";
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    sign_in(&dc, BOB, "bobbob");
    let bold = |offset, length| tl::types::MessageEntityBold { offset, length }.into();
    for (text, entities, asked) in [
        ("Hello", vec![], 0),
        ("  Hello \n", vec![], 0),
        ("\n\n \u{1f600} bold \n", vec![bold(3, 7)], 0),
        ("  a #tag ", vec![bold(0, 9)], 0),
        ("\u{3000}Hello\u{a0}", vec![bold(0, 7)], 1),
        ("\tHello\t", vec![], 1),
    ] {
        for peer in ["bobbob", "me"] {
            let before = dc.executed(ASKED);
            let message = InputMessage::text(text).entities(entities.clone());
            let [sent, kept] = sent_and_kept(&ann, peer, message);
            assert_eq!(sent, kept, "{text:?}");
            let asked = if peer == "me" { 0 } else { asked };
            // The last one is that of this test.
            assert_eq!(dc.executed(ASKED), before + asked + 1, "{text:?} to {peer}");
        }
    }
}

#[test]
fn a_message_that_cannot_be_asked_for_was_sent_all_the_same() {
    let dc = LocalDc::start().expect("it listens");
    let ann = sign_in(&dc, ANN, "annann");
    sign_in(&dc, BOB, "bobbob");
    let no = Rule::new(Effect::error(400, "NO")).method("messages.getMessages");
    dc.faults().add(no);
    let sent = ann.send_message("bobbob", "\tHello ").expect("it was sent");
    assert_eq!(sent.text(), "Hello");
    assert_eq!(dc.executed("messages.sendMessage"), 1);
}

/// In each kind of chat, for who writes and for who reads.
#[test]
fn whom_a_message_is_from_and_where_it_is() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let her = || user_peer(ann_id);
    let (club, news) = (
        NewChannel::new("Club", "the_club"),
        NewChannel::new("News", "the_news"),
    );
    let news = dc.add_channel(news.owner(ann_id).members([bob_id]));
    dc.add_channel(club.megagroup().owner(ann_id).members([bob_id]));
    let group = dc.add_group("Few", ann_id, &[bob_id]);
    let his_name = bob
        .get_me()
        .expect("signed in")
        .username()
        .map(|it| format!("@{it}"));
    let channel = tl::enums::Peer::from(tl::types::PeerChannel { channel_id: news });
    for (chat, from, is_group) in [
        (PeerRef::from(his_name.expect("he has one")), her(), false),
        (PeerRef::from(-group), her(), true),
        (PeerRef::from("@the_club"), her(), true),
        (PeerRef::from("@the_news"), channel, false),
    ] {
        let mut updates = bob.updates();
        let sent = ann.send_message(&chat, "Hello").expect("she may");
        let received = next_message(&mut updates);
        for message in [sent, received] {
            assert_eq!(message.effective_sender(), Some(from.clone()), "{chat:?}");
            assert_eq!(message.is_any_group(), is_group, "{chat:?}");
        }
    }
    let note = ann.send_message("me", "a note").expect("sent");
    assert_eq!(note.effective_sender(), Some(her()));
    // Where nothing came with it, a post shows itself.
    for post in [false, true] {
        let raw = tl::types::Message {
            post,
            peer_id: tl::types::PeerChannel { channel_id: 9 }.into(),
            ..Default::default()
        };
        let message = Message::from_raw(&ann, raw.into(), PeerMap::default());
        assert_eq!(message.expect("it is one").is_any_group(), !post);
    }
    let raw = tl::types::Message {
        peer_id: tl::types::PeerChat { chat_id: group }.into(),
        ..Default::default()
    };
    let message = Message::from_raw(&ann, raw.into(), PeerMap::default());
    assert_eq!(message.expect("it is one").effective_sender(), None);
}

fn user_peer(user_id: i64) -> tl::enums::Peer {
    tl::types::PeerUser { user_id }.into()
}
