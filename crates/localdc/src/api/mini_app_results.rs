//! `messages.*`: what comes of mini apps (<https://core.telegram.org/api/bots/webapps>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::seam::Caller;
use super::sending::put;
use super::sent::{sent_answer, sent_before};

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
