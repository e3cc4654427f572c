//! Who may write to whom, and who may take a message away.
use crate::world::{Peer, SERVICE_USER, World};

use super::errors::{bad, forbidden, unregistered};
use super::seam::RpcError;

/// Whether `me` may write to a conversation.
pub(crate) fn may_write(world: &World, me: i64, peer: Peer) -> Result<(), RpcError> {
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
pub(crate) fn may_revoke(world: &World, me: i64, id: i32) -> Result<(), RpcError> {
    let entry = world
        .account(me)
        .and_then(|account| account.mailbox.entry(id));
    let Some(entry) = entry else {
        return Ok(());
    };
    let Peer::Chat(chat) = entry.peer else {
        return Ok(());
    };
    let creator = world
        .chats
        .get(&chat)
        .is_some_and(|chat| chat.creator == me);
    if entry.out || creator {
        return Ok(());
    }
    Err(forbidden("MESSAGE_DELETE_FORBIDDEN"))
}
