//! The messages of both sides, spelled out from the official pages: nothing of the client's own
//! tables is used, so that a mistake in them does not hide.
use std::io::Write;

/// An object that is being written.
pub(crate) struct Object(pub(crate) Vec<u8>);

pub(crate) fn object(id: u32) -> Object {
    Object(id.to_le_bytes().to_vec())
}

impl Object {
    pub(crate) fn int(mut self, value: i32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub(crate) fn long(mut self, value: i64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub(crate) fn raw(mut self, value: &[u8]) -> Self {
        self.0.extend(value);
        self
    }

    /// A string of bytes with its length and padding.
    pub(crate) fn bytes(mut self, value: &[u8]) -> Self {
        if value.len() < 254 {
            self.0.push(value.len() as u8);
        } else {
            self.0.push(254);
            self.0.extend(&(value.len() as u32).to_le_bytes()[..3]);
        }
        self.0.extend(value);
        while !self.0.len().is_multiple_of(4) {
            self.0.push(0);
        }
        self
    }
}

/// Whether this unencrypted message is the second query of a key exchange: `req_DH_params`.
///
/// <https://core.telegram.org/mtproto/auth_key#4-client-sends-query-to-server>
pub(crate) fn asks_for_key(packet: &[u8]) -> bool {
    packet.get(20..24) == Some(&0xd712_e4be_u32.to_le_bytes())
}

/// The functions and the result of this simulation's API.
pub(crate) const FUNCTION: u32 = 0x1111_1111;
pub(crate) const RESULT: u32 = 0x2222_2222;
const UPDATE: u32 = 0x3333_3333;
/// The request that begins updates.
const GREETING: u32 = 0x4444_4444;
/// Stands for `invokeWithLayer(initConnection(`.
pub(crate) const PREFIX: u32 = 0xda9b_0d0d;
const WITHOUT_UPDATES: u32 = 0xbf94_59b7;

/// The server wants to see the prefix.
pub(crate) const NOT_INITED: &str = "CONNECTION_NOT_INITED";
/// The server wants the temporary key to be bound.
pub(crate) const NOT_BOUND: &str = "AUTH_KEY_PERM_EMPTY";

pub(crate) fn function(tag: u64, size: usize) -> Vec<u8> {
    let mut body = object(FUNCTION).long(tag as i64).0;
    body.extend(vec![0x55; size / 4 * 4]); // By far faster than `resize`, unoptimised.
    body
}

pub(crate) fn result(tag: u64, size: usize) -> Vec<u8> {
    let mut body = object(RESULT).long(tag as i64).0;
    body.extend(vec![0x66; size / 4 * 4]);
    body
}

pub(crate) fn greeting() -> Vec<u8> {
    object(GREETING).0
}

/// Which request a result belongs to.
pub(crate) fn tag_of(result: &[u8]) -> Option<u64> {
    let known = word(result, 0)? == RESULT;
    known.then(|| long(result, 4).map(|tag| tag as u64))?
}

/// An update that no other one is like; 0 for those that must not be taken.
pub(crate) fn update(id: i64) -> Vec<u8> {
    object(UPDATE).long(id).0
}

/// Which update this is.
pub(crate) fn update_of(body: &[u8]) -> Option<i64> {
    (word(body, 0)? == UPDATE).then(|| long(body, 4))?
}

pub(crate) fn rpc_result(req_msg_id: i64, result: &[u8]) -> Vec<u8> {
    object(0xf35c_6d01).long(req_msg_id).raw(result).0
}

pub(crate) fn rpc_error(code: i32, message: &str) -> Vec<u8> {
    object(0x2144_ca19).int(code).bytes(message.as_bytes()).0
}

pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).expect("memory takes all");
    let packed = encoder.finish().expect("memory takes all");
    object(0x3072_cfa1).bytes(&packed).0
}

pub(crate) fn bad_msg(id: i64, seq_no: i32, code: i32) -> Vec<u8> {
    object(0xa7ef_f811).long(id).int(seq_no).int(code).0
}

