//! Our half of the proof that a login travels between our client and another's, as text.
//!
//! `export FORM` signs in as the bot and prints the login. `import` reads a login, signs in with it
//! alone, sends a message and prints whose it is. Either way the client is gone when the program
//! ends: a key is for one program at a time.
//!
//! `names` signs in as the user, reads links and ids, one a line, and prints for each whom it names:
//! the id as the Bot API writes it, or `invite`, or why it names nobody.
//! `account` has what an account goes through at the hands of both.
mod account;

use std::io::read_to_string;
use std::net::SocketAddr;

use ferogram_sync::store::{StringFormat, StringSession};
use ferogram_sync::tl::enums::Peer;
use ferogram_sync::{Client, ClientBuilder, Error, PeerError};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let facts: Value = serde_json::from_str(&std::env::var("INTEROP_FACTS")?)?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["export", form] => export(&facts, form),
        ["import"] => import(&facts),
        ["names"] => names(&facts),
        ["scan", link] => account::scan(&facts, link),
        ["show"] => account::show(&facts),
        ["set-password", password] => account::set_password(&facts, password),
        ["check-password", password] => account::check_password(&facts, password),
        _ => Err("usage: interop-sessions export FORM | import | names | scan LINK | show | \
                   set-password PASSWORD | check-password PASSWORD"
            .into()),
    }
}

fn export(facts: &Value, form: &str) -> Result<()> {
    let form = match form {
        "telethon" => StringFormat::Telethon,
        "pyrogram" => StringFormat::Pyrogram,
        "mtcute" => StringFormat::Mtcute,
        "gramjs" => StringFormat::GramJs,
        other => return Err(format!("no form is called {other}").into()),
    };
    let client = builder(facts)?.in_memory().connect()?;
    client.bot_sign_in(
        facts["bot"]["token"]
            .as_str()
            .ok_or("the bot has a token")?,
    )?;
    let session = client.export_session()?;
    drop(client);
    println!("{}", session.encode(form)?.expose());
    Ok(())
}

fn import(facts: &Value) -> Result<()> {
    let session = StringSession::parse(&read_to_string(std::io::stdin())?)?;
    let client = builder(facts)?.session(session).connect()?;
    let me = client.get_me()?;
    client.send_message("me", "still here")?;
    println!("{}", me.id());
    Ok(())
}

fn names(facts: &Value) -> Result<()> {
    let client = builder(facts)?.in_memory().connect()?;
    let text = |what: &str| facts["user"][what].as_str().ok_or("a user");
    let token = client.request_login_code(text("phone")?)?;
    client.sign_in(&token, text("code")?)?;
    for named in read_to_string(std::io::stdin())?.lines() {
        let whom = match client.resolve(named) {
            Ok(Peer::User(user)) => user.user_id.to_string(),
            Ok(Peer::Chat(chat)) => format!("-{}", chat.chat_id),
            Ok(Peer::Channel(channel)) => (-1_000_000_000_000 - channel.channel_id).to_string(),
            Ok(other) => format!("{other:?}"),
            Err(Error::Peer(PeerError::Invite)) => "invite".to_owned(),
            Err(error) => error.to_string(),
        };
        println!("{whom}");
    }
    client.sign_out()?;
    Ok(())
}

/// A client that knows the local data centres, and no login.
fn builder(facts: &Value) -> Result<ClientBuilder> {
    let key = facts["key"].as_str().ok_or("a key in PEM")?;
    let mut builder = Client::builder().api_id(1).api_hash("local").rsa_key(key);
    for dc in facts["dcs"].as_array().ok_or("data centres")? {
        let id = dc["id"].as_i64().ok_or("a number")?;
        let host = dc["host"].as_str().ok_or("an address")?.parse()?;
        let port = dc["port"].as_u64().ok_or("a port")?;
        let address = SocketAddr::new(host, port.try_into()?);
        builder = builder.dc_addr(id.try_into()?, address);
    }
    Ok(builder)
}
