//! Settings as text: what `serde` makes of them, and what it may not see.
use std::time::Duration;

use ferogram_sync::store::StringFormat;
use ferogram_sync::{Client, Config, DcId, MemoryStore, RestartPolicy, Secret, SessionPlace};
use ferogram_sync::{Tag, Transport};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000024:config-test";

/// Everything unlike what it is unless said otherwise.
fn config() -> Config {
    Config {
        session: "some.session".into(),
        test_servers: Some(true),
        first_dc: Some(DcId(3)),
        dc_id_override: Some(DcId(4)),
        dc_addrs: vec![(DcId(1), "127.0.0.1:443".parse().expect("an address"))],
        rsa_keys: vec![localdc::PUBLIC_KEY_PEM.to_owned()],
        transport: Transport::Obfuscated(Tag::PaddedIntermediate),
        ipv6: true,
        pfs: true,
        timeout: Duration::from_millis(1500),
        flood_sleep_threshold: Duration::ZERO,
        restart_policy: RestartPolicy::Exponential {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(60),
        },
        update_queue: 7,
        peer_cache: 9,
        device_model: "a device".to_owned(),
        system_version: "a system".to_owned(),
        app_version: "an app".to_owned(),
        system_lang_code: "pt-BR".to_owned(),
        lang_pack: "android".to_owned(),
        lang_code: "pt".to_owned(),
        ..Config::new(77, "hunter2hash")
    }
}

#[test]
fn settings_come_back_and_the_secret_does_not() {
    for mut before in [config(), Config::new(77, "hunter2hash")] {
        let text = serde_json::to_string(&before).expect("it can be written");
        assert!(!text.contains("hunter2"), "{text}");
        let after: Config = serde_json::from_str(&text).expect("it can be read");
        assert_eq!(after.api_hash.expose(), "", "{text}");
        before.api_hash = Secret::new(String::new());
        assert_eq!(format!("{after:?}"), format!("{before:?}"), "{text}");
        let error = Client::connect(after).expect_err("the secret is missing");
        assert!(error.to_string().contains("api_hash"), "{error}");
    }
    let for_ever = Config {
        timeout: Duration::MAX,
        ..Config::default()
    };
    let text = serde_json::to_string(&for_ever).expect("it can be written");
    let after: Config = serde_json::from_str(&text).expect("it can be read");
    assert_eq!(after.timeout, Duration::MAX);
}

#[test]
fn a_settings_file_by_hand_is_read() {
    let text = r#"{"api_id": 77, "api_hash": "hash", "session": "memory", "timeout": 5,
                   "flood_sleep_threshold": 0.5, "transport": "full", "first_dc": 4,
                   "restart_policy": {"fixed": 2.5}}"#;
    let config: Config = serde_json::from_str(text).expect("it can be read");
    assert_eq!(
        (config.api_id, config.api_hash.expose().as_str()),
        (77, "hash")
    );
    assert!(matches!(config.session, SessionPlace::Memory));
    assert_eq!(config.timeout, Duration::from_secs(5));
    assert_eq!(config.flood_sleep_threshold, Duration::from_millis(500));
    assert_eq!(config.transport, Transport::Full);
    assert_eq!(config.first_dc, Some(DcId(4)));
    let fixed = RestartPolicy::Fixed(Duration::from_millis(2500));
    assert_eq!(config.restart_policy, fixed);
    assert_eq!(config.lang_code, "en", "as it is unless said otherwise");
    Client::connect(config).expect("it starts");
}

#[test]
fn a_slip_of_the_pen_is_an_error() {
    for text in [
        r#"{"timout": 5}"#,
        r#"{"timeout": -5}"#,
        r#"{"timeout": "soon"}"#,
        r#"{"session": {"login": "1Ahunter2"}}"#,
        r#"{"session": {"tape": "a"}}"#,
        r#"{"transport": "carrier pigeon"}"#,
    ] {
        let error = serde_json::from_str::<Config>(text).expect_err(text);
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn a_login_is_read_and_never_written() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "config_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    let login = client.export_session().expect("somebody is signed in");
    client.close().expect("memory takes anything");
    let text = login
        .encode(StringFormat::Telethon)
        .expect("it has an address");
    let text = text.expose();

    let written = format!(r#"{{"session": {{"login": "{text}"}}}}"#);
    let read: Config = serde_json::from_str(&written).expect("it can be read");
    let mut config = dc.client_builder().build().expect("nothing is wrong");
    config.session = read.session;
    for session in [SessionPlace::from(login), SessionPlace::from(&text[..])] {
        let config = Config {
            session,
            ..Config::default()
        };
        let error = serde_json::to_string(&config).expect_err("it is a login");
        assert!(!error.to_string().contains(&text[20..60]), "{error}");
    }
    let store = Config {
        session: MemoryStore::default().into(),
        ..Config::default()
    };
    serde_json::to_string(&store).expect_err("nobody can write a store");

    let client = Client::connect(config).expect("it starts");
    assert!(client.get_me().expect("the login is good").is_bot());
}
