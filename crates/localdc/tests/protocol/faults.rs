//! Faults on demand: each happens, where and as often as it was told, and not otherwise.
use std::io::Read;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use ferogram_sync::tl::Deserialize;
use ferogram_sync::tl::enums::Config;
use ferogram_sync::tl::functions::help::GetConfig;
use localdc::{Direction, Effect, LocalDc, Rule};

use crate::client::{
    BAD_SALT, CONFIG, Came, Client, GET_CONFIG, MSGS_ACK, Message, NEW_SESSION, RPC_RESULT, ids,
    init, within_a_minute,
};

/// `help.getNearestDc`.
const GET_NEAREST: u32 = 0x1fb3_3026;

/// A data centre, and a client whose first query is answered and acknowledged.
fn quiet() -> (LocalDc, Client) {
    let running = LocalDc::builder().count_requests(true).start().unwrap();
    let mut client = Client::new(running.address(1));
    client.query(&init(&GET_CONFIG.to_le_bytes()));
    let all = client.all();
    let content: Vec<i64> = all.iter().map(|message| message.msg_id).collect();
    client.send(false, &ids(MSGS_ACK, &content));
    client.ping(1);
    (running, client)
}

fn config(client: &mut Client) -> Result<Vec<u8>, (i32, String)> {
    client.call(&GET_CONFIG.to_le_bytes())
}

fn is_answer(message: &Message) -> bool {
    message.id() == RPC_RESULT
}

#[test]
fn connections_are_refused_by_their_numbers() {
    let running = LocalDc::start().unwrap();
    let rule = running
        .faults()
        .add(Rule::new(Effect::Refuse).connection(2));
    let first = Client::initialised(running.address(1));
    let mut second = TcpStream::connect(running.address(1)).unwrap();
    assert!(matches!(second.read(&mut [0; 1]), Ok(0) | Err(_)));
    Client::initialised(running.address(1));
    assert_eq!(running.faults().fired(rule), 1);
    drop(first);
}

#[test]
fn connections_are_cut_after_some_bytes_out() {
    let (running, mut client) = quiet();
    let cut = Rule::new(Effect::Cut { after: 100 }).times(1);
    let rule = running.faults().add(cut);
    client.reconnect(running.address(1));
    client.query(&GET_CONFIG.to_le_bytes());
    assert_eq!(client.wire.receive(), Came::Closed);
    assert_eq!(running.executed("help.getConfig"), 2);
    client.reconnect(running.address(1));
    client.send(false, &ids(MSGS_ACK, &[]));
    client.wait(is_answer);
    assert_eq!(running.faults().fired(rule), 1);
}

#[test]
fn connections_are_cut_after_some_bytes_in() {
    let (running, mut client) = quiet();
    let cut = Rule::new(Effect::Cut { after: 20 }).direction(Direction::In);
    running.faults().add(cut.times(1));
    client.reconnect(running.address(1));
    client.query(&GET_CONFIG.to_le_bytes());
    assert_eq!(client.wire.receive(), Came::Closed);
    assert_eq!(running.executed("help.getConfig"), 1, "it did not arrive");
    client.reconnect(running.address(1));
    config(&mut client).unwrap();
}

#[test]
fn a_write_is_torn() {
    let (running, mut client) = quiet();
    running
        .faults()
        .add(Rule::new(Effect::Tear { after: 9 }).times(1));
    client.query(&GET_CONFIG.to_le_bytes());
    assert_eq!(client.wire.receive(), Came::Closed);
    assert_eq!(running.executed("help.getConfig"), 2);
}

#[test]
fn connections_stall() {
    let (running, mut client) = quiet();
    for direction in [Direction::Out, Direction::In] {
        let before = running.executed("help.getConfig");
        let stall = Rule::new(Effect::Stall { after: 0 }).direction(direction);
        let rule = running.faults().add(stall.times(1));
        client.reconnect(running.address(1));
        let query = client.query(&GET_CONFIG.to_le_bytes());
        // Another client's calls take their time meanwhile, and nothing comes here.
        Client::initialised(running.address(1));
        let own = u64::from(direction == Direction::Out);
        let came = || running.executed("help.getConfig") - before;
        assert!(within_a_minute(|| came() == 1 + own), "{direction:?}");
        assert!(client.wire.is_silent());
        assert_eq!(running.faults().fired(rule), 1);
        client.reconnect(running.address(1));
        if direction == Direction::Out {
            client.send(false, &ids(MSGS_ACK, &[]));
            client.result_of(query).unwrap();
        }
    }
}

