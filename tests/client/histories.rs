//! Histories: read in every direction, searched, fetched by ids.
use ferogram_sync::store::{StringFormat, StringSession};
use ferogram_sync::tl::{enums, functions, types};
use ferogram_sync::{Client, Error, Message, Result};
use localdc::{Effect, LocalDc, Rule};

const HISTORY: &str = "messages.getHistory";

/// A data centre, Ann and Bob, who has written her so many messages: "1", "2" and so on.
fn written(many: usize) -> (LocalDc, Client, Client, i64) {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = format!(
        "@{}",
        ann.get_me().expect("she").username().expect("a name")
    );
    for number in 1..=many {
        bob.send_message(&*name, number.to_string()).expect("sent");
    }
    let id = bob.my_id().expect("he is signed in");
    (dc, ann, bob, id)
}

fn texts(messages: impl Iterator<Item = Result<Message>>) -> Vec<usize> {
    let number = |message: Result<Message>| message.expect("read").text().parse();
    messages.map(|it| number(it).expect("a number")).collect()
}

fn down(from: usize, to: usize) -> Vec<usize> {
    (to..=from).rev().collect()
}

#[test]
fn a_long_history_is_read_to_its_end_in_both_directions() {
    let (dc, ann, _bob, bob_id) = written(250);
    let mut all = ann.iter_messages(bob_id);
    assert_eq!(all.total().expect("told"), 250);
    assert_eq!(texts(all), down(250, 1));
    assert_eq!(
        dc.executed(HISTORY),
        3,
        "250 in pages of 100, and none after the first id"
    );
    let reversed = ann.iter_messages(bob_id).reversed();
    assert_eq!(texts(reversed), (1..=250).collect::<Vec<_>>());
}

#[test]
fn nothing_is_asked_for_that_nobody_needs() {
    let (dc, ann, _bob, bob_id) = written(250);
    let asked = || dc.executed(HISTORY);
    let unread = ann.iter_messages(bob_id);
    drop(unread);
    assert_eq!(asked(), 0);
    assert_eq!(texts(ann.iter_messages(bob_id).take(10)), down(250, 241));
    assert_eq!(asked(), 1);
    assert_eq!(texts(ann.iter_messages(bob_id).limit(100)), down(250, 151));
    assert_eq!(asked(), 2);
    assert_eq!(texts(ann.iter_messages(bob_id).limit(120)), down(250, 131));
    assert_eq!(asked(), 4);
    assert!(texts(ann.iter_messages(bob_id).limit(0)).is_empty());
    assert_eq!(asked(), 4);
}

#[test]
fn it_begins_and_ends_where_it_is_told_to() {
    let (_dc, ann, _bob, bob_id) = written(20);
    let all: Vec<Message> = ann
        .iter_messages(bob_id)
        .collect::<Result<_>>()
        .expect("read");
    let id = |number: usize| all[20 - number].id();
    let read = || ann.iter_messages(bob_id);
    assert_eq!(texts(read().from_id(id(5))), down(4, 1));
    assert_eq!(
        texts(read().from_id(id(15)).reversed()),
        [16, 17, 18, 19, 20]
    );
    assert_eq!(texts(read().up_to_id(id(17))), [20, 19, 18]);
    assert_eq!(texts(read().reversed().up_to_id(id(4))), [1, 2, 3]);
    assert_eq!(texts(read().around(id(10)).limit(5)), down(11, 7));
    let date = all[0].date();
    assert_eq!(texts(read().from_date(date + 1)), down(20, 1));
    assert!(texts(read().from_date(all[19].date())).is_empty());
    assert_eq!(texts(read().from_date(all[19].date()).reversed()).len(), 20);
    assert!(texts(read().from_date(date + 1).reversed()).is_empty());
    assert!(texts(read().up_to_date(date)).is_empty());
}

