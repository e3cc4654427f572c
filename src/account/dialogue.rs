//! Signing in by asking the user.
use std::io::{self, IsTerminal, Write};

use super::code_type::CodeType;
use super::login_token::LoginToken;
use super::password_token::PasswordToken;
use super::question::Question;
use super::send_code::{SendCodeOptions, SendCodeOutcome};
use super::sign_in::{SignInError, TermsOfService};
use crate::client::Client;
use crate::error::{AccountError, Error, Result};
use crate::peers::User;
use crate::secret::Secret;

/// So many codes are asked for before it ends: the server allows few a day.
const CODES_MAX: usize = 3;

/// So often somebody is asked who they are.
const PHONES_MAX: usize = 3;

impl Client {
    /// Signs in on the terminal, unless somebody is signed in already: it asks for the phone number
    /// where `phone` is `None`, for the code and for the password, which is not seen while it is
    /// typed. What was wrong is asked for again.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = ferogram_sync::Client::builder().api_id(1).api_hash("").connect()?;
    /// let me = client.interactive_sign_in(None)?;
    /// println!("signed in as {}", me.full_name());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Account`] when there is no terminal, or it ends.
    ///
    /// # Blocking
    ///
    /// Until the user has answered everything; for the server, each time at most for the client's
    /// timeout.
    ///
    /// See <https://core.telegram.org/api/auth>.
    pub fn interactive_sign_in(&self, phone: Option<&str>) -> Result<User, SignInError> {
        if !io::stdin().is_terminal() {
            let why = io::ErrorKind::Unsupported;
            return Err(Error::from(AccountError::NoAnswer(why)).into());
        }
        self.sign_in_by_asking(phone, on_terminal)
    }

    /// The same with an `ask` of the program's own: a window, a web page, or another account's
    /// chat. An error of its ends it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550116", "Ann").password("open sesame"));
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::Question;
    ///
    /// let me = client.sign_in_by_asking(None, |question| {
    ///     Ok(match question {
    ///         Question::Phone => "+15550116".to_owned(),
    ///         Question::Code(_) => telegram.login_code("+15550116").expect("it was sent"),
    ///         Question::Password(_) => "open sesame".to_owned(),
    ///         other => panic!("{other}"),
    ///     })
    /// })?;
    /// assert_eq!(me.full_name(), "Ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Account`] when `ask` fails.
    ///
    /// # Blocking
    ///
    /// As [`interactive_sign_in`](Self::interactive_sign_in).
    ///
    /// See <https://core.telegram.org/api/auth>.
    pub fn sign_in_by_asking(
        &self,
        phone: Option<&str>,
        ask: impl FnMut(&Question<'_>) -> io::Result<String>,
    ) -> Result<User, SignInError> {
        match self.get_me() {
            Ok(me) => return Ok(me),
            Err(Error::Rpc(error)) if error.code == 401 => {}
            Err(error) => return Err(error.into()),
        }
        let mut dialogue = Dialogue { client: self, ask };
        dialogue.hold(phone)
    }
}

/// A login under way, and whoever answers.
struct Dialogue<'a, A> {
    client: &'a Client,
    ask: A,
}

