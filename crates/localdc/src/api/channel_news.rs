//! What is told of a channel that has changed.
use ferogram_sync::tl::{enums, types};

use crate::world::{Peer, Told, World};

use super::done::Done;
use super::push::{carried, container, tell};
use super::seam::{Caller, Push};
use super::view::View;

/// The answer to a call that has changed a channel: what was put up there, and the channel as it is
/// now. The caller's other sessions are told that it has changed.
pub(super) fn changed(
    world: &World,
    caller: &Caller,
    me: i64,
    id: i64,
    told: &[Told],
) -> Done<enums::Updates> {
    let mut view = View::new(world, me);
    view.peer(Peer::Channel(id));
    let mut updates: Vec<enums::Update> = vec![types::UpdateChannel { channel_id: id }.into()];
    let own = told.iter().filter(|told| told.user == me);
    updates.extend(own.map(|told| view.told(told)));
    let answer = container(world, view, updates);
    let mut pushes = tell(world, caller, told);
    pushes.push(Push {
        except: Some(caller.session),
        ..coming(world, me, id)
    });
    Done::from(answer).pushing(pushes)
}

/// Tells somebody that a channel is not to them what it was: they have come in, for instance.
pub(crate) fn coming(world: &World, user: i64, channel_id: i64) -> Push {
    let mut view = View::new(world, user);
    view.peer(Peer::Channel(channel_id));
    let updates = vec![types::UpdateChannel { channel_id }.into()];
    carried(user, container(world, view, updates))
}
