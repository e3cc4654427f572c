//! How a login code comes.
use std::time::Duration;

use crate::tl::enums;
use crate::tl::enums::auth::SentCodeType;

/// How a login code comes, and what it looks like. Lengths are counted in letters or digits; 0 is
/// one that the server does not tell.
///
/// See <https://core.telegram.org/type/auth.SentCodeType>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeType {
    /// In a message from Telegram to the account's other sessions.
    App {
        /// How long the code is.
        length: usize,
    },
    /// By SMS.
    Sms {
        /// How long the code is.
        length: usize,
    },
    /// By a call, in which it is read out.
    Call {
        /// How long the code is.
        length: usize,
    },
    /// By a call that nobody has to take: the code is the whole number that calls.
    FlashCall {
        /// What that number looks like; a `*` stands for any digits.
        pattern: String,
    },
    /// By a call that nobody has to take: the code is the last digits of the number that calls.
    MissedCall {
        /// How that number begins.
        prefix: String,
        /// How many digits the code has.
        length: usize,
    },
    /// To the account's login e-mail.
    Email {
        /// What the address looks like, with most of it left out.
        pattern: String,
        /// How long the code is.
        length: usize,
        /// What whoever has lost the address can do.
        reset: EmailReset,
    },
    /// Not at all: a login e-mail has to be set up first, with
    /// [`Client::send_login_email_code`](crate::Client::send_login_email_code).
    SetUpEmail,
    /// To the owner of an anonymous number, on a page of Fragment's.
    FragmentSms {
        /// The page.
        url: String,
        /// How long the code is.
        length: usize,
    },
    /// By an SMS which official apps of Telegram alone can ask for.
    FirebaseSms {
        /// How long the code is.
        length: usize,
    },
    /// By SMS, as a word. The case of its letters does not matter.
    SmsWord {
        /// How it begins.
        beginning: Option<String>,
    },
    /// By SMS, as a phrase. The case of its letters does not matter.
    SmsPhrase {
        /// How it begins.
        beginning: Option<String>,
    },
    /// In a way that this version does not know.
    Unknown,
}

/// What whoever has lost the login e-mail can do.
///
/// See <https://core.telegram.org/api/auth#email-verification>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmailReset {
    /// Nothing is offered.
    Unavailable,
    /// [`Client::reset_login_email`](crate::Client::reset_login_email), when so much time has
    /// passed.
    After(Duration),
    /// It was asked for, and happens then, in seconds since the Unix epoch.
    Pending(i64),
}

/// How the code comes when it is asked for again.
///
/// See <https://core.telegram.org/type/auth.CodeType>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextCodeType {
    /// By SMS.
    Sms,
    /// By a call, in which it is read out.
    Call,
    /// By a call whose number is the code.
    FlashCall,
    /// By a call in whose number the code is.
    MissedCall,
    /// To the owner of an anonymous number, on a page of Fragment's.
    FragmentSms,
    /// In a way that this version does not know.
    Unknown,
}

impl CodeType {
    pub(crate) fn of(sent: &SentCodeType) -> Self {
        match sent {
            SentCodeType::App(it) => Self::App {
                length: count(it.length),
            },
            SentCodeType::Sms(it) => Self::Sms {
                length: count(it.length),
            },
            SentCodeType::Call(it) => Self::Call {
                length: count(it.length),
            },
            SentCodeType::FlashCall(it) => Self::FlashCall {
                pattern: it.pattern.clone(),
            },
            SentCodeType::MissedCall(it) => Self::MissedCall {
                prefix: it.prefix.clone(),
                length: count(it.length),
            },
            SentCodeType::EmailCode(it) => Self::Email {
                pattern: it.email_pattern.clone(),
                length: count(it.length),
                reset: match (it.reset_pending_date, it.reset_available_period) {
                    (Some(date), _) => EmailReset::Pending(date.into()),
                    (None, Some(seconds)) => EmailReset::After(seconds_of(seconds)),
                    (None, None) => EmailReset::Unavailable,
                },
            },
            SentCodeType::SetUpEmailRequired(_) => Self::SetUpEmail,
            SentCodeType::FragmentSms(it) => Self::FragmentSms {
                url: it.url.clone(),
                length: count(it.length),
            },
            SentCodeType::FirebaseSms(it) => Self::FirebaseSms {
                length: count(it.length),
            },
            SentCodeType::SmsWord(it) => Self::SmsWord {
                beginning: it.beginning.clone(),
            },
            SentCodeType::SmsPhrase(it) => Self::SmsPhrase {
                beginning: it.beginning.clone(),
            },
            _ => Self::Unknown,
        }
    }

