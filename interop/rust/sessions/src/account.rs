//! What an account goes through at the hands of our client and of another's: logins by QR code, one
//! showing it and the other scanning it, passwords, one setting it and the other proving it, and
//! logins that the other one lists and ends.
use std::io::Write;
use std::time::Duration;

use ferogram_sync::{Client, Ended, NewPassword, NoUpdate, PasswordChange, SignInError};
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

/// Signs in, says on which device, and at the end that somebody else has ended the login.
pub(crate) fn stay(facts: &Value) -> Result<()> {
    let client = signed_in(facts, None)?;
    let mut updates = client.updates();
    let sessions = client.sessions()?;
    let own = sessions.iter().find(|it| it.is_current());
    println!("{}", own.ok_or("a login of its own")?.device());
    std::io::stdout().flush()?;
    // The server says nothing of it unasked, as long as the connection stands.
    while !matches!(
        updates.next_timeout(Duration::from_secs(1)),
        Err(NoUpdate::Ended(_))
    ) {
        client.is_authorized()?;
    }
    match updates.ended() {
        Some(Ended::SignedOut(_)) => println!("ended"),
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}

/// Ends another login of the user, and says on which device that was.
pub(crate) fn end(facts: &Value, hash: &str) -> Result<()> {
    let hash: i64 = hash.parse()?;
    let client = signed_in(facts, None)?;
    let sessions = client.sessions()?;
    let other = sessions.iter().find(|it| it.hash() == hash);
    client.end_session(hash)?;
    client.sign_out()?;
    println!("{}", other.ok_or("it is in the list")?.device());
    Ok(())
}

/// The user, with a password or without one.
pub(crate) fn signed_in(facts: &Value, password: Option<&str>) -> Result<Client> {
    signed_in_as(facts, "user", password)
}

/// The account of this name, with a password or without one.
pub(crate) fn signed_in_as(facts: &Value, who: &str, password: Option<&str>) -> Result<Client> {
    let fact = |name: &str| facts[who][name].as_str().ok_or("a fact of the account");
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
