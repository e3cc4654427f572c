//! Buttons pressed by one side, and answered by the other.
use std::thread;
use std::time::Duration;

use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard, ReplyButton, ReplyKeyboard};
use ferogram_sync::update::CallbackQuery;
use ferogram_sync::{
    ButtonAnswer, Click, Client, Error, Game, InputMessage, Message, Update, Updates,
};
use localdc::{LocalDc, NewUser};

fn next_received(updates: &mut Updates) -> Message {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            return message;
        }
    }
}

/// A bot, somebody who has begun to talk to it, and what she has got from it.
fn asked(dc: &LocalDc, ann: &Client, message: InputMessage) -> (Client, Message) {
    let bot = dc.bot();
    let name = bot.get_me().expect("signed in");
    let name = format!("@{}", name.username().expect("bots have one"));
    let mut updates = ann.updates();
    ann.send_message(name, "/start").expect("the bot exists");
    let ann_id = ann.my_id().expect("signed in");
    bot.send_message(ann_id, message).expect("she has begun");
    (bot, next_received(&mut updates))
}

fn question() -> InputMessage {
    let yes = Button::callback("Yes", "tea:yes");
    let no = Button::callback_with_password("No", "tea:no");
    let page = Button::url("Read", "https://example.com/");
    let copy = Button::copy_text("Copy", "tea");
    let keyboard = InlineKeyboard::new().row([yes, no]).row([page, copy]);
    InputMessage::text("Tea?").markup(keyboard)
}

fn next_press(updates: &mut Updates) -> CallbackQuery {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::CallbackQuery(query) = update.expect("it comes") {
            return query;
        }
    }
}

/// Has the bot answer the next press, in a thread: with the data that it was told.
fn answering(bot: &Client) -> thread::JoinHandle<()> {
    let mut updates = bot.updates();
    thread::spawn(move || {
        let query = next_press(&mut updates);
        let answer = ButtonAnswer::alert(format!("You said {}", query.text().expect("it is text")));
        query.answer(answer.clone()).expect("somebody waits");
        let error = query.answer(answer).expect_err("once only");
        assert!(error.is("QUERY_ID_INVALID"), "{error}");
    })
}

#[test]
fn the_answer_of_the_bot_comes_back() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let (bot, message) = asked(&dc, &ann, question());
    let answers = answering(&bot);
    let click = message
        .click_button(ButtonFilter::Text("Yes"))
        .expect("it answers");
    let answer = click.answer().expect("the bot was asked");
    assert_eq!(
        (answer.text(), answer.is_alert()),
        (Some("You said tea:yes"), true)
    );
    answers.join().expect("it has answered");
}

#[test]
fn a_bot_that_says_nothing_is_not_waited_for() {
    let dc = LocalDc::start().expect("it listens");
    dc.set_callback_patience(Duration::from_millis(200));
    let ann = dc.user();
    let (_bot, message) = asked(&dc, &ann, question());
    let error = message.click_button(ButtonFilter::Data(b"tea:yes"));
    let error = error.expect_err("the bot says nothing");
    assert!(error.is("BOT_RESPONSE_TIMEOUT"), "{error}");
}

/// The server takes no answer any more when it has told the one who waits that there is none.
#[test]
fn an_answer_that_comes_late_is_told_so() {
    let dc = LocalDc::start().expect("it listens");
    dc.set_callback_patience(Duration::from_millis(200));
    let ann = dc.user();
    let (bot, message) = asked(&dc, &ann, question());
    let mut updates = bot.updates();
    let error = message.click_button(ButtonFilter::Text("Yes"));
    assert!(error.expect_err("it waits").is("BOT_RESPONSE_TIMEOUT"));
    let query = next_press(&mut updates);
    let error = query.answer("Here").expect_err("nobody waits any more");
    assert!(error.is("QUERY_ID_INVALID"), "{error}");
}

#[test]
fn answers_are_texts_pages_or_nothing() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let (bot, message) = asked(&dc, &ann, question());
    let mut updates = bot.updates();
    let page = "https://t.me/the_bot?start=tea";
    for (answer, shown) in [
        (ButtonAnswer::from("Tea"), (Some("Tea"), false, None, 0)),
        (
            ButtonAnswer::alert("No tea"),
            (Some("No tea"), true, None, 0),
        ),
        (ButtonAnswer::url(page), (None, false, Some(page), 0)),
        (
            ButtonAnswer::default().cache_time(60),
            (None, false, None, 60),
        ),
    ] {
        let click = thread::scope(|scope| {
            let press = scope.spawn(|| message.click_button(ButtonFilter::Text("Yes")));
            let query = next_press(&mut updates);
            query.answer(answer).expect("somebody waits");
            press.join().expect("no panic").expect("it is answered")
        });
        let told = click.answer().expect("the bot was asked");
        let seen = (
            told.text(),
            told.is_alert(),
            told.url(),
            told.raw.cache_time,
        );
        assert_eq!(seen, shown);
    }
    // 200 letters are enough, of whatever length, and users answer nobody.
    let sent = dc.executed("messages.setBotCallbackAnswer");
    let error = bot.answer_button(7, "x".repeat(201)).expect_err("too long");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let error = ann.answer_button(7, "x").expect_err("she is no bot");
    assert!(matches!(error, Error::NotForUsers { .. }), "{error}");
    assert_eq!(dc.executed("messages.setBotCallbackAnswer"), sent);
    let error = bot.answer_button(7, "\u{1f600}".repeat(200));
    assert!(error.expect_err("nobody has asked").is("QUERY_ID_INVALID"));
}