    /// What is meant by a code that somebody has typed.
    ///
    /// Where the code is a number, everything in it that is neither a letter nor a digit is left
    /// out: people write `1-2-3-4-5`, since a code that is passed on as it is in a message of
    /// Telegram's is no longer good. A letter stays, and makes the code a wrong one. Of a word or a
    /// phrase only the blanks around it are left out.
    ///
    /// See <https://core.telegram.org/api/auth>.
    pub(crate) fn meant(&self, typed: &str) -> String {
        match self {
            Self::SmsWord { .. } | Self::SmsPhrase { .. } | Self::Unknown => {
                typed.trim().to_owned()
            }
            _ => typed
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect(),
        }
    }
}

impl NextCodeType {
    pub(crate) fn of(next: &enums::auth::CodeType) -> Self {
        match next {
            enums::auth::CodeType::Sms => Self::Sms,
            enums::auth::CodeType::Call => Self::Call,
            enums::auth::CodeType::FlashCall => Self::FlashCall,
            enums::auth::CodeType::MissedCall => Self::MissedCall,
            enums::auth::CodeType::FragmentSms => Self::FragmentSms,
            _ => Self::Unknown,
        }
    }
}

/// A length as the server writes it, which may be nonsense.
pub(crate) fn count(length: i32) -> usize {
    usize::try_from(length).unwrap_or_default()
}

pub(crate) fn seconds_of(seconds: i32) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types::auth::{SentCodeTypeApp, SentCodeTypeEmailCode};

    #[test]
    fn numbers_are_typed_in_many_ways() {
        let app = CodeType::App { length: 5 };
        for typed in [
            "22222",
            "2-2-2-2-2",
            " 2 2 2 2 2\r\n",
            "222-22",
            "2.2.2.2.2",
            "2\u{2013}2\u{2011}2\u{a0}2\u{200b}2",
            "\u{2068}22222\u{2069}",
        ] {
            assert_eq!(app.meant(typed), "22222", "{typed:?}");
        }
        assert_eq!(app.meant("2222x"), "2222x", "not a shorter number");
        assert_eq!(app.meant(" - "), "");
        let call = CodeType::FlashCall {
            pattern: "4670*".to_owned(),
        };
        assert_eq!(call.meant("+46 70-1 23"), "4670123");
    }

    #[test]
    fn words_are_what_they_are() {
        let beginning = None;
        let word = CodeType::SmsWord { beginning };
        assert_eq!(word.meant(" well-known\n"), "well-known");
        let beginning = Some("an".to_owned());
        let phrase = CodeType::SmsPhrase { beginning };
        assert_eq!(phrase.meant("\tan old, old tale "), "an old, old tale");
    }

    #[test]
    fn what_the_server_tells_of_an_address_is_kept_and_nonsense_is_not() {
        let email = |period, date| {
            let sent = SentCodeTypeEmailCode {
                length: 6,
                reset_available_period: period,
                reset_pending_date: date,
                ..Default::default()
            };
            match CodeType::of(&sent.into()) {
                CodeType::Email { reset, .. } => reset,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(email(None, None), EmailReset::Unavailable);
        let week = EmailReset::After(Duration::from_secs(604_800));
        assert_eq!(email(Some(604_800), None), week);
        assert_eq!(email(Some(-1), None), EmailReset::After(Duration::ZERO));
        assert_eq!(email(Some(1), Some(7)), EmailReset::Pending(7));
        let app = SentCodeTypeApp { length: -5 };
        assert_eq!(CodeType::of(&app.into()), CodeType::App { length: 0 });
    }
}
