//! `account.*`: who may see what (<https://core.telegram.org/api/privacy>).
use std::collections::HashSet;

use ferogram_sync::tl::enums::{InputPrivacyKey as Key, InputPrivacyRule as Input, PrivacyRule};
use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::for_others;
use super::seam::{Caller, RpcError};
use super::view::View;

/// Users and groups that rules may name, in all.
const NAMED_MAX: usize = 1000;

/// How it is for everybody at first.
fn at_first(key: &Key) -> Vec<PrivacyRule> {
    use PrivacyRule as Rule;
    match key {
        Key::PhoneNumber | Key::Birthday => {
            vec![
                Rule::PrivacyValueAllowContacts,
                Rule::PrivacyValueDisallowAll,
            ]
        }
        Key::PhoneP2P => vec![Rule::PrivacyValueAllowContacts],
        Key::NoPaidMessages => vec![Rule::PrivacyValueDisallowAll],
        _ => vec![Rule::PrivacyValueAllowAll],
    }
}

/// `account.getPrivacy` (<https://core.telegram.org/method/account.getPrivacy>).
pub(crate) fn get_privacy(
    world: &mut World,
    caller: &Caller,
    request: functions::account::GetPrivacy,
) -> Answer<enums::account::PrivacyRules> {
    let me = caller.user.ok_or_else(unregistered)?;
    Ok(shown(world, me, &rules(world, me, &request.key)).into())
}

fn rules(world: &World, me: i64, key: &Key) -> Vec<PrivacyRule> {
    let account = world.account(me);
    let set = account.into_iter().flat_map(|it| &it.preferences.privacy);
    let mut set = set.filter(|(it, _)| it == key);
    match set.next() {
        Some((_, rules)) => rules.clone(),
        None => at_first(key),
    }
}

/// From now on somebody sees the phone number of `me`, whatever else holds for it.
pub(super) fn show_phone_to(world: &mut World, me: i64, user: i64) {
    let key = Key::PhoneNumber;
    let mut rules = rules(world, me, &key);
    let users = vec![user];
    rules.insert(0, types::PrivacyValueAllowUsers { users }.into());
    if let Some(account) = world.account_mut(me) {
        let set = &mut account.preferences.privacy;
        set.retain(|(it, _)| *it != key);
        set.push((key, rules));
    }
}

