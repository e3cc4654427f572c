//! Answers to requests.
use std::borrow::Cow;

use super::binding::{Binding, Progress};
use super::fault::Fault;
use super::gzip;
use super::ids::MsgId;
use super::pending::Stage;
use super::receiving::{Origin, Packet};
use super::sent::Content;
use super::service::{
    GZIP_PACKED, RPC_ANSWER_DROPPED, RPC_ANSWER_DROPPED_RUNNING, RPC_ANSWER_UNKNOWN, RPC_ERROR,
};
use super::session::Session;
use crate::mtproto::{Answer, Cause, Event, RequestId, RpcError};
use crate::tl::{Deserialize, Reader};

/// Before the result: constructor id and the id of the request's message.
const RESULT_HEADER: usize = 12;

/// How often a request is sent again because the server wants to see the prefix first.
const REFUSALS_MAX: u8 = 3;

impl Session {
    /// `rpc_result`.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#response-to-an-rpc-query>.
    pub(super) fn result(
        &mut self,
        packet: &mut Packet<'_>,
        origin: Origin,
        body: Cow<'_, [u8]>,
    ) -> Result<(), Fault> {
        let mut reader = Reader::new(&body);
        reader.u32();
        let asked = MsgId(reader.i64());
        if let Some(error) = reader.error() {
            return Err(Fault::Service(*error));
        }
        let result = match body {
            Cow::Borrowed(body) => Cow::Borrowed(&body[RESULT_HEADER..]),
            Cow::Owned(mut body) => {
                body.drain(..RESULT_HEADER);
                Cow::Owned(body)
            }
        };
        if origin.late && self.stranded_request(asked).is_none() {
            return Ok(());
        }
        if asked == MsgId(0) {
            // Servers have been seen to wrap updates like this.
            return match unpacked(packet, result) {
                Ok(update) => self.update(update),
                Err(_) => {
                    self.tell_update(Event::UpdatesLost);
                    Ok(())
                }
            };
        }
        let Some(message) = self.sent.get(asked) else {
            return Ok(()); // Cancelled or answered before.
        };
        match message.content {
            Content::Request(id) => {
                self.proved(packet, origin);
                self.answer(packet, id, asked, result);
            }
            Content::Bind => {
                self.proved(packet, origin);
                self.sent.remove(asked);
                self.bound(packet, result);
            }
            Content::Greeting => {
                self.proved(packet, origin);
                self.sent.remove(asked);
                self.greeted(packet, asked, result);
            }
            // The answer to `rpc_drop_answer` tells nothing that anyone wants to know.
            Content::Service(_) => {
                self.proved(packet, origin);
                self.sent.remove(asked);
            }
            Content::Container => {}
        }
        Ok(())
    }

    /// The server has understood and answered a message of ours.
    pub(super) fn proved(&mut self, packet: &Packet<'_>, origin: Origin) {
        self.proven = true;
        self.strikes = 0;
        self.liveness.note_answer();
        self.clock.confirm(packet.now, origin.id);
    }

    fn answer(
        &mut self,
        packet: &mut Packet<'_>,
        id: RequestId,
        asked: MsgId,
        result: Cow<'_, [u8]>,
    ) {
        let result = match unpacked(packet, result) {
            Ok(result) => result,
            Err(problem) => return self.fail(id, Cause::Protocol(problem), None),
        };
        match constructor(&result) {
            Some(RPC_ERROR) => match read_error(&result) {
                Some(error) => self.answer_error(id, asked, error),
                None => {
                    let problem = "the server's error cannot be read".to_owned();
                    self.fail(id, Cause::Protocol(problem), None);
                }
            },
            Some(RPC_ANSWER_UNKNOWN | RPC_ANSWER_DROPPED_RUNNING | RPC_ANSWER_DROPPED) => {
                let problem = "the server has dropped the answer".to_owned();
                self.fail(id, Cause::Protocol(problem), None);
            }
            Some(_) => {
                let entry = self.pending.get(id);
                if entry.is_some_and(|e| e.prefixed == self.connection) {
                    self.initialised = true;
                }
                self.end(id, Ok(Answer::new(result.into_owned())));
            }
            None => {
                let problem = "the server's answer is empty".to_owned();
                self.fail(id, Cause::Protocol(problem), None);
            }
        }
    }

