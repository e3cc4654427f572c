//! A command to a bot.
use super::message::Message;
use crate::tl::enums::MessageEntity;

/// A command to a bot, with which a message begins: `/start` or, in groups, `/start@my_bot`.
///
/// See <https://core.telegram.org/api/bots/commands>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Command<'m> {
    /// The command itself, without the `/`.
    pub name: &'m str,
    /// The bot that is meant, by its public name without the `@`, where the message says it.
    pub bot: Option<&'m str>,
    /// What comes behind it, without the blanks between.
    pub args: &'m str,
}

impl Command<'_> {
    /// Whether the bot of this public name is meant, with or without `@`. In groups, all bots see
    /// commands to each of them.
    #[must_use]
    pub fn is_for(&self, username: &str) -> bool {
        let name = username.trim_start_matches('@');
        self.bot.is_none_or(|bot| bot.eq_ignore_ascii_case(name))
    }
}

impl Message {
    /// The command that it begins with, if it is one. Ask it [whose it is](Command::is_for).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "/start@my_bot from here")?;
    /// let command = message.command().expect("it is one");
    /// assert_eq!((command.name, command.args), ("start", "from here"));
    /// assert!(command.is_for("@My_Bot") && !command.is_for("@other_bot"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn command(&self) -> Option<Command<'_>> {
        let length = self.entities().iter().find_map(|entity| match entity {
            MessageEntity::BotCommand(command) if command.offset == 0 => Some(command.length),
            _ => None,
        })?;
        parse(self.text(), usize::try_from(length).ok()?)
    }
}

/// Commands are ASCII, so that units are bytes.
fn parse(text: &str, length: usize) -> Option<Command<'_>> {
    let (command, args) = text.split_at_checked(length)?;
    let command = command.strip_prefix('/').filter(|name| name.is_ascii())?;
    let (name, bot) = match command.split_once('@') {
        Some((name, bot)) => (name, Some(bot)),
        None => (command, None),
    };
    let args = args.trim();
    Some(Command { name, bot, args })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_its_bot_and_what_is_behind() {
        let command = |name, bot, args| Some(Command { name, bot, args });
        for (text, length, expected) in [
            ("/start", 6, command("start", None, "")),
            ("/start  a b ", 6, command("start", None, "a b")),
            (
                "/start@my_bot\nx",
                13,
                command("start", Some("my_bot"), "x"),
            ),
            ("start", 5, None),
            ("/start", 7, None),
            ("/\u{e9}", 2, None),
            ("/\u{e9}", 3, None),
            ("", 0, None),
        ] {
            assert_eq!(parse(text, length), expected, "{text:?}");
        }
    }
}
