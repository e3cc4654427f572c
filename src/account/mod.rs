//! The account: signing in and out, and taking the login elsewhere.
mod auth;
mod bot_token;
mod code_type;
mod codes;
mod connect_and_login;
mod export;
mod login_email;
mod login_token;
mod my_id;
mod password;
mod password_token;
mod recovery;
mod send_code;
mod sign_in;
mod token_text;

pub use code_type::{CodeType, EmailReset, NextCodeType};
pub use login_email::SentEmailCode;
pub use login_token::LoginToken;
pub use password::{NewPassword, PasswordChange, PasswordState};
pub use password_token::PasswordToken;
pub use recovery::PasswordReset;
pub use send_code::{SendCodeOptions, SendCodeOutcome};
pub use sign_in::{SignInError, TermsOfService};
