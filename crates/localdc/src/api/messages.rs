//! `messages.*`: changing, deleting and reading messages that are there. What writes new ones is in
//! `sending`, what shows them in `history` and `dialogs`, what has to do with groups in `groups`.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Peer, Told, World};

use super::admin_log::note;
use super::done::{Answer, Done};
use super::edited::{closes, edited};
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::poll_shown;
use super::polls;
use super::push::{done, own, tell};
use super::rights::{may_edit, may_revoke};
use super::scheduled;
use super::seam::Caller;
use super::view::View;

/// Messages that one call may delete.
const DELETED_AT_ONCE: usize = 1000;

/// `messages.editMessage` (<https://core.telegram.org/method/messages.editMessage>).
pub(crate) fn edit_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditMessage,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.quick_reply_shortcut_id.is_some() {
        return Err(unsupported("quick_reply_shortcut_id"));
    }
    if request.schedule_date.is_some() {
        return scheduled::edit(world, caller, request);
    }
    let peer = input::peer(world, me, &request.peer)?;
    let spot = world.spot(me, peer, request.id);
    let spot = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    may_edit(world, me, &spot)?;
    let found = world.posts.get(&spot.post).and_then(|post| post.text());
    let old = found.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    // What brings a keyboard in the place of the letters, or takes it away, stays as it is
    // (<https://core.telegram.org/bots/api#updating-messages>).
    let inline =
        |markup: &enums::ReplyMarkup| matches!(markup, enums::ReplyMarkup::ReplyInlineMarkup(_));
    if !old.markup.as_ref().is_none_or(inline) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let old = old.clone();
    let id = request.id;
    let poll = poll_shown::id_of(&old).filter(|_| closes(request.media.as_ref()));
    let (new, changed) = edited(world, me, &old, request)?;
    if new == old && !changed {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let prev_message = View::new(world, me).message_in(peer, id);
    let told = world.edit(spot.post, Content::Text(new));
    let action = types::ChannelAdminLogEventActionEditMessage {
        prev_message,
        new_message: View::new(world, me).message_in(peer, id),
    };
    note(world, peer, me, action, &[]);
    let own = own(&told, me).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let mut answer = done(world, &[own]);
    let pushes = tell(world, caller, &told);
    // Clients read how a poll has ended out of the first update.
    if let (Some(poll), enums::Updates::Updates(all)) = (poll, &mut answer) {
        let mut view = View::new(world, me);
        let ended = polls::shown(world, &mut view, me, peer, (id, poll));
        all.updates.splice(0..0, ended);
    }
    Ok(Done::from(answer).pushing(pushes))
}

/// `messages.deleteMessages` (<https://core.telegram.org/method/messages.deleteMessages>).
pub(crate) fn delete_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteMessages,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.id.len() > DELETED_AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    if request.revoke {
        for id in &request.id {
            may_revoke(world, me, *id)?;
        }
    }
    let told = world.delete(me, &request.id, request.revoke);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(affected(world, me, &told)).pushing(pushes))
}

/// `messages.readHistory` (<https://core.telegram.org/method/messages.readHistory>).
pub(crate) fn read_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadHistory,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    if matches!(peer, Peer::Channel(_)) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let told = world.read(me, peer, request.max_id);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(affected(world, me, &told)).pushing(pushes))
}

/// By how much a call has moved the caller's box on.
fn affected(world: &World, me: i64, told: &[Told]) -> enums::messages::AffectedMessages {
    let now = world.account(me).map_or(0, |account| account.mailbox.pts());
    let (pts, pts_count) = own(told, me).map_or((now, 0), |own| (own.event.pts, own.event.count));
    types::messages::AffectedMessages { pts, pts_count }.into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::super::help::EDIT_TIME;
    use super::*;

    #[test]
    fn only_the_author_edits_and_only_for_a_time() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.ask(alice, &town.text(alice, bob, "hello", 1));
        let edit = |town: &Town, me, other, message: &str| functions::messages::EditMessage {
            peer: town.peer(me, other),
            id: 1,
            message: Some(message.to_owned()),
            ..Default::default()
        };
        let caller = town.caller(alice);
        let foreign = edit(&town, bob, alice, "x");
        assert_eq!(
            town.refused(&town.caller(bob), &foreign),
            "MESSAGE_AUTHOR_REQUIRED"
        );
        let same = edit(&town, alice, bob, "hello");
        assert_eq!(town.refused(&caller, &same), "MESSAGE_NOT_MODIFIED");
        let missing = functions::messages::EditMessage {
            id: 9,
            ..same.clone()
        };
        assert_eq!(town.refused(&caller, &missing), "MESSAGE_ID_INVALID");
        let new = edit(&town, alice, bob, "bye");
        let called = town.call(&caller, &new).expect("edited");
        assert_eq!(called.reply.pushes.len(), 2);
        town.now += EDIT_TIME + 1;
        let late = edit(&town, alice, bob, "late");
        assert_eq!(town.refused(&caller, &late), "MESSAGE_EDIT_TIME_EXPIRED");
    }
}
