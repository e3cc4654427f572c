//! Turns what happened in the boxes into updates for the sessions of their owners.
use ferogram_sync::tl::{Serialize, enums, types};

use crate::world::{Content, Counted, Happening, Peer, Told, World, date};

use super::seam::{Caller, Push};
use super::view::View;

/// The updates that tell everybody concerned. The caller's own session has its answer already.
pub(crate) fn tell(world: &World, caller: &Caller, told: &[Told]) -> Vec<Push> {
    let mut pushes = announce(world, told);
    for (push, told) in pushes.iter_mut().zip(told) {
        let is_answered = caller.user == Some(push.user) && !told.follows;
        push.except = is_answered.then_some(caller.session);
    }
    pushes
}

/// The same for what nobody has called for.
pub(crate) fn announce(world: &World, told: &[Told]) -> Vec<Push> {
    let pushes = told
        .iter()
        .map(|told| carried(told.user, updates(world, told)));
    pushes.collect()
}

/// The same of what nobody has called for.
pub(crate) fn tell_all(world: &World, told: &[Told]) -> Vec<Push> {
    told.iter()
        .map(|told| Push {
            user: told.user,
            updates: updates(world, told).to_bytes(),
            except: None,
        })
        .collect()
}

/// What happened in the caller's own box.
pub(crate) fn own(told: &[Told], me: i64) -> Option<&Told> {
    told.iter().find(|told| told.user == me)
}

/// One update that is in no order with others (typing, status), for one account.
pub(crate) fn passing(world: &World, user: i64, update: enums::Update) -> Push {
    let updates: enums::Updates = types::UpdateShort {
        update,
        date: world.date(),
    }
    .into();
    carried(user, updates)
}

/// One update of the account's own, for its other sessions, with everybody whom `view` has shown.
pub(crate) fn for_others(
    world: &World,
    caller: &Caller,
    view: View<'_>,
    update: enums::Update,
) -> Vec<Push> {
    let user = view.viewer();
    let mut push = carried(user, container(world, view, vec![update]));
    push.except = Some(caller.session);
    vec![push]
}

/// One update that `qts` counts.
pub(crate) fn counted(world: &World, user: i64, counted: &Counted) -> Push {
    let mut view = View::new(world, user);
    for peer in &counted.names {
        view.peer(*peer);
    }
    carried(user, container(world, view, vec![counted.update.clone()]))
}

/// Updates for all sessions of an account.
pub(crate) fn carried(user: i64, updates: enums::Updates) -> Push {
    Push {
        user,
        updates: updates.to_bytes(),
        except: None,
    }
}

/// One event as the container that carries it to `told.user`.
///
/// As in production, a plain message of a conversation that the receiver has already comes in the
/// short form, without users, and a first one with everybody it names
/// (<https://core.telegram.org/api/updates>).
fn updates(world: &World, told: &Told) -> enums::Updates {
    match &told.event.what {
        Happening::New(id) if told.acquainted && told.channel.is_none() => {
            short_message(world, told, *id).unwrap_or_else(|| full(world, told))
        }
        Happening::New(_) | Happening::Edited(_) => full(world, told),
        _ => {
            let update = View::of(world, told).told(told);
            types::UpdateShort {
                update,
                date: world.date(),
            }
            .into()
        }
    }
}

/// A container with the users and groups that an event names. What `pts` orders has no `seq`.
fn full(world: &World, told: &Told) -> enums::Updates {
    let mut view = View::of(world, told);
    let updates = vec![view.told(told)];
    container(world, view, updates)
}

/// What a call has done in the caller's own box or on the board of a channel, as its answer.
pub(crate) fn done(world: &World, own: &[&Told]) -> enums::Updates {
    let user = own.first().map_or(0, |told| told.user);
    let mut view = View::new(world, user);
    let updates = own.iter().map(|told| view.told(told)).collect();
    container(world, view, updates)
}

/// A container of some updates with everybody whom `view` has shown.
pub(crate) fn container(
    world: &World,
    view: View<'_>,
    updates: Vec<enums::Update>,
) -> enums::Updates {
    let (users, chats) = view.shown();
    types::Updates {
        updates,
        users,
        chats,
        date: world.date(),
        seq: 0,
    }
    .into()
}

/// The short form of a new message, where it can say everything.
fn short_message(world: &World, told: &Told, id: i32) -> Option<enums::Updates> {
    let entry = world.account(told.user)?.mailbox.entry(id)?;
    let post = world.posts.get(&entry.post)?;
    let Content::Text(text) = &post.content else {
        return None;
    };
    let names = text
        .entities
        .iter()
        .any(|entity| matches!(entity, enums::MessageEntity::MentionName(_)));
    let with_oneself = entry.peer == Peer::User(told.user);
    let bare = text.markup.is_none() && text.media.is_none() && text.rich.is_none();
    let plain = bare && post.forward.is_none();
    if names || with_oneself || !plain || post.noforwards || post.via.is_some() {
        return None;
    }
    let reply_to = View::new(world, told.user).reply_header(post, entry.peer);
    let entities = (!text.entities.is_empty()).then(|| text.entities.clone());
    let (pts, pts_count) = (told.event.pts, told.event.count);
    Some(match entry.peer {
        Peer::User(user_id) => types::UpdateShortMessage {
            out: entry.out,
            silent: post.silent,
            id,
            user_id,
            message: text.text.clone(),
            pts,
            pts_count,
            date: date(post.date),
            reply_to,
            entities,
            ..Default::default()
        }
        .into(),
        Peer::Channel(_) => return None,
        Peer::Chat(chat_id) => types::UpdateShortChatMessage {
            out: entry.out,
            silent: post.silent,
            id,
            from_id: post.author,
            chat_id,
            message: text.text.clone(),
            pts,
            pts_count,
            date: date(post.date),
            reply_to,
            entities,
            ..Default::default()
        }
        .into(),
    })
}
