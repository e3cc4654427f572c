//! `channels.getAdminLog`: what was done in a channel
//! (<https://core.telegram.org/api/recent-actions>).
use ferogram_sync::tl::types::ChannelAdminLogEventsFilter as Filter;
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Logged, Peer, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::rights::channel_of;
use super::seam::Caller;
use super::view::View;

/// The most that a page has.
const AT_ONCE: i32 = 100;

/// `channels.getAdminLog` (<https://core.telegram.org/method/channels.getAdminLog>).
pub(crate) fn get_admin_log(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetAdminLog,
) -> Answer<enums::channels::AdminLogResults> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = channel_of(world, id)?;
    if it.admin(me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let mut admins = Vec::new();
    for admin in request.admins.iter().flatten() {
        admins.extend(input::user(world, me, admin)?);
    }
    let filter = request.events_filter.map(|filter| {
        let enums::ChannelAdminLogEventsFilter::Filter(filter) = filter;
        filter
    });
    let limit = usize::try_from(request.limit.clamp(0, AT_ONCE)).unwrap_or(0);
    let query = request.q.to_lowercase();
    let found = it.admin_log.newest_first().filter(|event| {
        (request.max_id == 0 || event.id < request.max_id)
            && event.id > request.min_id
            && (request.admins.is_none() || admins.contains(&event.user))
            && filter.as_ref().is_none_or(|it| lets(it, event))
            && (query.is_empty() || mentions(world, event, &query))
    });
    let mut view = View::new(world, me);
    view.peer(Peer::Channel(id));
    let events = found.take(limit).map(|event| {
        view.user_peer(event.user);
        for name in &event.names {
            view.peer(*name);
        }
        types::ChannelAdminLogEvent {
            id: event.id,
            date: date(event.date),
            user_id: event.user,
            action: event.action.clone(),
        }
        .into()
    });
    let events = events.collect();
    let (users, chats) = view.shown();
    let answer: enums::channels::AdminLogResults = types::channels::AdminLogResults {
        events,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// Whether the words stand in what an event says, or in a name.
fn mentions(world: &World, event: &Logged, query: &str) -> bool {
    let users = event.names.iter().filter_map(|name| match name {
        Peer::User(user) => Some(*user),
        _ => None,
    });
    let mut users = users.chain([event.user]);
    let named = users.any(|user| {
        let account = world.account(user);
        account.is_some_and(|it| it.full_name().to_lowercase().contains(query))
    });
    named || format!("{:?}", event.action).to_lowercase().contains(query)
}

/// Whether a filter lets an event through
/// (<https://core.telegram.org/constructor/channelAdminLogEventsFilter>).
fn lets(filter: &Filter, event: &Logged) -> bool {
    use enums::ChannelAdminLogEventAction as A;
    match &event.action {
        A::ParticipantJoin | A::ParticipantJoinByInvite(_) => filter.join,
        A::ParticipantJoinByRequest(_) => filter.join || filter.invites,
        A::ParticipantLeave => filter.leave,
        A::ParticipantInvite(_) => filter.invite,
        A::ParticipantToggleBan(it) => {
            let (old, new) = (bans(&it.prev_participant), bans(&it.new_participant));
            match (old, new) {
                (Bans::Out, Bans::Out) => filter.kick || filter.ban,
                (_, Bans::Out) => filter.kick,
                (Bans::Out, _) => filter.unkick,
                (_, Bans::Some) => filter.ban,
                (_, Bans::None) => filter.unban,
            }
        }
        A::ParticipantToggleAdmin(it) => match is_admin(&it.new_participant) {
            true => filter.promote,
            false => filter.demote,
        },
        A::ChangeTitle(_) | A::ChangeAbout(_) | A::ChangeUsername(_) | A::ChangeUsernames(_) => {
            filter.info
        }
        A::ChangePhoto(_) | A::ChangeStickerSet(_) | A::ChangeLocation(_) => filter.info,
        A::ChangePeerColor(_) | A::ChangeProfilePeerColor(_) => filter.info,
        A::ChangeLinkedChat(_) => filter.info,
        A::UpdatePinned(_) => filter.pinned,
        A::EditMessage(_) | A::StopPoll(_) => filter.edit,
        A::DeleteMessage(_) => filter.delete,
        A::SendMessage(_) => filter.send,
        A::ExportedInviteDelete(_) | A::ExportedInviteEdit(_) | A::ExportedInviteRevoke(_) => {
            filter.invites
        }
        A::CreateTopic(_) | A::EditTopic(_) | A::DeleteTopic(_) | A::PinTopic(_) => filter.forums,
        A::ToggleForum(_) => filter.forums,
        A::ParticipantEditRank(_) => filter.edit_rank,
        A::ParticipantSubExtend(_) => filter.sub_extend,
        _ => filter.settings,
    }
}

/// What somebody must not do.
enum Bans {
    None,
    Some,
    Out,
}

fn bans(participant: &enums::ChannelParticipant) -> Bans {
    match participant {
        enums::ChannelParticipant::Banned(it) => {
            let enums::ChatBannedRights::Rights(rights) = &it.banned_rights;
            match rights.view_messages {
                true => Bans::Out,
                false => Bans::Some,
            }
        }
        _ => Bans::None,
    }
}

pub(super) fn is_admin(participant: &enums::ChannelParticipant) -> bool {
    matches!(
        participant,
        enums::ChannelParticipant::Admin(_) | enums::ChannelParticipant::Creator(_)
    )
}

/// Notes what was done, where it is a channel that it was done in.
pub(super) fn note(
    world: &mut World,
    place: Peer,
    actor: i64,
    action: impl Into<enums::ChannelAdminLogEventAction>,
    names: &[Peer],
) {
    if let Peer::Channel(id) = place {
        world.log_admin(id, actor, action.into(), names);
    }
}

/// What a change of one participant is called.
pub(super) fn change_of(
    (actor, user): (i64, i64),
    prev: Option<enums::ChannelParticipant>,
    new: Option<enums::ChannelParticipant>,
) -> Option<enums::ChannelAdminLogEventAction> {
    let left = || {
        let peer = types::PeerUser { user_id: user }.into();
        types::ChannelParticipantLeft { peer }.into()
    };
    let (was, is) = (prev.is_some(), new.is_some());
    let (prev, new) = (prev.unwrap_or_else(left), new.unwrap_or_else(left));
    let banned = |it: &enums::ChannelParticipant| !matches!(bans(it), Bans::None);
    if banned(&prev) || banned(&new) {
        return Some(
            types::ChannelAdminLogEventActionParticipantToggleBan {
                prev_participant: prev,
                new_participant: new,
            }
            .into(),
        );
    }
    if is_admin(&prev) || is_admin(&new) {
        return Some(
            types::ChannelAdminLogEventActionParticipantToggleAdmin {
                prev_participant: prev,
                new_participant: new,
            }
            .into(),
        );
    }
    match (was, is) {
        (false, true) if actor == user => Some(enums::ChannelAdminLogEventAction::ParticipantJoin),
        (false, true) => {
            Some(types::ChannelAdminLogEventActionParticipantInvite { participant: new }.into())
        }
        (true, false) => Some(enums::ChannelAdminLogEventAction::ParticipantLeave),
        _ => None,
    }
}
