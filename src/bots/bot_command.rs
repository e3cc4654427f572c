//! A command that a bot offers, and where.
use crate::peers::PeerRef;
use crate::tl::types;

/// A command that a bot offers.
///
/// ```
/// use ferogram_sync::BotCommand;
///
/// let command = BotCommand::new("tea", "Put the kettle on");
/// assert_eq!(command, ("tea", "Put the kettle on").into());
/// assert_eq!(command.name, "tea");
/// ```
///
/// See <https://core.telegram.org/constructor/botCommand>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BotCommand {
    /// Its name, without the `/`: 1 to 32 of the letters `a` to `z`, digits and `_`.
    pub name: String,
    /// What it does: 1 to 256 letters.
    pub description: String,
    /// Whether what is said with it in a group is seen by the bot alone.
    pub ephemeral: bool,
}

impl BotCommand {
    /// A name without the `/`, and what it does.
    #[must_use]
    pub fn new(name: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: description.into(),
            ephemeral: false,
        }
    }

    /// Whether what is said with it in a group is seen by the bot alone.
    #[must_use]
    pub fn ephemeral(mut self, on: bool) -> Self {
        self.ephemeral = on;
        self
    }
}

impl<N: Into<String>, D: Into<String>> From<(N, D)> for BotCommand {
    fn from((name, description): (N, D)) -> Self {
        Self::new(name, description)
    }
}

impl From<types::BotCommand> for BotCommand {
    fn from(raw: types::BotCommand) -> Self {
        Self {
            name: raw.command,
            description: raw.description,
            ephemeral: raw.ephemeral,
        }
    }
}

impl From<BotCommand> for types::BotCommand {
    fn from(command: BotCommand) -> Self {
        Self {
            ephemeral: command.ephemeral,
            command: command.name,
            description: command.description,
        }
    }
}

/// Where a list of commands holds, and for whose language. Of all lists that hold for somebody the
/// nearest is shown: that for them alone, for the administrators of the chat, for the chat, for its
/// kind, for everybody; and of each the one in their language before the one in none.
///
/// ```
/// use ferogram_sync::CommandScope;
///
/// let scope = CommandScope::groups().language("de");
/// assert_ne!(scope, CommandScope::groups());
/// assert_eq!(CommandScope::default(), CommandScope::everywhere());
/// ```
///
/// See <https://core.telegram.org/type/BotCommandScope>, and
/// <https://core.telegram.org/bots/api#determining-list-of-commands>.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CommandScope {
    pub(super) place: Place,
    pub(super) language: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Place {
    #[default]
    Everywhere,
    Users,
    Groups,
    Admins,
    Chat(PeerRef),
    AdminsOf(PeerRef),
    Member(PeerRef, PeerRef),
}

impl CommandScope {
    /// Wherever no nearer one holds.
    pub fn everywhere() -> Self {
        Place::Everywhere.into()
    }

    /// In all private chats.
    pub fn users() -> Self {
        Place::Users.into()
    }

    /// In all groups.
    pub fn groups() -> Self {
        Place::Groups.into()
    }

    /// In all groups, for their administrators.
    pub fn admins() -> Self {
        Place::Admins.into()
    }

    /// In one private chat or group.
    pub fn chat(chat: impl Into<PeerRef>) -> Self {
        Place::Chat(chat.into()).into()
    }

    /// In one group, for its administrators.
    pub fn chat_admins(group: impl Into<PeerRef>) -> Self {
        Place::AdminsOf(group.into()).into()
    }

    /// In one group, for somebody in it.
    pub fn member(group: impl Into<PeerRef>, user: impl Into<PeerRef>) -> Self {
        Place::Member(group.into(), user.into()).into()
    }

    /// Only for whose app speaks this language, by its two letters of ISO 639-1. Without one, it
    /// is for all whose language has no list of its own.
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language = code.into();
        self
    }
}

impl From<Place> for CommandScope {
    fn from(place: Place) -> Self {
        let language = String::new();
        Self { place, language }
    }
}
