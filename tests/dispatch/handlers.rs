//! Which handler gets an update, what it is given, and what becomes of its errors.
use std::sync::Mutex;
use std::time::Duration;

use ferogram_sync::filters::{
    all, any_command, args, command, command_behind, deep_link, from_user, none, private, text,
    text_is,
};
use ferogram_sync::middleware::Next;
use ferogram_sync::{
    Args, Client, Context, DispatchError, Dispatcher, DispatcherError, Error, Flow, Lost, Message,
    Router, Subscription, Update, WhenFull, With,
};
use localdc::{Effect, Rule};

use crate::scene::{PATIENCE, Scene, telling};

/// F5: one table, and going on is a value.
#[test]
fn the_first_that_matches_has_it_unless_it_goes_on() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let say = |word: &'static str, flow: Flow| {
        let tell = tell.clone();
        move || {
            tell.send(word).unwrap();
            flow
        }
    };
    let _running = Dispatcher::new()
        .on_message(none(), say("never", Flow::Stop))
        .include(
            Router::new()
                .scope(none())
                .scope(all())
                .on_message(all(), say("out of one scope of two", Flow::Stop)),
        )
        .on_any(all(), say("first", Flow::Continue))
        .include(
            Router::new()
                .scope(!text_is("two"))
                .on_message(text_is("one"), say("second", Flow::Stop))
                .on_message(text_is("two"), say("out of scope", Flow::Stop)),
        )
        .on_message(text_is("two"), say("third", Flow::Continue))
        .on_message(all(), say("last", Flow::Stop))
        .on_message(all(), say("behind", Flow::Stop))
        .start(&scene.bot)
        .unwrap();
    for (text, expected) in [
        ("one", &["first", "second"][..]),
        ("two", &["first", "third", "last"]),
        ("three", &["first", "last"]),
    ] {
        ann.say(text);
        assert_eq!(told.take(expected.len()), expected, "{text}");
    }
}

#[test]
fn commands_are_found_with_what_stands_behind_them() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let name = scene.name.clone();
    let _running = Dispatcher::new()
        .on_message(
            deep_link(),
            |message: Message, Args(payload): Args<String>| {
                message.reply(format!("from {payload}"))
            },
        )
        .on_message(command("start"), |message: Message| message.reply("hello"))
        .on_message(
            command("give") & args::<(i64, String)>(),
            |message: Message, Args((id, what)): Args<(i64, String)>| {
                message.reply(format!("{what} for {id}"))
            },
        )
        .on_message(command("give"), |message: Message| message.reply("usage"))
        .on_message(command_behind("!.", "ban"), |message: Message| {
            message.reply("banned")
        })
        .on_message(any_command(), |message: Message| message.reply("unknown"))
        .on_message(text() & private(), |message: Message| {
            message.reply("no command")
        })
        .start(&scene.bot)
        .unwrap();
    for (text, answer) in [
        ("/start", "hello"),
        ("/START ref_7", "from ref_7"),
        ("/start@another_bot", "no command"),
        (&format!("/start{name}"), "hello"),
        (&format!("/start{} x", name.to_uppercase()), "from x"),
        ("/give 7 two apples", "two apples for 7"),
        ("/give apples", "usage"),
        (".ban", "banned"),
        ("!ban him", "banned"),
        ("/ban", "unknown"),
        ("start", "no command"),
        ("/starts", "unknown"),
    ] {
        ann.say(text);
        assert_eq!(ann.hear(), answer, "{text}");
    }
}

#[test]
fn handlers_are_given_what_they_ask_for() {
    struct Names(Mutex<Vec<String>>);
    fn keep(message: Message, names: With<Names>, client: Client, cx: Context) -> Flow {
        assert_eq!(client.my_id(), cx.me().map(ferogram_sync::User::id));
        assert_eq!(cx.chat_id(), Some(message.chat_id()));
        names.0.lock().unwrap().push(message.text().to_owned());
        Flow::Continue
    }
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let id = ann.id;
    let _running = Dispatcher::new()
        .with(Names(Mutex::default()))
        .on_message(from_user(id), keep)
        .on_any(
            from_user(id),
            move |names: With<Names>, none: Option<With<u8>>, _: Update| {
                assert!(none.is_none());
                tell.send(names.0.lock().unwrap().clone()).unwrap();
            },
        )
        .start(&scene.bot)
        .unwrap();
    ann.say("a");
    ann.say("b");
    assert_eq!(told.next(), ["a"]);
    assert_eq!(told.next(), ["a", "b"]);
}

#[test]
fn what_nobody_has_given_is_told_before_it_begins() {
    let scene = Scene::new();
    let handler = |_: With<String>| {};
    let refused = Dispatcher::new()
        .include(Router::new().on_message(all(), handler))
        .start(&scene.bot);
    assert!(
        matches!(refused, Err(Error::Dispatcher(DispatcherError::NoValue(name))) if name.contains("String"))
    );
}

/// Who is signed in is asked again where nobody has said so at first.
#[test]
fn a_bot_learns_its_name_later() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let silent = Rule::new(Effect::Lose).method("users.getUsers").times(1);
    let silent = scene.dc.faults().add(silent);
    let hasty = scene.bot.with_timeout(Duration::from_millis(300));
    let _running = Dispatcher::new()
        .on_message(command("start"), |message: Message| message.reply("known"))
        .on_message(all(), |message: Message| message.reply("another's"))
        .start(&hasty)
        .unwrap();
    assert_eq!(scene.dc.faults().fired(silent), 1);
    ann.say(&format!("/start{}", scene.name));
    assert_eq!(ann.hear(), "known");
}

