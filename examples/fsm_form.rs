//! A form that is filled in message by message: its state outlives the program.
//!
//! It runs on a local data centre in this process, where Alice fills it in. In the middle of it the
//! program ends and begins anew.
use std::error::Error;
use std::time::Duration;

use ferogram_sync::filters::{command, in_state, no_state, state, text};
use ferogram_sync::fsm::{SessionStorage, StateContext};
use ferogram_sync::{Client, DispatchError, Dispatcher, FsmState, MemoryStore, Message};
use localdc::LocalDc;

#[derive(FsmState)]
enum Form {
    Name,
    Age { name: String },
}

fn begin(message: Message, state: StateContext) -> Result<(), DispatchError> {
    state.enter_for(Form::Name, Duration::from_secs(3600))?;
    message.respond("What is your name?")?;
    Ok(())
}

fn name(message: Message, state: StateContext) -> Result<(), DispatchError> {
    let name = message.text().to_owned();
    message.respond(format!("How old are you, {name}?"))?;
    state.transition(Form::Age { name })?;
    Ok(())
}

fn age(message: Message, state: StateContext) -> Result<(), DispatchError> {
    let Ok(age) = message.text().parse::<u8>() else {
        message.respond("A number, please.")?;
        return Ok(());
    };
    if let Some(Form::Age { name }) = state.current()? {
        message.respond(format!("{name}, {age}. Thank you!"))?;
    }
    state.clear()?;
    Ok(())
}

fn bot(client: &Client) -> Dispatcher {
    Dispatcher::new()
        .with_state_storage(SessionStorage::new(client))
        .on_message(command("form"), begin)
        .on_message(state(Form::Name) & text(), name)
        .on_message(
            in_state(|form| matches!(form, Form::Age { .. })) & text(),
            age,
        )
        .on_message(no_state(), |message: Message| message.respond("Try /form."))
        .on_error(|error, _update| println!("an error: {error}"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let alice = dc.user();
    let session: MemoryStore = {
        let bot = dc.bot();
        dc.session_of(bot.my_id().ok_or("the bot is signed in")?)
    };
    for said in ["Hello?", "/form", "Alice", "thirty", "30"] {
        // A program that begins anew for each message.
        let client = dc.client_builder().session(session.clone()).connect()?;
        let name = client
            .get_me()?
            .username()
            .ok_or("bots have one")?
            .to_owned();
        let running = bot(&client).start(&client)?;
        let mut talk = alice.conversation(name)?;
        println!("Alice: {said}");
        println!("  bot: {}", talk.ask(said)?.text());
        running.stop()?;
        client.close()?;
    }
    Ok(())
}
