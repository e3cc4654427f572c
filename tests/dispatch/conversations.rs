//! Conversations: in handlers, beside them, and alone.
use std::thread;
use std::time::Duration;

use ferogram_sync::filters::{all, command, incoming, text_starts_with};
use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard};
use ferogram_sync::middleware::Deadline;
use ferogram_sync::tl::functions::messages::SetBotCallbackAnswer;
use ferogram_sync::update::CallbackQuery;
use ferogram_sync::{
    Client, ConversationError, Dispatcher, Ended, Error, InputMessage, Limit, Message, NetError,
    Update, filters,
};
use localdc::{Effect, Rule};

use crate::scene::{PATIENCE, Scene, telling};

fn form(message: Message) -> Result<(), ConversationError> {
    let mut talk = message.conversation()?.each(PATIENCE);
    let name = talk.ask("name?")?.text().to_owned();
    let surname = talk.ask("surname?")?.text().to_owned();
    let age = talk.ask("age?")?.text().to_owned();
    talk.send(format!("{name} {surname}, {age}"))?;
    Ok(())
}

/// A press is the conversation's while it waits for one, and the handlers' else.
#[test]
fn presses_are_waited_for() {
    fn noted(client: &Client, query: &CallbackQuery, text: &str) {
        let answer = SetBotCallbackAnswer {
            query_id: query.id(),
            message: Some(text.to_owned()),
            ..Default::default()
        };
        client.invoke(&answer).expect("it is waited for");
    }
    let scene = Scene::new();
    let mut ann = scene.person();
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .on_message(command("choose"), |message: Message, client: Client| {
            let row = ["left", "right"].map(|side| Button::callback(side, side));
            let keyboard = InlineKeyboard::new().row(row);
            let mut talk = message.conversation()?.each(PATIENCE);
            talk.send(InputMessage::text("which?").markup(keyboard))?;
            let query = talk.click()?;
            noted(&client, &query, "chosen");
            talk.send(query.text().unwrap_or_default())?;
            Ok::<_, ConversationError>(())
        })
        .on_callback_query(all(), move |query: CallbackQuery, client: Client| {
            noted(&client, &query, "too late");
            tell.send(query.text().map(str::to_owned))
        })
        .start(&scene.bot)
        .unwrap();
    ann.say("/choose");
    let question = ann.message();
    let press = |data: &str| {
        let click = question.click_button(ButtonFilter::Data(data.as_bytes()));
        let click = click.expect("it is answered");
        let answer = click.answer().and_then(|answer| answer.text());
        answer.map(str::to_owned)
    };
    assert_eq!(press("right").as_deref(), Some("chosen"));
    assert_eq!(ann.hear(), "right");
    assert_eq!(press("left").as_deref(), Some("too late"));
    assert_eq!(told.next().as_deref(), Some("left"));
}

/// More conversations than workers, all at the same time.
#[test]
fn handlers_that_wait_lend_their_workers_out() {
    let scene = Scene::new();
    let mut people: Vec<_> = (0..6).map(|_| scene.person()).collect();
    let _running = Dispatcher::new()
        .workers(1)
        .on_message(command("form"), form)
        .start(&scene.bot)
        .unwrap();
    for person in &people {
        person.say("/form");
    }
    for question in ["name?", "surname?", "age?"] {
        for (number, person) in people.iter_mut().enumerate() {
            assert_eq!(person.hear(), question);
            person.say(&format!("{question} {number}"));
        }
    }
    for (number, person) in people.iter_mut().enumerate() {
        let expected = format!("name? {number} surname? {number}, age? {number}");
        assert_eq!(person.hear(), expected);
    }
}

/// What was said before the question was asked is an answer all the same.
#[test]
fn quick_answers_are_not_lost() {
    let scene = Scene::new();
    let mut ann = scene.person();
    for text in ["/form", "Ann", "Bee", "7"] {
        ann.say(text);
    }
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .on_message(command("form"), form)
        .on_message(all(), move |message: Message| {
            tell.send(message.text().to_owned())
        })
        .start(&scene.bot)
        .unwrap();
    for expected in ["name?", "surname?", "age?", "Ann Bee, 7"] {
        assert_eq!(ann.hear(), expected);
    }
    assert!(told.nothing_for(Duration::from_millis(200)));
}

