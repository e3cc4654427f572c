//! What the reactor asks of a protocol machine.
use crate::mtproto::{Input, Link, Output, Request, RequestId};
use crate::now::Now;

/// A lasting session with one server: bytes, time and requests go in, bytes and events come out.
///
/// [`crate::mtproto`] has the one that is used. It is a trait so that the reactor's own behaviour
/// can be tested against a protocol of five lines.
pub(super) trait Machine: Send {
    /// Takes a request; its answer comes as an event, by its deadline at the latest.
    fn submit(&mut self, now: Now, request: Request);
    /// Nobody waits for this request any more.
    fn cancel(&mut self, now: Now, id: RequestId);
    /// Takes what happened.
    fn handle_input(&mut self, now: Now, input: Input<'_>);
    /// What to do next. Asked again and again until it says `Timeout`.
    fn poll_output(&mut self, now: Now) -> Output;
    /// Ends every request and the connection.
    fn close(&mut self, now: Now);
    /// Gives a buffer that was transmitted back, to be filled again.
    fn recycle(&mut self, buffer: Vec<u8>);
}

impl Machine for Link {
    fn submit(&mut self, now: Now, request: Request) {
        Self::submit(self, now, request);
    }

    fn cancel(&mut self, now: Now, id: RequestId) {
        Self::cancel(self, now, id);
    }

    fn handle_input(&mut self, now: Now, input: Input<'_>) {
        Self::handle_input(self, now, input);
    }

    fn poll_output(&mut self, now: Now) -> Output {
        Self::poll_output(self, now)
    }

    fn close(&mut self, now: Now) {
        Self::close(self, now);
    }

    fn recycle(&mut self, buffer: Vec<u8>) {
        Self::recycle(self, buffer);
    }
}

#[cfg(test)]
mod tests {
    use crate::dc::DcId;
    use crate::mtproto::{Cause, Delivery, LinkConfig, Transport};
    use crate::net::testing::*;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::sync::Arc;
    use std::time::Duration;

    /// What calls over real links say that get no answer in time, one link for each
    /// server.
    fn failures(servers: &[(SocketAddr, Transport)]) -> Vec<String> {
        let bench = Bench::new();
        for (token, (server, transport)) in servers.iter().enumerate() {
            let config = LinkConfig {
                transport: *transport,
                ..LinkConfig::new(DcId(2), vec![*server], Arc::new([]))
            };
            let link = bench.handle.open(config).unwrap();
            let outgoing = outgoing_within(b"\x01\0\0\0", Duration::from_secs(3));
            let slot = bench.slot(token as u64);
            bench.handle.submit(link, outgoing, slot).unwrap();
        }
        let mut answers: Vec<_> = servers.iter().map(|_| bench.next()).collect();
        answers.sort_by_key(|(token, _)| *token);
        let texts = answers.into_iter().zip(servers);
        texts
            .map(|((_, outcome), (server, _))| {
                let unanswered = unanswered(outcome);
                let text = unanswered.to_string();
                assert_eq!(unanswered.cause, Cause::Deadline, "{text}");
                assert_eq!(unanswered.delivery, Delivery::NotSent, "{text}");
                assert!(text.contains(&server.to_string()), "{text}");
                text
            })
            .collect()
    }

    fn failure(server: SocketAddr) -> String {
        failures(&[(server, Transport::default())]).remove(0)
    }

    #[test]
    fn nobody_listens() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let text = failure(address);
        assert!(text.contains("connection refused (ECONNREFUSED)"), "{text}");
    }

    #[test]
    fn a_server_that_says_nothing() {
        let peer = Peer::start(|mut stream| stream.read_to_end(&mut Vec::new()).unwrap_or(0));
        let text = failure(peer.address);
        assert!(text.contains("the key exchange"), "{text}");
        let read = peer.ended.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(read > 20, "the first step of the key exchange was sent");
    }

    #[test]
    fn a_server_that_closes_after_some_bytes() {
        let peers = [0, 3, 30].map(|count| {
            Peer::start(move |mut stream| {
                let mut bytes = vec![0; count];
                stream.read_exact(&mut bytes).ok();
                count
            })
        });
        for text in failures(&peers.each_ref().map(|p| (p.address, Transport::default()))) {
            let closed = text.contains("by the server") || text.contains("the server closed");
            assert!(closed, "{text}");
        }
    }

    #[test]
    fn a_server_that_speaks_garbage() {
        let transports = [
            Transport::Abridged,
            Transport::Intermediate,
            Transport::PaddedIntermediate,
            Transport::Full,
        ];
        let garbage = [0x00, 0x48, 0xee, 0xff].map(|byte| {
            Peer::start(move |mut stream: TcpStream| {
                stream.write_all(&[byte; 8192]).ok();
                echo(stream)
            })
        });
        let pairs = transports
            .iter()
            .flat_map(|transport| garbage.iter().map(|p| (p.address, *transport)));
        let texts = failures(&pairs.collect::<Vec<_>>());
        for fault in [
            "bytes was announced",
            "transport error",
            "key exchange failed",
        ] {
            assert!(texts.iter().any(|text| text.contains(fault)), "{texts:#?}");
        }
    }
}
