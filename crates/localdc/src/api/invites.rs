//! `messages.*`: links by which people come into groups and channels, made, changed and revoked
//! (<https://core.telegram.org/api/invites>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Invite, Peer, World, date};

use super::admin_log::note;
use super::direct;
use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered};
use super::input;
use super::places::is_creator;
use super::seam::{Caller, RpcError};
use super::view::View;

/// The people that a link may let in at most (`chat_invite_usage_limit`, as clients know it).
const USAGE_MAX: i32 = 99_999;

/// The letters that the title of a link may have.
const TITLE_LENGTH: usize = 32;

/// The only time for which a subscription lasts
/// (<https://core.telegram.org/constructor/starsSubscriptionPricing>).
const SUBSCRIPTION_PERIOD: i32 = 30 * 24 * 3600;

/// `messages.exportChatInvite` (<https://core.telegram.org/method/messages.exportChatInvite>).
pub(crate) fn export_chat_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ExportChatInvite,
) -> Answer<enums::ExportedChatInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    if let Peer::Channel(id) = place {
        direct::refuse(world, id)?;
    }
    require_inviter(world, me, place)?;
    if request.legacy_revoke_permanent {
        for hash in permanent(world, me, place) {
            if let Some(invite) = world.invites.get_mut(&hash) {
                invite.revoked = true;
            }
        }
        let hash = world.permanent_invite(place, me);
        return Ok(Done::from(shown(world, me, &hash)?));
    }
    let mut invite = world.new_invite(place, me);
    let now = world.now();
    invite.expires = request.expire_date.map(i64::from);
    if invite.expires.is_some_and(|at| at <= now) {
        return Err(bad("EXPIRE_DATE_INVALID"));
    }
    invite.limit = request.usage_limit;
    invite.request_needed = request.request_needed;
    invite.title = checked_title(request.title);
    check_limit(&invite)?;
    if let Some(enums::StarsSubscriptionPricing::Pricing(pricing)) = request.subscription_pricing {
        let broadcast = match place {
            Peer::Channel(id) => world.channels.get(&id).is_some_and(|it| !it.megagroup),
            _ => false,
        };
        if !broadcast || pricing.amount <= 0 {
            return Err(bad("PRICING_CHAT_INVALID"));
        }
        if pricing.period != SUBSCRIPTION_PERIOD {
            return Err(bad("SUBSCRIPTION_PERIOD_INVALID"));
        }
        invite.pricing = Some(pricing);
    }
    let hash = invite.hash.clone();
    world.invites.add(invite);
    Ok(Done::from(shown(world, me, &hash)?))
}

/// `messages.getExportedChatInvite`
/// (<https://core.telegram.org/method/messages.getExportedChatInvite>).
pub(crate) fn get_exported_chat_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetExportedChatInvite,
) -> Answer<enums::messages::ExportedChatInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let hash = own(world, me, place, &request.link)?;
    Ok(answer(world, me, &hash)?.into())
}

/// `messages.editExportedChatInvite`
/// (<https://core.telegram.org/method/messages.editExportedChatInvite>).
pub(crate) fn edit_exported_chat_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditExportedChatInvite,
) -> Answer<enums::messages::ExportedChatInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let hash = own(world, me, place, &request.link)?;
    let old = shown(world, me, &hash)?;
    let mut invite = world.invites.get(&hash).ok_or_else(expired)?.clone();
    let bots = world.account(invite.admin).is_some_and(|it| it.is_bot());
    if bots && invite.admin != me {
        return Err(forbidden("EDIT_BOT_INVITE_FORBIDDEN"));
    }
    if invite.revoked {
        return Err(expired());
    }
    if request.revoked {
        return revoke(world, me, place, invite);
    }
    let changes = request.expire_date.is_some()
        || request.usage_limit.is_some()
        || request.request_needed.is_some()
        || request.title.is_some();
    if invite.permanent && changes {
        return Err(bad("CHAT_INVITE_PERMANENT"));
    }
    let now = world.now();
    if let Some(at) = request.expire_date {
        if at != 0 && i64::from(at) <= now {
            return Err(bad("EXPIRE_DATE_INVALID"));
        }
        invite.expires = (at != 0).then_some(i64::from(at));
        invite.start = Some(now);
    }
    if let Some(limit) = request.usage_limit {
        invite.limit = (limit != 0).then_some(limit);
    }
    invite.request_needed = request.request_needed.unwrap_or(invite.request_needed);
    if request.title.is_some() {
        invite.title = checked_title(request.title);
    }
    check_limit(&invite)?;
    world.invites.add(invite);
    let new = shown(world, me, &hash)?;
    let action = types::ChannelAdminLogEventActionExportedInviteEdit {
        prev_invite: old,
        new_invite: new,
    };
    note(world, place, me, action, &[]);
    Ok(answer(world, me, &hash)?.into())
}

