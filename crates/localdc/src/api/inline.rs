//! `messages.*`: bots that are asked from any conversation, what they offer, and what is sent of it
//! (<https://core.telegram.org/api/bots/inline>).
use std::collections::BTreeMap;

use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Asked, Content, Letter, Offered, Peer, SentThrough, Text, World};

use super::attachments;
use super::done::{Answer, Done};
use super::edited::edited;
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::markup::{fitted, shown};
use super::push::{announce, container};
use super::rights::sender;
use super::seam::{Caller, Push, RpcError};
use super::sending::{put, reply_to};
use super::sent::{sent_answer, sent_before};
use super::text::prepare;
use super::view::View;

/// Results that one answer may have (<https://core.telegram.org/bots/api#answerinlinequery>).
const RESULTS_MAX: usize = 50;

/// The bytes that the id of a result may have.
const ID_MAX: usize = 64;

/// `messages.getInlineBotResults`
/// (<https://core.telegram.org/method/messages.getInlineBotResults>): it is answered when the bot
/// has answered.
pub(crate) fn get_inline_bot_results(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetInlineBotResults,
) -> Answer<enums::messages::BotResults> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = input::user(world, me, &request.bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
    if !world.account(bot).is_some_and(|account| account.is_bot()) {
        return Err(bad("BOT_INVALID"));
    }
    let peer = match &request.peer {
        enums::InputPeer::Empty => None,
        peer => Some(input::peer(world, me, peer)?),
    };
    let query_id = world.chance.number();
    let asked = Asked {
        user: me,
        bot,
        query: request.query.clone(),
    };
    world.presses.ask(query_id, bot);
    world.inline.asked.insert(query_id, asked);
    let mut view = View::new(world, bot);
    view.user_peer(me);
    let update = types::UpdateBotInlineQuery {
        query_id,
        user_id: me,
        query: request.query,
        geo: None,
        peer_type: peer.map(|peer| kind_of(world, peer, bot)),
        offset: request.offset,
    };
    let push = pushed(world, view, bot, update.into());
    let later = Done::from(enums::messages::BotResults::default());
    Ok(later.pushing(vec![push]).waiting(query_id))
}

