//! Users, groups and channels: how they are named, found and fetched.
use std::thread;
use std::time::Duration;

use ferogram_sync::store::{Change, PeerKey, PeerQuery, Store};
use ferogram_sync::tl::{self, enums, functions, types};
use ferogram_sync::{
    Cause, ChannelKind, Chat, Client, Delivery, Error, MemoryStore, NetError, PeerError, PeerRef,
    Tried, Updates,
};
use localdc::{Effect, LocalDc, NewBot, NewChannel, NewUser, Rule};

const LOOK_UPS: &str = "contacts.resolveUsername";

/// A data centre with Ann, who is signed in, and Bob and Carl; and a channel and a supergroup.
struct Town {
    dc: LocalDc,
    ann: Client,
    /// What Ann's client keeps.
    kept: MemoryStore,
    bob: i64,
    carl: i64,
    news: i64,
    garden: i64,
}

impl Town {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let id = dc.add_user(NewUser::new("+9996621111", "Ann").username("annann"));
        let bob = dc.add_user(NewUser::new("+9996622222", "Bob").username("bobbob"));
        let carl = dc.add_user(NewUser::new("+9996623333", "Carl").username("carlcarl"));
        let news = dc.add_channel(NewChannel::new("News", "the_news"));
        let garden = dc.add_channel(NewChannel::new("Garden", "the_garden").megagroup());
        let kept = dc.session_of(id);
        let ann = dc.client_builder().session(kept.clone());
        let ann = ann.connect().expect("it starts");
        Self {
            dc,
            ann,
            kept,
            bob,
            carl,
            news,
            garden,
        }
    }

    /// Another client, of somebody else.
    fn of(&self, account: i64) -> Client {
        let builder = self
            .dc
            .client_builder()
            .session(self.dc.session_of(account));
        builder.connect().expect("it starts")
    }

    /// Ends Ann's client, lets somebody tamper with what it has kept of a peer, and begins again.
    fn restart(&mut self, tamper: impl FnOnce(&mut MemoryStore)) {
        self.ann.close().expect("it is written");
        tamper(&mut self.kept);
        let ann = self.dc.client_builder().session(self.kept.clone());
        self.ann = ann.connect().expect("it starts");
    }

    fn look_ups(&self) -> u64 {
        self.dc.executed(LOOK_UPS)
    }
}

/// Writes a wrong access hash of a peer.
fn spoil(store: &mut MemoryStore, id: PeerKey) {
    let known = store.peer(&PeerQuery::Id(id)).expect("it is whole");
    let mut record = known.expect("it was seen");
    record.access_hash = record.access_hash.map(|hash| hash ^ 0x10);
    store
        .apply(&[Change::Peer(record)])
        .expect("it is writable");
}

fn user(user_id: i64) -> enums::Peer {
    types::PeerUser { user_id }.into()
}

fn channel(channel_id: i64) -> enums::Peer {
    types::PeerChannel { channel_id }.into()
}