pub(crate) fn bad_salt(id: i64, seq_no: i32, salt: i64) -> Vec<u8> {
    object(0xedab_447b)
        .long(id)
        .int(seq_no)
        .int(48)
        .long(salt)
        .0
}

pub(crate) fn new_session(first: i64, unique: i64, salt: i64) -> Vec<u8> {
    object(0x9ec2_0908).long(first).long(unique).long(salt).0
}

/// The first message that the server knows of, if this is `new_session_created`.
pub(crate) fn session_begins(body: &[u8]) -> Option<i64> {
    (word(body, 0)? == 0x9ec2_0908).then(|| long(body, 4))?
}

/// Which message has asked for them and the salts that are named, if these are `future_salts`.
pub(crate) fn salts_listed(body: &[u8]) -> Option<(i64, Vec<i64>)> {
    if word(body, 0)? != 0xae50_0895 {
        return None;
    }
    let count = word(body, 16)? as usize;
    let salts = (0..count).filter_map(|at| long(body, 20 + 16 * at + 8));
    Some((long(body, 4)?, salts.collect()))
}

/// Which message has asked for it, if this is `rpc_result`.
pub(crate) fn answered(body: &[u8]) -> Option<i64> {
    (word(body, 0)? == 0xf35c_6d01).then(|| long(body, 4))?
}

/// Whether this is `rpc_result` with an error after which the client sends its request again.
pub(crate) fn denied(body: &[u8]) -> bool {
    let error = answered(body).and(body.get(12..)).unwrap_or_default();
    [(400, NOT_INITED), (401, NOT_BOUND)]
        .iter()
        .any(|(code, name)| error == rpc_error(*code, name))
}

/// The message that is there, if this is `msg_detailed_info` or `msg_new_detailed_info`.
pub(crate) fn announced(body: &[u8]) -> Option<i64> {
    match word(body, 0)? {
        0x276d_3ec6 => long(body, 12),
        0x809d_b6df => long(body, 4),
        _ => None,
    }
}

pub(crate) fn pong(msg_id: i64, ping_id: i64) -> Vec<u8> {
    object(0x3477_73c5).long(msg_id).long(ping_id).0
}

pub(crate) fn state_info(req_msg_id: i64, states: &[u8]) -> Vec<u8> {
    object(0x04de_b57d).long(req_msg_id).bytes(states).0
}

pub(crate) fn ids(id: u32, ids: &[i64]) -> Vec<u8> {
    let start = object(id).int(0x1cb5_c415).int(ids.len() as i32);
    ids.iter().fold(start, |o, id| o.long(*id)).0
}

/// One message in a container.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: i64,
    pub(crate) seq_no: i32,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn container(members: &[Member]) -> Vec<u8> {
    let start = object(0x73f1_f8dc).int(members.len() as i32);
    let put = |o: Object, m: &Member| {
        o.long(m.id)
            .int(m.seq_no)
            .int(m.body.len() as i32)
            .raw(&m.body)
    };
    members.iter().fold(start, put).0
}

/// What a message of the client is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Container(Vec<(i64, i32, Said)>),
    Acks(Vec<i64>),
    Ping(i64, i32),
    Pong,
    FutureSalts(i32),
    States(Vec<i64>),
    Info,
    Resend(Vec<i64>),
    Drop(i64),
    /// `auth.bindTempAuthKey`.
    Bind,
    /// A request of this simulation's API, and whether the prefix stands before it.
    Request {
        tag: u64,
        prefixed: bool,
    },
    /// The request that begins updates, and whether the prefix stands before it.
    Greeting {
        prefixed: bool,
    },
    Nonsense,
}

impl Said {
    pub(crate) fn read(body: &[u8]) -> Self {
        Self::parse(body).unwrap_or(Self::Nonsense)
    }

