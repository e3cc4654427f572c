//! `messages.*` and `channels.toggleForum`: topics of forums, made and changed
//! (<https://core.telegram.org/api/forum>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, GENERAL, Letter, Peer, ReplyTo, Sent, Topic, World};

use super::admin_log::note;
use super::channel_news::changed;
use super::channel_settings::{creator, require, set};
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::{container, for_others, own, passing, tell};
use super::rights::{channel_of, sender};
use super::seam::{Caller, Push, RpcError};
use super::sending::put;
use super::sent::{sent_answer, sent_before};
use super::topic_shown::shown;
use super::view::View;

/// The letters that a title may have.
const TITLE_LENGTH: usize = 128;

/// The colours that an icon may have, the usual one first
/// (<https://core.telegram.org/method/messages.createForumTopic>).
const COLORS: [i32; 6] = [
    0x6f_b9_f0, 0xff_d6_7e, 0xcb_86_db, 0x8e_ee_98, 0xff_93_b2, 0xfb_6f_5f,
];

/// Topics that may be pinned (`topics_pinned_limit` of the config).
const PINNED: usize = 5;

/// Messages that one call deletes.
const DELETED_AT_ONCE: usize = 100;

/// `channels.toggleViewForumAsMessages`
/// (<https://core.telegram.org/method/channels.toggleViewForumAsMessages>): for this account alone,
/// whose other sessions are told.
pub(crate) fn toggle_view_forum_as_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleViewForumAsMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = world.channels.get_mut(&id).filter(|it| it.forum);
    let it = it.ok_or_else(|| bad("CHANNEL_FORUM_MISSING"))?;
    let changed = match request.enabled {
        true => it.viewed_as_messages.insert(me),
        false => it.viewed_as_messages.remove(&me),
    };
    if !changed {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let update: enums::Update = types::UpdateChannelViewForumAsMessages {
        channel_id: id,
        enabled: request.enabled,
    }
    .into();
    let view = || {
        let mut view = View::new(world, me);
        view.peer(Peer::Channel(id));
        view
    };
    let pushes = for_others(world, caller, view(), update.clone());
    let answer = container(world, view(), vec![update]);
    Ok(Done::from(answer).pushing(pushes))
}

/// `channels.toggleForum` (<https://core.telegram.org/method/channels.toggleForum>): for the owner
/// of a supergroup.
pub(crate) fn toggle_forum(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleForum,
) -> Answer<enums::Updates> {
    let now = world.now();
    set(world, caller, &request.channel, |it, me| {
        if !it.megagroup {
            return Err(bad("CHAT_ID_INVALID"));
        }
        require(creator(it, me))?;
        if it.forum == request.enabled && it.forum_tabs == request.tabs {
            return Err(bad("CHAT_NOT_MODIFIED"));
        }
        it.forum_tabs = request.tabs;
        match request.enabled {
            true => it.open_topics(me, now),
            false => it.forum = false,
        }
        Ok(types::ChannelAdminLogEventActionToggleForum {
            new_value: request.enabled,
        }
        .into())
    })
}

/// `messages.createForumTopic`
/// (<https://core.telegram.org/method/messages.createForumTopic>).
pub(crate) fn create_forum_topic(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::CreateForumTopic,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    let peer = Peer::Channel(id);
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let it = channel_of(world, id)?;
    let may = match it.admin(me) {
        Some(rights) => rights.manage_topics,
        None => it.member(me).is_some() && !it.bans(me, world.now(), |rights| rights.manage_topics),
    };
    require(may)?;
    let title = checked_title(&request.title)?;
    let icon_color = request.icon_color.unwrap_or(COLORS[0]);
    if !COLORS.contains(&icon_color) {
        return Err(bad("COLOR_INVALID"));
    }
    let icon_emoji = request.icon_emoji_id.filter(|id| *id != 0);
    let action = types::MessageActionTopicCreate {
        title_missing: request.title_missing,
        title: title.clone(),
        icon_color,
        icon_emoji_id: icon_emoji,
    };
    let letter = Letter {
        sender: sender(world, me, peer, request.send_as.as_ref())?,
        ..Letter::service(action, &[])
    };
    let date = world.now();
    let (sent, pushes) = put(world, caller, me, (peer, request.random_id), letter)?;
    let Sent { id: topic, .. } = sent;
    if let Some(it) = world.channels.get_mut(&id) {
        it.topics.insert(
            topic,
            Topic {
                id: topic,
                creator: me,
                date,
                title,
                icon_color,
                icon_emoji,
                closed: false,
                hidden: false,
            },
        );
    }
    let made = seen(world, id, topic);
    let action = types::ChannelAdminLogEventActionCreateTopic { topic: made };
    note(world, peer, me, action, &[]);
    Ok(Done::from(sent_answer(world, me, sent, request.random_id)).pushing(pushes))
}

