//! A bot that asks a question with buttons, and answers whoever presses one.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment it is an ordinary bot on Telegram:
//! write `/start` to it, and press. Without them it starts a local data centre in this process,
//! where somebody presses by program, and ends.
use std::env;
use std::error::Error;

use ferogram_sync::keyboard::{Button, ButtonFilter, ButtonStyle, InlineKeyboard};
use ferogram_sync::update::CallbackQuery;
use ferogram_sync::{Client, InputMessage, Message, Update, Updates};
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
    for update in bot.updates() {
        match update {
            Update::NewMessage(message) if !message.outgoing() => {
                message.respond(question())?;
            }
            // It may be too late for one of them: that is no reason to end.
            Update::CallbackQuery(query) => {
                if let Err(error) = answer(&query) {
                    eprintln!("not answered: {error}");
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn locally() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let (bot, ann) = (dc.bot(), dc.user());
    let mut updates = bot.updates();
    let name = bot.get_me()?.username().map(str::to_owned);
    ann.send_message(format!("@{}", name.ok_or("bots have one")?), "/start")?;
    let start = received(&mut updates).ok_or("nobody has written")?;
    let mut her_updates = ann.updates();
    start.respond(question())?;
    let asked = received(&mut her_updates).ok_or("the bot has not asked")?;
    println!("asked: {}", asked.text());
    let answering = std::thread::spawn(move || {
        let mut presses = updates.iter().filter_map(|update| match update {
            Update::CallbackQuery(query) => Some(query),
            _ => None,
        });
        presses.next().map(|query| answer(&query))
    });
    let click = asked.click_button(ButtonFilter::Text("Yes"))?;
    let answer = click.answer().and_then(|answer| answer.text());
    println!("answered: {}", answer.unwrap_or_default());
    let answered = answering.join().map_err(|_| "the bot has panicked")?;
    Ok(answered.ok_or("nobody has pressed")??)
}

fn question() -> InputMessage {
    let yes = Button::callback("Yes", "tea:yes").style(ButtonStyle::Success);
    let no = Button::callback("No", "tea:no");
    let page = Button::url("What is tea?", "https://en.wikipedia.org/wiki/Tea");
    InputMessage::text("Tea?").markup(InlineKeyboard::new().row([yes, no]).row([page]))
}

/// The next message that others have written.
fn received(updates: &mut Updates) -> Option<Message> {
    updates.iter().find_map(|update| match update {
        Update::NewMessage(message) if !message.outgoing() => Some(message),
        _ => None,
    })
}

/// Answers whoever has pressed a button.
fn answer(query: &CallbackQuery) -> ferogram_sync::Result<()> {
    query.answer(match query.data() {
        Some(b"tea:yes") => "Here you are.",
        _ => "Another time, then.",
    })
}
