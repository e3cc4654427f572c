//! Service messages: those that we send, and reading those of the server.
use super::acks::IDS_MAX;
use super::ids::MsgId;
use crate::mtproto::FutureSalt;
use crate::tl::{DecodeError, DecodeErrorKind, Reader, VECTOR_ID, put_bytes};

// The constructors that the schema cannot describe, because they hold other messages.
// https://core.telegram.org/mtproto/service_messages
pub(super) const MSG_CONTAINER: u32 = 0x73f1_f8dc;
pub(super) const GZIP_PACKED: u32 = 0x3072_cfa1;
pub(super) const RPC_RESULT: u32 = 0xf35c_6d01;
pub(super) const MSG_COPY: u32 = 0xe060_46b2;

pub(super) const RPC_ERROR: u32 = 0x2144_ca19;
pub(super) const RPC_ANSWER_UNKNOWN: u32 = 0x5e2a_d36e;
pub(super) const RPC_ANSWER_DROPPED_RUNNING: u32 = 0xcd78_e586;
pub(super) const RPC_ANSWER_DROPPED: u32 = 0xa43a_d8b7;

pub(super) const MSGS_ACK: u32 = 0x62d6_b459;
pub(super) const BAD_MSG_NOTIFICATION: u32 = 0xa7ef_f811;
pub(super) const BAD_SERVER_SALT: u32 = 0xedab_447b;
const MSGS_STATE_REQ: u32 = 0xda69_fb52;
const MSGS_STATE_INFO: u32 = 0x04de_b57d;
const MSGS_ALL_INFO: u32 = 0x8cc0_d131;
const MSG_DETAILED_INFO: u32 = 0x276d_3ec6;
const MSG_NEW_DETAILED_INFO: u32 = 0x809d_b6df;
const MSG_RESEND_REQ: u32 = 0x7d86_1a08;
const MSG_RESEND_ANS_REQ: u32 = 0x8610_baeb;
const RPC_DROP_ANSWER: u32 = 0x58e4_a740;
const GET_FUTURE_SALTS: u32 = 0xb921_bd04;
const FUTURE_SALTS: u32 = 0xae50_0895;
const PING: u32 = 0x7abe_77ec;
const PING_DELAY_DISCONNECT: u32 = 0xf342_7b8c;
const PONG: u32 = 0x3477_73c5;
const NEW_SESSION_CREATED: u32 = 0x9ec2_0908;
const DESTROY_SESSION: u32 = 0xe751_2126;
const DESTROY_SESSION_OK: u32 = 0xe220_45fc;
const DESTROY_SESSION_NONE: u32 = 0x62d3_50c9;
const DESTROY_AUTH_KEY: u32 = 0xd143_5160;
const DESTROY_AUTH_KEY_OK: u32 = 0xf660_e1d4;
const DESTROY_AUTH_KEY_NONE: u32 = 0x0a9f_2259;
const DESTROY_AUTH_KEY_FAIL: u32 = 0xea10_9b13;

/// A service message to the server. All of them are sent as not content-related.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Acks(Vec<MsgId>),
    /// Also tells the server to close the connection when no other one follows in time.
    Ping {
        id: i64,
        disconnect_delay: i32,
    },
    Pong {
        msg_id: MsgId,
        ping_id: i64,
    },
    FutureSalts(i32),
    /// What has become of these messages?
    States(Vec<MsgId>),
    /// What has become of the server's messages.
    StateInfo {
        req_msg_id: MsgId,
        states: Vec<u8>,
    },
    /// Please send these messages again.
    Resend(Vec<MsgId>),
    /// Nobody waits for the answer any more.
    DropAnswer(MsgId),
}

impl Service {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Acks(ids) => put_ids(MSGS_ACK, ids, out),
            Self::Ping {
                id,
                disconnect_delay,
            } => {
                put(PING_DELAY_DISCONNECT, &[*id], out);
                out.extend_from_slice(&disconnect_delay.to_le_bytes());
            }
            Self::Pong { msg_id, ping_id } => put(PONG, &[msg_id.0, *ping_id], out),
            Self::FutureSalts(count) => {
                put(GET_FUTURE_SALTS, &[], out);
                out.extend_from_slice(&count.to_le_bytes());
            }
            Self::States(ids) => put_ids(MSGS_STATE_REQ, ids, out),
            Self::StateInfo { req_msg_id, states } => {
                put(MSGS_STATE_INFO, &[req_msg_id.0], out);
                put_bytes(out, states);
            }
            Self::Resend(ids) => put_ids(MSG_RESEND_REQ, ids, out),
            Self::DropAnswer(id) => put(RPC_DROP_ANSWER, &[id.0], out),
        }
    }
}