/// `messages.editForumTopic` (<https://core.telegram.org/method/messages.editForumTopic>).
pub(crate) fn edit_forum_topic(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditForumTopic,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    let old = topic(world, id, request.topic_id)?.clone();
    let new = edited(old.clone(), &request)?;
    let it = channel_of(world, id)?;
    let manages = it.may(me, |rights| rights.manage_topics);
    require(manages || (old.creator == me && old.id != GENERAL))?;
    let before = seen(world, id, old.id);
    if let Some(it) = world.channels.get_mut(&id) {
        it.topics.insert(new.id, new.clone());
    }
    let action = types::ChannelAdminLogEventActionEditTopic {
        prev_topic: before,
        new_topic: seen(world, id, new.id),
    };
    note(world, Peer::Channel(id), me, action, &[]);
    let action = types::MessageActionTopicEdit {
        title: (old.title != new.title).then_some(new.title),
        icon_emoji_id: (old.icon_emoji != new.icon_emoji).then_some(new.icon_emoji.unwrap_or(0)),
        closed: (old.closed != new.closed).then_some(new.closed),
        hidden: (old.hidden != new.hidden).then_some(new.hidden),
    };
    let letter = Letter {
        reply: within(world, id, old.id),
        ..Letter::service(action, &[])
    };
    let told = world.put_up(me, id, letter);
    Ok(changed(world, caller, me, id, &told))
}

/// A topic as a request wants it.
fn edited(
    mut topic: Topic,
    request: &functions::messages::EditForumTopic,
) -> Result<Topic, RpcError> {
    let others = request.title.is_some() || request.icon_emoji_id.is_some();
    if request.hidden.is_some() && (others || request.closed.is_some()) {
        return Err(bad("TOPIC_HIDE_SEPARATELY"));
    }
    if request.closed.is_some() && others {
        return Err(bad("TOPIC_CLOSE_SEPARATELY"));
    }
    let general = topic.id == GENERAL;
    if (general && request.icon_emoji_id.is_some()) || (!general && request.hidden.is_some()) {
        return Err(bad("TOPIC_ID_INVALID"));
    }
    let old = topic.clone();
    if let Some(title) = &request.title {
        topic.title = checked_title(title)?;
    }
    if let Some(icon) = request.icon_emoji_id {
        topic.icon_emoji = Some(icon).filter(|icon| *icon != 0);
    }
    topic.closed = request.closed.unwrap_or(topic.closed);
    if let Some(hidden) = request.hidden {
        // Nobody writes where nobody sees it.
        (topic.hidden, topic.closed) = (hidden, hidden);
    }
    let same = (&old.title, old.icon_emoji, old.closed, old.hidden)
        == (&topic.title, topic.icon_emoji, topic.closed, topic.hidden);
    match same {
        true => Err(bad("TOPIC_NOT_MODIFIED")),
        false => Ok(topic),
    }
}

/// `messages.updatePinnedForumTopic`
/// (<https://core.telegram.org/method/messages.updatePinnedForumTopic>).
pub(crate) fn update_pinned_forum_topic(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UpdatePinnedForumTopic,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    let topic = topic(world, id, request.topic_id)?.id;
    let it = channel_of(world, id)?;
    require(it.may(me, |rights| rights.manage_topics))?;
    let pinned = it.pinned_topics.contains(&topic);
    if pinned == request.pinned {
        return Err(bad("PINNED_TOPIC_NOT_MODIFIED"));
    }
    if request.pinned && it.pinned_topics.len() >= PINNED {
        return Err(bad("PINNED_TOO_MUCH"));
    }
    let before = seen(world, id, topic);
    if let Some(it) = world.channels.get_mut(&id) {
        it.pinned_topics.retain(|it| *it != topic);
        if request.pinned {
            it.pinned_topics.insert(0, topic);
        }
    }
    let after = seen(world, id, topic);
    let action = types::ChannelAdminLogEventActionPinTopic {
        prev_topic: (!request.pinned).then_some(before),
        new_topic: request.pinned.then_some(after),
    };
    note(world, Peer::Channel(id), me, action, &[]);
    let pinned = request.pinned;
    Ok(announced(world, caller, me, id, |peer| {
        types::UpdatePinnedForumTopic {
            pinned,
            peer,
            topic_id: topic,
        }
        .into()
    }))
}

