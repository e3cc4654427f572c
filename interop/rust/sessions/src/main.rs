//! Our half of the proof that a login travels between our client and another's, as text or as a
//! session file.
//!
//! `export FORM` signs in as the bot and prints the login; `export-file FORMAT PATH` makes a session
//! file of it, with a user in it whom the bot has not met. `import` reads a login, signs in with it
//! alone, sends a message and prints whose it is; `import-file PATH NAME` does it with a session
//! file, and asks of the file who has that public name. Either way the client is gone when the
//! program ends: a key is for one program at a time.
//!
//! `names` signs in as the user, reads links and ids, one a line, and prints for each whom it names:
//! the id as the Bot API writes it, or `invite`, or why it names nobody.
//!
//! `hand WHO` signs in as somebody and does what it is told to messages: `hand` says more.
//!
//! `send-media` sends photos, an album, a sticker and a voice message to the account's own chat, and
//! `tell-media COUNT` says what it sees of that: `media` says more.
//!
//! `go-up FOLDER` and `go-down FOLDER` are transfers that are killed on the way: `killed` says more.
//!
//! `account` has what an account goes through at the hands of both, `chats` what a forum does, `crowds`
//! what is large or moves,
//! `files` how files travel (`files COUNT` fetches so many of the account's own chat, and sends some;
//! `fetch FILE_ID` fetches one), and `lists` what an account has: `fill` makes it, and `tell` reads
//! it again.
mod account;
mod chats;
mod crowds;
mod files;
mod hand;
mod killed;
mod lists;
mod media;
mod shown;

use std::io::read_to_string;
use std::net::SocketAddr;

use ferogram_sync::store::{
    Change, FileFormat, ForeignFile, PeerKey, PeerQuery, PeerRecord, StringFormat, StringSession,
};
use ferogram_sync::tl::enums::Peer;
use ferogram_sync::{Client, ClientBuilder, Error, MemoryStore, PeerError, SessionPlace, Store};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let facts: Value = serde_json::from_str(&std::env::var("INTEROP_FACTS")?)?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["export", form] => export(&facts, form),
        ["export-file", format, path] => export_file(&facts, format, path),
        ["import"] => {
            let text = read_to_string(std::io::stdin())?;
            import(&facts, StringSession::parse(&text)?)
        }
        ["import-file", path, name] => import_file(&facts, path, name),
        ["names"] => names(&facts),
        ["scan", link] => account::scan(&facts, link),
        ["show"] => account::show(&facts),
        ["set-password", password] => account::set_password(&facts, password),
        ["check-password", password] => account::check_password(&facts, password),
        ["stay"] => account::stay(&facts),
        ["end", hash] => account::end(&facts, hash),
        ["hand", who] => hand::obey(&facts, who),
        ["fill"] => lists::fill(&facts),
        ["tell"] => lists::tell(&facts),
        ["make-forum"] => chats::make(&facts),
        ["knock", link] => chats::knock(&facts, link),
        ["look", id] => chats::look(&facts, id),
        ["count-crowd"] => crowds::count(&facts),
        ["judge-crowd"] => crowds::judge(&facts),
        ["judged-crowd"] => crowds::judged(&facts),
        ["stir"] => crowds::stir(&facts),
        ["files", count] => files::exchange(&facts, count.parse()?),
        ["fetch", id] => files::fetch(&facts, id),
        ["go-up", folder] => killed::go_up(&facts, folder.as_ref()),
        ["go-down", folder] => killed::go_down(&facts, folder.as_ref()),
        ["send-media"] => media::send(&facts),
        ["tell-media", count] => media::tell(&facts, count.parse()?),
        _ => Err(
            "usage: interop-sessions export FORM | export-file FORMAT PATH | import | \
                  import-file PATH NAME | names | scan LINK | show | set-password PASSWORD | \
                  check-password PASSWORD | stay | end HASH | hand WHO | fill | tell | make-forum | \
                  knock LINK | look ID | count-crowd | judge-crowd | judged-crowd | stir | \
                  files COUNT | fetch FILE_ID | go-up FOLDER | go-down FOLDER | send-media | \
                  tell-media COUNT"
                .into(),
        ),
    }
}

/// The hash of some bytes, as text.
fn sha256(bytes: &[u8]) -> String {
    let hash = ferogram_sync::crypto::sha256(&[bytes]);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn export(facts: &Value, form: &str) -> Result<()> {
    let form = match form {
        "telethon" => StringFormat::Telethon,
        "pyrogram" => StringFormat::Pyrogram,
        "mtcute" => StringFormat::Mtcute,
        "gramjs" => StringFormat::GramJs,
        other => return Err(format!("no form is called {other}").into()),
    };
    println!("{}", bot(facts)?.encode(form)?.expose());
    Ok(())
}

/// A login of the bot.
fn bot(facts: &Value) -> Result<StringSession> {
    let client = builder(facts)?.in_memory().connect()?;
    client.bot_sign_in(
        facts["bot"]["token"]
            .as_str()
            .ok_or("the bot has a token")?,
    )?;
    Ok(client.export_session()?)
}

fn export_file(facts: &Value, format: &str, path: &str) -> Result<()> {
    let format = match format {
        "telethon" => FileFormat::Telethon,
        "mtcute" => FileFormat::Mtcute,
        other => return Err(format!("no format is called {other}").into()),
    };
    let stranger = PeerRecord {
        access_hash: Some(-5_000_000_000),
        usernames: vec!["Stranger".to_owned()],
        phone: Some("15550009".to_owned()),
        usernames_seen: unix(),
        phone_seen: unix(),
        ..PeerRecord::new(PeerKey::User(4_000_000_000))
    };
    let mut file = ForeignFile::create(path, format, &bot(facts)?)?;
    file.add(&[Change::Peer(stranger)])?;
    Ok(())
}

fn unix() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| since.as_secs() as i64)
}

fn import_file(facts: &Value, path: &str, name: &str) -> Result<()> {
    let mut store = MemoryStore::new();
    ForeignFile::open(path)?.copy_into(&mut store)?;
    let named = store.peer(&PeerQuery::Name(name))?;
    let named = named.ok_or_else(|| format!("nobody in the file is called {name}"))?;
    named.access_hash.ok_or("it has a hash")?;
    import(facts, store)
}

fn import(facts: &Value, session: impl Into<SessionPlace>) -> Result<()> {
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
