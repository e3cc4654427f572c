//! A server that does not know the key of a session.
use ferogram_sync::{Client, Error, Result};
use localdc::{LocalDc, NewBot};
use std::path::Path;
use std::time::Duration;

const TOKEN: &str = "1000009:lost-key-test";

/// A client whose home is at this data centre's address, whatever it really is.
fn client(dc: &LocalDc, at: i32, session: &Path) -> Result<Client> {
    Client::builder()
        .api_id(1)
        .api_hash("local")
        .rsa_key(dc.public_key_pem())
        .first_dc(1)
        .dc_addr(1, dc.address(at))
        .session(session)
        .timeout(Duration::from_secs(60))
        .connect()
}

fn bot_of(dc: &LocalDc, session: &Path) -> Result<i64> {
    let client = client(dc, 1, session)?;
    Ok(client.get_me()?.id())
}

#[test]
fn a_wrong_address_costs_no_login() {
    let dc = LocalDc::start().expect("it listens");
    let id = dc.add_bot(NewBot::new(TOKEN, "lost_key_bot"));
    let folder = tempfile::tempdir().expect("a folder");
    let session = folder.path().join("bot.session");
    let signed_in = client(&dc, 1, &session).expect("it starts");
    signed_in.bot_sign_in(TOKEN).expect("the token is right");
    drop(signed_in);
    // Data centre 2 knows nothing of this key, and does not make one for another.
    let lost = client(&dc, 2, &session).expect("it starts");
    for _ in 0..2 {
        let error = lost.get_me().expect_err("it is the wrong one");
        assert!(matches!(error, Error::Unanswered(_)), "{error}");
    }
    drop(lost);
    assert_eq!(bot_of(&dc, &session).expect("still signed in"), id);
}

#[test]
fn a_server_that_lost_the_key_gets_another() {
    let first = LocalDc::start().expect("it listens");
    let id = first.add_bot(NewBot::new(TOKEN, "lost_key_bot"));
    let folder = tempfile::tempdir().expect("a folder");
    let session = folder.path().join("bot.session");
    let client = client(&first, 1, &session).expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    drop(client);
    let ports = [first.address(1).port(), first.address(2).port()];
    drop(first);
    let second = LocalDc::builder().ports(ports).start().expect("it listens");
    let again = second.add_bot(NewBot::new(TOKEN, "lost_key_bot"));
    let client = self::client(&second, 1, &session).expect("it starts");
    let error = client.get_me().expect_err("this one knows nobody");
    assert!(error.to_string().contains("sign in again"), "{error}");
    let bot = client.bot_sign_in(TOKEN).expect("it has another key now");
    assert_eq!((bot.id(), id), (again, id));
    drop(client);
    assert_eq!(bot_of(&second, &session).expect("it was stored"), again);
}