/// The table of links: every form that leads to a name, an id or a number.
#[test]
fn every_way_to_name_somebody_leads_to_the_same_peer() {
    let town = Town::new();
    let (bob, garden) = (town.bob, town.garden);
    let phone = "+9996622222";
    for named in [
        "bobbob",
        "@bobbob",
        "@BobBob",
        "https://t.me/bobbob",
        "http://t.me/bobbob",
        "t.me/bobbob",
        "HTTPS://T.ME/BOBBOB",
        "telegram.me/bobbob",
        "https://telegram.dog/bobbob",
        "www.t.me/bobbob",
        "bobbob.t.me",
        "t.me/s/bobbob",
        "t.me/bobbob/5",
        "t.me/bobbob/3/5",
        "t.me/bobbob?start=x",
        "t.me/bobbob/",
        "tg://resolve?domain=bobbob",
        "TG://resolve?domain=@bobbob&start=x",
        phone,
        "+999 (662) 2222",
        "t.me/+9996622222",
        "tg://resolve?phone=9996622222",
        &bob.to_string(),
        &format!("tg://user?id={bob}"),
    ] {
        let found = town.ann.resolve(named);
        assert_eq!(found.expect("he is there"), user(bob), "{named}");
    }
    assert_eq!(town.look_ups(), 1, "one name is one name");
    let Chat::Channel(group) = town
        .ann
        .fetch_chat("t.me/the_garden/1/2")
        .expect("it is there")
    else {
        panic!("it is a supergroup")
    };
    let marked = Chat::Channel(group.clone()).marked_id();
    assert_eq!(marked, -1_000_000_000_000 - garden);
    let input = town.ann.resolve_peer("the_garden").expect("it is there");
    for named in [
        PeerRef::from(marked),
        marked.to_string().into(),
        format!("https://t.me/c/{garden}/12").into(),
        format!("tg://privatepost?channel={garden}&post=5").into(),
        channel(garden).into(),
        (&channel(garden)).into(),
        input.clone().into(),
        (&group).into(),
        (&Chat::Channel(group.clone())).into(),
    ] {
        let found = town.ann.resolve_peer(&named).expect("it was seen");
        assert_eq!(found, input, "{named:?}");
        let found = town.ann.resolve(&named).expect("it was seen");
        assert_eq!(found, channel(garden), "{named:?}");
    }
    for me in ["me", "@me", "self", "Me", "SELF"] {
        assert_eq!(
            town.ann.resolve_peer(me).expect("always"),
            enums::InputPeer::PeerSelf
        );
    }
}

#[test]
fn what_leads_to_nobody_says_what_to_do_and_asks_nothing() {
    let town = Town::new();
    for (link, why, advice) in [
        ("t.me/+AbCdEf", PeerError::Invite, "Client::join_chat"),
        (
            "https://t.me/joinchat/AbCdEf",
            PeerError::Invite,
            "Client::join_chat",
        ),
        (
            "tg://join?invite=AbCdEf",
            PeerError::Invite,
            "Client::join_chat",
        ),
        ("t.me/addstickers/x", PeerError::OtherLink, "public name"),
        (
            "tg://login?token=AbCdEf",
            PeerError::OtherLink,
            "public name",
        ),
        ("t.me/addlist/AbCdEf", PeerError::OtherLink, "public name"),
        ("https://example.com/x", PeerError::NoName, "@username"),
        ("Ann and Bob", PeerError::NoName, "@username"),
        (
            "-2000000000005",
            PeerError::NoSuchId(-2_000_000_000_005),
            "Bot API",
        ),
    ] {
        let error = town.ann.send_message(link, "x").expect_err("nobody");
        assert!(
            matches!(&error, Error::Peer(it) if *it == why),
            "{link}: {error}"
        );
        let text = error.to_string();
        assert!(text.contains(advice) && !text.contains("AbCdEf"), "{text}");
        assert_eq!(error.delivery(), Some(Delivery::NotSent));
    }
    assert_eq!(town.look_ups(), 0);
}

#[test]
fn a_bot_is_told_at_once_that_phone_numbers_are_not_for_bots() {
    let town = Town::new();
    let bot = town.of(town.dc.add_bot(NewBot::new("42:token", "the_bot")));
    for named in ["+9996622222", "t.me/+9996622222"] {
        let error = bot.resolve_peer(named).expect_err("bots may not");
        let method = "contacts.resolvePhone";
        assert!(
            matches!(&error, Error::NotForBots { method: it } if *it == method),
            "{error}"
        );
        assert_eq!(town.dc.executed(method), 0);
    }
    assert!(
        bot.send_message("@bobbob", "Hello").is_err(),
        "he has not begun"
    );
    let error = bot.search_peers("bobbob", 5).expect_err("bots may not");
    assert!(matches!(error, Error::NotForBots { .. }), "{error}");
    let error = bot.learn_peers_from_dialogs().expect_err("bots have none");
    assert!(matches!(error, Error::NotForBots { .. }), "{error}");
}

