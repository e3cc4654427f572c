//! Any method of the API, by its name in the schema.
//!
//! With `API_ID`, `API_HASH` and `BOT_TOKEN` in the environment it asks Telegram; without them a
//! local data centre.
use std::env;
use std::error::Error;

use ferogram_sync::{Client, tl};
use localdc::{LocalDc, NewBot};

const BOT_TOKEN: &str = "1234567:local-raw-bot";

fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (setting("API_ID"), setting("API_HASH"), setting("BOT_TOKEN")) {
        (Some(id), Some(hash), Some(token)) => {
            println!("mode: Telegram (API_ID, API_HASH and BOT_TOKEN are set)");
            let builder = Client::builder()
                .api_id(id.parse().map_err(|_| "API_ID has to be a number")?)
                .api_hash(hash);
            show(&builder.session("raw_api.session").connect()?, &token)
        }
        (None, None, None) => {
            println!("mode: local data centre (set API_ID, API_HASH, BOT_TOKEN for Telegram)");
            let dc = LocalDc::start()?;
            dc.add_bot(NewBot::new(BOT_TOKEN, "raw_bot"));
            show(&dc.client_builder().connect()?, BOT_TOKEN)
        }
        _ => Err("set all of API_ID, API_HASH and BOT_TOKEN for Telegram, or none of them".into()),
    }
}

fn show(client: &Client, token: &str) -> Result<(), Box<dyn Error>> {
    // A method without a login: the data centres, as the server tells them. A later layer may add
    // constructors to any type, so there is always an `else`.
    let config = client.invoke(&tl::functions::help::GetConfig {})?;
    let tl::enums::Config::Config(config) = config;
    println!(
        "this is DC {}, and it knows of {} addresses",
        config.this_dc,
        config.dc_options.len()
    );

    if !client.is_authorized()? {
        client.bot_sign_in(token)?;
    }

    // Fields that are left out have their defaults.
    let request = tl::functions::photos::GetUserPhotos {
        user_id: tl::enums::InputUser::UserSelf,
        limit: 1,
        ..Default::default()
    };
    println!("the bot's newest photo: {:?}", client.invoke(&request)?);

    // What the server refuses has a name.
    let request = tl::functions::contacts::ResolveUsername {
        username: "nobody_has_this_name".into(),
        ..Default::default()
    };
    match client.invoke(&request) {
        Ok(found) => println!("somebody has that name: {found:?}"),
        Err(error) if error.is("USERNAME_NOT_OCCUPIED") => println!("as expected: {error}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
