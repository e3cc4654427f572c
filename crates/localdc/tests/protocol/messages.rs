//! Which messages a session takes: ids, numbers, salts, containers, and what comes twice.
use localdc::LocalDc;

use crate::client::{
    BAD_SALT, Client, GET_CONFIG, MSGS_ACK, Message, NEW_SESSION, PING, PONG, RPC_RESULT, ids, init,
};

fn ping(ping_id: i64) -> Vec<u8> {
    [&PING.to_le_bytes()[..], &ping_id.to_le_bytes()].concat()
}

#[test]
fn ids_out_of_their_window() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    for (shift, code) in [(-400, 16), (-302, 16), (45, 17), (4_000, 17)] {
        client.last_id = 0;
        client.shift = shift;
        let msg_id = client.send(false, &ping(1));
        assert_eq!(client.refusal(), (msg_id, code), "{shift}");
    }
    for shift in [-290, 25] {
        let mut client = Client::initialised(running.address(1));
        client.last_id = 0;
        client.shift = shift;
        client.session_id += 1;
        client.contents = 0;
        client.ping(2);
    }
}

#[test]
fn low_bits_of_ids() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    for low in 1..4 {
        let msg_id = client.next_id() | low;
        client.send_as(msg_id, 2, &ping(1));
        assert_eq!(client.refusal(), (msg_id, 18));
    }
    client.ping(3);
}

#[test]
fn a_wrong_salt_is_corrected() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::new(running.address(1));
    let right = client.salt;
    client.salt ^= 0x55;
    // The session does not exist yet: a message with a wrong salt does not open it.
    let msg_id = client.send(true, &init(&GET_CONFIG.to_le_bytes()));
    let message = client.wait_for(BAD_SALT);
    let mut reader = message.reader();
    assert_eq!((reader.i64(), reader.i32(), reader.i32()), (msg_id, 1, 48));
    assert_eq!(reader.i64(), right);
    assert!(client.waiting.is_empty());
    assert_eq!(running.executed("help.getConfig"), 0);
    client.salt = right;
    client.initialise();
    assert_eq!(running.executed("help.getConfig"), 1);
}

#[test]
fn salts_follow_each_other() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let query = client.send(
        false,
        &[&0xb921_bd04_u32.to_le_bytes()[..], &3_i32.to_le_bytes()].concat(),
    );
    let answer = client.wait_for(0xae50_0895);
    let mut reader = answer.reader();
    assert_eq!(reader.i64(), query);
    let now = reader.i32();
    assert_eq!(reader.i32(), 3);
    let salts: Vec<_> = (0..3)
        .map(|_| (reader.i32(), reader.i32(), reader.i64()))
        .collect();
    reader.finish().unwrap();
    assert_eq!(salts[0].2, client.salt);
    assert!(salts[0].0 <= now && now < salts[0].1);
    assert_eq!(salts[1].0 - salts[0].0, 1800);
    assert_eq!(salts[1].1 - salts[1].0, 3600);
    // Half an hour later the next one is current, and this one is still good; then it is not.
    for (shift, salt, good) in [
        (1800, salts[0].2, true),
        (1800, salts[1].2, true),
        (1800, salts[2].2, false),
        (3600, salts[0].2, false),
        (3600, salts[1].2, true),
        (3600, salts[2].2, true),
    ] {
        running.set_clock_shift(shift);
        client.shift = shift;
        client.salt = salt;
        let msg_id = client.send(false, &ping(9));
        if good {
            let pong = client.wait_for(PONG);
            assert_eq!(pong.body[4..12], msg_id.to_le_bytes());
        } else {
            assert_eq!(client.refusal(), (msg_id, 48));
        }
    }
}

#[test]
fn numbers_have_to_fit_messages() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let refused = |client: &mut Client, seq_no: i32, body: &[u8]| {
        let msg_id = client.next_id();
        client.send_as(msg_id, seq_no, body);
        let (refused, code) = client.refusal();
        assert_eq!(refused, msg_id);
        code
    };
    // One content message was sent: 1. The next is 3, and what needs no acknowledgment has 2.
    assert_eq!(refused(&mut client, 2, &GET_CONFIG.to_le_bytes()), 35);
    assert_eq!(refused(&mut client, 1, &GET_CONFIG.to_le_bytes()), 32);
    assert_eq!(refused(&mut client, 0, &ids(MSGS_ACK, &[5])), 32);
    let older = client.next_id();
    let newer = client.next_id();
    client.send_as(newer, 5, &GET_CONFIG.to_le_bytes());
    client.result_of(newer).unwrap();
    for seq_no in [5, 7] {
        client.send_as(older, seq_no, &GET_CONFIG.to_le_bytes());
        assert_eq!(client.refusal(), (older, 33));
    }
    client.send_as(older, 3, &GET_CONFIG.to_le_bytes());
    client.result_of(older).unwrap();
    // An odd acknowledgment is not refused: mtcute sends such.
    let (odd, after) = (client.next_id(), client.next_id());
    client.send_as(odd, 7, &ids(MSGS_ACK, &[5]));
    client.send_as(after, 9, &GET_CONFIG.to_le_bytes());
    client.result_of(after).unwrap();
    assert_eq!(running.executed("help.getConfig"), 4);
}