#[test]
fn bytes_are_corrupted_both_ways() {
    let (running, mut client) = quiet();
    let faults = running.faults();
    faults.add(Rule::new(Effect::Corrupt).direction(Direction::In).times(1));
    client.reconnect(running.address(1));
    let packet = client.seal(client.last_id + 4, 1, &vec![0; 4000]);
    client.wire.send(&packet);
    assert!(matches!(
        client.wire.receive(),
        Came::Error(-404) | Came::Closed
    ));

    client.reconnect(running.address(1));
    let rule = faults.add(Rule::new(Effect::Corrupt).times(1));
    client.query(&GET_CONFIG.to_le_bytes());
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| client.receive()));
    assert!(opened.is_err(), "the packet is damaged");
    assert_eq!(faults.fired(rule), 1);
}

#[test]
fn salts_change() {
    let (running, mut client) = quiet();
    running.faults().add(Rule::new(Effect::ChangeSalt).times(1));
    let query = client.query(&GET_CONFIG.to_le_bytes());
    let refused = client.wait_for(BAD_SALT);
    let mut reader = refused.reader();
    assert_eq!(reader.i64(), query);
    assert_eq!((reader.i32() & 1, reader.i32()), (1, 48));
    let salt = reader.i64();
    assert_ne!(salt, client.salt);
    client.salt = salt;
    config(&mut client).unwrap();
    assert_eq!(running.executed("help.getConfig"), 2);
}

#[test]
fn sessions_are_forgotten() {
    let (running, mut client) = quiet();
    running
        .faults()
        .add(Rule::new(Effect::ForgetSession).times(1));
    config(&mut client).unwrap();
    client.wait_for(NEW_SESSION);
}

#[test]
fn messages_are_lost_and_come_again_over_the_next_connection() {
    let (running, mut client) = quiet();
    let lose = Rule::new(Effect::Lose).method("help.getConfig").times(1);
    running.faults().add(lose);
    let query = client.query(&GET_CONFIG.to_le_bytes());
    assert!(!client.all().iter().any(is_answer));
    client.reconnect(running.address(1));
    client.send(false, &ids(MSGS_ACK, &[]));
    client.result_of(query).unwrap();
    assert_eq!(running.executed("help.getConfig"), 2);
}

#[test]
fn messages_are_delayed_while_others_pass() {
    let (running, mut client) = quiet();
    let delay = Rule::new(Effect::Delay(Duration::from_secs(3)));
    running
        .faults()
        .add(delay.method("help.getConfig").times(1));
    let query = client.query(&GET_CONFIG.to_le_bytes());
    client.call(&GET_NEAREST.to_le_bytes()).unwrap();
    assert!(!client.waiting.iter().any(is_answer), "others pass it");
    client.result_of(query).unwrap();
}

#[test]
fn messages_come_twice() {
    let (running, mut client) = quiet();
    running.faults().add(Rule::new(Effect::Duplicate).times(1));
    client.query(&GET_CONFIG.to_le_bytes());
    let answers: Vec<Message> = client.all().into_iter().filter(is_answer).collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0].msg_id, answers[1].msg_id);
    assert_eq!(answers[0].body, answers[1].body);
    assert_eq!(running.executed("help.getConfig"), 2);
}

#[test]
fn messages_change_places() {
    let (running, mut client) = quiet();
    let reorder = Rule::new(Effect::Reorder).method("help.getConfig");
    running.faults().add(reorder.times(2));
    let (first, second, outer) = (client.next_id(), client.next_id(), client.next_id());
    let (odd, next) = (client.next_seq_no(true), client.next_seq_no(true));
    let body = Client::container(&[
        (first, odd, GET_CONFIG.to_le_bytes().to_vec()),
        (second, next, GET_NEAREST.to_le_bytes().to_vec()),
    ]);
    client.send_as(outer, next + 1, &body);
    let order: Vec<i64> = (0..2)
        .map(|_| client.wait(is_answer).reader().i64())
        .collect();
    assert_eq!(order, [second, first]);
    // With nothing behind it, it comes all the same.
    config(&mut client).unwrap();
}

