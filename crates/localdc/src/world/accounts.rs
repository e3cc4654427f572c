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
