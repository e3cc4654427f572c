//! `bots.*`: what a bot says of itself, the button beside the field where one writes to it, and the
//! rights that it would like to have (<https://core.telegram.org/api/bots/info>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Peer, World};

use super::bot_commands::{commands_in, language, people_of};
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::portrait::names;
use super::push::passing;
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// The letters of a name, of the text in the profile and of that in an empty chat
/// (<https://core.telegram.org/bots/api#setmydescription>).
const NAME_MAX: usize = 64;
const ABOUT_MAX: usize = 120;
const DESCRIPTION_MAX: usize = 512;

/// `bots.setBotInfo` (<https://core.telegram.org/method/bots.setBotInfo>). The page does not say
/// with what it refuses texts that are too long.
pub(crate) fn set_bot_info(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::SetBotInfo,
) -> Answer<bool> {
    let bot = meant(world, caller, request.bot.as_ref())?;
    let code = language(request.lang_code)?;
    let long = |text: &Option<String>, max| {
        let text = text.as_ref();
        text.is_some_and(|text| text.chars().count() > max)
    };
    let nameless = code.is_empty() && request.name.as_deref() == Some("");
    if nameless || long(&request.name, NAME_MAX) {
        return Err(bad("FIRSTNAME_INVALID"));
    }
    if long(&request.about, ABOUT_MAX) || long(&request.description, DESCRIPTION_MAX) {
        return Err(bad("ABOUT_TOO_LONG"));
    }
    let renamed = request.name.is_some();
    let account = world.account_mut(bot).ok_or_else(unregistered)?;
    let said = account.bot.said.entry(code.clone()).or_default();
    for (place, text) in [
        (&mut said.about, request.about),
        (&mut said.description, request.description),
    ] {
        if let Some(text) = text {
            *place = Some(text).filter(|text| !text.is_empty());
        }
    }
    match request.name {
        Some(name) if code.is_empty() => account.first_name = name,
        Some(name) => said.name = Some(name).filter(|name| !name.is_empty()),
        None => {}
    }
    account.bot.version += 1;
    Ok(Done::from(true).pushing(spread(world, bot, renamed)))
}

/// `bots.getBotInfo` (<https://core.telegram.org/method/bots.getBotInfo>): what is shown to whoever
/// speaks the language.
pub(crate) fn get_bot_info(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::GetBotInfo,
) -> Answer<enums::bots::BotInfo> {
    let bot = meant(world, caller, request.bot.as_ref())?;
    let code = language(request.lang_code)?;
    let account = world.account(bot).ok_or_else(unregistered)?;
    let name = account.bot.name_in(&code);
    let answer: enums::bots::BotInfo = types::bots::BotInfo {
        name: name.unwrap_or(&account.first_name).to_owned(),
        about: account.bot.about_in(&code).unwrap_or_default().to_owned(),
        description: account
            .bot
            .description_in(&code)
            .unwrap_or_default()
            .to_owned(),
    }
    .into();
    Ok(answer.into())
}

/// The bot that is meant: it speaks of itself, or its owner says which.
fn meant(world: &World, caller: &Caller, bot: Option<&enums::InputUser>) -> Result<i64, RpcError> {
    let me = caller.user.ok_or_else(unregistered)?;
    let is_bot = world.account(me).is_some_and(Account::is_bot);
    let Some(bot) = bot else {
        return match is_bot {
            true => Ok(me),
            false => Err(bad("USER_BOT_INVALID")),
        };
    };
    let id = input::user(world, me, bot)?;
    let own = id.filter(|id| {
        let bot = world.account(*id).filter(|it| it.is_bot());
        bot.is_some_and(|it| it.personal.owner == Some(me) || it.id == me)
    });
    own.ok_or_else(|| bad("BOT_INVALID"))
}

/// Tells whoever talks to a bot that it has changed, by the name that they see.
fn spread(world: &World, bot: i64, renamed: bool) -> Vec<Push> {
    let Some(account) = world.account(bot) else {
        return Vec::new();
    };
    let told = account.opened_by.iter().map(|viewer| {
        let language = world.logins.language(*viewer);
        let name = account.bot.name_in(language);
        let update = match renamed {
            true => types::UpdateUserName {
                user_id: bot,
                first_name: name.unwrap_or(&account.first_name).to_owned(),
                last_name: String::new(),
                usernames: names(account),
            }
            .into(),
            false => types::UpdateUser { user_id: bot }.into(),
        };
        passing(world, *viewer, update)
    });
    told.collect()
}

/// What is told of a bot in a conversation with it, or in a group where it is.
pub(super) fn bot_info(
    world: &World,
    bot: i64,
    (viewer, peer): (i64, Peer),
    language: &str,
) -> Option<enums::BotInfo> {
    let account = world.account(bot).filter(|account| account.is_bot())?;
    let commands = commands_in(world, account, (viewer, peer), language);
    let menu = &account.bot.menu;
    let menu = menu.get(&Some(viewer)).or_else(|| menu.get(&None));
    let info = types::BotInfo {
        user_id: Some(bot),
        description: account.bot.description_in(language).map(str::to_owned),
        commands: (!commands.is_empty()).then_some(commands),
        menu_button: menu.cloned(),
        ..Default::default()
    };
    Some(info.into())
}

