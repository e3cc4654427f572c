//! `messages.*`: what belongs to one message that all others answer
//! (<https://core.telegram.org/api/threads>).
use ferogram_sync::tl::{enums, functions};

use crate::world::{Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::history::{Place, Shelf};
use super::in_thread::{is_in_thread, thread_of};
use super::input;
use super::page::Window;
use super::seam::Caller;

/// `messages.getReplies` (<https://core.telegram.org/method/messages.getReplies>).
pub(crate) fn get_replies(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetReplies,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    if !matches!(peer, Peer::Channel(_)) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let (peer, root) = thread_of(world, me, peer, request.msg_id);
    if world.spot(me, peer, root).is_none() {
        return Err(bad("MSG_ID_INVALID"));
    }
    let window = Window {
        offset_id: request.offset_id,
        offset_date: request.offset_date,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let place = Place::Peer(peer);
    let shelf = Shelf { world, me, place };
    let mut list = shelf.ids().into_owned();
    list.retain(|id| *id != root && is_in_thread(world, me, peer, (*id, root)));
    let page = window.cut(&list, |id| shelf.sent(id));
    Ok(shelf.page(&page, list.len(), window.is_plain()).into())
}
