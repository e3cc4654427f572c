//! Service messages: everything that is no query.
//!
//! See <https://core.telegram.org/mtproto/service_messages> and
//! <https://core.telegram.org/mtproto/service_messages_about_messages>.
use std::time::Duration;

use ferogram_sync::tl::{Reader, put_bytes};

use super::peer::{End, Incoming, Peer};
use crate::clock::seconds;
use crate::session::{Answer, KeyState, Session, Stamp};
use crate::wire::ids::{
    DESTROY_AUTH_KEY, DESTROY_AUTH_KEY_NONE, DESTROY_AUTH_KEY_OK, DESTROY_SESSION,
    DESTROY_SESSION_NONE, DESTROY_SESSION_OK, FUTURE_SALTS, GET_FUTURE_SALTS, HTTP_WAIT, MSG_COPY,
    MSG_DETAILED_INFO, MSG_RESEND_ANS_REQ, MSG_RESEND_REQ, MSGS_ACK, MSGS_ALL_INFO,
    MSGS_STATE_INFO, MSGS_STATE_REQ, PING, PING_DELAY_DISCONNECT, PONG, RPC_ANSWER_DROPPED,
    RPC_ANSWER_DROPPED_RUNNING, RPC_ANSWER_UNKNOWN, RPC_DROP_ANSWER, VECTOR,
};
use crate::wire::{Kind, Lead};

/// How many ids one message may name.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
const IDS_MAX: usize = 8192;

/// How many salts may be asked for at once.
///
/// See <https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts>.
const SALTS_MAX: i32 = 64;

