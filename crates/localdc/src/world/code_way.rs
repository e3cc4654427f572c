//! The ways in which a login code goes to its owner (<https://core.telegram.org/api/auth>).

/// The number that calls, without the digits that are the code.
pub(crate) const CALLER: &str = "4670000";

/// What is sent instead of digits: a word, or a phrase.
const WORDS: [&str; 4] = ["harbour", "lantern", "well-known", "meadow"];
const PHRASES: [&str; 3] = [
    "an old tale of the sea",
    "bread and butter",
    "rain, then sun",
];

/// A way in which a login code goes to its owner.
///
/// See <https://core.telegram.org/type/auth.SentCodeType>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeWay {
    /// As a message to the account's other sessions.
    App,
    /// As a text message.
    Sms,
    /// Read out by a voice.
    Call,
    /// A call that nobody takes: the code is the whole number that calls.
    FlashCall,
    /// A call that nobody takes: the code is the last digits of the number that calls.
    MissedCall,
    /// To the account's login e-mail.
    Email,
    /// Not at all: an e-mail address has to be set up first.
    SetUpEmail,
    /// To the owner of an anonymous number.
    FragmentSms,
    /// As a text message that only official apps can have sent.
    FirebaseSms,
    /// As a word.
    SmsWord,
    /// As a phrase.
    SmsPhrase,
}

impl CodeWay {
    /// What is to be typed, if these are the digits of the code.
    pub(crate) fn code(self, digits: &str) -> String {
        match self {
            Self::FlashCall => format!("{CALLER}{digits}"),
            Self::SmsWord => pick(&WORDS, digits).to_owned(),
            Self::SmsPhrase => pick(&PHRASES, digits).to_owned(),
            _ => digits.to_owned(),
        }
    }

    /// Whether that is the code. The case of letters is no matter, and what stands between words
    /// is.
    pub(crate) fn takes(self, digits: &str, given: &str) -> bool {
        self.code(digits).eq_ignore_ascii_case(given)
    }
}

fn pick<'a>(words: &[&'a str], digits: &str) -> &'a str {
    let number: usize = digits.bytes().map(usize::from).sum();
    words[number % words.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_depends_on_the_way() {
        assert_eq!(CodeWay::Sms.code("12345"), "12345");
        assert_eq!(CodeWay::FlashCall.code("12345"), "467000012345");
        let word = CodeWay::SmsWord.code("12345");
        assert!(CodeWay::SmsWord.takes("12345", &word.to_uppercase()));
        assert!(!CodeWay::Sms.takes("12345", &word));
    }
}
