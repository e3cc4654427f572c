//! An order in steps, with `/back` and `/cancel`.
//!
//! It runs on a local data centre in this process, where Alice orders.
use std::error::Error;

use ferogram_sync::filters::command;
use ferogram_sync::{DispatchError, Dispatcher, Message, Scene, Wizard};
use localdc::LocalDc;

fn size(message: Message, scene: Scene) -> Result<(), DispatchError> {
    scene.state().set_data("size", message.text())?;
    scene.next();
    Ok(())
}

fn address(message: Message, scene: Scene) -> Result<(), DispatchError> {
    if message.text().split_whitespace().count() < 2 {
        message.respond("Street and number, please.")?;
        return Ok(()); // It stays at this step.
    }
    let size: String = scene.state().data("size")?.unwrap_or_default();
    message.respond(format!("A {size} one, to {}.", message.text()))?;
    scene.finish();
    Ok(())
}

fn bot() -> Dispatcher {
    let order = Wizard::new("order")
        .step(
            "size",
            |message: Message| message.respond("Large or small?"),
            size,
        )
        .step(
            "address",
            |message: Message| message.respond("Where to?"),
            address,
        )
        .on_cancel(|message: Message| message.respond("Another time, then."));
    Dispatcher::new()
        .on_message(command("order"), order.enter())
        .include(order.router())
        .on_error(|error, _update| println!("an error: {error}"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let dc = LocalDc::start()?;
    let (client, alice) = (dc.bot(), dc.user());
    let name = client
        .get_me()?
        .username()
        .ok_or("bots have one")?
        .to_owned();
    let running = bot().start(&client)?;

    let mut talk = alice.conversation(name)?;
    for said in [
        "/order",
        "large",
        "/back",
        "small",
        "here",
        "Long Street 7",
        "/order",
        "/cancel",
    ] {
        println!("Alice: {said}");
        println!("  bot: {}", talk.ask(said)?.text());
    }
    running.stop()?;
    Ok(())
}
