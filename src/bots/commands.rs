//! The commands that a bot offers.
use std::time::Instant;

use super::bot_command::{BotCommand, CommandScope, Place};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{BotCommand as RawCommand, BotCommandScope, InputPeer};
use crate::tl::functions::bots as f;
use crate::tl::types;

/// The commands of one list, and the letters of a name and of what is said of it.
///
/// See <https://core.telegram.org/bots/api#botcommand>.
const COMMANDS_MAX: usize = 100;
const NAME_MAX: usize = 32;
const DESCRIPTION_MAX: usize = 256;

impl Client {
    /// Says what commands this bot offers somewhere, in the place of those that it has offered
    /// there. Apps show them where one writes to it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::CommandScope;
    ///
    /// let commands = [("tea", "Put the kettle on"), ("help", "Say what there is")];
    /// client.set_bot_commands(commands, CommandScope::everywhere())?;
    /// client.set_bot_commands([("tee", "Tee kochen")], CommandScope::users().language("de"))?;
    ///
    /// let offered = client.bot_commands(CommandScope::everywhere())?;
    /// assert_eq!(offered[0].name, "tea");
    /// client.delete_bot_commands(CommandScope::everywhere())?;
    /// assert!(client.bot_commands(CommandScope::everywhere())?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for a name or a description that cannot be one, and for more than 100
    /// commands; as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForUsers`]. Common answers: `LANG_CODE_INVALID`, and `PEER_ID_INVALID` for a
    /// chat that there can be no such list for: a channel has none.
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.setBotCommands>.
    pub fn set_bot_commands<C: Into<BotCommand>>(
        &self,
        commands: impl IntoIterator<Item = C>,
        scope: CommandScope,
    ) -> Result<()> {
        let commands = commands.into_iter().map(|command| checked(command.into()));
        let commands: Vec<RawCommand> = commands.collect::<Result<_>>()?;
        if commands.len() > COMMANDS_MAX {
            return Err(Error::Argument("a bot has at most 100 commands in a list"));
        }
        let deadline = self.begin_for::<f::SetBotCommands>()?;
        let CommandScope { place, language } = scope;
        let mut request = f::SetBotCommands {
            lang_code: language,
            commands,
            ..Default::default()
        };
        self.ask_in(&place, deadline, |scope| {
            request.scope = scope;
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// The commands that this bot offers in just this scope and language: none, where it has said
    /// nothing of it, whatever holds there then.
    ///
    /// # Errors
    ///
    /// As [`set_bot_commands`](Self::set_bot_commands).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.getBotCommands>.
    pub fn bot_commands(&self, scope: CommandScope) -> Result<Vec<BotCommand>> {
        let deadline = self.begin_for::<f::GetBotCommands>()?;
        let CommandScope { place, language } = scope;
        let answer = self.ask_in(&place, deadline, |scope| {
            let lang_code = language.clone();
            self.ask_until(&f::GetBotCommands { scope, lang_code }, deadline)
        })?;
        let commands = answer.into_iter();
        Ok(commands
            .map(|RawCommand::Command(command)| (*command).into())
            .collect())
    }

    /// Offers no commands any more in this scope and language: those of the next that holds are
    /// shown there.
    ///
    /// # Errors
    ///
    /// As [`set_bot_commands`](Self::set_bot_commands).
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.resetBotCommands>.
    pub fn delete_bot_commands(&self, scope: CommandScope) -> Result<()> {
        let deadline = self.begin_for::<f::ResetBotCommands>()?;
        let CommandScope { place, language } = scope;
        self.ask_in(&place, deadline, |scope| {
            let lang_code = language.clone();
            let request = f::ResetBotCommands { scope, lang_code };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Asks something about a place, as the raw API names it.
    fn ask_in<T>(
        &self,
        place: &Place,
        deadline: Instant,
        mut ask: impl FnMut(BotCommandScope) -> Result<T>,
    ) -> Result<T> {
        let mut about = |chat: &PeerRef, scope: &dyn Fn(InputPeer) -> BotCommandScope| {
            self.ask_about(chat, deadline, |peer| ask(scope(peer.clone())))
        };
        match place {
            Place::Everywhere => ask(BotCommandScope::Default),
            Place::Users => ask(BotCommandScope::Users),
            Place::Groups => ask(BotCommandScope::Chats),
            Place::Admins => ask(BotCommandScope::ChatAdmins),
            Place::Chat(chat) => about(chat, &|peer| types::BotCommandScopePeer { peer }.into()),
            Place::AdminsOf(chat) => about(chat, &|peer| {
                types::BotCommandScopePeerAdmins { peer }.into()
            }),
            Place::Member(chat, user) => {
                let user_id = input_user(&self.resolve_until(user, deadline)?)?;
                about(chat, &|peer| {
                    let user_id = user_id.clone();
                    types::BotCommandScopePeerUser { peer, user_id }.into()
                })
            }
        }
    }
}

/// A command that can be one, as the raw API has it.
fn checked(command: BotCommand) -> Result<RawCommand> {
    let name = command.name.as_bytes();
    let plain = |it: &u8| it.is_ascii_lowercase() || it.is_ascii_digit() || *it == b'_';
    if !(1..=NAME_MAX).contains(&name.len()) || !name.iter().all(plain) {
        return Err(Error::Argument(
            "a command's name has 1 to 32 of the letters a to z, digits and _, and no slash",
        ));
    }
    if !(1..=DESCRIPTION_MAX).contains(&command.description.chars().count()) {
        return Err(Error::Argument(
            "what is said of a command has 1 to 256 letters",
        ));
    }
    Ok(types::BotCommand::from(command).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_descriptions_have_so_many_letters_of_some_kinds() {
        let is_one = |name: &str, description: &str| {
            let checked = checked(BotCommand::new(name, description));
            assert!(matches!(checked, Ok(_) | Err(Error::Argument(_))));
            checked.is_ok()
        };
        let long = "x".repeat(33);
        for name in ["a", "z", "0", "9", "_", "tea_2", &long[..32]] {
            assert!(is_one(name, "Tea"), "{name}");
        }
        for name in [
            "", &long, "Tea", "/tea", "te a", "t\u{e4}", "tea-2", "`", "{",
        ] {
            assert!(!is_one(name, "Tea"), "{name}");
        }
        assert!(is_one("tea", &"\u{e4}".repeat(256)));
        for description in [String::new(), "x".repeat(257)] {
            assert!(!is_one("tea", &description));
        }
    }
}
