//! Dialogues with states: entered, moved and left, kept, and atomic.
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use ferogram_sync::filters::{all, command, in_state, no_state, state, text, text_is};
use ferogram_sync::fsm::{
    Fields, KeyStrategy, MemoryStorage, SessionStorage, StateContext, StateError, StateKey,
    StateRecord, StateStorage, StoreStorage, Swap,
};
use ferogram_sync::{
    Client, DispatchError, Dispatcher, DispatcherError, Error, FileStore, FsmState, MemoryStore,
    Message, Scene, Wizard,
};
use localdc::LocalDc;

use crate::scene::{PATIENCE, Scene as Place, telling};

#[derive(FsmState, Debug, PartialEq)]
enum Form {
    Name,
    Surname { name: String },
    Age(String, String),
}

fn form() -> Dispatcher {
    fn begin(message: Message, state: StateContext) -> Result<(), DispatchError> {
        state.enter(Form::Name)?;
        message.respond("name?")?;
        Ok(())
    }
    fn name(message: Message, state: StateContext) -> Result<(), DispatchError> {
        let name = message.text().to_owned();
        state.transition(Form::Surname { name })?;
        message.respond("surname?")?;
        Ok(())
    }
    fn surname(message: Message, state: StateContext) -> Result<(), DispatchError> {
        let Some(Form::Surname { name }) = state.current()? else {
            return Err(DispatchError::new("another state"));
        };
        state.transition(Form::Age(name, message.text().to_owned()))?;
        message.respond("age?")?;
        Ok(())
    }
    fn age(message: Message, state: StateContext) -> Result<(), DispatchError> {
        if let Some(Form::Age(name, surname)) = state.current()? {
            message.respond(format!("{name} {surname}, {}", message.text()))?;
        }
        Ok(state.clear()?)
    }
    let late = in_state(|form: &Form| matches!(form, Form::Age(..)));
    Dispatcher::new()
        .on_message(command("form"), begin)
        .on_message(state(Form::Name), name)
        .on_message(
            state(Form::Surname {
                name: String::new(),
            }),
            surname,
        )
        .on_message(late & text(), age)
        .on_message(no_state(), |message: Message| message.respond("no form"))
}

const QUICK: [&str; 6] = ["hello", "/form", "Ann", "Bee", "7", "hello"];
const ANSWERS: [&str; 6] = [
    "no form",
    "name?",
    "surname?",
    "age?",
    "Ann Bee, 7",
    "no form",
];

/// F1: quick messages, each in the state that the one before it has left.
#[test]
fn quick_messages_find_the_state_that_was_left() {
    let place = Place::new();
    let mut people: Vec<_> = (0..3).map(|_| place.person()).collect();
    for person in &people {
        QUICK.iter().for_each(|text| drop(person.say(text)));
    }
    let _running = form().start(&place.bot).unwrap();
    for person in &mut people {
        for answer in ANSWERS {
            assert_eq!(person.hear(), answer);
        }
    }
}

/// States are there again when the program is: in the session, or in a file of their own.
#[test]
fn states_outlive_the_program() {
    let dc = LocalDc::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for in_session in [true, false] {
        let ann = dc.user();
        let first = dc.bot();
        let id = first.my_id().unwrap();
        let name = format!("@{}", first.get_me().unwrap().username().unwrap());
        let session: MemoryStore = dc.session_of(id);
        drop(first);
        let mut updates = ann.updates();
        let mut hear = move || loop {
            match updates.next_timeout(PATIENCE).unwrap() {
                ferogram_sync::Update::NewMessage(it) if !it.outgoing() => {
                    break it.text().to_owned();
                }
                _ => {}
            }
        };
        let path = folder.path().join("states");
        let start = || {
            let builder = dc.client_builder().session(session.clone());
            let bot: Client = builder.connect().unwrap();
            let dispatcher = match in_session {
                true => form().with_state_storage(SessionStorage::new(&bot)),
                false => {
                    let store = FileStore::open(&path).unwrap();
                    form().with_state_storage(StoreStorage::new(store).unwrap())
                }
            };
            let running = dispatcher.start(&bot).unwrap();
            (bot, running)
        };
        for (question, said) in ANSWERS[1..].iter().zip(&QUICK[1..]) {
            let (bot, running) = start();
            ann.send_message(&name[..], *said).unwrap();
            assert_eq!(hear(), *question, "{in_session}");
            running.stop().unwrap();
            bot.close().unwrap();
        }
    }
}

