//! Our hand in the proof that messages are seen alike: it does what it is told, a line of JSON each,
//! and says what has come of it. The peers' hands take the same lines: `python/messages.py` says
//! which.
use std::io::{BufRead, Write};
use std::time::Duration;

use ferogram_sync::keyboard::{Button, InlineKeyboard};
use ferogram_sync::text::FormattedText;
use ferogram_sync::{
    Client, ForwardOptions, InputMessage, InputPoll, LinkKind, Message, MessageLink, NewChat,
    PeerRef, PinOptions, SignInError, Update, Updates,
};
use serde_json::{Value, json};

use super::{Result, builder, shown};

const PATIENCE: Duration = Duration::from_secs(20);

/// Signs in as somebody, and does what it is told until nobody says anything more.
pub(crate) fn obey(facts: &Value, who: &str) -> Result<()> {
    let mut hand = Hand::new(facts, who)?;
    for line in std::io::stdin().lock().lines() {
        let order: Value = serde_json::from_str(&line?)?;
        let told = match hand.obey(&order) {
            Ok(told) => json!({ "told": told }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        println!("{told}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

/// A client that is signed in, and the presses of its buttons.
struct Hand {
    client: Client,
    presses: Option<Updates>,
}

impl Hand {
    fn new(facts: &Value, who: &str) -> Result<Self> {
        let client = builder(facts)?.in_memory().connect()?;
        let fact = |name: &str| facts[who][name].as_str();
        if let Some(token) = fact("token") {
            client.bot_sign_in(token)?;
            let presses = Some(client.updates());
            return Ok(Self { client, presses });
        }
        let token = client.request_login_code(fact("phone").ok_or("a number")?)?;
        match client.sign_in(&token, fact("code").ok_or("a code")?) {
            Ok(_) => {}
            Err(SignInError::PasswordRequired(token)) => {
                client.check_password(*token, fact("password").ok_or("a password")?)?;
            }
            Err(error) => return Err(error.into()),
        }
        let presses = None;
        Ok(Self { client, presses })
    }

    fn obey(&mut self, order: &Value) -> Result<Value> {
        let client = self.client.clone();
        let text = |name: &str| order[name].as_str().ok_or("a text");
        let chat = || text("chat").map(peer);
        let id = || number(&order["id"]);
        match text("do")? {
            "found" => {
                let chat = match text("kind")? {
                    "channel" => NewChat::channel("Interop"),
                    _ => NewChat::supergroup("Interop"),
                };
                let made = client.create_channel(chat)?;
                client.set_chat_username(&made, text("name")?)?;
            }
            "gather" => {
                let (made, _) = client.create_group("Interop", [peer(text("with")?)])?;
                return Ok(json!(made.marked_id().to_string()));
            }
            "join" => client.join_chat(chat()?).map(drop)?,
            "send" => return self.send(order),
            "last" => {
                let mut messages = client.iter_messages(chat()?).limit(1);
                let last = messages.next().ok_or("there is none")??;
                return Ok(json!(last.id()));
            }
            "see" => {
                let found = client.fetch_messages(chat()?, &[id()?])?;
                let found = found.into_iter().next().flatten();
                return Ok(found.map_or(Value::Null, |found| shown::message(&found)));
            }
            "edit" => client.edit_message(chat()?, id()?, formatted(order)?).map(drop)?,
            "delete" => client.delete_messages(chat()?, &[id()?], true).map(drop)?,
            "forward" => {
                let to = peer(text("to")?);
                let sent = client.forward_messages(to, &[id()?], chat()?, ForwardOptions::new())?;
                let sent = sent.into_iter().flatten().next().ok_or("it was sent")?;
                return Ok(json!(sent.id()));
            }
            "react" => client.send_reaction(chat()?, id()?, text("with")?)?,
            "pin" => client.pin_message(chat()?, id()?, PinOptions::new())?,
            "unpin" => client.unpin_message(chat()?, id()?)?,
            "vote" => self.at(&chat()?, id()?)?.vote(&[index(&order["answer"])?]).map(drop)?,
            "close" => client.close_poll(chat()?, id()?).map(drop)?,
            "link" => return Ok(json!(client.message_link(chat()?, id()?, LinkKind::Single)?)),
            "follow" => {
                let link = MessageLink::parse(text("link")?).ok_or("a link")?;
                let found = self.at(&link.chat, link.id)?;
                return Ok(json!(found.id()));
            }
            "press" => {
                let answer = client.press_button(chat()?, id()?, text("data")?, None)?;
                return Ok(json!(answer.text()));
            }
            "answer" => return self.answer(text("with")?),
            other => return Err(format!("nobody knows how to {other}").into()),
        }
        Ok(Value::Null)
    }

    fn at(&self, chat: &PeerRef, id: i32) -> Result<Message> {
        let found = self.client.fetch_messages(chat, &[id])?;
        Ok(found.into_iter().flatten().next().ok_or("there is none")?)
    }

    fn send(&self, order: &Value) -> Result<Value> {
        let chat = peer(order["chat"].as_str().ok_or("a chat")?);
        let sent = match order["poll"].as_array() {
            Some(answers) => {
                let answers = answers.iter().filter_map(Value::as_str);
                let question = order["text"].as_str().ok_or("a question")?;
                self.client.send_poll(chat, InputPoll::new(question).answers(answers))?
            }
            None => {
                let mut message = InputMessage::from(formatted(order)?);
                if let Some(id) = order["reply_to"].as_i64() {
                    message = message.reply_to(i32::try_from(id)?);
                }
                if let Some(buttons) = order["buttons"].as_array() {
                    let buttons = buttons.iter().map(|button| match button[1].as_str() {
                        Some(data) if !data.contains("://") => {
                            Button::callback(button[0].as_str().unwrap_or_default(), data)
                        }
                        url => Button::url(
                            button[0].as_str().unwrap_or_default(),
                            url.unwrap_or_default(),
                        ),
                    });
                    message = message.markup(InlineKeyboard::new().row(buttons));
                }
                self.client.send_message(chat, message)?
            }
        };
        Ok(json!(sent.id()))
    }

    /// Answers the next press of a button; gives the data that came with it.
    fn answer(&mut self, with: &str) -> Result<Value> {
        let updates = self.presses.as_mut().ok_or("only bots are asked")?;
        loop {
            if let Update::CallbackQuery(query) = updates.next_timeout(PATIENCE)? {
                query.answer(with)?;
                return Ok(json!(query.text()));
            }
        }
    }
}

fn formatted(order: &Value) -> Result<FormattedText> {
    let text = order["text"].as_str().ok_or("a text")?.to_owned();
    let entities = order["entities"].as_array();
    let entities = entities.into_iter().flatten().map(shown::entity);
    let entities = entities.collect::<Option<_>>().ok_or("an entity")?;
    Ok(FormattedText { text, entities })
}

/// Whom an order names: by a name, a number (`+…`) or the id as the Bot API writes it.
fn peer(named: &str) -> PeerRef {
    match named.parse::<i64>() {
        Ok(id) if !named.starts_with('+') => PeerRef::from(id),
        _ => PeerRef::from(named),
    }
}

fn number(value: &Value) -> Result<i32> {
    Ok(i32::try_from(value.as_i64().ok_or("a number")?)?)
}

fn index(value: &Value) -> Result<usize> {
    Ok(usize::try_from(value.as_u64().ok_or("a number")?)?)
}
