//! Keys: unknown, temporary, bound, expired, destroyed.
use ferogram_sync::crypto::bind_temporary_key;
use ferogram_sync::tl::put_bytes;
use localdc::LocalDc;

use crate::client::{Came, Client, Dice, GET_CONFIG, Manner, Wire, exchange, init, unix};

const GET_NEAREST_DC: u32 = 0x1fb3_3026;
const GET_APP_CONFIG: u32 = 0x61e3_f854;

fn temporary(running: &LocalDc, seconds: i32) -> Client {
    let mut wire = Wire::connect(running.address(1));
    let manner = Manner {
        dc: Some(1),
        expires_in: Some(seconds),
        ..Manner::default()
    };
    let (auth, salt) = exchange(&mut wire, manner);
    Client::with_key(wire, auth, salt)
}

fn now() -> i32 {
    i32::try_from(unix().as_secs()).unwrap()
}

/// What the proof may get wrong.
#[derive(Clone, Copy)]
struct Proof {
    msg_id: i64,
    session_id: i64,
    nonce: i64,
    expires_at: i32,
}

fn bind(
    client: &mut Client,
    permanent: &Client,
    expires_at: i32,
    spoil: impl FnOnce(&mut Proof),
) -> Result<Vec<u8>, (i32, String)> {
    let msg_id = client.next_id();
    let mut proof = Proof {
        msg_id,
        session_id: client.session_id,
        nonce: 99,
        expires_at,
    };
    spoil(&mut proof);
    let sealed = bind_temporary_key(
        &permanent.auth,
        &client.auth,
        proof.nonce,
        proof.msg_id,
        proof.session_id,
        proof.expires_at,
        &mut Dice,
    );
    let mut query = 0xcdd4_2a05_u32.to_le_bytes().to_vec();
    query.extend(permanent.auth.id().to_le_bytes());
    query.extend(99_i64.to_le_bytes());
    query.extend(expires_at.to_le_bytes());
    put_bytes(&mut query, &sealed);
    let seq_no = client.next_seq_no(true);
    client.send_as(msg_id, seq_no, &query);
    client.result_of(msg_id)
}

#[test]
fn an_unknown_key_gets_404() {
    let running = LocalDc::start().unwrap();
    let client = Client::new(running.address(1));
    // Each data centre has its own keys.
    let wire = Wire::connect(running.address(2));
    let mut other = Client::with_key(wire, client.auth.clone(), client.salt);
    other.send(true, &GET_CONFIG.to_le_bytes());
    assert_eq!(other.wire.receive(), Came::Error(-404));
    assert_eq!(other.wire.receive(), Came::Closed);
}

#[test]
fn damaged_packets_get_404() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let msg_id = client.next_id();
    let good = client.seal(msg_id, 3, &GET_CONFIG.to_le_bytes());
    let mut damaged = vec![];
    for at in [10, 30, good.len() - 1] {
        let mut packet = good.clone();
        packet[at] ^= 1;
        damaged.push(packet);
    }
    damaged.push(good[..good.len() - 16].to_vec());
    damaged.push(good[..40].to_vec());
    damaged.push(good[..12].to_vec());
    // Padding of 8 and of 1040 bytes, and lengths that are none.
    for (length, total) in [(8_i32, 48), (0, 1072), (6, 64), (-4, 64), (i32::MAX, 64)] {
        let mut plain = vec![0; total];
        plain[..8].copy_from_slice(&client.salt.to_le_bytes());
        plain[8..16].copy_from_slice(&client.session_id.to_le_bytes());
        plain[16..24].copy_from_slice(&msg_id.to_le_bytes());
        plain[28..32].copy_from_slice(&length.to_le_bytes());
        damaged.push(client.seal_plain(&plain).0);
    }
    for (number, packet) in damaged.into_iter().enumerate() {
        let mut wire = Wire::connect(running.address(1));
        wire.send(&packet);
        assert_eq!(wire.receive(), Came::Error(-404), "{number}");
        assert_eq!(wire.receive(), Came::Closed, "{number}");
    }
    assert_eq!(running.executed("help.getConfig"), 1);
    client.wire.send(&good);
    client.result_of(msg_id).unwrap();
}

