//! `bots.*`: the commands that a bot offers, and to whom
//! (<https://core.telegram.org/api/bots/commands>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Peer, Scope, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::{carried, container};
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// The commands of one list, and the letters of a name and of what is said of it
/// (<https://core.telegram.org/bots/api#botcommand>).
const COMMANDS_MAX: usize = 100;
const NAME_MAX: usize = 32;
const DESCRIPTION_MAX: usize = 256;

/// `bots.setBotCommands` (<https://core.telegram.org/method/bots.setBotCommands>): whoever sees
/// other commands now is told. An empty list is none.
pub(crate) fn set_bot_commands(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::SetBotCommands,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let scope = scope(world, me, &request.scope)?;
    let language = language(request.lang_code)?;
    if request.commands.len() > COMMANDS_MAX {
        return Err(bad("BOT_COMMANDS_TOO_MUCH"));
    }
    let commands = request.commands.into_iter().map(checked);
    let commands: Vec<_> = commands.collect::<Result<_, _>>()?;
    Ok(change(world, me, (scope, language), commands))
}

/// `bots.resetBotCommands` (<https://core.telegram.org/method/bots.resetBotCommands>).
pub(crate) fn reset_bot_commands(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::ResetBotCommands,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let scope = scope(world, me, &request.scope)?;
    let language = language(request.lang_code)?;
    Ok(change(world, me, (scope, language), Vec::new()))
}

/// `bots.getBotCommands` (<https://core.telegram.org/method/bots.getBotCommands>): what was set for
/// just this scope and language.
pub(crate) fn get_bot_commands(
    world: &mut World,
    caller: &Caller,
    request: functions::bots::GetBotCommands,
) -> Answer<Vec<enums::BotCommand>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = (
        scope(world, me, &request.scope)?,
        language(request.lang_code)?,
    );
    let account = world.account(me).ok_or_else(unregistered)?;
    let commands = account.bot.commands.get(&place);
    let commands = commands.map_or(&[][..], Vec::as_slice);
    Ok(shown(commands).into())
}

/// Who is in a group. What is written in channels is for no bot.
pub(super) fn people_of(world: &World, peer: Peer) -> Vec<i64> {
    match peer {
        Peer::User(_) => Vec::new(),
        Peer::Chat(id) => {
            let group = world.chats.get(&id);
            group.map_or(Vec::new(), |it| it.members.keys().copied().collect())
        }
        Peer::Channel(id) => {
            let channel = world.channels.get(&id).filter(|it| it.megagroup);
            let people = channel.into_iter().flat_map(|it| &it.participants);
            let here = people.filter(|(_, one)| one.here);
            here.map(|(id, _)| *id).collect()
        }
    }
}

/// The commands that somebody sees, the nearest scope first
/// (<https://core.telegram.org/bots/api#determining-list-of-commands>).
pub(super) fn commands_in(
    world: &World,
    bot: &Account,
    (viewer, peer): (i64, Peer),
    language: &str,
) -> Vec<enums::BotCommand> {
    let is_admin = match peer {
        Peer::User(_) => {
            let scopes = [
                Scope::Peer(Peer::User(viewer)),
                Scope::Users,
                Scope::Everywhere,
            ];
            return shown(bot.bot.commands_for(&scopes, language));
        }
        Peer::Chat(id) => world.chats.get(&id).is_some_and(|it| it.is_admin(viewer)),
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            channel.is_some_and(|it| it.admin(viewer).is_some())
        }
    };
    let scopes = [
        (true, Scope::PeerUser(peer, viewer)),
        (is_admin, Scope::PeerAdmins(peer)),
        (true, Scope::Peer(peer)),
        (is_admin, Scope::ChatAdmins),
        (true, Scope::Chats),
        (true, Scope::Everywhere),
    ];
    let scopes = scopes.into_iter().filter(|(holds, _)| *holds);
    let scopes: Vec<Scope> = scopes.map(|(_, scope)| scope).collect();
    shown(bot.bot.commands_for(&scopes, language))
}

fn shown(commands: &[types::BotCommand]) -> Vec<enums::BotCommand> {
    commands.iter().cloned().map(Into::into).collect()
}

