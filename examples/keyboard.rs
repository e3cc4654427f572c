//! A bot that asks a question with buttons, and answers whoever presses one.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment it is an ordinary bot on Telegram:
//! write `/start` to it, and press. Without them it starts a local data centre in this process, where
//! somebody presses by program, and ends.
use std::env;
use std::error::Error;

use ferogram_sync::keyboard::{Button, ButtonFilter, ButtonStyle, InlineKeyboard};
use ferogram_sync::tl::functions::messages::SetBotCallbackAnswer;
use ferogram_sync::tl::{Identifiable, types::UpdateBotCallbackQuery};
use ferogram_sync::{Client, InputMessage, Message, Update, Watch};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let (Some(id), Some(hash), Some(token)) =
        (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN"))
    else {
        println!("mode: local data centre (set API_ID, API_HASH, BOT_TOKEN for Telegram)");
        return locally();
    };
    let builder = Client::builder().api_id(id.parse()?).api_hash(hash);
    let bot = builder.session("keyboard.session").connect()?;
    if !bot.is_authorized()? {
        bot.bot_sign_in(&token)?;
    }
    let presses = presses(&bot);
    let answering = bot.clone();
    std::thread::spawn(move || while answer_one(&answering, &presses).is_ok() {});
    for message in received(&bot) {
        message.respond(question())?;
    }
    Ok(())
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let (bot, ann) = (dc.bot(), dc.user());
    let presses = presses(&bot);
    let name = bot.get_me()?.username().map(str::to_owned);
    ann.send_message(format!("@{}", name.ok_or("bots have one")?), "/start")?;
    let start = received(&bot).next().ok_or("nobody has written")?;
    start.respond(question())?;
    let asked = received(&ann).next().ok_or("the bot has not asked")?;
    println!("asked: {}", asked.text());
    let answering = std::thread::spawn(move || answer_one(&bot, &presses));
    let click = asked.click_button(ButtonFilter::Text("Yes"))?;
    let answer = click.answer().and_then(|answer| answer.text());
    println!("answered: {}", answer.unwrap_or_default());
    answering.join().map_err(|_| "the bot has panicked")??;
    Ok(())
}

fn question() -> InputMessage {
    let yes = Button::callback("Yes", "tea:yes").style(ButtonStyle::Success);
    let no = Button::callback("No", "tea:no");
    let page = Button::url("What is tea?", "https://en.wikipedia.org/wiki/Tea");
    InputMessage::text("Tea?").markup(InlineKeyboard::new().row([yes, no]).row([page]))
}

/// What others write to it.
fn received(client: &Client) -> impl Iterator<Item = Message> {
    client
        .updates()
        .into_iter()
        .filter_map(|update| match update {
            Update::NewMessage(message) if !message.outgoing() => Some(message),
            _ => None,
        })
}

fn presses(bot: &Client) -> Watch {
    bot.watch(&[UpdateBotCallbackQuery::CONSTRUCTOR_ID])
}

/// Answers the next one who presses a button.
fn answer_one(bot: &Client, presses: &Watch) -> Result<(), ferogram_sync::Error> {
    let press = match presses.receiver().recv() {
        Ok(press) => press,
        Err(_) => return presses.next().map(drop), // It says why no more come.
    };
    let Ok(Some(query)) = press.read::<UpdateBotCallbackQuery>() else {
        return Ok(());
    };
    let text = match query.data.as_deref() {
        Some(b"tea:yes") => "Here you are.",
        _ => "Another time, then.",
    };
    let answer = SetBotCallbackAnswer {
        query_id: query.query_id,
        message: Some(text.to_owned()),
        ..Default::default()
    };
    bot.invoke(&answer).map(drop)
}
