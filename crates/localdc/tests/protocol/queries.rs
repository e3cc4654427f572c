//! Queries: wrappers, compression, what is unknown.
use std::io::Write;
use std::sync::{Arc, Mutex};

use ferogram_sync::tl::{Deserialize, Reader, enums, put_bytes};
use localdc::LocalDc;

use crate::client::{CONFIG, Client, GET_CONFIG, RPC_RESULT, init};

const GZIP_PACKED: u32 = 0x3072_cfa1;

fn gzip(object: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(object).unwrap();
    let mut packed = GZIP_PACKED.to_le_bytes().to_vec();
    put_bytes(&mut packed, &encoder.finish().unwrap());
    packed
}

fn error(code: i32, name: &str) -> Result<Vec<u8>, (i32, String)> {
    Err((code, name.to_owned()))
}

#[test]
fn a_client_has_to_say_what_it_is() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::new(running.address(1));
    let query = GET_CONFIG.to_le_bytes();
    let refused = error(400, "CONNECTION_NOT_INITED");
    assert_eq!(client.call(&query), refused);
    // The layer alone is not enough.
    let layer = [&0xda9b_0d0d_u32.to_le_bytes()[..], &[230, 0, 0, 0], &query].concat();
    assert_eq!(client.call(&layer), refused);
    client.initialise();
    client.call(&query).unwrap();
    // It holds for the key, in all its sessions.
    client.session_id += 1;
    client.contents = 0;
    client.call(&query).unwrap();
    assert_eq!(running.executed("help.getConfig"), 3);
}

#[test]
fn the_configuration_names_the_data_centres() {
    let running = LocalDc::builder().dcs(3).ipv6(true).start().unwrap();
    let mut client = Client::new(running.address(2));
    let result = client.call(&init(&GET_CONFIG.to_le_bytes())).unwrap();
    let enums::Config::Config(config) = enums::Config::from_bytes(&result).unwrap();
    assert_eq!(config.this_dc, 2);
    for (dc, address) in running.addresses() {
        let found = config.dc_options.iter().any(|option| {
            matches!(option, enums::DcOption::Option(option) if option.id == dc
                && option.ip_address == address.ip().to_string()
                && option.port == i32::from(address.port()))
        });
        assert!(found, "DC {dc} at {address}");
    }
    assert_eq!(running.addresses().len(), 6);
}

#[test]
fn what_is_unknown_is_refused_by_name() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let (code, name) = client.call(&0x1234_5678_u32.to_le_bytes()).unwrap_err();
    assert_eq!(code, 400);
    assert!(name.starts_with("INPUT_METHOD_INVALID_"), "{name}");
    assert_eq!(client.call(&[]), error(400, "INPUT_FETCH_ERROR"));
    let cut = &init(&[])[..20];
    assert_eq!(client.call(cut), error(400, "INPUT_FETCH_ERROR"));
    client.ping(1);
}

#[test]
fn compressed_queries() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::new(running.address(1));
    let query = GET_CONFIG.to_le_bytes();
    for body in [gzip(&init(&query)), init(&gzip(&query)), gzip(&query)] {
        let result = client.call(&body).unwrap();
        assert_eq!(result[..4], CONFIG.to_le_bytes());
    }
    assert_eq!(
        client.call(&gzip(&gzip(&query))),
        error(400, "INPUT_FETCH_ERROR")
    );
    let bomb = gzip(&vec![0; 40 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(client.call(&bomb), error(400, "INPUT_FETCH_ERROR"));
    assert_eq!(
        client.call(&gzip(&query)[..16]),
        error(400, "INPUT_FETCH_ERROR")
    );
}

#[test]
fn compressed_answers_for_who_wants_them() {
    // A configuration of few data centres is now longer and now shorter when it is compressed.
    let running = LocalDc::builder()
        .dcs(20)
        .gzip_answers_above(100)
        .start()
        .unwrap();
    let mut client = Client::new(running.address(1));
    let query = client.query(&init(&GET_CONFIG.to_le_bytes()));
    let answer = client.wait_for(RPC_RESULT);
    let mut reader = Reader::new(&answer.body[4..]);
    assert_eq!(reader.i64(), query);
    assert_eq!(reader.u32(), GZIP_PACKED);
    let mut object = Vec::new();
    let stream = reader.bytes();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(stream), &mut object).unwrap();
    assert_eq!(object[..4], CONFIG.to_le_bytes());
}

#[test]
fn queries_wait_for_others() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let after = |msg_id: i64| {
        let mut body = 0xcb9f_372d_u32.to_le_bytes().to_vec();
        body.extend(msg_id.to_le_bytes());
        body.extend(GET_CONFIG.to_le_bytes());
        body
    };
    let good = client.query(&GET_CONFIG.to_le_bytes());
    client.result_of(good).unwrap();
    let bad = client.query(&0x1234_5678_u32.to_le_bytes());
    client.result_of(bad).unwrap_err();
    assert!(client.call(&after(good)).is_ok());
    assert_eq!(client.call(&after(bad)), error(400, "MSG_WAIT_FAILED"));
    assert_eq!(client.call(&after(4)), error(400, "MSG_WAIT_TIMEOUT"));
    // Both in one container.
    let (first, second, outer) = (client.next_id(), client.next_id(), client.next_id());
    let (a, b) = (client.next_seq_no(true), client.next_seq_no(true));
    let body = Client::container(&[
        (first, a, GET_CONFIG.to_le_bytes().to_vec()),
        (second, b, after(first)),
    ]);
    client.send_as(outer, b + 1, &body);
    client.result_of(first).unwrap();
    client.result_of(second).unwrap();
}

#[test]
fn many_answers_come_in_few_packets() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    let queries: Vec<_> = (0..300)
        .map(|_| (client.next_id(), client.next_seq_no(true)))
        .collect();
    let parts: Vec<_> = queries
        .iter()
        .map(|(msg_id, seq_no)| (*msg_id, *seq_no, 0x1fb3_3026_u32.to_le_bytes().to_vec()))
        .collect();
    let outer = client.next_id();
    client.send_as(outer, 602, &Client::container(&parts));
    let mut packets = 0;
    while client.waiting.len() < 300 {
        client.receive();
        packets += 1;
    }
    assert!(packets <= 4, "{packets} packets");
    for (query, _) in queries {
        client.result_of(query).unwrap();
    }
}

#[test]
fn every_method_can_be_watched() {
    type Seen = (i32, String, i32, i32, Option<i32>);
    let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let log = Arc::clone(&seen);
    let running = LocalDc::builder()
        .on_call(move |call| {
            let code = call.error.map(|(code, _)| code);
            let line = (
                call.dc,
                call.method.to_owned(),
                call.layer,
                call.program.api_id,
                code,
            );
            log.lock().unwrap().push(line);
        })
        .start()
        .unwrap();
    let mut client = Client::initialised(running.address(2));
    client.call(&0x1234_5678_u32.to_le_bytes()).unwrap_err();
    let seen = seen.lock().unwrap();
    assert_eq!(
        *seen,
        [
            (2, "help.getConfig".to_owned(), 230, 12_345, None),
            (2, String::new(), 230, 12_345, Some(400)),
        ]
    );
}