/// Where a list holds.
fn scope(world: &World, me: i64, scope: &enums::BotCommandScope) -> Result<Scope, RpcError> {
    use enums::BotCommandScope as Raw;
    Ok(match scope {
        Raw::Default => Scope::Everywhere,
        Raw::Users => Scope::Users,
        Raw::Chats => Scope::Chats,
        Raw::ChatAdmins => Scope::ChatAdmins,
        Raw::Peer(it) => Scope::Peer(match input::peer(world, me, &it.peer)? {
            peer @ Peer::User(_) => peer,
            peer => group(world, peer)?,
        }),
        Raw::PeerAdmins(it) => {
            let peer = input::peer(world, me, &it.peer)?;
            Scope::PeerAdmins(group(world, peer)?)
        }
        Raw::PeerUser(it) => {
            let peer = input::peer(world, me, &it.peer)?;
            let user = input::user(world, me, &it.user_id)?;
            let user = user.ok_or_else(|| bad("USER_ID_INVALID"))?;
            Scope::PeerUser(group(world, peer)?, user)
        }
        _ => return Err(bad("PEER_ID_INVALID")),
    })
}

/// A group: commands are for no channel, and administrators are of groups only.
fn group(world: &World, peer: Peer) -> Result<Peer, RpcError> {
    let is_group = match peer {
        Peer::User(_) => false,
        Peer::Chat(_) => true,
        Peer::Channel(id) => world.channels.get(&id).is_some_and(|it| it.megagroup),
    };
    match is_group {
        true => Ok(peer),
        false => Err(bad("PEER_ID_INVALID")),
    }
}

/// A language of two letters, or none.
pub(super) fn language(code: String) -> Result<String, RpcError> {
    let is_code = code.len() == 2 && code.bytes().all(|it| it.is_ascii_lowercase());
    match code.is_empty() || is_code {
        true => Ok(code),
        false => Err(bad("LANG_CODE_INVALID")),
    }
}

fn checked(command: enums::BotCommand) -> Result<types::BotCommand, RpcError> {
    let enums::BotCommand::Command(command) = command;
    let mut letters = command.command.bytes();
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
    if !(1..=NAME_MAX).contains(&letters.len()) || !letters.all(plain) {
        return Err(bad("BOT_COMMAND_INVALID"));
    }
    if !(1..=DESCRIPTION_MAX).contains(&command.description.chars().count()) {
        return Err(bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(*command)
}

fn change(
    world: &mut World,
    me: i64,
    place: (Scope, String),
    commands: Vec<types::BotCommand>,
) -> Done<bool> {
    let before = seen(world, me);
    let Some(account) = world.account_mut(me) else {
        return Done::from(false);
    };
    match commands.is_empty() {
        true => account.bot.commands.remove(&place),
        false => account.bot.commands.insert(place, commands),
    };
    account.bot.version += 1;
    let after = seen(world, me).into_iter();
    let changed = before.into_iter().zip(after);
    let changed = changed.filter(|(before, after)| before != after);
    let pushes = changed.map(|(_, seen)| told(world, me, seen)).collect();
    Done::from(true).pushing(pushes)
}

/// What everybody who talks to a bot, or is in a group with it, sees of its commands.
fn seen(world: &World, bot: i64) -> Vec<(i64, Peer, Vec<enums::BotCommand>)> {
    let Some(account) = world.account(bot) else {
        return Vec::new();
    };
    let users = account.opened_by.iter();
    let mut places: Vec<(i64, Peer)> = users.map(|user| (*user, Peer::User(bot))).collect();
    let groups = world.chats.keys().map(|id| Peer::Chat(*id));
    let groups = groups.chain(world.channels.keys().map(|id| Peer::Channel(*id)));
    for group in groups {
        let people = people_of(world, group);
        if people.contains(&bot) {
            let others = people.into_iter().filter(|one| *one != bot);
            places.extend(others.map(|one| (one, group)));
        }
    }
    let seen = places.into_iter().map(|(viewer, peer)| {
        let language = world.logins.language(viewer);
        let commands = commands_in(world, account, (viewer, peer), language);
        (viewer, peer, commands)
    });
    seen.collect()
}

/// <https://core.telegram.org/constructor/updateBotCommands>.
fn told(
    world: &World,
    bot_id: i64,
    (viewer, peer, commands): (i64, Peer, Vec<enums::BotCommand>),
) -> Push {
    let mut view = View::new(world, viewer);
    view.user_peer(bot_id);
    let update = types::UpdateBotCommands {
        peer: view.peer(peer),
        bot_id,
        commands,
    };
    carried(viewer, container(world, view, vec![update.into()]))
}