/// A bot with a session that knows nobody: the id of whom it has met is enough.
#[test]
fn a_bot_names_whom_it_has_met_by_the_id_alone() {
    let town = Town::new();
    let id = town.dc.add_bot(NewBot::new("42:token", "the_bot"));
    town.of(town.bob)
        .send_message("the_bot", "/start")
        .expect("bots can be written to");
    let bot = town.of(id);
    bot.send_message(town.bob, "Hello").expect("they have met");
    let users = bot.fetch_users([town.bob, town.carl]).expect("it may ask");
    let ids: Vec<_> = users
        .iter()
        .map(|user| user.as_ref().map(|it| it.id()))
        .collect();
    assert_eq!(ids, [Some(town.bob), None], "Carl it has not met");
}

/// The same where the session does not even say that it is a bot's.
#[test]
fn a_bot_that_is_not_known_as_one_names_whom_it_has_met_too() {
    let town = Town::new();
    let id = town.dc.add_bot(NewBot::new("42:token", "the_bot"));
    town.of(town.bob)
        .send_message("the_bot", "/start")
        .expect("bots can be written to");
    let mut session = town.dc.session_of(id);
    session
        .apply(&[Change::Account(None)])
        .expect("it is writable");
    let bot = town.dc.client_builder().session(session);
    let bot = bot.connect().expect("it starts");
    bot.send_message(town.bob, "Hello").expect("they have met");
}

#[test]
fn many_threads_that_want_one_name_share_one_look_up() {
    let town = Town::new();
    let slow = Rule::new(Effect::Delay(Duration::from_millis(300))).method(LOOK_UPS);
    town.dc.faults().add(slow);
    let found: Vec<_> = thread::scope(|scope| {
        let ask = |name| {
            let ann = &town.ann;
            scope.spawn(move || ann.resolve(name).expect("he is there"))
        };
        let asked: Vec<_> = ["bobbob", "@BOBBOB", "t.me/bobbob", "Bobbob"]
            .into_iter()
            .cycle()
            .take(16)
            .map(ask)
            .collect();
        asked
            .into_iter()
            .map(|it| it.join().expect("no panic"))
            .collect()
    });
    assert_eq!(found, vec![user(town.bob); 16]);
    assert_eq!(town.look_ups(), 1);
    // That there is nobody is one answer for all, too.
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let error = town.ann.resolve("nobody_here").expect_err("nobody");
                assert!(error.is("USERNAME_NOT_OCCUPIED"), "{error}");
            });
        }
    });
    assert_eq!(town.look_ups(), 2);
}

#[test]
fn each_thread_waits_for_a_look_up_until_its_own_deadline() {
    let town = Town::new();
    town.ann.resolve("carlcarl").expect("the connection stands");
    let lost = Rule::new(Effect::DropAnswer).method(LOOK_UPS).times(1);
    let lost = town.dc.faults().add(lost);
    thread::scope(|scope| {
        // The first asks and never hears of it; who is more patient asks anew then.
        let hasty = town.ann.with_timeout(Duration::from_secs(2));
        let first = scope.spawn(move || hasty.resolve("bobbob"));
        while town.dc.faults().fired(lost) == 0 {
            thread::yield_now();
        }
        let hastier = town.ann.with_timeout(Duration::from_millis(100));
        let error = hastier
            .resolve("bobbob")
            .expect_err("somebody else is at it");
        assert!(
            matches!(&error, Error::Unanswered(it) if it.cause == Cause::Deadline),
            "{error}"
        );
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
        let found = town.ann.resolve("bobbob").expect("asked anew");
        assert_eq!(found, user(town.bob));
        let error = first.join().expect("no panic").expect_err("no answer came");
        assert!(matches!(error, Error::Unanswered(_)), "{error}");
    });
    assert_eq!(town.look_ups(), 3);
}

