//! Signing in and out.
use std::time::Instant;

use super::bot_token;
use super::sign_in::{LoginToken, PasswordToken, SignInError};
use crate::client::Client;
use crate::crypto::srp;
use crate::error::{Error, Result};
use crate::net::OsEntropy;
use crate::peers::User;
use crate::store::{Account, Change};
use crate::tl;
use crate::tl::enums;
use crate::tl::functions;

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
    /// Where an imported session does not say whose it is, this is remembered for it.
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
        if self.core.account().is_none() {
            self.remember(&me); // The session was imported, and its text did not say.
        }
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

    /// Has a login code sent to the owner of a phone number.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550100", "Ann").password("open sesame"));
    /// # let client = telegram.client_builder().connect()?;
    /// # let ask = || telegram.login_code("+15550100").expect("it was sent");
    /// use ferogram_sync::SignInError;
    ///
    /// let token = client.request_login_code("+15550100")?;
    /// let me = match client.sign_in(&token, &ask()) {
    ///     Err(SignInError::PasswordRequired(token)) => {
    ///         client.check_password(*token, "open sesame")?
    ///     }
    ///     signed_in => signed_in?,
    /// };
    /// assert_eq!(me.full_name(), "Ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `PHONE_NUMBER_INVALID`, `PHONE_NUMBER_BANNED`,
    /// `PHONE_NUMBER_FLOOD`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.sendCode>.
    pub fn request_login_code(&self, phone: &str) -> Result<LoginToken> {
        let request = functions::auth::SendCode {
            phone_number: phone.to_owned(),
            api_id: self.core.config.api_id,
            api_hash: self.core.config.api_hash.expose().clone(),
            settings: tl::types::CodeSettings::default().into(),
        };
        let deadline = self.begin()?;
        let sent = match self.ask_to_sign_in(&request, deadline) {
            // A process that the server has given up: once more begins a new one.
            Err(error) if error.is("AUTH_RESTART") => self.ask_to_sign_in(&request, deadline)?,
            sent => sent?,
        };
        match sent {
            enums::auth::SentCode::Code(sent) => Ok(LoginToken::new(phone.to_owned(), *sent)),
            enums::auth::SentCode::PaymentRequired(_) => Err(Error::Unexpected(
                "the login code has to be paid for in an official app: sign in there once",
            )),
            _ => Err(Error::Unexpected("the server did not send a login code")),
        }
    }

    /// Signs in with the code that the user received.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidCode`] and [`SignInError::InvalidPassword`] can be tried again, with
    /// the same token; [`SignInError::PasswordRequired`] leads to
    /// [`check_password`](Self::check_password).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.signIn>.
    pub fn sign_in(&self, token: &LoginToken, code: &str) -> Result<User, SignInError> {
        let request = functions::auth::SignIn {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
            phone_code: Some(code.trim().to_owned()),
            email_verification: None,
        };
        let deadline = self.begin()?;
        match self.ask_to_sign_in(&request, deadline) {
            Ok(enums::auth::Authorization::Authorization(authorization)) => {
                Ok(self.signed_in(*authorization)?)
            }
            Ok(_) => Err(SignInError::SignUpRequired),
            Err(error) if error.is("SESSION_PASSWORD_NEEDED") => {
                let token = self.password_token(deadline)?;
                Err(SignInError::PasswordRequired(Box::new(token)))
            }
            Err(error) if error.is("PHONE_CODE_EXPIRED") => Err(SignInError::ExpiredCode),
            Err(error) if error.is("PHONE_CODE_*") => Err(SignInError::InvalidCode),
            Err(error) if error.is("PHONE_NUMBER_UNOCCUPIED") => Err(SignInError::SignUpRequired),
            Err(error) => Err(error.into()),
        }
    }

    /// Signs in with the account's password. The password itself is not sent: only a proof that it
    /// is known.
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
        let proof = prove(&token, password.as_ref())?;
        let request = functions::auth::CheckPassword { password: proof };
        match self.ask_to_sign_in(&request, deadline) {
            Ok(enums::auth::Authorization::Authorization(authorization)) => {
                Ok(self.signed_in(*authorization)?)
            }
            Ok(_) => Err(SignInError::SignUpRequired),
            Err(error)
                if error.is("PASSWORD_HASH_INVALID")
                    || error.is("SRP_ID_INVALID")
                    || error.is("SRP_PASSWORD_CHANGED") =>
            {
                let token = self.password_token(deadline)?;
                Err(SignInError::InvalidPassword(Box::new(token)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Ends the login, here and on the server.
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
        match self.ask(&functions::auth::LogOut {}) {
            Ok(_) => {}
            Err(Error::Rpc(error)) if error.code == 401 => {}
            Err(error) => return Err(error),
        }
        self.core.imports.forget();
        self.core.peers.lock().clear();
        self.core.change_login(vec![Change::SignedOut]);
        Ok(())
    }

    fn password_token(&self, deadline: Instant) -> Result<PasswordToken> {
        let request = functions::account::GetPassword {};
        let enums::account::Password::Password(password) =
            self.ask_to_sign_in(&request, deadline)?;
        Ok(PasswordToken { password })
    }

    fn signed_in(&self, authorization: tl::types::auth::Authorization) -> Result<User> {
        let user = User::from_raw(authorization.user)
            .ok_or(Error::Unexpected("the server does not say who signed in"))?;
        self.core.forget_losses();
        self.remember(&user);
        Ok(user)
    }

    fn remember(&self, me: &User) {
        let account = Account {
            user_id: me.id(),
            bot: me.is_bot(),
        };
        let home = self.core.home();
        self.core
            .change_login(vec![Change::HomeDc(home), Change::Account(Some(account))]);
    }
}

/// Proves knowledge of the password without telling it.
fn prove(token: &PasswordToken, password: &[u8]) -> Result<enums::InputCheckPasswordSrp> {
    let unknown = || {
        Error::Config(
            "the account's password uses an algorithm that this version does not know: \
             update the library"
                .to_owned(),
        )
    };
    let sent = &token.password;
    let (Some(algo), Some(srp_b), Some(srp_id)) = (&sent.current_algo, &sent.srp_b, sent.srp_id)
    else {
        return Err(Error::Unexpected(
            "the server asks for a password that is not set",
        ));
    };
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo
    else {
        return Err(unknown());
    };
    let params = srp::SrpParams {
        salt1: &algo.salt1,
        salt2: &algo.salt2,
        g: algo.g,
        p: &algo.p,
        srp_b,
    };
    let answer = srp::answer(&params, password, &mut OsEntropy::new())
        .map_err(|error| Error::Config(format!("the password cannot be checked: {error}")))?;
    Ok(tl::types::InputCheckPasswordSrp {
        srp_id,
        a: answer.a.to_vec(),
        m1: answer.m1.to_vec(),
    }
    .into())
}
