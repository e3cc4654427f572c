//! `messages.*`: messages that bots prepare for somebody to share out of a mini app
//! (<https://core.telegram.org/api/bots/inline>).
use std::sync::Arc;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Answered, Asked, Offered, Prepared, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::inline_offer::{offer, shown};
use super::input;
use super::seam::Caller;
use super::view::View;

/// For so many seconds it is good.
const GOOD_FOR: i64 = 24 * 60 * 60;

/// `messages.savePreparedInlineMessage`
/// (<https://core.telegram.org/method/messages.savePreparedInlineMessage>).
pub(crate) fn save_prepared_inline_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SavePreparedInlineMessage,
) -> Answer<enums::messages::BotPreparedInlineMessage> {
    let me = caller.user.ok_or_else(unregistered)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    if world.account(user).is_none_or(|account| account.is_bot()) {
        return Err(bad("USER_ID_INVALID"));
    }
    if matches!(request.result, enums::InputBotInlineResult::Game(_)) {
        return Err(bad("SEND_MESSAGE_GAME_INVALID"));
    }
    let offer = offer(world, me, request.result)?;
    if offer.shown.id.is_empty() {
        return Err(bad("RESULT_ID_INVALID"));
    }
    let until = world.now() + GOOD_FOR;
    let answered = Arc::new(Answered {
        head: types::messages::BotResults::default(),
        personal: true,
        until,
        offers: vec![offer],
    });
    let prepared = Prepared {
        bot: me,
        user,
        kinds: request.peer_types.unwrap_or_default(),
        answered,
    };
    let id = format!("{:x}", world.chance.number());
    world.inline.prepared.insert(id.clone(), prepared);
    let expire_date = date(until);
    Ok(
        enums::messages::BotPreparedInlineMessage::from(
            types::messages::BotPreparedInlineMessage { id, expire_date },
        )
        .into(),
    )
}

/// `messages.getPreparedInlineMessage`
/// (<https://core.telegram.org/method/messages.getPreparedInlineMessage>).
pub(crate) fn get_prepared_inline_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetPreparedInlineMessage,
) -> Answer<enums::messages::PreparedInlineMessage> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = input::user(world, me, &request.bot)?;
    let prepared = world.inline.prepared.get(&request.id);
    let prepared = prepared.filter(|it| Some(it.bot) == bot && it.user == me);
    let prepared = prepared.ok_or_else(|| bad("ID_INVALID"))?.clone();
    if prepared.answered.until <= world.now() {
        return Err(bad("ID_EXPIRED"));
    }
    let left = prepared.answered.until - world.now();
    let first = prepared.answered.offers.first();
    let result = shown(world, me, first.ok_or_else(|| bad("ID_INVALID"))?);
    let query_id = world.chance.number();
    let mut view = View::new(world, me);
    view.user_peer(prepared.bot);
    let users = view.shown().0;
    let asked = Asked {
        user: me,
        bot: prepared.bot,
        query: String::new(),
        // It is no answer to what anybody asks.
        offset: request.id,
        kind: None,
        place: None,
    };
    let answered = prepared.answered;
    world
        .inline
        .offered
        .insert(query_id, Offered { asked, answered });
    Ok(
        enums::messages::PreparedInlineMessage::from(types::messages::PreparedInlineMessage {
            query_id,
            result,
            peer_types: prepared.kinds,
            cache_time: i32::try_from(left).unwrap_or(i32::MAX),
            users,
        })
        .into(),
    )
}
