//! `messages.*`: drafts (<https://core.telegram.org/api/drafts>).
use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{GENERAL, Peer, PostId, World};

use super::done::{Answer, Done};
use super::errors::unregistered;
use super::input;
use super::push::container;
use super::seam::{Caller, Push};
use super::text::prepare;
use super::view::View;

/// `messages.saveDraft` (<https://core.telegram.org/method/messages.saveDraft>): nothing in it
/// removes what was there.
pub(crate) fn save_draft(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SaveDraft,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let top_msg_id = topic_of(request.reply_to.as_ref());
    let is_empty = request.message.trim().is_empty()
        && request.media.is_none()
        && request.reply_to.as_ref().is_none_or(is_topic_alone)
        && request.rich_message.is_none();
    let draft = match is_empty {
        true => None,
        false => {
            let (text, entities) = match request.message.trim().is_empty() {
                true => (String::new(), Vec::new()),
                false => {
                    let text = prepare(world, me, &request.message, request.entities, None)?;
                    (text.text, text.entities)
                }
            };
            Some(types::DraftMessage {
                no_webpage: request.no_webpage,
                invert_media: request.invert_media,
                reply_to: request.reply_to,
                message: text,
                entities: (!entities.is_empty()).then_some(entities),
                media: request.media,
                date: world.date(),
                effect: request.effect,
                suggested_post: request.suggested_post,
                ..Default::default()
            })
        }
    };
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    match draft {
        Some(draft) => account.drafts.insert((peer, top_msg_id), draft),
        None => account.drafts.remove(&(peer, top_msg_id)),
    };
    let push = told(world, caller, me, (peer, top_msg_id));
    Ok(Done::from(true).pushing(vec![push]))
}

fn topic_of(reply: Option<&enums::InputReplyTo>) -> Option<i32> {
    match reply? {
        enums::InputReplyTo::Message(reply) => reply.top_msg_id,
        _ => None,
    }
}

/// Whether it says in which topic, and answers nothing there.
fn is_topic_alone(reply: &enums::InputReplyTo) -> bool {
    match reply {
        enums::InputReplyTo::Message(reply) => {
            reply.top_msg_id == Some(reply.reply_to_msg_id) && reply.quote_text.is_none()
        }
        _ => false,
    }
}

fn update(
    world: &World,
    view: &mut View<'_>,
    me: i64,
    (peer, top_msg_id): (Peer, Option<i32>),
) -> enums::Update {
    let draft = world
        .account(me)
        .and_then(|account| account.drafts.get(&(peer, top_msg_id)));
    types::UpdateDraftMessage {
        peer: view.peer(peer),
        top_msg_id,
        saved_peer_id: None,
        draft: match draft {
            Some(draft) => draft.clone().into(),
            None => types::DraftMessageEmpty {
                date: Some(world.date()),
            }
            .into(),
        },
    }
    .into()
}

/// What the account's other sessions are told.
fn told(world: &World, caller: &Caller, me: i64, place: (Peer, Option<i32>)) -> Push {
    let mut view = View::new(world, me);
    let update = update(world, &mut view, me, place);
    Push {
        user: me,
        updates: container(world, view, vec![update]).to_bytes(),
        except: Some(caller.session),
    }
}

/// Who sends a message is done with the draft: in a forum, with that of the topic.
pub(crate) fn clear(
    world: &mut World,
    caller: &Caller,
    peer: Peer,
    answered: Option<PostId>,
) -> Option<Push> {
    let me = caller.user?;
    let forum = match peer {
        Peer::Channel(id) => world.channels.get(&id).filter(|it| it.forum),
        _ => None,
    };
    let topic = forum.map(|it| it.topic_of_answer(world, answered));
    let place = (peer, topic.filter(|topic| *topic != GENERAL));
    let account = world.account_mut(me)?;
    account.drafts.remove(&place)?;
    Some(told(world, caller, me, place))
}

/// `messages.getAllDrafts` (<https://core.telegram.org/method/messages.getAllDrafts>).
pub(crate) fn get_all_drafts(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::GetAllDrafts,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let mut view = View::new(world, me);
    let places: Vec<_> = account.drafts.keys().copied().collect();
    let updates = places.into_iter();
    let updates = updates.map(|place| update(world, &mut view, me, place));
    let updates = updates.collect();
    Ok(container(world, view, updates).into())
}

/// `messages.clearAllDrafts` (<https://core.telegram.org/method/messages.clearAllDrafts>).
pub(crate) fn clear_all_drafts(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::ClearAllDrafts,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let places = std::mem::take(&mut account.drafts);
    let pushes = places.into_keys();
    let pushes = pushes.map(|place| told(world, caller, me, place)).collect();
    Ok(Done::from(true).pushing(pushes))
}

/// What stands in the list of dialogs, or in that of the topics.
pub(crate) fn draft_of(
    world: &World,
    me: i64,
    place: (Peer, Option<i32>),
) -> Option<enums::DraftMessage> {
    let draft = world.account(me)?.drafts.get(&place)?;
    Some(draft.clone().into())
}