/// `messages.reorderPinnedForumTopics`
/// (<https://core.telegram.org/method/messages.reorderPinnedForumTopics>).
pub(crate) fn reorder_pinned_forum_topics(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReorderPinnedForumTopics,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    for wanted in &request.order {
        topic(world, id, *wanted)?;
    }
    if request.order.len() > PINNED {
        return Err(bad("PINNED_TOO_MUCH"));
    }
    let it = channel_of(world, id)?;
    require(it.may(me, |rights| rights.manage_topics))?;
    let mut order = request.order;
    match request.force {
        true => {}
        false => {
            order.retain(|topic| it.pinned_topics.contains(topic));
            let others = it.pinned_topics.iter();
            let others: Vec<i32> = others.filter(|it| !order.contains(it)).copied().collect();
            order.extend(others);
        }
    }
    if let Some(it) = world.channels.get_mut(&id) {
        it.pinned_topics.clone_from(&order);
    }
    Ok(announced(world, caller, me, id, |peer| {
        let order = Some(order.clone());
        types::UpdatePinnedForumTopics { peer, order }.into()
    }))
}

/// `messages.deleteTopicHistory`
/// (<https://core.telegram.org/method/messages.deleteTopicHistory>): a part at a time.
pub(crate) fn delete_topic_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteTopicHistory,
) -> Answer<enums::messages::AffectedHistory> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    let topic = topic(world, id, request.top_msg_id)?.clone();
    let it = channel_of(world, id)?;
    require(it.may(me, |rights| rights.delete_messages) || topic.creator == me)?;
    if topic.id == GENERAL {
        return Err(bad("TOPIC_ID_INVALID"));
    }
    let mut ids = it.in_topic(world, me, topic.id);
    // The message that begins it goes last: the others are known by it.
    ids.reverse();
    let rest = ids.len().saturating_sub(DELETED_AT_ONCE);
    ids.truncate(DELETED_AT_ONCE);
    if rest == 0 {
        let gone = seen(world, id, topic.id);
        let action = types::ChannelAdminLogEventActionDeleteTopic { topic: gone };
        note(world, Peer::Channel(id), me, action, &[]);
        if let Some(it) = world.channels.get_mut(&id) {
            it.topics.remove(&topic.id);
            it.pinned_topics.retain(|it| *it != topic.id);
        }
    }
    let told = world.take_down(me, id, &ids);
    let pushes = tell(world, caller, &told);
    let pts = channel_of(world, id)?.board.pts();
    let pts_count = own(&told, me).map_or(0, |own| own.event.count);
    let affected: enums::messages::AffectedHistory = types::messages::AffectedHistory {
        pts,
        pts_count,
        offset: i32::try_from(rest).unwrap_or(i32::MAX),
    }
    .into();
    Ok(Done::from(affected).pushing(pushes))
}

/// The forum that is meant.
pub(super) fn forum(world: &World, me: i64, peer: &enums::InputPeer) -> Result<i64, RpcError> {
    let Peer::Channel(id) = input::peer(world, me, peer)? else {
        return Err(bad("CHANNEL_INVALID"));
    };
    match channel_of(world, id)?.forum {
        true => Ok(id),
        false => Err(bad("CHANNEL_FORUM_MISSING")),
    }
}

fn topic(world: &World, channel: i64, id: i32) -> Result<&Topic, RpcError> {
    let topic = channel_of(world, channel)?.topics.get(&id);
    topic.ok_or_else(|| bad("TOPIC_ID_INVALID"))
}

/// What stands in a topic answers the message that begins it.
fn within(world: &World, channel: i64, topic: i32) -> Option<ReplyTo> {
    let it = world.channels.get(&channel)?;
    let post = it.board.get(topic).filter(|_| topic != GENERAL)?.post;
    let (quote, away) = (None, None);
    Some(ReplyTo { post, quote, away })
}

/// A topic as nobody in particular sees it.
fn seen(world: &World, channel: i64, topic: i32) -> enums::ForumTopic {
    let it = world.channels.get(&channel);
    let found = it.and_then(|it| Some((it, it.topics.get(&topic)?)));
    match found {
        Some((it, topic)) => shown(&mut View::new(world, 0), world, it, topic),
        None => types::ForumTopicDeleted { id: topic }.into(),
    }
}

/// Tells everybody in a forum of something that no counter counts.
fn announced(
    world: &World,
    caller: &Caller,
    me: i64,
    id: i64,
    update: impl Fn(enums::Peer) -> enums::Update,
) -> Done<enums::Updates> {
    let peer = || types::PeerChannel { channel_id: id }.into();
    let members = world.channels.get(&id).into_iter();
    let members = members.flat_map(Channel::members);
    let pushes: Vec<Push> = members
        .map(|(user, _)| Push {
            except: (user == me).then_some(caller.session),
            ..passing(world, user, update(peer()))
        })
        .collect();
    let mut view = View::new(world, me);
    view.peer(Peer::Channel(id));
    let answer = super::push::container(world, view, vec![update(peer())]);
    Done::from(answer).pushing(pushes)
}

fn checked_title(title: &str) -> Result<String, RpcError> {
    let title = title.trim();
    match title.is_empty() || title.chars().count() > TITLE_LENGTH {
        true => Err(bad("TOPIC_TITLE_EMPTY")),
        false => Ok(title.to_owned()),
    }
}
