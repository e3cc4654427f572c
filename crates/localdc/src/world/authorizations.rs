//! Which key is logged in as whom, and what carries a login from one data centre to another.
use std::collections::HashMap;
use std::sync::Arc;

use super::program::Program;

/// How long a key may take to answer the question for its password, in seconds.
const PASSWORD_WAIT: i64 = 3600;

/// How long an exported authorization is good, in seconds.
const EXPORT_LIFETIME: i64 = 60;

/// Tokens of logins that ended, as many as one account may have.
const FUTURE_TOKENS: usize = 20;

/// Questions that may be open in one key at a time; an older one is void.
const OPEN_QUESTIONS: usize = 8;

/// A key that is logged in.
#[derive(Clone, Debug)]
pub(crate) struct Authorization {
    pub(crate) user: i64,
    /// What clients name it by.
    pub(crate) hash: i64,
    pub(crate) dc: i32,
    pub(crate) created: i64,
    /// When it was last used.
    pub(crate) active: i64,
    /// The program that uses it.
    pub(crate) program: Arc<Program>,
    /// Nobody has said yet that it is right.
    pub(crate) unconfirmed: bool,
    pub(crate) no_encrypted_requests: bool,
    pub(crate) no_call_requests: bool,
}

impl Authorization {
    /// A login with nothing set.
    pub(crate) fn new(user: i64, hash: i64, dc: i32, created: i64, program: Arc<Program>) -> Self {
        Self {
            user,
            hash,
            dc,
            created,
            active: created,
            program,
            unconfirmed: false,
            no_encrypted_requests: false,
            no_call_requests: false,
        }
    }
}

/// A login on its way to another data centre.
#[derive(Clone, Debug)]
struct Export {
    user: i64,
    dc: i32,
    expires: i64,
}

/// All logins.
#[derive(Default)]
pub(crate) struct Authorizations {
    by_key: HashMap<i64, Authorization>,
    awaiting_password: HashMap<i64, (i64, i64)>,
    exports: HashMap<Vec<u8>, Export>,
    /// What lets who signed out in again without a code, by account.
    future: HashMap<i64, Vec<Vec<u8>>>,
}

impl Authorizations {
    /// Logs a key in; what it was before is forgotten.
    pub(crate) fn sign_in(&mut self, key: i64, authorization: Authorization) {
        self.awaiting_password.remove(&key);
        self.by_key.insert(key, authorization);
    }

    /// Logs a key out.
    pub(crate) fn sign_out(&mut self, key: i64) -> Option<Authorization> {
        self.awaiting_password.remove(&key);
        self.by_key.remove(&key)
    }

    /// The login of a key.
    pub(crate) fn get(&self, key: i64) -> Option<&Authorization> {
        self.by_key.get(&key)
    }

    /// A key is used, by this program.
    pub(crate) fn used(&mut self, now: i64, key: i64, program: &Arc<Program>) {
        if let Some(login) = self.by_key.get_mut(&key) {
            login.active = now;
            login.program = Arc::clone(program);
        }
    }

    /// The login of a key, to change it.
    pub(crate) fn get_mut(&mut self, key: i64) -> Option<&mut Authorization> {
        self.by_key.get_mut(&key)
    }

    /// The logins of an account, oldest first, with their keys.
    pub(crate) fn of(&self, user: i64) -> Vec<(i64, &Authorization)> {
        let mut found: Vec<_> = self
            .by_key
            .iter()
            .filter(|(_, authorization)| authorization.user == user)
            .map(|(key, authorization)| (*key, authorization))
            .collect();
        found.sort_by_key(|(key, authorization)| (authorization.created, *key));
        found
    }

    /// The language of the program that an account has used last.
    pub(crate) fn language(&self, user: i64) -> &str {
        let logins = self.of(user).into_iter();
        let last = logins.max_by_key(|(_, login)| login.active);
        last.map_or("", |(_, login)| &login.program.lang_code)
    }

    /// The code was right, and the account has a password besides: the key has to prove it.
    pub(crate) fn await_password(&mut self, now: i64, key: i64, user: i64) {
        self.awaiting_password.retain(|_, (_, until)| *until > now);
        self.awaiting_password
            .insert(key, (user, now + PASSWORD_WAIT));
    }

