//! One connection's packets in both directions, from either side.
use std::fmt;
use std::ops::Range;

use super::abridged;
use super::error::FramingError;
use super::extent::{Extent, Frame, MAX_PACKET, Reader, Scan};
use super::full::Full;
use super::inbox::Inbox;
use super::intermediate;
use super::obfuscation::Obfuscation;
use super::padded;
use crate::entropy::Entropy;
use crate::mtproto::{PaddingPool, Tag, Transport};

/// The framings, without what is around them.
#[derive(Debug)]
pub(super) enum Codec {
    Abridged,
    Intermediate,
    Padded(PaddingPool),
    Full(Full),
}

impl From<Tag> for Codec {
    fn from(tag: Tag) -> Self {
        match tag {
            Tag::Abridged => Self::Abridged,
            Tag::Intermediate => Self::Intermediate,
            Tag::PaddedIntermediate => Self::Padded(PaddingPool::new()),
        }
    }
}

impl From<Transport> for Codec {
    fn from(transport: Transport) -> Self {
        match transport {
            Transport::Abridged => Self::Abridged,
            Transport::Intermediate => Self::Intermediate,
            Transport::PaddedIntermediate => Self::Padded(PaddingPool::new()),
            Transport::Full => Self::Full(Full::default()),
            Transport::Obfuscated(tag) => Self::from(tag),
        }
    }
}

/// Cuts what is received into packets and puts frames around what is sent, in place.
pub(super) struct Stream {
    codec: Codec,
    reader: Reader,
    inbox: Inbox,
    /// Boxed, as the ciphers are large and most connections have none.
    obfuscation: Option<Box<Obfuscation>>,
    /// After an error nothing can be read any more.
    failed: Option<FramingError>,
}

/// Something whole that was received.
pub(super) enum Found {
    Packet {
        place: Range<usize>,
        quick_ack: bool,
    },
    Token(u32),
    Error(i32),
}

impl Stream {
    /// `inbox` may hold bytes already: they are as they came from the socket.
    pub(super) fn new(
        codec: Codec,
        reader: Reader,
        mut inbox: Inbox,
        obfuscation: Option<Obfuscation>,
    ) -> Self {
        let mut obfuscation = obfuscation.map(Box::new);
        if let Some(ciphers) = &mut obfuscation {
            ciphers.incoming.apply(inbox.live_mut());
        }
        Self {
            codec,
            reader,
            inbox,
            obfuscation,
            failed: None,
        }
    }

    pub(super) fn is_padded(&self) -> bool {
        matches!(self.codec, Codec::Padded(_))
    }

    pub(super) fn receive(&mut self, bytes: &[u8]) {
        if self.failed.is_none() {
            let ciphers = self.obfuscation.as_mut();
            self.inbox
                .receive(bytes, ciphers.map(|it| &mut it.incoming));
        }
    }

    /// The next whole thing, taken out of the inbox.
    pub(super) fn find(&mut self) -> Result<Option<Found>, FramingError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let found = self.scan();
        if let Err(error) = found {
            self.fail(error);
        }
        found
    }

    fn scan(&mut self) -> Result<Option<Found>, FramingError> {
        let live = self.inbox.live();
        let scan = match &mut self.codec {
            Codec::Abridged => abridged::scan(live, self.reader),
            Codec::Intermediate => intermediate::scan(live, self.reader, MAX_PACKET),
            Codec::Padded(_) => padded::scan(live, self.reader),
            Codec::Full(full) => full.scan(live),
        }?;
        Ok(match scan {
            Scan::More => {
                self.inbox.rest();
                None
            }
            Scan::Frame(Extent {
                payload,
                end,
                quick_ack,
            }) => Some(Found::Packet {
                place: self.inbox.take(end, payload),
                quick_ack,
            }),
            Scan::Token(token) => {
                self.inbox.take(4, 0..0);
                Some(Found::Token(token))
            }
            Scan::Error(code) => {
                // What follows is no frame.
                self.inbox.clear();
                Some(Found::Error(code))
            }
        })
    }

    /// From now on only this error comes.
    pub(super) fn fail(&mut self, error: FramingError) {
        self.failed = Some(error);
        self.inbox.clear();
    }

    /// A packet that was found.
    pub(super) fn packet(&mut self, place: Range<usize>) -> &mut [u8] {
        self.inbox.taken(place)
    }

    pub(super) fn begin(&mut self, packet_len: usize, quick_ack: bool, out: &mut Vec<u8>) -> Frame {
        assert!(packet_len <= MAX_PACKET, "{packet_len} bytes in one packet");
        let start = out.len();
        match &mut self.codec {
            Codec::Abridged => abridged::put_header(packet_len, quick_ack, out),
            Codec::Intermediate | Codec::Padded(_) => {
                intermediate::put_header(packet_len, quick_ack, out);
            }
            Codec::Full(full) => full.put_header(packet_len, out),
        }
        Frame {
            start,
            payload: out.len(),
            packet_len,
        }
    }

    pub(super) fn end(&mut self, frame: Frame, out: &mut Vec<u8>, entropy: &mut dyn Entropy) {
        let packet_len = out.len() - frame.payload;
        assert_eq!(
            packet_len, frame.packet_len,
            "a packet is as long as was said"
        );
        match &mut self.codec {
            Codec::Abridged | Codec::Intermediate => {}
            Codec::Padded(pool) => padded::pad(frame.start, out, pool, entropy),
            Codec::Full(_) => Full::put_checksum(frame.start, out),
        }
        self.encrypt(frame.start, out);
    }

    /// A quick ack, where the framing has any.
    pub(super) fn put_quick_ack(
        &mut self,
        token: u32,
        out: &mut Vec<u8>,
        entropy: &mut dyn Entropy,
    ) {
        let start = out.len();
        match &mut self.codec {
            Codec::Abridged => abridged::put_quick_ack(token, out),
            Codec::Intermediate => intermediate::put_quick_ack(token, out),
            Codec::Padded(pool) => padded::put_quick_ack(token, out, pool, entropy),
            Codec::Full(_) => {}
        }
        self.encrypt(start, out);
    }

    fn encrypt(&mut self, start: usize, out: &mut [u8]) {
        if let Some(ciphers) = &mut self.obfuscation {
            ciphers.outgoing.apply(&mut out[start..]);
        }
    }
}

/// The bytes in the inbox may be secret: they are not shown.
impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("codec", &self.codec)
            .field("obfuscated", &self.obfuscation.is_some())
            .field("received", &self.inbox.live().len())
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}