fn put(id: u32, longs: &[i64], out: &mut Vec<u8>) {
    out.extend_from_slice(&id.to_le_bytes());
    for long in longs {
        out.extend_from_slice(&long.to_le_bytes());
    }
}

fn put_ids(id: u32, ids: &[MsgId], out: &mut Vec<u8>) {
    put(id, &[], out);
    out.extend_from_slice(&VECTOR_ID.to_le_bytes());
    out.extend_from_slice(&(ids.len() as u32).to_le_bytes()); // at most `IDS_MAX`
    for id in ids {
        out.extend_from_slice(&id.0.to_le_bytes());
    }
}

/// A service message of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Notice<'a> {
    Acks(Vec<MsgId>),
    /// `bad_msg_notification`, or `bad_server_salt` with the right salt.
    Bad {
        id: MsgId,
        code: i32,
        salt: Option<i64>,
    },
    StateReq(Vec<MsgId>),
    StateInfo {
        req_msg_id: MsgId,
        states: &'a [u8],
    },
    AllInfo {
        ids: Vec<MsgId>,
        states: &'a [u8],
    },
    /// An answer exists, or another message that we may not have.
    Detailed {
        answer: MsgId,
    },
    ResendReq(Vec<MsgId>),
    ResendAnswersReq(Vec<MsgId>),
    FutureSalts {
        req_msg_id: MsgId,
        salts: Vec<FutureSalt>,
    },
    Ping(i64),
    Pong {
        msg_id: MsgId,
        ping_id: i64,
    },
    NewSession {
        first: MsgId,
        salt: i64,
    },
    /// What has become of the session with this id.
    DestroySession(i64),
    DestroyKey,
    /// Known, and of no use.
    Nothing,
}

impl<'a> Notice<'a> {
    /// Reads an object. `None`: it is no service message.
    pub(super) fn read(body: &'a [u8]) -> Result<Option<Self>, DecodeError> {
        let mut reader = Reader::new(body);
        let notice = Self::take(&mut reader);
        match notice {
            Some(notice) => reader.finish().map(|()| Some(notice)),
            None => Ok(None),
        }
    }

    // The arms stand in the order of the official pages.
    fn take(reader: &mut Reader<'a>) -> Option<Self> {
        Some(match reader.u32() {
            MSGS_ACK => Self::Acks(ids(reader)),
            BAD_MSG_NOTIFICATION => bad(reader, false),
            BAD_SERVER_SALT => bad(reader, true),
            MSGS_STATE_REQ => Self::StateReq(ids(reader)),
            MSGS_STATE_INFO => Self::StateInfo {
                req_msg_id: MsgId(reader.i64()),
                states: reader.bytes(),
            },
            MSGS_ALL_INFO => Self::AllInfo {
                ids: ids(reader),
                states: reader.bytes(),
            },
            MSG_DETAILED_INFO => {
                reader.i64();
                detailed(reader)
            }
            MSG_NEW_DETAILED_INFO => detailed(reader),
            MSG_RESEND_REQ => Self::ResendReq(ids(reader)),
            MSG_RESEND_ANS_REQ => Self::ResendAnswersReq(ids(reader)),
            FUTURE_SALTS => future_salts(reader),
            PING => Self::Ping(reader.i64()),
            PING_DELAY_DISCONNECT => {
                let id = reader.i64();
                reader.i32();
                Self::Ping(id)
            }
            PONG => Self::Pong {
                msg_id: MsgId(reader.i64()),
                ping_id: reader.i64(),
            },
            NEW_SESSION_CREATED => {
                let first = MsgId(reader.i64());
                reader.i64();
                Self::NewSession {
                    first,
                    salt: reader.i64(),
                }
            }
            DESTROY_SESSION_OK | DESTROY_SESSION_NONE => Self::DestroySession(reader.i64()),
            DESTROY_AUTH_KEY_OK | DESTROY_AUTH_KEY_NONE | DESTROY_AUTH_KEY_FAIL => Self::DestroyKey,
            MSG_COPY => {
                reader.rest();
                Self::Nothing
            }
            _ => return None,
        })
    }
}

fn bad<'a>(reader: &mut Reader<'a>, with_salt: bool) -> Notice<'a> {
    let id = MsgId(reader.i64());
    reader.i32();
    Notice::Bad {
        id,
        code: reader.i32(),
        salt: with_salt.then(|| reader.i64()),
    }
}

fn detailed<'a>(reader: &mut Reader<'a>) -> Notice<'a> {
    let answer = MsgId(reader.i64());
    reader.i32();
    reader.i32();
    Notice::Detailed { answer }
}

