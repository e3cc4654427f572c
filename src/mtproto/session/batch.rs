//! One packet to be sent: which messages go into it, and their bytes.
use std::ops::Range;

use super::ids::MsgId;
use super::sent::{Content, Message};
use super::service::{MSG_CONTAINER, Service};
use crate::mtproto::RequestId;

/// The most messages in one container: other clients put up to 1020 into one, the official page
/// allows 1024.
///
/// See <https://core.telegram.org/mtproto/service_messages#simple-container>.
const MESSAGES_MAX: usize = 1000;

/// The most bytes of a container: no server is known to take more.
const BYTES_MAX: usize = 1 << 20;

/// A container that has grown so long is sent; the next message goes into another one, so that the
/// server can begin to work.
const BYTES_ENOUGH: usize = 64 << 10;

/// Before the members: constructor id and count.
const CONTAINER_HEADER: usize = 8;

/// Before each member: message id, number and length.
const MEMBER_HEADER: usize = 16;

/// The messages of one packet.
pub(super) struct Batch {
    pub(super) parts: Vec<Part>,
    /// The session's own messages among them, serialised.
    services: Vec<u8>,
    len: usize,
    pub(super) in_container: bool,
    /// Requests whose caller wants to know when the packet has arrived.
    pub(super) quick: Vec<RequestId>,
}

/// One message.
pub(super) struct Part {
    pub(super) msg_id: MsgId,
    pub(super) seq_no: i32,
    len: usize,
    pub(super) source: Source,
    /// Whether it was sent under the same id before: only within a container may it go again.
    pub(super) repeated: bool,
}

/// Where the bytes of a message are.
pub(super) enum Source {
    Service(Range<usize>, Option<Service>),
    Bind(Range<usize>),
    Greeting(Range<usize>),
    Request(RequestId, Wrapping),
}

/// What stands before a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrapping {
    pub(super) prefix: bool,
    pub(super) without_updates: bool,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self {
            parts: Vec::new(),
            services: Vec::new(),
            len: CONTAINER_HEADER,
            in_container: false,
            quick: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.parts.clear();
        self.services.clear();
        self.len = CONTAINER_HEADER;
        self.in_container = false;
        self.quick.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether a message of this length may join.
    pub(super) fn has_room(&self, len: usize) -> bool {
        self.parts.is_empty()
            || self.parts.len() < MESSAGES_MAX && self.len < BYTES_ENOUGH && self.fits(len)
    }

    /// Whether a container with a message of this length more is still one that servers take.
    pub(super) fn fits(&self, len: usize) -> bool {
        self.len + MEMBER_HEADER + len < BYTES_MAX
    }

    /// Adds a service message.
    pub(super) fn push_service(&mut self, (msg_id, seq_no): (MsgId, i32), service: Service) {
        let range = self.append(|out| service.write(out));
        let source = Source::Service(range.clone(), Some(service));
        self.push_own((msg_id, seq_no), range.len(), source);
    }

    /// Adds the request that binds a key; `write` appends it.
    pub(super) fn push_bind(
        &mut self,
        (msg_id, seq_no): (MsgId, i32),
        write: impl FnOnce(&mut Vec<u8>),
    ) {
        let range = self.append(write);
        self.push_own((msg_id, seq_no), range.len(), Source::Bind(range));
    }

    /// Adds the request that begins the updates; `write` appends it.
    pub(super) fn push_greeting(
        &mut self,
        (msg_id, seq_no): (MsgId, i32),
        write: impl FnOnce(&mut Vec<u8>),
    ) {
        let range = self.append(write);
        self.push_own((msg_id, seq_no), range.len(), Source::Greeting(range));
    }

    fn append(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Range<usize> {
        let start = self.services.len();
        write(&mut self.services);
        start..self.services.len()
    }

    fn push_own(&mut self, (msg_id, seq_no): (MsgId, i32), len: usize, source: Source) {
        self.push(Part {
            msg_id,
            seq_no,
            len,
            source,
            repeated: false,
        });
    }

    /// Adds a request whose body has this length with all that stands before it.
    pub(super) fn push_request(
        &mut self,
        (msg_id, seq_no): (MsgId, i32),
        request: (RequestId, Wrapping),
        len: usize,
        repeated: bool,
    ) {
        self.push(Part {
            msg_id,
            seq_no,
            len,
            source: Source::Request(request.0, request.1),
            repeated,
        });
    }

    fn push(&mut self, part: Part) {
        self.len += MEMBER_HEADER + part.len;
        self.parts.push(part);
    }

    /// The only message, if it may travel without a container.
    pub(super) fn single(&self) -> Option<(MsgId, i32)> {
        match &self.parts[..] {
            [part] if !part.repeated => Some((part.msg_id, part.seq_no)),
            _ => None,
        }
    }

    /// The length of the packet's body.
    pub(super) fn body_len(&self) -> usize {
        match &self.parts[..] {
            [part] if !self.in_container => part.len,
            _ => self.len,
        }
    }

    /// Appends the packet's body. `write_request` appends a request with what stands before it.
    pub(super) fn write(
        &self,
        out: &mut Vec<u8>,
        write_request: impl Fn(RequestId, Wrapping, &mut Vec<u8>),
    ) {
        if self.in_container {
            out.extend_from_slice(&MSG_CONTAINER.to_le_bytes());
            out.extend_from_slice(&(self.parts.len() as u32).to_le_bytes()); // at most a thousand
        }
        for part in &self.parts {
            if self.in_container {
                out.extend_from_slice(&part.msg_id.0.to_le_bytes());
                out.extend_from_slice(&part.seq_no.to_le_bytes());
                out.extend_from_slice(&(part.len as u32).to_le_bytes()); // below a mebibyte
            }
            match &part.source {
                Source::Service(range, _) | Source::Bind(range) | Source::Greeting(range) => {
                    out.extend_from_slice(&self.services[range.clone()]);
                }
                Source::Request(id, wrapping) => write_request(*id, *wrapping, out),
            }
        }
    }
}

impl Part {
    /// What has to be remembered of it. Answers to the server are not: it asks again if they are
    /// lost.
    pub(super) fn record(&mut self, carrier: MsgId) -> Option<Message> {
        let content = match &mut self.source {
            Source::Service(_, service) => match service.take()? {
                Service::Pong { .. } | Service::StateInfo { .. } => return None,
                service => Content::Service(service),
            },
            Source::Bind(_) => Content::Bind,
            Source::Greeting(_) => Content::Greeting,
            Source::Request(id, _) => Content::Request(*id),
        };
        Some(Message { content, carrier })
    }
}