fn storages(check: impl Fn(&dyn StateStorage)) {
    let dc = LocalDc::start().unwrap();
    let client = dc.bot();
    let folder = tempfile::tempdir().unwrap();
    check(&MemoryStorage::new());
    check(&SessionStorage::new(&client));
    check(&StoreStorage::new(MemoryStore::default()).unwrap());
    check(&StoreStorage::new(FileStore::open(folder.path().join("a")).unwrap()).unwrap());
    #[cfg(feature = "sqlite-session")]
    {
        let open = |name| ferogram_sync::SqliteStore::open(folder.path().join(name)).unwrap();
        check(&StoreStorage::new(open("b")).unwrap());
        let client = dc.client_builder().session(open("c")).connect().unwrap();
        check(&SessionStorage::new(&client));
    }
    #[cfg(all(feature = "libsql-session", feature = "sqlite-session"))]
    {
        let server = crate::hrana::Hrana::start;
        let open = |it: &crate::hrana::Hrana| {
            ferogram_sync::LibSqlStore::connect(&it.url(), "sesame").unwrap()
        };
        let (alone, of_session) = (server(), server());
        check(&StoreStorage::new(open(&alone)).unwrap());
        let builder = dc.client_builder().session(open(&of_session));
        let client = builder.connect().unwrap();
        check(&SessionStorage::new(&client));
        client.close().unwrap();
    }
}

fn key(user: i64) -> StateKey {
    StateKey {
        account: 1,
        user_id: Some(user),
        chat_id: Some(-7),
        topic_id: None,
    }
}

fn record(name: &str) -> StateRecord {
    let mut record = StateRecord::default();
    record.state = Some(name.to_owned());
    record
}

#[test]
fn every_storage_swaps_what_was_seen_and_nothing_else() {
    storages(|storage| {
        let other = key(8);
        assert_eq!(storage.load(&key(7)).unwrap(), None);
        let swap =
            |version, record: Option<&StateRecord>| storage.swap(&key(7), version, record).unwrap();
        assert_eq!(swap(Some(1), Some(&record("a"))), Swap::Refused);
        let Swap::Kept(Some(first)) = swap(None, Some(&record("a"))) else {
            panic!("there was nothing");
        };
        assert_eq!(swap(None, Some(&record("b"))), Swap::Refused);
        let seen = storage.load(&key(7)).unwrap().unwrap();
        assert_eq!((seen.version, seen.record), (first, record("a")));
        assert_eq!(storage.load(&other).unwrap(), None);
        assert_eq!(swap(Some(first), None), Swap::Kept(None));
        assert_eq!(storage.load(&key(7)).unwrap(), None);
        // The same again is another version.
        assert!(matches!(
            swap(None, Some(&record("a"))),
            Swap::Kept(Some(_))
        ));
        assert_eq!(swap(Some(first), Some(&record("c"))), Swap::Refused);
    });
}

#[test]
fn of_many_that_change_at_once_each_counts() {
    storages(|storage| {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        loop {
                            let seen = storage.load(&key(7)).unwrap();
                            let version = seen.as_ref().map(|it| it.version);
                            let mut next = seen.map(|it| it.record).unwrap_or_default();
                            let count: u32 = next.data.get("count").unwrap().unwrap_or(0);
                            next.data.put("count", &(count + 1)).unwrap();
                            let swapped = storage.swap(&key(7), version, Some(&next)).unwrap();
                            if swapped != Swap::Refused {
                                break;
                            }
                        }
                    }
                });
            }
        });
        let seen = storage.load(&key(7)).unwrap().unwrap();
        assert_eq!(seen.record.data.get("count").unwrap(), Some(100_u32));
    });
}

