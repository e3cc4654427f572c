//! A message in the words that all hands share.
use ferogram_sync::Message;
use ferogram_sync::tl::enums::{self, MessageEntity, Peer};
use ferogram_sync::tl::types;
use serde_json::{Value, json};

/// What a hand says of a message.
pub(crate) fn message(message: &Message) -> Value {
    let text = message.formatted();
    json!({
        "text": text.text,
        "entities": message.entities().iter().map(marked).collect::<Vec<_>>(),
        "edited": message.edit_date().is_some(),
        "pinned": message.pinned(),
        "reply_to": message.reply_to_message_id(),
        "forwarded": message.forward_header().and_then(|it| it.from_id.as_ref()).map(id_of),
        "reactions": reactions(message),
        "poll": poll(message),
        "buttons": buttons(message),
    })
}

fn id_of(peer: &Peer) -> i64 {
    match peer {
        Peer::User(it) => it.user_id,
        Peer::Chat(it) => it.chat_id,
        Peer::Channel(it) => it.channel_id,
        _ => 0,
    }
}

/// An entity as kind, offset, length, and what it says besides.
fn marked(entity: &MessageEntity) -> Value {
    use MessageEntity as E;
    match entity {
        E::Bold(it) => json!(["bold", it.offset, it.length]),
        E::Italic(it) => json!(["italic", it.offset, it.length]),
        E::Underline(it) => json!(["underline", it.offset, it.length]),
        E::Strike(it) => json!(["strike", it.offset, it.length]),
        E::Spoiler(it) => json!(["spoiler", it.offset, it.length]),
        E::Code(it) => json!(["code", it.offset, it.length]),
        E::Pre(it) => json!(["pre", it.offset, it.length, it.language]),
        E::TextUrl(it) => json!(["link", it.offset, it.length, it.url]),
        E::MentionName(it) => json!(["mention", it.offset, it.length, it.user_id]),
        E::CustomEmoji(it) => json!(["emoji", it.offset, it.length, it.document_id.to_string()]),
        E::Blockquote(it) => json!(["quote", it.offset, it.length, it.collapsed]),
        E::FormattedDate(it) => json!(["time", it.offset, it.length, it.date]),
        other => json!([format!("{other:?}")]),
    }
}

/// The entity that such a list says.
pub(crate) fn entity(told: &Value) -> Option<MessageEntity> {
    let number = |at: usize| i32::try_from(told[at].as_i64()?).ok();
    let (offset, length) = (number(1)?, number(2)?);
    let text = || told[3].as_str().map(str::to_owned);
    Some(match told[0].as_str()? {
        "bold" => types::MessageEntityBold { offset, length }.into(),
        "italic" => types::MessageEntityItalic { offset, length }.into(),
        "underline" => types::MessageEntityUnderline { offset, length }.into(),
        "strike" => types::MessageEntityStrike { offset, length }.into(),
        "spoiler" => types::MessageEntitySpoiler { offset, length }.into(),
        "code" => types::MessageEntityCode { offset, length }.into(),
        "pre" => types::MessageEntityPre {
            offset,
            length,
            language: text()?,
        }
        .into(),
        "link" => types::MessageEntityTextUrl {
            offset,
            length,
            url: text()?,
        }
        .into(),
        "mention" => types::MessageEntityMentionName {
            offset,
            length,
            user_id: told[3].as_i64()?,
        }
        .into(),
        "emoji" => types::MessageEntityCustomEmoji {
            offset,
            length,
            document_id: text()?.parse().ok()?,
        }
        .into(),
        "time" => types::MessageEntityFormattedDate {
            offset,
            length,
            date: number(3)?,
            ..Default::default()
        }
        .into(),
        "quote" => types::MessageEntityBlockquote {
            collapsed: told[3].as_bool()?,
            offset,
            length,
        }
        .into(),
        _ => return None,
    })
}

fn reactions(message: &Message) -> Value {
    let Some(enums::MessageReactions::Reactions(all)) = message.raw.reactions.as_ref() else {
        return json!({});
    };
    let counted = all.results.iter().map(|enums::ReactionCount::Count(it)| {
        let emoji = match &it.reaction {
            enums::Reaction::Emoji(it) => it.emoticon.clone(),
            other => format!("{other:?}"),
        };
        (emoji, json!(it.count))
    });
    Value::Object(counted.collect())
}

fn poll(message: &Message) -> Value {
    let Some(poll) = message.poll() else {
        return Value::Null;
    };
    let answers = poll.answers();
    let answers = answers.iter().map(|it| json!([it.text.text, it.voters.unwrap_or(0)]));
    json!({
        "question": poll.question().text,
        "answers": answers.collect::<Vec<_>>(),
        "closed": poll.is_closed(),
    })
}

fn buttons(message: &Message) -> Value {
    let buttons = message.buttons().into_iter().map(|it| json!(it.text));
    Value::Array(buttons.collect())
}
