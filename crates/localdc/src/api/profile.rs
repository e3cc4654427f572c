//! `account.*`: what the account shows of itself.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::account::friends;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::portrait::names;
use super::push::passing;
use super::seam::{Caller, Push, RpcError};
use super::view::user;

/// The letters of a name.
const NAME_MAX: usize = 64;

/// The letters of what an account writes about itself, without Premium and with it
/// (<https://core.telegram.org/api/config#client-configuration>: `about_length_limit_default` and
/// `about_length_limit_premium`).
const ABOUT_MAX: (usize, usize) = (70, 140);

/// Active public names of one account.
const ACTIVE_MAX: usize = 10;

/// The colours that there are (<https://core.telegram.org/api/colors>).
const COLORS: i32 = 21;

/// Tells whoever is concerned, and the account's other sessions.
pub(super) fn spread(world: &World, caller: &Caller, update: &enums::Update) -> Vec<Push> {
    let Some(account) = caller.user.and_then(|me| world.account(me)) else {
        return Vec::new();
    };
    let others = friends(account).into_iter().chain([account.id]);
    let told = others.map(|user| Push {
        except: (user == account.id).then_some(caller.session),
        ..passing(world, user, update.clone())
    });
    told.collect()
}

/// Something of the account has changed that no update of its own tells of.
pub(super) fn changed(world: &World, caller: &Caller) -> Vec<Push> {
    let user_id = caller.user.unwrap_or(0);
    spread(world, caller, &types::UpdateUser { user_id }.into())
}

/// `account.updateProfile` (<https://core.telegram.org/method/account.updateProfile>).
pub(crate) fn update_profile(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateProfile,
) -> Answer<enums::User> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let first = request.first_name.map(|name| name.trim().to_owned());
    if first.as_ref().is_some_and(String::is_empty) {
        return Err(bad("FIRSTNAME_INVALID"));
    }
    let max = match account.personal.premium {
        true => ABOUT_MAX.1,
        false => ABOUT_MAX.0,
    };
    let long = |text: &String| text.encode_utf16().count() > max;
    if request.about.as_ref().is_some_and(long) {
        return Err(bad("ABOUT_TOO_LONG"));
    }
    let cut = |name: String| name.chars().take(NAME_MAX).collect::<String>();
    let renamed = first.is_some() || request.last_name.is_some();
    if let Some(name) = first {
        account.first_name = cut(name);
    }
    if let Some(name) = request.last_name {
        account.last_name = Some(cut(name)).filter(|name| !name.is_empty());
    }
    if let Some(about) = request.about {
        account.about = Some(about).filter(|about| !about.is_empty());
    }
    let account = world.account(me).ok_or_else(unregistered)?;
    let update = types::UpdateUserName {
        user_id: me,
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone().unwrap_or_default(),
        usernames: names(account),
    };
    let pushes = match renamed {
        true => spread(world, caller, &update.into()),
        false => changed(world, caller),
    };
    Ok(Done::from(user(world, me, me)).pushing(pushes))
}

