//! `messages.*`: writing, changing and reading messages. What shows them is in `history` and
//! `dialogs`, what has to do with groups in `groups`.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{
    Content, Event, Happening, Letter, Peer, Post, Quote, ReplyTo, SERVICE_USER, Sent, Text, Told,
    World, date,
};

use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered, unsupported};
use super::help::EDIT_TIME;
use super::input;
use super::push::{container, full, passing, tell};
use super::seam::{Caller, RpcError};
use super::text::prepare;
use super::view::View;

/// Messages that one call may delete.
const DELETED_AT_ONCE: usize = 1000;

/// `messages.sendMessage` (<https://core.telegram.org/method/messages.sendMessage>).
pub(crate) fn send_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendMessage,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let refused = [
        ("schedule_date", request.schedule_date.is_some()),
        ("send_as", request.send_as.is_some()),
        ("quick_reply_shortcut", request.quick_reply_shortcut.is_some()),
        ("suggested_post", request.suggested_post.is_some()),
        ("rich_message", request.rich_message.is_some()),
    ];
    if let Some((what, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(unsupported(what));
    }
    let peer = input::peer(world, me, &request.peer)?;
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let reply = request.reply_to.map(|reply| reply_to(world, me, peer, reply)).transpose()?;
    let bot = world.account(me).is_some_and(|account| account.is_bot());
    let markup = request.reply_markup.filter(|_| bot);
    let text = prepare(world, me, &request.message, request.entities, markup)?;
    let letter = Letter {
        content: Content::Text(text),
        reply,
        silent: request.silent,
        noforwards: request.noforwards,
    };
    send(world, caller, me, (peer, request.random_id), letter)
}

/// `messages.startBot` (<https://core.telegram.org/method/messages.startBot>): in the private
/// conversation with the bot.
pub(crate) fn start_bot(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::StartBot,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = input::user(world, me, &request.bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
    if !world.account(bot).is_some_and(|account| account.is_bot()) {
        return Err(bad("BOT_INVALID"));
    }
    let peer = input::peer(world, me, &request.peer)?;
    if peer != Peer::User(bot) {
        return Err(unsupported("start_in_group"));
    }
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let text = prepare(world, me, &format!("/start {}", request.start_param), None, None)?;
    let letter = Letter::service(Content::Text(text));
    send(world, caller, me, (peer, request.random_id), letter)
}

/// `messages.editMessage` (<https://core.telegram.org/method/messages.editMessage>).
pub(crate) fn edit_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditMessage,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let refused = [
        ("media", request.media.is_some()),
        ("schedule_date", request.schedule_date.is_some()),
        ("quick_reply_shortcut_id", request.quick_reply_shortcut_id.is_some()),
        ("rich_message", request.rich_message.is_some()),
    ];
    if let Some((what, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(unsupported(what));
    }
    let peer = input::peer(world, me, &request.peer)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let bot = account.is_bot();
    let entry = account.mailbox.entry(request.id).filter(|entry| entry.peer == peer);
    let entry = *entry.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if !entry.out {
        return Err(forbidden("MESSAGE_AUTHOR_REQUIRED"));
    }
    let found = world.posts.get(&entry.post).and_then(|post| Some((post.date, post.text()?)));
    let (sent, old) = found.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let too_late = world.now().saturating_sub(sent) > i64::from(EDIT_TIME);
    if too_late && !bot && peer != Peer::User(me) {
        return Err(bad("MESSAGE_EDIT_TIME_EXPIRED"));
    }
    let markup = request.reply_markup.filter(|_| bot);
    let new = match request.message {
        Some(message) => prepare(world, me, &message, request.entities, markup)?,
        None => Text { markup, ..old.clone() },
    };
    if new == *old {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let told = world.edit(entry.post, Content::Text(new));
    let own = own(&told, me).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let answer = full(world, me, &own.event);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(answer).pushing(pushes))
}

/// `messages.deleteMessages` (<https://core.telegram.org/method/messages.deleteMessages>).
pub(crate) fn delete_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteMessages,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.id.len() > DELETED_AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    if request.revoke {
        for id in &request.id {
            may_revoke(world, me, *id)?;
        }
    }
    let told = world.delete(me, &request.id, request.revoke);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(affected(world, me, &told)).pushing(pushes))
}

