//! `messages.*`: what is sent of what bots offer, and how they change it
//! (<https://core.telegram.org/api/bots/inline>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Offer, Peer, PostId, SentThrough, Text, World};

use super::done::{Answer, Done};
use super::drafts;
use super::edited::edited;
use super::errors::{bad, unregistered};
use super::inline::pushed;
use super::input;
use super::kept_replies;
use super::media;
use super::push::announce;
use super::rights::sender;
use super::scheduled;
use super::seam::{Caller, RpcError};
use super::sending::{put, reply_to};
use super::sent::{sent_answer, sent_before};
use super::view::View;

/// `messages.sendInlineBotResult`
/// (<https://core.telegram.org/method/messages.sendInlineBotResult>): the bot is told if it wants
/// to know, and by which id it can change the message if there are buttons below it.
pub(crate) fn send_inline_bot_result(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendInlineBotResult,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    if request.query_id == 0 {
        return Err(bad("QUERY_ID_EMPTY"));
    }
    if request.id.is_empty() {
        return Err(bad("RESULT_ID_EMPTY"));
    }
    let offered = world.inline.offered.get(&request.query_id);
    let offered = offered.filter(|offered| offered.asked.user == me).cloned();
    let offered = offered.ok_or_else(|| bad("INLINE_RESULT_EXPIRED"))?;
    let mut offers = offered.answered.offers.iter();
    let offer = offers.find(|offer| offer.shown.id == request.id);
    let text = whole(world, me, offer.ok_or_else(|| bad("RESULT_ID_INVALID"))?)?;
    if !may_send_inline(world, me, peer) {
        return Err(bad("CHAT_SEND_INLINE_FORBIDDEN"));
    }
    let (bot, has_buttons) = (offered.asked.bot, text.markup.is_some());
    let reply = request.reply_to;
    let reply = reply.map(|reply| reply_to(world, me, peer, reply));
    let letter = Letter {
        reply: reply.transpose()?,
        silent: request.silent,
        sender: sender(world, me, peer, request.send_as.as_ref())?,
        via: (!request.hide_via).then_some(bot),
        ..Letter::new(Content::Text(text))
    };
    if let Some(shortcut) = &request.quick_reply_shortcut {
        return kept_replies::put(world, caller, shortcut, (peer, letter));
    }
    if let Some(date) = request.schedule_date
        && scheduled::waits(world, me, peer, date)?
    {
        return scheduled::put(world, caller, (peer, vec![letter]), (date, None));
    }
    let answered = letter.reply.as_ref().filter(|it| it.away.is_none());
    let answered = answered.map(|reply| reply.post);
    let (sent, mut pushes) = put(world, caller, me, (peer, request.random_id), letter)?;
    if request.clear_draft {
        pushes.extend(drafts::clear(world, caller, peer, answered));
    }
    let post = world.spot(me, peer, sent.id).map(|spot| spot.post);
    let msg_id = post.filter(|_| has_buttons);
    let msg_id = msg_id.map(|post| changeable(world, me, bot, post));
    let wants = world
        .account(bot)
        .and_then(|it| it.personal.inline.as_ref());
    if wants.is_some_and(|mode| mode.feedback) {
        let mut view = View::new(world, bot);
        view.user_peer(me);
        let chosen = types::UpdateBotInlineSend {
            user_id: me,
            query: offered.asked.query,
            geo: offered.asked.place,
            id: request.id,
            msg_id,
        };
        pushes.push(pushed(world, view, bot, chosen.into()));
    }
    let answer = sent_answer(world, me, sent, request.random_id);
    Ok(Done::from(answer).pushing(pushes))
}

/// What is sent of a result: what it has on the web is fetched now.
pub(super) fn whole(world: &mut World, me: i64, offer: &Offer) -> Result<Text, RpcError> {
    let text = offer.text.clone();
    let is_file = matches!(offer.message, enums::BotInlineMessage::MediaAuto(_));
    let Some(content) = offer.content.as_ref().filter(|_| is_file) else {
        return Ok(text);
    };
    let url = content.url.clone();
    let media: enums::InputMedia = match &offer.shown.r#type[..] {
        "photo" => types::InputMediaPhotoExternal {
            url,
            ..Default::default()
        }
        .into(),
        _ => types::InputMediaDocumentExternal {
            url,
            ..Default::default()
        }
        .into(),
    };
    let media = Some(media::made(world, me, media)?);
    Ok(Text { media, ..text })
}

pub(super) fn may_send_inline(world: &World, me: i64, peer: Peer) -> bool {
    !match peer {
        Peer::User(_) => false,
        Peer::Chat(id) => {
            let chat = world.chats.get(&id);
            chat.is_some_and(|it| it.bans(me, |rights| rights.send_inline))
        }
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            channel.is_some_and(|it| it.bans(me, world.now(), |rights| rights.send_inline))
        }
    }
}

/// Lets a bot change a message that was sent through it.
pub(super) fn changeable(
    world: &mut World,
    me: i64,
    bot: i64,
    post: PostId,
) -> enums::InputBotInlineMessageId {
    let (id, access_hash) = (world.chance.number(), world.chance.number());
    let dc = world.account(me).map_or(1, |account| account.dc);
    let through = SentThrough {
        bot,
        post,
        dc,
        access_hash,
    };
    world.inline.sent.insert(id, through);
    inline_id(id, &through)
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
pub(super) fn id_of(world: &World, post: PostId) -> Option<enums::InputBotInlineMessageId> {
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
