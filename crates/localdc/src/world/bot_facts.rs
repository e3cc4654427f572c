//! What a bot has said of itself, and to whom (<https://core.telegram.org/api/bots/info>).
use std::collections::BTreeMap;

use ferogram_sync::tl::types;

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
}
