//! What a bot's token looks like.
use crate::error::{Error, Result};

/// The token without the blanks around it, or why it cannot be one.
///
/// Only what no bot can have is refused; whether a bot has it, the server says.
///
/// See <https://core.telegram.org/bots/api#authorizing-your-bot>.
pub(crate) fn checked(token: &str) -> Result<&str> {
    let token = token.trim();
    let Some((number, text)) = token.split_once(':') else {
        return Err(Error::BotToken(match token.is_empty() {
            true => "it is empty",
            false => "it has no colon",
        }));
    };
    if number.is_empty() || !number.bytes().all(|letter| letter.is_ascii_digit()) {
        return Err(Error::BotToken("what stands before its colon is no number"));
    }
    if text.is_empty() {
        return Err(Error::BotToken("nothing stands after its colon"));
    }
    if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err(Error::BotToken("it has a blank or a line break in it"));
    }
    Ok(token)
}

/// The id of the bot that a token is for: the number before its colon.
///
/// See <https://core.telegram.org/bots/api#authorizing-your-bot>.
pub(crate) fn number(token: &str) -> Option<i64> {
    token.split_once(':')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bot_can_have_is_let_through() {
        for token in ["1:a", "1000:local-echo-bot", "42:a:b", "7:ABC-DEF_1234"] {
            assert_eq!(checked(token).expect(token), token);
        }
        let from_a_file = checked(" 42:abc\r\n").expect("blanks around it do no harm");
        assert_eq!(from_a_file, "42:abc");
    }

    #[test]
    fn what_no_bot_can_have_is_refused_and_not_told() {
        for (token, why) in [
            ("", "is empty"),
            ("\n", "is empty"),
            ("hunter2", "no colon"),
            (":hunter2", "no number"),
            ("bot42:hunter2", "no number"),
            ("-42:hunter2", "no number"),
            ("\u{664}\u{662}:hunter2", "no number"),
            ("42: ", "nothing"),
            ("42:hunter2 7:hunter3", "blank"),
            ("42:hunter2\n7:hunter3", "line break"),
            ("42:hunter2\0", "blank"),
        ] {
            let error = checked(token).expect_err(why);
            assert!(matches!(error, Error::BotToken(_)), "{error}");
            let text = format!("{error} {error:?}");
            assert!(text.contains(why) && !text.contains("hunter"), "{text}");
            assert!(text.contains("@BotFather"), "{text}");
        }
    }
}
