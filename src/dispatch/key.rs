//! By what a handler is found among a thousand.
use std::collections::BTreeSet;

use super::context::Context;

/// By what a handler is found among a thousand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A command behind its prefix, in small letters.
    Command(char, String),
    /// The data of a button.
    Data(Vec<u8>),
    /// What the data of a button begins with.
    DataPrefix(Vec<u8>),
}

impl Key {
    pub(super) fn command(prefix: char, name: &str) -> Self {
        Self::Command(prefix, name.to_ascii_lowercase())
    }

    /// The keys that an update has: prefixes of button data only of these lengths.
    pub(super) fn of(cx: &Context, lengths: &BTreeSet<usize>) -> Vec<Self> {
        let mut keys = Vec::new();
        if let Some(message) = cx.message()
            && let Some((prefix, name, _)) = command_word(message.text())
        {
            keys.push(Self::command(prefix, name));
        }
        if let Some(data) = cx.callback_data() {
            keys.push(Self::Data(data.to_vec()));
            let prefixes = lengths.iter().map_while(|len| data.get(..*len));
            keys.extend(prefixes.map(|prefix| Self::DataPrefix(prefix.to_vec())));
        }
        keys
    }
}

/// The first word of a text, as a command: the sign before it, its name, and the bot that is named
/// behind `@`.
pub(super) fn command_word(text: &str) -> Option<(char, &str, Option<&str>)> {
    let word = text.split_whitespace().next()?;
    let prefix = word.chars().next().filter(|sign| !sign.is_alphanumeric())?;
    let word = &word[prefix.len_utf8()..];
    let (name, bot) = match word.split_once('@') {
        Some((name, bot)) => (name, Some(bot)),
        None => (word, None),
    };
    (!name.is_empty()).then_some((prefix, name, bot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_first_words_behind_a_sign() {
        assert_eq!(command_word("/start now"), Some(('/', "start", None)));
        assert_eq!(
            command_word(" !ban@a_bot\nx"),
            Some(('!', "ban", Some("a_bot")))
        );
        assert_eq!(command_word("«a"), Some(('«', "a", None)));
        for text in ["", " ", "start", "/", "/@bot", "é!"] {
            assert_eq!(command_word(text), None, "{text}");
        }
    }
}
