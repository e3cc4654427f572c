//! Our client uses a bot of another's, as the script says.
use std::time::Duration;

use ferogram_sync::keyboard::ButtonFilter;
use ferogram_sync::{Conversation, Message};
use serde_json::{Value, json};

use super::script::{Line, SCRIPT};
use super::{Result, builder, say, sign_in};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints a line for each capability.
pub(crate) fn talk(facts: &Value, name: &str) -> Result<()> {
    let client = builder(facts, None)?.connect()?;
    sign_in(&client, &facts["user"])?;
    let mut talk = client.conversation(format!("@{name}"))?.each(PATIENCE);
    for (capability, lines) in &SCRIPT {
        let outcome = follow(&mut talk, lines);
        let note = outcome.as_ref().err().map(ToString::to_string);
        let rest = json!({"ok": outcome.is_ok(), "note": note.unwrap_or_default()}).to_string();
        // Who reads it knows it by how it begins.
        say(&format!(
            "{{\"capability\": {}, {}",
            json!(capability),
            &rest[1..]
        ));
    }
    client.sign_out()?;
    Ok(())
}

fn follow(talk: &mut Conversation, lines: &[Line]) -> Result<()> {
    let mut last: Option<Message> = None;
    for line in lines {
        let (what, wanted, got) = match line {
            Line::Say(text, wanted) => {
                let answer = talk.ask(*text)?;
                let got = answer.text().to_owned();
                last = Some(answer);
                (text, wanted, got)
            }
            Line::Press(data, wanted) => {
                let message = last.as_ref().ok_or("there is a message with buttons")?;
                let click = message.click_button(ButtonFilter::Data(data.as_bytes()))?;
                let told = click.answer().and_then(|it| it.text());
                (data, wanted, told.unwrap_or_default().to_owned())
            }
        };
        if got != *wanted {
            return Err(format!("the answer to {what:?} is {got:?}, not {wanted:?}").into());
        }
    }
    Ok(())
}
