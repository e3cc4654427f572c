//! Setting a client up, and what becomes of the settings.
use std::sync::{Arc, Mutex};

use ferogram_sync::store::{StringFormat, StringSession};
use ferogram_sync::{
    AccountError, BuilderError, Client, Config, DcId, Error, Secret, SessionPlace, StoreError, tl,
};
use localdc::{LocalDc, NewBot, NewUser, Program};

const TOKEN: &str = "1000021:builder-test";
const OTHER: &str = "1000022:builder-test";
const PHONE: &str = "+15550021";

/// Each call: the data centre, the method, and what the program said that it is.
type Calls = Arc<Mutex<Vec<(i32, String, Program)>>>;

fn watched(dcs: i32) -> (LocalDc, Calls) {
    let calls = Calls::default();
    let seen = Arc::clone(&calls);
    let dc = LocalDc::builder()
        .dcs(dcs)
        .on_call(move |call| {
            let call = (call.dc, call.method.to_owned(), call.program.clone());
            seen.lock().expect("nobody panics").push(call);
        })
        .start()
        .expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "builder_bot").dc(1));
    (dc, calls)
}

fn last(calls: &Calls) -> (i32, Program) {
    let calls = calls.lock().expect("nobody panics");
    let (dc, _, program) = calls.last().expect("there was a call");
    (*dc, program.clone())
}

#[test]
fn the_server_is_told_of_the_program_what_was_set() {
    let (dc, calls) = watched(1);
    let client = dc
        .client_builder()
        .api_id(77)
        .device_model("a device")
        .system_version("a system")
        .app_version("an app")
        .system_lang_code("pt-BR")
        .lang_pack("android")
        .lang_code("pt")
        .connect()
        .expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    let (_, told) = last(&calls);
    assert_eq!(told.api_id, 77);
    assert_eq!(told.device_model, "a device");
    assert_eq!(told.system_version, "a system");
    assert_eq!(told.app_version, "an app");
    assert_eq!(told.system_lang_code, "pt-BR");
    assert_eq!(told.lang_pack, "android");
    assert_eq!(told.lang_code, "pt");
}

#[test]
fn what_is_not_set_is_told_as_documented() {
    let (dc, calls) = watched(1);
    let client = dc.client_builder().connect().expect("it starts");
    client.is_authorized().expect("the server answers");
    let (_, told) = last(&calls);
    assert_eq!(told.device_model, std::env::consts::OS);
    assert_eq!(told.system_version, std::env::consts::ARCH);
    assert_eq!(told.app_version, env!("CARGO_PKG_VERSION"));
    assert_eq!(
        (&told.system_lang_code[..], &told.lang_code[..]),
        ("en", "en")
    );
    assert_eq!(told.lang_pack, "");
}

#[test]
fn the_list_of_devices_shows_it() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann"));
    let builder = dc.client_builder().device_model("a device");
    let client = builder.app_version("an app").connect().expect("it starts");
    let token = client.request_login_code(PHONE).expect("a code is sent");
    let code = dc.login_code(PHONE).expect("it was sent");
    client.sign_in(&token, &code).expect("the code is right");
    let request = tl::functions::account::GetAuthorizations {};
    let tl::enums::account::Authorizations::Authorizations(list) =
        client.invoke(&request).expect("the server answers");
    let [tl::enums::Authorization::Authorization(device)] = &list.authorizations[..] else {
        panic!("one login: {list:?}");
    };
    assert_eq!(device.device_model, "a device");
    assert_eq!(device.app_version, "an app");
}

#[test]
fn a_language_pack_that_there_is_not_is_refused() {
    let (dc, _) = watched(1);
    let builder = dc.client_builder().lang_pack("esperanto");
    let client = builder.connect().expect("it starts");
    let error = client.is_authorized().expect_err("no such pack");
    assert!(error.is("CONNECTION_LANG_PACK_INVALID"), "{error}");
}

