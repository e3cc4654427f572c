//! Logins by QR code (<https://core.telegram.org/api/qr-login>).
use std::collections::HashMap;
use std::sync::Arc;

use super::program::Program;

/// How long a code can be scanned if nothing else is told, in seconds.
const LIFETIME: i64 = 30;

/// How long whoever was allowed in may take to come, in seconds.
const ACCEPTED_LIFETIME: i64 = 300;

/// Somebody who shows a code.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) key: i64,
    pub(crate) dc: i32,
    pub(crate) except: Vec<i64>,
    pub(crate) program: Arc<Program>,
}

/// The account that a login by code is for, and what clients are going to name the login by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Admitted {
    pub(crate) user: i64,
    pub(crate) hash: i64,
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QrFault {
    Unknown,
    Expired,
    /// Somebody has allowed it already.
    Accepted,
    /// Whoever shows the code does not want this account.
    Exception,
}

struct Token {
    shown: Shown,
    expires: i64,
    admitted: Option<Admitted>,
}

struct Carried {
    dc: i32,
    expires: i64,
    admitted: Admitted,
}

/// All logins by QR code that are under way.
pub(crate) struct QrLogins {
    pub(crate) lifetime: i64,
    tokens: HashMap<Vec<u8>, Token>,
    carried: HashMap<Vec<u8>, Carried>,
}

impl QrLogins {
    /// Nobody shows a code.
    pub(crate) fn new() -> Self {
        Self {
            lifetime: LIFETIME,
            tokens: HashMap::new(),
            carried: HashMap::new(),
        }
    }

    /// Somebody shows a code: until when it is good.
    pub(crate) fn show(&mut self, now: i64, token: Vec<u8>, shown: Shown) -> i64 {
        let expires = now + self.lifetime;
        let token_of = Token {
            shown,
            expires,
            admitted: None,
        };
        self.tokens.insert(token, token_of);
        expires
    }

    /// An account allows whoever shows a code in.
    pub(crate) fn accept(
        &mut self,
        now: i64,
        token: &[u8],
        admitted: Admitted,
    ) -> Result<Shown, QrFault> {
        let token = self.tokens.get_mut(token).ok_or(QrFault::Unknown)?;
        if token.admitted.is_some() {
            return Err(QrFault::Accepted);
        }
        if token.expires <= now {
            return Err(QrFault::Expired);
        }
        if token.shown.except.contains(&admitted.user) {
            return Err(QrFault::Exception);
        }
        token.admitted = Some(admitted);
        token.expires = now + ACCEPTED_LIFETIME;
        Ok(token.shown.clone())
    }

    /// Who has let a key in, once.
    pub(crate) fn admitted(&mut self, now: i64, key: i64) -> Option<Admitted> {
        let mut found = None;
        self.tokens.retain(|_, token| {
            if token.shown.key == key && token.expires > now {
                found = found.or(token.admitted);
                return token.admitted.is_none();
            }
            // Long past, so that the others say why they are not taken.
            token.expires + ACCEPTED_LIFETIME > now
        });
        found
    }

    /// Sends whoever was let in to another data centre.
    pub(crate) fn carry(&mut self, now: i64, token: Vec<u8>, dc: i32, admitted: Admitted) {
        let expires = now + ACCEPTED_LIFETIME;
        let carried = Carried {
            dc,
            expires,
            admitted,
        };
        self.carried.insert(token, carried);
    }

    /// Takes the token of somebody who was sent here.
    pub(crate) fn arrive(&mut self, now: i64, token: &[u8], dc: i32) -> Result<Admitted, QrFault> {
        match self.carried.get(token) {
            Some(carried) if carried.expires <= now => Err(QrFault::Expired),
            Some(carried) if carried.dc == dc => {
                let admitted = carried.admitted;
                self.carried.remove(token);
                Ok(admitted)
            }
            _ => Err(QrFault::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(key: i64) -> Shown {
        Shown {
            key,
            dc: 1,
            except: vec![9],
            program: Arc::default(),
        }
    }

    #[test]
    fn a_code_is_accepted_once_in_its_time_and_not_by_everybody() {
        let mut logins = QrLogins::new();
        let expires = logins.show(1000, vec![1], shown(5));
        let by = |user| Admitted { user, hash: 1 };
        assert_eq!(
            logins.accept(1000, &[2], by(7)).err(),
            Some(QrFault::Unknown)
        );
        assert_eq!(
            logins.accept(expires, &[1], by(7)).err(),
            Some(QrFault::Expired)
        );
        assert_eq!(
            logins.accept(1000, &[1], by(9)).err(),
            Some(QrFault::Exception)
        );
        assert_eq!(logins.admitted(1000, 5), None);
        assert!(logins.accept(1000, &[1], by(7)).is_ok());
        assert_eq!(
            logins.accept(1000, &[1], by(7)).err(),
            Some(QrFault::Accepted)
        );
        assert_eq!(logins.admitted(1000, 6), None);
        assert_eq!(logins.admitted(1000, 5), Some(by(7)));
        assert_eq!(logins.admitted(1000, 5), None);
    }

    #[test]
    fn who_is_sent_elsewhere_arrives_there_once() {
        let mut logins = QrLogins::new();
        let admitted = Admitted { user: 7, hash: 1 };
        logins.carry(1000, vec![3], 2, admitted);
        assert_eq!(logins.arrive(1000, &[3], 1), Err(QrFault::Unknown));
        assert_eq!(logins.arrive(9999, &[3], 2), Err(QrFault::Expired));
        assert_eq!(logins.arrive(1000, &[3], 2), Ok(admitted));
        assert_eq!(logins.arrive(1000, &[3], 2), Err(QrFault::Unknown));
    }
}
