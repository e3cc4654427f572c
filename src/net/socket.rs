//! A stream and the bytes that it has not taken yet.
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr};

use mio::event::Event;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};

/// Up to this length, frames that wait together are copied together and written by one call. A
/// larger one is written from where it lies: copying 512 KiB costs more than a call.
const TOGETHER_MAX: usize = 32 * 1024;

/// Whether what comes after a read that did not fill its buffer is told of as a change of
/// readiness. Elsewhere only a read that comes back with `WouldBlock` may be the last one.
///
/// See <https://man7.org/linux/man-pages/man7/epoll.7.html>.
const TELLS_ANEW: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// A TCP connection, or the attempt at one.
///
/// The operating system tells only changes of readiness, so what it told is remembered until a
/// read or a write has shown that nothing is left: by `WouldBlock`, or by a buffer that was not
/// filled. A reminder that is not true (of a socket before this one with the same token) costs one
/// call that fails so.
pub(super) struct Socket {
    stream: TcpStream,
    connected: bool,
    readable: bool,
    writable: bool,
    /// Whether the other side has closed, or failed: what it has written is read to its end.
    ending: bool,
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
            ending: false,
            outbox: VecDeque::new(),
            written: 0,
        })
    }

    /// Remembers what the operating system says.
    pub(super) fn note(&mut self, event: &Event) {
        // An error or a closing shows itself to whoever reads or writes next.
        self.ending |= event.is_read_closed() || event.is_error();
        self.readable |= event.is_readable() || self.ending;
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
                Ok(count) => {
                    // Whatever comes later is told of anew, so nobody has to ask.
                    self.readable = count == buffer.len() || self.ending || !TELLS_ANEW;
                    Ok(Some(count))
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.readable = false;
                    Ok(None)
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
        }
    }

    /// Closes, and is closed when this returns: for the other side too, though a child of `fork`
    /// may hold the same connection open.
    pub(super) fn close(mut self, registry: &Registry) {
        self.stream.shutdown(Shutdown::Both).ok();
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

#[cfg(test)]
mod tests {
    use super::*;
    use mio::{Events, Poll};
    use std::net::TcpListener;
    use std::time::Duration;

    #[test]
    fn an_end_that_came_with_the_last_bytes_is_read_as_well() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut poll = Poll::new().unwrap();
        let address = listener.local_addr().unwrap();
        let mut socket = Socket::connect(poll.registry(), Token(0), address).unwrap();
        let (mut server, _) = listener.accept().unwrap();
        server.write_all(b"last").unwrap();
        drop(server);
        let mut buffer = [0; 64];
        let mut events = Events::with_capacity(4);
        let mut read = Vec::new();
        let error = loop {
            poll.poll(&mut events, Some(Duration::from_secs(20)))
                .unwrap();
            assert!(!events.is_empty(), "the end is not told of");
            events.iter().for_each(|event| socket.note(event));
            socket.finish_connect().unwrap();
            let mut reading = || {
                while socket.is_readable() {
                    if let Some(count) = socket.read(&mut buffer)? {
                        read.extend_from_slice(&buffer[..count]);
                    }
                }
                Ok(())
            };
            match reading() {
                Ok(()) => {}
                Err(error) => break io::Error::kind(&error),
            }
        };
        assert_eq!((&*read, error), (&b"last"[..], ErrorKind::UnexpectedEof));
    }
}