#[test]
fn before_it_is_bound_a_temporary_key_can_do_little() {
    let running = LocalDc::start().unwrap();
    let permanent = Client::initialised(running.address(1));
    let mut client = temporary(&running, 3600);
    client.initialise();
    client.call(&GET_NEAREST_DC.to_le_bytes()).unwrap();
    let app_config = [GET_APP_CONFIG.to_le_bytes(), [0; 4]].concat();
    let empty = (401, "AUTH_KEY_PERM_EMPTY".to_owned());
    assert_eq!(client.call(&app_config), Err(empty.clone()));
    assert_eq!(client.call(&init(&app_config)), Err(empty));
    let bound = bind(&mut client, &permanent, now() + 3600, |_| {});
    assert_eq!(bound, Ok(0x9972_75b5_u32.to_le_bytes().to_vec()));
    let after = client.call(&app_config);
    assert_eq!(after, Err((400, "CONNECTION_NOT_INITED".to_owned())));
    let after = client.call(&init(&app_config));
    assert!(!matches!(&after, Err((401, _))), "{after:?}");
}

#[test]
fn a_binding_needs_a_right_proof() {
    let running = LocalDc::start().unwrap();
    let mut permanent = Client::initialised(running.address(1));
    let mut client = temporary(&running, 3600);
    let expires_at = now() + 3600;
    let invalid = Err((400, "ENCRYPTED_MESSAGE_INVALID".to_owned()));
    let spoils: [fn(&mut Proof); 4] = [
        |proof| proof.msg_id += 4,
        |proof| proof.session_id += 1,
        |proof| proof.nonce += 1,
        |proof| proof.expires_at += 1,
    ];
    for spoil in spoils {
        assert_eq!(bind(&mut client, &permanent, expires_at, spoil), invalid);
    }
    for expires_at in [now() - 10, now() + 4000] {
        let refused = bind(&mut client, &permanent, expires_at, |_| {});
        assert_eq!(refused, Err((400, "EXPIRES_AT_INVALID".to_owned())));
    }
    // To a temporary key, and from a permanent one.
    let other = temporary(&running, 3600);
    assert_eq!(bind(&mut client, &other, expires_at, |_| {}), invalid);
    let second = Client::initialised(running.address(1));
    let refused = bind(&mut permanent, &second, expires_at, |_| {});
    assert_eq!(refused, Err((400, "TEMP_AUTH_KEY_EMPTY".to_owned())));
    // Once, or again to the same key; never to another.
    for _ in 0..2 {
        bind(&mut client, &permanent, expires_at, |_| {}).unwrap();
    }
    let refused = bind(&mut client, &second, expires_at, |_| {});
    assert_eq!(
        refused,
        Err((400, "TEMP_AUTH_KEY_ALREADY_BOUND".to_owned()))
    );
    assert_eq!(running.executed("auth.bindTempAuthKey"), 11);
}

#[test]
fn a_temporary_key_dies_in_time() {
    let running = LocalDc::start().unwrap();
    let mut client = temporary(&running, 3600);
    client.initialise();
    running.set_clock_shift(3599 - 30);
    client.shift = 3599 - 30;
    // By now another salt is current; the first is good still.
    client.ping(1);
    running.set_clock_shift(3601);
    client.send(false, &[0; 4]);
    assert_eq!(client.wire.receive(), Came::Error(-404));
}

#[test]
fn a_key_can_be_destroyed() {
    let running = LocalDc::start().unwrap();
    let mut permanent = Client::initialised(running.address(1));
    let mut client = temporary(&running, 3600);
    bind(&mut client, &permanent, now() + 3600, |_| {}).unwrap();
    client.initialise();
    permanent.send(false, &0xd143_5160_u32.to_le_bytes());
    let answer = permanent.wait_for(0xf660_e1d4);
    assert_eq!(answer.body.len(), 4);
    permanent.send(false, &0xd143_5160_u32.to_le_bytes());
    assert_eq!(permanent.wire.receive(), Came::Error(-404));
    // What was bound to it is not bound any more.
    let app_config = [GET_APP_CONFIG.to_le_bytes(), [0; 4]].concat();
    let refused = client.call(&app_config);
    assert_eq!(refused, Err((401, "AUTH_KEY_PERM_EMPTY".to_owned())));
}