/// `account.setPrivacy` (<https://core.telegram.org/method/account.setPrivacy>).
pub(crate) fn set_privacy(
    world: &mut World,
    caller: &Caller,
    request: functions::account::SetPrivacy,
) -> Answer<enums::account::PrivacyRules> {
    let me = caller.user.ok_or_else(unregistered)?;
    let rules = request.rules.iter().map(|rule| told(world, me, rule));
    let rules: Vec<PrivacyRule> = rules.collect::<Result<_, _>>()?;
    let kinds: HashSet<u32> = rules.iter().map(constructor).collect();
    if rules.is_empty() || kinds.len() < rules.len() {
        return Err(bad("PRIVACY_VALUE_INVALID"));
    }
    if rules.iter().map(named).sum::<usize>() > NAMED_MAX {
        return Err(bad("PRIVACY_TOO_LONG"));
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let privacy = &mut account.preferences.privacy;
    privacy.retain(|(key, _)| *key != request.key);
    privacy.push((request.key.clone(), rules.clone()));
    let update = types::UpdatePrivacy {
        key: output(&request.key)?,
        rules: rules.clone(),
    };
    let pushes = for_others(world, caller, View::new(world, me), update.into());
    Ok(Done::from(shown(world, me, &rules)).pushing(pushes))
}

fn constructor(rule: &PrivacyRule) -> u32 {
    let bytes = rule.to_bytes();
    bytes.first_chunk().map_or(0, |id| u32::from_le_bytes(*id))
}

/// The key as updates have it: in the schema's order, both lists are the same.
fn output(key: &Key) -> Result<enums::PrivacyKey, RpcError> {
    use enums::PrivacyKey as Out;
    Ok(match key {
        Key::StatusTimestamp => Out::StatusTimestamp,
        Key::ChatInvite => Out::ChatInvite,
        Key::PhoneCall => Out::PhoneCall,
        Key::PhoneP2P => Out::PhoneP2P,
        Key::Forwards => Out::Forwards,
        Key::ProfilePhoto => Out::ProfilePhoto,
        Key::PhoneNumber => Out::PhoneNumber,
        Key::AddedByPhone => Out::AddedByPhone,
        Key::VoiceMessages => Out::VoiceMessages,
        Key::About => Out::About,
        Key::Birthday => Out::Birthday,
        Key::StarGiftsAutoSave => Out::StarGiftsAutoSave,
        Key::NoPaidMessages => Out::NoPaidMessages,
        Key::SavedMusic => Out::SavedMusic,
        _ => return Err(bad("PRIVACY_KEY_INVALID")),
    })
}

fn told(world: &World, me: i64, rule: &Input) -> Result<PrivacyRule, RpcError> {
    let users = |users: &[enums::InputUser]| {
        let users = users.iter();
        let users = users.map(|user| {
            let found = input::user(world, me, user)?;
            let found = found.filter(|user| *user != me);
            found.ok_or_else(|| bad("PRIVACY_VALUE_INVALID"))
        });
        users.collect::<Result<Vec<i64>, RpcError>>()
    };
    let chats = |chats: &[i64]| {
        let is_group = |id: &&i64| {
            let supergroup = world.channels.get(id);
            let supergroup = supergroup.is_some_and(|it| it.megagroup && it.member(me).is_some());
            supergroup || input::group(world, me, **id).is_some()
        };
        match chats.iter().all(|id| is_group(&id)) {
            true => Ok(chats.to_vec()),
            false => Err(bad("PRIVACY_VALUE_INVALID")),
        }
    };
    Ok(match rule {
        Input::InputPrivacyValueAllowContacts => PrivacyRule::PrivacyValueAllowContacts,
        Input::InputPrivacyValueAllowAll => PrivacyRule::PrivacyValueAllowAll,
        Input::InputPrivacyValueAllowUsers(it) => {
            let users = users(&it.users)?;
            types::PrivacyValueAllowUsers { users }.into()
        }
        Input::InputPrivacyValueDisallowContacts => PrivacyRule::PrivacyValueDisallowContacts,
        Input::InputPrivacyValueDisallowAll => PrivacyRule::PrivacyValueDisallowAll,
        Input::InputPrivacyValueDisallowUsers(it) => {
            let users = users(&it.users)?;
            types::PrivacyValueDisallowUsers { users }.into()
        }
        Input::InputPrivacyValueAllowChatParticipants(it) => {
            let chats = chats(&it.chats)?;
            types::PrivacyValueAllowChatParticipants { chats }.into()
        }
        Input::InputPrivacyValueDisallowChatParticipants(it) => {
            let chats = chats(&it.chats)?;
            types::PrivacyValueDisallowChatParticipants { chats }.into()
        }
        Input::InputPrivacyValueAllowCloseFriends => PrivacyRule::PrivacyValueAllowCloseFriends,
        Input::InputPrivacyValueAllowPremium => PrivacyRule::PrivacyValueAllowPremium,
        Input::InputPrivacyValueAllowBots => PrivacyRule::PrivacyValueAllowBots,
        Input::InputPrivacyValueDisallowBots => PrivacyRule::PrivacyValueDisallowBots,
        _ => return Err(bad("PRIVACY_VALUE_INVALID")),
    })
}

fn named(rule: &PrivacyRule) -> usize {
    match rule {
        PrivacyRule::PrivacyValueAllowUsers(it) => it.users.len(),
        PrivacyRule::PrivacyValueDisallowUsers(it) => it.users.len(),
        PrivacyRule::PrivacyValueAllowChatParticipants(it) => it.chats.len(),
        PrivacyRule::PrivacyValueDisallowChatParticipants(it) => it.chats.len(),
        _ => 0,
    }
}

/// Rules with whom they name.
fn shown(world: &World, me: i64, rules: &[PrivacyRule]) -> enums::account::PrivacyRules {
    let mut view = View::new(world, me);
    for rule in rules {
        let (users, chats): (&[i64], &[i64]) = match rule {
            PrivacyRule::PrivacyValueAllowUsers(it) => (&it.users, &[]),
            PrivacyRule::PrivacyValueDisallowUsers(it) => (&it.users, &[]),
            PrivacyRule::PrivacyValueAllowChatParticipants(it) => (&[], &it.chats),
            PrivacyRule::PrivacyValueDisallowChatParticipants(it) => (&[], &it.chats),
            _ => (&[], &[]),
        };
        for user in users {
            view.user_peer(*user);
        }
        for chat in chats {
            view.peer(match world.chats.contains_key(chat) {
                true => Peer::Chat(*chat),
                false => Peer::Channel(*chat),
            });
        }
    }
    let (users, chats) = view.shown();
    let rules = rules.to_vec();
    types::account::PrivacyRules {
        rules,
        chats,
        users,
    }
    .into()
}

/// `account.getGlobalPrivacySettings`
/// (<https://core.telegram.org/method/account.getGlobalPrivacySettings>).
pub(crate) fn get_global_privacy_settings(
    world: &mut World,
    caller: &Caller,
    _: functions::account::GetGlobalPrivacySettings,
) -> Answer<enums::GlobalPrivacySettings> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    Ok(enums::GlobalPrivacySettings::from(account.preferences.global.clone()).into())
}

/// `account.setGlobalPrivacySettings`
/// (<https://core.telegram.org/method/account.setGlobalPrivacySettings>).
pub(crate) fn set_global_privacy_settings(
    world: &mut World,
    caller: &Caller,
    request: functions::account::SetGlobalPrivacySettings,
) -> Answer<enums::GlobalPrivacySettings> {
    let me = caller.user.ok_or_else(unregistered)?;
    let enums::GlobalPrivacySettings::Settings(settings) = request.settings;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let for_premium =
        settings.new_noncontact_peers_require_premium || settings.disallowed_gifts.is_some();
    if for_premium && !account.personal.premium {
        return Err(bad("PREMIUM_ACCOUNT_REQUIRED"));
    }
    account.preferences.global = settings.clone();
    Ok(enums::GlobalPrivacySettings::from(settings).into())
}
