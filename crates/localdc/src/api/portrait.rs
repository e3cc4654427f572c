//! What an account shows of itself, and to whom (<https://core.telegram.org/api/privacy>).
use ferogram_sync::tl::enums::{InputPrivacyKey as Key, PrivacyRule as Rule};
use ferogram_sync::tl::{enums, types};

use crate::world::{Account, NotifyFor, Peer, World};

use super::media::photo_for;

/// Whether `viewer` may see or do something of `owner`'s. Rules that name people or groups come
/// before those for contacts and the like, and those for all come last; what no rule speaks of is
/// as `otherwise` says, where nobody has set rules.
pub(super) fn may(world: &World, owner: i64, viewer: i64, key: &Key, otherwise: bool) -> bool {
    let Some(account) = world.account(owner) else {
        return false;
    };
    let rules = account.preferences.privacy.iter();
    let mut rules = rules.filter(|(it, _)| it == key);
    let Some((_, rules)) = rules.next() else {
        return otherwise || owner == viewer;
    };
    owner == viewer || judge(world, account, viewer, rules)
}

fn judge(world: &World, account: &Account, viewer: i64, rules: &[Rule]) -> bool {
    let is_contact = account.contacts.contains_key(&viewer);
    let is_friend = account.preferences.close_friends.contains(&viewer);
    let of_viewer = world.account(viewer);
    let is_bot = of_viewer.is_some_and(Account::is_bot);
    let is_premium = of_viewer.is_some_and(|it| it.personal.premium);
    let is_member = |chats: &[i64]| {
        let mut chats = chats.iter();
        chats.any(|id| match world.chats.get(id) {
            Some(group) => group.members.contains_key(&viewer),
            None => {
                let channel = world.channels.get(id);
                channel.is_some_and(|it| it.member(viewer).is_some())
            }
        })
    };
    let named = rules.iter().find_map(|rule| match rule {
        Rule::PrivacyValueAllowUsers(it) => it.users.contains(&viewer).then_some(true),
        Rule::PrivacyValueDisallowUsers(it) => it.users.contains(&viewer).then_some(false),
        _ => None,
    });
    let of_group = rules.iter().find_map(|rule| match rule {
        Rule::PrivacyValueAllowChatParticipants(it) => is_member(&it.chats).then_some(true),
        Rule::PrivacyValueDisallowChatParticipants(it) => is_member(&it.chats).then_some(false),
        _ => None,
    });
    let of_kind = rules.iter().find_map(|rule| match rule {
        Rule::PrivacyValueAllowContacts => is_contact.then_some(true),
        Rule::PrivacyValueDisallowContacts => is_contact.then_some(false),
        Rule::PrivacyValueAllowCloseFriends => is_friend.then_some(true),
        Rule::PrivacyValueAllowPremium => is_premium.then_some(true),
        Rule::PrivacyValueAllowBots => is_bot.then_some(true),
        Rule::PrivacyValueDisallowBots => is_bot.then_some(false),
        _ => None,
    });
    let all = rules
        .iter()
        .any(|rule| matches!(rule, Rule::PrivacyValueAllowAll));
    named.or(of_group).or(of_kind).unwrap_or(all)
}

/// Adds to a user what the account shows of itself beside its name, and takes away what is private.
pub(super) fn dress(world: &World, viewer: i64, account: &Account, user: &mut types::User) {
    let own = &account.personal;
    let is_open = |key: &Key| may(world, account.id, viewer, key, true);
    user.premium = own.premium;
    if let Some(inline) = &own.inline {
        user.bot_inline_geo = inline.location;
        user.bot_inline_placeholder = Some(inline.placeholder.clone());
    }
    let shown = names(account);
    if shown.len() > 1 || account.username.is_none() && !shown.is_empty() {
        user.username = None;
        user.usernames = Some(shown);
    }
    user.emoji_status = match &own.emoji_status {
        enums::EmojiStatus::Empty => None,
        status => Some(status.clone()),
    };
    user.color.clone_from(&own.name_color);
    user.profile_color.clone_from(&own.profile_color);
    user.close_friend = world
        .account(viewer)
        .is_some_and(|me| me.preferences.close_friends.contains(&account.id));
    let given = given_photo(world, viewer, account);
    let first = given.or_else(|| first_photo(world, viewer, account));
    user.photo = first.and_then(|id| {
        let file = world.files.get(id)?;
        let photo = types::UserProfilePhoto {
            personal: given.is_some(),
            photo_id: id,
            dc_id: file.dc,
            ..Default::default()
        };
        Some(photo.into())
    });
    if !is_open(&Key::PhoneNumber) {
        user.phone = None;
    }
    if user.status.is_some() && !is_open(&Key::StatusTimestamp) {
        user.status = Some(types::UserStatusRecently::default().into());
    }
}

/// The photo that `viewer` sees first, by its file.
fn first_photo(world: &World, viewer: i64, account: &Account) -> Option<i64> {
    let own = &account.personal;
    match may(world, account.id, viewer, &Key::ProfilePhoto, true) {
        true => own.photos.first().copied(),
        false => own.public_photo,
    }
}

/// The photo that `viewer` has given a contact.
fn given_photo(world: &World, viewer: i64, account: &Account) -> Option<i64> {
    world.account(viewer)?.contacts.get(&account.id)?.photo
}

/// Adds what only the whole profile shows.
pub(super) fn detail(world: &World, viewer: i64, account: &Account, full: &mut types::UserFull) {
    let own = &account.personal;
    let is_open = |key: &Key| may(world, account.id, viewer, key, true);
    if !is_open(&Key::About) {
        full.about = None;
    }
    if is_open(&Key::Birthday) {
        full.birthday = own.birthday.clone().map(Into::into);
    }
    full.voice_messages_forbidden = !is_open(&Key::VoiceMessages);
    full.personal_channel_id = own.channel;
    let photo = |id: i64| photo_for(world, viewer, id).map(enums::Photo::from);
    full.profile_photo = first_photo(world, viewer, account).and_then(photo);
    full.personal_photo = given_photo(world, viewer, account).and_then(photo);
    if account.id == viewer {
        full.fallback_photo = own.public_photo.and_then(photo);
    }
    if let Some(me) = world.account(viewer) {
        let kept = &me.preferences;
        full.blocked_my_stories_from = kept.hidden_stories.contains(&account.id);
        full.note = me
            .contacts
            .get(&account.id)
            .and_then(|it| it.note.clone())
            .map(Into::into);
        full.notify_settings = notify_settings(me, NotifyFor::Peer(Peer::User(account.id)));
    }
}

/// The active public names of an account, in their order.
pub(super) fn names(account: &Account) -> Vec<enums::Username> {
    let own = account.username.iter().map(|name| (name, true));
    let bought = account.personal.bought.iter();
    let bought = bought.filter(|it| it.active).map(|it| (&it.name, false));
    let mut names: Vec<(&String, bool)> = own.chain(bought).collect();
    let order = &account.personal.order;
    let place = |name: &String| order.iter().position(|it| it.eq_ignore_ascii_case(name));
    names.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
    let names = names.into_iter().map(|(username, editable)| {
        types::Username {
            editable,
            active: true,
            username: username.clone(),
            ..Default::default()
        }
        .into()
    });
    names.collect()
}

/// Of what an account is told, and how: what it has set, or what says nothing.
pub(super) fn notify_settings(account: &Account, what: NotifyFor) -> enums::PeerNotifySettings {
    let set = account.preferences.notify.get(&what);
    set.cloned().unwrap_or_default().into()
}