    /// Whose password a key has to prove.
    pub(crate) fn awaited(&self, now: i64, key: i64) -> Option<i64> {
        let (user, until) = self.awaiting_password.get(&key)?;
        (*until > now).then_some(*user)
    }

    /// Keeps a token with which the account is signed in again without a code
    /// (<https://core.telegram.org/api/auth#future-auth-tokens>).
    pub(crate) fn promise(&mut self, user: i64, token: Vec<u8>) {
        let tokens = self.future.entry(user).or_default();
        if tokens.len() >= FUTURE_TOKENS {
            tokens.remove(0);
        }
        tokens.push(token);
    }

    /// Whether one of the tokens is the account's: it is good once.
    pub(crate) fn redeem(&mut self, user: i64, tokens: &[Vec<u8>]) -> bool {
        let Some(kept) = self.future.get_mut(&user) else {
            return false;
        };
        let before = kept.len();
        kept.retain(|token| !tokens.contains(token));
        kept.len() < before
    }

    /// Puts a login into bytes that the data centre `dc` takes once.
    pub(crate) fn export(&mut self, now: i64, user: i64, dc: i32, bytes: Vec<u8>) {
        self.exports.retain(|_, export| export.expires > now);
        self.exports.insert(
            bytes,
            Export {
                user,
                dc,
                expires: now + EXPORT_LIFETIME,
            },
        );
    }

    /// Takes bytes that were exported for the data centre `dc`: whether they were good.
    pub(crate) fn import(&mut self, now: i64, user: i64, dc: i32, bytes: &[u8]) -> bool {
        let good = self
            .exports
            .get(bytes)
            .is_some_and(|export| (export.user, export.dc) == (user, dc) && export.expires > now);
        if good {
            self.exports.remove(bytes);
        }
        good
    }
}

/// Questions asked about passwords, each by the key that asked: one answer each.
pub(crate) struct Questions<Q> {
    open: HashMap<i64, Vec<Asked<Q>>>,
}

struct Asked<Q> {
    id: i64,
    user: i64,
    question: Q,
}

impl<Q> Questions<Q> {
    /// No question is open.
    pub(crate) fn new() -> Self {
        Self {
            open: HashMap::new(),
        }
    }

    /// Opens a question.
    pub(crate) fn open(&mut self, key: i64, id: i64, user: i64, question: Q) {
        let asked = self.open.entry(key).or_default();
        if asked.len() >= OPEN_QUESTIONS {
            asked.remove(0);
        }
        asked.push(Asked { id, user, question });
    }

    /// Takes a question back for its one answer.
    pub(crate) fn take(&mut self, key: i64, id: i64, user: i64) -> Option<Q> {
        let asked = self.open.get_mut(&key)?;
        let at = asked
            .iter()
            .position(|asked| asked.id == id && asked.user == user)?;
        let question = asked.remove(at).question;
        if asked.is_empty() {
            self.open.remove(&key);
        }
        Some(question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_bytes_are_good_once_and_in_their_place() {
        let mut logins = Authorizations::default();
        logins.export(1000, 5, 2, vec![1, 2, 3]);
        assert!(!logins.import(1000, 5, 1, &[1, 2, 3]));
        assert!(!logins.import(1000, 6, 2, &[1, 2, 3]));
        assert!(!logins.import(1060, 5, 2, &[1, 2, 3]));
        assert!(logins.import(1059, 5, 2, &[1, 2, 3]));
        assert!(!logins.import(1059, 5, 2, &[1, 2, 3]));
    }

    #[test]
    fn a_question_has_one_answer() {
        let mut questions = Questions::new();
        questions.open(1, 10, 5, "q");
        assert_eq!(questions.take(2, 10, 5), None);
        assert_eq!(questions.take(1, 10, 6), None);
        assert_eq!(questions.take(1, 10, 5), Some("q"));
        assert_eq!(questions.take(1, 10, 5), None);
        for id in 0..=OPEN_QUESTIONS as i64 {
            questions.open(1, id, 5, "q");
        }
        assert_eq!(questions.take(1, 0, 5), None);
        assert_eq!(questions.take(1, 1, 5), Some("q"));
    }
}
