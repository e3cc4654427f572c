//! Login codes as people type them.
use crate::tl::enums::auth::SentCodeType;

/// What is meant by a code that somebody has typed.
///
/// Where the code is a number, everything in it that is neither a letter nor a digit is left out:
/// people write `1-2-3-4-5`, since a code that is passed on as it is in a message of Telegram's is
/// no longer good. A letter stays, and makes the code a wrong one. Of a word or a phrase only the
/// blanks around it are left out.
///
/// See <https://core.telegram.org/api/auth>.
pub(crate) fn meant(kind: &SentCodeType, typed: &str) -> String {
    match kind {
        SentCodeType::App(_)
        | SentCodeType::Sms(_)
        | SentCodeType::Call(_)
        | SentCodeType::FlashCall(_)
        | SentCodeType::MissedCall(_)
        | SentCodeType::EmailCode(_)
        | SentCodeType::FragmentSms(_)
        | SentCodeType::FirebaseSms(_) => typed
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect(),
        // `sentCodeTypeSmsWord`, `sentCodeTypeSmsPhrase`, and what is not known yet.
        _ => typed.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types::auth::{SentCodeTypeApp, SentCodeTypeSmsPhrase, SentCodeTypeSmsWord};

    #[test]
    fn numbers_are_typed_in_many_ways() {
        let app = SentCodeType::from(SentCodeTypeApp { length: 5 });
        for typed in [
            "22222",
            "2-2-2-2-2",
            " 2 2 2 2 2\r\n",
            "222-22",
            "2.2.2.2.2",
            "2\u{2013}2\u{2011}2\u{a0}2\u{200b}2",
            "\u{2068}22222\u{2069}",
        ] {
            assert_eq!(meant(&app, typed), "22222", "{typed:?}");
        }
        assert_eq!(meant(&app, "2222x"), "2222x", "not a shorter number");
        assert_eq!(meant(&app, " - "), "");
    }

    #[test]
    fn words_are_what_they_are() {
        let word = SentCodeType::from(SentCodeTypeSmsWord::default());
        assert_eq!(meant(&word, " well-known\n"), "well-known");
        let phrase = SentCodeType::from(SentCodeTypeSmsPhrase::default());
        assert_eq!(meant(&phrase, "\tan old, old tale "), "an old, old tale");
    }
}
