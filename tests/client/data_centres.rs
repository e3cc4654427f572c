//! More than one data centre: own keys, and the login carried over once.
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use ferogram_sync::{BuilderError, Client, DcId, Delivery, Error, Tag, Transport, tl};
use localdc::{Effect, LocalDc, NewBot, Rule};

const TOKEN: &str = "1000006:dcs-test";

#[test]
fn the_login_is_carried_over_once_whoever_asks() {
    let dc = LocalDc::builder().dcs(3).start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "dcs_bot").dc(1));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let client = dc
        .client_builder()
        .session(&path)
        .connect()
        .expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    let me = || tl::functions::users::GetUsers {
        id: vec![tl::enums::InputUser::UserSelf],
    };
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.invoke_on_dc(2, &me()).expect("DC 2 knows the bot"));
        }
    });
    assert_eq!(dc.executed("auth.exportAuthorization"), 1);
    assert_eq!(dc.executed("auth.importAuthorization"), 1);
    client.invoke_on_dc(3, &me()).expect("DC 3 knows the bot");
    assert_eq!(dc.executed("auth.importAuthorization"), 2);
    drop(client);

    let client = dc
        .client_builder()
        .session(&path)
        .connect()
        .expect("it starts");
    client
        .invoke_on_dc(2, &me())
        .expect("the key of the first run serves");
    assert_eq!(dc.executed("auth.importAuthorization"), 2);
    client
        .invoke_on_dc(1, &me())
        .expect("home needs no carrying over");
    assert_eq!(dc.executed("auth.exportAuthorization"), 2);
}

#[test]
fn a_data_centre_without_an_address_is_an_error_before_anything_is_sent() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "dcs_bot").dc(1));
    let client = Client::builder()
        .api_id(1)
        .api_hash("local")
        .in_memory()
        .rsa_key(dc.public_key_pem())
        .dc_addr(1, dc.address(1));
    let client = client.connect().expect("it starts");
    let config = tl::functions::help::GetConfig {};
    for signed_in in [false, true] {
        for number in [2, 7, 0, -1] {
            let error = client.invoke_on_dc(number, &config).expect_err("nowhere");
            let Error::Config(BuilderError::NoAddress { dc }) = error else {
                panic!("{signed_in}: {error}");
            };
            assert_eq!(dc, DcId(number));
        }
        client.bot_sign_in(TOKEN).expect("the token is right");
    }
    assert_eq!(dc.executed("auth.exportAuthorization"), 0);
}

#[test]
fn what_has_to_come_first_does_not_speak_for_the_request() {
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "dcs_bot").dc(1));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    for method in ["auth.exportAuthorization", "contacts.resolveUsername"] {
        dc.faults()
            .add(Rule::new(Effect::DropAnswer).method(method));
    }
    let elsewhere = Rule::new(Effect::migrate("FILE", 2)).method("help.getConfig");
    dc.faults().add(elsewhere);
    let short = client.with_timeout(Duration::from_secs(5));
    let request = tl::functions::help::GetConfig {};
    let calls: [&(dyn Fn() -> ferogram_sync::Result<()> + Sync); 3] = [
        &|| short.invoke_on_dc(2, &request).map(drop),
        &|| short.invoke(&request).map(drop),
        &|| short.send_message("@somebody", "hello").map(drop),
    ];
    let ended = thread::scope(|scope| {
        let calls = calls.map(|call| scope.spawn(call));
        calls.map(|call| call.join().expect("no call panics"))
    });
    for ended in ended {
        let error = ended.expect_err("the server is silent");
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
        assert!(error.to_string().contains("before the request"), "{error}");
    }
    assert_eq!(dc.executed("help.getConfig"), 0);
    assert_eq!(dc.executed("messages.sendMessage"), 0);
}

#[test]
fn every_transport_carries_a_whole_login() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "dcs_bot"));
    for transport in [
        Transport::Abridged,
        Transport::Intermediate,
        Transport::PaddedIntermediate,
        Transport::Full,
        Transport::Obfuscated(Tag::Abridged),
        Transport::Obfuscated(Tag::Intermediate),
        Transport::Obfuscated(Tag::PaddedIntermediate),
    ] {
        let client = dc
            .client_builder()
            .transport(transport)
            .connect()
            .expect("it starts");
        client
            .bot_sign_in(TOKEN)
            .unwrap_or_else(|e| panic!("{transport:?}: {e}"));
        client.get_me().expect("signed in");
    }
}

#[test]
fn forward_secrecy_binds_a_key_and_uses_it() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "dcs_bot"));
    let client = dc.client_builder().pfs(true).connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client.get_me().expect("signed in");
    assert_eq!(dc.executed("auth.bindTempAuthKey"), 1);
}

/// A bot's data centre that listens in both families, and its addresses: of the fourth version and
/// of the sixth. `None` where this machine lacks one of them.
fn both_families() -> Option<(LocalDc, SocketAddr, SocketAddr)> {
    let dc = LocalDc::builder().ipv6(true).start().ok()?;
    dc.add_bot(NewBot::new(TOKEN, "dcs_bot"));
    let of_family = |ipv6| {
        let mut addresses = dc.addresses().into_iter();
        addresses.find(|(number, address)| *number == 1 && address.is_ipv6() == ipv6)
    };
    let (v4, v6) = (of_family(false)?.1, of_family(true)?.1);
    Some((dc, v4, v6))
}

fn signs_in(dc: &LocalDc, addresses: &[SocketAddr]) {
    let builder = Client::builder()
        .api_id(1)
        .api_hash("hash")
        .in_memory()
        .rsa_key(dc.public_key_pem());
    let builder = addresses.iter().fold(builder, |b, a| b.dc_addr(1, *a));
    let client = builder.connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
}

#[test]
fn ipv6_works() {
    if let Some((dc, _, v6)) = both_families() {
        signs_in(&dc, &[v6]);
    }
}

#[test]
fn where_one_family_cannot_be_reached_the_other_is_used() {
    let Some((dc, v4, v6)) = both_families() else {
        return; // This machine has only one.
    };
    let nobody = |address: &str| {
        let listener = TcpListener::bind(address).expect("a free port");
        listener.local_addr().expect("it listens")
    };
    signs_in(&dc, &[nobody("127.0.0.1:0"), v6]);
    signs_in(&dc, &[nobody("[::1]:0"), v4]);
}
