//! What an account goes through at the hands of our client and of another's: logins by QR code, one
//! showing it and the other scanning it, and passwords, one setting it and the other proving it.
use std::io::Write;

use ferogram_sync::{Client, NewPassword, PasswordChange, SignInError};
use serde_json::Value;

use super::{Result, builder};

/// Lets in who shows the code.
pub(crate) fn scan(facts: &Value, link: &str) -> Result<()> {
    let client = signed_in(facts, None)?;
    let session = client.accept_login_token(link)?;
    client.sign_out()?;
    println!("{}", session.device());
    Ok(())
}

/// Shows a code, a line for each, and then says who was let in.
pub(crate) fn show(facts: &Value) -> Result<()> {
    let client = builder(facts)?.in_memory().connect()?;
    let me = client.qr_login(|code| {
        println!("{}", code.link());
        std::io::stdout().flush().ok();
    })?;
    client.sign_out()?;
    println!("{}", me.id());
    Ok(())
}

/// Gives the account a password that it did not have.
pub(crate) fn set_password(facts: &Value, password: &str) -> Result<()> {
    let client = signed_in(facts, None)?;
    let new = NewPassword::new(password).hint("set by ours");
    match client.set_password(None, new)? {
        PasswordChange::Done => {}
        other => return Err(format!("{other:?}").into()),
    }
    client.sign_out()?;
    println!("set");
    Ok(())
}

/// Signs in with the code and this password, and says who that is.
pub(crate) fn check_password(facts: &Value, password: &str) -> Result<()> {
    let client = signed_in(facts, Some(password))?;
    println!("{}", client.get_me()?.id());
    client.sign_out()?;
    Ok(())
}

/// The user, with a password or without one.
fn signed_in(facts: &Value, password: Option<&str>) -> Result<Client> {
    let fact = |name: &str| facts["user"][name].as_str().ok_or("a fact of the user");
    let client = builder(facts)?.in_memory().connect()?;
    let token = client.request_login_code(fact("phone")?)?;
    match (client.sign_in(&token, fact("code")?), password) {
        (Ok(_), None) => {}
        (Err(SignInError::PasswordRequired(token)), Some(password)) => {
            client.check_password(*token, password)?;
        }
        (Ok(_), Some(_)) => return Err("nobody has asked for the password".into()),
        (Err(error), _) => return Err(error.into()),
    }
    Ok(client)
}
