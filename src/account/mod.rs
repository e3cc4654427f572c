//! The account: signing in and out, and taking the login elsewhere.
mod auth;
mod bot_token;
mod connect_and_login;
mod export;
mod login_code;
mod my_id;
mod sign_in;

pub use sign_in::{LoginToken, PasswordToken, SignInError};