fn future_salts<'a>(reader: &mut Reader<'a>) -> Notice<'a> {
    let req_msg_id = MsgId(reader.i64());
    reader.i32();
    let count = counted(reader, 16);
    let salts = (0..count)
        .map(|_| FutureSalt {
            valid_since: reader.i32(),
            valid_until: reader.i32(),
            salt: reader.i64(),
        })
        .collect();
    Notice::FutureSalts { req_msg_id, salts }
}

/// A boxed vector of message ids, at most as many as a message may hold.
fn ids(reader: &mut Reader<'_>) -> Vec<MsgId> {
    let id = reader.u32();
    if id != VECTOR_ID {
        reader.unknown(id, "Vector");
    }
    let count = counted(reader, 8);
    (0..count).map(|_| MsgId(reader.i64())).collect()
}

/// A count of items of this size, held against the limit and the bytes that are there.
fn counted(reader: &mut Reader<'_>, size: usize) -> usize {
    let count = reader.u32();
    if count as usize > IDS_MAX.min(reader.len() / size) {
        reader.fail(DecodeErrorKind::TooMany { count });
        return 0;
    }
    count as usize
}

/// `destroy_session`, as a request has it.
pub(super) fn destroy_session(session_id: i64) -> Vec<u8> {
    let mut body = Vec::new();
    put(DESTROY_SESSION, &[session_id], &mut body);
    body
}

/// `destroy_auth_key`, as a request has it.
pub(super) fn destroy_auth_key() -> Vec<u8> {
    DESTROY_AUTH_KEY.to_le_bytes().to_vec()
}

/// What a container says about one of its members, or a member about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Container,
    Packed,
    Result,
    Other,
}

impl Kind {
    pub(super) fn of(body: &[u8]) -> Self {
        match body.first_chunk().map(|id| u32::from_le_bytes(*id)) {
            Some(MSG_CONTAINER) => Self::Container,
            Some(GZIP_PACKED) => Self::Packed,
            Some(RPC_RESULT) => Self::Result,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(service: &Service) -> Vec<u8> {
        let mut out = Vec::new();
        service.write(&mut out);
        out
    }

    #[test]
    fn what_both_sides_send_reads_back() {
        let ids = vec![MsgId(5), MsgId(-7)];
        for (service, notice) in [
            (Service::Acks(ids.clone()), Notice::Acks(ids.clone())),
            (Service::States(ids.clone()), Notice::StateReq(ids.clone())),
            (Service::Resend(ids.clone()), Notice::ResendReq(ids)),
            (
                Service::Ping {
                    id: 9,
                    disconnect_delay: 75,
                },
                Notice::Ping(9),
            ),
            (
                Service::Pong {
                    msg_id: MsgId(4),
                    ping_id: 3,
                },
                Notice::Pong {
                    msg_id: MsgId(4),
                    ping_id: 3,
                },
            ),
            (
                Service::StateInfo {
                    req_msg_id: MsgId(1),
                    states: vec![4, 1],
                },
                Notice::StateInfo {
                    req_msg_id: MsgId(1),
                    states: &[4, 1],
                },
            ),
        ] {
            let bytes = written(&service);
            assert_eq!(Notice::read(&bytes), Ok(Some(notice)));
            assert!(Notice::read(&bytes[..bytes.len() - 4]).is_err());
            assert!(Notice::read(&[&bytes[..], &[0; 4]].concat()).is_err());
        }
        assert_eq!(
            written(&Service::FutureSalts(64))[..4],
            [0x04, 0xbd, 0x21, 0xb9]
        );
        assert_eq!(
            written(&Service::DropAnswer(MsgId(1)))[..4],
            [0x40, 0xa7, 0xe4, 0x58]
        );
    }

    #[test]
    fn counts_are_held_against_the_limit_and_the_bytes() {
        let mut bytes = written(&Service::Acks(vec![MsgId(1); IDS_MAX]));
        assert!(Notice::read(&bytes).is_ok());
        bytes[8..12].copy_from_slice(&(IDS_MAX as u32 + 1).to_le_bytes());
        bytes.extend([0; 8]);
        let error = Notice::read(&bytes).expect_err("one too many");
        assert!(matches!(error.kind, DecodeErrorKind::TooMany { .. }));
        let claim = [
            &MSGS_ACK.to_le_bytes()[..],
            &VECTOR_ID.to_le_bytes(),
            &[9, 0, 0, 0],
        ]
        .concat();
        assert!(Notice::read(&claim).is_err());
    }

    #[test]
    fn what_is_no_service_message_is_left_alone() {
        assert_eq!(Notice::read(&0xe317_af7e_u32.to_le_bytes()), Ok(None));
        assert_eq!(Notice::read(&[]), Ok(None));
    }
}