/// Of two handlers that move from the same state one is told that the other was quicker; data that
/// both write is both there.
#[test]
fn what_two_handlers_change_at_once_is_atomic() {
    let place = Place::new();
    let ann = place.person();
    let (tell, told) = telling();
    let barrier = Arc::new(std::sync::Barrier::new(2));
    let (both, tells) = (Arc::clone(&barrier), tell.clone());
    let _running = Dispatcher::new()
        .order_by(|_| None) // So that two of one chat are at work.
        .on_message(command("begin"), move |state: StateContext| {
            state.enter(Form::Name)?;
            tell.send(None).unwrap();
            Ok::<_, StateError>(())
        })
        .on_message(
            state(Form::Name),
            move |message: Message, state: StateContext| {
                both.wait();
                state.set_data(message.text(), &1)?;
                state.update_data("sum", |sum: Option<u32>| sum.unwrap_or(0) + 1)?;
                let moved = state.transition(Form::Age(String::new(), String::new()));
                both.wait();
                let quicker = match moved {
                    Ok(()) => true,
                    Err(StateError::Changed) => false,
                    Err(other) => return Err(other),
                };
                state.update_data("sum", |sum: Option<u32>| sum.unwrap_or(0) + 1)?;
                let data = state.all_data();
                tells
                    .send(Some((
                        quicker,
                        data.as_json().len(),
                        data.get::<u32>("sum")?,
                    )))
                    .unwrap();
                Ok::<_, StateError>(())
            },
        )
        .start(&place.bot)
        .unwrap();
    ann.say("/begin");
    assert!(told.next().is_none());
    ann.say("one");
    ann.say("two");
    let mut both = told.take(2).into_iter().flatten().collect::<Vec<_>>();
    both.sort_by_key(|(_, _, sum)| *sum);
    assert_ne!(both[0].0, both[1].0, "one was quicker");
    assert_eq!((both[1].1, both[1].2), (3, Some(4)), "{both:?}");
}

#[test]
fn whose_state_it_is_the_strategy_says() {
    let place = Place::new();
    for (strategy, user, chat) in [
        (KeyStrategy::PerUserPerChat, true, true),
        (KeyStrategy::PerUser, true, false),
        (KeyStrategy::PerChat, false, true),
        (KeyStrategy::PerTopic, false, true),
        (KeyStrategy::PerUserPerTopic, true, true),
    ] {
        let ann = place.person();
        let (tell, told) = telling();
        let running = Dispatcher::new()
            .with_key_strategy(strategy)
            .on_message(all(), move |state: StateContext| tell.send(state.key()))
            .start(&place.bot)
            .unwrap();
        ann.say("hello");
        let key = told.next();
        assert_eq!(key.user_id, user.then_some(ann.id));
        assert_eq!(key.chat_id, chat.then_some(ann.id));
        assert_eq!(key.account, place.bot.my_id().unwrap());
        running.stop().unwrap();
    }
}

/// In a group, and in a topic of a forum: who shares a state with whom.
#[test]
fn in_groups_the_strategy_says_who_shares_a_state() {
    use ferogram_sync::tl::types;
    use ferogram_sync::{Flow, PeerMap, Update};

    let place = Place::new();
    let said = |user_id: i64, channel_id: Option<i64>, topic: Option<i32>| {
        let reply_to = topic.map(|topic| types::MessageReplyHeader {
            forum_topic: true,
            reply_to_msg_id: Some(topic),
            ..Default::default()
        });
        let message = types::Message {
            id: 1,
            from_id: channel_id.map(|_| types::PeerUser { user_id }.into()),
            peer_id: match channel_id {
                Some(channel_id) => types::PeerChannel { channel_id }.into(),
                None => types::PeerUser { user_id }.into(),
            },
            reply_to: reply_to.map(Into::into),
            ..Default::default()
        };
        let raw = types::UpdateNewMessage {
            message: message.into(),
            ..Default::default()
        };
        Update::from_raw(&place.bot, raw.into(), PeerMap::default())
    };
    let (ann, bob, forum) = (11, 12, Some(5));
    let one = said(ann, forum, Some(20));
    let others = [
        ("another in the topic", said(bob, forum, Some(20))),
        ("in another topic", said(ann, forum, Some(21))),
        ("in another group", said(ann, Some(6), Some(20))),
        ("in private", said(ann, None, None)),
    ];
    for (strategy, shared) in [
        (KeyStrategy::PerUserPerChat, [false, true, false, false]),
        (KeyStrategy::PerUser, [false, true, true, true]),
        (KeyStrategy::PerChat, [true, true, false, false]),
        (KeyStrategy::PerTopic, [true, false, false, false]),
        (KeyStrategy::PerUserPerTopic, [false, false, false, false]),
    ] {
        let (tell, told) = telling();
        let handlers = Dispatcher::new()
            .with_key_strategy(strategy)
            .on_message(all(), move |state: StateContext| {
                tell.send(state.key()).map(|()| Flow::Stop)
            })
            .by_hand(&place.bot)
            .unwrap();
        let key = |update: &Update| {
            handlers.dispatch(update.clone()).unwrap();
            told.next()
        };
        let first = key(&one);
        assert_eq!(key(&one), first);
        for ((whose, update), shared) in others.iter().zip(shared) {
            assert_eq!(key(update) == first, shared, "{strategy:?}: {whose}");
        }
    }
}