#[test]
fn what_was_deleted_meanwhile_makes_no_hole() {
    let (_dc, ann, bob, bob_id) = written(230);
    let ann_id = ann.my_id().expect("she is signed in");
    let mut read = ann.iter_messages(bob_id);
    let first: Vec<usize> = texts(read.by_ref().take(100));
    let ids: Vec<Message> = bob
        .iter_messages(ann_id)
        .collect::<Result<_>>()
        .expect("read");
    let gone: Vec<i32> = ids[..100].iter().map(Message::id).collect();
    bob.delete_messages(ann_id, &gone, true).expect("deleted");
    bob.send_message(ann_id, "231").expect("sent");
    let rest = texts(read);
    assert_eq!([first, rest].concat(), down(230, 1));
}

#[test]
fn searches_have_pages_too() {
    let (dc, ann, bob, bob_id) = written(150);
    ann.send_message(bob_id, "1234").expect("sent");
    let mut found = ann.search(bob_id, "1");
    let with_a_one = (1..=150).filter(|it: &usize| it.to_string().contains('1'));
    let mut expected: Vec<usize> = with_a_one.chain([1234]).collect();
    assert_eq!(found.total().expect("told"), expected.len());
    assert_eq!(texts(ann.search(bob_id, "1").reversed()), expected);
    expected.reverse();
    assert_eq!(texts(found), expected);
    // In private chats the server looks for no senders.
    let own = ann.iter_messages(bob_id).sender("me");
    assert_eq!(texts(own), [1234]);
    let his = ann.iter_messages(bob_id).sender(bob_id).limit(120);
    assert_eq!(texts(his), down(150, 31));
    drop((dc, bob));
}

#[test]
fn it_ends_after_an_error() {
    let (dc, ann, _bob, bob_id) = written(3);
    let refuse = Rule::new(Effect::error(400, "OUT_OF_ORDER"));
    dc.faults().add(refuse.method(HISTORY).times(1));
    let mut read = ann.iter_messages(bob_id);
    let error = read.next().expect("an item").expect_err("refused");
    assert!(error.is("OUT_OF_ORDER"), "{error}");
    assert!(read.next().is_none() && read.next().is_none());
    assert_eq!(texts(ann.iter_messages(bob_id)), [3, 2, 1]);
}

#[test]
fn a_page_that_was_asked_ahead_in_vain_is_asked_for_again() {
    let (dc, ann, _bob, bob_id) = written(150);
    let mut read = ann.iter_messages(bob_id);
    let first = texts(read.by_ref().take(10));
    let refuse = Rule::new(Effect::error(400, "OUT_OF_ORDER"));
    dc.faults().add(refuse.method(HISTORY).times(1));
    assert_eq!([first, texts(read)].concat(), down(150, 1));
}

#[test]
fn messages_are_fetched_by_ids_however_many_and_of_their_chat_alone() {
    let (dc, ann, bob, bob_id) = written(120);
    let carl = dc.user();
    let name = format!(
        "@{}",
        ann.get_me().expect("she").username().expect("a name")
    );
    carl.send_message(&*name, "7").expect("sent");
    let carl_id = carl.my_id().expect("he is signed in");
    let of_carl = ann
        .iter_messages(carl_id)
        .next()
        .expect("one")
        .expect("read");
    let his = ann.iter_messages(bob_id).collect::<Result<Vec<_>>>();
    let mut ids: Vec<i32> = his.expect("read").iter().map(Message::id).collect();
    ids.insert(50, of_carl.id());
    ids.push(99_999);
    let found = ann.fetch_messages(bob_id, &ids).expect("asked");
    assert_eq!(found.len(), 122);
    assert!(found[50].is_none(), "it is of another chat");
    assert!(found[121].is_none(), "there is none");
    assert_eq!(found.iter().flatten().count(), 120);
    let ids_found = found.iter().flatten().map(Message::id);
    let expected = ids
        .iter()
        .copied()
        .filter(|id| *id != of_carl.id() && *id != 99_999);
    assert!(ids_found.eq(expected), "in the order of the question");
    assert_eq!(dc.executed("messages.getMessages"), 2);
    drop(bob);
}

