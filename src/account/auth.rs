//! Signing in and out.
use std::time::Instant;

use super::bot_token;
use super::password_token::PasswordToken;
use super::sign_in::{SignInError, TermsOfService};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::User;
use crate::store::Account;
use crate::tl;
use crate::tl::enums;
use crate::tl::{RemoteCall, functions};

impl Client {
    /// Whether somebody is signed in, as the server sees it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// assert!(client.is_authorized()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); the server's "no" is no error here.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn is_authorized(&self) -> Result<bool> {
        match self.ask(&functions::updates::GetState {}) {
            Ok(_) => Ok(true),
            Err(Error::Rpc(error)) if error.code == 401 => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Who is signed in.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// let me = client.get_me()?;
    /// assert!(me.is_bot());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Where an imported session does not say whose it is, this is remembered for it; where it is
    /// somebody else's than it says, what was kept of them is forgotten.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `AUTH_KEY_UNREGISTERED` when nobody is.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/users.getUsers>.
    pub fn get_me(&self) -> Result<User> {
        let request = functions::users::GetUsers {
            id: vec![enums::InputUser::UserSelf],
        };
        let me = self.ask(&request)?.pop().and_then(User::from_raw);
        let me = me.ok_or(Error::Unexpected(
            "the server shows no account of one's own",
        ))?;
        self.core.identified(account(&me));
        Ok(me)
    }

    /// Signs a bot in with the token that @BotFather gave: the bot's number, a colon and a text
    /// without blanks. Blanks around it are left out.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().client_builder().connect()?;
    /// let me = client.bot_sign_in("1000:abc")?;
    /// assert!(me.is_bot());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::BotToken`], before the network is tried, when this
    /// cannot be a token; `ACCESS_TOKEN_INVALID` or `ACCESS_TOKEN_EXPIRED` when it is wrong or was
    /// revoked, `API_ID_INVALID` when api id and hash do not belong together.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.importBotAuthorization>.
    pub fn bot_sign_in(&self, token: &str) -> Result<User> {
        let request = functions::auth::ImportBotAuthorization {
            flags: 0,
            api_id: self.core.config.api_id,
            api_hash: self.core.config.api_hash.expose().clone(),
            bot_auth_token: bot_token::checked(token)?.to_owned(),
        };
        match self.ask_to_sign_in(&request, self.begin()?)? {
            enums::auth::Authorization::Authorization(authorization) => {
                self.signed_in(*authorization)
            }
            _ => Err(Error::Unexpected("the server wants a bot to sign up")),
        }
    }

    /// Signs in with the account's password. The password itself is not sent: only a proof that it
    /// is known. Blanks around it are part of it.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidPassword`] brings a token to try again with.
    ///
    /// # Blocking
    ///
    /// About 50 ms of arithmetic, then until the server has answered, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/api/srp>.
    pub fn check_password(
        &self,
        token: PasswordToken,
        password: impl AsRef<[u8]>,
    ) -> Result<User, SignInError> {
        let deadline = self.begin()?;
        let request = functions::auth::CheckPassword {
            password: token.prove(password.as_ref())?,
        };
        match self.ask_to_sign_in(&request, deadline) {
            Ok(authorization) => self.authorized(authorization),
            Err(error)
                if error.is("PASSWORD_HASH_INVALID")
                    || error.is("SRP_ID_INVALID")
                    || error.is("SRP_PASSWORD_CHANGED") =>
            {
                let token = self.password_token_until(deadline)?;
                Err(SignInError::InvalidPassword(Box::new(token)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Ends the login, here and on the server. What was the account's is forgotten, updates that
    /// nobody has read among it. What stays is a token, with which
    /// [`request_login_code_with_options`](Self::request_login_code_with_options) signs the same
    /// account in again without a code.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// client.sign_out()?;
    /// assert!(!client.is_authorized()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Whoever was not signed in is signed out without an error.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.logOut>.
    pub fn sign_out(&self) -> Result<()> {
        let account = self.core.account();
        let token = match self.ask(&functions::auth::LogOut {}) {
            Ok(enums::auth::LoggedOut::Out(out)) => out.future_auth_token,
            Err(Error::Rpc(error)) if error.code == 401 => None,
            Err(error) => return Err(error),
        };
        self.core.signed_out();
        if let (Some(account), Some(token)) = (account, token) {
            self.core.keep_future_token(account.user_id, Some(token));
        }
        Ok(())
    }

    /// What every way of signing in ends with.
    pub(super) fn sign_in_with<R>(
        &self,
        request: &R,
        deadline: Instant,
    ) -> Result<User, SignInError>
    where
        R: RemoteCall<Return = enums::auth::Authorization>,
    {
        match self.ask_to_sign_in(request, deadline) {
            Ok(authorization) => self.authorized(authorization),
            Err(error) => Err(self.sign_in_step(error, deadline)),
        }
    }

    /// The server lets somebody in, or wants them to sign up first.
    pub(super) fn authorized(
        &self,
        authorization: enums::auth::Authorization,
    ) -> Result<User, SignInError> {
        match authorization {
            enums::auth::Authorization::Authorization(authorization) => {
                Ok(self.signed_in(*authorization)?)
            }
            enums::auth::Authorization::SignUpRequired(it) => {
                let terms = it.terms_of_service.map(TermsOfService::new).map(Box::new);
                Err(SignInError::SignUpRequired(terms))
            }
            _ => Err(Error::Unexpected("the server does not say who signed in").into()),
        }
    }

    fn signed_in(&self, authorization: tl::types::auth::Authorization) -> Result<User> {
        let user = User::from_raw(authorization.user)
            .ok_or(Error::Unexpected("the server does not say who signed in"))?;
        self.core.signed_in(account(&user));
        // The token that this login may have come from is used up.
        self.core
            .keep_future_token(user.id(), authorization.future_auth_token);
        Ok(user)
    }
}

fn account(me: &User) -> Account {
    Account {
        user_id: me.id(),
        bot: me.is_bot(),
    }
}
