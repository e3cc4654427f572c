//! Bad luck: each a typed error whose text says what happened, and that comes by the deadline: if
//! it did not, these tests would hang.
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, ClientBuilder, Delivery, Error, tl};
use localdc::{Effect, LocalDc, NewBot, Rule};

const TIMEOUT: Duration = Duration::from_secs(2);

fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder()
        .api_id(1)
        .api_hash("hash")
        .in_memory()
        .timeout(TIMEOUT)
        .dc_addr(1, address)
        .rsa_key(localdc::PUBLIC_KEY_PEM)
}

fn fails(client: &Client) -> (Delivery, String) {
    let error = client
        .invoke(&tl::functions::help::GetConfig {})
        .expect_err("nobody answers");
    match &error {
        Error::Unanswered(unanswered) => (unanswered.delivery, error.to_string()),
        other => panic!("{other}"),
    }
}

/// Listens, and lets `serve` do what it likes with every connection.
fn peer(serve: impl Fn(std::net::TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it listens");
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    address
}

#[test]
fn a_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it listens");
    drop(listener);
    let client = builder(address).connect().expect("it starts");
    let (delivery, text) = fails(&client);
    assert_eq!(delivery, Delivery::NotSent);
    assert!(
        text.contains("refused") && text.contains(&address.to_string()),
        "{text}"
    );
}

#[test]
fn a_server_that_is_away_for_some_seconds_is_found_soon_after() {
    let dc = LocalDc::start().expect("it listens");
    // Pauses that double come to 81 seconds by then, or to half of that with luck.
    let away = dc.faults().add(Rule::new(Effect::Refuse).times(10));
    let client = dc.client_builder().connect().expect("it starts");
    let config = tl::functions::help::GetConfig {};
    let waited = client.with_timeout(Duration::from_secs(22)).invoke(&config);
    waited.expect("it is back in time");
    assert_eq!(dc.faults().fired(away), 10);
}

#[test]
fn a_network_that_swallows_everything() {
    // A listener that never accepts: the connection stands, and nothing ever comes.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = builder(listener.local_addr().expect("it listens"))
        .connect()
        .expect("it starts");
    let (delivery, text) = fails(&client);
    assert_eq!(delivery, Delivery::NotSent);
    assert!(text.contains("key exchange"), "{text}");
}

#[test]
fn a_server_that_speaks_garbage() {
    let address = peer(|mut stream| {
        stream.write_all(&[0xa5; 4096]).ok();
    });
    let client = builder(address).connect().expect("it starts");
    let (delivery, _) = fails(&client);
    assert_eq!(delivery, Delivery::NotSent);
}

#[test]
fn a_web_server_in_its_place() {
    let address = peer(|mut stream| {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").ok();
    });
    let client = builder(address).connect().expect("it starts");
    let (delivery, text) = fails(&client);
    assert_eq!(delivery, Delivery::NotSent);
    assert!(text.contains("proxy"), "{text}");
}

#[test]
fn a_server_that_closes_after_some_bytes() {
    for bytes in [0, 1, 3, 4, 20, 80] {
        let address = peer(move |mut stream| {
            let mut query = [0; 1024];
            if stream.read(&mut query).is_ok() {
                stream.write_all(&vec![0; bytes]).ok();
            }
        });
        let client = builder(address).connect().expect("it starts");
        let (delivery, _) = fails(&client);
        assert_eq!(delivery, Delivery::NotSent);
    }
}

#[test]
fn a_server_with_another_key() {
    let dc = LocalDc::start().expect("it listens");
    let client = Client::builder()
        .api_id(1)
        .api_hash("hash")
        .in_memory()
        .timeout(TIMEOUT)
        .dc_addr(1, dc.address(1))
        .connect()
        .expect("it starts");
    let (delivery, text) = fails(&client);
    assert_eq!(delivery, Delivery::NotSent);
    assert!(text.contains("key"), "{text}");
}

#[test]
fn clocks_that_are_ten_years_apart() {
    const TEN_YEARS: i64 = 10 * 365 * 24 * 3600;
    for offset in [TEN_YEARS, -TEN_YEARS] {
        let dc = LocalDc::start().expect("it listens");
        dc.set_clock_shift(offset);
        dc.add_bot(NewBot::new("1000003:clock-test", "clock_bot"));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bot.session");
        let client = dc
            .client_builder()
            .session(&path)
            .connect()
            .expect("it starts");
        client
            .bot_sign_in("1000003:clock-test")
            .expect("the offset is learned");
        drop(client);
        let client = dc
            .client_builder()
            .session(&path)
            .connect()
            .expect("it starts");
        client.get_me().expect("the offset was kept");
    }
}

#[test]
fn a_clock_that_jumps_while_connected() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new("1000003:clock-test", "clock_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client
        .bot_sign_in("1000003:clock-test")
        .expect("the token is right");
    for offset in [100_000, -100_000, 0] {
        dc.set_clock_shift(offset);
        client.get_me().unwrap_or_else(|e| panic!("{offset}: {e}"));
    }
}

#[test]
fn a_bad_key_is_said_at_once() {
    let error = builder("127.0.0.1:1".parse().expect("an address"))
        .rsa_key("-----BEGIN NOTHING-----")
        .connect()
        .expect_err("no key");
    assert!(matches!(error, Error::Config(_)), "{error}");
}

#[test]
fn an_api_id_that_can_be_none_is_said_at_once() {
    for api_id in [0, -5] {
        let error = builder("127.0.0.1:1".parse().expect("an address"))
            .api_id(api_id)
            .connect()
            .expect_err("no such id");
        assert!(matches!(error, Error::Config(_)), "{error}");
        assert!(error.to_string().contains("my.telegram.org"), "{error}");
    }
}

#[test]
fn an_unknown_method_is_refused_not_ignored() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new("1000003:clock-test", "clock_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client
        .bot_sign_in("1000003:clock-test")
        .expect("the token is right");
    let request = tl::functions::account::GetThemes::default();
    let error = client
        .invoke(&request)
        .expect_err("the local data centre has no themes");
    assert!(error.is("INPUT_METHOD_INVALID*"), "{error}");
}

#[test]
fn an_unknown_data_centre_is_said_at_once() {
    let dc = LocalDc::start().expect("it listens");
    let client = dc.client_builder().connect().expect("it starts");
    let request = tl::functions::help::GetConfig {};
    let error = client
        .invoke_on_dc(77, &request)
        .expect_err("there is no DC 77");
    assert!(matches!(error, Error::Config(_)), "{error}");
}
