//! `updates.getChannelDifference`: what a client has missed of one channel
//! (<https://core.telegram.org/api/updates#recovering-gaps>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Event, Happening, Missed, Peer, World, digest};

use super::dialogs::dialog;
use super::done::Answer;
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::rights::channel_of;
use super::seam::Caller;
use super::view::View;

/// Events that one call may ask for (<https://core.telegram.org/method/updates.getChannelDifference>).
const USERS_MAX: i32 = 100;
const BOTS_MAX: i32 = 100_000;

/// Messages that come with the word that it is too much.
const LATEST: usize = 20;

/// After how many seconds a client that shows the channel asks again.
const TIMEOUT: i32 = 30;

/// `updates.getChannelDifference`: exactly what happened after the state that the client has, in
/// parts if it is much; if the channel does not know any more, the latest messages.
pub(crate) fn get_channel_difference(
    world: &mut World,
    caller: &Caller,
    request: functions::updates::GetChannelDifference,
) -> Answer<enums::updates::ChannelDifference> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    if !matches!(request.filter, enums::ChannelMessagesFilter::Empty) {
        return Err(unsupported("filter"));
    }
    let channel = channel_of(world, id)?;
    let board = &channel.board;
    if request.pts == 0 {
        return Err(bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    if request.pts < 0 || request.pts > board.pts() {
        return Err(bad("PERSISTENT_TIMESTAMP_INVALID"));
    }
    let bot = world.account(me).is_some_and(|account| account.is_bot());
    let most = if bot { BOTS_MAX } else { USERS_MAX };
    if request.limit <= 0 {
        return Err(bad("LIMIT_INVALID"));
    }
    Ok(
        match board.log().missed(request.pts, request.limit.min(most)) {
            Missed::TooLong => too_long(world, me, channel).into(),
            Missed::Events { events, .. } if events.is_empty() => {
                let empty = types::updates::ChannelDifferenceEmpty {
                    r#final: true,
                    pts: board.pts(),
                    timeout: Some(TIMEOUT),
                };
                enums::updates::ChannelDifference::from(empty).into()
            }
            Missed::Events { events, complete } => {
                difference(world, me, channel, events, complete).into()
            }
        },
    )
}

fn difference(
    world: &World,
    me: i64,
    channel: &Channel,
    events: Vec<Event>,
    complete: bool,
) -> enums::updates::ChannelDifference {
    let pts = events.last().map_or(channel.board.pts(), |event| event.pts);
    let told = |id: i32| channel.shows(me, id) && world.is_told(me, channel, id);
    let (new, others) = digest(events, told);
    let mut view = View::new(world, me);
    let peer = Peer::Channel(channel.id);
    view.peer(peer);
    let new_messages = new.into_iter().map(|id| view.message_in(peer, id));
    let new_messages = new_messages.collect();
    // Messages that were edited before the client could see them do not concern it.
    let seen = |event: &&Event| !matches!(event.what, Happening::Edited(id) if !told(id));
    let others = others.iter().filter(seen);
    let other_updates = others.map(|event| view.channel_update(channel.id, event));
    let other_updates = other_updates.collect();
    let (users, chats) = view.shown();
    types::updates::ChannelDifference {
        r#final: complete,
        pts,
        timeout: complete.then_some(TIMEOUT),
        new_messages,
        other_updates,
        chats,
        users,
    }
    .into()
}

/// How the channel stands, and its latest messages.
fn too_long(world: &World, me: i64, channel: &Channel) -> enums::updates::ChannelDifference {
    let mut view = View::new(world, me);
    let peer = Peer::Channel(channel.id);
    let ids = channel.visible_to(me).iter().rev().take(LATEST);
    let messages = ids.map(|id| view.message_in(peer, *id)).collect();
    let dialog = match world.account(me) {
        Some(account) => dialog(world, account, &mut view, peer),
        None => types::Dialog::default(),
    };
    let (users, chats) = view.shown();
    types::updates::ChannelDifferenceTooLong {
        r#final: true,
        timeout: Some(TIMEOUT),
        dialog: dialog.into(),
        messages,
        chats,
        users,
    }
    .into()
}