/// A loss is of no chat: it goes past what is for some chats only.
#[test]
fn losses_are_told() {
    let scene = Scene::new();
    let ann = scene.person();
    let narrow = Subscription::new().capacity(1);
    let mut narrow = scene.bot.subscribe(narrow.when_full(WhenFull::DropOldest));
    let mut whole = scene.bot.updates();
    for number in 0..4 {
        ann.say(&number.to_string());
    }
    while !matches!(
        whole.next_timeout(PATIENCE).unwrap(),
        Update::NewMessage(it) if it.text() == "3"
    ) {}
    let loss = narrow.next_timeout(PATIENCE).unwrap();
    assert!(matches!(loss, Update::Lost(_)), "{loss:?}");
    let (tell, told) = telling();
    let handlers = Dispatcher::new()
        .include(
            Router::new()
                .scope(private())
                .on_lost(|| -> () { panic!("it is of no private chat") }),
        )
        .on_lost(move |lost: Lost| tell.send(lost))
        .by_hand(&scene.bot)
        .unwrap();
    assert_eq!(handlers.dispatch(loss.clone()).unwrap(), Flow::Stop);
    assert_eq!(Update::Lost(told.next()).kind(), loss.kind());
}

/// Who is told of errors is who was given last.
#[test]
fn errors_are_told_once() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let first = tell.clone();
    let _running = Dispatcher::new()
        .on_message(all(), || Err::<(), _>("it fails"))
        .on_error(move |_, _| first.send("first").unwrap())
        .on_error(move |_, _| tell.send("last").unwrap())
        .start(&scene.bot)
        .unwrap();
    for text in ["one", "two"] {
        ann.say(text);
    }
    assert_eq!(told.take(2), ["last", "last"]);
}

/// Each with its update, and nothing ends with it.
#[test]
fn errors_and_panics_are_told_and_end_nothing() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .middleware(|cx: &mut Context, next: Next<'_>| {
            if cx.message().is_some_and(|it| it.text() == "middle") {
                panic!("in the middle");
            }
            next.run(cx)
        })
        .on_message(command("number"), |Args(_): Args<u8>| {})
        .on_message(text_is("words"), || Err::<(), _>("these words"))
        .on_message(text_is("net"), |client: Client| {
            client.resolve("t.me/addstickers/x")
        })
        .on_message(text_is("panic"), || -> () { panic!("a panic with {}", 1) })
        .on_message(text_is("quiet"), || -> () { std::panic::panic_any(7_u8) })
        .on_message(text_is("middle"), || ())
        .on_any(all(), |_: ferogram_sync::Lost| {})
        .on_error(move |error, update| {
            let Update::NewMessage(message) = update else {
                panic!("{update:?}");
            };
            let is_panic = matches!(error, DispatchError::Panicked(_));
            let net = error.downcast_ref::<Error>().is_some();
            tell.send((message.text().to_owned(), is_panic, net, error.to_string()))
                .unwrap();
            panic!("`on_error` fails too");
        })
        .start(&scene.bot)
        .unwrap();
    for (text, is_panic, net, words) in [
        ("words", false, false, "these words"),
        ("net", false, true, ""),
        ("panic", true, false, "a handler panicked: a panic with 1"),
        (
            "quiet",
            true,
            false,
            "a handler panicked: a panic without words",
        ),
        ("middle", true, false, "a handler panicked: in the middle"),
        ("/number x", false, false, "argument 1, `x`, is no u8"),
        ("else", false, false, "this update has no loss"),
        ("words", false, false, "these words"),
    ] {
        ann.say(text);
        let (of, was_panic, was_net, said) = told.next();
        assert_eq!((&of[..], was_panic, was_net), (text, is_panic, net));
        assert!(words.is_empty() || said == words, "{said}");
    }
}

#[test]
fn middleware_sees_before_and_after_and_may_stop() {
    let scene = Scene::new();
    let ann = scene.person();
    let (tell, told) = telling();
    let outer = tell.clone();
    let inner = tell.clone();
    let _running = Dispatcher::new()
        .middleware(move |cx: &mut Context, next: Next<'_>| {
            outer.send("before".to_owned()).unwrap();
            let result = next.run(cx);
            outer.send(format!("{result:?}")).unwrap();
            result
        })
        .middleware(move |cx: &mut Context, next: Next<'_>| {
            let text = cx
                .message()
                .map(|it| it.text().to_owned())
                .unwrap_or_default();
            match &text[..] {
                "hold" => Ok(Flow::Stop),
                "refuse" => Err(DispatchError::new("refused")),
                _ => {
                    inner.send("inside".to_owned()).unwrap();
                    next.run(cx)
                }
            }
        })
        .on_message(text_is("on"), move || tell.send("handler".to_owned()))
        .start(&scene.bot)
        .unwrap();
    for (text, expected) in [
        ("on", &["before", "inside", "handler", "Ok(Stop)"][..]),
        ("hold", &["before", "Ok(Stop)"]),
        ("refuse", &["before", "Err(refused)"]),
        ("else", &["before", "inside", "Ok(Continue)"]),
    ] {
        ann.say(text);
        assert_eq!(told.take(expected.len()), expected, "{text}");
    }
}