#[test]
fn a_client_that_closes_lets_nobody_wait_for_a_look_up() {
    let town = Town::new();
    town.ann.resolve("carlcarl").expect("the connection stands");
    let lost = Rule::new(Effect::DropAnswer).method(LOOK_UPS);
    let lost = town.dc.faults().add(lost);
    thread::scope(|scope| {
        let asking: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| town.ann.resolve("bobbob").expect_err("it is closed")))
            .collect();
        while town.dc.faults().fired(lost) == 0 {
            thread::yield_now();
        }
        town.ann.close().expect("it is written");
        for asking in asking {
            let error = asking.join().expect("no panic");
            let closed = match &error {
                Error::Unanswered(why) => why.cause == Cause::Closed,
                other => matches!(other, Error::Net(NetError::Closed)),
            };
            assert!(closed, "{error}");
        }
    });
}

/// Ann is given a user as Bob sees it: the hash is of no use to her, and the id is.
#[test]
fn whom_another_account_was_shown_is_found_by_what_is_ones_own() {
    let town = Town::new();
    let (bob, carl) = (town.of(town.bob), town.of(town.carl));
    carl.send_message("annann", "Hello").expect("she is there");
    let shown_to_bob = bob.fetch_chat("carlcarl").expect("he is there");
    let sent = town.ann.send_message(&shown_to_bob, "Hello");
    assert_eq!(*sent.expect("found anew").peer(), user(town.carl));
    assert_eq!(town.dc.executed("messages.getDialogs"), 1);
    assert_eq!(
        town.dc.executed("messages.sendMessage"),
        3,
        "one was refused"
    );
    let sent = town.ann.send_message(&shown_to_bob, "Again");
    assert_eq!(*sent.expect("it is known now").peer(), user(town.carl));
    assert_eq!(town.dc.executed("messages.sendMessage"), 4);
}

#[test]
fn a_wrong_hash_is_found_anew_by_the_name() {
    for named_by_id in [true, false] {
        let mut town = Town::new();
        let bob = town.bob;
        town.ann.resolve("bobbob").expect("he is there");
        town.restart(|store| spoil(store, PeerKey::User(bob)));
        let named = match named_by_id {
            true => PeerRef::from(bob),
            false => PeerRef::from("bobbob"),
        };
        let sent = town.ann.send_message(&named, "Hello").expect("found anew");
        assert_eq!(*sent.peer(), user(bob));
        assert_eq!(town.look_ups(), 2);
        assert_eq!(
            town.dc.executed("messages.sendMessage"),
            2,
            "one was refused"
        );
        town.ann
            .send_message(&named, "Again")
            .expect("it is right now");
        assert_eq!(town.look_ups(), 2);
    }
}

/// The name has moved to Carl, and Bob's hash is wrong: whoever is named by the id is not Carl.
#[test]
fn a_message_for_an_id_never_goes_to_whoever_has_its_name_now() {
    let mut town = Town::new();
    let bob = town.bob;
    town.ann.resolve("bobbob").expect("he is there");
    town.restart(|store| spoil(store, PeerKey::User(bob)));
    town.dc.set_username(bob, None);
    town.dc.set_username(town.carl, Some("bobbob"));
    let error = town
        .ann
        .send_message(bob, "For Bob alone")
        .expect_err("lost");
    assert!(error.is("PEER_ID_INVALID"), "what the server said: {error}");
    assert_eq!(town.dc.executed("messages.sendMessage"), 1);
    assert_eq!(town.look_ups(), 2);
    // No better way is there: nobody looks for it each time.
    for _ in 0..3 {
        town.ann
            .send_message(bob, "For Bob alone")
            .expect_err("lost");
    }
    assert_eq!(town.look_ups(), 2);
    assert_eq!(town.dc.executed("messages.getDialogs"), 1);
    let sent = town
        .ann
        .send_message("bobbob", "Hello")
        .expect("it is Carl's");
    assert_eq!(
        *sent.peer(),
        user(town.carl),
        "the name means whoever has it"
    );
}

