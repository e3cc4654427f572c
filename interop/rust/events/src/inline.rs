//! Inline mode: our bot is asked from any chat, and our client asks another's bot.
use ferogram_sync::update::InlineQuery;
use ferogram_sync::{InlineAnswer, InputInlineResult, Media, Upload};
use serde_json::Value;

use super::{Result, builder, say, sign_in};

/// What is asked for.
const QUERY: &str = "numbers";

/// Three numbers, of which two stand on the first page; the third is a file too.
pub(crate) fn answer(query: InlineQuery) -> ferogram_sync::Result<()> {
    let number = |it: u32| {
        let (id, text) = (it.to_string(), format!("Number {it}"));
        InputInlineResult::article(&id, &id, text).description(query.text())
    };
    let file = Upload::bytes(b"Number 3").name("3.txt");
    let file = InputInlineResult::media("3", Media::document(file)).title("3");
    let answer = match query.offset() {
        "" => InlineAnswer::new([number(1), number(2)]).next_offset("2"),
        _ => InlineAnswer::new([file.caption("Number 3")]),
    };
    query.answer(answer.personal(true).cache_time(0))
}

/// Asks another's bot for the same, and sends all that it offers.
pub(crate) fn ask(facts: &Value, name: &str) -> Result<()> {
    let client = builder(facts, None)?.connect()?;
    sign_in(&client, &facts["user"])?;
    let bot_id = facts["bot"]["id"].as_i64();
    let mut texts = Vec::new();
    for result in client.inline_query(format!("@{name}"), QUERY).in_chat("me") {
        let result = result?;
        if result.description().unwrap_or(QUERY) != QUERY {
            return Err("the bot was asked for something else".into());
        }
        let message = result.send("me")?;
        if message.via_bot_id() != bot_id {
            return Err("the message does not say through which bot it was sent".into());
        }
        let is_file = message.document().is_some();
        texts.push(format!("{}: {}, {is_file}", result.id(), message.text()));
    }
    client.sign_out()?;
    say(&texts.join("; "));
    Ok(())
}