impl<A: FnMut(&Question<'_>) -> io::Result<String>> Dialogue<'_, A> {
    fn hold(&mut self, phone: Option<&str>) -> Result<User, SignInError> {
        if let Some(phone) = phone {
            return self.by_phone(phone);
        }
        let first = self.ask(&Question::Phone)?;
        let mut signed_in = self.by_phone(&first);
        for _ in 1..PHONES_MAX {
            match &signed_in {
                Err(SignInError::Other(error)) if is_of_nobody(error) => {}
                _ => break,
            }
            let next = self.ask_again(true, &Question::Phone)?;
            signed_in = self.by_phone(&next);
        }
        signed_in
    }

    fn by_phone(&mut self, phone: &str) -> Result<User, SignInError> {
        if phone.contains(':') {
            return Ok(self.client.bot_sign_in(phone)?);
        }
        for _ in 1..CODES_MAX {
            match self.by_code(phone) {
                // Whoever took too long gets another one.
                Err(SignInError::CodeExpired) => {}
                ended => return ended,
            }
        }
        self.by_code(phone)
    }

    /// One code, from its way to the user to what it opens.
    fn by_code(&mut self, phone: &str) -> Result<User, SignInError> {
        let options = SendCodeOptions::new();
        let begun = self.client.request_login_code_with_options(phone, options);
        let mut token = match begun {
            Ok(SendCodeOutcome::SignedIn(me)) => return Ok(*me),
            Ok(SendCodeOutcome::Code(token)) => token,
            Err(SignInError::PasswordRequired(token)) => return self.by_password(*token),
            Err(error) => return Err(error),
        };
        if *token.code_type() == CodeType::SetUpEmail {
            token = self.set_email_up(&token)?;
        }
        let mut again = false;
        loop {
            let code = self.ask_again(again, &Question::Code(&token))?;
            if code.trim().is_empty() && token.next_type().is_some() {
                token = self.client.resend_code(&token, None)?;
                continue;
            }
            match self.client.sign_in(&token, &code) {
                Err(SignInError::InvalidCode) => again = true,
                Err(SignInError::PasswordRequired(token)) => return self.by_password(*token),
                Err(SignInError::SignUpRequired(terms)) => {
                    return self.sign_up(&token, terms.as_deref());
                }
                ended => return ended,
            }
        }
    }

    fn by_password(&mut self, mut token: PasswordToken) -> Result<User, SignInError> {
        let mut again = false;
        loop {
            let password = Secret::new(self.ask_again(again, &Question::Password(&token))?);
            match self.client.check_password(token, password.expose()) {
                Err(SignInError::InvalidPassword(next)) => token = *next,
                ended => return ended,
            }
            again = true;
        }
    }

    fn set_email_up(&mut self, token: &LoginToken) -> Result<LoginToken, SignInError> {
        let mut again = false;
        let sent = loop {
            let email = self.ask_again(again, &Question::Email)?;
            match self.client.send_login_email_code(token, &email) {
                Err(error) if error.is("EMAIL_INVALID") || error.is("EMAIL_NOT_ALLOWED") => {}
                sent => break sent?,
            }
            again = true;
        };
        let mut again = false;
        loop {
            let code = self.ask_again(again, &Question::EmailCode(&sent))?;
            match self.client.verify_login_email(token, &code) {
                Err(SignInError::InvalidCode) => again = true,
                ended => return ended,
            }
        }
    }

    fn sign_up(
        &mut self,
        token: &LoginToken,
        terms: Option<&TermsOfService>,
    ) -> Result<User, SignInError> {
        let first = self.ask(&Question::FirstName(terms))?;
        let last = self.ask(&Question::LastName)?;
        let me = self.client.sign_up(token, first.trim(), last.trim())?;
        if let Some(terms) = terms {
            self.client.accept_terms(terms)?;
        }
        Ok(me)
    }

    fn ask_again(&mut self, again: bool, question: &Question<'_>) -> Result<String> {
        match again {
            true => self.ask(&Question::Again(question)),
            false => self.ask(question),
        }
    }

    fn ask(&mut self, question: &Question<'_>) -> Result<String> {
        let answer = (self.ask)(question);
        answer.map_err(|error| AccountError::NoAnswer(error.kind()).into())
    }
}

/// Whether what was typed is no phone number and no bot's token, or nobody's.
fn is_of_nobody(error: &Error) -> bool {
    matches!(error, Error::BotToken(_))
        || error.is("PHONE_NUMBER_INVALID")
        || error.is("ACCESS_TOKEN_INVALID")
}

/// Asks on the terminal.
fn on_terminal(question: &Question<'_>) -> io::Result<String> {
    if question.is_secret() {
        return rpassword::prompt_password(question.to_string());
    }
    let mut out = io::stdout().lock();
    write!(out, "{question}")?;
    out.flush()?;
    let mut line = String::new();
    match io::stdin().read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line),
    }
}
