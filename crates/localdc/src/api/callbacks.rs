//! `messages.*`: buttons that tell a bot that they were pressed, and what it answers
//! (<https://core.telegram.org/api/bots/buttons>).
use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Peer, Post, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::inline_send::id_of;
use super::input;
use super::push::container;
use super::seam::{Caller, Push, RpcError};
use super::srp;
use super::view::View;

/// The letters that an answer may have
/// (<https://core.telegram.org/bots/api#answercallbackquery>).
const ANSWER_MAX: usize = 200;

/// What a call ends with that a bot has not answered in time.
pub(crate) fn nobody_answers() -> RpcError {
    bad("BOT_RESPONSE_TIMEOUT")
}

/// `messages.getBotCallbackAnswer`
/// (<https://core.telegram.org/method/messages.getBotCallbackAnswer>): it is answered when the bot
/// has answered.
pub(crate) fn get_bot_callback_answer(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetBotCallbackAnswer,
) -> Answer<enums::messages::BotCallbackAnswer> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let post = world.post_at(me, peer, request.msg_id);
    let post = post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let (button, asked) = match request.game {
        true => {
            let game = game(post).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
            (Default::default(), (None, Some(game)))
        }
        false => {
            let data = request.data.unwrap_or_default();
            let button = button(post, &data).ok_or_else(|| bad("DATA_INVALID"))?;
            (button, (Some(data), None))
        }
    };
    let bot = post.via.unwrap_or(post.author);
    if !world.account(bot).is_some_and(|account| account.is_bot()) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let pressed = match post.via {
        Some(_) => {
            let spot = world.spot(me, peer, request.msg_id);
            Pressed::Inline(spot.and_then(|spot| id_of(world, spot.post)))
        }
        None => Pressed::Own(place(post, me, bot, peer)),
    };
    if button.requires_password {
        match &request.password {
            Some(proof) => srp::check(world, caller, me, proof)?,
            None => return Err(bad("PASSWORD_MISSING")),
        }
    }
    let query_id = world.chance.number();
    let mut view = View::new(world, bot);
    view.user_peer(me);
    let query = (query_id, me, instance(peer, me));
    let update = pressed.update(&mut view, query, asked);
    let update = update.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let push = Push {
        user: bot,
        updates: container(world, view, vec![update]).to_bytes(),
        except: None,
    };
    world.presses.ask(query_id, bot);
    let later = Done::from(enums::messages::BotCallbackAnswer::default());
    Ok(later.pushing(vec![push]).waiting(query_id))
}

/// The message whose button was pressed, as its bot knows it.
enum Pressed {
    /// It is the bot's own: where the bot sees it.
    Own(Option<(Peer, i32)>),
    /// It was sent through the bot.
    Inline(Option<enums::InputBotInlineMessageId>),
}

impl Pressed {
    fn update(
        self,
        view: &mut View<'_>,
        (query_id, user_id, chat_instance): (i64, i64, i64),
        (data, game_short_name): (Option<Vec<u8>>, Option<String>),
    ) -> Option<enums::Update> {
        Some(match self {
            Self::Own(place) => {
                let (peer, msg_id) = place?;
                types::UpdateBotCallbackQuery {
                    query_id,
                    user_id,
                    peer: view.peer(peer),
                    msg_id,
                    chat_instance,
                    data,
                    game_short_name,
                }
                .into()
            }
            Self::Inline(msg_id) => types::UpdateInlineBotCallbackQuery {
                query_id,
                user_id,
                msg_id: msg_id?,
                chat_instance,
                data,
                game_short_name,
            }
            .into(),
        })
    }
}

/// The button of a message that has these data.
fn button(post: &Post, data: &[u8]) -> Option<types::InlineButtonTypeCallback> {
    let enums::ReplyMarkup::ReplyInlineMarkup(markup) = post.text()?.markup.as_ref()? else {
        return None;
    };
    let rows = markup.rows.iter();
    let buttons = rows.flat_map(|enums::KeyboardInlineButtonRow::Row(row)| &row.buttons);
    let mut found = buttons.filter_map(|enums::KeyboardInlineButton::Button(button)| match &button
        .r#type
    {
        enums::InlineButtonType::Callback(it) if it.data == data => Some(it.clone()),
        _ => None,
    });
    found.next()
}

/// The game of a message, by its short name.
fn game(post: &Post) -> Option<String> {
    match post.text()?.media.as_ref()? {
        enums::MessageMedia::Game(it) => {
            let enums::Game::Game(game) = &it.game;
            Some(game.short_name.clone())
        }
        _ => None,
    }
}

/// Where the bot sees the message.
fn place(post: &Post, me: i64, bot: i64, peer: Peer) -> Option<(Peer, i32)> {
    if let Some((channel, id)) = post.board {
        return Some((Peer::Channel(channel), id));
    }
    let there = match peer {
        Peer::User(_) => Peer::User(me),
        peer => peer,
    };
    Some((there, post.id_for(bot)?))
}

/// A number for the conversation, which is the same for all of its messages.
fn instance(peer: Peer, me: i64) -> i64 {
    match peer {
        Peer::User(_) => me,
        Peer::Chat(id) => -id,
        Peer::Channel(id) => -1_000_000_000_000 - id,
    }
}

/// `messages.setBotCallbackAnswer`
/// (<https://core.telegram.org/method/messages.setBotCallbackAnswer>).
pub(crate) fn set_bot_callback_answer(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetBotCallbackAnswer,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let length = request.message.as_ref().map_or(0, |it| it.chars().count());
    if length > ANSWER_MAX {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    if request.url.as_ref().is_some_and(|url| !url.contains("://")) {
        return Err(bad("URL_INVALID"));
    }
    if !world.presses.answer(request.query_id, me) {
        return Err(bad("QUERY_ID_INVALID"));
    }
    let answer: enums::messages::BotCallbackAnswer = types::messages::BotCallbackAnswer {
        alert: request.alert,
        has_url: request.url.is_some(),
        native_ui: true,
        message: request.message,
        url: request.url,
        cache_time: request.cache_time,
    }
    .into();
    Ok(Done::from(true).settling(request.query_id, answer.to_bytes()))
}
