//! Messages that are sent through a bot from elsewhere.
use std::thread;
use std::time::Duration;

use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard};
use ferogram_sync::tl::enums::{InputBotInlineMessageId, InputUser, Updates};
use ferogram_sync::tl::functions::messages::{
    GetInlineBotResults, SendInlineBotResult, SetBotCallbackAnswer, SetInlineBotResults,
};
use ferogram_sync::tl::{self, Identifiable, types};
use ferogram_sync::{Client, InputMessage, Message, Update, Upload, Watch};
use localdc::LocalDc;

fn read<T: Identifiable + tl::Deserialize>(watch: &Watch) -> T {
    let raw = watch
        .next_timeout(Duration::from_secs(30))
        .expect("it comes");
    raw.read().expect("it is one").expect("it is one")
}

fn tea(markup: tl::enums::ReplyMarkup) -> tl::enums::InputBotInlineResult {
    types::InputBotInlineResult {
        id: "tea".into(),
        r#type: "article".into(),
        title: Some("Tea".into()),
        send_message: types::InputBotInlineMessageText {
            message: "A cup of tea".into(),
            reply_markup: Some(markup),
            ..Default::default()
        }
        .into(),
        ..Default::default()
    }
    .into()
}

/// Has the bot answer the next query, in a thread.
fn answering(bot: &Client) -> thread::JoinHandle<()> {
    let watch = bot.watch(&[types::UpdateBotInlineQuery::CONSTRUCTOR_ID]);
    let bot = bot.clone();
    let more = types::KeyboardInlineButton {
        text: "More".into(),
        r#type: types::InlineButtonTypeCallback {
            data: b"more".to_vec(),
            ..Default::default()
        }
        .into(),
        ..Default::default()
    };
    let row = types::KeyboardInlineButtonRow {
        buttons: vec![more.into()],
    };
    let markup = types::ReplyInlineMarkup {
        rows: vec![row.into()],
        ..Default::default()
    }
    .into();
    thread::spawn(move || {
        let query: types::UpdateBotInlineQuery = read(&watch);
        assert_eq!(query.query, "te");
        let answer = SetInlineBotResults {
            query_id: query.query_id,
            results: vec![tea(markup)],
            cache_time: 300,
            ..Default::default()
        };
        assert!(bot.invoke(&answer).expect("somebody waits"));
        let error = bot.invoke(&answer).expect_err("once only");
        assert!(error.is("QUERY_ID_INVALID"), "{error}");
    })
}

/// Sends what the bot offers to Bob: what Ann gets as an answer.
fn sent(ann: &Client, bot: &Client, to: &str) -> Updates {
    let me = bot.get_me().expect("signed in");
    let peer = ann
        .resolve_peer(format!("@{}", me.username().expect("bots have one")))
        .expect("it is there");
    let tl::enums::InputPeer::User(user) = peer else {
        panic!("it is a user");
    };
    let answers = answering(bot);
    let offered = ann.invoke(&GetInlineBotResults {
        bot: InputUser::from(types::InputUser {
            user_id: user.user_id,
            access_hash: user.access_hash,
        }),
        peer: ann.resolve_peer(to).expect("he is there"),
        query: "te".into(),
        ..Default::default()
    });
    let tl::enums::messages::BotResults::Results(offered) = offered.expect("it answers");
    answers.join().expect("it has answered");
    assert_eq!(offered.results.len(), 1);
    let request = SendInlineBotResult {
        peer: ann.resolve_peer(to).expect("he is there"),
        random_id: 7,
        query_id: offered.query_id,
        id: "tea".into(),
        ..Default::default()
    };
    let wrong = SendInlineBotResult {
        id: "coffee".into(),
        random_id: 8,
        ..request.clone()
    };
    let error = ann.invoke(&wrong).expect_err("there is none");
    assert!(error.is("RESULT_ID_INVALID"), "{error}");
    ann.invoke(&request).expect("it is offered")
}

fn next_received(updates: &mut ferogram_sync::Updates) -> Message {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            return message;
        }
    }
}

#[test]
fn the_bot_changes_what_was_sent_through_it() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, bot, other) = (dc.user(), dc.user(), dc.bot(), dc.bot());
    let name = bob.get_me().expect("signed in");
    let name = format!("@{}", name.username().expect("everybody has one"));
    let mut updates = bob.updates();
    let chosen = bot.watch(&[types::UpdateBotInlineSend::CONSTRUCTOR_ID]);
    let Updates::Updates(_) = sent(&ann, &bot, &name) else {
        panic!("the short form does not say which bot it was");
    };
    let there = next_received(&mut updates);
    assert_eq!(there.text(), "A cup of tea");
    assert_eq!(there.via_bot_id(), bot.my_id());
    let chosen: types::UpdateBotInlineSend = read(&chosen);
    assert_eq!((chosen.query.as_str(), chosen.id.as_str()), ("te", "tea"));
    let id = chosen.msg_id.expect("there are buttons below it");
    let error = other
        .edit_inline_message(id.clone(), "Mine")
        .expect_err("its");
    assert!(error.is("MESSAGE_ID_INVALID"), "{error}");
    let keyboard = InlineKeyboard::new().row([Button::callback("Less", "less")]);
    let changed = InputMessage::markdown("**Two** cups").markup(keyboard);
    bot.edit_inline_message(id.clone(), changed).expect("its");
    let now = there
        .fetch_again()
        .expect("it answers")
        .expect("it is there");
    assert_eq!(now.markdown_text(), "**Two** cups");
    // The bot is told by the same id who has pressed its button.
    pressed(&bot, &now, &id);
    // What it has elsewhere is found again there, though its reference has expired.
    let photo = Upload::bytes(localdc::picture(90, 60)).name("a.jpg");
    let visitor = dc.add_visitor(bot.my_id().expect("signed in"));
    let sent = bot.send_photo(visitor, photo, "three");
    let sent = sent.expect("it is sent");
    dc.expire_file_references();
    let changed = sent.to_input().expect("it can be sent");
    bot.edit_inline_message(id, changed).expect("its");
    let now = there.fetch_again().expect("it answers");
    let now = now.expect("it is there").photo();
    assert_eq!(now.map(|it| it.id()), sent.photo().map(|it| it.id()));
}

fn pressed(bot: &Client, message: &Message, id: &InputBotInlineMessageId) {
    let presses = bot.watch(&[types::UpdateInlineBotCallbackQuery::CONSTRUCTOR_ID]);
    let (bot, wanted) = (bot.clone(), id.clone());
    let answers = thread::spawn(move || {
        let press: types::UpdateInlineBotCallbackQuery = read(&presses);
        assert_eq!((press.msg_id, press.data), (wanted, Some(b"less".to_vec())));
        let answer = SetBotCallbackAnswer {
            query_id: press.query_id,
            message: Some("None".into()),
            ..Default::default()
        };
        assert!(bot.invoke(&answer).expect("somebody waits"));
    });
    let click = message
        .click_button(ButtonFilter::Text("Less"))
        .expect("it answers");
    assert_eq!(click.answer().and_then(|it| it.text()), Some("None"));
    answers.join().expect("it has answered");
}
