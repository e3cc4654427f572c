//! What bots say of themselves, and what they answer.
mod bot_command;
mod bot_profile;
mod button_answer;
mod checkout;
mod commands;
mod game_scores;
mod menu_button;
mod wanted_rights;

pub use bot_command::{BotCommand, CommandScope};
pub use bot_profile::{BotProfile, BotProfileChanges};
pub use button_answer::ButtonAnswer;
pub use checkout::ShippingOption;
pub use game_scores::{HighScore, ScoreOptions};
pub use menu_button::MenuButton;
