//! Service messages.
use ferogram_sync::tl::Reader;
use localdc::LocalDc;

use crate::client::{Came, Client, GET_CONFIG, MSGS_ACK, Message, PING, PONG, RPC_RESULT, ids};

const MSGS_STATE_REQ: u32 = 0xda69_fb52;
const MSGS_STATE_INFO: u32 = 0x04de_b57d;
const RPC_DROP_ANSWER: u32 = 0x58e4_a740;
const DESTROY_SESSION: u32 = 0xe751_2126;

fn with_long(id: u32, value: i64) -> Vec<u8> {
    [&id.to_le_bytes()[..], &value.to_le_bytes()].concat()
}

fn states(client: &mut Client, msg_ids: &[i64]) -> Vec<u8> {
    let request = client.send(false, &ids(MSGS_STATE_REQ, msg_ids));
    let info = client.wait_for(MSGS_STATE_INFO);
    assert_eq!(info.seq_no & 1, 0);
    let mut reader = info.reader();
    assert_eq!(reader.i64(), request);
    let states = reader.bytes().to_vec();
    reader.finish().unwrap();
    states
}

#[test]
fn pings_with_and_without_acknowledgment() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    client.ping(i64::MIN);
    let msg_id = client.query(&with_long(PING, 5));
    let pong = client.wait_for(PONG);
    assert_eq!(pong.msg_id & 3, 1);
    let ack = client.wait_for(MSGS_ACK);
    assert_eq!(ack.body[12..], msg_id.to_le_bytes());
    assert_eq!(ack.seq_no & 1, 0);
}

#[test]
fn states_of_messages() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::new(running.address(1));
    let before = client.next_id();
    client.initialise();
    let missing = client.next_id();
    let query = client.query(&GET_CONFIG.to_le_bytes());
    let answer = client
        .wait(|message| message.id() == RPC_RESULT && message.body[4..12] == query.to_le_bytes());
    let ack = client.send(false, &ids(MSGS_ACK, &[]));
    let pinged = client.query(&with_long(PING, 5));
    let later = client.next_id() + (1 << 32);
    let asked = [before, missing, query, ack, pinged, later];
    assert_eq!(
        states(&mut client, &asked),
        [1, 2, 4 + 8 + 32 + 64, 4 + 16, 4 + 8, 3]
    );
    client.send(false, &ids(MSGS_ACK, &[answer.msg_id]));
    assert_eq!(states(&mut client, &[query]), [4 + 8 + 32 + 64 + 128]);
    // Where the server has lost its memory.
    running.forget_sessions();
    assert_eq!(states(&mut client, &[query, pinged]), [1, 1]);
    assert!(states(&mut client, &[]).is_empty());
}

#[test]
fn too_long_and_broken_lists() {
    let running = LocalDc::start().unwrap();
    for (body, code) in [
        (ids(MSGS_STATE_REQ, &[4; 8193]), -429),
        (ids(MSGS_ACK, &[4; 8193]), -429),
        (ids(MSGS_ACK, &[4; 3])[..32].to_vec(), -404),
        (with_long(PING, 5)[..8].to_vec(), -404),
        ([with_long(PING, 5), vec![0; 4]].concat(), -404),
    ] {
        let mut client = Client::initialised(running.address(1));
        client.send(false, &body);
        assert_eq!(client.wire.receive(), Came::Error(code));
        assert_eq!(client.wire.receive(), Came::Closed);
    }
    let mut client = Client::initialised(running.address(1));
    client.send(false, &ids(MSGS_ACK, &[4; 8192]));
    client.ping(1);
}