/// Revokes a link; another one takes the place of what every administrator has.
fn revoke(
    world: &mut World,
    me: i64,
    place: Peer,
    mut invite: Invite,
) -> Answer<enums::messages::ExportedChatInvite> {
    invite.revoked = true;
    let (hash, admin, permanent) = (invite.hash.clone(), invite.admin, invite.permanent);
    world.invites.add(invite);
    let invite = shown(world, me, &hash)?;
    let action = types::ChannelAdminLogEventActionExportedInviteRevoke {
        invite: invite.clone(),
    };
    note(world, place, me, action, &[]);
    if !permanent {
        return Ok(answer(world, me, &hash)?.into());
    }
    let other = world.permanent_invite(place, admin);
    let mut view = View::new(world, me);
    view.user_peer(admin);
    let answer: enums::messages::ExportedChatInvite = types::messages::ExportedChatInviteReplaced {
        invite,
        new_invite: shown(world, me, &other)?,
        users: view.shown().0,
    }
    .into();
    Ok(answer.into())
}

/// `messages.deleteExportedChatInvite`
/// (<https://core.telegram.org/method/messages.deleteExportedChatInvite>).
pub(crate) fn delete_exported_chat_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteExportedChatInvite,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let hash = own(world, me, place, &request.link)?;
    delete(world, me, place, &hash)?;
    Ok(true.into())
}

/// `messages.deleteRevokedExportedChatInvites`
/// (<https://core.telegram.org/method/messages.deleteRevokedExportedChatInvites>).
pub(crate) fn delete_revoked_exported_chat_invites(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteRevokedExportedChatInvites,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let admin = admin_meant(world, me, place, &request.admin_id)?;
    let links = world.invites.of(place).into_iter();
    let links = links.filter(|it| it.admin == admin && it.revoked);
    let links: Vec<String> = links.map(|it| it.hash.clone()).collect();
    for hash in links {
        delete(world, me, place, &hash)?;
    }
    Ok(true.into())
}

fn delete(world: &mut World, me: i64, place: Peer, hash: &str) -> Result<(), RpcError> {
    let invite = shown(world, me, hash)?;
    if !world.invites.get(hash).is_some_and(|it| it.revoked) {
        return Err(bad("INVITE_REVOKED_MISSING"));
    }
    world.invites.remove(hash);
    let action = types::ChannelAdminLogEventActionExportedInviteDelete { invite };
    note(world, place, me, action, &[]);
    Ok(())
}

/// Whether `me` lets others into a chat by links.
pub(super) fn require_inviter(world: &World, me: i64, place: Peer) -> Result<(), RpcError> {
    let may = match place {
        Peer::User(_) => return Err(bad("PEER_ID_INVALID")),
        Peer::Chat(id) => {
            let chat = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
            chat.migrated_to.is_none() && chat.is_admin(me)
        }
        Peer::Channel(id) => {
            let it = world.channels.get(&id);
            it.is_some_and(|it| it.may(me, |rights| rights.invite_users))
        }
    };
    may.then_some(()).ok_or_else(|| bad("CHAT_ADMIN_REQUIRED"))
}