    /// Errors that are the link's own business lead to another attempt; a request that was answered
    /// with an error has not been carried out.
    ///
    /// See <https://core.telegram.org/api/invoking#saving-client-info> and
    /// <https://core.telegram.org/api/pfs>.
    fn answer_error(&mut self, id: RequestId, asked: MsgId, error: RpcError) {
        let wanted = self.wanted_first(&error);
        let Some(entry) = self.pending.get_mut(id) else {
            return;
        };
        let current = entry.current == asked && entry.stage != Stage::Queued;
        let stranded = entry.stage == Stage::Stranded;
        let again = match wanted {
            Some(Wanted::Prefix) => !entry.request.no_prefix,
            Some(Wanted::Binding) => true,
            None => false,
        };
        if again && !current {
            // It has been sent again since, or waits for that.
            self.sent.remove(asked);
            return;
        }
        if !again || entry.refused >= REFUSALS_MAX {
            return self.end(id, Err(error.into()));
        }
        entry.refused += 1;
        if !stranded {
            self.begin_again(asked, wanted);
        }
        self.sent.remove(asked);
        self.pending.requeue(id, true);
    }

    /// What an error says to be missing that is the link's own business.
    fn wanted_first(&self, error: &RpcError) -> Option<Wanted> {
        match &*error.message {
            "CONNECTION_NOT_INITED" | "CONNECTION_LAYER_INVALID" => {
                (!self.prefix.is_empty()).then_some(Wanted::Prefix)
            }
            "AUTH_KEY_PERM_EMPTY" => self.binding.is_some().then_some(Wanted::Binding),
            _ => None,
        }
    }

    /// The server, asked in this message, wants to see something first.
    fn begin_again(&mut self, asked: MsgId, wanted: Option<Wanted>) {
        self.initialised = false;
        // What was sent before the key was bound anew says nothing about that.
        if wanted == Some(Wanted::Binding)
            && let Some(binding) = &mut self.binding
            && asked > binding.asked
        {
            binding.progress = Progress::Needed;
        }
    }

    /// The answer to the request that begins the updates. Nobody wants to know it, but for an error
    /// of the API, as when nobody is signed in any more.
    fn greeted(&mut self, packet: &mut Packet<'_>, asked: MsgId, result: Cow<'_, [u8]>) {
        let Ok(result) = unpacked(packet, result) else {
            return;
        };
        if constructor(&result) != Some(RPC_ERROR) {
            self.initialised |= self.greeting.was_prefixed(asked);
            return;
        }
        let Some(error) = read_error(&result) else {
            return;
        };
        match self.wanted_first(&error) {
            None => self.tell(Event::UpdatesRefused(error)),
            wanted => {
                self.begin_again(asked, wanted);
                self.greeting.refused(asked);
            }
        }
    }

    /// The answer to `auth.bindTempAuthKey`.
    fn bound(&mut self, packet: &mut Packet<'_>, result: Cow<'_, [u8]>) {
        let Some(binding) = &mut self.binding else {
            return;
        };
        let Ok(result) = unpacked(packet, result) else {
            return;
        };
        if bool::from_bytes(&result) == Ok(true) {
            binding.progress = Progress::Bound;
        } else {
            let error = read_error(&result).map_or_else(String::new, |e| e.message);
            self.bind_failure = Some(Binding::failure(&error));
        }
    }

    /// Ends the oldest request of those that read like this: their results come without
    /// `rpc_result` around them, and do not name the message that they answer.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages>.
    pub(super) fn answer_bare(&mut self, asked: &[u8], body: &[u8]) {
        let oldest = self.pending.sent().into_iter().find(|id| {
            let entry = self.pending.get(*id);
            entry.is_some_and(|e| e.request.body == asked)
        });
        if let Some(id) = oldest {
            self.end(id, Ok(Answer::new(body.to_vec())));
        }
    }
}

/// What a server can want to see before it does what it is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Prefix,
    /// The temporary key, bound.
    Binding,
}

/// The object itself, if it came compressed.
fn unpacked<'a>(packet: &mut Packet<'_>, result: Cow<'a, [u8]>) -> Result<Cow<'a, [u8]>, String> {
    if constructor(&result) != Some(GZIP_PACKED) {
        return Ok(result);
    }
    gzip::unpack(&result[4..], &mut packet.budget)
        .map(Cow::Owned)
        .map_err(|e| e.to_string())
}

fn constructor(object: &[u8]) -> Option<u32> {
    object.first_chunk().map(|id| u32::from_le_bytes(*id))
}

/// `rpc_error`.
fn read_error(object: &[u8]) -> Option<RpcError> {
    let mut reader = Reader::new(object);
    let id = reader.u32();
    let code = reader.i32();
    let message = String::deserialize(&mut reader);
    let read = reader.finish().is_ok() && id == RPC_ERROR;
    read.then_some(RpcError::new(code, message))
}