#[test]
fn a_state_that_has_expired_is_none() {
    let place = Place::new();
    let mut ann = place.person();
    let _running = Dispatcher::new()
        .on_message(text_is("now"), |message: Message, state: StateContext| {
            state.set_data("kept", &1)?;
            state.enter_for(Form::Name, Duration::ZERO)?;
            message.respond("entered")?;
            Ok::<_, DispatchError>(())
        })
        .on_message(text_is("long"), |message: Message, state: StateContext| {
            assert_eq!(state.data::<u8>("kept")?, None);
            state.enter_for(Form::Name, PATIENCE)?;
            message.respond("entered")?;
            Ok::<_, DispatchError>(())
        })
        .on_message(no_state(), |message: Message| message.respond("none"))
        .on_message(state(Form::Name), |message: Message| {
            message.respond("there")
        })
        .on_error(|error, _| panic!("{error}"))
        .start(&place.bot)
        .unwrap();
    for (text, answer) in [
        ("now", "entered"),
        ("?", "none"),
        ("long", "entered"),
        ("?", "there"),
    ] {
        ann.say(text);
        assert_eq!(ann.hear(), answer, "{text}");
    }
}

/// A time-out is that of the state that was entered with it, and of no other.
#[test]
fn another_state_has_another_time_out() {
    let place = Place::new();
    let ann = place.person();
    let storage = Arc::new(MemoryStorage::new());
    let kept = Arc::clone(&storage);
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .with_state_storage(storage)
        .on_message(all(), move |message: Message, state: StateContext| {
            state.enter_for(Form::Name, PATIENCE)?;
            state.set_data("kept", &1)?;
            let name = String::new();
            match message.text() {
                "entered" => state.enter(Form::Name)?,
                "moved" => state.transition(Form::Surname { name })?,
                "left" => state.leave()?,
                _ => {}
            }
            let kept = kept.load(&state.key())?.expect("it is kept").record;
            let has_time_out = kept.expires.is_some();
            tell.send((has_time_out, kept.data.as_json().len()))
                .unwrap();
            Ok::<_, StateError>(())
        })
        .start(&place.bot)
        .unwrap();
    for (text, has_time_out) in [
        ("timed", true),
        ("entered", false),
        ("moved", false),
        ("left", false),
    ] {
        ann.say(text);
        assert_eq!(told.next(), (has_time_out, 1), "{text}");
    }
}

/// Nor in another run of the program: who has seen the one does not take the other for it.
#[test]
fn no_version_is_given_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("states");
    let mut versions = Vec::new();
    for _ in 0..3 {
        let storage = StoreStorage::new(FileStore::open(&path).unwrap()).unwrap();
        let last = versions.last().copied();
        let swapped = storage.swap(&key(7), last, Some(&record("a"))).unwrap();
        let Swap::Kept(Some(version)) = swapped else {
            panic!("{swapped:?}");
        };
        assert!(!versions.contains(&version), "{version} of {versions:?}");
        versions.push(version);
    }
}

#[test]
fn names_keep_enums_apart_and_are_looked_at_before_it_begins() {
    mod other {
        #[derive(ferogram_sync::FsmState)]
        pub(super) enum Form {
            Name,
        }

        #[derive(ferogram_sync::FsmState)]
        #[fsm(name = "Other")]
        pub(super) enum Renamed {
            #[fsm(name = "Name")]
            Called,
        }
    }
    assert_eq!(Form::Name.key(), other::Form::Name.key());
    assert_eq!(other::Renamed::Called.key(), "Other::Name");
    let place = Place::new();
    let refused = Dispatcher::new()
        .on_message(state(Form::Name), || ())
        .on_message(!state(other::Form::Name) & all(), || ())
        .start(&place.bot);
    assert!(
        matches!(refused, Err(Error::Dispatcher(DispatcherError::SameStates(name))) if name.contains("Form"))
    );
    let _running = Dispatcher::new()
        .on_message(state(Form::Name), || ())
        .on_message(state(other::Renamed::Called), || ())
        .start(&place.bot)
        .expect("they have different names");
}

#[test]
fn what_was_kept_by_another_version_is_an_error_or_nothing() {
    let mut fields = Fields::default();
    Form::Age("a".into(), "b".into())
        .write(&mut fields)
        .unwrap();
    assert_eq!(
        Form::read("Age", &fields).unwrap(),
        Some(Form::Age("a".into(), "b".into()))
    );
    assert_eq!(Form::read("Gone", &fields).unwrap(), None);
    let error = Form::read("Surname", &fields).unwrap_err();
    assert!(error.to_string().contains("`name`"), "{error}");
}

