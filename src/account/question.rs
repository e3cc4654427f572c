//! What somebody who signs in is asked.
use std::fmt;

use super::code_type::CodeType;
use super::login_email::SentEmailCode;
use super::login_token::LoginToken;
use super::password_token::PasswordToken;
use super::sign_in::TermsOfService;

/// What somebody who signs in is asked. It is shown as the words to ask with.
///
/// See <https://core.telegram.org/api/auth>.
#[derive(Debug)]
#[non_exhaustive]
pub enum Question<'a> {
    /// The phone number; a bot's token will do as well.
    Phone,
    /// The login code. Where it can come another way, an empty answer has it sent that way.
    Code(&'a LoginToken),
    /// The password. It should not be seen while it is typed.
    Password(&'a PasswordToken),
    /// An address that login codes can be sent to.
    Email,
    /// The code that was sent to that address.
    EmailCode(&'a SentEmailCode),
    /// The first name, for a phone number that has no account: with it, somebody agrees to the
    /// terms.
    FirstName(Option<&'a TermsOfService>),
    /// The last name, which may be empty.
    LastName,
    /// The same as before, for the answer was wrong. The words say what was.
    Again(&'a Question<'a>),
}

impl Question<'_> {
    /// Whether the answer should not be seen while it is typed.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Password(_) => true,
            Self::Again(question) => question.is_secret(),
            _ => false,
        }
    }
}

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone => f.write_str("Phone number, or a bot's token: "),
            Self::Code(token) => {
                write!(f, "Login code, which comes {}", way(token.code_type()))?;
                match token.next_type() {
                    Some(_) => f.write_str(" (nothing: send it another way): "),
                    None => f.write_str(": "),
                }
            }
            Self::Password(token) => match token.hint() {
                Some(hint) => write!(f, "Password (hint: {hint}): "),
                None => f.write_str("Password: "),
            },
            Self::Email => f.write_str("E-mail address for login codes: "),
            Self::EmailCode(sent) => write!(f, "Code that was sent to {}: ", sent.pattern),
            Self::FirstName(terms) => {
                if let Some(terms) = terms {
                    writeln!(f, "{}", terms.text())?;
                }
                f.write_str("Nobody has this number. First name for a new account: ")
            }
            Self::LastName => f.write_str("Last name: "),
            Self::Again(question) => write!(f, "That was not right. {question}"),
        }
    }
}

fn way(code_type: &CodeType) -> String {
    match code_type {
        CodeType::App { .. } => "in the app on another device".to_owned(),
        CodeType::Sms { .. } | CodeType::FirebaseSms { .. } => "by SMS".to_owned(),
        CodeType::Call { .. } => "by a call".to_owned(),
        CodeType::FlashCall { pattern } => format!("as the number that calls, {pattern}"),
        CodeType::MissedCall { prefix, length } => {
            format!("as the last {length} digits of the number that calls, {prefix}…")
        }
        CodeType::Email { pattern, .. } => format!("to {pattern}"),
        CodeType::FragmentSms { url, .. } => format!("on {url}"),
        CodeType::SmsWord { beginning } => worded("a word", beginning.as_deref()),
        CodeType::SmsPhrase { beginning } => worded("a phrase", beginning.as_deref()),
        CodeType::SetUpEmail | CodeType::Unknown => "in some way".to_owned(),
    }
}

fn worded(what: &str, beginning: Option<&str>) -> String {
    match beginning {
        Some(beginning) => format!("by SMS, {what} that begins with {beginning}"),
        None => format!("by SMS, {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types::account::Password;
    use crate::tl::types::auth::{SentCode, SentCodeTypeMissedCall};

    #[test]
    fn a_question_says_what_is_known_and_a_password_is_secret() {
        let sent = SentCode {
            r#type: SentCodeTypeMissedCall {
                prefix: "4670".to_owned(),
                length: 4,
            }
            .into(),
            ..Default::default()
        };
        let token = LoginToken::new("15550001".to_owned(), sent);
        let code = Question::Code(&token);
        let text = "Login code, which comes as the last 4 digits of the number that calls, 4670…: ";
        assert_eq!(code.to_string(), text);
        let password = Box::new(Password {
            hint: Some("a cave".to_owned()),
            ..Default::default()
        });
        let token = PasswordToken { password };
        let password = Question::Password(&token);
        let again = Question::Again(&password);
        assert_eq!(
            again.to_string(),
            "That was not right. Password (hint: a cave): "
        );
        assert!(again.is_secret() && !code.is_secret());
    }
}
