//! Seals and frames what is queued, and writes it in one piece.
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use ferogram_sync::mtproto::ServerFraming;

use super::item::{Item, Letter};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::faults::Flow;
use crate::wire::ids::MSG_CONTAINER;
use crate::wire::{Kind, MsgIds, Sealed, part_len, put_part, seal};

/// The longest beginning of a connection that tells its framing: the obfuscated one.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
const FIRST_BYTES: usize = 64;

/// No container is filled beyond this; a longer message goes in one of its own, or alone.
const CONTAINER_BYTES: usize = 256 * 1024;

/// As many messages as clients are used to see in a container.
const CONTAINER_MESSAGES: usize = 100;

/// A buffer that grew beyond this is given back.
const BUFFER_KEPT: usize = 4 * 1024 * 1024;

/// The sending half of a connection.
pub(super) struct Writer {
    stream: TcpStream,
    flow: Flow,
    /// It has seen the first bytes only: what comes in later is read by the connection's thread
    /// through a framing of its own.
    framing: ServerFraming,
    seen: usize,
    chance: Chance,
    ids: Arc<MsgIds>,
    clock: Arc<Clock>,
    out: Vec<u8>,
}

impl Writer {
    pub(super) fn new(stream: TcpStream, flow: Flow, ids: Arc<MsgIds>, clock: Arc<Clock>) -> Self {
        Self {
            stream,
            flow,
            framing: ServerFraming::new(),
            seen: 0,
            chance: Chance::new(),
            ids,
            clock,
            out: Vec::new(),
        }
    }

    pub(super) fn learn(&mut self, first: &[u8]) -> bool {
        let count = first.len().min(FIRST_BYTES - self.seen);
        self.framing.receive(&first[..count]);
        self.seen += count;
        self.framing.transport().is_some()
    }

    /// Sends the items. After an error the connection is of no use.
    pub(super) fn send(&mut self, items: Vec<Item>) -> io::Result<()> {
        if self.framing.transport().is_none() {
            return Err(io::ErrorKind::NotConnected.into());
        }
        self.out.clear();
        let ends = items.iter().any(|item| matches!(item, Item::Error(_)));
        let mut letters: Vec<Letter> = Vec::new();
        for item in items {
            let item = match item {
                Item::Letter(letter) => {
                    letters.push(letter);
                    continue;
                }
                other => other,
            };
            self.put_letters(&mut letters);
            match item {
                Item::QuickAck(token) => {
                    self.framing
                        .write_quick_ack(token, &mut self.out, &mut self.chance);
                }
                Item::Plain(body) => self.put_plain(&body),
                Item::Error(code) => {
                    self.framing
                        .write_error(code, &mut self.out, &mut self.chance);
                    break;
                }
                Item::Letter(_) => unreachable!("letters are gathered above"),
            }
        }
        self.put_letters(&mut letters);
        let passage = self.flow.pass(&mut self.out);
        self.stream.write_all(&self.out[..passage.count])?;
        if self.out.capacity() > BUFFER_KEPT {
            self.out = Vec::new();
        }
        if passage.ends {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        if ends {
            self.stream.shutdown(Shutdown::Write)?;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// A message that nothing encrypts.
    ///
    /// See <https://core.telegram.org/mtproto/description#unencrypted-message>.
    fn put_plain(&mut self, body: &[u8]) {
        let msg_id = self.ids.next(self.clock.now(), Kind::Answer);
        let frame = self.framing.begin(20 + body.len(), &mut self.out);
        let length = u32::try_from(body.len()).expect("answers of the key exchange are short");
        self.out.extend_from_slice(&0_i64.to_le_bytes());
        self.out.extend_from_slice(&msg_id.to_le_bytes());
        self.out.extend_from_slice(&length.to_le_bytes());
        self.out.extend_from_slice(body);
        self.framing.end(frame, &mut self.out, &mut self.chance);
    }

    /// Seals letters in as few packets as may be.
    fn put_letters(&mut self, letters: &mut Vec<Letter>) {
        let mut rest = &letters[..];
        while let Some(first) = rest.first() {
            let (mut count, mut bytes) = (1, part_len(&first.message));
            for letter in &rest[1..] {
                let longer = bytes + part_len(&letter.message);
                let together = Arc::ptr_eq(&letter.key, &first.key)
                    && letter.session_id == first.session_id
                    && letter.salt == first.salt
                    && longer <= CONTAINER_BYTES
                    && count < CONTAINER_MESSAGES;
                if !together {
                    break;
                }
                (count, bytes) = (count + 1, longer);
            }
            let (packet, later) = rest.split_at(count);
            self.put_packet(packet, bytes);
            rest = later;
        }
        letters.clear();
    }

    /// Seals some letters of one session, which take `bytes` as parts of a container.
    fn put_packet(&mut self, letters: &[Letter], bytes: usize) {
        let last = letters.last().expect("a packet has messages");
        let mut to = Sealed {
            key: &last.key,
            salt: last.salt,
            session_id: last.session_id,
            msg_id: last.message.msg_id,
            seq_no: last.message.seq_no,
        };
        if letters.len() == 1 && !last.again {
            let message = &last.message;
            self.seal(&to, message.len(), |out| message.write(out));
            return;
        }
        to.msg_id = self.ids.next(self.clock.now(), Kind::Answer);
        to.seq_no = last.container_seq_no;
        let count = u32::try_from(letters.len()).expect("containers are limited");
        self.seal(&to, 8 + bytes, |out| {
            out.extend_from_slice(&MSG_CONTAINER.to_le_bytes());
            out.extend_from_slice(&count.to_le_bytes());
            for letter in letters {
                put_part(&letter.message, out);
            }
        });
    }

    fn seal(&mut self, to: &Sealed<'_>, body_len: usize, body: impl FnOnce(&mut Vec<u8>)) {
        let (length, _) = Sealed::measure(body_len);
        let frame = self.framing.begin(length, &mut self.out);
        seal(to, body_len, body, &mut self.chance, &mut self.out);
        self.framing.end(frame, &mut self.out, &mut self.chance);
    }
}