#[test]
fn what_cannot_be_is_told_before_anything_is_sent() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, user) = (dc.bot(), dc.user());
    let error = bot.iter_messages("me").next().expect("an item");
    assert!(matches!(error, Err(Error::NotForBots { .. })));
    assert!(matches!(
        bot.iter_dialogs().total(),
        Err(Error::NotForBots { .. })
    ));
    let error = user.iter_messages(77_777).next().expect("an item");
    assert!(matches!(error, Err(Error::Peer(_))), "{error:?}");
    // More than was asked for would come.
    let mentions = user.iter_unread_mentions("me").sender("me").next();
    let error = mentions.expect("an item");
    assert!(matches!(error, Err(Error::Argument(_))), "{error:?}");
    let mut late = user.iter_messages("me");
    drop(user);
    assert!(matches!(late.next(), Some(Err(Error::Net(_)))));
    assert_eq!(dc.executed(HISTORY), 0);
}

/// Where a login from elsewhere does not say whose it is, one's own messages are told from others'
/// all the same.
#[test]
fn a_login_that_names_nobody_finds_its_own_messages() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = |client: &Client| {
        let me = client.get_me().expect("signed in");
        format!("@{}", me.username().expect("everybody has one"))
    };
    let (ann_name, bob_name) = (name(&ann), name(&bob));
    for number in 0..3 {
        ann.send_message(&bob_name, format!("hers {number}"))
            .expect("sent");
        bob.send_message(&ann_name, format!("his {number}"))
            .expect("sent");
    }
    let login = ann.export_session().expect("she is signed in");
    let login = login.encode(StringFormat::Telethon).expect("it has all");
    ann.close().expect("all is written");
    let login: StringSession = login.expose().parse().expect("it is one");
    assert_eq!(login.account, None);
    let ann = dc.client_builder().session(login).connect();
    let ann = ann.expect("it starts");
    let own = ann.iter_messages(&bob_name).sender("me");
    let own = own.collect::<Result<Vec<_>>>().expect("read");
    let texts: Vec<&str> = own.iter().map(|it| it.text()).collect();
    assert_eq!(texts, ["hers 2", "hers 1", "hers 0"]);
}

/// A channel has ids of its own.
#[test]
fn a_supergroup_is_read_like_any_other_chat() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = format!("@{}", bob.get_me().expect("he").username().expect("a name"));
    let created = ann.invoke(&functions::channels::CreateChannel {
        megagroup: true,
        title: "Garden".into(),
        ..Default::default()
    });
    let enums::Updates::Updates(created) = created.expect("made") else {
        panic!("a long answer");
    };
    let Some(enums::Chat::Channel(garden)) = created.chats.first() else {
        panic!("it shows the channel");
    };
    let garden_id = -1_000_000_000_000 - garden.id;
    let channel = types::InputChannel {
        channel_id: garden.id,
        access_hash: garden.access_hash.expect("she sees it"),
    };
    let users = vec![ferogram_user(&ann, &name)];
    ann.invoke(&functions::channels::InviteToChannel {
        channel: channel.into(),
        users,
    })
    .expect("invited");
    for number in 1..=130 {
        let who = if number % 10 == 0 { &bob } else { &ann };
        if number == 10 {
            bob.learn_peers_from_dialogs().expect("he is in it");
        }
        who.send_message(garden_id, number.to_string())
            .expect("sent");
    }
    assert_eq!(texts(ann.iter_messages(garden_id)), down(130, 1));
    assert_eq!(
        texts(bob.iter_messages(garden_id).reversed()),
        (1..=130).collect::<Vec<_>>()
    );
    let bob_id = bob.my_id().expect("he is signed in");
    let his = ann.iter_messages(garden_id).sender(bob_id);
    assert_eq!(
        texts(his),
        (1..=13).rev().map(|it| it * 10).collect::<Vec<_>>()
    );
    let found = ann.fetch_messages(garden_id, &[5, 10_000]).expect("asked");
    assert!(found[0].is_some() && found[1].is_none());
    // What was done in the chat is no message, and takes no room of theirs.
    found[0].as_ref().expect("there").pin().expect("pinned");
    assert_eq!(texts(ann.iter_messages(garden_id).limit(2)), [130, 129]);
}

fn ferogram_user(client: &Client, name: &str) -> enums::InputUser {
    let enums::InputPeer::User(user) = client.resolve_peer(name).expect("he is there") else {
        panic!("a user");
    };
    let (user_id, access_hash) = (user.user_id, user.access_hash);
    types::InputUser {
        user_id,
        access_hash,
    }
    .into()
}
