//! A link and the socket that carries it.
use std::time::Instant;

use mio::event::Event;
use mio::{Registry, Token};

use super::buffer::ReadBuffer;
use super::command::LinkId;
use super::dispatch::Dispatch;
use super::machine::Machine;
use super::socket::{Socket, why};
use super::tenant::TenantId;
use crate::mtproto::{Input, Lane, Output};
use crate::now::Now;

/// How much one link may read before the others have their turn: two answers of the largest kind.
/// Opening so much takes about two milliseconds.
const READ_BUDGET: usize = 1024 * 1024;

/// A link, which lasts, and its sockets, which come and go: one, and for a while a second one that
/// tries another address. What goes over which the link says.
pub(super) struct Carrier {
    pub(super) id: LinkId,
    pub(super) tenant: TenantId,
    pub(super) link: Box<dyn Machine>,
    /// Whether it is in the list of the links to be served already.
    pub(super) touched: bool,
    /// When the reactor's timers have it down for.
    pub(super) scheduled: Option<Instant>,
    sockets: [Option<Socket>; 2],
}

/// What a carrier works with while it is its turn.
pub(super) struct Tools<'a> {
    pub(super) now: Now,
    pub(super) registry: &'a Registry,
    pub(super) dispatch: &'a mut Dispatch,
    pub(super) buffer: &'a mut ReadBuffer,
}

/// How a turn ended.
pub(super) struct Served {
    /// When the link wants to be asked again.
    pub(super) wake_at: Option<Instant>,
    /// Whether there is more to read, at once.
    pub(super) more: bool,
}

impl Carrier {
    pub(super) fn new(id: LinkId, tenant: TenantId, link: Box<dyn Machine>) -> Self {
        Self {
            id,
            tenant,
            link,
            touched: false,
            scheduled: None,
            sockets: [None, None],
        }
    }

    pub(super) fn note(&mut self, lane: Lane, event: &Event) {
        if let Some(socket) = self.socket(lane) {
            socket.note(event);
        }
    }

    /// Does what there is to do: reads as far as the budget goes, and carries out what the link
    /// wants.
    pub(super) fn serve(&mut self, tools: &mut Tools<'_>) -> Served {
        for lane in Lane::BOTH {
            let finished = self.socket(lane).map(Socket::finish_connect);
            match finished {
                Some(Ok(true)) => self.link.handle_input(tools.now, Input::Connected(lane)),
                Some(Err(error)) => self.broken(tools, lane, &why(&error)),
                Some(Ok(false)) | None => {}
            }
        }
        let mut read = 0;
        loop {
            // Before the link is polled, as it looks at the time then: an answer that is here
            // counts, though its deadline passed while the machine slept.
            for lane in Lane::BOTH {
                read += self.read(tools, lane);
            }
            let wake_at = self.drain(tools);
            // The link may have ended the connection, and even begun the next one.
            let more = self.sockets.iter().flatten().any(Socket::is_readable);
            if !more || read >= READ_BUDGET {
                return Served { wake_at, more };
            }
        }
    }

    /// Hands what one reading brings to the link, and says how much it was.
    fn read(&mut self, tools: &mut Tools<'_>, lane: Lane) -> usize {
        let Some(socket) = self.socket(lane).filter(|s| s.is_readable()) else {
            return 0;
        };
        match socket.read(tools.buffer.room()) {
            Ok(Some(count)) => {
                let bytes = tools.buffer.filled(count);
                self.link
                    .handle_input(tools.now, Input::Received(lane, bytes));
                tools.buffer.fit(count);
                count
            }
            Ok(None) => 0,
            Err(error) => {
                self.broken(tools, lane, &why(&error));
                0
            }
        }
    }

    /// Ends the link: every request is answered, what can be sent is, and the socket closed.
    pub(super) fn close(mut self, tools: &mut Tools<'_>) {
        self.link.close(tools.now);
        self.drain(tools);
        for lane in Lane::BOTH {
            self.hang_up(tools.registry, lane);
        }
        tools.dispatch.forget(self.id);
    }

    /// Carries out what the link asks until it asks only for time, and writes what came together.
    fn drain(&mut self, tools: &mut Tools<'_>) -> Option<Instant> {
        loop {
            match self.link.poll_output(tools.now) {
                Output::Timeout(at) => match self.flush() {
                    Ok(()) => {
                        tools.dispatch.sleepers.wake();
                        return at;
                    }
                    Err((lane, why)) => self.broken(tools, lane, &why),
                },
                Output::Transmit(lane, bytes) => {
                    let free = match self.socket(lane) {
                        Some(socket) => socket.push(bytes),
                        // The link does not know yet that the connection has ended.
                        None => Some(bytes),
                    };
                    if let Some(buffer) = free {
                        self.link.recycle(buffer);
                    }
                }
                Output::Event(event) => tools.dispatch.event(self.id, event),
                Output::Connect(lane, address) => {
                    self.hang_up(tools.registry, lane);
                    match Socket::connect(tools.registry, token(self.id, lane), address) {
                        Ok(socket) => self.sockets[lane.index()] = Some(socket),
                        Err(error) => self.broken(tools, lane, &why(&error)),
                    }
                }
                Output::Disconnect(lane, _) => {
                    // The last words, as far as they can be said without waiting.
                    self.flush().ok();
                    self.hang_up(tools.registry, lane);
                }
            }
        }
    }

    fn flush(&mut self) -> Result<(), (Lane, String)> {
        let link = &mut self.link;
        for (lane, socket) in Lane::BOTH.into_iter().zip(&mut self.sockets) {
            if let Some(socket) = socket {
                socket
                    .flush(|buffer| link.recycle(buffer))
                    .map_err(|error| (lane, why(&error)))?;
            }
        }
        Ok(())
    }

    /// The connection ended by itself.
    fn broken(&mut self, tools: &Tools<'_>, lane: Lane, why: &str) {
        self.hang_up(tools.registry, lane);
        self.link
            .handle_input(tools.now, Input::Closed(lane, why.to_owned()));
    }

    /// Ends the connections, without last words.
    pub(super) fn cut(&mut self, registry: &Registry) {
        for lane in Lane::BOTH {
            self.hang_up(registry, lane);
        }
    }

    fn hang_up(&mut self, registry: &Registry, lane: Lane) {
        if let Some(socket) = self.sockets[lane.index()].take() {
            socket.close(registry);
        }
    }

    fn socket(&mut self, lane: Lane) -> Option<&mut Socket> {
        self.sockets[lane.index()].as_mut()
    }
}

/// What the poll calls a socket.
fn token(id: LinkId, lane: Lane) -> Token {
    Token(id.0 * 2 + lane.index())
}

/// Whose socket the poll means.
pub(super) fn whose(token: Token) -> (LinkId, Lane) {
    let lane = match token.0 % 2 {
        0 => Lane::One,
        _ => Lane::Two,
    };
    (LinkId(token.0 / 2), lane)
}
