//! What a bot has said of itself, and to whom (<https://core.telegram.org/api/bots/info>).
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, types};

use super::peer::Peer;

/// Where a list of commands holds (<https://core.telegram.org/type/BotCommandScope>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Everywhere,
    Users,
    Chats,
    ChatAdmins,
    /// One conversation, as the bot has it.
    Peer(Peer),
    PeerAdmins(Peer),
    PeerUser(Peer, i64),
}

/// What a bot has said of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct BotFacts {
    /// Rises with each change of what is shown of it.
    pub(crate) version: i32,
    /// The commands, by where they hold and in which language; without one, in all others.
    pub(crate) commands: BTreeMap<(Scope, String), Vec<types::BotCommand>>,
    /// What it says of itself, by language; without one, to all others.
    pub(crate) said: BTreeMap<String, Said>,
    /// The button beside the field where one writes to it, for somebody or for all others.
    pub(crate) menu: BTreeMap<Option<i64>, enums::BotMenuButton>,
    /// The rights that it would like to have in groups.
    pub(crate) group_rights: Option<types::ChatAdminRights>,
    /// The rights that it would like to have in channels.
    pub(crate) channel_rights: Option<types::ChatAdminRights>,
}

/// What a bot says of itself in one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// Its name; without a language, the account has it.
    pub(crate) name: Option<String>,
    /// What its profile shows.
    pub(crate) about: Option<String>,
    /// What stands in a chat where nothing was written.
    pub(crate) description: Option<String>,
}

impl BotFacts {
    /// The commands of the first of these scopes that has any, in the language or else in none.
    ///
    /// See <https://core.telegram.org/bots/api#determining-list-of-commands>.
    pub(crate) fn commands_for(&self, scopes: &[Scope], language: &str) -> &[types::BotCommand] {
        let languages = [language, ""];
        let mut tried = scopes
            .iter()
            .flat_map(|scope| languages.map(|language| (*scope, language.to_owned())));
        let found = tried.find_map(|place| self.commands.get(&place));
        found.map_or(&[], Vec::as_slice)
    }

    /// Its name in a language, if it has one of its own there.
    pub(crate) fn name_in(&self, language: &str) -> Option<&str> {
        self.in_language(language, |said| said.name.as_deref())
    }

    /// What its profile shows in a language.
    pub(crate) fn about_in(&self, language: &str) -> Option<&str> {
        self.in_language(language, |said| said.about.as_deref())
    }

    /// What stands in an empty chat in a language.
    pub(crate) fn description_in(&self, language: &str) -> Option<&str> {
        self.in_language(language, |said| said.description.as_deref())
    }

    /// What is said in a language, or else in none.
    fn in_language(&self, language: &str, of: fn(&Said) -> Option<&str>) -> Option<&str> {
        let said = [language, ""].map(|language| self.said.get(language));
        said.into_iter().flatten().find_map(of)
    }
}