/// F3: A's conversation does not take what B says, and nothing is swallowed.
#[test]
fn what_is_nobodys_answer_goes_to_the_handlers() {
    let scene = Scene::new();
    let (mut ann, mut bob) = (scene.person(), scene.person());
    let _running = Dispatcher::new()
        .on_message(command("start"), |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            talk.send("say #something")?;
            let tag = talk.answer_of(text_starts_with("#"))?;
            talk.send(format!("you said {}", tag.text()))?;
            Ok::<_, ConversationError>(())
        })
        .on_message(all(), |message: Message| message.reply("handled"))
        .start(&scene.bot)
        .unwrap();
    ann.say("/start");
    assert_eq!(ann.hear(), "say #something");
    bob.say("#bob");
    assert_eq!(bob.hear(), "handled");
    // The same chat goes on while its handler waits.
    ann.say("no tag");
    assert_eq!(ann.hear(), "handled");
    ann.say("#ann");
    assert_eq!(ann.hear(), "you said #ann");
    ann.say("#again");
    assert_eq!(ann.hear(), "handled");
}

/// A handler has its chat for itself again when it has what it waited for.
#[test]
fn who_has_waited_has_the_turn_back() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let (tell, told) = telling();
    let others = tell.clone();
    let _running = Dispatcher::new()
        .on_message(command("start"), move |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            talk.ask("go on")?;
            tell.send("begins".to_owned()).unwrap();
            thread::sleep(Duration::from_millis(200));
            tell.send("ends".to_owned()).unwrap();
            Ok::<_, ConversationError>(())
        })
        .on_message(all(), move |message: Message| {
            others.send(message.text().to_owned())
        })
        .start(&scene.bot)
        .unwrap();
    ann.say("/start");
    assert_eq!(ann.hear(), "go on");
    ann.say("answer");
    ann.say("behind");
    assert_eq!(told.take(3), ["begins", "ends", "behind"]);
}

/// F7, F8: each wait, the whole, and the update's deadline: the nearest, and which it was.
#[test]
fn the_nearest_limit_is_told() {
    let scene = Scene::new();
    let ann = scene.person();
    let (short, long) = (Duration::from_millis(100), Duration::from_secs(600));
    let bot = &scene.bot;
    let limit = |each, total| {
        let talk = bot.conversation(ann.id).unwrap();
        let mut talk = talk.each(each).total(total);
        match talk.answer() {
            Err(ConversationError::TimedOut { limit, after }) if after <= short => limit,
            other => panic!("{other:?}"),
        }
    };
    ann.say("known");
    scene.bot.updates().next_timeout(PATIENCE).unwrap();
    assert_eq!(limit(short, long), Limit::Each);
    assert_eq!(limit(long, short), Limit::Total);
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .middleware(Deadline::new(short))
        .middleware(Deadline::new(long))
        .on_message(command("start"), |message: Message| {
            let mut talk = message.conversation()?.each(PATIENCE);
            talk.answer().map(drop)
        })
        .on_error(move |error, _| {
            let error = error.downcast_ref::<ConversationError>();
            if let Some(ConversationError::TimedOut { limit, .. }) = error {
                tell.send(*limit).unwrap();
            }
        })
        .start(&scene.bot)
        .unwrap();
    ann.say("/start");
    assert_eq!(told.next(), Limit::Update);
}

#[test]
fn a_conversation_on_another_thread_takes_what_it_waits_for_from_the_handlers() {
    let scene = Scene::new();
    let mut ann = scene.person();
    let running = Dispatcher::new()
        .on_message(all(), |message: Message| message.reply("handled"))
        .start(&scene.bot)
        .unwrap();
    ann.say("one");
    assert_eq!(ann.hear(), "handled");
    let mut talk = scene.bot.conversation(ann.id).unwrap().each(PATIENCE);
    let asker = thread::spawn(move || {
        let answer = talk.ask("yes?").map(|it| it.text().to_owned());
        (answer, talk)
    });
    assert_eq!(ann.hear(), "yes?");
    ann.say("two");
    let (answer, mut talk) = asker.join().unwrap();
    assert_eq!(answer.unwrap(), "two");
    ann.say("three");
    assert_eq!(ann.hear(), "handled");
    let waits = thread::spawn(move || talk.answer());
    thread::sleep(Duration::from_millis(50));
    running.stop().unwrap();
    let ended = waits.join().unwrap();
    assert!(
        matches!(ended, Err(ConversationError::Ended(Ended::Stopped))),
        "{ended:?}"
    );
}