#[test]
fn messages_are_sealed_with_a_wrong_salt() {
    let (running, mut client) = quiet();
    running.faults().add(Rule::new(Effect::WrongSalt).times(1));
    let own = client.salt;
    for wrong in [true, false] {
        client.query(&GET_CONFIG.to_le_bytes());
        let packet = client.wire.receive_packet();
        assert_eq!(client.header(packet).0 != own, wrong);
    }
}

#[test]
fn messages_are_sealed_for_a_wrong_session() {
    let (running, mut client) = quiet();
    running
        .faults()
        .add(Rule::new(Effect::WrongSession).times(1));
    for wrong in [true, false] {
        client.query(&GET_CONFIG.to_le_bytes());
        let packet = client.wire.receive_packet();
        assert_eq!(client.header(packet).1 != client.session_id, wrong);
    }
}

#[test]
fn methods_are_refused_before_and_after_they_ran() {
    let (running, mut client) = quiet();
    let faults = running.faults();
    let mut ran = 1;
    for (effect, code, name, executed) in [
        (Effect::flood_wait(7), 420, "FLOOD_WAIT_7", false),
        (Effect::migrate("USER", 2), 303, "USER_MIGRATE_2", false),
        (Effect::internal(-503, false), -503, "Timeout", false),
        (Effect::internal(500, true), 500, "INTERNAL", true),
        (Effect::error(400, "NO_MOOD"), 400, "NO_MOOD", false),
    ] {
        let rule = faults.add(Rule::new(effect).method("help.getConfig").times(1));
        client.call(&GET_NEAREST.to_le_bytes()).unwrap();
        assert_eq!(config(&mut client), Err((code, name.to_owned())));
        ran += u64::from(executed);
        assert_eq!(running.executed("help.getConfig"), ran, "{name}");
        assert_eq!((faults.seen(rule), faults.fired(rule)), (1, 1));
    }
    assert_eq!(running.executed_request(&GetConfig {}), ran);
    let answer = config(&mut client).unwrap();
    assert_eq!(answer[..4], CONFIG.to_le_bytes());
    assert!(matches!(Config::from_bytes(&answer), Ok(Config::Config(_))));
}

#[test]
fn answers_are_dropped_for_good() {
    let (running, mut client) = quiet();
    running
        .faults()
        .add(Rule::new(Effect::DropAnswer).constructor(GET_CONFIG));
    client.query(&GET_CONFIG.to_le_bytes());
    assert!(!client.all().iter().any(is_answer));
    assert_eq!(running.executed("help.getConfig"), 2);
    client.reconnect(running.address(1));
    assert!(!client.all().iter().any(is_answer));
    running.faults().clear();
    config(&mut client).unwrap();
}

#[test]
fn rules_that_cannot_apply_are_refused() {
    let running = LocalDc::start().unwrap();
    for rule in [
        Rule::new(Effect::Refuse).method("help.getConfig"),
        Rule::new(Effect::Lose).direction(Direction::In),
        Rule::new(Effect::DropAnswer).method("help.getNothing"),
        Rule::new(Effect::Lose).chance(1.5, 1),
    ] {
        let error = running.faults().try_add(rule.clone()).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        assert!(LocalDc::builder().fault(rule).start().is_err());
    }
}

#[test]
fn the_program_takes_faults() {
    let program = env!("CARGO_BIN_EXE_localdc");
    let output = Command::new(program).args(["--fault", "explode"]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("explode"));
    let mut child = Command::new(program)
        .args(["--dcs", "1", "--fault", "refuse,times=1"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let output = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut lines = std::io::BufRead::lines(output);
    let address = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("  DC 1: ").map(str::to_owned))
        .expect("the address is printed");
    let mut refused = TcpStream::connect(&address).unwrap();
    assert!(matches!(refused.read(&mut [0; 1]), Ok(0) | Err(_)));
    let mut client = Client::new(address.parse().unwrap());
    client.ping(1);
    child.kill().unwrap();
    child.wait().unwrap();
}
