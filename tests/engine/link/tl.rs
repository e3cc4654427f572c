//! The messages of both sides, spelled out anew: a mistake in the session's own tables does not
//! hide here.

/// An object that is being written.
#[derive(Clone)]
pub(super) struct Object(pub(super) Vec<u8>);

/// Begins an object.
pub(super) fn object(id: u32) -> Object {
    Object(id.to_le_bytes().to_vec())
}

impl Object {
    pub(super) fn int(mut self, value: i32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub(super) fn long(mut self, value: i64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub(super) fn bytes(mut self, value: &[u8]) -> Self {
        ferogram_sync::tl::put_bytes(&mut self.0, value);
        self
    }

    pub(super) fn raw(mut self, value: &[u8]) -> Self {
        self.0.extend(value);
        self
    }

    pub(super) fn longs(self, values: &[i64]) -> Self {
        let start = self.int(0x1cb5_c415).int(values.len() as i32);
        values
            .iter()
            .fold(start, |object, value| object.long(*value))
    }
}

pub(super) fn rpc_result(req_msg_id: i64, result: &[u8]) -> Vec<u8> {
    object(0xf35c_6d01).long(req_msg_id).raw(result).0
}

pub(super) fn rpc_error(code: i32, message: &str) -> Vec<u8> {
    object(0x2144_ca19).int(code).bytes(message.as_bytes()).0
}

pub(super) fn gzip(object_bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let level = flate2::Compression::default();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(object_bytes).unwrap();
    object(0x3072_cfa1).bytes(&encoder.finish().unwrap()).0
}

pub(super) fn bad_msg(bad_msg_id: i64, code: i32) -> Vec<u8> {
    object(0xa7ef_f811).long(bad_msg_id).int(0).int(code).0
}

pub(super) fn bad_salt(bad_msg_id: i64, salt: i64) -> Vec<u8> {
    object(0xedab_447b)
        .long(bad_msg_id)
        .int(0)
        .int(48)
        .long(salt)
        .0
}

pub(super) fn new_session(first_msg_id: i64, salt: i64) -> Vec<u8> {
    object(0x9ec2_0908).long(first_msg_id).long(77).long(salt).0
}

pub(super) fn pong(msg_id: i64, ping_id: i64) -> Vec<u8> {
    object(0x3477_73c5).long(msg_id).long(ping_id).0
}

pub(super) fn state_info(req_msg_id: i64, states: &[u8]) -> Vec<u8> {
    object(0x04de_b57d).long(req_msg_id).bytes(states).0
}

/// A container of messages, each with its id and number.
pub(super) fn container(members: &[(i64, i32, Vec<u8>)]) -> Vec<u8> {
    let start = object(0x73f1_f8dc).int(members.len() as i32);
    members
        .iter()
        .fold(start, |container, (id, seq_no, body)| {
            container
                .long(*id)
                .int(*seq_no)
                .int(body.len() as i32)
                .raw(body)
        })
        .0
}

/// What a message of the client is, for short.
pub(super) fn name(body: &[u8]) -> &'static str {
    match u32::from_le_bytes(*body.first_chunk().unwrap()) {
        0x62d6_b459 => "ack",
        0xf342_7b8c => "ping",
        0x3477_73c5 => "pong",
        0xb921_bd04 => "salts",
        0xda69_fb52 => "states",
        0x04de_b57d => "info",
        0x7d86_1a08 => "resend",
        0x58e4_a740 => "drop",
        0xcdd4_2a05 => "bind",
        0x3072_cfa1 => "gzip",
        GREETING => "greeting",
        PREFIX => "prefixed",
        0xbf94_59b7 => "without updates",
        _ => "request",
    }
}

/// Stands for the request that begins the updates.
pub(super) const GREETING: u32 = 0x4444_4444;

/// Stands for `invokeWithLayer(initConnection(`.
pub(super) const PREFIX: u32 = 0xda9b_0d0d;

/// The long at this place of an object, counted in words.
pub(super) fn long_at(body: &[u8], word: usize) -> i64 {
    i64::from_le_bytes(body[word * 4..word * 4 + 8].try_into().unwrap())
}

/// The ids in an object that is a vector of them.
pub(super) fn ids(body: &[u8]) -> Vec<i64> {
    assert_eq!(body[4..8], 0x1cb5_c415_u32.to_le_bytes());
    let count = u32::from_le_bytes(body[8..12].try_into().unwrap()) as usize;
    assert_eq!(body.len(), 12 + count * 8);
    (0..count).map(|i| long_at(body, 3 + i * 2)).collect()
}