/// The server has its reasons to refuse, and the hash is right: that is looked at once.
#[test]
fn what_is_refused_by_its_right_hash_is_not_looked_up_each_time() {
    let town = Town::new();
    let refusal = Effect::error(400, "PEER_ID_INVALID");
    let refused = Rule::new(refusal).method("messages.sendMessage");
    let refused = town.dc.faults().add(refused);
    for _ in 0..3 {
        let error = town.ann.send_message("bobbob", "x").expect_err("refused");
        assert!(error.is("PEER_ID_INVALID"), "{error}");
    }
    assert_eq!(town.dc.faults().fired(refused), 3, "none was sent twice");
    assert_eq!(town.look_ups(), 2);
}

#[test]
fn a_wrong_hash_of_a_channel_is_found_anew_too() {
    let mut town = Town::new();
    let news = town.news;
    town.ann.resolve("the_news").expect("it is there");
    town.restart(|store| spoil(store, PeerKey::Channel(news)));
    let found = town.ann.fetch_chat(-1_000_000_000_000 - news);
    let Chat::Channel(found) = found.expect("found anew") else {
        panic!("it is a channel")
    };
    assert_eq!((found.id(), found.kind()), (news, ChannelKind::Broadcast));
    assert_eq!(
        (town.look_ups(), town.dc.executed("channels.getChannels")),
        (2, 2)
    );
}

#[test]
fn whom_the_server_does_not_show_is_not_there() {
    let town = Town::new();
    let error = town
        .ann
        .fetch_chat(-77)
        .expect_err("there is no such group");
    assert!(
        matches!(&error, Error::Peer(PeerError::NotThere(-77))),
        "{error}"
    );
    assert_eq!(error.delivery(), None, "the server has answered");
    assert_eq!(town.dc.executed("messages.getChats"), 1);
}

#[test]
fn whom_nothing_is_known_of_may_be_in_the_dialogs() {
    let town = Town::new();
    let bob = town.of(town.bob);
    bob.send_message("annann", "Hello").expect("she is there");
    // No stream was open, so Ann's client has not heard of it.
    let sent = town
        .ann
        .send_message(town.bob, "Hello")
        .expect("he is there");
    assert_eq!(*sent.peer(), user(town.bob));
    assert_eq!(town.dc.executed("messages.getDialogs"), 1);
    for id in [town.carl, 999_999, town.carl] {
        let error = town.ann.send_message(id, "x").expect_err("never met");
        let Error::Peer(PeerError::NotSeen(why)) = &error else {
            panic!("{error}")
        };
        assert_eq!(why.id, id);
        assert_eq!(why.tried, [Tried::Session, Tried::Dialogs]);
        let text = error.to_string();
        assert!(
            text.contains("not in the session") && text.contains("dialogs"),
            "{text}"
        );
        assert!(text.contains("@username"), "{text}");
    }
    assert_eq!(town.dc.executed("messages.getDialogs"), 1, "not each time");
    assert_eq!(town.dc.executed("messages.sendMessage"), 2);
}

#[test]
fn the_dialogs_are_read_page_by_page_and_each_once() {
    let town = Town::new();
    let senders = 105;
    for number in 0..senders {
        let user = NewUser::new(format!("+88811{number:05}"), "Somebody");
        let somebody = town.of(town.dc.add_user(user));
        somebody
            .send_message("annann", "Hello")
            .expect("she is there");
    }
    let read = town.ann.learn_peers_from_dialogs().expect("she may");
    assert_eq!(read, senders);
    assert!((3..=4).contains(&town.dc.executed("messages.getDialogs")));
}

/// A stream that is begun: what is said from now on comes.
fn listen(client: &Client) -> Updates {
    let updates = client.updates();
    client.fetch_chat("me").expect("the connection stands");
    updates
}

