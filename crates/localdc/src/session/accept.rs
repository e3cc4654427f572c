//! Which messages of a packet are accepted, and what is said to those that are not.
use std::sync::Arc;
use std::time::Duration;

use super::code::Code;
use super::history::{Entry, State};
use super::key::KeyState;
use super::session::{Session, Stamp};
use crate::line::{Item, Letter, Line};
use crate::wire::ids::{
    BAD_MSG_NOTIFICATION, BAD_SERVER_SALT, DESTROY_AUTH_KEY, DESTROY_SESSION, GET_FUTURE_SALTS,
    HTTP_WAIT, MSG_COPY, MSG_DETAILED_INFO, MSG_RESEND_ANS_REQ, MSG_RESEND_REQ, MSGS_ACK,
    MSGS_ALL_INFO, MSGS_STATE_INFO, MSGS_STATE_REQ, PING, PING_DELAY_DISCONNECT, PONG,
    RPC_DROP_ANSWER,
};
use crate::wire::{Kind, Lead, Malformed, Message, MsgIds, Part, split, time_of};

/// How old a message may be, in seconds.
///
/// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
const OLD_MAX: i64 = 300;

/// How far in the future its time may be, in seconds.
const AHEAD_MAX: i64 = 30;

/// A decrypted packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outer<'a> {
    pub(crate) salt: i64,
    pub(crate) session_id: i64,
    pub(crate) part: Part<'a>,
}

/// A message of an accepted packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted<'a> {
    /// It has not come before.
    New(Part<'a>),
    /// It has come before.
    Again(Part<'a>),
    /// Nobody knows whether it has come before.
    TooOld(Part<'a>),
}

impl KeyState {
    /// Takes a packet in: checks it, opens its session if there is none, remembers its messages and
    /// makes this connection the session's. What is wrong is answered at once; such a packet gives
    /// no messages.
    pub(crate) fn accept<'a>(
        &mut self,
        outer: &Outer<'a>,
        line: &Arc<Line>,
        now: Duration,
        ids: &MsgIds,
        unique_id: impl FnOnce() -> i64,
    ) -> Vec<Accepted<'a>> {
        let stamp = self.stamp(now, ids);
        match self.take_in(outer, now) {
            Err(code) => {
                self.refuse(outer, code, line, stamp);
                Vec::new()
            }
            Ok((accepted, is_new)) => {
                self.heard += 1;
                let heard = self.heard;
                let session = self
                    .session(outer.session_id)
                    .expect("the session was opened when the packet was taken in");
                session.heard = heard;
                session.attach(line, stamp);
                let lowest = lowest_id(outer, &accepted);
                if session.lower_first(lowest) || is_new {
                    session.announce(unique_id(), stamp);
                }
                for message in &accepted {
                    if let Accepted::TooOld(part) = message {
                        session.reply(notification(part, Code::TooOld), stamp);
                    }
                }
                accepted
            }
        }
    }

    fn take_in<'a>(
        &mut self,
        outer: &Outer<'a>,
        now: Duration,
    ) -> Result<(Vec<Accepted<'a>>, bool), Code> {
        check_id(outer.part.msg_id, now)?;
        if !self.salts.accepts(outer.salt, now) {
            return Err(Code::Salt);
        }
        let parts = match split(&outer.part) {
            Err(Malformed) => return Err(Code::Container),
            Ok(Some(parts)) => Some(parts),
            Ok(None) => None,
        };
        let is_new = self.session(outer.session_id).is_none();
        let session = self.open_session(outer.session_id, outer.part.msg_id);
        let accepted = match parts {
            Some(parts) => session.take_container(&outer.part, &parts, now),
            None => session.take_single(&outer.part),
        };
        if is_new && accepted.is_err() {
            self.forget_session(outer.session_id);
        }
        Ok((accepted?, is_new))
    }

    /// Tells the client why its packet is not accepted.
    fn refuse(&mut self, outer: &Outer<'_>, code: Code, line: &Line, stamp: Stamp<'_>) {
        let body = if code == Code::Salt {
            let mut body = BAD_SERVER_SALT.to_le_bytes().to_vec();
            put_bad(&mut body, &outer.part, code);
            body.extend(stamp.salt.to_le_bytes());
            body
        } else {
            notification(&outer.part, code)
        };
        // The session may not exist; where it does, such messages do not count in it.
        let seq_no = self
            .session(outer.session_id)
            .map_or(0, |session| session.even_seq_no());
        line.queue(Item::Letter(Letter {
            key: Arc::clone(self.auth()),
            session_id: outer.session_id,
            salt: stamp.salt,
            message: Arc::new(Message {
                msg_id: stamp.ids.next(stamp.now, Kind::Answer),
                seq_no,
                lead: Lead::Whole,
                method: 0,
                body,
            }),
            container_seq_no: seq_no,
            again: false,
            is_judged: false,
        }));
    }
}

