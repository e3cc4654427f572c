//! All accounts, and how they are found: by id, phone number, username, bot token.
use std::collections::{BTreeMap, HashMap};

use super::account::{Account, Kind};
use super::chance::Chance;

/// The account that service notices (login codes) come from
/// (<https://core.telegram.org/api/auth>).
pub(crate) const SERVICE_USER: i64 = 777_000;

/// The number that the service account shows.
const SERVICE_PHONE: &str = "42777";

/// The first id given to a user: beyond 32 bits, as today's ids are, so that nobody cuts them.
const FIRST_USER_ID: i64 = 5_000_000_001;

/// The highest id that an account can have (<https://core.telegram.org/api/bots/ids>).
const MAX_USER_ID: i64 = (1 << 40) - 1;

/// The digits that a phone number may have: E.164 allows 15.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// The letters that a username may have.
const USERNAME_LENGTH: std::ops::RangeInclusive<usize> = 4..=32;

/// What a new account is made of.
pub(crate) struct Profile {
    pub(crate) kind: Kind,
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
    pub(crate) username: Option<String>,
    pub(crate) dc: i32,
}

/// Why an account cannot be made so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Taken {
    /// The phone number is no phone number, or somebody has it.
    #[error("the phone number is not one (5 to 15 digits), or is taken")]
    Phone,
    /// The username is no username, or somebody has it.
    #[error("the username is not one (4 to 32 letters, digits and _), or is taken")]
    Username,
    /// The token is no token, or another bot has it.
    #[error("the token is not one (digits, a colon, letters), or is taken")]
    Token,
    /// There is no data centre for it to live on.
    #[error("there is no data centre of the number where it is to live")]
    Centre,
}

/// All accounts.
#[derive(Default)]
pub(crate) struct Directory {
    accounts: BTreeMap<i64, Account>,
    phones: HashMap<String, i64>,
    /// Users and bots by their ids, and channels by theirs with a minus.
    usernames: HashMap<String, i64>,
    tokens: HashMap<String, i64>,
}

impl Directory {
    /// Adds an account and gives its id: a bot's is the number in front of its token, as
    /// everywhere.
    pub(crate) fn add(&mut self, profile: Profile, chance: &mut Chance) -> Result<i64, Taken> {
        let username = profile.username.as_deref().map(normal_username);
        match &username {
            Some(None) => return Err(Taken::Username),
            Some(Some(name)) if self.usernames.contains_key(name) => return Err(Taken::Username),
            _ => {}
        }
        let wanted = self.claim(&profile.kind)?;
        let id = self.free_id(wanted);
        match &profile.kind {
            Kind::User { phone } => self.phones.insert(phone.clone(), id),
            Kind::Bot { token, .. } => self.tokens.insert(token.clone(), id),
        };
        if let Some(Some(name)) = username {
            self.usernames.insert(name, id);
        }
        let mut account = Account::new(id, profile.kind, profile.first_name, profile.dc);
        account.last_name = profile.last_name;
        account.username = profile.username;
        account.next_salts = (chance.array(), chance.array());
        self.accounts.insert(id, account);
        Ok(id)
    }

    /// Puts in the account that the service notices come from. It has no number to log in with.
    pub(crate) fn insert_service(&mut self, first_name: &str) {
        let kind = Kind::User {
            phone: SERVICE_PHONE.to_owned(),
        };
        let account = Account::new(SERVICE_USER, kind, first_name.to_owned(), 1);
        self.accounts.insert(SERVICE_USER, account);
    }

    /// An account by its id.
    pub(crate) fn get(&self, id: i64) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// An account by its id, to change it.
    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Account> {
        self.accounts.get_mut(&id)
    }

    /// Who has a phone number (digits only).
    pub(crate) fn by_phone(&self, phone: &str) -> Option<&Account> {
        self.get(*self.phones.get(phone)?)
    }

    /// Who has a username, in whatever case of letters.
    pub(crate) fn by_username(&self, username: &str) -> Option<&Account> {
        self.get(*self.usernames.get(&username.to_ascii_lowercase())?)
    }

    /// Which channel has a username, in whatever case of letters.
    pub(crate) fn channel_by_username(&self, username: &str) -> Option<i64> {
        let owner = *self.usernames.get(&username.to_ascii_lowercase())?;
        (owner < 0).then_some(-owner)
    }

    /// Gives a channel its username.
    pub(crate) fn name_channel(&mut self, id: i64, username: &str) -> Result<(), Taken> {
        let name = normal_username(username).ok_or(Taken::Username)?;
        if self.usernames.contains_key(&name) {
            return Err(Taken::Username);
        }
        self.usernames.insert(name, -id);
        Ok(())
    }

