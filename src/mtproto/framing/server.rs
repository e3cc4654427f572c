//! The server's side of a connection's framing.
use super::abridged;
use super::error::FramingError;
use super::extent::{Frame, Reader, word};
use super::inbox::Inbox;
use super::intermediate;
use super::obfuscation::{HEADER, Obfuscation};
use super::padded;
use super::stream::{Codec, Found, Stream};
use crate::entropy::Entropy;
use crate::mtproto::Transport;

/// Finds out from a connection's first bytes which framing the client chose, and then cuts the
/// bytes into packets and puts frames around answers.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports>.
#[derive(Debug, Default)]
pub struct ServerFraming {
    state: State,
}

#[derive(Debug)]
enum State {
    /// The first bytes, too few to tell.
    Detecting(Inbox),
    Running(Box<Running>),
    Failed(FramingError),
}

#[derive(Debug)]
struct Running {
    stream: Stream,
    transport: Transport,
    dc: Option<i16>,
}

impl Default for State {
    fn default() -> Self {
        Self::Detecting(Inbox::default())
    }
}

/// A packet from a client.
#[derive(Debug, PartialEq, Eq)]
pub struct ServerPacket<'a> {
    /// The message, to be opened in place; it may be of any length.
    pub payload: &'a mut [u8],
    /// The client wants to be told at once that its message was received: answer by
    /// [`ServerFraming::write_quick_ack`].
    pub quick_ack_wanted: bool,
}

impl ServerFraming {
    /// For a new connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The framing, once it is known.
    #[must_use]
    pub fn transport(&self) -> Option<Transport> {
        match self.state {
            State::Running(ref running) => Some(running.transport),
            State::Detecting(_) | State::Failed(_) => None,
        }
    }

    /// The number of the data centre that an obfuscated connection asked for.
    #[must_use]
    pub fn dc(&self) -> Option<i16> {
        match self.state {
            State::Running(ref running) => running.dc,
            State::Detecting(_) | State::Failed(_) => None,
        }
    }

    /// Takes bytes as they came from the socket. Call [`ServerFraming::next_packet`] after it
    /// until nothing comes any more.
    pub fn receive(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Detecting(inbox) => {
                inbox.receive(bytes, None);
                match detect(inbox) {
                    Ok(None) => {}
                    Ok(Some(running)) => self.state = State::Running(Box::new(running)),
                    Err(error) => self.state = State::Failed(error),
                }
            }
            State::Running(running) => running.stream.receive(bytes),
            State::Failed(_) => {}
        }
    }

    /// The next packet, or `None` when more bytes are needed.
    ///
    /// # Errors
    ///
    /// When the client speaks something else, or the stream cannot be read any further; every
    /// later call gives the same error.
    pub fn next_packet(&mut self) -> Result<Option<ServerPacket<'_>>, FramingError> {
        let stream = match &mut self.state {
            State::Detecting(_) => return Ok(None),
            State::Failed(error) => return Err(*error),
            State::Running(running) => &mut running.stream,
        };
        match stream.find()? {
            None => Ok(None),
            Some(Found::Packet { place, quick_ack }) => Ok(Some(ServerPacket {
                payload: stream.packet(place),
                quick_ack_wanted: quick_ack,
            })),
            // Clients send neither; in full framing a negative length reads as an error.
            Some(Found::Token(word)) => Err(Self::refuse(stream, i64::from(word))),
            Some(Found::Error(code)) => Err(Self::refuse(stream, i64::from(code))),
        }
    }

    fn refuse(stream: &mut Stream, length: i64) -> FramingError {
        let error = FramingError::Length { length };
        stream.fail(error);
        error
    }

    /// Begins a frame for a packet of `packet_len` bytes, which the caller then appends to `out`
    /// before it calls [`ServerFraming::end`].
    ///
    /// # Panics
    ///
    /// Before a packet was received: the framing is not known then. And when the packet is longer
    /// than [`super::MAX_PACKET`], or in abridged and full framing when its length is not a
    /// multiple of 4.
    pub fn begin(&mut self, packet_len: usize, out: &mut Vec<u8>) -> Frame {
        self.stream().begin(packet_len, false, out)
    }

    /// Ends a frame: padding, checksum and obfuscation, all in place.
    ///
    /// # Panics
    ///
    /// When the packet is not as long as was said when the frame was begun.
    pub fn end(&mut self, frame: Frame, out: &mut Vec<u8>, entropy: &mut dyn Entropy) {
        self.stream().end(frame, out, entropy);
    }

    /// Tells the client that the message with this token was received (see
    /// [`crate::mtproto::open`]). Full framing has no quick acks: nothing is written.
    ///
    /// # Panics
    ///
    /// Before a packet was received.
    pub fn write_quick_ack(&mut self, token: u32, out: &mut Vec<u8>, entropy: &mut dyn Entropy) {
        self.stream().put_quick_ack(token, out, entropy);
    }

    /// Sends an error in place of a message: a negative code.
    ///
    /// # Panics
    ///
    /// Before a packet was received.
    pub fn write_error(&mut self, code: i32, out: &mut Vec<u8>, entropy: &mut dyn Entropy) {
        let frame = self.begin(4, out);
        out.extend_from_slice(&code.to_le_bytes());
        self.end(frame, out, entropy);
    }

    fn stream(&mut self) -> &mut Stream {
        match &mut self.state {
            State::Running(running) => &mut running.stream,
            State::Detecting(_) | State::Failed(_) => {
                panic!("a server answers in the framing of the packets that it received")
            }
        }
    }
}

/// The framing that the first bytes speak of, once there are enough of them.
fn detect(inbox: &mut Inbox) -> Result<Option<Running>, FramingError> {
    let first = inbox.live();
    if first.first() == Some(&abridged::INIT[0]) {
        return Ok(Some(running(inbox, Transport::Abridged, 1)));
    }
    let Some(start) = first.first_chunk::<4>() else {
        return Ok(None);
    };
    match start {
        &intermediate::INIT => return Ok(Some(running(inbox, Transport::Intermediate, 4))),
        &padded::INIT => return Ok(Some(running(inbox, Transport::PaddedIntermediate, 4))),
        b"HEAD" | b"POST" | b"GET " | b"OPTI" => return Err(FramingError::Http),
        [0x16, 0x03, 0x01, _] => return Err(FramingError::Tls),
        _ => {}
    }
    // The first frame of full framing has the sequence number 0; obfuscated connections avoid that.
    match first.get(4..).and_then(word) {
        None => return Ok(None),
        Some(0) => return Ok(Some(running(inbox, Transport::Full, 0))),
        Some(_) => {}
    }
    let Some(header) = first.first_chunk::<HEADER>() else {
        return Ok(None);
    };
    let (tag, dc, obfuscation) = Obfuscation::accept(header, None)?;
    inbox.take(HEADER, 0..0);
    let rest = std::mem::take(inbox);
    Ok(Some(Running {
        stream: Stream::new(Codec::from(tag), Reader::Server, rest, Some(obfuscation)),
        transport: Transport::Obfuscated(tag),
        dc: Some(dc),
    }))
}

fn running(inbox: &mut Inbox, transport: Transport, init: usize) -> Running {
    inbox.take(init, 0..0);
    let rest = std::mem::take(inbox);
    Running {
        stream: Stream::new(Codec::from(transport), Reader::Server, rest, None),
        transport,
        dc: None,
    }
}