fn pushed(world: &World, view: View<'_>, user: i64, update: enums::Update) -> Push {
    Push {
        user,
        updates: container(world, view, vec![update]).to_bytes(),
        except: None,
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
    let mut kept = BTreeMap::new();
    let mut shown = Vec::with_capacity(request.results.len());
    for result in request.results {
        let enums::InputBotInlineResult::Result(result) = result else {
            return Err(unsupported("inline_media"));
        };
        if result.id.is_empty() || result.id.len() > ID_MAX {
            return Err(bad("RESULT_ID_INVALID"));
        }
        let (text, message) = offered(world, me, result.send_message)?;
        if kept.insert(result.id.clone(), text).is_some() {
            return Err(bad("RESULT_ID_DUPLICATE"));
        }
        let one = types::BotInlineResult {
            id: result.id,
            r#type: result.r#type,
            title: result.title,
            description: result.description,
            url: result.url,
            thumb: None,
            content: None,
            send_message: message,
        };
        shown.push(one.into());
    }
    let asked = world.inline.asked.remove(&request.query_id);
    let asked = asked.filter(|_| world.presses.answer(request.query_id, me));
    let asked = asked.ok_or_else(|| bad("QUERY_ID_INVALID"))?;
    let mut view = View::new(world, asked.user);
    view.user_peer(me);
    let answer: enums::messages::BotResults = types::messages::BotResults {
        gallery: request.gallery,
        query_id: request.query_id,
        next_offset: request.next_offset,
        switch_pm: request.switch_pm,
        switch_webview: request.switch_webview,
        results: shown,
        cache_time: request.cache_time,
        users: view.shown().0,
    }
    .into();
    let results = kept;
    let offered = Offered { asked, results };
    world.inline.offered.insert(request.query_id, offered);
    Ok(Done::from(true).settling(request.query_id, answer.to_bytes()))
}

/// What is sent of a result, and how it is shown before.
fn offered(
    world: &mut World,
    me: i64,
    message: enums::InputBotInlineMessage,
) -> Result<(Text, enums::BotInlineMessage), RpcError> {
    use enums::InputBotInlineMessage as Message;
    match message {
        Message::Text(it) => {
            let text = prepare(world, me, &it.message, it.entities, it.reply_markup)?;
            let text = fitted(text)?;
            let message = types::BotInlineMessageText {
                no_webpage: it.no_webpage,
                invert_media: it.invert_media,
                message: text.text.clone(),
                entities: (!text.entities.is_empty()).then(|| text.entities.clone()),
                reply_markup: text.markup.clone(),
            };
            Ok((text, message.into()))
        }
        Message::MediaContact(it) => {
            let contact = types::InputMediaContact {
                phone_number: it.phone_number.clone(),
                first_name: it.first_name.clone(),
                last_name: it.last_name.clone(),
                vcard: it.vcard.clone(),
            };
            let media = attachments::shown(world, me, contact.into())?;
            let markup = it.reply_markup;
            let markup = markup.map(|markup| shown(world, me, markup));
            let markup = markup.transpose()?;
            let text = fitted(Text {
                markup: markup.clone(),
                media: Some(media),
                ..Text::default()
            })?;
            let message = types::BotInlineMessageMediaContact {
                phone_number: it.phone_number,
                first_name: it.first_name,
                last_name: it.last_name,
                vcard: it.vcard,
                reply_markup: markup,
            };
            Ok((text, message.into()))
        }
        _ => Err(unsupported("inline_media")),
    }
}

/// `messages.sendInlineBotResult`
/// (<https://core.telegram.org/method/messages.sendInlineBotResult>): the bot is told, and by which
/// id it can change the message if there are buttons below it.
pub(crate) fn send_inline_bot_result(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendInlineBotResult,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let refused = [
        ("schedule_date", request.schedule_date.is_some()),
        ("quick_reply", request.quick_reply_shortcut.is_some()),
    ];
    if let Some((what, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(unsupported(what));
    }
    let peer = input::peer(world, me, &request.peer)?;
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let offered = world.inline.offered.get(&request.query_id);
    let offered = offered.filter(|offered| offered.asked.user == me);
    let offered = offered.ok_or_else(|| bad("INLINE_RESULT_EXPIRED"))?;
    let text = offered.results.get(&request.id);
    let text = text.ok_or_else(|| bad("RESULT_ID_INVALID"))?.clone();
    let asked = offered.asked.clone();
    let reply = request.reply_to;
    let reply = reply.map(|reply| reply_to(world, me, peer, reply));
    let has_buttons = text.markup.is_some();
    let letter = Letter {
        reply: reply.transpose()?,
        silent: request.silent,
        sender: sender(world, me, peer, request.send_as.as_ref())?,
        via: (!request.hide_via).then_some(asked.bot),
        ..Letter::new(Content::Text(text))
    };
    let (sent, mut pushes) = put(world, caller, me, (peer, request.random_id), letter)?;
    let msg_id = world.spot(me, peer, sent.id).filter(|_| has_buttons);
    let msg_id = msg_id.map(|spot| {
        let (id, access_hash) = (world.chance.number(), world.chance.number());
        let dc = world.account(me).map_or(1, |account| account.dc);
        let through = SentThrough {
            bot: asked.bot,
            post: spot.post,
            dc,
            access_hash,
        };
        world.inline.sent.insert(id, through);
        inline_id(id, &through)
    });
    let mut view = View::new(world, asked.bot);
    view.user_peer(me);
    let chosen = types::UpdateBotInlineSend {
        user_id: me,
        query: asked.query,
        geo: None,
        id: request.id,
        msg_id,
    };
    pushes.push(pushed(world, view, asked.bot, chosen.into()));
    let answer = sent_answer(world, me, sent, request.random_id);
    Ok(Done::from(answer).pushing(pushes))
}

fn inline_id(id: i64, through: &SentThrough) -> enums::InputBotInlineMessageId {
    types::InputBotInlineMessageId {
        dc_id: through.dc,
        id,
        access_hash: through.access_hash,
    }
    .into()
}

/// By which id a bot can change a message that was sent through it.
pub(super) fn id_of(
    world: &World,
    post: crate::world::PostId,
) -> Option<enums::InputBotInlineMessageId> {
    let mut sent = world.inline.sent.iter();
    let found = sent.find(|(_, through)| through.post == post);
    found.map(|(id, through)| inline_id(*id, through))
}

/// `messages.editInlineBotMessage`
/// (<https://core.telegram.org/method/messages.editInlineBotMessage>): at the data centre that the
/// id names, and by the bot through which the message was sent.
pub(crate) fn edit_inline_bot_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditInlineBotMessage,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let wrong = || bad("MESSAGE_ID_INVALID");
    let enums::InputBotInlineMessageId::Id(id) = &request.id else {
        return Err(wrong());
    };
    let through = world.inline.sent.get(&id.id).copied().ok_or_else(wrong)?;
    let named = (id.dc_id, id.access_hash, me, caller.dc);
    if named != (through.dc, through.access_hash, through.bot, through.dc) {
        return Err(wrong());
    }
    let old = world.posts.get(&through.post).and_then(|post| post.text());
    let old = old.ok_or_else(wrong)?.clone();
    let edit = functions::messages::EditMessage {
        no_webpage: request.no_webpage,
        invert_media: request.invert_media,
        message: request.message,
        media: request.media,
        reply_markup: request.reply_markup,
        entities: request.entities,
        ..Default::default()
    };
    let (new, changed) = edited(world, me, &old, edit)?;
    if new == old && !changed {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let told = world.edit(through.post, Content::Text(new));
    let pushes = announce(world, &told);
    Ok(Done::from(true).pushing(pushes))
}