#[test]
fn what_is_missing_is_said_by_its_kind() {
    let builder = || Client::builder().api_id(1).api_hash("hash").in_memory();
    for api_id in [0, -5] {
        let error = builder().api_id(api_id).build().expect_err("no such id");
        assert!(matches!(error, BuilderError::MissingApiId), "{error}");
    }
    for hash in ["", " \n"] {
        let error = builder().api_hash(hash).build().expect_err("no hash");
        assert!(matches!(error, BuilderError::MissingApiHash), "{error}");
    }
    let error = builder().rsa_key("no key").build().expect_err("no key");
    assert!(matches!(error, BuilderError::ServerKey(_)), "{error}");
    let error = builder().session_string("1Ahunter2").build();
    let error = error.expect_err("no login");
    assert!(matches!(error, BuilderError::SessionString(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    type Set = fn(ferogram_sync::ClientBuilder) -> ferogram_sync::ClientBuilder;
    let empty: [(&str, Set); 4] = [
        ("device_model", |b| b.device_model("")),
        ("system_version", |b| b.system_version(" ")),
        ("app_version", |b| b.app_version("")),
        ("system_lang_code", |b| b.system_lang_code("")),
    ];
    for (name, set) in empty {
        let error = set(builder()).build().expect_err(name);
        let found = matches!(error, BuilderError::Empty { setting } if setting == name);
        assert!(found, "{name}: {error}");
    }
    // A session that is said to be another one after all is no mistake any more.
    let builder = builder().session_string("1Ahunter2").in_memory();
    builder.build().expect("nothing is wrong");
}

#[test]
fn a_config_by_hand_is_checked_as_the_builders_is() {
    let error = Client::connect(Config::default()).expect_err("no api id");
    assert!(matches!(error, Error::Config(_)), "{error}");
    assert!(error.to_string().contains("my.telegram.org"), "{error}");
    let config = Config {
        session: SessionPlace::Memory,
        device_model: String::new(),
        ..Config::new(1, "hash")
    };
    let error = Client::connect(config).expect_err("no device");
    assert!(error.to_string().contains("device_model"), "{error}");
}

#[test]
fn a_login_on_other_servers_is_said_by_its_kind() {
    let key = Box::new(Secret::new([7; 256]));
    let login = StringSession {
        dc: DcId(2),
        key,
        address: None,
        test: Some(true),
        account: None,
        api_id: None,
    };
    let builder = Client::builder().api_id(1).api_hash("hash").session(login);
    let error = builder
        .test_servers(false)
        .build()
        .expect_err("it is a test login");
    let said = matches!(error, BuilderError::OtherServers { test: true });
    assert!(
        said && error.to_string().contains("test_servers(true)"),
        "{error}"
    );
}

#[test]
fn neither_hash_nor_token_nor_login_is_shown() {
    let (dc, _) = watched(1);
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    let login = client.export_session().expect("somebody is signed in");
    client.close().expect("memory takes anything");
    let text = login
        .encode(StringFormat::Telethon)
        .expect("it has an address");
    let builder = || dc.client_builder().api_hash("hunter2hash").bot_token(TOKEN);
    // By mistake it may have been given as a path.
    for builder in [
        builder().session_string(text.expose()),
        builder().session(&text.expose()[..]),
    ] {
        let before = format!("{builder:?}");
        let shown = format!("{before} {:?}", builder.build().expect("it may be"));
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(!shown.contains("builder-test"), "{shown}");
        assert!(!shown.contains(&text.expose()[20..60]), "{shown}");
    }
}

#[test]
fn a_session_is_opened_when_the_client_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let config = |path| Config {
        session: SessionPlace::File(path),
        ..Config::new(1, "hash")
    };
    let (one, other) = (config(path.clone()), config(path.clone()));
    let client = Client::connect(one).expect("nobody uses it");
    let error = Client::connect(other).expect_err("it is in use");
    assert!(
        matches!(error, Error::Store(StoreError::InUse { .. })),
        "{error}"
    );
    client.close().expect("nothing to write");
    Client::quick_connect(&path, 1, "hash").expect("nobody uses it any more");
}

#[test]
fn a_new_session_begins_where_it_is_told() {
    let (dc, calls) = watched(3);
    let client = dc
        .client_builder()
        .first_dc(3)
        .connect()
        .expect("it starts");
    client.is_authorized().expect("the server answers");
    assert_eq!(last(&calls).0, 3);
    let client = dc
        .client_builder()
        .dc_id_override(2)
        .connect()
        .expect("it starts");
    client.is_authorized().expect("the server answers");
    assert_eq!(last(&calls).0, 2);
}

#[test]
fn the_override_counts_for_a_session_with_a_home_of_its_own() {
    let (dc, calls) = watched(2);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let builder = || dc.client_builder().session(&path);
    let client = builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client.close().expect("written");

    let client = builder().first_dc(2).connect().expect("it starts");
    assert!(client.is_authorized().expect("the server answers"));
    assert_eq!(last(&calls).0, 1, "the session knows better");
    client.close().expect("written");

    let client = builder().dc_id_override(2).connect().expect("it starts");
    client
        .invoke(&tl::functions::help::GetNearestDc {})
        .expect("answered");
    assert_eq!(last(&calls).0, 2);
    client.close().expect("written");

    let client = builder().connect().expect("it starts");
    assert!(client.is_authorized().expect("the login is still there"));
}

#[test]
fn connecting_and_signing_in_at_once() {
    let (dc, _) = watched(1);
    dc.add_bot(NewBot::new(OTHER, "another_bot").dc(1));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let builder = || dc.client_builder().session(&path);

    let error = builder()
        .connect_and_login()
        .expect_err("nobody is signed in");
    assert!(error.to_string().contains("bot_token"), "{error}");
    let nobody = matches!(error, Error::Account(AccountError::NoLogin));
    assert!(nobody, "{error}");
    let error = builder().bot_token("no token").connect_and_login();
    assert!(matches!(error, Err(Error::BotToken(_))), "{error:?}");
    assert_eq!(dc.executed("auth.importBotAuthorization"), 0);

    let client = builder().bot_token(TOKEN).connect_and_login();
    let id = client.expect("the token is right").my_id();
    assert_eq!(id, Some(1_000_021));
    let client = builder()
        .bot_token(format!(" {TOKEN}\n"))
        .connect_and_login();
    assert_eq!(client.expect("it is signed in").my_id(), id);
    let client = builder().connect_and_login().expect("no token is needed");
    assert_eq!(dc.executed("auth.importBotAuthorization"), 1, "once");

    client.close().expect("written");
    let error = builder().bot_token(OTHER).connect_and_login();
    let error = error.expect_err("somebody else's session");
    let Error::Account(AccountError::OtherAccount { signed_in }) = error else {
        panic!("{error}");
    };
    assert_eq!(Some(signed_in), id);

    // Whose login was revoked signs in anew.
    let client = builder().connect().expect("it starts");
    client
        .invoke(&tl::functions::auth::LogOut {})
        .expect("signed out behind its back");
    client.close().expect("written");
    let client = builder().bot_token(TOKEN).connect_and_login();
    assert_eq!(client.expect("signed in again").my_id(), id);
}

#[test]
fn whose_client_it_is_without_asking() {
    let (dc, calls) = watched(1);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let connect = || {
        dc.client_builder()
            .session(&path)
            .connect()
            .expect("it starts")
    };
    let client = connect();
    assert_eq!(client.my_id(), None);
    let me = client.bot_sign_in(TOKEN).expect("the token is right");
    assert_eq!(client.my_id(), Some(me.id()));
    let login = client.export_session().expect("somebody is signed in");
    client.close().expect("written");
    assert_eq!(
        client.my_id(),
        Some(me.id()),
        "a closed client knows it still"
    );

    let asked = calls.lock().expect("nobody panics").len();
    let client = connect();
    assert_eq!(client.my_id(), Some(me.id()), "the session remembers");
    assert_eq!(
        calls.lock().expect("nobody panics").len(),
        asked,
        "nothing was asked"
    );
    client.sign_out().expect("it was signed in");
    assert_eq!(client.my_id(), None);

    let nameless = StringSession {
        account: None,
        ..login
    };
    let client = dc
        .client_builder()
        .session(nameless)
        .connect()
        .expect("it starts");
    assert_eq!(client.my_id(), None, "the text does not say");
}