#[test]
fn a_container_is_taken_or_refused_as_a_whole() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let config = GET_CONFIG.to_le_bytes().to_vec();
    let (a, b) = (client.next_id(), client.next_id());
    let outer = client.next_id();
    let good = vec![(a, 3, config.clone()), (b, 5, config.clone())];
    let bad: Vec<(i64, i32, Vec<u8>, i32)> = vec![
        // An inner id beyond the container's.
        (
            outer,
            6,
            Client::container(&[(a, 3, config.clone()), (outer + 4, 5, config.clone())]),
            64,
        ),
        // A container in a container.
        (
            outer,
            6,
            Client::container(&[(a, 3, config.clone()), (b, 4, Client::container(&[]))]),
            64,
        ),
        // Cut off.
        (outer, 6, Client::container(&good)[..40].to_vec(), 64),
        // An odd number for the container.
        (outer, 7, Client::container(&good), 34),
        // A number that its messages have passed.
        (outer, 2, Client::container(&good), 32),
        // Inner numbers.
        (
            outer,
            6,
            Client::container(&[(a, 3, config.clone()), (b, 3, config.clone())]),
            32,
        ),
        (
            outer,
            6,
            Client::container(&[(a, 3, config.clone()), (b, 4, config.clone())]),
            35,
        ),
        (
            outer,
            6,
            Client::container(&[(a, 3, config.clone()), (b | 1, 5, config.clone())]),
            18,
        ),
    ];
    for (number, (msg_id, seq_no, body, code)) in bad.into_iter().enumerate() {
        client.send_as(msg_id, seq_no, &body);
        assert_eq!(client.refusal(), (msg_id, code), "{number}");
    }
    assert_eq!(running.executed("help.getConfig"), 1);
    client.send_as(outer, 6, &Client::container(&good));
    for query in [a, b] {
        client.result_of(query).unwrap();
    }
    assert_eq!(running.executed("help.getConfig"), 3);
    // Its own id must be new.
    client.send_as(outer, 6, &Client::container(&[]));
    assert_eq!(client.refusal(), (outer, 19));
    client.send_as(b, 6, &Client::container(&[]));
    assert_eq!(client.refusal(), (b, 19));
    let empty = client.next_id();
    client.send_as(empty, 6, &Client::container(&[]));
    client.contents = 3;
    client.waiting.clear();
    assert!(client.all().is_empty());
}

#[test]
fn new_sessions_are_announced() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::new(running.address(1));
    let announced = |client: &mut Client| {
        let message = client.wait_for(NEW_SESSION);
        assert_eq!(message.seq_no & 1, 1);
        let mut reader = message.reader();
        let (first, unique, salt) = (reader.i64(), reader.i64(), reader.i64());
        reader.finish().unwrap();
        assert_eq!(salt, client.salt);
        (first, unique)
    };
    let early = client.next_id();
    let inner = client.next_id();
    let outer = client.next_id();
    client.send_as(outer, 0, &Client::container(&[(inner, 0, ping(1))]));
    let first = announced(&mut client);
    assert_eq!(first.0, inner);
    // A message from before that: the client has to hear that the border has moved.
    client.send_as(early, 0, &ping(2));
    let second = announced(&mut client);
    assert_eq!(second.0, early);
    assert_ne!(first.1, second.1);
    client.ping(3);
    client.ping(4);
    // What is refused opens no session.
    let (session_id, contents) = (client.session_id, client.contents);
    client.session_id += 1;
    client.waiting.clear();
    let refused = client.next_id();
    client.send_as(refused, 0, &GET_CONFIG.to_le_bytes());
    assert_eq!(client.refusal(), (refused, 35));
    client.send_as(refused + 4, 0, &ping(5));
    assert_eq!(announced(&mut client).0, refused + 4);
    client.last_id = refused + 4;
    (client.session_id, client.contents) = (session_id, contents);
    client.waiting.clear();
    client.ping(6);
    assert!(client.waiting.iter().all(|message| message.id() == PONG));
    client.waiting.clear();
    // The server has lost its memory.
    running.forget_sessions();
    client.ping(5);
    let (lost, _) = announced(&mut client);
    assert_eq!(lost, client.last_id);
}

