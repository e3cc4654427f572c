//! Our half of what happens between our client and another's: each tells what the other has to be
//! told, and a bot of each is used by the other.
//!
//! `plan COUNT` prints what is going to happen, as JSON: messages, edits and deletions in four
//! chats. `hear COUNT` signs in as the guarded user and says "ready"; then it has to be told all of
//! that, over a line that is cut at random. `act COUNT` does it as the plain user: it says "away?"
//! after a part, waits for a line, and says "done". `check COUNT` is given what another's client
//! was told, a line of JSON for each event, and says "complete" as soon as nothing is missing; or, when
//! nothing more is told, "stale" if only edits and deletions are.
//!
//! `script` prints what is said to a bot and what it has to answer. `bot` is such a bot, until its
//! input ends; `talk NAME` uses one, and prints a line for each capability. `ask NAME` asks one from
//! another chat, and prints what was sent of what it offers. `sell` is a bot that is paid and has a mini
//! app, until its input ends.
mod act;
mod bot;
mod hear;
mod inline;
mod ledger;
mod plan;
mod relay;
mod script;
mod shop;
mod talk;

use std::io::{BufRead, Write, stdin, stdout};
use std::net::SocketAddr;

use ferogram_sync::{Client, ClientBuilder, SignInError};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["plan", count] => plan::print(count.parse()?),
        ["hear", count] => hear::hear(&facts()?, count.parse()?),
        ["act", count] => act::act(&facts()?, count.parse()?),
        ["check", count] => ledger::check(count.parse()?),
        ["script"] => script::print(),
        ["bot"] => bot::serve(&facts()?),
        ["talk", name] => talk::talk(&facts()?, name),
        ["ask", name] => inline::ask(&facts()?, name),
        ["sell"] => shop::sell(&facts()?),
        _ => Err(
            "usage: interop-events plan COUNT | hear COUNT | act COUNT | check COUNT | script | \
             bot | talk NAME | ask NAME | sell"
                .into(),
        ),
    }
}

fn facts() -> Result<Value> {
    Ok(serde_json::from_str(&std::env::var("INTEROP_FACTS")?)?)
}

/// A client that knows the local data centres, and no login. Where `home` is given, that is the
/// address of the one that it begins with.
fn builder(facts: &Value, home: Option<SocketAddr>) -> Result<ClientBuilder> {
    let key = facts["key"].as_str().ok_or("a key in PEM")?;
    let mut builder = Client::builder()
        .api_id(1)
        .api_hash("local")
        .rsa_key(key)
        .in_memory();
    for (at, dc) in facts["dcs"]
        .as_array()
        .ok_or("data centres")?
        .iter()
        .enumerate()
    {
        let id = dc["id"].as_i64().ok_or("a number")?.try_into()?;
        let address = home.filter(|_| at == 0).map_or_else(|| address(dc), Ok)?;
        builder = builder.dc_addr(id, address);
        if at == 0 {
            builder = builder.first_dc(id);
        }
    }
    Ok(builder)
}

fn address(dc: &Value) -> Result<SocketAddr> {
    let host = dc["host"].as_str().ok_or("an address")?.parse()?;
    let port = dc["port"].as_u64().ok_or("a port")?;
    Ok(SocketAddr::new(host, port.try_into()?))
}

/// Signs in as one of the people in the facts.
fn sign_in(client: &Client, who: &Value) -> Result<()> {
    let text = |what: &str| who[what].as_str().ok_or("a user");
    let token = client.request_login_code(text("phone")?)?;
    match client.sign_in(&token, text("code")?) {
        Ok(_) => Ok(()),
        Err(SignInError::PasswordRequired(token)) => {
            client.check_password(*token, text("password")?)?;
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Says a line to who has started this program.
fn say(line: &str) {
    let mut out = stdout().lock();
    writeln!(out, "{line}").ok();
    out.flush().ok();
}

/// Waits for a line.
fn told() -> Result<String> {
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    Ok(line)
}
