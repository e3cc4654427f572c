//! The table of the methods in which bots say something of themselves: as `methods`.
use ferogram_sync::tl::{Identifiable, functions as f};

use super::bot_commands;
use super::bot_profile;
use super::method::{Access, Method, decode, methods, reply};

/// The methods in which bots say something of themselves.
pub(crate) const BOT_METHODS: &[Method] = methods! {
    Home "bots.getBotCommands" f::bots::GetBotCommands => bot_commands::get_bot_commands;
    Home "bots.getBotInfo" f::bots::GetBotInfo => bot_profile::get_bot_info;
    Home "bots.getBotMenuButton" f::bots::GetBotMenuButton => bot_profile::get_bot_menu_button;
    Home "bots.resetBotCommands" f::bots::ResetBotCommands => bot_commands::reset_bot_commands;
    Home "bots.setBotBroadcastDefaultAdminRights" f::bots::SetBotBroadcastDefaultAdminRights
        => bot_profile::set_channel_rights;
    Home "bots.setBotCommands" f::bots::SetBotCommands => bot_commands::set_bot_commands;
    Home "bots.setBotGroupDefaultAdminRights" f::bots::SetBotGroupDefaultAdminRights
        => bot_profile::set_group_rights;
    Home "bots.setBotInfo" f::bots::SetBotInfo => bot_profile::set_bot_info;
    Home "bots.setBotMenuButton" f::bots::SetBotMenuButton => bot_profile::set_bot_menu_button;
};
