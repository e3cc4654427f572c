//! Many requests in flight from one thread, without threads and without an async runtime.
//!
//! With `API_ID` and `API_HASH` in the environment it asks Telegram (a few requests that need no
//! login); without them a local data centre.
#![expect(clippy::disallowed_methods, reason = "a program may read the clock")]
use std::env;
use std::error::Error;
use std::time::Instant;

use ferogram_sync::{Client, tl};
use localdc::LocalDc;

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            println!("mode: Telegram (API_ID and API_HASH are set)");
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash);
            race(&client.session("pipelining.session").connect()?, 10)
        }
        (None, None) => {
            println!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            let dc = LocalDc::start()?;
            race(&dc.client_builder().connect()?, 1000)
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}

fn race(client: &Client, requests: usize) -> Result<(), Box<dyn Error>> {
    let request = tl::functions::help::GetNearestDc {};
    client.invoke(&request)?; // Connects.

    let start = Instant::now();
    for _ in 0..requests {
        client.invoke(&request)?;
    }
    println!(
        "{requests} requests one after the other: {:?}",
        start.elapsed()
    );

    let start = Instant::now();
    let pending: Vec<_> = (0..requests).map(|_| client.submit(&request)).collect();
    for pending in pending {
        pending.wait()?;
    }
    println!(
        "{requests} requests in flight at once:   {:?}",
        start.elapsed()
    );
    Ok(())
}
