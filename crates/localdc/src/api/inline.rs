//! `messages.*`: bots that are asked from any conversation, and what they answer
//! (<https://core.telegram.org/api/bots/inline>).
use std::collections::BTreeSet;
use std::sync::Arc;

use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Answered, Asked, InlineMode, Offered, Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::inline_offer::{offer, shown};
use super::input;
use super::push::container;
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// Results that one answer may have, the bytes of their ids, those of the offset of the next ones,
/// and the letters of what a bot is started with
/// (<https://core.telegram.org/bots/api#answerinlinequery>).
const RESULTS_MAX: usize = 50;
const ID_MAX: usize = 64;
const OFFSET_MAX: usize = 64;
const PARAM_MAX: usize = 64;

/// `messages.getInlineBotResults`
/// (<https://core.telegram.org/method/messages.getInlineBotResults>): it is answered when the bot
/// has answered, unless an answer is kept that will do.
pub(crate) fn get_inline_bot_results(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetInlineBotResults,
) -> Answer<enums::messages::BotResults> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = input::user(world, me, &request.bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
    let account = world.account(bot).filter(|account| account.is_bot());
    let account = account.ok_or_else(|| bad("BOT_INVALID"))?;
    let mode = account.personal.inline.clone();
    let mode = mode.ok_or_else(|| bad("BOT_INLINE_DISABLED"))?;
    let peer = match &request.peer {
        enums::InputPeer::Empty => None,
        peer => Some(input::peer(world, me, peer)?),
    };
    let asked = Asked {
        user: me,
        bot,
        query: request.query,
        offset: request.offset,
        kind: peer.map(|peer| kind_of(world, peer, bot)),
        place: place(&mode, request.geo_point.as_ref()),
    };
    let query_id = world.chance.number();
    if let Some(answered) = world.inline.kept(&asked, world.now()) {
        let answer = results(world, me, query_id, &answered);
        let offered = Offered { asked, answered };
        world.inline.offered.insert(query_id, offered);
        return Ok(answer.into());
    }
    world.presses.ask(query_id, bot);
    let mut view = View::new(world, bot);
    view.user_peer(me);
    let update = types::UpdateBotInlineQuery {
        query_id,
        user_id: me,
        query: asked.query.clone(),
        geo: asked.place.clone(),
        peer_type: asked.kind.clone(),
        offset: asked.offset.clone(),
    };
    let push = pushed(world, view, bot, update.into());
    world.inline.asked.insert(query_id, asked);
    let later = Done::from(enums::messages::BotResults::default());
    Ok(later.pushing(vec![push]).waiting(query_id))
}

/// Tells a bot something.
pub(super) fn pushed(world: &World, view: View<'_>, bot: i64, update: enums::Update) -> Push {
    Push {
        user: bot,
        updates: container(world, view, vec![update]).to_bytes(),
        except: None,
    }
}

/// Where somebody is, for a bot that is to know it.
fn place(mode: &InlineMode, point: Option<&enums::InputGeoPoint>) -> Option<enums::GeoPoint> {
    match point.filter(|_| mode.location)? {
        enums::InputGeoPoint::Point(it) => Some(
            types::GeoPoint {
                long: it.long,
                lat: it.lat,
                accuracy_radius: it.accuracy_radius,
                ..Default::default()
            }
            .into(),
        ),
        _ => None,
    }
}

fn kind_of(world: &World, peer: Peer, bot: i64) -> enums::InlineQueryPeerType {
    use enums::InlineQueryPeerType as Kind;
    match peer {
        Peer::User(user) if user == bot => Kind::SameBotPm,
        Peer::User(user) => match world.account(user).is_some_and(|it| it.is_bot()) {
            true => Kind::BotPm,
            false => Kind::Pm,
        },
        Peer::Chat(_) => Kind::Chat,
        Peer::Channel(id) => match world.channels.get(&id).is_some_and(|it| it.megagroup) {
            true => Kind::Megagroup,
            false => Kind::Broadcast,
        },
    }
}

/// `messages.setInlineBotResults`
/// (<https://core.telegram.org/method/messages.setInlineBotResults>).
pub(crate) fn set_inline_bot_results(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetInlineBotResults,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.results.len() > RESULTS_MAX {
        return Err(bad("RESULTS_TOO_MUCH"));
    }
    check_head(&request)?;
    let (mut offers, mut ids) = (Vec::with_capacity(request.results.len()), BTreeSet::new());
    for result in request.results {
        let offer = offer(world, me, result)?;
        let id = &offer.shown.id;
        if id.is_empty() || id.len() > ID_MAX {
            return Err(bad("RESULT_ID_INVALID"));
        }
        if !ids.insert(id.clone()) {
            return Err(bad("RESULT_ID_DUPLICATE"));
        }
        offers.push(offer);
    }
    let asked = world.inline.asked.remove(&request.query_id);
    let asked = asked.filter(|_| world.presses.answer(request.query_id, me));
    let asked = asked.ok_or_else(|| bad("QUERY_ID_INVALID"))?;
    let head = types::messages::BotResults {
        gallery: request.gallery,
        next_offset: request.next_offset.filter(|offset| !offset.is_empty()),
        switch_pm: request.switch_pm,
        switch_webview: request.switch_webview,
        cache_time: request.cache_time,
        ..Default::default()
    };
    let answered = Arc::new(Answered {
        head,
        personal: request.private,
        until: world.now() + i64::from(request.cache_time),
        offers,
    });
    let answer = results(world, asked.user, request.query_id, &answered);
    let offered = Offered { asked, answered };
    world.inline.offered.insert(request.query_id, offered);
    Ok(Done::from(true).settling(request.query_id, answer.to_bytes()))
}

/// What is said beside the results.
fn check_head(request: &functions::messages::SetInlineBotResults) -> Result<(), RpcError> {
    let offset = request.next_offset.as_ref();
    if offset.is_some_and(|offset| offset.len() > OFFSET_MAX) {
        return Err(bad("NEXT_OFFSET_INVALID"));
    }
    if let Some(enums::InlineBotSwitchPm::Pm(button)) = &request.switch_pm {
        let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"_-".contains(&letter);
        let param = &button.start_param;
        if button.text.is_empty() {
            return Err(bad("SWITCH_PM_TEXT_EMPTY"));
        }
        if param.is_empty() {
            return Err(bad("START_PARAM_EMPTY"));
        }
        if param.len() > PARAM_MAX || !param.bytes().all(is_letter) {
            return Err(bad("START_PARAM_INVALID"));
        }
    }
    match &request.switch_webview {
        Some(enums::InlineBotWebView::View(it)) if !it.url.starts_with("https://") => {
            Err(bad("SWITCH_WEBVIEW_URL_INVALID"))
        }
        _ => Ok(()),
    }
}

/// An answer as somebody is shown it.
fn results(
    world: &World,
    viewer: i64,
    query_id: i64,
    answered: &Answered,
) -> enums::messages::BotResults {
    let mut view = View::new(world, viewer);
    view.user_peer(viewer);
    let offers = answered.offers.iter();
    types::messages::BotResults {
        query_id,
        results: offers.map(|offer| shown(world, viewer, offer)).collect(),
        users: view.shown().0,
        ..answered.head.clone()
    }
    .into()
}