impl Session {
    fn take_single<'a>(&mut self, part: &Part<'a>) -> Result<Vec<Accepted<'a>>, Code> {
        if self.history.find(part.msg_id).is_some() {
            return Ok(vec![Accepted::Again(*part)]);
        }
        if self.history.may_have_forgotten(part.msg_id) {
            return Err(Code::TooOld);
        }
        self.remember(part)?;
        self.history.trim();
        Ok(vec![Accepted::New(*part)])
    }

    /// A container is accepted or refused as a whole.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#simple-container>.
    fn take_container<'a>(
        &mut self,
        outer: &Part<'a>,
        parts: &[Part<'a>],
        now: Duration,
    ) -> Result<Vec<Accepted<'a>>, Code> {
        let mut accepted = Vec::with_capacity(parts.len());
        let mut verdict = self.check_container(outer);
        for part in parts {
            if verdict.is_err() {
                break;
            }
            if part.msg_id >= outer.msg_id {
                verdict = Err(Code::Container);
            } else if part.msg_id & 3 != 0 {
                verdict = Err(Code::LowBits);
            } else if self.history.find(part.msg_id).is_some() {
                accepted.push(Accepted::Again(*part));
            } else if self.history.may_have_forgotten(part.msg_id)
                || time_of(part.msg_id) < whole(now) - OLD_MAX
            {
                accepted.push(Accepted::TooOld(*part));
            } else {
                verdict = self.remember(part);
                if verdict.is_ok() {
                    accepted.push(Accepted::New(*part));
                }
            }
        }
        let verdict = verdict.and_then(|()| {
            self.history.check_order(outer.msg_id, outer.seq_no)?;
            self.history.insert(Entry {
                msg_id: outer.msg_id,
                seq_no: outer.seq_no,
                state: State::Handled,
            });
            Ok(())
        });
        if let Err(code) = verdict {
            for message in accepted {
                if let Accepted::New(part) = message {
                    self.history.remove(part.msg_id);
                }
            }
            return Err(code);
        }
        self.history.trim();
        Ok(accepted)
    }

    fn check_container(&self, outer: &Part<'_>) -> Result<(), Code> {
        if self.history.find(outer.msg_id).is_some() {
            Err(Code::ContainerId)
        } else if self.history.may_have_forgotten(outer.msg_id) {
            Err(Code::TooOld)
        } else if outer.seq_no & 1 == 1 {
            Err(Code::SeqOdd)
        } else {
            Ok(())
        }
    }

    fn remember(&mut self, part: &Part<'_>) -> Result<(), Code> {
        let odd = part.seq_no & 1 == 1;
        let class = Class::of(part);
        match class {
            Class::Bare if odd => return Err(Code::SeqOdd),
            Class::Query if !odd => return Err(Code::SeqEven),
            _ => {}
        }
        self.history.check_order(part.msg_id, part.seq_no)?;
        self.history.insert(Entry {
            msg_id: part.msg_id,
            seq_no: part.seq_no,
            state: match class {
                Class::Query => State::Running,
                Class::Bare | Class::Service => State::Handled,
            },
        });
        Ok(())
    }
}

/// Messages by what the protocol says of their sequence numbers.
///
/// See <https://core.telegram.org/mtproto/description#content-related-message>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// It needs no acknowledgment: even.
    Bare,
    /// Clients send it one way or the other.
    Service,
    /// It needs one: odd.
    Query,
}

impl Class {
    fn of(part: &Part<'_>) -> Self {
        match part.constructor() {
            HTTP_WAIT | MSG_COPY => Self::Bare,
            // An acknowledgment ought to be even, and ours are. mtcute's are odd, and it would not
            // be in use if that cost it its sessions: whether Telegram looks is not documented.
            MSGS_ACK
            | PING
            | PING_DELAY_DISCONNECT
            | PONG
            | GET_FUTURE_SALTS
            | MSGS_STATE_REQ
            | MSGS_STATE_INFO
            | MSGS_ALL_INFO
            | MSG_DETAILED_INFO
            | MSG_RESEND_REQ
            | MSG_RESEND_ANS_REQ
            | RPC_DROP_ANSWER
            | DESTROY_SESSION
            | DESTROY_AUTH_KEY => Self::Service,
            _ => Self::Query,
        }
    }
}

fn check_id(msg_id: i64, now: Duration) -> Result<(), Code> {
    let (time, now) = (time_of(msg_id), whole(now));
    if msg_id & 3 != 0 {
        Err(Code::LowBits)
    } else if time < now - OLD_MAX {
        Err(Code::TooLow)
    } else if time > now + AHEAD_MAX {
        Err(Code::TooHigh)
    } else {
        Ok(())
    }
}

/// The lowest id among the messages of a packet; what it was wrapped in does not count, unless it
/// was empty.
fn lowest_id(outer: &Outer<'_>, accepted: &[Accepted<'_>]) -> i64 {
    let new = accepted.iter().filter_map(|message| match message {
        Accepted::New(part) => Some(part.msg_id),
        Accepted::Again(_) | Accepted::TooOld(_) => None,
    });
    new.min().unwrap_or(outer.part.msg_id)
}

fn notification(part: &Part<'_>, code: Code) -> Vec<u8> {
    let mut body = BAD_MSG_NOTIFICATION.to_le_bytes().to_vec();
    put_bad(&mut body, part, code);
    body
}

fn put_bad(body: &mut Vec<u8>, part: &Part<'_>, code: Code) {
    body.extend(part.msg_id.to_le_bytes());
    body.extend(part.seq_no.to_le_bytes());
    body.extend((code as i32).to_le_bytes());
}

fn whole(now: Duration) -> i64 {
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}