    /// Whether a name that was bought for a channel leads there.
    pub(crate) fn lead(&mut self, id: i64, username: &str, leads: bool) {
        let name = username.to_ascii_lowercase();
        match leads {
            true => self.usernames.insert(name, -id),
            false => self.usernames.remove(&name),
        };
    }

    /// Gives a channel another username, or none.
    pub(crate) fn rename_channel(
        &mut self,
        id: i64,
        old: Option<&str>,
        new: Option<&str>,
    ) -> Result<(), Taken> {
        let owner = |name: &str| self.usernames.get(&name.to_ascii_lowercase());
        if new.and_then(owner).is_some_and(|owner| *owner != -id) {
            return Err(Taken::Username);
        }
        if let Some(old) = old {
            self.usernames.remove(&old.to_ascii_lowercase());
        }
        match new {
            Some(new) => self.name_channel(id, new),
            None => Ok(()),
        }
    }

    /// Everybody, by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// Forgets which messages were sent under which `random_id`.
    pub(crate) fn forget_random_ids(&mut self) {
        for account in self.accounts.values_mut() {
            account.sent.clear();
        }
    }

    /// Which bot has a token.
    pub(crate) fn by_token(&self, token: &str) -> Option<&Account> {
        self.get(*self.tokens.get(token)?)
    }

    /// Gives an account another username, or none.
    pub(crate) fn rename(&mut self, id: i64, username: Option<String>) -> Result<(), Taken> {
        let normal = match username.as_deref() {
            Some(name) => Some(normal_username(name).ok_or(Taken::Username)?),
            None => None,
        };
        if let Some(name) = &normal
            && self.usernames.get(name).is_some_and(|owner| *owner != id)
        {
            return Err(Taken::Username);
        }
        let Some(account) = self.accounts.get_mut(&id) else {
            return Ok(());
        };
        if let Some(old) = account.username.take() {
            self.usernames.remove(&old.to_ascii_lowercase());
        }
        account.username = username;
        if let Some(name) = normal {
            self.usernames.insert(name, id);
        }
        Ok(())
    }

    /// Gives an account a username beside its own.
    pub(crate) fn claim_name(&mut self, id: i64, username: &str) -> Result<(), Taken> {
        let name = normal_username(username).ok_or(Taken::Username)?;
        if self.usernames.contains_key(&name) {
            return Err(Taken::Username);
        }
        self.usernames.insert(name, id);
        Ok(())
    }

    /// Gives a person another phone number.
    pub(crate) fn renumber(&mut self, id: i64, phone: &str) -> Result<(), Taken> {
        let phone = normal_phone(phone).ok_or(Taken::Phone)?;
        if self.phones.get(&phone).is_some_and(|owner| *owner != id) {
            return Err(Taken::Phone);
        }
        if let Some(Account {
            kind: Kind::User { phone: old },
            ..
        }) = self.accounts.get_mut(&id)
        {
            self.phones.remove(old);
            old.clone_from(&phone);
            self.phones.insert(phone, id);
        }
        Ok(())
    }

    fn claim(&self, kind: &Kind) -> Result<Option<i64>, Taken> {
        match kind {
            Kind::User { phone } => {
                if normal_phone(phone).as_ref() != Some(phone) || self.phones.contains_key(phone) {
                    return Err(Taken::Phone);
                }
                Ok(None)
            }
            Kind::Bot { token, .. } => {
                let number = token_number(token).ok_or(Taken::Token)?;
                if self.tokens.contains_key(token) {
                    return Err(Taken::Token);
                }
                let id = number.parse().ok();
                Ok(id.filter(|id| (1..=MAX_USER_ID).contains(id)))
            }
        }
    }

    fn free_id(&self, wanted: Option<i64>) -> i64 {
        if let Some(id) = wanted
            && !self.accounts.contains_key(&id)
        {
            return id;
        }
        (FIRST_USER_ID..)
            .find(|id| !self.accounts.contains_key(id))
            .expect("there are more ids than accounts fit into memory")
    }
}

/// The digits in front of a bot's token; `None` for what is no token.
fn token_number(token: &str) -> Option<&str> {
    let (number, text) = token.split_once(':')?;
    let digits = !number.is_empty() && number.bytes().all(|letter| letter.is_ascii_digit());
    (digits && !text.is_empty() && !text.contains(char::is_whitespace)).then_some(number)
}

/// A phone number as digits; `None` for what is no phone number.
pub(crate) fn normal_phone(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' | ' ' | '-' | '(' | ')' => {}
            _ => return None,
        }
    }
    PHONE_DIGITS.contains(&digits.len()).then_some(digits)
}