/// Without a dispatcher, and on a user's account; what one sends oneself is no answer.
#[test]
fn a_conversation_needs_no_dispatcher() {
    let scene = Scene::new();
    let ann: Client = scene.dc.user();
    let mut talk = ann.conversation(&scene.name[..]).unwrap().each(PATIENCE);
    let running = Dispatcher::new()
        .on_message(filters::text(), |message: Message| {
            message.respond("no quote")?;
            message.reply(format!("you said {}", message.text()))
        })
        .start(&scene.bot)
        .unwrap();
    talk.send("hello").unwrap();
    assert_eq!(talk.reply().unwrap().text(), "you said hello");
    assert_eq!(talk.ask("again").unwrap().text(), "no quote");
    running.stop().unwrap();
}

/// An answer may be there before the call that asks has returned, and unless it comes in the
/// handler's own chat, nothing holds it back.
#[test]
fn a_handler_that_asks_in_another_chat_has_the_quickest_answer() {
    const ROUNDS: usize = 50;
    let scene = Scene::new();
    let (mut ann, mut bob) = (scene.person(), scene.person());
    let bob_id = bob.id;
    let (tell, told) = telling();
    let _running = Dispatcher::new()
        .on_message(command("relay"), move |message: Message, client: Client| {
            let mut talk = client.conversation(bob_id)?.each(PATIENCE);
            for round in 0..=ROUNDS {
                let answer = talk.ask(format!("{round}?"))?;
                assert_eq!(answer.text(), format!("{round}!"));
            }
            message.respond("all answered")?;
            Ok::<_, ConversationError>(())
        })
        .on_message(incoming(), move |message: Message| {
            tell.send(message.text().to_owned())
        })
        .start(&scene.bot)
        .unwrap();
    // The bot has to know whom it asks.
    bob.say("hello");
    assert_eq!(told.next(), "hello");
    ann.say("/relay");
    for round in 0..=ROUNDS {
        let question = bob.message();
        assert_eq!(question.text(), format!("{round}?"));
        if round + 1 == ROUNDS {
            // The last one is answered long before the bot, behind Bob, is told that it was sent.
            let late = Rule::new(Effect::Delay(Duration::from_secs(2)));
            let late = late.method("messages.sendMessage").after(1).times(1);
            scene.dc.faults().add(late);
        }
        bob.say(&format!("{round}!"));
    }
    assert_eq!(ann.hear(), "all answered");
    assert!(told.nothing_for(Duration::from_millis(200)));
}

/// What picks an update may be the program's code: it may call the client, and is refused what
/// would wait for itself.
#[test]
fn what_picks_an_update_may_call_the_client() {
    let scene = Scene::new();
    let (mut ann, bob) = (scene.person(), scene.person());
    let (tell, told) = telling();
    let bob_id = bob.id;
    let picking = move |client: Client| {
        let tell = tell.clone();
        move |update: &Update| {
            let Update::NewMessage(message) = update else {
                return false;
            };
            client.get_me().expect("it can be called");
            let other = client.conversation(bob_id).expect("it can be begun");
            let waited = other.each(PATIENCE).answer();
            let is_refused = matches!(
                waited,
                Err(ConversationError::Call(Error::Net(NetError::WouldDeadlock)))
            );
            tell.send((message.text().to_owned(), is_refused)).unwrap();
            message.text() == "two"
        }
    };
    let in_handler = picking.clone();
    // These wait for the handler when it begins to wait for them.
    bob.say("hello");
    for text in ["/start", "one", "two"] {
        ann.say(text);
    }
    let _running = Dispatcher::new()
        .on_message(command("start"), move |message: Message, client: Client| {
            let mut talk = message.conversation()?.each(PATIENCE);
            talk.wait_for(in_handler(client))?;
            talk.send("picked")?;
            Ok::<_, ConversationError>(())
        })
        .on_message(all(), |message: Message| {
            message.reply(format!("handled {}", message.text()))
        })
        .start(&scene.bot)
        .unwrap();
    let mut heard = [ann.hear(), ann.hear()];
    heard.sort();
    assert_eq!(heard, ["handled one", "picked"]);
    let picked = |text: &str| (text.to_owned(), true);
    assert_eq!(told.take(2), [picked("one"), picked("two")]);
    // And these come while it is waited for.
    let mut talk = scene.bot.conversation(ann.id).unwrap().each(PATIENCE);
    let client = scene.bot.clone();
    talk.send("go on").unwrap();
    let waits = thread::spawn(move || talk.wait_for(picking(client)).map(drop));
    assert_eq!(ann.hear(), "go on");
    while told.nothing_for(Duration::ZERO) {
        ann.say("one");
        assert_eq!(ann.hear(), "handled one");
    }
    ann.say("two");
    waits.join().unwrap().expect("it is picked");
    while told.next() != picked("two") {}
}