#[test]
fn answers_can_be_dropped() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let drop_answer = |client: &mut Client, query: i64| {
        let request = client.query(&with_long(RPC_DROP_ANSWER, query));
        client.result_of(request).unwrap()
    };
    // Answered, and not acknowledged.
    let query = client.query(&GET_CONFIG.to_le_bytes());
    let answer = client.wait_for(RPC_RESULT);
    let result = drop_answer(&mut client, query);
    let mut reader = Reader::new(&result);
    assert_eq!(reader.u32(), 0xa43a_d8b7);
    assert_eq!((reader.i64(), reader.i32()), (answer.msg_id, answer.seq_no));
    assert_eq!(reader.i32() as usize, answer.body.len());
    // Gone, and never there.
    for query in [query, 4] {
        let result = drop_answer(&mut client, query);
        assert_eq!(result, 0x5e2a_d36e_u32.to_le_bytes());
    }
    // In one container with the query: its answer has not left yet, and does not.
    let (query, drop, outer) = (client.next_id(), client.next_id(), client.next_id());
    let first = client.next_seq_no(true);
    let second = client.next_seq_no(true);
    let body = Client::container(&[
        (query, first, GET_CONFIG.to_le_bytes().to_vec()),
        (drop, second, with_long(RPC_DROP_ANSWER, query)),
    ]);
    client.send_as(outer, second + 1, &body);
    let result = client.result_of(drop).unwrap();
    assert_eq!(result[..4], 0xa43a_d8b7_u32.to_le_bytes());
    let answers = |message: &Message| {
        message.id() == RPC_RESULT && message.body[4..12] == query.to_le_bytes()
    };
    assert!(!client.all().iter().any(answers));
}

#[test]
fn answers_of_queries_under_way_can_be_dropped() {
    // The method is held up by whoever watches it.
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let (tell, running_now) = std::sync::mpsc::channel();
    let running = LocalDc::builder()
        .on_call(move |call| {
            if call.method == "help.getNearestDc" {
                tell.send(()).unwrap();
                let _ = wait.lock().unwrap().recv();
            }
        })
        .start()
        .unwrap();
    let mut client = Client::initialised(running.address(1));
    client.all();
    // The log hook runs after the method; a query further back in the same packet is running.
    let (slow, query, outer) = (client.next_id(), client.next_id(), client.next_id());
    let first = client.next_seq_no(true);
    let second = client.next_seq_no(true);
    let body = Client::container(&[
        (slow, first, 0x1fb3_3026_u32.to_le_bytes().to_vec()),
        (query, second, GET_CONFIG.to_le_bytes().to_vec()),
    ]);
    client.send_as(outer, second + 1, &body);
    running_now.recv().unwrap();
    // Over a second connection, in the same session.
    let session = (client.session_id, client.contents, client.last_id);
    let wire = crate::client::Wire::connect(running.address(1));
    let mut other = Client::with_key(wire, client.auth.clone(), client.salt);
    (other.session_id, other.contents, other.last_id) = session;
    let request = other.query(&with_long(RPC_DROP_ANSWER, query));
    let early = other.result_of(query).unwrap();
    assert_eq!(early, 0xcd78_e586_u32.to_le_bytes());
    assert_eq!(
        other.result_of(request).unwrap(),
        0xcd78_e586_u32.to_le_bytes()
    );
    drop(go);
    // The true answer goes nowhere.
    other.ping(1);
    let again = |message: &Message| {
        message.id() == RPC_RESULT && message.body[4..12] == query.to_le_bytes()
    };
    assert!(!other.waiting.iter().any(again));
}

#[test]
fn sessions_can_be_destroyed() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let first = client.session_id;
    client.session_id += 1;
    client.contents = 0;
    client.ping(1);
    let destroy = |client: &mut Client, session_id: i64| {
        client.send(false, &with_long(DESTROY_SESSION, session_id));
        let answer = client.wait(|message| matches!(message.id(), 0xe220_45fc | 0x62d3_50c9));
        assert_eq!(answer.body[4..], session_id.to_le_bytes());
        answer.id()
    };
    let own = client.session_id;
    assert_eq!(destroy(&mut client, first), 0xe220_45fc);
    assert_eq!(destroy(&mut client, first), 0x62d3_50c9);
    assert_eq!(destroy(&mut client, own), 0x62d3_50c9);
    client.ping(2);
}

#[test]
fn who_promises_to_ping_and_does_not_is_cut_off() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let mut body = with_long(0xf342_7b8c, 7);
    body.extend(3_i32.to_le_bytes());
    client.send(false, &body);
    client.wait_for(PONG);
    // Other messages do not count; the server ends it after three seconds.
    client.ping(1);
    assert_eq!(client.wire.receive(), Came::Closed);
    client.reconnect(running.address(1));
    client.ping(2);
}

#[test]
fn what_needs_no_answer_gets_none() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    client.all();
    // http_wait, and states of our messages that nobody asked for.
    client.send(
        false,
        &[&0x9299_359f_u32.to_le_bytes()[..], &[0; 12]].concat(),
    );
    let mut info = ids(0x8cc0_d131, &[1]);
    info.extend([1, 4, 0, 0]);
    client.send(false, &info);
    assert!(client.all().is_empty());
}