/// `account.updateBirthday` (<https://core.telegram.org/method/account.updateBirthday>).
pub(crate) fn update_birthday(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateBirthday,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let birthday = request
        .birthday
        .map(|enums::Birthday::Birthday(birthday)| birthday);
    if birthday.as_ref().is_some_and(|it| !is_day(it)) {
        return Err(bad("BIRTHDAY_INVALID"));
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.personal.birthday = birthday;
    Ok(Done::from(true).pushing(changed(world, caller)))
}

fn is_day(it: &types::Birthday) -> bool {
    let leaps = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match it.month {
        2 if it.year.is_none_or(leaps) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&it.day) && it.year.is_none_or(|year| (1850..=2100).contains(&year))
}

/// `account.updateEmojiStatus` (<https://core.telegram.org/method/account.updateEmojiStatus>).
pub(crate) fn update_emoji_status(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateEmojiStatus,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let emoji_status = request.emoji_status;
    match &emoji_status {
        enums::EmojiStatus::Empty => {}
        enums::EmojiStatus::Status(it) if it.document_id == 0 => {
            return Err(bad("DOCUMENT_INVALID"));
        }
        enums::EmojiStatus::Status(_) => need_premium(world, me)?,
        _ => return Err(bad("COLLECTIBLE_INVALID")),
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.personal.emoji_status = emoji_status.clone();
    let update = types::UpdateUserEmojiStatus {
        user_id: me,
        emoji_status,
    };
    Ok(Done::from(true).pushing(spread(world, caller, &update.into())))
}

/// `account.updateColor` (<https://core.telegram.org/method/account.updateColor>).
pub(crate) fn update_color(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateColor,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    match &request.color {
        None => {}
        Some(enums::PeerColor::Color(it))
            if it.color.is_none_or(|color| (0..COLORS).contains(&color)) =>
        {
            need_premium(world, me)?;
        }
        Some(_) => return Err(bad("COLOR_INVALID")),
    }
    let own = &mut world.account_mut(me).ok_or_else(unregistered)?.personal;
    match request.for_profile {
        true => own.profile_color = request.color,
        false => own.name_color = request.color,
    }
    Ok(Done::from(true).pushing(changed(world, caller)))
}

pub(super) fn need_premium(world: &World, me: i64) -> Result<(), RpcError> {
    match world.account(me).is_some_and(|me| me.personal.premium) {
        true => Ok(()),
        false => Err(bad("PREMIUM_ACCOUNT_REQUIRED")),
    }
}

/// `account.updatePersonalChannel`
/// (<https://core.telegram.org/method/account.updatePersonalChannel>).
pub(crate) fn update_personal_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdatePersonalChannel,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let wanted = match &request.channel {
        enums::InputChannel::Empty => None,
        channel => {
            let id = input::channel(world, me, channel)?;
            let channel = world.channels.get(&id);
            let channel = channel.ok_or_else(|| bad("CHANNEL_INVALID"))?;
            if channel.megagroup || channel.username.is_none() {
                return Err(bad("PUBLIC_BROADCAST_EXPECTED"));
            }
            if !channel.may(me, |rights| rights.post_messages) {
                return Err(bad("CHAT_ADMIN_REQUIRED"));
            }
            Some(id)
        }
    };
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.personal.channel = wanted;
    Ok(Done::from(true).pushing(changed(world, caller)))
}

/// `account.toggleUsername` (<https://core.telegram.org/method/account.toggleUsername>): only of
/// those that were bought, as here the account's own is always active.
pub(crate) fn toggle_username(
    world: &mut World,
    caller: &Caller,
    request: functions::account::ToggleUsername,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let active = names(account).len();
    let mut bought = account.personal.bought.iter_mut();
    let found = bought.find(|it| it.name.eq_ignore_ascii_case(&request.username));
    let found = found.ok_or_else(|| bad("USERNAME_INVALID"))?;
    if found.active == request.active {
        return Err(bad("USERNAME_NOT_MODIFIED"));
    }
    if request.active && active >= ACTIVE_MAX {
        return Err(bad("USERNAMES_ACTIVE_TOO_MUCH"));
    }
    found.active = request.active;
    Ok(Done::from(true).pushing(renamed(world, caller)?))
}

/// `account.reorderUsernames` (<https://core.telegram.org/method/account.reorderUsernames>).
pub(crate) fn reorder_usernames(
    world: &mut World,
    caller: &Caller,
    request: functions::account::ReorderUsernames,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let active: Vec<String> = names(account)
        .into_iter()
        .map(|enums::Username::Username(it)| it.username)
        .collect();
    let is_active = |name: &String| active.iter().any(|it| it.eq_ignore_ascii_case(name));
    if request.order.is_empty() || !request.order.iter().all(is_active) {
        return Err(bad("ORDER_INVALID"));
    }
    let before = names(account);
    account.personal.order = request.order;
    if names(account) == before {
        return Err(bad("USERNAME_NOT_MODIFIED"));
    }
    Ok(Done::from(true).pushing(renamed(world, caller)?))
}

fn renamed(world: &World, caller: &Caller) -> Result<Vec<Push>, RpcError> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let update = types::UpdateUserName {
        user_id: me,
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone().unwrap_or_default(),
        usernames: names(account),
    };
    Ok(spread(world, caller, &update.into()))
}
