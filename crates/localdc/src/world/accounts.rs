//! The accounts that a test asks for.

/// An account of a person to create.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    /// The phone number, digits only, with or without a leading `+`.
    pub phone: String,
    /// The first name.
    pub first_name: String,
    /// The public name, without `@`.
    pub username: Option<String>,
    /// The password of the second step, if the account has one.
    pub password: Option<String>,
    /// The data centre where the account lives.
    pub dc: i32,
}

impl NewUser {
    /// Somebody with a phone number and a first name, who lives on data centre 1.
    #[must_use]
    pub fn new(phone: impl Into<String>, first_name: impl Into<String>) -> Self {
        Self {
            phone: phone.into(),
            first_name: first_name.into(),
            username: None,
            password: None,
            dc: 1,
        }
    }

    /// Gives them a public name.
    #[must_use]
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// Protects the account with a password.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Lets them live on another data centre.
    #[must_use]
    pub fn dc(mut self, dc: i32) -> Self {
        self.dc = dc;
        self
    }
}

/// A bot to create.
#[derive(Clone, Debug, Default)]
pub struct NewBot {
    /// The token, as BotFather gives it: `id:secret`.
    pub token: String,
    /// The public name, without `@`.
    pub username: String,
    /// The name.
    pub first_name: String,
    /// The data centre where the bot lives.
    pub dc: i32,
}

impl NewBot {
    /// A bot with a token and a public name, which is its first name too; it lives on data centre
    /// 1.
    #[must_use]
    pub fn new(token: impl Into<String>, username: impl Into<String>) -> Self {
        let username = username.into();
        Self {
            token: token.into(),
            first_name: username.clone(),
            username,
            dc: 1,
        }
    }

    /// Lets it live on another data centre.
    #[must_use]
    pub fn dc(mut self, dc: i32) -> Self {
        self.dc = dc;
        self
    }
}
