//! The stage that the scripts among the examples share: an account of Telegram's, or, without
//! `API_ID` and `API_HASH` in the environment, one of a local data centre that is prepared first.
use std::{env, error, result};

use ferogram_sync::Client;
use localdc::LocalDc;

/// What scripts end with.
pub(crate) type Result<T = ()> = result::Result<T, Box<dyn error::Error>>;

/// Runs a script. A local data centre is prepared by `prepare`, with a client of the account's.
pub(crate) fn play(
    script: impl FnOnce(&Client) -> Result,
    prepare: impl FnOnce(&'static LocalDc, &Client) -> Result,
) -> Result {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH")) {
        (Some(id), Some(hash)) => {
            eprintln!("mode: Telegram (API_ID and API_HASH are set)");
            let client = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash)
                .session("login.session")
                .connect()?;
            client.interactive_sign_in(None)?;
            script(&client)
        }
        (None, None) => {
            eprintln!("mode: local data centre (set API_ID and API_HASH for Telegram)");
            let dc = LocalDc::shared();
            let client = dc.user();
            prepare(dc, &client)?;
            script(&client)
        }
        _ => Err("set both API_ID and API_HASH for Telegram, or neither".into()),
    }
}
