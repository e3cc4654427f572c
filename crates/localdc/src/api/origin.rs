//! Who wrote what is forwarded or answered elsewhere
//! (<https://core.telegram.org/constructor/messageFwdHeader>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Peer, Post, World, date};

/// Who wrote a message; of what was forwarded already, its first author.
pub(crate) fn origin(world: &World, post: &Post) -> types::MessageFwdHeader {
    if let Some(first) = &post.forward {
        return first.clone();
    }
    let channel_post = post.board.and_then(|(channel, id)| {
        let channel = world.channels.get(&channel)?;
        (!channel.megagroup).then_some(id)
    });
    let from = match post.sender {
        Some(channel) => Peer::Channel(channel),
        None => Peer::User(post.author),
    };
    types::MessageFwdHeader {
        from_id: Some(raw(from)),
        date: date(post.date),
        channel_post,
        post_author: post.signature.clone(),
        ..Default::default()
    }
}

/// A peer as the API writes it.
pub(crate) fn raw(peer: Peer) -> enums::Peer {
    match peer {
        Peer::User(user_id) => types::PeerUser { user_id }.into(),
        Peer::Chat(chat_id) => types::PeerChat { chat_id }.into(),
        Peer::Channel(channel_id) => types::PeerChannel { channel_id }.into(),
    }
}
