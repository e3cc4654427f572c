//! How a login is begun, and what comes of it.
use std::fmt;

use super::login_token::LoginToken;
use crate::peers::User;
use crate::secret::Secret;
use crate::tl::types;

/// How a login is to begin. What a program does not say is left as it is for programs on a desktop.
///
/// See <https://core.telegram.org/constructor/codeSettings>.
#[derive(Clone, Default)]
pub struct SendCodeOptions {
    settings: types::CodeSettings,
    always_code: bool,
}

impl SendCodeOptions {
    /// With the tokens that this session has of former logins.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a token along that this session does not have: one that
    /// [`auth.loggedOut`](crate::tl::types::auth::LoggedOut) brought elsewhere.
    #[must_use]
    pub fn future_auth_token(mut self, token: impl Into<Vec<u8>>) -> Self {
        let tokens = self.settings.logout_tokens.get_or_insert_default();
        tokens.push(token.into());
        self
    }

    /// Whether a code is wanted even where this session could do without.
    #[must_use]
    pub fn always_code(mut self, on: bool) -> Self {
        self.always_code = on;
        self
    }

    /// Whether this phone can see which number calls, so that the code may be that.
    #[must_use]
    pub fn allow_flash_call(mut self, on: bool) -> Self {
        self.settings.allow_flashcall = on;
        self
    }

    /// Whether the user can see which number calls, so that the code may be its last digits.
    #[must_use]
    pub fn allow_missed_call(mut self, on: bool) -> Self {
        self.settings.allow_missed_call = on;
        self
    }

    /// Whether the phone number is of the device that this program runs on.
    #[must_use]
    pub fn current_number(mut self, on: bool) -> Self {
        self.settings.current_number = on;
        self
    }

    /// Sets whatever else the schema has.
    #[must_use]
    pub fn raw(mut self, set: impl FnOnce(&mut types::CodeSettings)) -> Self {
        set(&mut self.settings);
        self
    }

    pub(super) fn into_settings(
        self,
        kept: impl FnOnce() -> Vec<Secret<Vec<u8>>>,
    ) -> types::CodeSettings {
        let mut settings = self.settings;
        if !self.always_code {
            let kept = kept();
            if !kept.is_empty() {
                let tokens = settings.logout_tokens.get_or_insert_default();
                tokens.extend(kept.iter().map(|token| token.expose().clone()));
            }
        }
        settings
    }
}

/// Tokens are secrets.
impl fmt::Debug for SendCodeOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendCodeOptions")
            .field("always_code", &self.always_code)
            .finish_non_exhaustive()
    }
}

/// What comes of beginning a login.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendCodeOutcome {
    /// A code is on its way.
    Code(LoginToken),
    /// No code was needed: this account is signed in.
    SignedIn(Box<User>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_sent_with_the_tokens_that_are_kept() {
        let kept = || vec![Secret::new(vec![3])];
        let options = SendCodeOptions::new()
            .allow_flash_call(true)
            .allow_missed_call(true)
            .current_number(true)
            .future_auth_token([1, 2]);
        let sent = options.clone().into_settings(kept);
        let wanted = types::CodeSettings {
            allow_flashcall: true,
            allow_missed_call: true,
            current_number: true,
            logout_tokens: Some(vec![vec![1, 2], vec![3]]),
            ..Default::default()
        };
        assert_eq!(sent, wanted);
        let always = options.always_code(true).into_settings(kept);
        assert_eq!(always.logout_tokens, Some(vec![vec![1, 2]]));
        let nothing = SendCodeOptions::new().into_settings(Vec::new);
        assert_eq!(nothing, types::CodeSettings::default());
    }
}
