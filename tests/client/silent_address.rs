//! An address that accepts and says nothing, before one that is good: the good one is reached long
//! before the other is given up.
use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, unbounded};
use ferogram_sync::{Client, ClientBuilder};
use localdc::{Effect, LocalDc, NewBot, NewUser, Rule};

const TOKEN: &str = "1000016:silent-test";
const ANN: &str = "+9996633333";

/// A silent address is given up after this time at the soonest: 15 seconds with a key, 30 without.
const TIMEOUT: Duration = Duration::from_secs(12);

/// What has come over each connection to a server that takes everything and says nothing, once it
/// has ended.
struct Silent {
    address: SocketAddr,
    heard: Receiver<Vec<u8>>,
}

impl Silent {
    fn on(address: &str) -> Option<Self> {
        let listener = TcpListener::bind(address).ok()?;
        let address = listener.local_addr().expect("it listens");
        let (sender, heard) = unbounded();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let sender = sender.clone();
                thread::spawn(move || {
                    let mut bytes = Vec::new();
                    stream.read_to_end(&mut bytes).ok();
                    sender.send(bytes).ok();
                });
            }
        });
        Some(Self { address, heard })
    }

    fn start() -> Self {
        Self::on("127.0.0.1:0").expect("a free port")
    }
}

fn with_bot(builder: localdc::Builder) -> Option<LocalDc> {
    let dc = builder.start().ok()?;
    dc.add_bot(NewBot::new(TOKEN, "silent_bot"));
    Some(dc)
}

fn builder(dc: &LocalDc, addresses: &[SocketAddr]) -> ClientBuilder {
    let builder = Client::builder()
        .api_id(1)
        .api_hash("hash")
        .in_memory()
        .first_dc(1)
        .timeout(TIMEOUT)
        .rsa_key(dc.public_key_pem());
    addresses.iter().fold(builder, |b, a| b.dc_addr(1, *a))
}

#[test]
fn a_new_key_is_made_with_the_next_address() {
    let dc = with_bot(LocalDc::builder()).expect("it listens");
    let silent = Silent::start();
    let client = builder(&dc, &[silent.address, dc.address(1)]);
    let client = client.connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the second one answers");
    let heard = silent.heard.recv_timeout(TIMEOUT).expect("it is left");
    assert!(!heard.is_empty(), "it was asked first");
    // The one that answers is kept.
    client.get_me().expect("signed in");
    assert_eq!(dc.connections(), 1);
    assert!(silent.heard.is_empty());
}

#[test]
fn a_stored_login_goes_on_with_the_next_address() {
    let dc = with_bot(LocalDc::builder()).expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let client = dc.client_builder().session(&path).connect();
    let client = client.expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    drop(client);
    let silent = Silent::start();
    let client = builder(&dc, &[silent.address, dc.address(1)]).session(&path);
    let client = client.connect().expect("it starts");
    client.get_me().expect("the second one answers");
    assert_eq!(dc.executed("auth.importBotAuthorization"), 1);
    silent.heard.recv_timeout(TIMEOUT).expect("it is left");
}

#[test]
fn one_family_that_says_nothing_does_not_hide_the_other() {
    let Some(dc) = with_bot(LocalDc::builder().ipv6(true)) else {
        return; // This machine has only one.
    };
    let sixth = dc.addresses().into_iter().find(|(_, a)| a.is_ipv6());
    let (_, sixth) = sixth.expect("it listens there too");
    let silent = Silent::start();
    let client = builder(&dc, &[silent.address, sixth]);
    let client = client.connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the second one answers");
    let silent = Silent::on("[::1]:0").expect("the data centre is there too");
    let client = builder(&dc, &[silent.address, dc.address(1)]);
    let client = client.connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the second one answers");
}

#[test]
fn what_went_to_a_server_that_is_not_heard_runs_once() {
    let Some(dc) = with_bot(LocalDc::builder().ipv6(true)) else {
        return; // This machine has only one family, and the server only one address.
    };
    let sixth = dc.addresses().into_iter().find(|(_, a)| a.is_ipv6());
    let (_, sixth) = sixth.expect("it listens there too");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ann.session");
    dc.add_user(NewUser::new(ANN, "Ann"));
    let client = dc.client_builder().session(&path).connect();
    let client = client.expect("it starts");
    let token = client.request_login_code(ANN).expect("the number exists");
    let code = dc.login_code(ANN).expect("a code was sent");
    client.sign_in(&token, &code).expect("the code is right");
    drop(client);
    // Over the next connection the server hears, and is not heard.
    let stall = Rule::new(Effect::Stall { after: 0 }).times(1);
    let stall = dc.faults().add(stall);
    let client = builder(&dc, &[dc.address(1), sixth]).session(&path);
    let client = client.connect().expect("it starts");
    let sent = client.send_message("me", "once");
    sent.expect("the second one answers");
    assert_eq!(dc.faults().fired(stall), 1);
    assert_eq!(dc.executed("messages.sendMessage"), 1);
    // One login over two connections would be lost.
    client.get_me().expect("it is not");
}