#[test]
fn whoever_plays_a_game_is_shown_its_page() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let game = InputMessage::default().media(Game::new("chess"));
    let (bot, message) = asked(&dc, &ann, game);
    let mut updates = bot.updates();
    let page = "https://chess.example/?player=1";
    let click = thread::scope(|scope| {
        let press = scope.spawn(|| message.click_button(ButtonFilter::Nth(0)));
        let query = next_press(&mut updates);
        assert_eq!(query.game_short_name(), Some("chess"));
        assert_eq!(query.data(), None);
        query.answer(ButtonAnswer::url(page)).expect("it waits");
        press.join().expect("no panic").expect("it is answered")
    });
    assert_eq!(click.answer().and_then(|it| it.url()), Some(page));
}

#[test]
fn the_password_is_asked_for_where_the_button_wants_it() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_user(NewUser::new("+9996653333", "Ann").password("secret"));
    let session = dc.session_of(id);
    let ann = dc
        .client_builder()
        .session(session)
        .connect()
        .expect("it starts");
    let (bot, message) = asked(&dc, &ann, question());
    let wants = ButtonFilter::Text("No");
    let error = message
        .click_button(wants)
        .expect_err("it wants the password");
    assert!(matches!(error, Error::Account(_)), "{error}");
    assert_eq!(dc.executed("messages.getBotCallbackAnswer"), 0);
    let error = message.click_button_with_password(wants, "guess");
    let error = error.expect_err("it is wrong");
    assert!(error.is("PASSWORD_HASH_INVALID"), "{error}");
    let answers = answering(&bot);
    let click = message
        .click_button_with_password(wants, "secret")
        .expect("right");
    let answer = click.answer().and_then(|it| it.text());
    assert_eq!(answer, Some("You said tea:no"));
    answers.join().expect("it has answered");
}

#[test]
fn what_a_program_has_to_do_itself_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let (_bot, message) = asked(&dc, &ann, question());
    let click = message
        .click_button(ButtonFilter::At(1, 0))
        .expect("it is there");
    assert!(matches!(click, Click::Url(url) if url == "https://example.com/"));
    let click = message
        .click_button_where(|it| it.text == "Copy")
        .expect("it is there");
    assert!(matches!(click, Click::Copy(text) if text == "tea"));
    for missing in [ButtonFilter::At(2, 0), ButtonFilter::Text("Perhaps")] {
        assert!(matches!(
            message.click_button(missing),
            Err(Error::Argument(_))
        ));
    }
    let error = ann.press_button(&message, message.id(), "tea:never", None);
    assert!(
        error
            .expect_err("there is no such button")
            .is("DATA_INVALID")
    );
}

#[test]
fn a_button_that_asks_another_bot_says_what_and_where() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let here = Button::switch_inline("Here", "tea");
    let elsewhere = Button::switch_elsewhere("Elsewhere", "cake");
    let keyboard = InlineKeyboard::new().row([here, elsewhere]);
    let (_bot, message) = asked(&dc, &ann, InputMessage::text("Where?").markup(keyboard));
    for (button, says, here) in [("Here", "tea", true), ("Elsewhere", "cake", false)] {
        let click = message.click_button(ButtonFilter::Text(button));
        match click.expect("it is there") {
            Click::SwitchInline { query, same_chat } => {
                assert_eq!((query.as_str(), same_chat), (says, here));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_button_in_the_place_of_the_letters_sends_its_text() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let row = [
        ReplyButton::text("Tea"),
        ReplyButton::request_phone("My number"),
    ];
    let keyboard = ReplyKeyboard::new().row(row);
    let (bot, message) = asked(&dc, &ann, InputMessage::text("Well?").markup(keyboard));
    let mut updates = bot.updates();
    let click = message
        .click_button(ButtonFilter::Nth(0))
        .expect("it is there");
    let Click::Sent(sent) = click else {
        panic!("it is a text");
    };
    assert_eq!(sent.text(), "Tea");
    while next_received(&mut updates).text() != "Tea" {}
    let error = message.click_button(ButtonFilter::Text("My number"));
    assert!(matches!(error, Err(Error::Argument(_))));
}
