//! The bot of the script: commands, buttons, states, a conversation; and inline mode.
use ferogram_sync::filters::{all, args, command, data, in_state, state, text};
use ferogram_sync::fsm::StateContext;
use ferogram_sync::keyboard::{Button, InlineKeyboard};
use ferogram_sync::tl::functions::messages::SetBotCallbackAnswer;
use ferogram_sync::update::CallbackQuery;
use ferogram_sync::{
    Args, Client, ConversationError, DispatchError, Dispatcher, FsmState, InputMessage, Message,
};
use serde_json::Value;

use super::{Result, builder, inline, say, told};

type Handled = std::result::Result<(), DispatchError>;

#[derive(FsmState)]
enum Form {
    Name,
    Age { name: String },
}

/// Until the input ends.
pub(crate) fn serve(facts: &Value) -> Result<()> {
    let client = builder(facts, None)?.connect()?;
    client.bot_sign_in(facts["bot"]["token"].as_str().ok_or("a token")?)?;
    let running = dispatcher().start(&client)?;
    say("ready");
    told()?;
    running.stop()?;
    client.sign_out()?;
    Ok(())
}

fn dispatcher() -> Dispatcher {
    Dispatcher::new()
        .on_message(command("start"), |it: Message| it.respond("Hello."))
        .on_message(command("add") & args::<(i64, i64)>(), add)
        .on_message(command("add"), |it: Message| {
            it.respond("Two numbers, please.")
        })
        .on_message(command("choose"), choose)
        .on_callback_query(data("left"), |it: CallbackQuery, client: Client| {
            answer(&client, &it, "Left it is.")
        })
        .on_callback_query(data("right"), |it: CallbackQuery, client: Client| {
            answer(&client, &it, "Right it is.")
        })
        .on_inline_query(all(), inline::answer)
        .on_message(command("form"), begin)
        .on_message(state(Form::Name) & text(), name)
        .on_message(in_state(|it| matches!(it, Form::Age { .. })) & text(), age)
        .on_message(command("sum"), sum)
        .on_message(all(), |it: Message| {
            it.respond(format!("You said: {}", it.text()))
        })
        .on_error(|error, _update| eprintln!("our bot: {error}"))
}

fn add(message: Message, Args((a, b)): Args<(i64, i64)>) -> Handled {
    message.respond((a + b).to_string())?;
    Ok(())
}

fn choose(message: Message) -> Handled {
    let row = [
        Button::callback("Left", "left"),
        Button::callback("Right", "right"),
    ];
    let keyboard = InlineKeyboard::new().row(row);
    message.respond(InputMessage::text("Left or right?").markup(keyboard))?;
    Ok(())
}

fn answer(client: &Client, query: &CallbackQuery, text: &str) -> Handled {
    client.invoke(&SetBotCallbackAnswer {
        query_id: query.id(),
        message: Some(text.to_owned()),
        ..Default::default()
    })?;
    Ok(())
}

fn begin(message: Message, state: StateContext) -> Handled {
    state.enter(Form::Name)?;
    message.respond("Your name?")?;
    Ok(())
}

fn name(message: Message, state: StateContext) -> Handled {
    let name = message.text().to_owned();
    message.respond(format!("How old are you, {name}?"))?;
    state.transition(Form::Age { name })?;
    Ok(())
}

fn age(message: Message, state: StateContext) -> Handled {
    let Ok(age) = message.text().parse::<u8>() else {
        message.respond("A number, please.")?;
        return Ok(());
    };
    if let Some(Form::Age { name }) = state.current()? {
        message.respond(format!("{name} is {age}."))?;
    }
    state.clear()?;
    Ok(())
}

fn sum(message: Message) -> std::result::Result<(), ConversationError> {
    let mut talk = message.conversation()?;
    let first = talk.ask("The first number?")?;
    let second = talk.ask("The second number?")?;
    let number = |it: &Message| it.text().parse::<i64>().unwrap_or_default();
    talk.send(format!("That makes {}.", number(&first) + number(&second)))?;
    Ok(())
}