/// The same of all bots of a group, which are shown.
pub(super) fn bots_in(
    world: &World,
    view: &mut View<'_>,
    peer: Peer,
    caller: &Caller,
) -> Vec<enums::BotInfo> {
    let (place, language) = ((view.viewer(), peer), &caller.program.lang_code);
    let people = people_of(world, peer).into_iter();
    let infos = people.filter_map(|one| {
        let info = bot_info(world, one, place, language)?;
        view.user_peer(one);
        Some(info)
    });
    infos.collect()
}

/// Adds what only the whole profile of a bot shows, to who speaks a language.
pub(super) fn detail(account: &Account, language: &str, full: &mut types::UserFull) {
    if !account.is_bot() {
        return;
    }
    full.about = account.bot.about_in(language).map(str::to_owned);
    let rights = |rights: &types::ChatAdminRights| rights.clone().into();
    full.bot_group_admin_rights = account.bot.group_rights.as_ref().map(rights);
    full.bot_broadcast_admin_rights = account.bot.channel_rights.as_ref().map(rights);
}

/// `bots.setBotMenuButton` (<https://core.telegram.org/method/bots.setBotMenuButton>): for all, the
/// default changes nothing.
pub(crate) fn set_bot_menu_button(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::SetBotMenuButton,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let whom = whom(world, me, &request.user_id)?;
    if let enums::BotMenuButton::Button(button) = &request.button {
        if button.text.trim().is_empty() {
            return Err(bad("BUTTON_TEXT_INVALID"));
        }
        if !button.url.starts_with("https://") {
            return Err(bad("BUTTON_URL_INVALID"));
        }
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    match (whom, request.button) {
        (None, enums::BotMenuButton::Default) => return Ok(true.into()),
        (Some(_), enums::BotMenuButton::Default) => account.bot.menu.remove(&whom),
        (_, button) => account.bot.menu.insert(whom, button),
    };
    account.bot.version += 1;
    let account = world.account(me).ok_or_else(unregistered)?;
    let menu = &account.bot.menu;
    let concerned = account.opened_by.iter().filter(|user| match whom {
        Some(whom) => **user == whom,
        None => !menu.contains_key(&Some(**user)),
    });
    let pushes = concerned.map(|user| {
        let button = menu.get(&Some(*user)).or_else(|| menu.get(&None));
        let update = types::UpdateBotMenuButton {
            bot_id: me,
            button: button.cloned().unwrap_or(enums::BotMenuButton::Default),
        };
        passing(world, *user, update.into())
    });
    let pushes = pushes.collect();
    Ok(Done::from(true).pushing(pushes))
}

/// `bots.getBotMenuButton` (<https://core.telegram.org/method/bots.getBotMenuButton>): for all, it
/// is never the default.
pub(crate) fn get_bot_menu_button(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::GetBotMenuButton,
) -> Answer<enums::BotMenuButton> {
    let me = caller.user.ok_or_else(unregistered)?;
    let whom = whom(world, me, &request.user_id)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let otherwise = match whom {
        Some(_) => enums::BotMenuButton::Default,
        None => enums::BotMenuButton::Commands,
    };
    let button = account.bot.menu.get(&whom).cloned();
    Ok(button.unwrap_or(otherwise).into())
}

/// Somebody, or everybody.
fn whom(world: &World, me: i64, user: &enums::InputUser) -> Result<Option<i64>, RpcError> {
    if let enums::InputUser::Empty = user {
        return Ok(None);
    }
    let user = input::user(world, me, user)?;
    let user = user.ok_or_else(|| bad("USER_ID_INVALID"))?;
    Ok(Some(user))
}

/// `bots.setBotGroupDefaultAdminRights`
/// (<https://core.telegram.org/method/bots.setBotGroupDefaultAdminRights>).
pub(crate) fn set_group_rights(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::SetBotGroupDefaultAdminRights,
) -> Answer<bool> {
    wish(world, caller, request.admin_rights, |account| {
        &mut account.bot.group_rights
    })
}

/// `bots.setBotBroadcastDefaultAdminRights`
/// (<https://core.telegram.org/method/bots.setBotBroadcastDefaultAdminRights>).
pub(crate) fn set_channel_rights(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::SetBotBroadcastDefaultAdminRights,
) -> Answer<bool> {
    wish(world, caller, request.admin_rights, |account| {
        &mut account.bot.channel_rights
    })
}

fn wish(
    world: &mut World,
    caller: &Caller,
    rights: enums::ChatAdminRights,
    place: fn(&mut Account) -> &mut Option<types::ChatAdminRights>,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let enums::ChatAdminRights::Rights(rights) = rights;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let place = place(account);
    if place.clone().unwrap_or_default() == rights {
        return Err(bad("RIGHTS_NOT_MODIFIED"));
    }
    *place = Some(rights).filter(|rights| *rights != types::ChatAdminRights::default());
    Ok(true.into())
}