/// `messages.readHistory` (<https://core.telegram.org/method/messages.readHistory>).
pub(crate) fn read_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadHistory,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let told = world.read(me, peer, request.max_id);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(affected(world, me, &told)).pushing(pushes))
}

/// `messages.setTyping` (<https://core.telegram.org/method/messages.setTyping>): the others see it
/// if they are there to see it.
pub(crate) fn set_typing(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetTyping,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    may_write(world, me, peer)?;
    let action = request.action;
    let (others, update): (Vec<i64>, enums::Update) = match peer {
        Peer::User(other) => {
            let update = types::UpdateUserTyping { user_id: me, action, ..Default::default() };
            (vec![other], update.into())
        }
        Peer::Chat(chat_id) => {
            let members = world.chats.get(&chat_id).map(|chat| chat.members.keys().copied());
            let from_id = types::PeerUser { user_id: me }.into();
            let update = types::UpdateChatUserTyping { chat_id, from_id, action };
            (members.into_iter().flatten().collect(), update.into())
        }
    };
    let sees = |user: &i64| {
        *user != me && world.account(*user).is_some_and(|account| !account.is_bot())
    };
    let pushes = others
        .into_iter()
        .filter(sees)
        .map(|user| passing(world, user, update.clone()))
        .collect();
    Ok(Done::from(true).pushing(pushes))
}

/// Sends what is ready to be sent, once for a `random_id`.
fn send(
    world: &mut World,
    caller: &Caller,
    me: i64,
    (peer, random_id): (Peer, i64),
    letter: Letter,
) -> Answer<enums::Updates> {
    may_write(world, me, peer)?;
    let told = world.deliver(me, peer, letter);
    let own = own(&told, me).and_then(|own| Some((own.message_id()?, own.event.pts)));
    let (id, pts) = own.ok_or_else(unregistered)?;
    let sent = Sent { id, pts, date: world.now() };
    if let Some(account) = world.account_mut(me) {
        account.sent.insert(random_id, sent);
    }
    let pushes = tell(world, caller, &told);
    Ok(Done::from(sent_answer(world, me, sent, random_id)).pushing(pushes))
}

/// The answer to a call that was made before: a `random_id` sends one message, however often it
/// comes (<https://core.telegram.org/api/updates#updatemessageid-updates>).
fn sent_before(
    world: &World,
    me: i64,
    random_id: i64,
) -> Result<Option<enums::Updates>, RpcError> {
    if random_id == 0 {
        return Err(bad("RANDOM_ID_EMPTY"));
    }
    let sent = world.account(me).and_then(|account| account.sent.get(&random_id)).copied();
    Ok(sent.map(|sent| sent_answer(world, me, sent, random_id)))
}

/// The answer to a sent message: the short form where it says everything.
fn sent_answer(world: &World, me: i64, sent: Sent, random_id: i64) -> enums::Updates {
    let Sent { id, pts, .. } = sent;
    let entry = world.account(me).and_then(|account| account.mailbox.entry(id));
    let post = entry.and_then(|entry| world.posts.get(&entry.post));
    let text = post.and_then(Post::text);
    let private = !matches!(entry, Some(entry) if entry.peer == Peer::User(me)
        || matches!(entry.peer, Peer::Chat(_)));
    if private && text.is_none_or(|text| text.markup.is_none()) {
        let entities = text.map(|text| text.entities.clone());
        return types::UpdateShortSentMessage {
            out: true,
            id,
            pts,
            pts_count: 1,
            date: date(sent.date),
            entities: entities.filter(|entities| !entities.is_empty()),
            ..Default::default()
        }
        .into();
    }
    let event = Event { pts, count: 1, what: Happening::New(id) };
    let mut view = View::new(world, me);
    let updates =
        vec![types::UpdateMessageId { id, random_id }.into(), view.update(&event)];
    container(world, view, updates)
}

