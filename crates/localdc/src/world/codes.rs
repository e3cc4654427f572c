//! Login codes: sent, checked, used once (<https://core.telegram.org/api/auth>).
use std::collections::HashMap;

use super::chance::Chance;
use super::code_way::CodeWay;

/// How long a code is good, in seconds.
const LIFETIME: i64 = 300;

/// Wrong tries after which a code is void.
const TRIES: u32 = 5;

/// The digits of a code.
pub(crate) const CODE_LENGTH: usize = 5;

/// Why a code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeFault {
    /// No code was given.
    Empty,
    /// There is no such code any more.
    Expired,
    /// It is another one.
    Invalid,
}

/// A code on its way.
#[derive(Clone, Debug)]
pub(crate) struct LoginCode {
    /// What the client names it by (`phone_code_hash`).
    pub(crate) hash: String,
    /// Whether it was given right already, so that the number may sign up.
    pub(crate) proven: bool,
    digits: String,
    /// The way it went, and those that are left.
    ways: Vec<CodeWay>,
    expires: i64,
    tries: u32,
}

impl LoginCode {
    /// What has to be typed.
    pub(crate) fn code(&self) -> String {
        self.via().code(&self.digits)
    }

    /// The way it went.
    pub(crate) fn via(&self) -> CodeWay {
        self.ways.first().copied().unwrap_or(CodeWay::Sms)
    }

    /// The way it goes if it is wanted again.
    pub(crate) fn next(&self) -> Option<CodeWay> {
        self.ways.get(1).copied()
    }

    /// Sends it the next way; whether there is one.
    pub(crate) fn go_on(&mut self) -> bool {
        let more = self.ways.len() > 1;
        if more {
            self.ways.remove(0);
        }
        more
    }
}

/// The codes of all phone numbers: one each.
#[derive(Default)]
pub(crate) struct LoginCodes {
    by_phone: HashMap<String, LoginCode>,
    /// The ways to numbers for which they were told.
    ways: HashMap<String, Vec<CodeWay>>,
}

impl LoginCodes {
    /// From now on the codes of a number go these ways, one after the other.
    pub(crate) fn send_by(&mut self, phone: String, ways: Vec<CodeWay>) {
        self.ways.insert(phone, ways);
    }

    /// Makes a code for a number; an earlier one is void. It goes the first of `ways`, and the next
    /// ones if it is wanted again.
    ///
    /// Numbers of the test scheme get the digit of their data centre, repeated
    /// (<https://core.telegram.org/api/auth#test-accounts>).
    pub(crate) fn issue(
        &mut self,
        now: i64,
        phone: &str,
        ways: Vec<CodeWay>,
        chance: &mut Chance,
    ) -> LoginCode {
        self.by_phone.retain(|_, code| code.expires > now);
        let hash: [u8; 9] = chance.array();
        let digits = match test_centre(phone) {
            Some(digit) => digit.to_string().repeat(CODE_LENGTH),
            None => digits(chance),
        };
        let code = LoginCode {
            hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            proven: false,
            digits,
            ways: self.ways.get(phone).cloned().unwrap_or(ways),
            expires: now + LIFETIME,
            tries: 0,
        };
        self.by_phone.insert(phone.to_owned(), code.clone());
        code
    }

    /// The code of a number, if it is still good.
    pub(crate) fn get(&self, now: i64, phone: &str) -> Option<&LoginCode> {
        self.by_phone.get(phone).filter(|code| code.expires > now)
    }

    /// The code of a number that a client names by its hash, to change how it was sent.
    pub(crate) fn named(&mut self, now: i64, phone: &str, hash: &str) -> Option<&mut LoginCode> {
        self.by_phone
            .get_mut(phone)
            .filter(|code| code.expires > now && code.hash == hash)
    }

    /// Checks what a client gives as the code.
    pub(crate) fn check(
        &mut self,
        now: i64,
        phone: &str,
        hash: &str,
        given: &str,
    ) -> Result<(), CodeFault> {
        if given.is_empty() {
            return Err(CodeFault::Empty);
        }
        let code = self.named(now, phone, hash).ok_or(CodeFault::Expired)?;
        if code.via().takes(&code.digits, given) {
            code.proven = true;
            return Ok(());
        }
        code.tries += 1;
        if code.tries >= TRIES {
            self.forget(phone);
        }
        Err(CodeFault::Invalid)
    }

    /// Makes the code of a number void: it was used, or called back.
    pub(crate) fn forget(&mut self, phone: &str) -> bool {
        self.by_phone.remove(phone).is_some()
    }
}

/// The data centre in a number of the test scheme: 99966XYYYY.
pub(crate) fn test_centre(phone: &str) -> Option<i32> {
    let rest = phone.strip_prefix("99966")?;
    let digit = rest.chars().next()?.to_digit(10)?;
    let digit = i32::try_from(digit).ok()?;
    (rest.len() == 5 && (1..=3).contains(&digit)).then_some(digit)
}

fn digits(chance: &mut Chance) -> String {
    let bytes: [u8; CODE_LENGTH] = chance.array();
    bytes
        .iter()
        .map(|byte| char::from(b'0' + byte % 10))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance() -> Chance {
        Chance::new([0; 32])
    }

    #[test]
    fn a_code_is_good_for_its_time_and_its_hash() {
        let mut codes = LoginCodes::default();
        let code = codes.issue(1000, "49123456", vec![CodeWay::Sms], &mut chance());
        assert_eq!(code.code().len(), CODE_LENGTH);
        assert_eq!(
            codes.check(1000, "49123456", &code.hash, ""),
            Err(CodeFault::Empty)
        );
        assert_eq!(
            codes.check(1000, "49123456", "other", &code.code()),
            Err(CodeFault::Expired)
        );
        assert_eq!(
            codes.check(1300, "49123456", &code.hash, &code.code()),
            Err(CodeFault::Expired)
        );
        assert_eq!(
            codes.check(1299, "49123456", &code.hash, &code.code()),
            Ok(())
        );
    }

    #[test]
    fn a_code_stands_few_tries() {
        let mut codes = LoginCodes::default();
        let code = codes.issue(1000, "49123456", vec![CodeWay::Sms], &mut chance());
        for _ in 0..TRIES {
            assert_eq!(
                codes.check(1000, "49123456", &code.hash, "x"),
                Err(CodeFault::Invalid)
            );
        }
        assert_eq!(
            codes.check(1000, "49123456", &code.hash, &code.code()),
            Err(CodeFault::Expired)
        );
    }

    #[test]
    fn a_new_code_voids_the_old_one() {
        let mut codes = LoginCodes::default();
        let mut chance = chance();
        let old = codes.issue(1000, "49123456", vec![CodeWay::Sms], &mut chance);
        let new = codes.issue(1001, "49123456", vec![CodeWay::Sms], &mut chance);
        assert_eq!(
            codes.check(1001, "49123456", &old.hash, &old.code()),
            Err(CodeFault::Expired)
        );
        assert_eq!(
            codes.check(1001, "49123456", &new.hash, &new.code()),
            Ok(())
        );
    }

    #[test]
    fn test_numbers_have_known_codes() {
        let mut codes = LoginCodes::default();
        let code = codes.issue(1000, "9996621234", vec![CodeWay::Sms], &mut chance());
        assert_eq!(code.code(), "22222");
        assert_eq!(test_centre("9996691234"), None);
    }
}
