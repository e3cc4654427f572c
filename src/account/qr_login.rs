//! Signing in by a QR code, and letting others in who show one.
use std::time::{Duration, Instant};

use super::qr_code::{QrCode, token_in};
use super::sessions::LoginSession;
use super::sign_in::SignInError;
use crate::client::{Client, Watch};
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::{Cause, Delivery, Unanswered};
use crate::net::{self, NetError};
use crate::peers::User;
use crate::tl::{Identifiable, enums, functions, types};

/// A code is not shown for longer, whatever the clocks say: it lives for about so long.
const SHOWN_MAX: i64 = 30;

/// A chain of migrations longer than this goes in a circle.
const HOPS_MAX: usize = 3;

impl Client {
    /// Signs in by a QR code, which a device that is signed in scans. `show` is given each code:
    /// the first at once, and a new one whenever the last one has grown old.
    ///
    /// It watches for the acceptance by itself, whether a stream of updates is open or not, and
    /// follows the account to its data centre.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let telegram = localdc::LocalDc::shared();
    /// # let phone = telegram.user();
    /// # let client = telegram.client_builder().connect()?;
    /// // Here another client does what the user does with a phone.
    /// let me = client.qr_login(|code| {
    ///     let link = code.link();
    ///     assert!(link.starts_with("tg://login?token="));
    ///     phone.accept_login_token(&link).expect("it was just made");
    /// })?;
    /// assert_eq!(Some(me.id()), phone.my_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SignInError::PasswordRequired`] when the account has a password: it leads to
    /// [`check_password`](Self::check_password). [`Error::Unanswered`], in
    /// [`SignInError::Other`], when nobody has accepted in time.
    ///
    /// # Blocking
    ///
    /// Until somebody has accepted and the server has answered, at most for the client's timeout:
    /// [`with_timeout`](Self::with_timeout) gives the user more time.
    ///
    /// See <https://core.telegram.org/api/qr-login>.
    pub fn qr_login(&self, show: impl FnMut(&QrCode)) -> Result<User, SignInError> {
        self.qr_login_except(&[], show)
    }

    /// The same, but not for the accounts of these ids: those that are signed in already.
    ///
    /// # Errors
    ///
    /// As [`qr_login`](Self::qr_login).
    ///
    /// # Blocking
    ///
    /// As [`qr_login`](Self::qr_login).
    ///
    /// See <https://core.telegram.org/method/auth.exportLoginToken>.
    pub fn qr_login_except(
        &self,
        ids: &[i64],
        mut show: impl FnMut(&QrCode),
    ) -> Result<User, SignInError> {
        let deadline = self.begin()?;
        // Open before the first code is shown, so that no acceptance is missed.
        let watch = self.watch(&[types::UpdateLoginToken::CONSTRUCTOR_ID]);
        let request = functions::auth::ExportLoginToken {
            api_id: self.core.config.api_id,
            api_hash: self.core.config.api_hash.expose().clone(),
            except_ids: ids.to_vec(),
        };
        loop {
            let told = self
                .ask_to_sign_in(&request, deadline)
                .map_err(|error| self.sign_in_step(error, deadline))?;
            match told {
                enums::auth::LoginToken::Token(token) => {
                    let code = QrCode::new(token.token, token.expires);
                    show(&code);
                    wait_for_acceptance(&watch, &code, deadline)?;
                }
                told => return self.admitted(told, deadline),
            }
        }
    }

    /// Lets another client in to this account, which shows a QR code: `link` is what the code says.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Account`] when it is no such code;
    /// `AUTH_TOKEN_EXPIRED`, `AUTH_TOKEN_INVALIDX` and `AUTH_TOKEN_ALREADY_ACCEPTED` when it is
    /// not good any more.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.acceptLoginToken>.
    pub fn accept_login_token(&self, link: &str) -> Result<LoginSession> {
        let token = token_in(link)?;
        let accepted = self.ask(&functions::auth::AcceptLoginToken { token })?;
        Ok(LoginSession::new(accepted))
    }

    /// Signs in by a token that a page on the web hands out to who is signed in there.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let ann = telegram.add_user(localdc::NewUser::new("+15550115", "Ann"));
    /// # let token = telegram.web_token(ann);
    /// # let client = telegram.client_builder().connect()?;
    /// let me = client.import_web_token(&token)?;
    /// assert_eq!(me.full_name(), "Ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sign_in`](Self::sign_in); `WEBAUTH_TOKEN_EXPIRED` when it is too old.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.importWebTokenAuthorization>.
    pub fn import_web_token(&self, token: &str) -> Result<User, SignInError> {
        let request = functions::auth::ImportWebTokenAuthorization {
            api_id: self.core.config.api_id,
            api_hash: self.core.config.api_hash.expose().clone(),
            web_auth_token: token.trim().to_owned(),
        };
        self.sign_in_with(&request, self.begin()?)
    }

    /// Somebody has accepted: the account may live elsewhere, and then so does its password.
    fn admitted(
        &self,
        mut told: enums::auth::LoginToken,
        deadline: Instant,
    ) -> Result<User, SignInError> {
        for _ in 0..HOPS_MAX {
            match told {
                enums::auth::LoginToken::Success(success) => {
                    return self.authorized(success.authorization);
                }
                enums::auth::LoginToken::MigrateTo(to) => {
                    self.core.go_home_to(DcId(to.dc_id), deadline)?;
                    let import = functions::auth::ImportLoginToken { token: to.token };
                    told = self
                        .ask_to_sign_in(&import, deadline)
                        .map_err(|error| self.sign_in_step(error, deadline))?;
                }
                _ => break,
            }
        }
        Err(Error::Unexpected("the server does not let in whom it was told to").into())
    }
}

/// Until the code is accepted or has grown old.
fn wait_for_acceptance(watch: &Watch, code: &QrCode, deadline: Instant) -> Result<()> {
    let now = net::now();
    // The clocks may differ: then it is asked for a little too often, and never too rarely.
    let left = (code.expires() - now.unix_seconds()).clamp(1, SHOWN_MAX);
    let left = Duration::from_secs(left.unsigned_abs());
    let patience = deadline.saturating_duration_since(now.instant);
    match watch.next_timeout(left.min(patience)) {
        Ok(_) => Ok(()),
        Err(Error::Net(NetError::TimedOut)) if left < patience => Ok(()),
        Err(Error::Net(NetError::TimedOut)) => Err(Error::Unanswered(Unanswered {
            delivery: Delivery::NotSent,
            cause: Cause::Deadline,
            waiting_for: "another device to accept the login".to_owned(),
        })),
        Err(error) => Err(error),
    }
}
