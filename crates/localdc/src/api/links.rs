//! `channels.*`: links to messages (<https://core.telegram.org/api/links#message-links>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::in_thread::root_of;
use super::input;
use super::rights::channel_of;
use super::seam::Caller;

/// `channels.exportMessageLink`
/// (<https://core.telegram.org/method/channels.exportMessageLink>).
pub(crate) fn export_message_link(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ExportMessageLink,
) -> Answer<enums::ExportedMessageLink> {
    let me = caller.user.ok_or_else(unregistered)?;
    let channel = input::channel(world, me, &request.channel)?;
    let peer = Peer::Channel(channel);
    let post = world.post_at(me, peer, request.id);
    post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let root = root_of(world, me, peer, request.id);
    let place = match &channel_of(world, channel)?.username {
        Some(name) => format!("https://t.me/{name}"),
        None => format!("https://t.me/c/{channel}"),
    };
    let thread = root.filter(|_| request.thread);
    let thread = thread.map_or_else(String::new, |root| format!("?thread={root}"));
    let link = format!("{place}/{}{thread}", request.id);
    let answer: enums::ExportedMessageLink = types::ExportedMessageLink {
        html: format!(
            "<script async src=\"https://telegram.org/js\" data-telegram-post=\"{link}\">"
        ),
        link,
    }
    .into();
    Ok(answer.into())
}