/// Whether `me` may write to a conversation.
fn may_write(world: &World, me: i64, peer: Peer) -> Result<(), RpcError> {
    let Peer::User(other) = peer else {
        return Ok(());
    };
    if other == me {
        return Ok(());
    }
    if other == SERVICE_USER {
        return Err(forbidden("CHAT_WRITE_FORBIDDEN"));
    }
    let account = world.account(me).ok_or_else(unregistered)?;
    let receiver = world.account(other).ok_or_else(|| bad("PEER_ID_INVALID"))?;
    if account.blocked.contains(&other) {
        return Err(bad("YOU_BLOCKED_USER"));
    }
    if receiver.blocked.contains(&me) {
        return Err(bad("USER_IS_BLOCKED"));
    }
    if account.is_bot() && receiver.is_bot() {
        return Err(bad("USER_IS_BOT"));
    }
    if account.is_bot() && !account.opened_by.contains(&other) {
        return Err(bad("PEER_ID_INVALID"));
    }
    Ok(())
}

/// Whether `me` may take a message away from everybody: in private any, in a group one's own, and
/// whoever founded the group any.
fn may_revoke(world: &World, me: i64, id: i32) -> Result<(), RpcError> {
    let entry = world.account(me).and_then(|account| account.mailbox.entry(id));
    let Some(entry) = entry else {
        return Ok(());
    };
    let Peer::Chat(chat) = entry.peer else {
        return Ok(());
    };
    let creator = world.chats.get(&chat).is_some_and(|chat| chat.creator == me);
    if entry.out || creator {
        return Ok(());
    }
    Err(forbidden("MESSAGE_DELETE_FORBIDDEN"))
}

fn reply_to(
    world: &World,
    me: i64,
    peer: Peer,
    reply: enums::InputReplyTo,
) -> Result<ReplyTo, RpcError> {
    let enums::InputReplyTo::Message(reply) = reply else {
        return Err(unsupported("reply_to_story"));
    };
    if let Some(other) = &reply.reply_to_peer_id
        && input::peer(world, me, other)? != peer
    {
        return Err(unsupported("reply_to_peer_id"));
    }
    let post = world
        .account(me)
        .and_then(|account| account.mailbox.entry(reply.reply_to_msg_id))
        .filter(|entry| entry.peer == peer)
        .map(|entry| entry.post)
        .ok_or_else(|| bad("REPLY_MESSAGE_ID_INVALID"))?;
    let Some(text) = reply.quote_text else {
        return Ok(ReplyTo { post, quote: None });
    };
    let answered = world.posts.get(&post).and_then(Post::text);
    if !answered.is_some_and(|answered| answered.text.contains(&text)) {
        return Err(bad("QUOTE_TEXT_INVALID"));
    }
    let quote = Quote { text, entities: reply.quote_entities, offset: reply.quote_offset };
    Ok(ReplyTo { post, quote: Some(quote) })
}

/// What happened in the caller's own box.
pub(crate) fn own(told: &[Told], me: i64) -> Option<&Told> {
    told.iter().find(|told| told.user == me)
}

/// By how much a call has moved the caller's box on.
fn affected(world: &World, me: i64, told: &[Told]) -> enums::messages::AffectedMessages {
    let now = world.account(me).map_or(0, |account| account.mailbox.pts());
    let (pts, pts_count) =
        own(told, me).map_or((now, 0), |own| (own.event.pts, own.event.count));
    types::messages::AffectedMessages { pts, pts_count }.into()
}