/// A group of Ann and Bob, in which Bob mentions Carl, whom Ann has never met.
fn mention(town: &Town) -> (i64, i32) {
    let bob = town.of(town.bob);
    let input = |client: &Client, name: &str| match client.resolve_peer(name) {
        Ok(enums::InputPeer::User(user)) => enums::InputUser::User(types::InputUser {
            user_id: user.user_id,
            access_hash: user.access_hash,
        }),
        other => panic!("{other:?}"),
    };
    let group = functions::messages::CreateChat {
        users: vec![input(&bob, "annann")],
        title: "Gardeners".into(),
        ..Default::default()
    };
    let enums::messages::InvitedUsers::Users(made) = bob.invoke(&group).expect("he may");
    let enums::Updates::Updates(made) = made.updates else {
        panic!("{:?}", made.updates)
    };
    let chat_id = match made.chats.first() {
        Some(enums::Chat::Chat(chat)) => chat.id,
        other => panic!("{other:?}"),
    };
    let carl = types::InputMessageEntityMentionName {
        offset: 4,
        length: 4,
        user_id: input(&bob, "carlcarl"),
    };
    let text = ferogram_sync::InputMessage::text("Ask Carl").entities(vec![carl.into()]);
    let sent = bob.send_message(-chat_id, text).expect("it is his group");
    (chat_id, sent.id())
}

#[test]
fn who_is_merely_mentioned_is_named_by_the_message() {
    let town = Town::new();
    let mut updates = listen(&town.ann);
    let (chat_id, _) = mention(&town);
    let message = loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        match update.expect("the message comes") {
            ferogram_sync::Update::NewMessage(message) if message.text() == "Ask Carl" => {
                break message;
            }
            _ => {}
        }
    };
    let input = town.ann.resolve_peer(town.carl).expect("he was mentioned");
    let from = types::InputPeerUserFromMessage {
        peer: types::InputPeerChat { chat_id }.into(),
        msg_id: message.id(),
        user_id: town.carl,
    };
    assert_eq!(input, from.into());
    let sent = town
        .ann
        .send_message(town.carl, "Hello")
        .expect("he is there");
    assert_eq!(*sent.peer(), user(town.carl));
    let seen = town
        .ann
        .fetch_user_from_message(&message, message.id(), town.carl)
        .expect("she may");
    assert_eq!(seen.expect("he was mentioned").first_name(), Some("Carl"));
    let error = town
        .ann
        .fetch_user_from_message(&message, message.id() + 100, town.carl)
        .expect_err("there is no such message");
    assert!(error.is("MSG_ID_INVALID"), "{error}");
    assert_eq!(town.look_ups(), 2, "Bob's");
}

/// The message is gone, and with it the way to name who was mentioned in it.
#[test]
fn when_the_message_is_gone_another_way_is_looked_for() {
    let town = Town::new();
    let mut updates = listen(&town.ann);
    mention(&town);
    let id = loop {
        match updates
            .next_timeout(Duration::from_secs(30))
            .expect("it comes")
        {
            ferogram_sync::Update::NewMessage(message) if message.text() == "Ask Carl" => {
                break message.id();
            }
            _ => {}
        }
    };
    let id = vec![id];
    town.ann
        .invoke(&functions::messages::DeleteMessages { revoke: false, id })
        .expect("it is hers");
    let error = town.ann.send_message(town.carl, "Hello").expect_err("lost");
    assert!(error.is("MSG_ID_INVALID"), "{error}");
    assert_eq!(town.dc.executed("messages.getDialogs"), 1);
    let error = town.ann.send_message(town.carl, "Hello").expect_err("lost");
    assert!(
        matches!(error, Error::Peer(PeerError::NotSeen(_))),
        "{error}"
    );
}

