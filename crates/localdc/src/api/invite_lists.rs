//! `messages.*`: lists of links, of who has come by them, and of who asks to be let in
//! (<https://core.telegram.org/api/invites>).
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::invites::{admin_meant, own, require_inviter, shown};
use super::places::is_creator;
use super::seam::Caller;
use super::view::View;

/// The most that a page has.
const AT_ONCE: i32 = 100;

/// `messages.getExportedChatInvites`
/// (<https://core.telegram.org/method/messages.getExportedChatInvites>).
pub(crate) fn get_exported_chat_invites(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetExportedChatInvites,
) -> Answer<enums::messages::ExportedChatInvites> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let admin = admin_meant(world, me, place, &request.admin_id)?;
    let links = world.invites.of(place).into_iter();
    let links = links.filter(|it| it.admin == admin && it.revoked == request.revoked);
    let all: Vec<_> = links.collect();
    let after = request.offset_date.zip(request.offset_link.as_deref());
    let after = after.map(|(at, link)| (i64::from(at), link));
    let page = all.iter().filter(|it| match after {
        Some((at, link)) => (it.date, &*it.link()) < (at, link),
        None => true,
    });
    let page = page.take(size(request.limit));
    let invites = page.map(|it| shown(world, me, &it.hash));
    let invites = invites.collect::<Result<_, _>>()?;
    let mut view = View::new(world, me);
    view.user_peer(admin);
    let answer: enums::messages::ExportedChatInvites = types::messages::ExportedChatInvites {
        count: i32::try_from(all.len()).unwrap_or(i32::MAX),
        invites,
        users: view.shown().0,
    }
    .into();
    Ok(answer.into())
}

/// `messages.getAdminsWithInvites`
/// (<https://core.telegram.org/method/messages.getAdminsWithInvites>): for the owner.
pub(crate) fn get_admins_with_invites(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetAdminsWithInvites,
) -> Answer<enums::messages::ChatAdminsWithInvites> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    require_inviter(world, me, place)?;
    if !is_creator(world, place, me) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let mut counts: BTreeMap<i64, (i32, i32)> = BTreeMap::new();
    for invite in world.invites.of(place) {
        let counts = counts.entry(invite.admin).or_default();
        match invite.revoked {
            true => counts.1 += 1,
            false => counts.0 += 1,
        }
    }
    let mut view = View::new(world, me);
    let admins = counts.into_iter().map(|(admin_id, (good, revoked))| {
        view.user_peer(admin_id);
        types::ChatAdminWithInvites {
            admin_id,
            invites_count: good,
            revoked_invites_count: revoked,
        }
        .into()
    });
    let admins = admins.collect();
    let users = view.shown().0;
    let answer: enums::messages::ChatAdminsWithInvites =
        types::messages::ChatAdminsWithInvites { admins, users }.into();
    Ok(answer.into())
}

/// `messages.getChatInviteImporters`
/// (<https://core.telegram.org/method/messages.getChatInviteImporters>).
pub(crate) fn get_chat_invite_importers(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetChatInviteImporters,
) -> Answer<enums::messages::ChatInviteImporters> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    require_inviter(world, me, place)?;
    if request.link.is_some() && request.q.is_some() {
        return Err(bad("SEARCH_WITH_LINK_NOT_SUPPORTED"));
    }
    let link = request.link.as_deref();
    let hash = link.map(|link| own(world, me, place, link)).transpose()?;
    let mut all = match request.requested {
        true => asking(world, place, hash.as_deref()),
        false => entered(world, place, hash.as_deref()),
    };
    if let Some(query) = &request.q {
        let query = query.to_lowercase();
        all.retain(|it| {
            let account = world.account(it.user_id);
            account.is_some_and(|it| it.full_name().to_lowercase().contains(&query))
        });
    }
    if request.subscription_expired {
        all.clear();
    }
    // The newest first, and of the same second the one with the higher id.
    all.sort_by_key(|it| std::cmp::Reverse((it.date, it.user_id)));
    let count = i32::try_from(all.len()).unwrap_or(i32::MAX);
    if request.offset_date > 0 {
        let user = input::user(world, me, &request.offset_user)?.unwrap_or(i64::MAX);
        all.retain(|it| (it.date, it.user_id) < (request.offset_date, user));
    }
    all.truncate(size(request.limit));
    let mut view = View::new(world, me);
    for importer in &all {
        view.user_peer(importer.user_id);
    }
    let answer: enums::messages::ChatInviteImporters = types::messages::ChatInviteImporters {
        count,
        importers: all.into_iter().map(Into::into).collect(),
        users: view.shown().0,
    }
    .into();
    Ok(answer.into())
}

/// Who has come by a link, or by any.
fn entered(world: &World, place: Peer, hash: Option<&str>) -> Vec<types::ChatInviteImporter> {
    let links = world.invites.of(place).into_iter();
    let links = links.filter(|it| hash.is_none_or(|hash| it.hash == hash));
    let users = links.flat_map(|it| &it.users);
    let importers = users.map(|one| types::ChatInviteImporter {
        user_id: one.user,
        date: date(one.date),
        approved_by: one.approved_by,
        ..Default::default()
    });
    importers.collect()
}

/// Who asks to be let in, by a link or by any.
fn asking(world: &World, place: Peer, hash: Option<&str>) -> Vec<types::ChatInviteImporter> {
    let asking = world.invites.asking(place).into_iter();
    let asking = asking.filter(|(_, it)| hash.is_none() || it.hash.as_deref() == hash);
    let importers = asking.map(|(user_id, it)| types::ChatInviteImporter {
        requested: true,
        user_id,
        date: date(it.date),
        about: world.account(user_id).and_then(|it| it.about.clone()),
        ..Default::default()
    });
    importers.collect()
}

fn size(limit: i32) -> usize {
    usize::try_from(limit.clamp(0, AT_ONCE)).unwrap_or(0)
}