/// A username in small letters; `None` for what is no username.
pub(crate) fn normal_username(text: &str) -> Option<String> {
    let starts_well = text
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic());
    let letters = text
        .bytes()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == b'_');
    let underscores = !text.ends_with('_') && !text.contains("__");
    (starts_well && letters && underscores && USERNAME_LENGTH.contains(&text.len()))
        .then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance() -> Chance {
        Chance::new([0; 32])
    }

    fn user(phone: &str, username: Option<&str>) -> Profile {
        Profile {
            kind: Kind::User {
                phone: phone.into(),
            },
            first_name: "A".into(),
            last_name: None,
            username: username.map(Into::into),
            dc: 1,
        }
    }

    fn bot(token: &str) -> Profile {
        let kind = Kind::Bot {
            token: token.into(),
            banned: false,
        };
        Profile {
            kind,
            ..user("", None)
        }
    }

    #[test]
    fn nobody_shares_a_phone_a_name_or_a_token() {
        let mut directory = Directory::default();
        let id = directory
            .add(user("49123456", Some("Alice")), &mut chance())
            .expect("free");
        assert!(id > i64::from(u32::MAX));
        assert_eq!(
            directory.add(user("49123456", None), &mut chance()),
            Err(Taken::Phone)
        );
        assert_eq!(
            directory.add(user("+49123", None), &mut chance()),
            Err(Taken::Phone)
        );
        assert_eq!(
            directory.add(user("49123457", Some("aLICE")), &mut chance()),
            Err(Taken::Username)
        );
        assert_eq!(
            directory.by_username("ALICE").map(|account| account.id),
            Some(id)
        );
        assert_eq!(directory.add(bot("42:abc"), &mut chance()), Ok(42));
        assert_eq!(
            directory.add(bot("42:abc"), &mut chance()),
            Err(Taken::Token)
        );
        assert_eq!(directory.add(bot("42:def"), &mut chance()), Ok(id + 1));
    }

    #[test]
    fn a_number_given_up_is_free() {
        let mut directory = Directory::default();
        let mut add = |phone| directory.add(user(phone, None), &mut chance());
        let (a, b) = (
            add("49123456").expect("free"),
            add("49123457").expect("free"),
        );
        assert_eq!(directory.renumber(b, "+49123456"), Err(Taken::Phone));
        assert_eq!(directory.renumber(a, "+49123458"), Ok(()));
        assert_eq!(directory.renumber(b, "+49123456"), Ok(()));
        let owner = |phone| directory.by_phone(phone).map(|account| account.id);
        assert_eq!((owner("49123456"), owner("49123457")), (Some(b), None));
    }

    #[test]
    fn what_no_client_sends_is_no_token() {
        let mut directory = Directory::default();
        for bad in ["", "42", "42:", ":abc", "bot42:abc", "-42:abc", "42:a b"] {
            let added = directory.add(bot(bad), &mut chance());
            assert_eq!(added, Err(Taken::Token), "{bad}");
        }
        let large = "99999999999999999999:abc";
        assert!(directory.add(bot(large), &mut chance()).is_ok());
    }

    #[test]
    fn a_name_given_up_is_free() {
        let mut directory = Directory::default();
        let a = directory
            .add(user("49123456", Some("Alice")), &mut chance())
            .expect("free");
        let b = directory
            .add(user("49123457", None), &mut chance())
            .expect("free");
        assert_eq!(
            directory.rename(b, Some("alice".into())),
            Err(Taken::Username)
        );
        assert_eq!(directory.rename(a, Some("ALICE".into())), Ok(()));
        assert_eq!(directory.rename(a, None), Ok(()));
        assert_eq!(directory.rename(b, Some("alice".into())), Ok(()));
        assert_eq!(
            directory.by_username("Alice").map(|account| account.id),
            Some(b)
        );
    }

    #[test]
    fn what_is_a_phone_number_and_what_a_username() {
        assert_eq!(normal_phone("+49 (123) 45-6").as_deref(), Some("49123456"));
        for bad in [
            "",
            "+",
            "1234",
            "1234567890123456",
            "12345x",
            "12345\u{661}",
        ] {
            assert_eq!(normal_phone(bad), None, "{bad}");
        }
        assert_eq!(normal_username("Echo_Bot").as_deref(), Some("echo_bot"));
        for bad in [
            "",
            "abc",
            "1abcd",
            "_abcd",
            "abcd_",
            "ab__cd",
            "abc-d",
            "äbcde",
            &"a".repeat(33),
        ] {
            assert_eq!(normal_username(bad), None, "{bad}");
        }
    }
}