#[test]
fn many_users_are_fetched_at_once_and_in_their_order() {
    let town = Town::new();
    town.ann.resolve("bobbob").expect("he is there");
    let many: Vec<PeerRef> = (0..150)
        .map(|number| match number % 3 {
            0 => town.bob.into(),
            1 => "carlcarl".into(),
            _ => "me".into(),
        })
        .collect();
    let users = town.ann.fetch_users(&many).expect("they are there");
    let names: Vec<_> = users
        .iter()
        .map(|it| it.as_ref().map(|it| it.full_name()))
        .collect();
    let wanted = ["Bob", "Carl", "Ann"].map(|name| Some(name.to_owned()));
    assert!(names.chunks(3).all(|three| three == wanted), "{names:?}");
    assert_eq!(town.dc.executed("users.getUsers"), 2);
    let none = town.ann.fetch_users(["the_news"]).expect("it is no user");
    assert_eq!(none, [None]);
}

#[test]
fn a_user_whose_hash_is_wrong_is_fetched_nevertheless() {
    let mut town = Town::new();
    let bob = town.bob;
    town.ann.resolve("bobbob").expect("he is there");
    town.restart(|store| spoil(store, PeerKey::User(bob)));
    let users = town.ann.fetch_users([bob, bob]).expect("found anew");
    assert!(
        users
            .iter()
            .all(|it| it.as_ref().is_some_and(|it| it.id() == bob))
    );
    assert_eq!(
        (town.look_ups(), town.dc.executed("users.getUsers")),
        (2, 2)
    );
}

#[test]
fn what_is_found_can_be_written_to() {
    let town = Town::new();
    let bob = town.of(town.bob);
    bob.send_message("annann", "Hello").expect("she is there");
    let found = town.ann.search_peers("bob", 10).expect("she may");
    assert_eq!(
        found.iter().map(Chat::marked_id).collect::<Vec<_>>(),
        [town.bob]
    );
    let found = town.ann.search_peers("the_", 10).expect("she may");
    let titles: Vec<_> = found.iter().map(Chat::title).collect();
    assert_eq!(titles, ["News", "Garden"]);
    let error = town.ann.search_peers("b", 10).expect_err("too short");
    assert!(error.is("QUERY_TOO_SHORT"), "{error}");
    let full = town.ann.fetch_user_full(town.bob).expect("he is there");
    assert_eq!(
        (full.id(), full.user().first_name()),
        (town.bob, Some("Bob"))
    );
    let error = town.ann.fetch_user_full("the_news").expect_err("no user");
    assert!(
        matches!(error, Error::Peer(PeerError::NotA { .. })),
        "{error}"
    );
    assert_eq!(town.look_ups(), 1, "and none for a channel's sake twice");
}

#[test]
fn peers_from_elsewhere_can_be_named_by_their_ids() {
    let town = Town::new();
    let found = functions::contacts::ResolveUsername {
        username: "bobbob".into(),
        ..Default::default()
    };
    let enums::contacts::ResolvedPeer::Peer(found) = town.ann.invoke(&found).expect("he is there");
    // A program that kept him, and a session that did not.
    let fresh = town.of(town.ann.my_id().expect("she is signed in"));
    fresh
        .learn_peers(&found.users, &found.chats)
        .expect("at once");
    fresh.send_message(town.bob, "Hello").expect("he is known");
    assert_eq!(town.dc.executed("messages.getDialogs"), 0);
    let min = types::User {
        min: true,
        id: town.bob,
        access_hash: Some(1),
        ..Default::default()
    };
    fresh
        .learn_peers(&[tl::enums::User::from(min)], &[])
        .expect("at once");
    fresh
        .send_message(town.bob, "Hello")
        .expect("he is still known");
    // No hash at all is none that could be kept.
    let zero = types::User {
        id: town.carl,
        access_hash: Some(0),
        ..Default::default()
    };
    fresh
        .learn_peers(&[tl::enums::User::from(zero)], &[])
        .expect("at once");
    let error = fresh.resolve_peer(town.carl).expect_err("not known");
    assert!(
        matches!(error, Error::Peer(PeerError::NotSeen(_))),
        "{error}"
    );
}
