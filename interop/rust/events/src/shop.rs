//! A bot of ours that sells things: it says what it is, is paid, and has a mini app.
use ferogram_sync::action::MessageAction;
use ferogram_sync::{
    BotProfileChanges, Client, CommandScope, InitData, InputInlineResult, InputMessage, Invoice,
    MenuButton, Update, Updates,
};
use serde_json::Value;

use super::{Result, builder, say, told};

/// Sells until the input ends. What was paid is said; each line that comes is what the page of the
/// mini app was told, and is answered by a message for who has opened it.
pub(crate) fn sell(facts: &Value) -> Result<()> {
    let token = facts["bot"]["token"].as_str().ok_or("a token")?;
    let client = builder(facts, None)?.connect()?;
    client.bot_sign_in(token)?;
    let commands = [("buy", "Buy tea"), ("cancel", "Think again")];
    client.set_bot_commands(commands, CommandScope::everywhere())?;
    let profile = BotProfileChanges::new()
        .about("Tea")
        .description("Sells tea");
    client.set_bot_profile(profile)?;
    client.set_menu_button(None, MenuButton::mini_app("Shop", "https://tea.example"))?;
    let updates = client.updates();
    std::thread::spawn({
        let client = client.clone();
        move || {
            if let Err(error) = serve(&client, updates) {
                eprintln!("our bot: {error}");
            }
        }
    });
    say("ready");
    loop {
        let line = told()?;
        if line.is_empty() {
            break;
        }
        let page = InitData::verify(line.trim(), token)?;
        let query_id = page.query_id().ok_or("it was opened in a chat")?;
        let order = InputInlineResult::article("1", "Order", "Two cups");
        client.answer_mini_app(query_id, order)?;
        say("answered");
    }
    client.sign_out()?;
    Ok(())
}

fn serve(client: &Client, mut updates: Updates) -> Result<()> {
    for update in updates.iter() {
        match update {
            Update::NewMessage(message) if message.text() == "/buy" => {
                let tea = Invoice::new("Tea", "A pound", "pound", "EUR").provider("a token");
                let tea = tea.price("Tea", 1250);
                let tea = InputMessage::default().media(tea);
                client.send_message(&message, tea)?;
            }
            Update::PreCheckoutQuery(query) if query.payload() == b"pound" => query.accept()?,
            Update::PreCheckoutQuery(query) => query.decline("Unknown")?,
            Update::ServiceMessage(message) => {
                if let MessageAction::Paid(paid) = message.action() {
                    say(&format!("paid {} {}", paid.total_amount, paid.currency));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
