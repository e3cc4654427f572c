//! What bots say of themselves, and what they answer.
mod bot_command;
mod button_answer;
mod commands;

pub use bot_command::{BotCommand, CommandScope};
pub use button_answer::ButtonAnswer;