#[test]
fn a_key_has_so_many_sessions_and_no_more() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let first = client.session_id;
    let announced = |client: &mut Client, session_id: i64| {
        client.session_id = session_id;
        client.contents += 1;
        client.ping(1);
        let announced = |message: &Message| message.id() == NEW_SESSION;
        let is_new = client.waiting.iter().any(announced);
        client.waiting.clear();
        is_new
    };
    client.waiting.clear();
    for number in 1..32 {
        assert!(announced(&mut client, first + number));
    }
    assert!(!announced(&mut client, first));
    // One too many: the one not heard of for longest is forgotten.
    assert!(announced(&mut client, first + 32));
    assert!(!announced(&mut client, first));
    assert!(!announced(&mut client, first + 2));
    assert!(announced(&mut client, first + 1));
}

#[test]
fn what_is_older_than_all_that_is_remembered() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let early = client.next_id();
    let early_too = client.next_id();
    let seq_no = client.next_seq_no(false);
    let mut parts = Vec::new();
    for _ in 0..5 {
        parts.clear();
        for _ in 0..1000 {
            parts.push((client.next_id(), seq_no, ids(MSGS_ACK, &[])));
        }
        let outer = client.next_id();
        client.send_as(outer, seq_no, &Client::container(&parts));
    }
    client.send_as(early, seq_no, &ping(1));
    assert_eq!(client.refusal(), (early, 20));
    // In a container, only the message itself is refused.
    let (good, outer) = (client.next_id(), client.next_id());
    let parts = [(early_too, seq_no, ping(2)), (good, seq_no, ping(3))];
    client.send_as(outer, seq_no, &Client::container(&parts));
    assert_eq!(client.refusal(), (early_too, 20));
    let pong = client.wait_for(PONG);
    assert_eq!(pong.body[4..12], good.to_le_bytes());
}

#[test]
fn what_comes_twice_runs_once() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    client.waiting.clear();
    // A short answer comes again as it was.
    let short = client.next_id();
    client.send_as(short, 3, &0x1234_5678_u32.to_le_bytes());
    let answer = client.wait_for(RPC_RESULT);
    assert!(!answer.contained);
    for _ in 0..2 {
        client.send_as(short, 3, &0x1234_5678_u32.to_le_bytes());
        let again = client.wait_for(RPC_RESULT);
        assert_eq!((again.msg_id, &again.body), (answer.msg_id, &answer.body));
        assert!(again.contained, "an old id travels in a container");
    }
    // What the client has acknowledged is gone: the query itself is acknowledged.
    client.contents = 2;
    client.send(false, &ids(MSGS_ACK, &[answer.msg_id]));
    client.send_as(short, 3, &0x1234_5678_u32.to_le_bytes());
    let ack = client.wait_for(MSGS_ACK);
    assert_eq!(ack.body[12..], short.to_le_bytes());
    assert!(client.all().is_empty());
}

#[test]
fn a_long_answer_is_told_of_and_given_on_request() {
    let running = LocalDc::builder().dcs(40).start().unwrap();
    let mut client = Client::initialised(running.address(1));
    client.contents = 1;
    let query = client.query(&GET_CONFIG.to_le_bytes());
    let answer = client.wait_for(RPC_RESULT);
    assert!(answer.body.len() > 1024, "{} bytes", answer.body.len());
    client.send_as(query, 3, &GET_CONFIG.to_le_bytes());
    let told = client.wait_for(0x276d_3ec6);
    let mut reader = told.reader();
    assert_eq!((reader.i64(), reader.i64()), (query, answer.msg_id));
    assert_eq!(reader.i32() as usize, answer.body.len());
    // msg_resend_req.
    client.send(false, &ids(0x7d86_1a08, &[answer.msg_id]));
    let again = client.wait_for(RPC_RESULT);
    assert_eq!((again.msg_id, again.seq_no), (answer.msg_id, answer.seq_no));
    assert_eq!(again.body, answer.body);
    assert!(again.contained);
    // msg_resend_ans_req: by the query.
    client.send(false, &ids(0x8610_baeb, &[query]));
    client.wait_for(0x276d_3ec6);
    assert_eq!(running.executed("help.getConfig"), 2);
}
