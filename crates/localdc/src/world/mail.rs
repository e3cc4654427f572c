//! E-mail: codes that were sent to an address, to show that it is theirs
//! (<https://core.telegram.org/api/auth#email-verification>).
use std::collections::HashMap;

use super::chance::Chance;

/// How long a code is good, in seconds.
const LIFETIME: i64 = 3600;

/// The digits of a code.
pub(crate) const MAIL_CODE_LENGTH: usize = 6;

/// What a code is for. There is one for each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MailFor {
    /// A login e-mail, on the way to signing in with this phone number.
    LoginSetup(String),
    /// Another login e-mail of this account.
    LoginChange(i64),
    /// The recovery e-mail of this account's password.
    RecoveryEmail(i64),
    /// The password itself, which somebody has forgotten.
    Recovery(i64),
}

/// Why a code from an e-mail is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MailFault {
    /// There is no such code any more.
    Expired,
    /// It is another one.
    Invalid,
}

struct Letter {
    address: String,
    code: String,
    expires: i64,
}

/// All e-mails whose codes are good.
#[derive(Default)]
pub(crate) struct Mail {
    letters: HashMap<MailFor, Letter>,
}

impl Mail {
    /// Sends a code; an earlier one for the same is void.
    pub(crate) fn send(&mut self, now: i64, what: MailFor, address: &str, chance: &mut Chance) {
        self.letters.retain(|_, letter| letter.expires > now);
        let digits: [u8; MAIL_CODE_LENGTH] = chance.array();
        let digits = digits.iter().map(|byte| char::from(b'0' + byte % 10));
        let letter = Letter {
            address: address.to_owned(),
            code: digits.collect(),
            expires: now + LIFETIME,
        };
        self.letters.insert(what, letter);
    }

    /// The address that a code was sent to, if this is the code.
    pub(crate) fn check(&self, now: i64, what: &MailFor, code: &str) -> Result<String, MailFault> {
        let letter = self.letters.get(what);
        let letter = letter.filter(|letter| letter.expires > now);
        let letter = letter.ok_or(MailFault::Expired)?;
        match letter.code == code.trim() {
            true => Ok(letter.address.clone()),
            false => Err(MailFault::Invalid),
        }
    }

    /// Makes a code void: it was used, or called back. Whether there was one.
    pub(crate) fn forget(&mut self, what: &MailFor) -> bool {
        self.letters.remove(what).is_some()
    }

    /// A code that was sent to an address and is still good.
    pub(crate) fn code_for(&self, now: i64, address: &str) -> Option<&str> {
        let mut letters = self.letters.values();
        let letter = letters.find(|letter| letter.address == address && letter.expires > now)?;
        Some(&letter.code)
    }
}

/// Whether this can be an address.
pub(crate) fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

/// An address as it is shown to whoever may not see it
/// (<https://core.telegram.org/api/pattern>).
pub(crate) fn pattern(address: &str) -> String {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_for_one_thing_and_some_time() {
        let mut mail = Mail::default();
        let mut chance = Chance::new([0; 32]);
        mail.send(1000, MailFor::Recovery(1), "ann@example.org", &mut chance);
        let code = mail.code_for(1000, "ann@example.org").expect("sent");
        let code = code.to_owned();
        let check = |mail: &Mail, now, what| mail.check(now, &what, &code);
        assert_eq!(
            check(&mail, 1000, MailFor::Recovery(2)),
            Err(MailFault::Expired)
        );
        assert_eq!(
            check(&mail, 5000, MailFor::Recovery(1)),
            Err(MailFault::Expired)
        );
        assert!(check(&mail, 1000, MailFor::Recovery(1)).is_ok());
        assert_eq!(
            mail.check(1000, &MailFor::Recovery(1), "x"),
            Err(MailFault::Invalid)
        );
        assert!(mail.forget(&MailFor::Recovery(1)) && !mail.forget(&MailFor::Recovery(1)));
    }

    #[test]
    fn an_address_is_shown_in_part() {
        assert_eq!(pattern("ann@example.org"), "a***@example.org");
        assert!(is_address("ann@example.org"));
        assert!(!is_address("ann") && !is_address("@example.org") && !is_address("ann@x"));
    }
}