#[test]
fn a_wizard_goes_on_back_and_ends() {
    let place = Place::new();
    let mut ann = place.person();
    let wizard = Wizard::new("order")
        .step(
            "size",
            |message: Message| message.respond("size?"),
            |message: Message, scene: Scene| {
                if message.text() == "show" {
                    let size: Option<String> = scene.state().data("size")?;
                    message.respond(size.unwrap_or_else(|| "no size".to_owned()))?;
                    return Ok(());
                }
                scene.state().set_data("size", message.text())?;
                scene.next();
                Ok::<_, DispatchError>(())
            },
        )
        .step(
            "address",
            |message: Message| message.respond("address?"),
            |message: Message, scene: Scene| {
                match message.text() {
                    "wrong" => drop(message.respond("again")?),
                    "fail" => {
                        scene.next();
                        return Err(DispatchError::new("it stays"));
                    }
                    "first" => scene.go_to("size"),
                    address => {
                        scene.state().set_data("address", address)?;
                        scene.next();
                    }
                }
                Ok(())
            },
        )
        .step(
            "sure",
            |message: Message| message.respond("sure?"),
            |message: Message, scene: Scene| {
                #[derive(serde::Deserialize)]
                struct Order {
                    size: String,
                    address: String,
                }
                let order: Order = scene.state().data_as()?;
                message.respond(format!("{} to {}", order.size, order.address))?;
                scene.next();
                Ok::<_, DispatchError>(())
            },
        )
        .on_cancel(|message: Message| message.respond("cancelled"));
    let _running = Dispatcher::new()
        .on_message(command("order"), wizard.enter())
        .include(wizard.router())
        .on_message(all(), |message: Message| message.respond("outside"))
        .on_error(|error, update| {
            if let ferogram_sync::Update::NewMessage(message) = update {
                message.respond(error.to_string()).unwrap();
            }
        })
        .start(&place.bot)
        .unwrap();
    for (said, answer) in [
        ("hello", "outside"),
        ("/order", "size?"),
        ("large", "address?"),
        ("/back", "size?"),
        ("/back", "size?"),
        ("small", "address?"),
        ("wrong", "again"),
        ("fail", "it stays"),
        ("first", "size?"),
        ("tiny", "address?"),
        ("here", "sure?"),
        ("/back", "address?"),
        ("there", "sure?"),
        ("yes", "tiny to there"),
        ("hello", "outside"),
        ("/order", "size?"),
        ("large", "address?"),
        ("/back", "size?"),
        ("show", "large"),
        ("/order", "size?"),
        ("show", "no size"),
        ("/cancel", "cancelled"),
        ("/cancel", "outside"),
    ] {
        ann.say(said);
        assert_eq!(ann.hear(), answer, "{said}");
    }
}

/// What is pressed answers a step as well as what is written.
#[test]
fn a_wizard_takes_buttons_too() {
    use ferogram_sync::tl::types;
    use ferogram_sync::{Flow, PeerMap, Update};

    let place = Place::new();
    let peer = || types::PeerUser { user_id: 7 }.into();
    let said = types::UpdateNewMessage {
        message: types::Message {
            peer_id: peer(),
            ..Default::default()
        }
        .into(),
        ..Default::default()
    };
    let pressed = types::UpdateBotCallbackQuery {
        user_id: 7,
        peer: peer(),
        data: Some(b"left".to_vec()),
        ..Default::default()
    };
    let update = |raw| Update::from_raw(&place.bot, raw, PeerMap::default());
    let wizard = Wizard::new("choice").step(
        "which",
        || (),
        |query: ferogram_sync::update::CallbackQuery, scene: Scene| {
            assert_eq!(query.text(), Some("left"));
            scene.finish();
        },
    );
    let handlers = Dispatcher::new()
        .on_message(all(), wizard.enter())
        .include(wizard.router())
        .by_hand(&place.bot)
        .unwrap();
    for (raw, flow) in [
        (pressed.clone().into(), Flow::Continue),
        (said.into(), Flow::Stop),
        (pressed.clone().into(), Flow::Stop),
        (pressed.into(), Flow::Continue),
    ] {
        assert_eq!(handlers.dispatch(update(raw)).unwrap(), flow);
    }
}
