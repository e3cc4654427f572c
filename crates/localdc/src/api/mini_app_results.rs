//! `messages.*`: what comes of mini apps (<https://core.telegram.org/api/bots/webapps>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::inline::pushed;
use super::inline_offer::offer;
use super::inline_send::{changeable, may_send_inline, whole};
use super::input;
use super::seam::{Caller, RpcError};
use super::sending::put;
use super::sent::{sent_answer, sent_before};
use super::view::View;

/// The bytes that a mini app may hand to its bot
/// (<https://core.telegram.org/bots/webapps#initializing-mini-apps>).
const DATA_MAX: usize = 4096;

/// `messages.sendWebViewData` (<https://core.telegram.org/method/messages.sendWebViewData>): the
/// bot is told the data, the user only that some were sent.
pub(crate) fn send_web_view_data(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendWebViewData,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = input::user(world, me, &request.bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
    if !world.account(bot).is_some_and(|account| account.is_bot()) {
        return Err(bad("BOT_INVALID"));
    }
    if request.data.len() > DATA_MAX {
        return Err(bad("DATA_TOO_LONG"));
    }
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let action = types::MessageActionWebViewDataSentMe {
        text: request.button_text,
        data: request.data,
    };
    let letter = Letter::service(action, &[]);
    let place = (Peer::User(bot), request.random_id);
    let (sent, pushes) = put(world, caller, me, place, letter)?;
    let answer = sent_answer(world, me, sent, request.random_id);
    Ok(Done::from(answer).pushing(pushes))
}

/// `messages.sendWebViewResultMessage`
/// (<https://core.telegram.org/method/messages.sendWebViewResultMessage>): the mini app is over,
/// and its user is told so.
pub(crate) fn send_web_view_result_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendWebViewResultMessage,
) -> Answer<enums::WebViewMessageSent> {
    let me = caller.user.ok_or_else(unregistered)?;
    let now = world.now();
    let mut open = world.mini_apps.open.iter();
    let found = open.find(|(_, it)| it.name == request.bot_query_id);
    let found = found.filter(|(_, it)| it.bot == me && it.until >= now);
    let (query_id, app) = found.map(|(id, it)| (*id, it.clone())).ok_or_else(over)?;
    let offer = offer(world, me, request.result)?;
    if offer.shown.id.is_empty() {
        return Err(bad("RESULT_ID_INVALID"));
    }
    let (user, peer) = (app.user, app.peer);
    let text = whole(world, me, &offer)?;
    if !may_send_inline(world, user, peer) {
        return Err(bad("CHAT_SEND_INLINE_FORBIDDEN"));
    }
    let has_buttons = text.markup.is_some();
    let letter = Letter {
        reply: app.reply,
        silent: app.silent,
        sender: app.sender,
        via: Some(me),
        ..Letter::new(Content::Text(text))
    };
    let random_id = world.chance.number();
    let (sent, mut pushes) = put(world, caller, user, (peer, random_id), letter)?;
    world.mini_apps.open.remove(&query_id);
    let post = world.spot(user, peer, sent.id).map(|spot| spot.post);
    let post = post.filter(|_| has_buttons);
    let msg_id = post.map(|post| changeable(world, user, me, post));
    let told = types::UpdateWebViewResultSent { query_id };
    let view = View::new(world, user);
    pushes.push(pushed(world, view, user, told.into()));
    let answer = types::WebViewMessageSent { msg_id };
    Ok(Done::from(enums::WebViewMessageSent::from(answer)).pushing(pushes))
}

fn over() -> RpcError {
    bad("QUERY_ID_INVALID")
}
