//! Messages that are kept as quick replies, instead of being sent
//! (<https://core.telegram.org/api/business#quick-reply-shortcuts>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Letter, Peer, Waiting, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::push::container;
use super::seam::{Caller, RpcError};
use super::view::View;

/// The letters of a name, and how many there may be (`quick_replies_limit`).
const NAME_MAX: usize = 32;
const LIST_MAX: usize = 100;

/// Whether something may be a name.
pub(crate) fn check_name(name: &str) -> Result<(), RpcError> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    match (1..=NAME_MAX).contains(&name.chars().count()) && name.chars().all(is_letter) {
        true => Ok(()),
        false => Err(bad("SHORTCUT_INVALID")),
    }
}

/// Keeps a message as a quick reply, instead of sending it.
pub(crate) fn put(
    world: &mut World,
    caller: &Caller,
    shortcut: &enums::InputQuickReplyShortcut,
    (peer, letter): (Peer, Letter),
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    if peer != Peer::User(me) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let waiting = Waiting::new(me, peer, (world.date(), None), letter);
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let shortcuts = &mut account.shortcuts;
    let (id, is_new) = match shortcut {
        enums::InputQuickReplyShortcut::Shortcut(it) => {
            check_name(&it.shortcut)?;
            let is_new = !shortcuts.has(&it.shortcut);
            if is_new && shortcuts.list.len() >= LIST_MAX {
                return Err(bad("QUICK_REPLIES_TOO_MUCH"));
            }
            (shortcuts.named(&it.shortcut), is_new)
        }
        enums::InputQuickReplyShortcut::Id(it) => (it.shortcut_id, false),
        _ => return Err(bad("SHORTCUT_INVALID")),
    };
    let message_id = shortcuts.add(id, waiting);
    let message_id = message_id.ok_or_else(|| bad("SHORTCUT_INVALID"))?;
    let mut view = View::new(world, me);
    let message = view.kept(id, message_id);
    let mut updates: Vec<enums::Update> = Vec::new();
    if is_new && let Some(quick_reply) = shown(world, me, id) {
        updates.push(types::UpdateNewQuickReply { quick_reply }.into());
    }
    updates.push(types::UpdateQuickReplyMessage { message }.into());
    Ok(container(world, view, updates).into())
}

/// A quick reply as its owner is shown it.
pub(crate) fn shown(world: &World, me: i64, id: i32) -> Option<enums::QuickReply> {
    let it = world.account(me)?.shortcuts.get(id)?;
    Some(
        types::QuickReply {
            shortcut_id: id,
            shortcut: it.name.clone(),
            top_message: it.messages.keys().next_back().copied().unwrap_or(0),
            count: i32::try_from(it.messages.len()).unwrap_or(i32::MAX),
        }
        .into(),
    )
}
