//! A stream and the bytes that it has not taken yet.
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;

use mio::event::Event;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};

/// Up to this length, frames that wait together are copied together and written by one call. A
/// larger one is written from where it lies: copying 512 KiB costs more than a call.
const TOGETHER_MAX: usize = 32 * 1024;

/// A TCP connection, or the attempt at one.
///
/// The operating system tells only changes of readiness, so what it told is remembered until a
/// read or a write comes back with `WouldBlock`. A reminder that is not true (of a socket before
/// this one with the same token) costs one call that fails so.
pub(super) struct Socket {
    stream: TcpStream,
    connected: bool,
    readable: bool,
    writable: bool,
    /// What is still to be written. Its length is bounded by what the link lets be under way.
    outbox: VecDeque<Vec<u8>>,
    /// How much of the outbox's first buffer is written.
    written: usize,
}

impl Socket {
    /// Begins to connect.
    pub(super) fn connect(
        registry: &Registry,
        token: Token,
        address: SocketAddr,
    ) -> io::Result<Self> {
        let mut stream = TcpStream::connect(address)?;
        registry.register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self {
            stream,
            connected: false,
            readable: false,
            writable: false,
            outbox: VecDeque::new(),
            written: 0,
        })
    }

    /// Remembers what the operating system says.
    pub(super) fn note(&mut self, event: &Event) {
        // An error or a closing shows itself to whoever reads or writes next.
        self.readable |= event.is_readable() || event.is_read_closed() || event.is_error();
        self.writable |= event.is_writable() || event.is_write_closed() || event.is_error();
    }

    /// True once: when the connection stands.
    pub(super) fn finish_connect(&mut self) -> io::Result<bool> {
        if self.connected || !self.writable {
            return Ok(false);
        }
        if let Some(error) = self.stream.take_error()? {
            return Err(error);
        }
        match self.stream.peer_addr() {
            Ok(_) => {
                // Frames are whole when they are written: waiting for more to send with them would
                // only cost time.
                self.stream.set_nodelay(true)?;
                self.connected = true;
                Ok(true)
            }
            // A reminder of an older socket: this one is still on its way.
            Err(error) if error.kind() == ErrorKind::NotConnected => {
                self.writable = false;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether there may be something to read.
    pub(super) fn is_readable(&self) -> bool {
        self.connected && self.readable
    }

    /// Puts bytes behind those that wait. Gives the buffer back when it is free again at once.
    pub(super) fn push(&mut self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self.outbox.back_mut() {
            Some(last) if last.len() + bytes.len() <= TOGETHER_MAX => {
                last.extend_from_slice(&bytes);
                Some(bytes)
            }
            _ => {
                self.outbox.push_back(bytes);
                None
            }
        }
    }

    /// Writes what the stream takes, and hands each buffer that is through to `done`.
    ///
    /// By `write`, one buffer at a time: `writev` has no way to say that a closed connection must
    /// not raise SIGPIPE, which would end a host program that is not in Rust.
    pub(super) fn flush(&mut self, mut done: impl FnMut(Vec<u8>)) -> io::Result<()> {
        while self.connected
            && self.writable
            && let Some(first) = self.outbox.front()
        {
            match self.stream.write(&first[self.written..]) {
                Ok(0) if self.written < first.len() => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => {
                    self.written += count;
                    if self.written == first.len() {
                        self.written = 0;
                        self.outbox.pop_front().map(&mut done);
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.writable = false,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Reads into `buffer`; `None` when there is nothing for now.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        loop {
            return match self.stream.read(buffer) {
                Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => Ok(Some(count)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.readable = false;
                    Ok(None)
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
        }
    }

    /// Closes, and is closed when this returns.
    pub(super) fn close(mut self, registry: &Registry) {
        // Closing takes it out of the poll as well; where it does not, this does.
        registry.deregister(&mut self.stream).ok();
    }
}

/// What a failed connection is told as: in words, with the name that manuals use.
pub(super) fn why(error: &io::Error) -> String {
    let text = match error.kind() {
        ErrorKind::UnexpectedEof => "the server closed the connection",
        ErrorKind::ConnectionRefused => "connection refused (ECONNREFUSED)",
        ErrorKind::ConnectionReset => "connection reset by the server (ECONNRESET)",
        ErrorKind::ConnectionAborted => "connection aborted (ECONNABORTED)",
        ErrorKind::BrokenPipe => "the server closed the connection (EPIPE)",
        ErrorKind::HostUnreachable => "no route to the server (EHOSTUNREACH)",
        ErrorKind::NetworkUnreachable => "the network cannot be reached (ENETUNREACH)",
        ErrorKind::NetworkDown => "the network is down (ENETDOWN)",
        ErrorKind::TimedOut => "the connection timed out (ETIMEDOUT)",
        ErrorKind::AddrNotAvailable => "no local address for this connection (EADDRNOTAVAIL)",
        ErrorKind::PermissionDenied => "not permitted, perhaps by a firewall (EACCES)",
        _ => return error.to_string(),
    };
    text.into()
}
