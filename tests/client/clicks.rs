//! Buttons pressed by one side, and answered by the other.
use std::thread;
use std::time::Duration;

use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard, ReplyButton, ReplyKeyboard};
use ferogram_sync::tl::functions::messages::SetBotCallbackAnswer;
use ferogram_sync::tl::{Identifiable, types};
use ferogram_sync::{Click, Client, Error, InputMessage, Message, Update, Updates};
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

/// Has the bot answer the next press, in a thread: with the data that it was told.
fn answering(bot: &Client) -> thread::JoinHandle<()> {
    let (bot, watch) = (
        bot.clone(),
        bot.watch(&[types::UpdateBotCallbackQuery::CONSTRUCTOR_ID]),
    );
    thread::spawn(move || {
        let raw = watch
            .next_timeout(Duration::from_secs(30))
            .expect("a press");
        let query: types::UpdateBotCallbackQuery =
            raw.read().expect("it is one").expect("it is one");
        let data = String::from_utf8(query.data.expect("it has some")).expect("it is text");
        let answer = SetBotCallbackAnswer {
            alert: true,
            query_id: query.query_id,
            message: Some(format!("You said {data}")),
            ..Default::default()
        };
        assert!(bot.invoke(&answer).expect("somebody waits"));
        let error = bot.invoke(&answer).expect_err("once only");
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
