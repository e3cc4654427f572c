//! `messages.forwardMessages` (<https://core.telegram.org/method/messages.forwardMessages>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Peer, Post, Sent, World, date};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::push::{container, own, tell};
use super::rights::{may_post, sender};
use super::seam::{Caller, RpcError};
use super::sending::{new_message, reply_to, sent_before};
use super::view::View;

/// Messages that one call may forward.
const AT_ONCE: usize = 100;

/// `messages.forwardMessages`: each under a `random_id` of its own, all or none. A `random_id` that
/// was used before sends nothing.
pub(crate) fn forward_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ForwardMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    check(&request)?;
    let from = input::peer(world, me, &request.from_peer)?;
    let to = input::peer(world, me, &request.to_peer)?;
    for random_id in &request.random_id {
        // Who asks again has lost the answer: https://core.telegram.org/api/errors.
        if sent_before(world, me, *random_id)?.is_some() {
            return Err(bad("RANDOM_ID_DUPLICATE"));
        }
    }
    let letters = letters(world, me, (from, to), &request)?;
    if let [.., last] = &letters[..] {
        may_post(world, me, to, last)?;
    }
    if letters.len() > 1 && is_slow(world, me, to) {
        return Err(bad("SLOWMODE_MULTI_MSGS_DISABLED"));
    }
    for letter in &letters {
        may_post(world, me, to, letter)?;
    }
    count_forwards(world, me, from, &request.id);
    let mut pushes = Vec::new();
    let mut sent: Vec<(i64, Sent)> = Vec::new();
    for (letter, random_id) in letters.into_iter().zip(&request.random_id) {
        let told = world.deliver(me, to, letter);
        let own = own(&told, me).and_then(|own| Some((own.message_id()?, own.event.pts)));
        let (id, pts) = own.ok_or_else(unregistered)?;
        let one = Sent {
            peer: to,
            id,
            pts,
            date: world.now(),
        };
        if let Some(account) = world.account_mut(me) {
            account.sent.insert(*random_id, one);
        }
        sent.push((*random_id, one));
        pushes.extend(tell(world, caller, &told));
    }
    let mut view = View::new(world, me);
    let ids = sent.iter().map(|(random_id, sent)| {
        let (id, random_id) = (sent.id, *random_id);
        types::UpdateMessageId { id, random_id }.into()
    });
    let mut updates: Vec<enums::Update> = ids.collect();
    for (_, sent) in &sent {
        updates.extend(new_message(world, &mut view, *sent));
    }
    Ok(Done::from(container(world, view, updates)).pushing(pushes))
}

fn check(request: &functions::messages::ForwardMessages) -> Result<(), RpcError> {
    let refused = [
        ("schedule_date", request.schedule_date.is_some()),
        ("top_msg_id", request.top_msg_id.is_some()),
        (
            "quick_reply_shortcut",
            request.quick_reply_shortcut.is_some(),
        ),
        ("suggested_post", request.suggested_post.is_some()),
    ];
    if let Some((what, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(unsupported(what));
    }
    if request.id.is_empty() {
        return Err(bad("MESSAGE_IDS_EMPTY"));
    }
    if request.id.len() > AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    let mut random_ids = request.random_id.clone();
    random_ids.sort_unstable();
    random_ids.dedup();
    if random_ids.len() != request.id.len() || request.random_id.len() != request.id.len() {
        return Err(bad("RANDOM_ID_INVALID"));
    }
    Ok(())
}

fn is_slow(world: &World, me: i64, to: Peer) -> bool {
    let Peer::Channel(id) = to else {
        return false;
    };
    let channel = world.channels.get(&id);
    channel.is_some_and(|it| it.slow_mode > 0 && it.admin(me).is_none())
}

/// What is to be sent: the same words, and where they come from.
fn letters(
    world: &World,
    me: i64,
    (from, to): (Peer, Peer),
    request: &functions::messages::ForwardMessages,
) -> Result<Vec<Letter>, RpcError> {
    let protected = match from {
        Peer::Channel(id) => world.channels.get(&id).is_some_and(|it| it.noforwards),
        _ => false,
    };
    let reply = request.reply_to.clone();
    let reply = reply.map(|reply| reply_to(world, me, to, reply));
    let reply = reply.transpose()?;
    let sender = sender(world, me, to, request.send_as.as_ref())?;
    let mut letters = Vec::with_capacity(request.id.len());
    for id in &request.id {
        let post = world.post_at(me, from, *id);
        let post = post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
        let text = post.text().ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
        if protected || post.noforwards {
            return Err(bad("CHAT_FORWARDS_RESTRICTED"));
        }
        let mut text = text.clone();
        if request.drop_media_captions && text.media.is_some() {
            text.text.clear();
            text.entities.clear();
        }
        let header = header(world, post, (from, *id), to == Peer::User(me));
        letters.push(Letter {
            reply: reply.clone(),
            silent: request.silent,
            noforwards: request.noforwards,
            sender,
            forward: (!request.drop_author).then_some(header),
            views: post.views.filter(|_| !request.drop_author),
            ..Letter::new(Content::Text(text))
        });
    }
    Ok(letters)
}

/// Where a message comes from (<https://core.telegram.org/constructor/messageFwdHeader>): what was
/// forwarded already keeps its first author, and what is saved remembers where it was taken from.
fn header(
    world: &World,
    post: &Post,
    (from, id): (Peer, i32),
    saves: bool,
) -> types::MessageFwdHeader {
    let mut header = match &post.forward {
        Some(first) => first.clone(),
        None => {
            let broadcast = match post.board {
                Some((channel, id)) => {
                    let channel = world.channels.get(&channel);
                    channel.filter(|it| !it.megagroup).map(|_| id)
                }
                None => None,
            };
            let from_id = match post.sender {
                Some(channel_id) => types::PeerChannel { channel_id }.into(),
                None => types::PeerUser {
                    user_id: post.author,
                }
                .into(),
            };
            types::MessageFwdHeader {
                from_id: Some(from_id),
                date: date(post.date),
                channel_post: broadcast,
                post_author: post.signature.clone(),
                ..Default::default()
            }
        }
    };
    (header.saved_from_peer, header.saved_from_msg_id) = match saves {
        true => (Some(raw(from)), Some(id)),
        false => (None, None),
    };
    header
}

fn raw(peer: Peer) -> enums::Peer {
    match peer {
        Peer::User(user_id) => types::PeerUser { user_id }.into(),
        Peer::Chat(chat_id) => types::PeerChat { chat_id }.into(),
        Peer::Channel(channel_id) => types::PeerChannel { channel_id }.into(),
    }
}

/// Posts of channels count how often they were forwarded.
fn count_forwards(world: &mut World, me: i64, from: Peer, ids: &[i32]) {
    for id in ids {
        let post = world.spot(me, from, *id).map(|spot| spot.post);
        if let Some(post) = post.and_then(|post| world.posts.get_mut(&post)) {
            post.forwards += i32::from(post.views.is_some());
        }
    }
}
