//! The table of the methods in which bots say something of themselves: as `methods`.
use ferogram_sync::tl::{Identifiable, functions as f};

use super::bot_commands;
use super::method::{Access, Method, decode, methods, reply};

/// The methods in which bots say something of themselves.
pub(crate) const BOT_METHODS: &[Method] = methods! {
    Home "bots.getBotCommands" f::bots::GetBotCommands => bot_commands::get_bot_commands;
    Home "bots.resetBotCommands" f::bots::ResetBotCommands => bot_commands::reset_bot_commands;
    Home "bots.setBotCommands" f::bots::SetBotCommands => bot_commands::set_bot_commands;
};
