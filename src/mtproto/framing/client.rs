//! The client's side of a connection's framing.
use super::abridged;
use super::error::{FramingError, TransportError};
use super::extent::{Frame, Reader};
use super::inbox::Inbox;
use super::intermediate;
use super::obfuscation::Obfuscation;
use super::padded;
use super::signal::{self, MESSAGE_MIN, Signal};
use super::stream::{Codec, Found, Stream};
use crate::entropy::Entropy;
use crate::mtproto::Transport;

/// Cuts the bytes of one connection into packets, and puts frames around packets to send.
///
/// A value serves one connection: a new connection needs a new value.
///
/// ```
/// use ferogram_sync::mtproto::{Framing, Packet, Transport};
/// # struct Dice;
/// # impl ferogram_sync::Entropy for Dice {
/// #     fn fill(&mut self, bytes: &mut [u8]) { bytes.fill(4); }
/// # }
/// # let mut entropy = Dice;
/// let mut framing = Framing::new(&Transport::Intermediate, 2, &mut entropy);
/// let mut out = Vec::new();
/// let frame = framing.begin(4, false, &mut out);
/// out.extend_from_slice(&[1, 2, 3, 4]);
/// framing.end(frame, &mut out, &mut entropy);
/// assert_eq!(out, [0xee, 0xee, 0xee, 0xee, 4, 0, 0, 0, 1, 2, 3, 4]);
///
/// framing.receive(&[4, 0, 0, 0, 0x6c, 0xfe, 0xff]);
/// assert!(matches!(framing.next_packet(), Ok(None)));
/// framing.receive(&[0xff]);
/// assert!(matches!(framing.next_packet(), Ok(Some(Packet::Error(error))) if error.0 == -404));
/// ```
#[derive(Debug)]
pub struct Framing {
    stream: Stream,
    /// What has to be sent before the first frame.
    init: Vec<u8>,
}

/// What came whole.
#[derive(Debug, PartialEq, Eq)]
pub enum Packet<'a> {
    /// A message, to be opened in place. It is gone from the stream's point of view.
    Payload(&'a mut [u8]),
    /// The server has received the message with this token (see [`crate::mtproto::seal`]).
    QuickAck(u32),
    /// The server refuses something, and mostly closes the connection.
    Error(TransportError),
}

impl Framing {
    /// For a new connection. `dc` is the number of the data centre as the protocol carries it;
    /// obfuscated connections tell it to the server.
    ///
    /// # Panics
    ///
    /// When `entropy` is broken: when it gives dozens of times in a row what must not begin an
    /// obfuscated connection.
    pub fn new(transport: &Transport, dc: i16, entropy: &mut dyn Entropy) -> Self {
        let (init, obfuscation) = match *transport {
            Transport::Abridged => (abridged::INIT.to_vec(), None),
            Transport::Intermediate => (intermediate::INIT.to_vec(), None),
            Transport::PaddedIntermediate => (padded::INIT.to_vec(), None),
            Transport::Full => (Vec::new(), None),
            Transport::Obfuscated(tag) => {
                let (header, ciphers) = Obfuscation::start(tag, dc, entropy);
                (header.to_vec(), Some(ciphers))
            }
        };
        let codec = Codec::from(*transport);
        Self {
            stream: Stream::new(codec, Reader::Client, Inbox::default(), obfuscation),
            init,
        }
    }

    /// Begins a frame for a packet of `packet_len` bytes: writes the connection's first bytes if
    /// this is its first frame, and the frame's header. The caller then appends the packet to
    /// `out` and calls [`Framing::end`].
    ///
    /// `quick_ack` asks the server to say at once that it received the packet; full framing does
    /// not know that and does not ask.
    ///
    /// # Panics
    ///
    /// When the packet is longer than [`super::MAX_PACKET`], or in abridged and full framing when
    /// its length is not a multiple of 4.
    pub fn begin(&mut self, packet_len: usize, quick_ack: bool, out: &mut Vec<u8>) -> Frame {
        out.append(&mut self.init);
        self.stream.begin(packet_len, quick_ack, out)
    }

    /// Ends a frame: padding, checksum and obfuscation, all in place. Nothing but the packet may
    /// have been written since [`Framing::begin`].
    ///
    /// # Panics
    ///
    /// When the packet is not as long as was said when the frame was begun.
    pub fn end(&mut self, frame: Frame, out: &mut Vec<u8>, entropy: &mut dyn Entropy) {
        self.stream.end(frame, out, entropy);
    }

    /// Takes bytes as they came from the socket. Call [`Framing::next_packet`] after it until
    /// nothing comes any more.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.stream.receive(bytes);
    }

    /// The next packet, or `None` when more bytes are needed.
    ///
    /// # Errors
    ///
    /// When the stream cannot be read any further; every later call gives the same error.
    pub fn next_packet(&mut self) -> Result<Option<Packet<'_>>, FramingError> {
        loop {
            match self.stream.find()? {
                None => return Ok(None),
                Some(Found::Token(token)) => return Ok(Some(Packet::QuickAck(token))),
                Some(Found::Error(code)) => return Ok(Some(Packet::Error(TransportError(code)))),
                Some(Found::Packet { place, .. }) if place.len() >= MESSAGE_MIN => {
                    return Ok(Some(Packet::Payload(self.stream.packet(place))));
                }
                Some(Found::Packet { place, .. }) => {
                    let padded = self.stream.is_padded();
                    match signal::read(self.stream.packet(place), padded) {
                        Ok(Signal::Nothing) => {}
                        Ok(Signal::QuickAck(token)) => return Ok(Some(Packet::QuickAck(token))),
                        Ok(Signal::Error(code)) => {
                            return Ok(Some(Packet::Error(TransportError(code))));
                        }
                        Err(error) => {
                            self.stream.fail(error);
                            return Err(error);
                        }
                    }
                }
            }
        }
    }
}