    fn parse(body: &[u8]) -> Option<Self> {
        Some(match word(body, 0)? {
            0x73f1_f8dc => Self::Container(members(body)?),
            0x62d6_b459 => Self::Acks(vector(body)?),
            0xf342_7b8c => Self::Ping(long(body, 4)?, word(body, 12)? as i32),
            0x3477_73c5 => Self::Pong,
            0xb921_bd04 => Self::FutureSalts(word(body, 4)? as i32),
            0xda69_fb52 => Self::States(vector(body)?),
            0x04de_b57d => Self::Info,
            0x7d86_1a08 => Self::Resend(vector(body)?),
            0x58e4_a740 => Self::Drop(long(body, 4)?),
            0xcdd4_2a05 => Self::Bind,
            PREFIX => match Self::parse(body.get(4..)?)? {
                Self::Request { tag, .. } => Self::Request {
                    tag,
                    prefixed: true,
                },
                Self::Greeting { .. } => Self::Greeting { prefixed: true },
                _ => return None,
            },
            WITHOUT_UPDATES => match Self::parse(body.get(4..)?)? {
                // That would be a contradiction.
                Self::Greeting { .. } => return None,
                said => said,
            },
            GREETING => Self::Greeting { prefixed: false },
            FUNCTION => Self::Request {
                tag: long(body, 4)? as u64,
                prefixed: false,
            },
            _ => return None,
        })
    }

    /// Whether the other side has to acknowledge it.
    /// The requests in it.
    pub(crate) fn tags(&self) -> Vec<u64> {
        match self {
            Self::Request { tag, .. } => vec![*tag],
            Self::Container(members) => members.iter().flat_map(|m| m.2.tags()).collect(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn is_content(&self) -> bool {
        matches!(
            self,
            Self::Request { .. } | Self::Bind | Self::Greeting { .. }
        )
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Self::Container(members) => format!("container of {}", members.len()),
            Self::Acks(ids) => format!("acks of {ids:x?}"),
            Self::Request { tag, .. } => format!("request {tag}"),
            Self::States(ids) => format!("states of {ids:x?}"),
            Self::Drop(id) => format!("drop {id:x}"),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

fn members(body: &[u8]) -> Option<Vec<(i64, i32, Said)>> {
    let mut rest = body.get(8..)?;
    let mut members = Vec::new();
    for _ in 0..word(body, 4)? {
        let len = word(rest, 12)? as usize;
        let said = Said::read(rest.get(16..16 + len)?);
        members.push((long(rest, 0)?, word(rest, 8)? as i32, said));
        rest = &rest[16 + len..];
    }
    rest.is_empty().then_some(members)
}

fn vector(body: &[u8]) -> Option<Vec<i64>> {
    let count = word(body, 8)? as usize;
    let fits = word(body, 4)? == 0x1cb5_c415 && body.len() == 12 + count * 8;
    fits.then(|| (0..count).filter_map(|i| long(body, 12 + i * 8)).collect())
}

/// Reads on from where it is.
pub(crate) struct Scan<'a>(pub(crate) &'a [u8]);

impl<'a> Scan<'a> {
    pub(crate) fn raw(&mut self, len: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(part)
    }

    pub(crate) fn word(&mut self) -> Option<u32> {
        word(self.raw(4)?, 0)
    }

    pub(crate) fn long(&mut self) -> Option<i64> {
        long(self.raw(8)?, 0)
    }

    /// A string of bytes with its length and padding.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let first = self.raw(1)?[0];
        let (len, header) = if first < 254 {
            (usize::from(first), 1)
        } else {
            let len = self.raw(3)?;
            (
                usize::from(len[0]) | usize::from(len[1]) << 8 | usize::from(len[2]) << 16,
                4,
            )
        };
        let bytes = self.raw(len)?;
        self.raw((header + len).next_multiple_of(4) - header - len)?;
        Some(bytes)
    }
}

fn word(body: &[u8], at: usize) -> Option<u32> {
    let bytes = body.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn long(body: &[u8], at: usize) -> Option<i64> {
    let bytes = body.get(at..at + 8)?;
    Some(i64::from_le_bytes(bytes.try_into().ok()?))
}