/// The administrator whose links are meant: the owner may mean anybody, others themselves.
pub(super) fn admin_meant(
    world: &World,
    me: i64,
    place: Peer,
    admin: &enums::InputUser,
) -> Result<i64, RpcError> {
    require_inviter(world, me, place)?;
    let wrong = || bad("ADMIN_ID_INVALID");
    let admin = input::user(world, me, admin).map_err(|_| wrong())?;
    let admin = admin.ok_or_else(wrong)?;
    match admin == me || is_creator(world, place, me) {
        true => Ok(admin),
        false => Err(bad("CHAT_ADMIN_REQUIRED")),
    }
}

/// What a link ends with, which has to be one into this chat, and to be `me`'s business.
pub(super) fn own(world: &World, me: i64, place: Peer, link: &str) -> Result<String, RpcError> {
    require_inviter(world, me, place)?;
    let hash = link.rsplit(['/', '+']).next().unwrap_or_default();
    let invite = world.invites.get(hash).filter(|it| it.place == place);
    let invite = invite.ok_or_else(expired)?;
    match invite.admin == me || is_creator(world, place, me) {
        true => Ok(invite.hash.clone()),
        false => Err(bad("CHAT_ADMIN_REQUIRED")),
    }
}

fn permanent(world: &World, me: i64, place: Peer) -> Vec<String> {
    let links = world.invites.of(place).into_iter();
    let links = links.filter(|it| it.admin == me && it.permanent && !it.revoked);
    links.map(|it| it.hash.clone()).collect()
}

fn answer(
    world: &World,
    me: i64,
    hash: &str,
) -> Result<enums::messages::ExportedChatInvite, RpcError> {
    let invite = shown(world, me, hash)?;
    let mut view = View::new(world, me);
    if let Some(invite) = world.invites.get(hash) {
        view.user_peer(invite.admin);
    }
    let users = view.shown().0;
    Ok(types::messages::ExportedChatInvite { invite, users }.into())
}

/// A link as `me` sees it: of another administrator's, the owner alone sees all of it.
pub(super) fn shown(
    world: &World,
    me: i64,
    hash: &str,
) -> Result<enums::ExportedChatInvite, RpcError> {
    let invite = world.invites.get(hash).ok_or_else(expired)?;
    let whole = invite.admin == me || is_creator(world, invite.place, me);
    let link = match whole {
        true => invite.link(),
        false => format!("{}...", invite.link().chars().take(20).collect::<String>()),
    };
    let count = |count: usize| i32::try_from(count).ok().filter(|count| *count > 0);
    let waiting = world.invites.asking(invite.place).into_iter();
    let waiting = waiting.filter(|(_, it)| it.hash.as_deref() == Some(hash));
    Ok(types::ChatInviteExported {
        revoked: invite.revoked,
        permanent: invite.permanent,
        request_needed: invite.request_needed,
        link,
        admin_id: invite.admin,
        date: date(invite.date),
        start_date: invite.start.map(date),
        expire_date: invite.expires.map(date),
        usage_limit: invite.limit,
        usage: count(invite.users.len()),
        requested: count(waiting.count()),
        title: invite.title.clone(),
        subscription_pricing: invite.pricing.clone().map(Into::into),
        ..Default::default()
    }
    .into())
}

fn check_limit(invite: &Invite) -> Result<(), RpcError> {
    let fits = |limit: i32| (1..=USAGE_MAX).contains(&limit) && !invite.request_needed;
    match invite.limit.is_none_or(fits) {
        true => Ok(()),
        false => Err(bad("USAGE_LIMIT_INVALID")),
    }
}

fn checked_title(title: Option<String>) -> Option<String> {
    let title: String = title?.trim().chars().take(TITLE_LENGTH).collect();
    Some(title).filter(|title| !title.is_empty())
}

pub(super) fn expired() -> RpcError {
    bad("INVITE_HASH_EXPIRED")
}