impl Peer {
    /// Handles a service message; false if the message is none.
    pub(super) fn service(&mut self, incoming: Incoming<'_>) -> Result<bool, End> {
        let mut reader = Reader::new(incoming.part.body);
        let id = reader.u32();
        match id {
            HTTP_WAIT | MSG_COPY | MSGS_STATE_INFO | MSGS_ALL_INFO | MSG_DETAILED_INFO | PONG => {}
            MSGS_ACK | MSGS_STATE_REQ | MSG_RESEND_REQ | MSG_RESEND_ANS_REQ => {
                self.about_messages(id, incoming, &read_ids(reader)?);
            }
            PING => {
                let ping_id = reader.i64();
                end(reader)?;
                self.pong(incoming, ping_id);
            }
            PING_DELAY_DISCONNECT => {
                let (ping_id, delay) = (reader.i64(), reader.i32());
                end(reader)?;
                self.pong(incoming, ping_id);
                let delay = Duration::from_secs(u64::try_from(delay).unwrap_or(0));
                self.due = Some(self.centre.hub.clock.steady() + delay);
            }
            GET_FUTURE_SALTS => {
                let count = reader.i32();
                end(reader)?;
                self.future_salts(incoming, count.clamp(1, SALTS_MAX));
            }
            RPC_DROP_ANSWER => {
                let query = reader.i64();
                end(reader)?;
                self.in_session(incoming, |session, stamp| {
                    drop_answer(session, query, incoming.part.msg_id, stamp);
                });
            }
            DESTROY_SESSION => {
                let session_id = reader.i64();
                end(reader)?;
                self.destroy_session(incoming, session_id);
            }
            DESTROY_AUTH_KEY => {
                end(reader)?;
                self.destroy_key(incoming);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Handles the service messages that are lists of message ids.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    fn about_messages(&self, id: u32, incoming: Incoming<'_>, msg_ids: &[i64]) {
        let request = incoming.part.msg_id;
        let states = |session: &Session, msg_ids: &[i64]| -> Vec<u8> {
            msg_ids.iter().map(|id| state_of(session, *id)).collect()
        };
        self.in_session(incoming, |session, stamp| match id {
            MSGS_ACK => msg_ids.iter().for_each(|msg_id| session.ack(*msg_id)),
            MSGS_STATE_REQ => {
                let states = states(session, msg_ids);
                send_states(session, request, &states, stamp);
            }
            MSG_RESEND_REQ => {
                if !session.send_again(msg_ids, stamp) {
                    let own = msg_ids.iter().map(|id| own_state(session, *id));
                    let own: Vec<u8> = own.collect();
                    send_states(session, request, &own, stamp);
                }
            }
            _ => {
                let mut lost = msg_ids.to_vec();
                lost.retain(|query| !session.answer_again(*query, stamp));
                if !lost.is_empty() {
                    let states = states(session, &lost);
                    send_states(session, request, &states, stamp);
                }
            }
        });
    }

    /// Does something with the session that the message came in.
    fn in_session(&self, incoming: Incoming<'_>, act: impl FnOnce(&mut Session, Stamp<'_>)) {
        let mut state = incoming.key.lock();
        let stamp = state.stamp(incoming.now, &self.centre.hub.ids);
        if let Some(session) = state.session(incoming.session_id) {
            act(session, stamp);
        }
    }

    fn reply(&self, incoming: Incoming<'_>, body: Vec<u8>) {
        self.in_session(incoming, |session, stamp| session.reply(body, stamp));
    }

    fn pong(&self, incoming: Incoming<'_>, ping_id: i64) {
        let mut body = Vec::with_capacity(20);
        body.extend(PONG.to_le_bytes());
        body.extend(incoming.part.msg_id.to_le_bytes());
        body.extend(ping_id.to_le_bytes());
        self.reply(incoming, body);
    }

    /// See <https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts>.
    fn future_salts(&self, incoming: Incoming<'_>, count: i32) {
        let count = usize::try_from(count).unwrap_or(1);
        let salts = incoming.key.lock().future_salts(count, incoming.now);
        let mut body = FUTURE_SALTS.to_le_bytes().to_vec();
        body.extend(incoming.part.msg_id.to_le_bytes());
        body.extend(seconds(incoming.now).to_le_bytes());
        // A bare vector of bare salts: no constructor ids.
        body.extend(u32::try_from(salts.len()).unwrap_or(0).to_le_bytes());
        for salt in salts {
            let whole = |time| i32::try_from(time).unwrap_or(i32::MAX);
            body.extend(whole(salt.since).to_le_bytes());
            body.extend(whole(salt.until).to_le_bytes());
            body.extend(salt.salt.to_le_bytes());
        }
        self.reply(incoming, body);
    }

    /// See <https://core.telegram.org/mtproto/service_messages#request-to-destroy-session>.
    fn destroy_session(&self, incoming: Incoming<'_>, session_id: i64) {
        let mut state = incoming.key.lock();
        // A client cannot mean the session that it asks in.
        let gone = session_id != incoming.session_id && state.forget_session(session_id);
        let id = if gone {
            DESTROY_SESSION_OK
        } else {
            DESTROY_SESSION_NONE
        };
        let mut body = id.to_le_bytes().to_vec();
        body.extend(session_id.to_le_bytes());
        reply_in(&mut state, self, incoming, body);
    }

    /// The answer to this one comes as a message of its own, under the key that is no more.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#request-to-destroy-auth-key>.
    fn destroy_key(&self, incoming: Incoming<'_>) {
        let hub = &self.centre.hub;
        hub.end_login(incoming.key);
        let id = if self.centre.keys.remove(incoming.key.id) {
            DESTROY_AUTH_KEY_OK
        } else {
            DESTROY_AUTH_KEY_NONE
        };
        self.reply(incoming, id.to_le_bytes().to_vec());
        // A temporary key may still be bound to it; so may updates wait for it.
        let mut state = incoming.key.lock();
        state.subscriber = None;
        state.bound = None;
    }
}

fn reply_in(state: &mut KeyState, peer: &Peer, incoming: Incoming<'_>, body: Vec<u8>) {
    let stamp = state.stamp(incoming.now, &peer.centre.hub.ids);
    if let Some(session) = state.session(incoming.session_id) {
        session.reply(body, stamp);
    }
}

/// What the server knows of a message of the client.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
fn state_of(session: &Session, msg_id: i64) -> u8 {
    /// Nothing is known of it.
    const FORGOTTEN: u8 = 1;
    /// It did not come, though messages before and after it did.
    const MISSING: u8 = 2;
    /// It did not come, and is newer than all that did.
    const NOT_YET: u8 = 3;
    const RECEIVED: u8 = 4;
    const ACKED: u8 = 8;
    const NO_ACK_NEEDED: u8 = 16;
    const PROCESSED: u8 = 32;
    const ANSWERED: u8 = 64;
    const KNOWN_TO_BE_RECEIVED: u8 = 128;
    match session.received(msg_id) {
        None if msg_id > session.highest() => NOT_YET,
        None if session.may_have_forgotten(msg_id) => FORGOTTEN,
        None => MISSING,
        Some(entry) if session.is_running(msg_id) => RECEIVED | PROCESSED | even(entry.seq_no),
        Some(_) if session.ended_badly(msg_id).is_some() => {
            let known = if session.keeps_answer_to(msg_id) {
                0
            } else {
                KNOWN_TO_BE_RECEIVED
            };
            RECEIVED | ACKED | PROCESSED | ANSWERED | known
        }
        Some(entry) if entry.seq_no & 1 == 1 => RECEIVED | ACKED,
        Some(_) => RECEIVED | NO_ACK_NEEDED,
    }
}

fn even(seq_no: i32) -> u8 {
    if seq_no & 1 == 1 { 0 } else { 16 }
}

/// What the server knows of a message of its own: it is kept, or nobody knows.
fn own_state(session: &Session, msg_id: i64) -> u8 {
    if session.keeps(msg_id) { 4 } else { 1 }
}

fn send_states(session: &mut Session, request: i64, states: &[u8], stamp: Stamp<'_>) {
    let mut body = MSGS_STATE_INFO.to_le_bytes().to_vec();
    body.extend(request.to_le_bytes());
    put_bytes(&mut body, states);
    session.reply(body, stamp);
}

/// See <https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query>.
fn drop_answer(session: &mut Session, query: i64, request: i64, stamp: Stamp<'_>) {
    let mut body = Vec::new();
    if session.is_running(query) {
        body.extend(RPC_ANSWER_DROPPED_RUNNING.to_le_bytes());
        let answer = Answer {
            body: body.clone(),
            failed: true,
            method: 0,
        };
        session.answer(query, answer, stamp);
    } else if let Some(dropped) = session.drop_answer(query) {
        let length = u32::try_from(dropped.len()).unwrap_or(u32::MAX);
        body.extend(RPC_ANSWER_DROPPED.to_le_bytes());
        body.extend(dropped.msg_id.to_le_bytes());
        body.extend(dropped.seq_no.to_le_bytes());
        body.extend(length.to_le_bytes());
    } else {
        body.extend(RPC_ANSWER_UNKNOWN.to_le_bytes());
    }
    session.send(Kind::Answer, true, Lead::Result(request), body, stamp);
}

/// The rest of a message that is a list of ids.
fn read_ids(mut reader: Reader<'_>) -> Result<Vec<i64>, End> {
    let vector = reader.u32();
    let count = usize::try_from(reader.u32()).map_err(|_| End::FLOOD)?;
    if reader.failed() || vector != VECTOR || reader.len() != count.saturating_mul(8) {
        return Err(End::INVALID);
    }
    if count > IDS_MAX {
        return Err(End::FLOOD);
    }
    Ok((0..count).map(|_| reader.i64()).collect())
}

/// The message ends here, and nothing was wrong with it.
fn end(reader: Reader<'_>) -> Result<(), End> {
    reader.finish().map_err(|_| End::INVALID)
}
