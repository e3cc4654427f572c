//! Messages of the server: the checks that each has to pass, and the wrappings around them.
use std::borrow::Cow;
use std::time::Instant;

use super::fault::Fault;
use super::gzip;
use super::ids::{MsgId, is_content_related};
use super::received::Novelty;
use super::service::{BAD_MSG_NOTIFICATION, BAD_SERVER_SALT, Kind, Notice};
use super::session::Session;
use crate::entropy::Entropy;
use crate::mtproto::{Event, Header};
use crate::tl::{DecodeError, DecodeErrorKind, Reader};

/// How many messages a container of the server may hold. The official page allows 1024; a few more
/// harm nobody.
///
/// See <https://core.telegram.org/mtproto/service_messages#simple-container>.
const MEMBERS_MAX: u32 = 4096;

/// One packet while it is looked at.
pub(super) struct Packet<'e> {
    pub(super) now: Instant,
    /// The salt in its header: the one that the server uses.
    pub(super) salt: i64,
    /// How many bytes the compressed objects in it may still expand to.
    pub(super) budget: usize,
    pub(super) entropy: &'e mut dyn Entropy,
}

/// Where an object was found.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) id: MsgId,
    contained: bool,
    packed: bool,
    /// Whether it belongs to the session before this one.
    pub(super) late: bool,
}

impl Session {
    /// Takes a message that was sealed with the key of this session.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        header: &Header,
        body: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<(), Fault> {
        let late = header.session_id != self.id;
        if late && self.previous != Some(header.session_id) {
            return Err(Fault::ForeignSession);
        }
        let id = MsgId(header.msg_id);
        if !id.is_from_server() {
            return Err(Fault::ClientId);
        }
        if late {
            // Only the last words on what is stranded count, and each of these only once.
            if self.pending.stranded().is_empty() || !self.clock.is_acceptable(now, id) {
                return Ok(());
            }
        } else {
            self.check_time(now, id, body)?;
            if self.received.insert(id) != Novelty::New {
                self.acknowledge(now, id, header.seq_no);
                return Ok(());
            }
            self.clock.raise(now, id);
        }
        let mut packet = Packet {
            now,
            salt: header.salt,
            budget: gzip::EXPANSION_MAX,
            entropy,
        };
        let origin = Origin {
            id,
            contained: false,
            packed: false,
            late,
        };
        self.object(&mut packet, origin, Cow::Borrowed(body))?;
        if !late {
            self.acknowledge(now, id, header.seq_no);
        }
        Ok(())
    }

    /// A message must have been made lately, if the clock is known to be right. What repairs the
    /// clock is let through.
    ///
    /// See <https://core.telegram.org/mtproto/security_guidelines#checking-msg-id>.
    fn check_time(&mut self, now: Instant, id: MsgId, body: &[u8]) -> Result<(), Fault> {
        let fits = !self.clock.is_trusted() || self.clock.is_acceptable(now, id);
        if fits || self.repairs_the_clock(body) {
            return Ok(());
        }
        let seconds = id.time().as_secs() as i64 - i64::from(self.clock.seconds(now));
        // Perhaps it is our clock: the next answer on a new connection will tell.
        self.clock.doubt();
        Err(Fault::Time { seconds })
    }

    /// Whether this is the rejection of a message that we have sent just now.
    fn repairs_the_clock(&self, body: &[u8]) -> bool {
        let mut reader = Reader::new(body);
        let id = reader.u32();
        let names = MsgId(reader.i64());
        matches!(id, BAD_MSG_NOTIFICATION | BAD_SERVER_SALT) && self.sent.get(names).is_some()
    }

    /// Every content-related message has to be acknowledged, also when it comes again.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    fn acknowledge(&mut self, now: Instant, id: MsgId, seq_no: i32) {
        if is_content_related(seq_no) {
            self.acks.push(now, id);
        }
    }

    fn object(
        &mut self,
        packet: &mut Packet<'_>,
        origin: Origin,
        body: Cow<'_, [u8]>,
    ) -> Result<(), Fault> {
        match Kind::of(&body) {
            Kind::Container if origin.contained || origin.packed => Err(Fault::Nesting),
            Kind::Container => self.container(packet, origin, &body),
            Kind::Packed if origin.packed => Err(Fault::Nesting),
            Kind::Packed => match gzip::unpack(&body[4..], &mut packet.budget) {
                Ok(object) => {
                    let origin = Origin {
                        packed: true,
                        ..origin
                    };
                    self.object(packet, origin, Cow::Owned(object))
                }
                // It can have been an update, and the server would only send it again as it is.
                Err(_) => {
                    if !origin.late {
                        self.tell_update(Event::UpdatesLost);
                    }
                    Ok(())
                }
            },
            Kind::Result => self.result(packet, origin, body),
            Kind::Other => match Notice::read(&body)? {
                Some(Notice::Bad { id, code, .. }) if origin.late => {
                    self.bad_late(id, code);
                    Ok(())
                }
                _ if origin.late => Ok(()),
                Some(notice) => self.react(packet, origin, notice, &body),
                None => self.update(body),
            },
        }
    }

    /// What is no message of the protocol is one of the API: an update.
    pub(super) fn update(&mut self, body: Cow<'_, [u8]>) -> Result<(), Fault> {
        if body.len() < 4 {
            return Err(Fault::Service(DecodeError {
                kind: DecodeErrorKind::Truncated,
                offset: 0,
            }));
        }
        self.tell_update(Event::Update(body.into_owned()));
        Ok(())
    }

    /// A container is not acknowledged itself, its members are.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#containers>.
    fn container(
        &mut self,
        packet: &mut Packet<'_>,
        container: Origin,
        body: &[u8],
    ) -> Result<(), Fault> {
        let mut reader = Reader::new(body);
        reader.u32();
        let count = reader.u32();
        if count > MEMBERS_MAX {
            return Err(Fault::ContainerCount { count });
        }
        for _ in 0..count {
            let id = MsgId(reader.i64());
            let seq_no = reader.i32();
            let length = usize::try_from(reader.i32()).map_err(|_| Fault::Container)?;
            let member = reader.raw(length);
            if reader.failed() {
                return Err(Fault::Container);
            }
            self.member(packet, container, (id, seq_no), member)?;
        }
        reader.finish().map_err(|_| Fault::Container)
    }

    /// One message of a container. It may be old: messages that were not acknowledged come again
    /// like this.
    fn member(
        &mut self,
        packet: &mut Packet<'_>,
        container: Origin,
        (id, seq_no): (MsgId, i32),
        body: &[u8],
    ) -> Result<(), Fault> {
        if !id.is_from_server() || id >= container.id {
            return Err(Fault::InnerId);
        }
        let origin = Origin {
            id,
            contained: true,
            packed: false,
            late: container.late,
        };
        if origin.late {
            return self.object(packet, origin, Cow::Borrowed(body));
        }
        if self.received.insert(id) == Novelty::New {
            self.object(packet, origin, Cow::Borrowed(body))?;
        }
        self.acknowledge(packet.now, id, seq_no);
        Ok(())
    }
}
