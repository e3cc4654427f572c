//! Shows groups and channels to one account.
use ferogram_sync::tl::{enums, types};

use crate::world::{Channel, Chat, Peer, Role, World, chat_admin_rights, date};

/// A channel as `viewer` sees it.
pub(crate) fn channel(world: &World, viewer: i64, id: i64) -> enums::Chat {
    let mut shown = pushed_channel(world, viewer, id);
    if let (enums::Chat::Channel(shown), Some(it)) = (&mut shown, world.channels.get(&id)) {
        shown.participants_count = i32::try_from(it.members().count()).ok();
    }
    shown
}

/// The same where it is told to many: the members are not counted for each of them.
pub(crate) fn pushed_channel(world: &World, viewer: i64, id: i64) -> enums::Chat {
    let Some(channel) = world.channels.get(&id) else {
        return types::ChatEmpty { id }.into();
    };
    let access_hash = world.channel_hash(viewer, id);
    if !channel.is_open_to(viewer, world.now()) {
        return types::ChannelForbidden {
            broadcast: !channel.megagroup,
            megagroup: channel.megagroup,
            monoforum: channel.monoforum,
            id,
            access_hash,
            title: channel.title.clone(),
            ..Default::default()
        }
        .into();
    }
    let member = channel.member(viewer);
    let role = member.map(|member| &member.role);
    let admin_rights = member.and_then(|member| member.admin_rights()).cloned();
    let banned_rights = channel.participants.get(&viewer);
    let banned_rights = banned_rights.and_then(|it| it.restrictions(world.now()));
    types::Channel {
        creator: matches!(role, Some(Role::Creator(_))),
        left: member.is_none(),
        access_hash: Some(access_hash),
        admin_rights: admin_rights.map(Into::into),
        banned_rights: banned_rights.cloned().map(Into::into),
        default_banned_rights: Some(channel.default_rights.clone().into()),
        ..public_part(channel)
    }
    .into()
}

/// Whether a group or channel is somebody's own.
pub(crate) fn is_creator(world: &World, place: Peer, user: i64) -> bool {
    match place {
        Peer::User(_) => false,
        Peer::Chat(id) => world.chats.get(&id).is_some_and(|it| it.creator == user),
        Peer::Channel(id) => {
            let it = world.channels.get(&id);
            let member = it.and_then(|it| it.member(user));
            member.is_some_and(|one| matches!(one.role, Role::Creator(_)))
        }
    }
}

/// A channel of which `viewer` is shown little (<https://core.telegram.org/api/min>).
pub(crate) fn passing_channel(world: &World, viewer: i64, id: i64) -> enums::Chat {
    match world.channels.get(&id) {
        Some(channel) if channel.is_open_to(viewer, world.now()) => types::Channel {
            min: true,
            access_hash: Some(world.min_hash(viewer, -id)),
            ..public_part(channel)
        }
        .into(),
        _ => pushed_channel(world, viewer, id),
    }
}

/// What a channel looks like to everybody.
fn public_part(channel: &Channel) -> types::Channel {
    types::Channel {
        broadcast: !channel.megagroup,
        megagroup: channel.megagroup,
        signatures: channel.signatures,
        signature_profiles: channel.profiles,
        noforwards: channel.noforwards,
        slowmode_enabled: channel.slow_mode > 0,
        has_link: channel.linked.is_some(),
        monoforum: channel.monoforum,
        broadcast_messages_allowed: channel.takes_direct,
        linked_monoforum_id: channel.direct,
        id: channel.id,
        title: channel.title.clone(),
        username: channel
            .username
            .clone()
            .filter(|_| channel.rules.usernames.is_empty()),
        usernames: usernames(channel),
        photo: channel.looks.small_photo(),
        forum: channel.forum,
        forum_tabs: channel.forum_tabs,
        has_geo: channel.looks.location.is_some(),
        join_to_send: channel.rules.join_to_send,
        join_request: channel.rules.join_request,
        autotranslation: channel.rules.auto_translation,
        emoji_status: channel.looks.emoji_status.clone(),
        color: channel.looks.color.clone(),
        profile_color: channel.looks.profile_color.clone(),
        date: date(channel.date),
        ..Default::default()
    }
}

/// All public names, where there are several: the one that can be changed, and those that were
/// bought (<https://core.telegram.org/constructor/username>).
fn usernames(channel: &Channel) -> Option<Vec<enums::Username>> {
    let bought = &channel.rules.usernames;
    let named = |(username, active): (&String, bool), editable| {
        types::Username {
            editable,
            active,
            username: username.clone(),
            ..Default::default()
        }
        .into()
    };
    let own = channel
        .username
        .iter()
        .map(|name| named((name, true), true));
    let bought = bought
        .iter()
        .map(|(name, active)| named((name, *active), false));
    let all: Vec<enums::Username> = own.chain(bought).collect();
    Some(all).filter(|_| !channel.rules.usernames.is_empty())
}

/// A photo as `viewer` sees it.
pub(crate) fn photo(world: &World, viewer: i64, photo: Option<&types::Photo>) -> enums::Photo {
    let Some(photo) = photo else {
        return types::PhotoEmpty::default().into();
    };
    types::Photo {
        access_hash: world.access_hash(viewer, photo.id),
        file_reference: world.files.references.give(world.now(), viewer, photo.id),
        ..photo.clone()
    }
    .into()
}

/// A group as `viewer` sees it.
pub(crate) fn chat(world: &World, viewer: i64, id: i64) -> enums::Chat {
    let Some(chat) = world.chats.get(&id) else {
        return types::ChatEmpty { id }.into();
    };
    if !chat.members.contains_key(&viewer) {
        return types::ChatForbidden {
            id,
            title: chat.title.clone(),
        }
        .into();
    }
    types::Chat {
        creator: chat.creator == viewer,
        deactivated: chat.migrated_to.is_some(),
        migrated_to: chat.migrated_to.map(|channel_id| {
            types::InputChannel {
                channel_id,
                access_hash: world.channel_hash(viewer, channel_id),
            }
            .into()
        }),
        id,
        title: chat.title.clone(),
        photo: chat.looks.small_photo(),
        participants_count: i32::try_from(chat.members.len()).unwrap_or(i32::MAX),
        date: date(chat.date),
        version: chat.version,
        admin_rights: chat.is_admin(viewer).then(|| chat_admin_rights().into()),
        default_banned_rights: Some(chat.default_rights.clone().into()),
        ..Default::default()
    }
    .into()
}

/// The members of a group.
pub(crate) fn participants(chat: &Chat) -> enums::ChatParticipants {
    let participants = chat.members.keys();
    let participants = participants.filter_map(|user| participant(chat, *user));
    types::ChatParticipants {
        chat_id: chat.id,
        participants: participants.collect(),
        version: chat.version,
    }
    .into()
}

/// What somebody is in a group.
pub(crate) fn participant(chat: &Chat, user_id: i64) -> Option<enums::ChatParticipant> {
    let member = chat.members.get(&user_id)?;
    let (inviter_id, date) = (member.inviter, date(member.date));
    Some(if user_id == chat.creator {
        types::ChatParticipantCreator {
            user_id,
            ..Default::default()
        }
        .into()
    } else if chat.admins.contains(&user_id) {
        types::ChatParticipantAdmin {
            user_id,
            inviter_id,
            date,
            ..Default::default()
        }
        .into()
    } else {
        types::ChatParticipant {
            user_id,
            inviter_id,
            date,
            ..Default::default()
        }
        .into()
    })
}
