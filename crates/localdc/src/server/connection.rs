//! The thread of one connection: reads, has its packets handled, sends what came of them.
use std::io::{self, Read};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use ferogram_sync::mtproto::ServerFraming;

use super::centre::Centre;
use super::peer::{End, Peer};
use crate::faults::{Direction, Flow, Place};
use crate::line::{Item, Line};

/// How much is read at once: all that a busy client has sent meanwhile.
const CHUNK: usize = 128 * 1024;

/// Answers are sent before more packets are handled when so much of them waits.
const QUEUE_FULL: usize = 256 * 1024;

/// A timer of the socket that is wrong by less than this is left as it is.
const SLACK: Duration = Duration::from_secs(1);

/// One connection.
pub(super) struct Connection {
    stream: TcpStream,
    line: Arc<Line>,
    flow: Flow,
    framing: ServerFraming,
    /// Whether the sending half knows the framing.
    introduced: bool,
    peer: Peer,
    /// What the socket's read timeout is set to.
    timeout: Option<Duration>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, line: Arc<Line>, centre: Arc<Centre>) -> Self {
        let place = Place {
            dc: centre.dc,
            connection: line.id,
        };
        let faults = Arc::clone(&centre.hub.means.faults);
        Self {
            stream,
            flow: Flow::new(faults, place, Direction::In),
            framing: ServerFraming::new(),
            introduced: false,
            peer: Peer::new(centre, Arc::clone(&line)),
            line,
            timeout: None,
        }
    }

    /// Serves until either side ends it.
    pub(super) fn run(mut self) {
        let mut chunk = vec![0; CHUNK];
        while !self.line.has_ended() {
            match self.stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => {
                    let passage = self.flow.pass(&mut chunk[..count]);
                    let taken = self.take(&chunk[..passage.count]);
                    if passage.ends {
                        break;
                    }
                    if let Err(end) = taken {
                        if let End::Error(code) = end {
                            self.line.queue(Item::Error(code));
                        }
                        self.line.flush();
                        break;
                    }
                    // Before the answers leave: who has them may go on over another connection.
                    self.line.tell_idle();
                    self.line.flush();
                }
                Err(error) if waits(&error) => self.line.wait_until_blocking(),
                Err(_) => break,
            }
            if !self.in_time() {
                break;
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), End> {
        if !self.introduced {
            self.introduced = self.line.learn_framing(bytes);
        }
        self.framing.receive(bytes);
        loop {
            if self.line.queued_bytes() >= QUEUE_FULL {
                self.line.flush();
            }
            let dc = self.framing.dc();
            match self.framing.next_packet() {
                Ok(None) => return Ok(()),
                Err(_) if self.introduced => return Err(End::INVALID),
                Err(_) => return Err(End::Silent),
                Ok(Some(packet)) => {
                    self.peer.tell_dc(dc);
                    self.peer.handle(packet.payload, packet.quick_ack_wanted)?;
                }
            }
        }
    }

    /// Whether the client has said in time that it is there, if it promised to
    /// (`ping_delay_disconnect`); keeps the socket's timer near to what is left.
    fn in_time(&mut self) -> bool {
        let left = match self.peer.time_left() {
            None => None,
            Some(Duration::ZERO) => return false,
            Some(left) => Some(left),
        };
        let right = match (left, self.timeout) {
            (None, None) => true,
            (Some(left), Some(set)) => set >= left && set - left < SLACK,
            _ => false,
        };
        if !right {
            self.timeout = left;
            return self.stream.set_read_timeout(left).is_ok();
        }
        true
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.line.cut();
        self.peer.leave();
    }
}

/// Whether there was nothing to read, for now.
fn waits(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}
